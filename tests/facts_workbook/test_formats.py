"""Workbooks in other formats than .xlsx: the same cells at the same places, or a refusal."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from riskcheck.errors import FactsError
from riskcheck.facts import plainbook
from riskcheck.facts.load import load_facts
from riskcheck.facts.sheet import Sheet
from riskcheck.facts.workbook import read_workbook
from tests.facts.smallschema import SCHEMA

from .binarybook import BinaryBook, record
from .formats import ERRORS, FILES, MERGED, NAMES, PERCENT, ROWS, binary_book, office_book
from .packages import unzipped, zipped

BOOKS: dict[str, Callable[[], bytes]] = {
    **{name: (FILES / name).read_bytes for name in NAMES},
    "plan.xlsb": lambda: binary_book(False).data,
    "plan-1904.xlsb": lambda: binary_book(True).data,
}


@pytest.mark.parametrize("name", [*BOOKS, "plan.xlsx", "plan-1904.xlsx"])
def test_every_format_says_the_same(name: str) -> None:
    is_office = name.endswith("xlsx")
    data = office_book("1904" in name) if is_office else BOOKS[name]()
    plan, hidden = read_workbook(data, name)
    assert (plan.name, plan.visible, plan.first_row, plan.first_column) == ("任务", True, 1, 1)
    assert {position: cell for position, cell in cells(plan).items() if position not in plan.unstored} == {
        position: cell for position, cell in cells(Sheet("", True, ROWS, 1, 1)).items() if position not in plan.unstored
    }
    assert plan.errors == ({} if is_office else ERRORS)
    assert set(plan.unstored) == ({(5, 6), (6, 6)} if is_office else set())
    assert set(plan.percent) == PERCENT
    assert set(plan.merged) == MERGED
    assert (hidden.name, hidden.visible, hidden.first_row, hidden.first_column) == ("旧", False, 2, 2)
    assert hidden.rows == (("x",),)


def cells(sheet: Sheet) -> dict[tuple[int, int], object]:
    """The cells that hold something; LibreOffice writes TRUE without a format of its own as 1."""
    return {
        (row, column): 1.0 if value is True else value
        for row, values in enumerate(sheet.rows, sheet.first_row)
        for column, value in enumerate(values, sheet.first_column)
        if value != ""
    }


@pytest.mark.parametrize("name", ["facts.xls", "facts.ods", "facts.xlsb", "facts.xlsm"])
def test_what_a_file_is_is_seen_from_its_content(tmp_path: Path, name: str) -> None:
    book = BinaryBook()
    book.sheet("Project", [(3, 2, "text", "Project ID", 0), (3, 3, "text", "P-1", 0)])
    path = tmp_path / name
    path.write_bytes(book.data)
    facts = load_facts(path, SCHEMA)
    assert facts.single("project", "project_id") == "P-1"
    assert str(facts.by_name["project"].origin.cell_location(0, "project_id")) == f"{path}!Project!D4"


def test_cells_of_binary_workbooks() -> None:
    book = BinaryBook()
    values = [("whole", -7), ("hundredths", 1234), ("number", 0.1), ("inline", "i"), ("error", "#N/A"), ("bool", True)]
    values += [("formula", "text"), ("formula", 2.5), ("formula", "#DIV/0!"), ("number", float("inf"))]
    book.sheet("S", [(0, column, kind, value, 0) for column, (kind, value) in enumerate(values)])
    (sheet,) = read_workbook(book.data, "b.xlsb")
    assert sheet.rows == ((-7.0, 12.34, 0.1, "i", "", True, "text", 2.5, "", ""),)
    assert sheet.errors == {(0, 4): "#N/A", (0, 8): "#DIV/0!", (0, 9): "#NUM!"}


def content(rows: str, styles: str = "", spreadsheet: str = "spreadsheet", columns: str = "") -> bytes:
    """An .ods file with one sheet of `rows`."""
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in [
            ("office", "office"),
            ("table", "table"),
            ("text", "text"),
            ("style", "style"),
            ("draw", "drawing"),
        ]
    )
    xml = (
        f"<office:document-content {names}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f'<office:{spreadsheet}><table:table table:name="S">{columns}{rows}</table:table></office:{spreadsheet}>'
        "</office:body></office:document-content>"
    )
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": xml.encode()})


def test_text_of_open_document_cells() -> None:
    rows = (
        "<table:table-row><table:table-cell><office:annotation><text:p>note</text:p></office:annotation>"
        '<text:p>a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d <text:span>e</text:span></text:p><text:p>f'
        "<draw:frame><text:p>shape</text:p></draw:frame></text:p></table:table-cell>"
        '<table:table-cell office:value-type="string" office:string-value="said"><text:p>shown</text:p>'
        "</table:table-cell></table:table-row>"
    )
    (sheet,) = read_workbook(content(rows), "t.ods")
    assert sheet.rows == (("a   b\tc\nd e\nf", "said"),)


def test_repeated_rows_and_cells_of_open_documents() -> None:
    x = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="2"/>'
    blank = '<table:table-cell table:number-columns-repeated="3"/>'
    rows = (
        f'<table:table-row table:number-rows-repeated="2">{blank}</table:table-row>'
        f'<table:table-row table:number-rows-repeated="3">{blank}{x}{blank}</table:table-row>'
        f'<table:table-row table:number-rows-repeated="1048000">{blank}</table:table-row>'
    )
    (sheet,) = read_workbook(content(rows), "r.ods")
    assert (sheet.first_row, sheet.first_column, sheet.rows) == (2, 3, ((1.0, 1.0),) * 3)


FAR = '<table:table-cell table:number-columns-repeated="{0}"/>'
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "17 billion cells": (
        lambda: content(
            '<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
            'table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row>'
        ),
        "h!S!A1: the workbook is too large: it has 17,179,869,184 cells that repeat from here on",
    ),
    "beyond the last column": (
        lambda: content(
            f"<table:table-row>{FAR.format(99999)}<table:table-cell><text:p>x</text:p></table:table-cell>"
            "</table:table-row>"
        ),
        "1 cells that repeat from here on, up to row 1 and column 100,000",
    ),
    "far apart": (
        lambda: content(
            f"<table:table-row>{FAR.format(16000)}<table:table-cell><text:p>x</text:p></table:table-cell>"
            f'</table:table-row><table:table-row table:number-rows-repeated="99999">{FAR.format(1)}'
            "</table:table-row><table:table-row><table:table-cell><text:p>y</text:p></table:table-cell>"
            "</table:table-row>"
        ),
        "h!S!A100001: the sheet is used from A1 to WQK100001",
    ),
    "blanks": (
        lambda: content(
            '<table:table-row><table:table-cell><text:p><text:s text:c="99999999999"/></text:p></table:table-cell>'
            "</table:table-row>"
        ),
        "99999999999 blanks in a row in one cell",
    ),
    "a text document": (lambda: content("", spreadsheet="text"), "the file is an OpenDocument file"),
    "document type": (
        lambda: zipped({"mimetype": b"x", "content.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}),
        "declares a document type (DOCTYPE)",
    ),
    "encrypted": (
        lambda: zipped(
            {"mimetype": b"x", "content.xml": b"x", "META-INF/manifest.xml": b"<manifest:encryption-data/>"}
        ),
        "the workbook is encrypted with a password",
    ),
    "record cut off": (
        lambda: zipped(binary_book(False).parts() | {"xl/worksheets/sheet1.bin": record(145) + b"\x05\x7f12"}),
        'the part "xl/worksheets/sheet1.bin" ends within a record',
    ),
    "record too short": (
        lambda: zipped(binary_book(False).parts() | {"xl/worksheets/sheet1.bin": record(145) + record(0, b"1")}),
        'the part "xl/worksheets/sheet1.bin" holds a record that cannot be read',
    ),
    "text of no text": (
        lambda: zipped(
            binary_book(False).parts()
            | {
                "xl/worksheets/sheet1.bin": record(145)
                + record(0, bytes(4))
                + record(7, struct.pack("<III", 0, 0, 4_000_000_000))
            }
        ),
        "holds a record that cannot be read",
    ),
    "text longer than its part": (
        lambda: zipped(binary_book(False).parts() | {"xl/sharedStrings.bin": record(19, b"\0\xfe\xff\xff\xff")}),
        'the part "xl/sharedstrings.bin" holds a record that cannot be read',
    ),
    "cells out of order": (
        lambda: zipped(
            binary_book(False).parts()
            | {
                "xl/worksheets/sheet1.bin": record(145)
                + record(0, bytes(4))
                + record(4, struct.pack("<IIB", 3, 0, 1))
                + record(4, struct.pack("<IIB", 2, 0, 1))
            }
        ),
        "holds a record that cannot be read",
    ),
    "half an old workbook": (
        lambda: (FILES / "plan.xls").read_bytes()[:5000],
        "the workbook is damaged: it is an old Office file (.xls or another) of which a part is missing or wrong",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_with_a_reason(name: str) -> None:
    make, message = HOSTILE[name]
    with pytest.raises(FactsError) as error:
        read_workbook(make(), "h")
    assert message in str(error.value)
    assert error.value.diagnostics[0].hints


def test_more_cells_than_a_workbook_may_have(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plainbook, "MAX_CELLS", 5)
    for name in NAMES:
        with pytest.raises(FactsError, match="more than 5 cells with content"):
            read_workbook((FILES / name).read_bytes(), name)


@pytest.mark.parametrize("name", ["plan.xls", "plan.ods", "plan.xlsb"])
def test_damaged_files_are_read_or_refused(name: str) -> None:
    data, chance = BOOKS[name](), random.Random(name)
    unpacked = {} if name.endswith(".xls") else unzipped(data)
    for _ in range(150):
        if unpacked and chance.random() < 0.8:
            part = chance.choice([each for each in unpacked if "." in each])
            damaged = zipped(unpacked | {part: damage(unpacked[part], chance)})
        else:
            damaged = damage(data, chance)
        with suppress(FactsError):
            read_workbook(damaged, name)


def damage(data: bytes, chance: random.Random) -> bytes:
    """`data` cut off, or with some bytes changed."""
    if not data or chance.random() < 0.2:
        return data[: chance.randrange(len(data) + 1)]
    changed = bytearray(data)
    for _ in range(chance.choice((1, 2, 5, 20))):
        changed[chance.randrange(len(changed))] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)))
    return bytes(changed)
