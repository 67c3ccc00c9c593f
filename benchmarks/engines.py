"""The engine `duckdb` against hand-written SQL, on DuckDB and on Polars, in one run; and the whole pack.

Usage: python -m benchmarks.engines [--projects 100000] [--rounds 5] [--pack 100000]     (from a checkout, with polars)

Forty rules with three outcomes: 25 on a project's own fields, 10 on its deliverables and changes, 5 that join others.
All three give a table of 40 outcomes for each project, from tables in memory. That engine and hand agree is checked
before anything is timed. `--pack N` runs all checks of `deployment` that have SQL on N copies of the samples, 5,000 at
a time.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from riskcheck.engines import Project
from riskcheck.engines import duckdb as engine
from riskcheck.engines.duckdb.load import load
from riskcheck.engines.sql.tables import PROJECTS, Tables
from riskcheck.facts.load import load_facts
from riskcheck.model.schema import Field, FieldType, Schema, Table
from riskcheck.model.text import Text
from riskcheck.packs.load import load_pack
from tests.engines.conformance import check_that

AS_OF = date(2026, 11, 1)
DAY = f"DATE '{AS_OF}'"
NONE = Text("", "")
PROJECT = {
    **{f"n{i}": FieldType.INT for i in range(10)},
    **{f"x{i}": FieldType.DOUBLE for i in range(8)},
    **{f"d{i}": FieldType.DATE for i in range(6)},
    **{f"b{i}": FieldType.BOOL for i in range(8)},
    **{f"t{i}": FieldType.STRING for i in range(4)},
}
ROWS = {
    "due": FieldType.DATE,
    "done": FieldType.BOOL,
    "kind": FieldType.STRING,
    "grade": FieldType.INT,
    "cost": FieldType.DOUBLE,
}
CHILDREN = {"deliverables": 10, "changes": 5}
"""The tables of many rows, and how many rows a project has on average."""
WORDS = ("plan", "build", "test", "closed")


def schema() -> Schema:
    """The tables of the benchmark."""

    def field(name: str, of: FieldType) -> Field:
        low, high = (0, 10) if name == "grade" else (0, 9 * 10**15) if name == "cost" else (None, None)
        return Field(name, of, NONE, minimum=low, maximum=high)

    fields = tuple(field(*each) for each in PROJECT.items())
    rows = tuple(field(*each) for each in ROWS.items())
    return Schema((Table("project", NONE, fields, one_row=True), *(Table(name, NONE, rows) for name in CHILDREN)))


def own_rules() -> tuple[list[tuple[str, str]], list[tuple[str, str, str]], list[tuple[str, str]]]:
    """Rules as CEL and as SQL: on fields; on rows, with the table; and on other rules, by their numbers."""
    fields = [(f"project.n{i} < {i + 3} || !project.b{i % 8}", f"n{i} < {i + 3} OR NOT b{i % 8}") for i in range(5)]
    fields += [(f"project.x{i} > project.x{i + 1} * 1.1", f"x{i} > x{i + 1} * 1.1") for i in range(5)]
    fields += [(f"days(project.d{i}, project.d{i + 1}) > 30", f"d{i + 1} - d{i} > 30") for i in range(5)]
    fields += [(f"age(project.d{i}) > 45", f"CASE WHEN d{i} <= {DAY} THEN {DAY} - d{i} > 45 END") for i in range(4)]
    fields += [
        (f'project.t{i} in ["plan", "test"] && project.b{i}', f"t{i} IN ('plan', 'test') AND b{i}") for i in range(4)
    ]
    fields += [
        ("ratio(project.n8, project.n9) > 0.25", "n8 / nullif(n9, 0)::DOUBLE > 0.25"),
        ("project.n5 >= 3 || project.n6 > 15", "n5 >= 3 OR n6 > 15"),
    ]
    rows = []
    for table, short in (("deliverables", "dl"), ("changes", "ch")):
        late, graded = f"due < {DAY} AND NOT done", "NOT done OR grade >= 1"
        bad = f"{short}3 / n{short}::DOUBLE > 0.3", f"({short}3 + {short}7) / n{short}::DOUBLE > 0.3"
        rows += [
            (
                f"{table}.exists(r, r.due < as_of && !r.done)",
                f"max({digit(late)})",
                f"CASE {short}0 WHEN 2 THEN TRUE WHEN 1 THEN NULL ELSE FALSE END",
            ),
            (
                f'{table}.count(r, r.kind == "test") > 2',
                "count(CASE WHEN kind = 'test' THEN 1 END)",
                f"CASE WHEN {short}1 > 2 THEN TRUE WHEN {short}1 + {short}5 > 2 THEN NULL ELSE FALSE END",
            ),
            (
                f"{table}.sum(r, r.cost) > project.x6 * 3.0",
                "sum(coalesce(cost, 0))",
                f"CASE WHEN {short}2 > x6 * 3 OR {short}6 = 0 THEN {short}2 > x6 * 3 END",
            ),
            (
                f"{table}.share(r, r.grade < 3) > 0.3",
                "count(CASE WHEN grade < 3 THEN 1 END)",
                f"CASE WHEN n{short} > 0 THEN CASE WHEN {bad[0]} THEN TRUE WHEN {bad[1]} THEN NULL ELSE FALSE END END",
            ),
            (
                f"{table}.all(r, !r.done || r.grade >= 1)",
                f"min({digit(graded)})",
                f"CASE {short}4 WHEN 0 THEN FALSE WHEN 1 THEN NULL ELSE TRUE END",
            ),
        ]
    joined = [("0 & 25", "AND"), ("5 & 10", "AND"), ("27 | 3", "OR"), ("8 | 20", "OR"), ("36 & 33", "AND")]
    return fields, rows, joined


def digit(sql: str) -> str:
    """A truth as a number: 0, 1 (unknown) or 2."""
    return f"CASE WHEN {sql} THEN 2 WHEN ({sql}) IS NULL THEN 1 ELSE 0 END"


EXTRA = {
    5: "count(*) - count(kind)",
    6: "count(*) - count(cost)",
    7: "count(*) - count(grade)",
}
"""What the hand-written aggregates need beside one value a rule: how many cells have none."""


def cel(rules: Any) -> list[str]:
    """All forty as conditions."""
    fields, rows, joined = rules
    found = [each[0] for each in fields] + [each[0] for each in rows]
    for text, _ in joined:
        left, operator, right = text.split()
        index = [int(left) % len(found), int(right) % len(found)]
        found.append(f"({found[index[0]]}) {operator * 2} ({found[index[1]]})")
    return found


def hand_written(rules: Any) -> str:
    """All forty as one query, as somebody who knows DuckDB would write it."""
    fields, rows, joined = rules
    parts = []
    for number, (table, short) in enumerate((("deliverables", "dl"), ("changes", "ch"))):
        own = [f"{each[1]} AS {short}{place}" for place, each in enumerate(rows[number * 5 : number * 5 + 5])]
        own += [f"{sql} AS {short}{place}" for place, sql in EXTRA.items()]
        parts.append(f"{short} AS (SELECT p, count(*) AS n{short}, {', '.join(own)} FROM {table} GROUP BY p)")
    nothing = "".join(
        f", coalesce({name}, {2 if name[2:] == '4' else 0}) AS {name}"
        for short in ("dl", "ch")
        for name in (f"n{short}", *(f"{short}{place}" for place in range(8)))
    )
    base = f"base AS (SELECT project.*{nothing} FROM project LEFT JOIN dl USING (p) LEFT JOIN ch USING (p))"
    singles = [each[1] for each in fields] + [each[2] for each in rows]
    ruled = f"ruled AS (SELECT p, {', '.join(f'({sql}) AS r{n}' for n, sql in enumerate(singles))} FROM base)"
    found = [f"r{number}" for number in range(len(singles))]
    for text, operator in joined:
        left, _, right = text.split()
        found.append(f"({found[int(left) % len(found)]}) {operator} ({found[int(right) % len(found)]})")
    listed = ", ".join(f"({sql}) AS o{number}" for number, sql in enumerate(found))
    return f"WITH {', '.join([*parts, base, ruled])} SELECT {listed} FROM ruled ORDER BY p"


# ---------------------------------------------------------------- data


def make_data(connection: Any, projects: int) -> None:
    """Random tables with 4 % of cells missing and 2 % of projects without rows; the same for each run."""
    connection.execute("SELECT setseed(0.5)")
    connection.execute("SET threads = 1")

    def column(name: str, of: FieldType) -> str:
        drawn = {
            FieldType.INT: "floor(random() * 20)::BIGINT",
            FieldType.DOUBLE: "round(random() * 100000, 2)",
            FieldType.DATE: f"({DAY} + (floor(random() * 800)::INTEGER - 600))",
            FieldType.BOOL: "(random() < 0.6)",
            FieldType.STRING: f"({list(WORDS)})[1 + floor(random() * {len(WORDS)})::INTEGER]",
        }[of]
        low = "least(10, floor(random() * 11))::BIGINT" if name == "grade" else drawn
        return f"CASE WHEN random() < 0.96 THEN {low} END AS {name}"

    columns = ", ".join(column(*each) for each in PROJECT.items())
    connection.execute(f"CREATE TABLE project AS SELECT range AS p, {columns} FROM range({projects})")
    for table, average in CHILDREN.items():
        connection.execute(
            f"CREATE TABLE {table}_n AS SELECT range AS p, CASE WHEN random() < 0.98 THEN "
            f"1 + floor(random() * {2 * average})::INTEGER ELSE 0 END AS n FROM range({projects})"
        )
        columns = ", ".join(column(*each) for each in ROWS.items())
        connection.execute(
            f"CREATE TABLE {table} AS SELECT p, r, {columns} FROM (SELECT p, unnest(range(n)) AS r FROM {table}_n)"
        )
    connection.execute("SET threads = 2")


def as_engine_reads(connection: Any, tables: Tables, schema: Schema) -> None:
    """The same tables as the engine reads them: doubles on the grid, dates as day numbers."""

    def value(column: Any, name: str) -> str:
        if column.emptiness:
            return f"FALSE AS {name}"
        of = schema.by_name[column.table].by_name[column.field].type
        grid = f"round_even({column.field} * 1000000, 0)::BIGINT"
        days = f"(date_diff('day', DATE '0001-01-01', {column.field}) + 1)"
        return f"{grid if of is FieldType.DOUBLE else days if of is FieldType.DATE else column.field} AS {name}"

    singles = [value(column, name) for column, name in tables.singles.items()]
    opened = [f"FALSE AS {tables.open(table)}" for table in tables.numbers]
    listed = ", ".join([f"{AS_OF.toordinal()} AS d", *opened, *singles])
    connection.execute(f"CREATE TABLE {PROJECTS} AS SELECT p, {listed} FROM project ORDER BY p")
    for table in tables.numbers:
        if table in CHILDREN:
            own = [value(column, name) for column, name in tables.columns.items() if column.table == table]
            connection.execute(f"CREATE TABLE {tables.name(table)} AS SELECT p, r, {', '.join(own)} FROM {table}")


# ---------------------------------------------------------------- contenders


def by_engine(connection: Any, plan: engine.Plan) -> Callable[[], None]:
    """The engine's query, its outcomes kept in tables."""
    parameters, written = plan.lowered.query.parameters, plan.written

    def run() -> None:
        connection.execute("PRAGMA disable_optimizer")
        for sql in written.makes:
            connection.execute(sql, parameters.of(sql))
        for number, sql in enumerate(written.selects):
            connection.execute(f"CREATE OR REPLACE TEMP TABLE out{number} AS {sql}", parameters.of(sql))
        connection.execute("PRAGMA enable_optimizer")

    return run


