"""Projects in Parquet, large CSV and DuckDB files are read and judged as each is alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskcheck.facts.cellvalue import reader_for
from riskcheck.facts.load import load_facts
from riskcheck.facts.manyprojects import KEY_FIELD
from riskcheck.model.factset import FactSet
from riskcheck.packs.load import load_pack
from riskcheck.packs.rulepack import RulePack
from riskcheck.portfolio import PortfolioOptions, judge_portfolio

duckdb = pytest.importorskip("duckdb", reason="the package duckdb is not installed")

from riskcheck.projectstore import staging  # noqa: E402
from riskcheck.projectstore.keys import PLAIN  # noqa: E402
from tests.portfolio import stores  # noqa: E402
from tests.portfolio.manyprojects import tables_of, write_workbook  # noqa: E402
from tests.portfolio.stores import PROJECT, RISKS, errors, judged, read  # noqa: E402

SAMPLES = Path(__file__).parents[2] / "samples"
NAMES = ("healthy-en", "platform-en", "conditional-en")
AS_OF = date(2026, 6, 30)


@pytest.fixture(scope="module")
def pack() -> RulePack:
    return load_pack("deployment")


@pytest.fixture(scope="module")
def projects(pack: RulePack) -> dict[str, FactSet]:
    return {f"P-{name}": load_facts(SAMPLES / f"{name}.yaml", pack.schema) for name in NAMES}


# ------------------------------------------------------------ the same as alone


def parquet(path: Path, projects: Mapping[str, FactSet], pack: RulePack) -> Path:
    stores.write_parquet(path, tables_of(projects))
    return path


def typed(path: Path, projects: Mapping[str, FactSet], pack: RulePack) -> Path:
    stores.write_typed(path, projects, pack.schema)
    return path


def large_csv(path: Path, projects: Mapping[str, FactSet], pack: RulePack) -> Path:
    stores.write_csv(path, tables_of(projects))
    return path


def database(path: Path, projects: Mapping[str, FactSet], pack: RulePack) -> Path:
    path = path.with_suffix(".duckdb")
    stores.write_database(path, tables_of(projects))
    return path


@pytest.mark.parametrize("write", [parquet, typed, large_csv, database])
def test_projects_of_a_store_have_the_facts_and_outcomes_that_each_has_alone(
    write: Callable[..., Path],
    tmp_path: Path,
    pack: RulePack,
    projects: dict[str, FactSet],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("riskcheck.facts.largecsv.READ_WHOLE", 0)
    path = write(tmp_path / "store", projects, pack)
    found, problems = read(path, pack)
    assert [each.text.en for each in problems if each.severity == "error"] == []
    assert set(found) == set(projects)
    for name, alone in projects.items():
        for table in alone.tables:
            of_store = found[name].by_name[table.table.name]
            assert stores.facts_differ(of_store, table) in ([], ["project_id"]), (name, table.table.name)
            assert (of_store.closed, of_store.row_count) == (table.closed, table.row_count), (name, table.table.name)
    (tmp_path / "yaml").mkdir()
    for name in NAMES:
        (tmp_path / "yaml" / f"{name}.yaml").write_bytes((SAMPLES / f"{name}.yaml").read_bytes())
    if write in (typed, large_csv):
        return  # the same facts have the same outcomes, which the two others show
    single = {each.source: each for each in judged(tmp_path / "yaml", pack, engine="reference").projects}
    for engine in ("reference", "duckdb") if write is parquet else ("duckdb",):
        portfolio = judged(path, pack, engine=engine)
        assert errors(portfolio) == []
        assert len(portfolio.projects) == len(NAMES)
        for each in portfolio.projects:
            other = single[str(tmp_path / "yaml" / f"{(each.project_id or '')[2:]}.yaml")]
            assert each.outcomes == other.outcomes
            assert (each.verdict, each.score, each.reasons, each.fired) == (
                *(other.verdict, other.score),
                *(other.reasons, other.fired),
            )


def test_the_size_of_blocks_makes_no_difference(
    tmp_path: Path, pack: RulePack, projects: dict[str, FactSet], monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = tables_of(projects)
    (column,) = [number for number, name in enumerate(tables["team"][0]) if name == "allocation_total_pct"]
    for row in tables["team"][1:]:  # bare numbers, of which only the whole column tells what they are
        row[column] = "80" if row[0] == "P-platform-en" else "0.8"
    stores.write_parquet(tmp_path / "store", tables)
    whole, told = read(tmp_path / "store", pack)
    monkeypatch.setattr(staging, "PROJECTS_AT_ONCE", 1)
    single, told_again = read(tmp_path / "store", pack)
    assert whole.keys() == single.keys()
    for name, facts in whole.items():
        for one, other in zip(facts.tables, single[name].tables, strict=True):
            assert stores.facts_differ(one, other) == []
            assert one.nothing == other.nothing
    assert 800_000 in whole["P-healthy-en"].by_name["team"].columns["allocation_total_pct"]
    assert sorted(map(str, told)) == sorted(map(str, told_again))


def test_a_workbook_and_a_store_agree_on_what_is_declared_complete(tmp_path: Path, pack: RulePack) -> None:
    status = [["table", "complete"], ["*", "yes"], ["risks", "no"]]
    stores.write_parquet(tmp_path / "store", {"project": PROJECT, "risks": RISKS, "table_status": status})
    found, _ = read(tmp_path / "store", pack)
    assert {name for name, table in found["P1"].by_name.items() if table.closed} == {"project"}
    assert found["P1"].declared_open == ("risks",)


# ------------------------------------------------------------ table_status by project


@pytest.mark.parametrize(
    ("rows", "closed"),
    [
        ([["P1", "risks", "yes"]], {"P1"}),
        ([["*", "risks", "yes"]], {"P1", "P2"}),
        ([["*", "*", "yes"], ["P2", "risks", "no"]], {"P1"}),
        ([["*", "risks", "yes"], ["P2", "risks", "no"]], {"P1"}),
        ([["", "risks", "yes"]], set()),
        ([["*", "risks", "yes"], ["", "risks", "no"]], set()),
        ([["P1", "risks", "yes"], ["P9", "risks", "no"]], {"P1"}),
    ],
)
def test_table_status_is_about_the_project_that_it_names(
    rows: list[list[str]], closed: set[str], tmp_path: Path, pack: RulePack
) -> None:
    status = [["project_id", "table", "complete"], *rows]
    stores.write_parquet(tmp_path / "store", {"project": PROJECT, "risks": RISKS, "table_status": status})
    found, problems = read(tmp_path / "store", pack)
    assert {name for name, facts in found.items() if facts.by_name["risks"].closed} == closed
    unsaid = {row[0] for row in rows} - {"P1", "P2", "*"}
    codes = [each.code for each in problems if each.severity == "error"]
    assert ("row-of-no-project" in codes) is ("" in unsaid)
    assert ("project-not-listed" in codes) is ("P9" in unsaid)


# ------------------------------------------------------------ kinds of files and cells


def test_a_table_may_be_a_folder_of_parts(tmp_path: Path, pack: RulePack) -> None:
    stores.write_parquet(tmp_path / "store", {"project": PROJECT})
    (tmp_path / "store" / "risks.parquet").mkdir()
    for number, row in enumerate(RISKS[1:]):
        stores.copy(tmp_path / "store" / "risks.parquet" / f"part-{number}.parquet", [RISKS[0], row], ["VARCHAR"] * 6)
    (tmp_path / "store" / "risks.parquet" / "_SUCCESS").touch()
    portfolio = judged(tmp_path / "store", pack, engine="reference")
    assert len(portfolio.projects) == 2
    found, _ = read(tmp_path / "store", pack)
    place = found["P2"].by_name["risks"].origin.cell_location(0, "owner")
    assert place is not None
    assert str(place).endswith("risks.parquet/part-1.parquet!owner:1")


def test_names_of_files_are_no_patterns(tmp_path: Path, pack: RulePack) -> None:
    folder = tmp_path / "a[1]*?'b"
    stores.write_parquet(tmp_path / "store", {"project": PROJECT, "risks": RISKS})
    (tmp_path / "store").rename(folder)
    assert len(judged(folder, pack, engine="reference").projects) == 2


def test_parquet_files_may_be_named_one_by_one(tmp_path: Path, pack: RulePack) -> None:
    stores.write_parquet(tmp_path / "store", {"project": PROJECT, "risks": RISKS, "tasks": [["a"], ["b"]]})
    files = [str(tmp_path / "store" / f"{name}.parquet") for name in ("project", "risks")]
    found = judge_portfolio(files, pack, PortfolioOptions(engine="reference"))
    assert sorted(each.project_id or "" for each in found.projects) == ["P1", "P2"]


@pytest.mark.parametrize(
    ("kind", "value", "field", "expected"),
    [
        ("DOUBLE", "nan", "likelihood", "error-value"),  # as texts: older versions of DuckDB take nan itself for NULL
        ("DOUBLE", "inf", "likelihood", "error-value"),
        ("DOUBLE", 3.0, "likelihood", 3),
        ("FLOAT", 3.0, "likelihood", 3),
        ("HUGEINT", 3, "likelihood", 3),
        ("BOOLEAN", True, "likelihood", "unreadable-cell"),
        ("VARCHAR", " 3 ", "likelihood", 3),
        ("BIGINT", 123456789012345678, "risk_id", "123456789012345678"),
        ("DECIMAL(4, 2)", "1.10", "risk_id", "1.10"),
        ("DATE", "infinity", "closed_on", "unreadable-cell"),
        ("DATE", "2026-03-05", "closed_on", date(2026, 3, 5)),
        ("TIMESTAMP", "2026-03-05 00:00:00", "closed_on", date(2026, 3, 5)),
        ("TIMESTAMPTZ", "2026-03-05 00:00:00+00", "closed_on", date(2026, 3, 5)),
        ("TIMESTAMP", "2026-03-05 10:00:00", "closed_on", "unreadable-cell"),
        ("DATE", "12000-01-01", "closed_on", "unreadable-cell"),
        ("VARCHAR[]", ["a"], "likelihood", "unreadable-cell"),
        ("INTEGER[]", [1, 2], "likelihood", "unreadable-cell"),
    ],
)
def test_cells_of_a_database_are_read_by_their_meaning(
    kind: str, value: object, field: str, expected: object, tmp_path: Path, pack: RulePack
) -> None:
    assert field in {each.name for each in pack.schema.by_name["risks"].fields} | {"closed_on"}
    table = "issues" if field == "closed_on" else "risks"
    if field == "closed_on":
        field = next(each.name for each in pack.schema.by_name["issues"].fields if each.type.value == "date")
    stores.write_parquet(tmp_path / "store", {"project": PROJECT})
    stores.copy(tmp_path / "store" / f"{table}.parquet", [["project_id", field], ["P1", value]], ["VARCHAR", kind])
    found, problems = read(tmp_path / "store", pack)
    (cell,) = found["P1"].by_name[table].columns[field]
    codes = [each.code for each in problems if each.severity == "error"]
    assert (codes == [expected]) if codes else (cell == expected)


@given(st.text(max_size=12) | st.from_regex(r"[!-~]*[0-9][!-~]*", fullmatch=True))
def test_plain_ids_are_read_as_they_are_written(text: str) -> None:
    import re

    if re.fullmatch(PLAIN, text, re.ASCII):
        assert reader_for(KEY_FIELD)(text) == text


def test_ids_are_the_same_however_they_are_written(tmp_path: Path, pack: RulePack) -> None:
    stores.write_parquet(tmp_path / "store", {"project": PROJECT, "risks": [RISKS[0], [" Ｐ1\t", *RISKS[1][1:]]]})
    found, problems = read(tmp_path / "store", pack)
    assert found["P1"].by_name["risks"].row_count == 1
    assert [each.code for each in problems if each.severity == "error"] == []


def test_whole_numbers_are_ids_too(tmp_path: Path, pack: RulePack) -> None:
    stores.write_parquet(tmp_path / "store", {"project": [PROJECT[0], ["17", *PROJECT[1][1:]]]})
    stores.copy(tmp_path / "store" / "risks.parquet", [["project_id", "risk_id"], [17, "R1"]], ["BIGINT", "VARCHAR"])
    found, _ = read(tmp_path / "store", pack)
    assert found["17"].by_name["risks"].row_count == 1


def test_a_workbook_with_the_same_rows_gives_the_same(
    tmp_path: Path, pack: RulePack, projects: dict[str, FactSet]
) -> None:
    asked = {"gate": "G3", "as_of": AS_OF, "assume_complete": ("all",), "engine": "python"}
    write_workbook(tmp_path / "all.xlsx", projects)
    stores.write_parquet(tmp_path / "store", tables_of(projects))
    (tmp_path / "store" / "table_status.parquet").unlink()
    book = judged(tmp_path / "all.xlsx", pack, **asked)
    store = judged(tmp_path / "store", pack, **asked)
    assert [(each.project_id, each.outcomes) for each in book.projects] == [
        (each.project_id, each.outcomes) for each in store.projects
    ]
