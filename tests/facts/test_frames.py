"""Facts from pandas and Polars frames and Arrow tables, and findings as a frame."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import riskcheck
from riskcheck.model.factset import EMPTY, MISSING, FactSet
from riskcheck.packs.rulepack import RulePack
from tests.portfolio.manyprojects import Rows, tables_of

pandas = pytest.importorskip("pandas", reason="the package pandas is not installed (extra pandas)")
pyarrow = pytest.importorskip("pyarrow", reason="the package pyarrow is not installed (extra pandas)")

SAMPLES = Path(__file__).parents[2] / "samples"
NAMES = ("healthy-en", "conditional-en")


@pytest.fixture(scope="module")
def pack() -> RulePack:
    return riskcheck.load_pack("deployment")


@pytest.fixture(scope="module")
def projects(pack: RulePack) -> dict[str, FactSet]:
    return {name: riskcheck.load_facts(SAMPLES / f"{name}.yaml", pack) for name in NAMES}


def of_pandas(rows: Rows) -> Any:
    return pandas.DataFrame(rows[1:], columns=rows[0])


def of_arrow(rows: Rows) -> Any:
    return pyarrow.table({name: [row[place] for row in rows[1:]] for place, name in enumerate(rows[0])})


def of_polars(rows: Rows) -> Any:
    polars = pytest.importorskip("polars", reason="the package polars is not installed")
    return polars.DataFrame(rows[1:], schema=rows[0], orient="row", infer_schema_length=None)


@pytest.mark.parametrize("frame", [of_pandas, of_arrow, of_polars])
def test_projects_in_frames_are_judged_as_those_in_files(
    frame: Callable[[Rows], Any], pack: RulePack, projects: dict[str, FactSet]
) -> None:
    frames = {name: frame(rows) for name, rows in tables_of(projects).items()}
    found = riskcheck.facts_by_project(frames, pack)
    assert list(found) == list(NAMES)
    for name, alone in projects.items():
        assert [each.text.en for each in found[name].problems if each.severity == "error"] == []
        judged, expected = riskcheck.assess(found[name], pack), riskcheck.assess(alone, pack)
        assert [(each.check, each.outcome) for each in judged.findings] == [
            (each.check, each.outcome) for each in expected.findings
        ]
        assert (judged.verdict, judged.score) == (expected.verdict, expected.score)


def test_one_project_needs_no_column_of_the_project(pack: RulePack) -> None:
    frames = {
        "project": pandas.DataFrame({"name": ["x"], "gate": ["G1"], "as_of": [date(2026, 6, 30)]}),
        "风险": pandas.DataFrame({"风险编号": ["R1", "R2"], "likelihood": [3, None], "impact": [4.0, 2.0]}),
        "table_status": pandas.DataFrame({"table": ["risks"], "complete": [True]}),
    }
    facts = riskcheck.facts_from_frames(frames, pack)
    risks = facts.by_name["risks"]
    assert risks.columns["risk_id"] == ("R1", "R2")
    assert risks.columns["likelihood"] == (3, MISSING)
    assert (risks.closed, facts.single("project", "gate")) == (True, "G1")
    assert riskcheck.assess(facts, pack).gate == "G1"


@pytest.mark.parametrize(
    ("value", "field", "expected"),
    [
        (None, "likelihood", MISSING),
        (float("nan"), "likelihood", MISSING),
        (pandas.NA, "likelihood", MISSING),
        (pandas.NaT, "likelihood", MISSING),
        ("none", "owner", EMPTY),
        (3.0, "likelihood", 3),
        (True, "likelihood", MISSING),
        (float("inf"), "likelihood", MISSING),
        (17, "risk_id", "17"),
        (17.0, "risk_id", "17"),
        (10**17, "risk_id", str(10**17)),
        (Decimal("1.10"), "risk_id", "1.10"),
        ({"a": 1}, "risk_id", MISSING),
        (b"a", "risk_id", MISSING),
    ],
)
def test_cells_mean_what_they_mean_in_files(value: object, field: str, expected: object, pack: RulePack) -> None:
    frame = pandas.DataFrame({field: pandas.Series([value], dtype=object)})
    facts = riskcheck.facts_from_frames({"risks": frame}, pack)
    assert facts.by_name["risks"].columns[field] == (expected,)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (pandas.Timestamp("2026-03-05"), date(2026, 3, 5)),
        (pandas.Timestamp("2026-03-05", tz="UTC"), date(2026, 3, 5)),
        (pandas.Timestamp("2026-03-05", tz="Asia/Shanghai"), MISSING),
        (datetime(2026, 3, 5, tzinfo=UTC), date(2026, 3, 5)),
        (date(2026, 3, 5), date(2026, 3, 5)),
        (pandas.NaT, MISSING),
    ],
)
def test_moments_are_days_where_they_are_midnight_in_utc(value: object, expected: object, pack: RulePack) -> None:
    frame = pandas.DataFrame({"as_of": [value]})
    assert riskcheck.facts_from_frames({"project": frame}, pack).single("project", "as_of") == expected


def test_lists_are_read_from_cells_that_hold_lists(pack: RulePack) -> None:
    frame = pandas.DataFrame({"task_id": ["T1", "T2", "T3"], "predecessors": [[], ["T1"], "T1, T2"]})
    cells = riskcheck.facts_from_frames({"tasks": frame}, pack).by_name["tasks"].columns["predecessors"]
    assert cells == (EMPTY, ("T1",), ("T1", "T2"))


def test_a_bad_cell_is_told_with_its_column_and_row(pack: RulePack) -> None:
    frame = pandas.DataFrame({"project_id": ["P1", "P2"], "risk_id": ["R1", "R1"], "status": ["open", "opne"]})
    found = riskcheck.facts_by_project({"risks": frame}, pack)
    assert [each.code for each in found["P1"].problems if each.severity == "error"] == []
    (problem,) = (each for each in found["P2"].problems if each.severity == "error")
    assert str(problem.location) == "risks!status:2"
    assert 'did you mean "open"' in problem.text.en


def test_rows_of_nobody_knows_whom_leave_their_table_open(pack: RulePack) -> None:
    project = pandas.DataFrame({"project_id": ["P1"], "name": ["x"]})
    risks = pandas.DataFrame({"project_id": ["P1", None, "P9"], "risk_id": ["R1", "R2", "R3"]})
    found = riskcheck.facts_by_project({"project": project, "risks": risks}, pack, assume_complete=("all",))
    assert found["P1"].partly_read == ("risks",)
    assert any(each.code == "row-of-no-project" for each in found["P1"].problems)
    assert any(each.code == "project-not-listed" for each in found["P9"].problems)


def test_a_declaration_for_nobody_knows_whom_is_told_as_such(pack: RulePack) -> None:
    risks = pandas.DataFrame({"project_id": ["P1"], "risk_id": ["R1"]})
    status = pandas.DataFrame({"project_id": [None], "table": ["risks"], "complete": [True]})
    found = riskcheck.facts_by_project({"risks": risks, "table_status": status}, pack)["P1"]
    (problem,) = (each for each in found.problems if each.code == "row-of-no-project")
    assert str(problem.location) == "table_status!project_id:1"
    assert "they declare no table complete" in problem.text.en
    assert (found.by_name["risks"].closed, found.partly_read) == (False, ())


@pytest.mark.parametrize(
    ("frames", "told"),
    [
        ([1], "a list is no mapping of frames"),
        ({"risks": [1]}, '"risks": a list is no frame'),
        ({"rsks": pandas.DataFrame({"a": [1]})}, 'did you mean "risks"'),
        ({"project": pandas.DataFrame({"name": ["a", "b"]})}, "facts_by_project"),
    ],
)
def test_what_is_no_frame_of_facts_is_refused(frames: Any, told: str, pack: RulePack) -> None:
    with pytest.raises(riskcheck.RiskcheckError) as raised:
        riskcheck.facts_from_frames(frames, pack)
    assert told in str(raised.value)


def test_a_frame_without_the_column_of_the_project_is_refused(pack: RulePack) -> None:
    with pytest.raises(riskcheck.FactsError, match="no column project_id"):
        riskcheck.facts_by_project({"risks": pandas.DataFrame({"risk_id": ["R1"]})}, pack)


def test_findings_are_a_frame(pack: RulePack, projects: dict[str, FactSet]) -> None:
    judged = riskcheck.assess(projects["conditional-en"], pack)
    frame = judged.to_frame()
    assert list(frame["check"]) == [each.check for each in judged.findings]
    assert list(frame["outcome"]) == [each.outcome.value for each in judged.findings]
    assert set(frame[frame["outcome"] == "fail"]["check"]) == {
        each.check for each in judged.findings if each.outcome.value == "fail"
    }
    assert list(judged.to_frame("zh")["title"]) == [each.title.zh for each in judged.findings]


def test_what_is_lacking_is_said_with_the_extra(monkeypatch: pytest.MonkeyPatch, pack: RulePack) -> None:
    def lacking(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr("riskcheck.frames.import_module", lacking)
    with pytest.raises(riskcheck.UsageError, match=r"riskcheck\[pandas\]"):
        riskcheck.facts_from_frames({"risks": of_arrow([["risk_id"], ["R1"]])}, pack)
