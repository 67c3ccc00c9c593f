"""Workbooks with something wrong in them, by chance (the same seed gives the same workbook), and what they give."""

from __future__ import annotations

import re
from random import Random
from unittest import mock

from riskcheck.errors import FactsError
from riskcheck.facts import sheetxml, workbookscan
from riskcheck.facts.sheet import Sheet
from riskcheck.facts.sheetscan import SheetScan, UnusualXml, scan_sheet
from riskcheck.facts.sheetxml import plain_sheet
from riskcheck.facts.workbook import read_workbook
from riskcheck.model.place import Location

from .packages import Parts, parts, strings_xml, styles_xml, zipped

_TOKENS = (
    *rb"""<!DOCTYPE x>|<![CDATA[|]]>|<!--|-->|<?x?>|</c>|<c>|<c/>|<row>|</row>|<v>|</v>|<f>|<f/>|<is>|</is>|<t>|"""
    rb"""</si>|<si/>|</sheetData>|<sheetData/>| r="XFD1048576"| r="A1"| r=""| t="s"| t="e"| t="str"| t="inlineStr"|"""
    rb""" t="b"| t="d"| t="n"| s="1"|&amp;|&#0;|&x;|"|'|<|>|=""".split(b"|"),
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
)
_VALUES = (
    *rb"""|0|1|-1|2|7|00| 5 |.5|1e999|NaN|INF|99999999999|2958466|-0.5|1e10|true|false|abc|A1|B4|ZZZ9999999|"""
    rb"""XFD1048576|1048577|s|e|b|d|n|str|inlineStr|x|#N/A|#SPILL!|&amp;|&lt;|&#50;|&#13;|_x000D_|_x0041_|"""
    rb"""a<!-- -->b|<![CDATA[1]]>|hidden|10|9|46|14|164|0%|[h]:mm|yyyy/m/d|[$-804]aaaa|preserve|2026-02-30|"""
    rb"""2026-03-05T10:00:00|10:30|P1D""".split(b"|"),
    "中文".encode(),
)
_ROWS = (
    '<row r="1" spans="1:8"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" t="n"><v>1.5E-3</v></c><c r="C1" s="2"/></row>'
    '\n<row r="3" ht="15"/><row r="4"><c r="B4" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C4"><f>A1</f></c>'
    '<c r="D4" s="1"><v>0.85</v></c><c r="E4" t="str"><f t="shared" si="1"/><v> a &amp; b </v></c>'
    '<c r="F4" t="b"><v>1</v></c><c r="G4" t="inlineStr"><is><r><rPr><b/></rPr><t>x</t></r></is></c>'
    '<c r="H4" t="d"><v>2026-03-05</v></c></row><row r="5"><c r="A5" s="2"><v>46086</v></c>'
    '<c r="B5" s="3"><v>1.25</v></c><c r="C5" t="s"><v>2</v></c></row>'
)

Outcome = tuple[Sheet, ...] | str


def seed_parts() -> Parts:
    """The parts of the workbook that is mutated: cells of all types, marks, styles, shared strings."""
    styles = styles_xml(0, 9, 14, 46, 164, f164="0.0%")
    return parts(_ROWS, strings=strings_xml("one", "二", "three &lt; 4"), styles=styles)


def mutated(random: Random) -> bytes:
    """A workbook with one to three mutations of its parts, or of the archive itself."""
    made = seed_parts()
    if random.random() < 0.1:
        return mutated_bytes(zipped(made, random.choice((0, 8))), random)
    for _ in range(random.randint(1, 3)):
        name = random.choice([*sorted(made), *["xl/worksheets/sheet1.xml"] * 8])
        if name not in made:
            continue
        if random.random() < 0.02:
            del made[name]
        elif random.random() < 0.15:
            made[name] = mutated_bytes(made[name], random)
        else:
            made[name] = mutated_xml(made[name], random)
    return zipped(made)


def mutated_xml(data: bytes, random: Random) -> bytes:
    """`data` with one change that most often leaves it well-formed: of a value, an attribute, an element."""
    start = data.find(b"<sheetData>") if random.random() < 0.9 else 0
    head, data = data[: max(start, 0)], data[max(start, 0) :]
    return head + _mutated_piece(data, random)


def _mutated_piece(data: bytes, random: Random) -> bytes:
    values = [*re.finditer(rb'(?<=>)[^<>]+(?=</)|(?<==")[^"<>]*(?=")', data)]
    if random.random() < 0.5 and values:
        value = random.choice(values)
        return data[: value.start()] + random.choice(_VALUES) + data[value.end() :]
    pieces = rb' \w+="[^"<>]*"|<(\w+)[^<>]*(?<!/)>[^<>]*</\1>|<\w[^<>]*/>|<(c|row|is|si)[ >].*?</\2>'
    found = [*re.finditer(pieces, data, re.DOTALL)]
    if not found:
        return data
    piece, other = random.choice(found), random.choice(found)
    match random.randrange(3):
        case 0:
            return data[: piece.start()] + data[piece.end() :]
        case 1:
            return data[: piece.end()] + data[piece.start() :]
        case _:
            return data[: other.end()] + piece.group() + data[other.end() :]


def mutated_bytes(data: bytes, random: Random) -> bytes:
    """`data` with one change: bytes flipped, lost, doubled, moved or put in."""
    start = random.randrange(len(data) + 1)
    end = min(len(data), start + random.choice((1, 2, 5, 20, 100)))
    match random.randrange(7):
        case 0:
            flipped = bytes(byte ^ 1 << random.randrange(8) for byte in data[start : start + 1])
            return data[:start] + flipped + data[start + 1 :]
        case 1:
            return data[:start] + data[end:]
        case 2:
            return data[:end] + data[start:]
        case 3:
            return data[:start]
        case 4:
            return data[end:] + data[start:end]
        case _:
            return data[:start] + random.choice(_TOKENS) + data[start if random.random() < 0.5 else end :]


def outcome(data: bytes) -> Outcome:
    """The sheets of a workbook, or the text of its refusal; anything else is an error of the reader."""
    try:
        sheets = read_workbook(data, "facts.xlsx")
    except FactsError as error:
        if not all(each.hints for each in error.diagnostics):
            raise AssertionError("a refusal without a cure") from error
        return str(error)
    for sheet in sheets:
        _check(sheet)
    return sheets


def outcome_by_parser(data: bytes) -> Outcome:
    """The same, but every sheet is written anew by the XML parser before it is scanned."""
    rewritten = set()

    def rewrite(content: bytes, part: str, at: Location) -> bytes:
        plain = plain_sheet(content, part, at)
        rewritten.add(plain)
        return plain

    def scan(content: bytes, percent: frozenset[int], calculated: bool, most: int) -> SheetScan:
        if content not in rewritten:
            raise UnusualXml
        return scan_sheet(content, percent, calculated, most)

    with mock.patch.object(sheetxml, "plain_sheet", rewrite), mock.patch.object(workbookscan, "scan_sheet", scan):
        return outcome(data)


def _check(sheet: Sheet) -> None:
    """Rows are of equal length, and all marked cells lie in them."""
    widths = {len(row) for row in sheet.rows}
    assert len(widths) <= 1
    for row, column in sheet.errors.keys() | sheet.unstored | sheet.percent:
        assert 0 <= row - sheet.first_row < len(sheet.rows)
        assert 0 <= column - sheet.first_column < max(widths)
