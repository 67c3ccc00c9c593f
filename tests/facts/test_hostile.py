"""Whatever a file holds, it is read or refused with a reason: nothing else ever happens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from riskcheck.errors import Diagnostic, FactsError
from riskcheck.facts.sheet import Sheet
from riskcheck.facts.yamlfacts import facts_from_tree
from riskcheck.model.factset import Absent, FactSet
from riskcheck.yamltree import YamlError, read_yaml
from tests.facts.smallschema import SCHEMA, of_sheets

WORDS = st.sampled_from(
    [
        "",
        "#",
        "# x",
        "ID",
        "Owner",
        "负责人",
        "Load",
        "Field",
        "Value",
        "项目",
        "值",
        "Project ID",
        "table",
        "complete",
        "*",
        "是",
    ]
)
CELLS = st.one_of(
    WORDS,
    WORDS,
    st.text(max_size=8),
    st.floats(allow_nan=True, allow_infinity=True),
    st.integers(-(2**63), 2**63),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.just(datetime.max),
    st.just(date.min),
    st.just(time(1)),
    st.just(timedelta(-1)),
)
POSITIONS = st.tuples(st.integers(0, 6), st.integers(0, 6))


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    width = draw(st.integers(0, 4))
    row = st.tuples(*[CELLS] * width)
    return Sheet(
        draw(st.sampled_from(["Project", "Tasks", "任务", "table_status", "Sheet1", "#x", ""])),
        draw(st.booleans()),
        tuple(draw(st.lists(row, max_size=5))) if width else (),
        draw(st.integers(0, 2)),
        draw(st.integers(0, 2)),
        draw(st.dictionaries(POSITIONS, st.just("#N/A"), max_size=2)),
        frozenset(draw(st.sets(POSITIONS, max_size=2))),
        frozenset(draw(st.sets(POSITIONS, max_size=3))),
    )


@settings(derandomize=True, max_examples=200)
@given(st.lists(sheets(), max_size=4))
def test_sheets(found: list[Sheet]) -> None:
    facts, diagnostics = outcome(lambda: of_sheets(*found, assume_complete=("all",)))
    assert all(each.message and each.location for each in diagnostics)
    for problem in facts.problems if facts else ():
        assert problem.text.en
        assert problem.text.zh
        assert problem.location
    for table in facts.tables if facts else ():
        assert {len(column) for column in table.columns.values()} == {table.row_count}
        for name, column in table.columns.items():
            for row, cell in enumerate(column):
                assert table.origin.cell_location(row, name)
                assert isinstance(cell, Absent) or table.origin.raw(row, name) is not None
                assert not isinstance(cell, float)


def outcome(read: Callable[[], FactSet]) -> tuple[FactSet | None, tuple[Diagnostic, ...]]:
    """The facts, or why they are refused."""
    try:
        return read(), ()
    except (YamlError, FactsError) as error:
        return None, error.diagnostics


TOKENS = st.sampled_from(
    [
        "tasks",
        "project",
        "a",
        ": ",
        "\n",
        "  ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "&a",
        "*a",
        "!x ",
        "? ",
        "|\n",
        "'",
        '"',
        "#",
        "\t",
        "---\n",
    ]
)


@settings(derandomize=True, max_examples=300)
@given(st.one_of(st.lists(TOKENS, max_size=25).map("".join).map(str.encode), st.binary(max_size=20)))
def test_yaml(data: bytes) -> None:
    facts, diagnostics = outcome(lambda: facts_from_tree(read_yaml(data, "f.yaml"), "f.yaml", SCHEMA))
    assert facts or diagnostics
    assert all(each.render().startswith("f.yaml") for each in diagnostics)
