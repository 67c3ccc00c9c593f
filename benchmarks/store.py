"""A portfolio in Parquet files, larger than memory: how long judging it takes, and how much memory.

Usage: python -m benchmarks.store FOLDER [--projects 100000] [--rules 40] [--outcomes]

Writes into FOLDER (once) a pack of forty rules and Parquet tables of random projects: 62 columns, about 9.8
deliverables, 7.8 members and 4.9 changes each, one cell in twenty-five without a value, one project in fifty without
rows of its own; with fewer rules only the columns and tables that they read. Then `riskcheck portfolio` runs on it, and
its time and the most memory that it held are told. It runs from a checkout and needs duckdb.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb

AS_OF = "2026-11-01"
WORDS = {
    "contract_type": "fixed_price time_material retainer",
    "phase": "plan build test release closed",
    "region": "EU UK US APAC",
    "currency": "EUR USD GBP",
    "methodology": "agile waterfall hybrid",
    "industry": "bank retail gov energy health",
    "light": "green amber red",
}
COUNTS = {
    "sla_clarity": (1, 6), "requirements": (20, 400), "requirements_changed": (0, 90), "open_issues": (0, 60),
    "critical_issues": (0, 4), "satisfaction": (4, 11), "vendors": (0, 6), "payment_delay": (0, 60),
    "staff_planned": (3, 30), "staff_actual": (3, 30), "stakeholders": (1, 20), "complexity": (1, 6),
    "doc_quality": (1, 6), "invoices_open": (0, 9), "invoices_overdue": (0, 6), "done": (0, 101),
}  # fmt: skip
AMOUNTS = {
    "contingency": (0, 20), "coverage": (0.3, 1), "defects": (0, 4), "penalty": (0, 15), "margin": (-5, 35),
    "velocity_planned": (20, 60), "velocity_actual": (10, 60), "reserve": (0, 100_000), "change_rate": (0, 1),
    "budget": (50_000, 2_000_000), "spent": (40_000, 2_200_000),
}  # fmt: skip
DAYS = {
    "started_on": (-700, -100), "signed_on": (-760, -110), "planned_end": (-60, 400), "expected_end": (-30, 450),
    "last_board": (-90, 0), "last_restore": (-400, 0), "insured_until": (-50, 700), "nda_on": (-800, -100),
}  # fmt: skip
TRUTHS = {
    "exclusions": 0.85, "has_penalty": 0.4, "privacy": 0.8, "acceptance": 0.9, "escalation": 0.8, "deputy": 0.6,
    "kickoff": 0.95, "risk_list": 0.8, "security_review": 0.7, "subcontractors": 0.4, "ip_clause": 0.7,
    "insurance": 0.9, "fixed": 0.4, "change_process": 0.75,
}  # fmt: skip
TEXTS = {"name": 0, "client": 500, "contract_ref": 5000, "manager": 2000, "notes": 40}
ROWS: dict[str, tuple[int, dict[str, object]]] = {
    "deliverables": (
        20,
        {
            "title": "text",
            "due": (-300, 200),
            "accepted": 0.6,
            "accepted_on": (-300, 200),
            "quality": (1, 6),
            "done": (0, 101),
        },
    ),
    "team": (
        16,
        {"person": "text", "role": "dev qa ba pm ops", "joined": (-700, -200), "left": (-570, 0), "load": (10, 100)},
    ),
    "changes": (
        10,
        {"kind": "scope cost schedule", "approved": 0.85, "amount": (0.0, 90_000.0), "asked_on": (-400, 0)},
    ),
}
"""The tables of many rows: one more than the most rows of a project, and the columns."""
FAILS = (
    "project.sla_clarity < 3 || !project.exclusions",
    "!project.acceptance",
    'project.contract_type == "fixed_price" && !project.change_process',
    "project.spent > project.budget * 1.1",
    "ratio(project.spent, project.budget) > 0.9 && project.done < 70",
    "days(project.planned_end, project.expected_end) > 30",
    "age(project.last_board) > 45",
    '!project.privacy && project.region in ["EU", "UK"]',
    'project.contract_ref.startsWith("X")',
    "project.penalty > 10.0 && project.has_penalty",
    "project.signed_on > project.started_on",
    "project.insured_until < project.planned_end",
    "project.critical_issues >= 3 || project.open_issues > 50",
    'project.coverage < 0.6 && project.phase in ["test", "release"]',
    "ratio(project.requirements_changed, project.requirements) > 0.25",
    "!project.deputy && project.complexity >= 4",
    "project.margin < 5.0",
    "project.payment_delay > 30 && project.invoices_overdue > 2",
    "project.velocity_actual < project.velocity_planned * 0.8",
    "project.subcontractors && !project.ip_clause",
    '!project.security_review && project.phase in ["build", "test", "release"]',
    "project.satisfaction < 6",
    "blank(project.nda_on)",
    "double(project.staff_actual) < double(project.staff_planned) * 0.75",
    'project.notes.contains("1")',
    "team.share(t, has(t.left) && days(t.left, as_of) <= 180) > 0.15",
    "deliverables.exists(d, d.due < as_of && !d.accepted)",
    'changes.exists(c, c.kind == "scope" && !c.approved)',
    "team.groups(t, t.person).exists(g, g.sum(t, t.load) > 100)",
    "changes.filter(c, c.approved).sum(c, c.amount) > project.budget * 0.2",
    "deliverables.avg(d, d.quality) < 3.0",
    "team.size() < 3",
    'team.count(t, t.role == "qa") == 0 && project.staff_planned > 5',
    "deliverables.max(d, days(d.due, d.accepted_on)) > 30",
    "deliverables.share(d, d.done < 50 && days(as_of, d.due) <= 30) > 0.3",
)
JOINED = ((0, 27), (3, 5), (25, 15), (1, 7), (1, 19))
"""The last five rules ask whether two others fail."""


def chosen(rules: int) -> list[str]:
    """So many of the forty rules, of all kinds."""
    fails = [*FAILS, *(f"({FAILS[one]}) && ({FAILS[other]})" for one, other in JOINED)]
    return [fails[number * len(fails) // rules] for number in range(rules)]


def project_columns(fails: list[str]) -> Iterator[tuple[str, object]]:
    """The columns of `project` with how each is drawn: all, or with fewer rules those that they read."""
    for kinds in (TEXTS, WORDS, COUNTS, AMOUNTS, DAYS, TRUTHS):
        for name, drawn in kinds.items():
            if len(fails) == len(FAILS) + len(JOINED) or name == "name" or f"project.{name}" in " ".join(fails):
                yield name, drawn


def row_tables(fails: list[str]) -> dict[str, tuple[int, dict[str, object]]]:
    """The tables of many rows that the rules read."""
    return {name: table for name, table in ROWS.items() if f"{name}." in " ".join(fails)}


def column_type(name: str, drawn: object) -> str:
    """The type of a field, by how it is drawn."""
    if isinstance(drawn, str):
        return "string" if drawn == "text" else "enum"
    if isinstance(drawn, tuple):
        is_day = name in DAYS or name in ("due", "accepted_on", "joined", "left", "asked_on")
        return "date" if is_day else "double" if name in AMOUNTS or isinstance(drawn[0], float) else "int"
    return "bool" if isinstance(drawn, float) else "string"


def drawn_sql(name: str, drawn: object, seed: int) -> str:
    """SQL that draws a cell of a row with the number `i`; the same number gives the same cell."""
    u = f"(hash(i, {seed}) % 1000003) / 1000003.0"
    kind = column_type(name, drawn)
    if kind == "enum":
        words = str(drawn).split()
        value = f"{words}[1 + floor({u} * {len(words)})::INTEGER]"
    elif kind == "string":
        value = f"'{name} ' || floor({u} * {drawn if isinstance(drawn, int) and drawn else 20_000})::INTEGER"
    elif kind == "bool":
        value = f"{u} < {drawn}"
    else:
        low, high = drawn  # type: ignore[misc]
        value = f"{low} + {u} * ({high} - {low})"
        value = {
            "date": f"DATE '{AS_OF}' + floor({value})::INTEGER",
            "int": f"floor({value})::BIGINT",
            "double": f"round({value}, 2)",
        }[kind]
    return f"CASE WHEN hash(i, {seed}, 'blank') % 25 > 0 THEN {value} END AS {name}"


def write_tables(folder: Path, projects: int, fails: list[str]) -> None:
    """Write one Parquet file for each table."""
    with duckdb.connect(config={"memory_limit": "1GiB", "temp_directory": str(folder / "spill")}) as connection:
        cells = ", ".join(drawn_sql(*each, seed) for seed, each in enumerate(project_columns(fails)))
        ids = "'P' || lpad(i::VARCHAR, 8, '0') AS project_id"
        copy(connection, f"SELECT {ids}, {cells} FROM range({projects}) t(i)", folder / "project.parquet")
        for number, (table, (most, columns)) in enumerate(row_tables(fails).items()):
            cells = ", ".join(drawn_sql(*each, 100 * number + 1000 + seed) for seed, each in enumerate(columns.items()))
            count = f"CASE WHEN hash(p, {number}) % 50 > 0 THEN hash(p, {number}, 'rows') % {most} ELSE 0 END"
            rows = f"SELECT p, unnest(range(({count})::BIGINT)) AS r FROM range({projects}) t(p)"
            named = "'P' || lpad(p::VARCHAR, 8, '0') AS project_id"
            copy(
                connection,
                f"SELECT {named}, {cells} FROM (SELECT p, p * 100 + r AS i FROM ({rows}))",
                folder / f"{table}.parquet",
            )


def copy(connection: duckdb.DuckDBPyConnection, select: str, file: Path) -> None:
    """Write the rows of a query as Parquet."""
    connection.execute(f"COPY ({select}) TO '{file}' (FORMAT parquet)")


def write_pack(folder: Path, fails: list[str]) -> None:
    """Write the pack of the rules."""
    source = Path(__file__).parents[1] / "docs" / "example-pack" / "pack.yaml"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pack.yaml").write_text(source.read_text("utf-8"), "utf-8")
    lines = ["tables:"]
    own = [("project_id", "id"), *project_columns(fails)]
    for table, columns in (
        ("project", own),
        *((name, list(columns.items())) for name, (_, columns) in row_tables(fails).items()),
    ):
        lines += [f"  {table}:", f"    title: {{en: {table.title()}, zh: {table} 表}}"]
        lines += ["    one_row: true"] * (table == "project") + ["    fields:"]
        lines += [
            field_text(name, "string" if drawn == "id" else column_type(name, drawn), drawn) for name, drawn in columns
        ]
        if table == "project":
            lines += [
                "      gate: {type: enum, title: {en: Gate, zh: 评审关口}, allowed: {G1: {en: Gate 1, zh: 关口1}}}",
                "      as_of: {type: date, title: {en: Facts as of, zh: 数据截止日期}}",
            ]
    (folder / "facts.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    checks = "".join(check_text(f"SUP-01.{number}", fail) for number, fail in enumerate(fails, 1))
    (folder / "SUP-01.yaml").write_text(ITEM + checks, "utf-8")


def field_text(name: str, kind: str, drawn: object) -> str:
    """A field of `facts.yaml`."""
    title = f"title: {{en: {name}, zh: {name} 栏}}"
    if kind != "enum":
        bounds = ", min: 0" if name in ("load", "amount") else ", min: 1, max: 6" if name == "quality" else ""
        optional = ", optional: true" if name in ("nda_on", "left") else ""
        return f"      {name}: {{type: {kind}, {title}{bounds}{optional}}}"
    words = ", ".join(f"{word}: {{en: {word}, zh: {word} 项}}" for word in str(drawn).split())
    return f"      {name}: {{type: enum, {title}, allowed: {{{words}}}}}"


ITEM = """\
item:
  id: SUP-01
  kind: requirement
  phase: selection
  elements: [contract]
  title: {en: Forty rules, zh: 四十条规则}
  cause: {en: None, zh: 无}
  consequence: {en: None, zh: 无}
