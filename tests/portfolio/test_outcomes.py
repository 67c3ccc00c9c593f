"""The outcomes of a portfolio as files for tools, and portfolios that are larger than memory."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from riskcheck import kept
from riskcheck.cli.group import cli
from riskcheck.errors import UsageError
from riskcheck.kept import Kept, Rank
from riskcheck.model.portfolio import Portfolio
from riskcheck.packs.load import load_pack
from riskcheck.portfolio import PortfolioOptions, judge_portfolio
from riskcheck.reports import Style
from riskcheck.reports.portfolio import FORMATS, pieces, render
from riskcheck.reports.portfolioexcel import MOST_LISTED

SAMPLES = Path(__file__).parents[2] / "samples"
OPTIONS = PortfolioOptions(gate="G1", as_of=date(2026, 6, 30), engine="python")


def small_project(name: str, title: str = "x") -> str:
    return f'project: {{project_id: {name}, name: "{title}"}}\nrisks: [{{risk_id: R1, likelihood: 3, impact: 4}}]\n'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five projects, one of them with a name that is a formula, and one that cannot be read."""
    folder = tmp_path_factory.mktemp("projects")
    for number in range(4):
        (folder / f"p{number}.yaml").write_text(small_project(f"P{number}", "=1+1" if number == 2 else "项目"), "utf-8")
    (folder / "healthy.yaml").write_bytes((SAMPLES / "healthy-en.yaml").read_bytes())
    (folder / "broken.yaml").write_text("tasks: [", "utf-8")
    return folder


@pytest.fixture(scope="module")
def portfolio(folder: Path) -> Portfolio:
    return judge_portfolio([str(folder)], load_pack("deployment"), OPTIONS)


def test_parquet_has_a_row_for_each_project_and_check_in_the_order_of_json(folder: Path, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="the package duckdb is not installed")
    out = tmp_path / "outcomes.parquet"
    args = ["portfolio", str(folder), "--gate", "G1", "--as-of", "2026-06-30", "--format", "json", "-o", str(out)]
    result = CliRunner().invoke(cli, args, standalone_mode=False)
    records = [json.loads(line) for line in result.output.splitlines()]
    expected = [
        (each["project_id"], each["verdict"], check, outcome)
        for each in records
        if each["verdict"]
        for check, outcome in each["outcomes"].items()
    ]
    with duckdb.connect() as connection:
        rows = connection.execute(f"SELECT project_id, verdict, \"check\", outcome FROM '{out}'").fetchall()
        kinds = {name: kind for name, kind, *_ in connection.execute(f"DESCRIBE FROM '{out}'").fetchall()}
        lost = connection.execute(f"SELECT file, why_not_judged FROM '{out}' WHERE outcome IS NULL").fetchall()
        names = connection.execute(f"SELECT DISTINCT project_name FROM '{out}' WHERE project_id = 'P2'").fetchall()
        score = connection.execute(f"SELECT DISTINCT score_low FROM '{out}' WHERE project_id = 'P2'").fetchall()
    assert [row for row in rows if row[3]] == expected
    assert (kinds["as_of"], kinds["score_low"], kinds["must_meet"]) == ("DATE", "DOUBLE", "BOOLEAN")
    ((file, why),) = lost
    assert file.endswith("broken.yaml")
    assert "broken.yaml:" in why
    assert names == [("=1+1",)]
    assert score == [(next(each["score"]["low"] for each in records if each["project_id"] == "P2"),)]


@pytest.mark.parametrize("name", [each.name for each in FORMATS])
def test_the_same_portfolio_gives_the_same_bytes(name: str, portfolio: Portfolio) -> None:
    if name == "parquet":
        pytest.importorskip("duckdb", reason="the package duckdb is not installed")
    assert render(name, portfolio, Style()) == render(name, portfolio, Style())


def test_what_is_made_in_pieces_is_what_is_made_whole(portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("riskcheck.reports.portfolio.MOST_WHOLE", 0)
    monkeypatch.setattr("riskcheck.reports.csv.PIECE", 100)
    for each in FORMATS:
        if each.name != "parquet":
            made = list(pieces(each.name, portfolio, Style()))
            assert b"".join(made) == render(each.name, portfolio, Style())
            assert len(made) > 2 or each.name != "csv"


def test_no_cell_of_the_csv_is_a_formula(portfolio: Portfolio) -> None:
    rows = list(csv.DictReader(io.StringIO(render("csv", portfolio, Style()).decode("utf-8-sig"))))
    assert {row["Project"] for row in rows if row["Project ID"] == "P2"} == {"'=1+1"}
    assert len({(row["Project ID"], row["Check"]) for row in rows}) == len(rows)


def test_a_parquet_file_is_refused_before_any_work_where_nothing_can_write_it(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("riskcheck.database.find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"riskcheck\[portfolio\]"):
        CliRunner().invoke(
            cli,
            ["portfolio", str(folder), "-o", str(tmp_path / "o.parquet")],
            standalone_mode=False,
            catch_exceptions=False,
        )
    assert not list(tmp_path.iterdir())


def test_results_on_the_disk_are_those_in_memory(
    folder: Path, portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOST_IN_MEMORY", 1)
    on_disk = judge_portfolio([str(folder)], load_pack("deployment"), OPTIONS)
    assert tuple(on_disk.projects) == tuple(portfolio.projects)
    assert tuple(on_disk.not_judged) == tuple(portfolio.not_judged)
    for each in FORMATS:
        if each.name != "parquet":
            assert render(each.name, on_disk, Style()) == render(each.name, portfolio, Style())


@given(st.lists(st.tuples(st.integers(-3, 3), st.floats(0, 100), st.text(max_size=4))), st.integers(1, 9))
def test_what_is_kept_is_sorted_alike_in_memory_and_on_the_disk(
    values: list[tuple[int, float, str]], most: int
) -> None:
    def rank(value: tuple[int, float, str]) -> Rank:
        return 0, value[0], value[1], value[2], ""

    before, kept.MOST_IN_MEMORY = kept.MOST_IN_MEMORY, most  # type: ignore[misc]
    try:
        some: Kept[tuple[int, float, str]] = Kept(rank, lambda value: value, lambda *value: value)
        for value in values:
            some.add(value)
        assert list(some) == sorted(values, key=rank)
        assert len(some) == len(values)
        assert some[:2] == tuple(sorted(values, key=rank)[:2])
    finally:
        kept.MOST_IN_MEMORY = before  # type: ignore[misc]


def test_projects_that_a_workbook_has_no_room_for_are_told(
    portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch
) -> None:
    from riskcheck.facts.workbook import read_workbook

    assert MOST_LISTED < 1_048_576
    monkeypatch.setattr("riskcheck.reports.portfolioexcel.MOST_LISTED", 2)
    sheets = {sheet.name: sheet for sheet in read_workbook(render("excel", portfolio, Style()), "out.xlsx")}
    assert len(sheets["Projects"].rows) == 3
    assert any("the 3 best projects are not listed here" in str(row) for row in sheets["Notes"].rows)
