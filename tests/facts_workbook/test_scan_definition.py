"""On sheets changed by chance the scan finds the marks that their definition, cell by cell, finds."""

from __future__ import annotations

import re
from random import Random
from xml.etree import ElementTree

import pytest

from riskcheck.facts import sheetgrammar, sheetscan
from riskcheck.facts.sheet import Position, column_number
from riskcheck.facts.sheetscan import UnusualXml, scan_sheet
from riskcheck.model.place import column_letters

from .mutations import mutated_xml, seed_parts
from .packages import sheet_xml, strings_xml

Marks = tuple[dict[Position, str], set[Position], set[Position]]

PERCENT = frozenset({1, 4})
SHEET = seed_parts()["xl/worksheets/sheet1.xml"]


def marks(xml: bytes, calculated: bool) -> Marks:
    """Errors, formulas without a result, and percentages."""
    errors, unstored, percent = {}, set(), set()
    for cell in ElementTree.fromstring(xml).findall("{*}sheetData[1]/{*}row/{*}c"):
        kind, formula, value = cell.get("t", "n"), cell.find("{*}f"), cell.find("{*}v")
        text = (value.text or "") if value is not None else ""
        place = re.fullmatch("([A-Z]+)([0-9]+)", cell.get("r", ""))
        assert place is not None
        position = (int(place[2]) - 1, column_number(place[1].encode()) - 1)
        if kind == "e":
            errors[position] = text.strip() or "#ERROR"
        if formula is not None and kind != "inlineStr":
            no_result = value is None if kind == "str" else not text
            if no_result or (kind == "n" and text == "0" and not calculated):
                unstored.add(position)
        if kind == "n" and text and int(cell.get("s", "0")) in PERCENT:
            percent.add(position)
    return errors, unstored, percent


@pytest.mark.parametrize("block", range(6))
def test_scan_by_definition(block: int) -> None:
    scanned = 0
    for seed in range(100 * block, 100 * block + 100):
        random, xml = Random(seed), SHEET
        for _ in range(random.randint(0, 3)):
            xml = mutated_xml(xml, random)
        try:
            scan = scan_sheet(xml, PERCENT, calculated=seed % 2 == 0, most=1000)
            expected = marks(xml, calculated=seed % 2 == 0)
        except (UnusualXml, ElementTree.ParseError):
            continue
        assert (scan.errors, scan.unstored, scan.percent) == expected, f"seed {seed}"
        scanned += 1
    assert scanned > 20


USUAL_SHEET = sheet_xml(
    '<row r="1" spans="1:8"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" t="n"><v>1.5E-3</v></c><c r="C1" s="2"/></row>'
    '\n<row r="3" ht="15"/><row r="4"><c r="D4" s="1"><v>-0.85</v></c><c r="F4" t="b"><v>1</v></c></row>'
)
USUAL = (
    (USUAL_SHEET, sheetgrammar.USUAL_ROWS, sheetgrammar.ROWS),
    (strings_xml("one", "二", "three &lt; 4", ""), sheetgrammar.USUAL_STRINGS, sheetgrammar.STRINGS),
)


@pytest.mark.parametrize(("whole", "short", "full"), USUAL, ids=["rows", "strings"])
def test_what_the_short_expressions_accept_the_full_ones_accept_alike(whole: bytes, short: bytes, full: bytes) -> None:
    usual = 0
    for seed in range(600):
        random, xml = Random(seed), whole
        for _ in range(random.randint(0, 3)):
            xml = mutated_xml(xml, random)
        start = max(xml.find(b"<row"), 0)
        by_short, by_full = re.compile(short).match(xml, start), re.compile(full).match(xml, start)
        if by_short is not None:
            assert by_full is not None, f"seed {seed}"
            assert by_full.group() == by_short.group(), f"seed {seed}"
            usual += 1
    assert 50 < usual < 590


@pytest.mark.parametrize("seed", range(40))
def test_the_last_column_of_a_large_sheet(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where later rows go ever farther; a sheet is large here if it has more than a row."""
    monkeypatch.setattr(sheetscan, "_PIECE", 1)
    random = Random(seed)
    most = random.choice((20, 40, 720, 16_384))
    columns = [sorted(random.sample(range(most), random.randint(0, 3))) for _ in range(random.choice((1, 5, 80)))]
    if seed % 2:
        columns.sort()
    cells = [
        "".join(f'<c r="{column_letters(each)}{row}"/>' for each in row_columns)
        for row, row_columns in enumerate(columns, 1)
    ]
    rows = "".join(f'<row r="{row}">{each}</row>' for row, each in enumerate(cells, 1))
    scan = scan_sheet(sheet_xml(rows), PERCENT, calculated=True, most=1)
    assert scan.last_column == max((each + 1 for row in columns for each in row), default=0)
