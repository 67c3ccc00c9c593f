"""On sheets changed by chance the scan finds the marks that their definition, cell by cell, finds."""

from __future__ import annotations

import re
from random import Random
from xml.etree import ElementTree

import pytest

from riskcheck.facts.sheet import Position, column_number
from riskcheck.facts.sheetscan import UnusualXml, scan_sheet

from .mutations import mutated_xml, seed_parts

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
