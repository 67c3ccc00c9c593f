"""The second, independent reader: it agrees, or the cells on which it does not are listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskcheck.errors import FactsError
from riskcheck.facts.crosscheck import cross_check

from .formats import office_book
from .packages import parts, unzipped, zipped

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.xlsx"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_both_readers_agree_on_the_samples(path: Path) -> None:
    found = cross_check(path.read_bytes(), path.name)
    assert found.cells > 100
    assert found.differences == ()


@pytest.mark.parametrize("date_1904", [False, True])
def test_both_readers_agree_on_dates_percentages_and_merged_cells(date_1904: bool) -> None:
    assert cross_check(office_book(date_1904), "plan.xlsx").differences == ()


def test_differences_are_listed() -> None:
    """Format 27 is a date in Chinese Excel, which openpyxl does not know."""
    made = unzipped(office_book(False))
    made["xl/styles.xml"] = made["xl/styles.xml"].replace(b'numFmtId="9"', b'numFmtId="27"')
    found = cross_check(zipped(made), "f.xlsx")
    assert found.count == 4
    first = found.differences[0]
    assert str(first.location) == "f.xlsx!任务!F5"
    assert (first.first, first.second) == ("span 73440", "number 0.85")


def test_hostile_parts_do_not_reach_it() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    cell = '<row r="1"><c r="A1"><v>1</v></c></row>'
    with pytest.raises(FactsError, match="declares a document type"):
        cross_check(zipped(parts(cell) | {"[Content_Types].xml": bomb}), "f.xlsx")
    with pytest.raises(FactsError, match="the second reader cannot read the workbook"):
        cross_check(zipped(parts(cell) | {"[Content_Types].xml": b"x"}), "f.xlsx")
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'
    with pytest.raises(FactsError):
        cross_check(zipped(parts(far)), "f.xlsx")
