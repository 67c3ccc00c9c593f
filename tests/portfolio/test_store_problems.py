"""What is wrong with Parquet, large CSV and DuckDB files of many projects is told, and nothing silently dropped."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from riskcheck.packs.load import load_pack
from riskcheck.packs.rulepack import RulePack

duckdb = pytest.importorskip("duckdb", reason="the package duckdb is not installed")

from riskcheck.projectstore.store import open_store  # noqa: E402
from tests.portfolio import stores  # noqa: E402
from tests.portfolio.stores import PROJECT, RISKS, errors, judged, read  # noqa: E402


@pytest.fixture(scope="module")
def pack() -> RulePack:
    return load_pack("deployment")


def test_a_bad_cell_is_told_with_its_file_column_row_and_project_and_stops_no_other(
    tmp_path: Path, pack: RulePack
) -> None:
    risks = [*RISKS, ["P2", "R2", "high", "4", "Li", "opne"]]
    stores.write_parquet(tmp_path / "store", {"project": PROJECT, "risks": risks})
    portfolio = judged(tmp_path / "store", pack, engine="reference")
    assert sorted(each.project_id or "" for each in portfolio.projects) == ["P1", "P2"]
    told = [each for each in errors(portfolio) if "risks.parquet!" in each]
    word = next(each for each in told if "!status:3" in each)
    assert '"opne"' in word
    assert 'did you mean "open"' in word
    assert "(project P2)" in word
    assert any("!likelihood:3" in each and '"high" is not a whole number' in each for each in told)


def test_items_that_are_several_ids_of_their_project_are_read_one_by_one_and_told(
    tmp_path: Path, pack: RulePack
) -> None:
    tasks = [
        ["project_id", "task_id", "predecessors"],
        *(["P1", "T1", ""], ["P1", "T2", ""], ["P1", "T3", "T1/T2"]),
        *(["P2", "T1", ""], ["P2", "T3", "T1/T2"]),
    ]
    stores.write_parquet(tmp_path / "store", {"project": PROJECT, "tasks": tasks})
    found, problems = read(tmp_path / "store", pack)
    assert found["P1"].by_name["tasks"].columns["predecessors"][2] == ("T1", "T2")
    assert found["P2"].by_name["tasks"].columns["predecessors"][1] == ("T1/T2",)
    (problem,) = (each for each in problems if each.code == "parted-items")
    assert str(problem.location).endswith("tasks.parquet!predecessors:3")
    assert "(project P1)" in problem.text.en


def test_many_bad_cells_of_a_kind_are_counted(tmp_path: Path, pack: RulePack) -> None:
    bad = [["P1", f"R{number}", "high", "4", "Li", "open"] for number in range(250)]
    stores.write_parquet(tmp_path / "store", {"project": PROJECT, "risks": [*RISKS, *bad]})
    _, problems = read(tmp_path / "store", pack)
    told = [each.text.en for each in problems if "ikelihood" in each.text.en]
    assert len(told) == 101
    assert "150 further cells" in told[-1]


def test_rows_whose_project_cannot_be_read_are_told_and_leave_their_table_open(tmp_path: Path, pack: RulePack) -> None:
    risks = [*RISKS, [None, "R2", "3", "4", "Li", "open"], ["TBD", "R3", "3", "4", "Li", "open"]]
    stores.write_parquet(tmp_path / "store", {"project": PROJECT, "risks": risks})
    portfolio = judged(tmp_path / "store", pack, assume_complete=("all",), engine="reference")
    assert any(
        "risks.parquet!project_id:3" in each and "2 rows are of no project" in each for each in errors(portfolio)
    )
    found, _ = read(tmp_path / "store", pack)
    assert found["P1"].partly_read == ("risks",)


def test_rows_of_a_project_that_is_not_listed_are_told_and_judged(tmp_path: Path, pack: RulePack) -> None:
    risks = [*RISKS, ["P22", "R2", "3", "4", "Li", "open"]]
    stores.write_parquet(tmp_path / "store", {"project": PROJECT, "risks": risks})
    portfolio = judged(tmp_path / "store", pack, gate="G1", as_of=date(2026, 6, 30), engine="reference")
    assert any('does not have: P22; did you mean "P2"' in each for each in errors(portfolio))
    assert sorted(each.project_id or "" for each in portfolio.projects) == ["P1", "P2", "P22"]


def test_a_project_that_is_listed_twice_is_not_guessed(tmp_path: Path, pack: RulePack) -> None:
    stores.write_parquet(
        tmp_path / "store", {"project": [*PROJECT, ["P2", "Again", "G2", "2026-06-30"]], "risks": RISKS}
    )
    portfolio = judged(tmp_path / "store", pack, engine="reference")
    assert [each.project_id for each in portfolio.projects] == ["P1"]
    (lost,) = portfolio.not_judged
    assert lost.project_id == "P2"
    assert any("has one row, but 2 are written" in each and "(project P2)" in each for each in errors(portfolio))


def test_a_table_without_the_column_of_the_project_is_refused_with_the_nearest(tmp_path: Path, pack: RulePack) -> None:
    risks = [["projct_id", *RISKS[0][1:]], *RISKS[1:]]
    stores.write_parquet(tmp_path / "store", {"project": PROJECT, "risks": risks})
    (lost,) = judged(tmp_path / "store", pack).not_judged
    told = " ".join(each.en for each in lost.why)
    assert "risks.parquet: the table Project risks has no column project_id" in told
    assert 'did you mean "project_id"' in told


def test_unknown_tables_and_columns_are_told_and_missing_columns_noted(tmp_path: Path, pack: RulePack) -> None:
    risks = [[*RISKS[0][:-1], "statsu"], *RISKS[1:]]
    stores.write_parquet(tmp_path / "store", {"project": PROJECT, "risks": risks, "risk": [["a"], ["b"]]})
    (tmp_path / "store" / "risk.parquet").rename(tmp_path / "store" / "rikss.parquet")
    _, problems = read(tmp_path / "store", pack)
    told = {each.code: each.text.en for each in problems}
    assert 'did you mean "risks"' in told["unknown-table"]
    assert 'did you mean "status"' in told["unknown-column"]
    assert "no column for these fields, which count as missing" in told["no-column"]


def test_what_is_no_store_is_told_and_stops_no_other(tmp_path: Path, pack: RulePack) -> None:
    stores.write_parquet(tmp_path / "good", {"project": PROJECT, "risks": RISKS})
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "project.parquet").write_bytes(b"no Parquet")
    (tmp_path / "bad.duckdb").write_bytes(b"no database" * 1000)
    (tmp_path / "other").mkdir()
    stores.copy(tmp_path / "other" / "data.parquet", [["a"], ["b"]], ["VARCHAR"])
    portfolio = judged(tmp_path, pack)
    why = {Path(each.source).name: " ".join(text.en for text in each.why) for each in portfolio.not_judged}
    assert why.keys() == {"bad", "bad.duckdb", "other"}
    assert "cannot be read" in why["bad"]
    assert "cannot be read" in why["bad.duckdb"]
    assert "nothing in it is called like a table of facts" in why["other"]
    assert len(portfolio.projects) == 2


def test_views_of_a_database_are_not_read(tmp_path: Path, pack: RulePack) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("project_id,name\nsecret,x\n", "utf-8")
    path = tmp_path / "facts.duckdb"
    stores.write_database(path, {"risks": RISKS})
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"CREATE VIEW project AS SELECT * FROM read_csv('{secret}')")
    before = path.read_bytes()
    with open_store([str(path)], pack.schema, (), str(path)) as store:
        assert store.count == 2
        assert any(each.code == "view-not-read" for each in store.problems())
    assert path.read_bytes() == before


def test_without_duckdb_it_is_said_what_to_install(
    tmp_path: Path, pack: RulePack, monkeypatch: pytest.MonkeyPatch
) -> None:
    stores.write_parquet(tmp_path / "store", {"project": PROJECT, "risks": RISKS})
    monkeypatch.setattr("riskcheck.projectstore.store.is_installed", lambda: False)
    (lost,) = judged(tmp_path / "store", pack).not_judged
    assert "riskcheck[portfolio]" in " ".join(text.en for text in lost.why)


def test_a_mapping_is_not_for_stores(tmp_path: Path, pack: RulePack) -> None:
    from riskcheck.facts.projectfiles import Mappings
    from riskcheck.mapping.load import load_mapping

    stores.write_parquet(tmp_path / "store", {"project": PROJECT, "risks": RISKS})
    (tmp_path / "m.yaml").write_text("mapping: 1\nsheets:\n  - {sheet: r, table: risks, fields: {risk_id: Ref}}\n")
    mapping = load_mapping(tmp_path / "m.yaml", pack.schema)
    (lost,) = judged(tmp_path / "store", pack, mappings=Mappings(mapping, None)).not_judged
    assert "read in blocks" in lost.why[0].en