checks:
"""


def check_text(name: str, fail: str) -> str:
    """A check that passes where `fail` is false."""
    return f"""\
  - id: {name}
    title: {{en: Rule {name}, zh: 规则 {name}}}
    pass_if: |
      !({fail})
    likelihood: 3
    impact: 3
    owner: buyer
    due_gate: G1
    origin: judgement
    evidence: {{en: None, zh: 无}}
    control: {{en: None, zh: 无}}
"""


def main() -> int:
    """Make what is not there yet, run, and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--projects", type=int, default=100_000)
    parser.add_argument("--rules", type=int, default=40)
    parser.add_argument("--outcomes", action="store_true", help="also write outcomes.parquet")
    asked = parser.parse_args()
    folder, fails = asked.folder / f"{asked.rules}-rules", chosen(asked.rules)
    facts, pack = folder / str(asked.projects), folder / "pack"
    write_pack(pack, fails)
    if not facts.exists():
        facts.mkdir(parents=True)
        write_tables(facts, asked.projects, fails)
    command = [sys.executable, "-m", "riskcheck", "portfolio", str(facts), "--pack", str(pack)]
    command += ["--gate", "G1", "--as-of", AS_OF, "--assume-complete", "all", "--engine", "duckdb"]
    if asked.outcomes:
        command += ["-o", str(asked.folder / "outcomes.parquet")]
    started = time.monotonic()
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    spent = time.monotonic() - started
    print(done.stdout.decode()[:700])
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    each = f"{1000 * spent / asked.projects:.2f} ms each; peak memory {peak:.0f} MiB"
    print(f"exit {done.returncode}; {asked.projects} projects: {spent:.0f} s, {each}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
