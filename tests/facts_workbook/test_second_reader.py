"""The second, independent reader: it reads the same, or the cells on which the two differ are listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskcheck.errors import Diagnostic, FactsError
from riskcheck.facts.crosscheck import cross_check
from riskcheck.facts.package import Package
from riskcheck.facts.secondreader import MAX_ELEMENTS, read_with_openpyxl
from riskcheck.facts.sheet import Sheet
from riskcheck.facts.workbook import read_workbook
from tests.hostile.made import hostile_files

from .formats import office_book
from .packages import Parts, parts, sheet_xml, strings_xml, styles_xml, unzipped, workbook_xml, zipped
from .strictbook import strict

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.xlsx"))
SHEET = "xl/worksheets/sheet1.xml"


def second(made: Parts) -> tuple[Sheet, ...]:
    return read_with_openpyxl(Package(zipped(made), "f.xlsx"))


def differences(made: Parts) -> list[tuple[str, str, str]]:
    found = cross_check(zipped(made), "f.xlsx")
    assert found.count == len(found.differences)
    return [(each.location.within_file, each.first, each.second) for each in found.differences]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_both_readers_agree_on_the_samples(path: Path) -> None:
    found = cross_check(path.read_bytes(), path.name)
    assert found.cells > 100
    assert found.differences == ()


@pytest.mark.parametrize("date_1904", [False, True])
@pytest.mark.parametrize("form", [bytes, strict], ids=["transitional", "strict"])
def test_both_readers_give_the_same_sheets(date_1904: bool, form: type[bytes]) -> None:
    data = form(office_book(date_1904))
    assert read_with_openpyxl(Package(data, "f.xlsx")) == read_workbook(data, "f.xlsx")
    assert cross_check(data, "plan.xlsx").cells == 31
    assert cross_check(data, "plan.xlsx").differences == ()


@pytest.mark.parametrize("date_1904", [False, True])
def test_days_of_a_strict_workbook_are_those_of_the_transitional_one(date_1904: bool) -> None:
    data = office_book(date_1904)
    assert b"<v>2026-03-05</v>" in unzipped(strict(data))[SHEET]
    assert read_workbook(strict(data), "f.xlsx") == read_workbook(data, "f.xlsx")


def test_marks_are_the_same() -> None:
    """Errors, formulas without results, the 0 of a writer that does not calculate, percentages, dates of East Asia."""
    rows = (
        '<row r="2"><c r="B2" t="e"><v>#DIV/0!</v></c><c r="C2"><f>A1</f></c><c r="D2"><f>A1</f><v>0</v></c>'
        '<c r="E2" s="1"><v>0.85</v></c><c r="F2" s="2"><v>46086</v></c><c r="G2" t="s"><v>0</v></c>'
        '<c r="H2" t="str"><f>""</f><v></v></c><c r="I2" t="e"><v></v></c></row>'
        '<row r="4"><c r="B4"/><c r="J4" t="inlineStr"><is><r><t>a</t></r><r><t>_x005F_x0041_</t></r></is></c></row>'
    )
    made = parts(rows, strings=strings_xml("_x005F_x0041__x000D_"), styles=styles_xml(0, 9, 27))
    made["xl/workbook.xml"] = workbook_xml("Risks", calculation='<calcPr fullCalcOnLoad="1"/>')
    (sheet,) = second(made)
    assert (sheet,) == read_workbook(zipped(made), "f.xlsx")
    assert (sheet.errors, sheet.unstored) == ({(1, 1): "#DIV/0!", (1, 8): "#ERROR"}, {(1, 2), (1, 3)})


def test_cells_that_differ_are_listed() -> None:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t> x </t></is></c><c r="B1"><v>1</v></c>'
        '<c r="C1"><v>1_000</v></c></row>'
    )
    assert differences(parts(rows)) == [
        ("Risks!A1", 'text "x"', 'text "␣x␣"'),
        ("Risks!C1", 'text "1_000"', "number 1000"),
    ]


def test_merged_areas_that_differ_are_listed() -> None:
    """A part that is written in an unusual way: the first reader passes over areas that no program would write."""
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="B3"><v>2</v></c></row>'
    merged = b'</sheetData><mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="$B$1:$B$3"/></mergeCells>'
    made = parts(rows)
    made[SHEET] = sheet_xml(rows).replace(b"</sheetData>", merged)
    assert differences(made) == [("Risks!B1:B3", "", "merged")]


def test_sheets_in_other_states_and_all_cells_are_seen() -> None:
    """openpyxl passes in silence over sheets without a part and cells outside of rows; that is refused here."""
    one = '<row r="1"><c r="A1"><v>1</v></c></row>'
    with pytest.raises(FactsError, match="it sees 0 of 1 sheets"):
        second({name: content for name, content in parts(one).items() if name != SHEET})
    with pytest.raises(FactsError, match="of 2 cells or texts it sees 1"):
        second(parts(one + '<c r="A9"><v>9</v></c>'))
    strict_row = '<x:row xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main" r="{}"><x:c><x:v>1</x:v></x:c></x:row>'
    with pytest.raises(FactsError, match="of 2 cells or texts it sees 1"):
        second(parts(strict_row.format(1) + strict_row.format(2)))


def test_it_is_held_to_bounds() -> None:
    """The hostile workbooks of the tests, and what is worse for openpyxl than for the first reader."""
    far = '<row r="1048576"><c r="A1048576"><v>1</v></c></row><row r="1"><c r="XFD1"><v>1</v></c></row>'
    made = {
        "far": parts(far),
        "elements beside rows": parts('<a b=""/>' * (MAX_ELEMENTS + 1)),
        "texts": parts(strings=strings_xml(*["x"] * (MAX_ELEMENTS // 2 + 1))),
    }
    for name, each in made.items():
        with pytest.raises(FactsError) as refused:
            second(each)
        assert refused.value.diagnostics[0].code == "workbook-too-large", name
    bomb = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    with pytest.raises(FactsError, match="declares a document type"):
        second(parts(far, strings=bomb))


def test_hostile_workbooks_give_sheets_or_a_cause_and_a_cure() -> None:
    names = ("zip bomb in", "xxe", "deep", "long text", "refused")
    files = [(name, data) for name, data in hostile_files() if name.startswith(names)]
    assert len(files) > 50
    for name, data in files:
        assert all(each.hints for each in _refusals(data, name)), name


def _refusals(data: bytes, name: str) -> tuple[Diagnostic, ...]:
    try:
        read_with_openpyxl(Package(data, name))
    except FactsError as error:
        return error.diagnostics
    return ()