def by_hand(connection: Any, query: str) -> Callable[[], None]:
    """The hand-written query, its outcomes kept in a table."""
    return lambda: connection.execute(f"CREATE OR REPLACE TEMP TABLE by_hand AS {query}")


def by_polars(connection: Any, query: str) -> Callable[[], Any] | None:
    """The hand-written query by Polars' own SQL, on frames in memory."""
    try:
        import polars
    except ImportError:
        return None
    names = ("project", *CHILDREN)
    frames = {name: polars.from_arrow(_arrow(connection, name)) for name in names}
    context = polars.SQLContext(frames)
    text = query.replace("/ nullif(n9, 0)::DOUBLE", "/ CAST(nullif(n9, 0) AS DOUBLE)")
    return lambda: context.execute(text).collect()


def _arrow(connection: Any, name: str) -> Any:
    found = connection.sql(f"SELECT * FROM {name}")
    return found.to_arrow_table() if hasattr(found, "to_arrow_table") else found.arrow()


def disagreements(connection: Any, plan: engine.Plan) -> int:
    """How many of all outcomes the engine and the hand-written query have otherwise."""
    codes = engine.run(connection, plan)
    hand = connection.execute("SELECT * FROM by_hand").fetchall()
    digit = {2: True, 1: None, 0: False}
    return sum(
        digit[code // 3 % 3] is not expected
        for ours, theirs in zip(codes, hand, strict=True)
        for code, expected in zip(ours, theirs, strict=True)
    )


def forty_rules(projects: int, rounds: int) -> None:
    """Compare, and print a table of ratios."""
    rules, tables = own_rules(), schema()
    checks = [check_that(text, tables) for text in cel(rules)]
    plan = engine.plan_of(checks, tables, AS_OF.toordinal())
    assert not plan.lowered.left
    connection, query = duckdb.connect(":memory:"), hand_written(rules)
    make_data(connection, projects)
    as_engine_reads(connection, plan.lowered.query.tables, tables)
    runs: dict[str, Callable[[], Any]] = {
        "duckdb by hand": by_hand(connection, query),
        "engine": by_engine(connection, plan),
    }
    runs["duckdb by hand"]()
    print(f"{projects} projects, {len(checks)} rules: {disagreements(connection, plan)} outcomes differ")
    polars = by_polars(connection, query)
    if polars is not None:
        runs["polars (SQL)"] = polars
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds + 1):
        for name, run in runs.items():
            start = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(each[1:]) for name, each in times.items()}
    for name, median in medians.items():
        print(f"  {name:16} {median:7.2f} s   {median / medians['duckdb by hand']:5.2f}")


