"""Workbooks of Excel 97 to 2003 and before (`.xls`), read by xlrd.

xlrd tells what the reader of values for the other formats does not: errors, number formats and merged cells; and as
it is Python, no file can end the process. It gets no more than MAX_FILE bytes, since it takes its time.
"""

from __future__ import annotations

from io import StringIO
from typing import Any

from riskcheck.errors import FactsError
from riskcheck.facts.compoundfile import BadCompoundFile, CompoundFile
from riskcheck.facts.plainbook import PlainBook, PlainSheet, too_large
from riskcheck.facts.refusal import damage, refusal
from riskcheck.facts.workbookparts import Styles
from riskcheck.model.place import Location
from riskcheck.model.text import Text

MAX_FILE = 24 * 2**20
"""Largest file, in bytes."""

STREAMS = ("Workbook", "WORKBOOK", "Book", "BOOK")
"""The names of the stream that holds the workbook."""

_ENCRYPTED = ("encrypted", "password")


def is_old_workbook(data: bytes) -> bool:
    """Whether a file in the old format of Office holds a workbook; what else it may be, `filekind` tells."""
    marks = (b"".join((name.encode("utf-16-le"), b"\0\0")) for name in STREAMS)
    if not any(mark in data for mark in marks) or "EncryptedPackage".encode("utf-16-le") in data:
        return False
    try:
        return not CompoundFile(data).names.isdisjoint(STREAMS)
    except BadCompoundFile:
        return True


def converted(data: bytes, file: str) -> bytes:
    """The workbook `data` as .xlsx; raises FactsError if it cannot be read."""
    at = Location(file)
    if len(data) > MAX_FILE:
        size = f"{MAX_FILE // 2**20} MiB"
        raise too_large(
            Text(
                f"more than {size} as .xls; saved as .xlsx it may have more",
                f"作为 .xls 超过 {size}；存为 .xlsx 可以更大",
            ),
            at,
        )
    book = _opened(data, at)
    styles = [_format(book, number) for number in range(len(book.xf_list))]
    codes = {number: code for number, code in styles if code is not None}
    plain = PlainBook(at, Styles(tuple(number for number, _ in styles), codes), bool(book.datemode))
    for number in range(book.nsheets):
        sheet = _guarded(book.sheet_by_index, number, at=at)
        _write(sheet, plain.sheet(sheet.name, sheet.visibility == 0))
        book.unload_sheet(number)
    return plain.to_xlsx()


def _opened(data: bytes, at: Location) -> Any:
    """The workbook that xlrd makes of the stream that holds it; the way to the stream it does not find safely."""
    import xlrd

    try:
        file = CompoundFile(data)
        stream = file.read(next(name for name in STREAMS if name in file.names))
    except BadCompoundFile as error:
        raise _unreadable(error, at) from None
    return _guarded(
        lambda content: xlrd.open_workbook(
            file_contents=content, logfile=StringIO(), formatting_info=True, on_demand=True, ragged_rows=True
        ),
        stream,
        at=at,
    )


def _guarded(read: Any, what: Any, at: Location) -> Any:
    """What `read` gives. On damaged files xlrd raises errors of all kinds."""
    try:
        return read(what)
    except Exception as error:
        raise _unreadable(error, at) from None


def _unreadable(error: Exception, at: Location) -> FactsError:
    said = " ".join(str(error).split())[:200] or type(error).__name__
    if any(word in said.lower() for word in _ENCRYPTED):
        message = Text("the workbook is encrypted with a password", "工作簿已用密码加密")
        cure = Text(
            "open it in Excel, WPS or LibreOffice, and save it without a password",
            "请用 Excel、WPS 或 LibreOffice 打开，取消密码后保存",
        )
        return refusal("workbook-encrypted", message, cure, at=at)
    return damage(
        Text(f"it is no .xls workbook that can be read ({said})", f"不是可读取的 .xls 工作簿（{said}）"), at=at
    )


def _format(book: Any, number: int) -> tuple[int, str | None]:
    """The number format of a style, and its code where the file or the format's definition spells it out."""
    key = book.xf_list[number].format_key
    known = book.format_map.get(key)
    return key, known.format_str if known is not None else None


def _write(sheet: Any, plain: PlainSheet) -> None:
    import xlrd

    for row in range(sheet.nrows):
        kinds, values = sheet.row_types(row), sheet.row_values(row)
        for column, (kind, value) in enumerate(zip(kinds, values, strict=True)):
            if kind == xlrd.XL_CELL_TEXT:
                plain.text(row, column, value)
            elif kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
                plain.number(row, column, value, sheet.cell_xf_index(row, column))
            elif kind == xlrd.XL_CELL_BOOLEAN:
                plain.truth(row, column, bool(value))
            elif kind == xlrd.XL_CELL_ERROR:
                plain.error(row, column, xlrd.error_text_from_code.get(value, "#ERROR"))
    for top, bottom, left, right in sheet.merged_cells:
        plain.merge((top, left, bottom - 1, right - 1))