def whole_pack(projects: int) -> None:
    """All checks of the shipped pack on copies of the samples."""
    pack, samples = load_pack("deployment"), sorted(Path("samples").glob("*.yaml"))
    given = [Project(load_facts(path, pack.schema), AS_OF) for path in samples]
    plan = engine.plan_of(pack.checks, pack.schema, AS_OF.toordinal())
    reads = plan.lowered.query.tables
    with engine.database(optimizer=False) as connection:
        load(connection, reads, given)
        names = [PROJECTS, *(reads.name(table) for table in reads.numbers)]
        for name in names:
            connection.execute(f"ALTER TABLE {name} RENAME TO few_{name}")
        copies = -(-engine.AT_ONCE // len(given))
        for name in names:
            connection.execute(
                f"CREATE TABLE {name} AS SELECT f.p + {len(given)} * c AS p, f.* EXCLUDE (p) "
                f"FROM few_{name} f, range({copies}) r(c)"
            )
        rows = sum(connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names[1:])
        done, start = 0, time.perf_counter()
        while done < projects:
            done += len(engine.run(connection, plan))
            if done >= projects or done % 50_000 < engine.AT_ONCE:
                spent, peak = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
                each = spent / done * 1e3
                print(f"  {done} projects: {spent:.1f} s, {each:.2f} ms each, peak {peak} MB", flush=True)
    print(f"  {len(plan.lowered.checks)} checks, {rows / len(given) / copies:.0f} rows a project")


def main() -> int:
    """Run what is asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--projects", type=int, default=100_000)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--pack", type=int, default=0)
    options = asked.parse_args()
    if options.projects:
        forty_rules(options.projects, options.rounds)
    if options.pack:
        whole_pack(options.pack)
    return 0


if __name__ == "__main__":
    sys.exit(main())
