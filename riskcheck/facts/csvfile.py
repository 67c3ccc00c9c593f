"""A CSV file as a sheet: one table, called as the file is. All its cells are texts, typed later by their fields.

The encoding is what a byte order mark says, else UTF-8, else GB18030, as Chinese programs write it, if the bytes fit;
the separator is the comma, semicolon or tab that parts all rows alike. Both are told; where they are in doubt the file
is refused. Rows are counted as spreadsheet programs count them: a quoted line break begins no row.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO
from itertools import islice

from riskcheck.errors import FactsError
from riskcheck.facts.refusal import refusal
from riskcheck.facts.sheet import Position, Sheet
from riskcheck.facts.workbookscan import MAX_CELLS
from riskcheck.frozen import frozen
from riskcheck.model.factset import InputProblem
from riskcheck.model.place import Location, cell_name
from riskcheck.model.text import Text

MAX_FILE = 32 * 2**20
"""Largest file, in bytes."""

SEPARATORS = {",": Text("comma", "逗号"), ";": Text("semicolon", "分号"), "\t": Text("tab", "制表符")}

_SAVE_AS_UTF8 = Text(
    'save it as "CSV UTF-8" in Excel or WPS, or as CSV with the character set UTF-8 in LibreOffice',
    "请在 Excel 或 WPS 中另存为“CSV UTF-8”，或在 LibreOffice 中另存为字符集 UTF-8 的 CSV",
)
_SAYS_SEPARATOR = re.compile(r"sep=([,;\t])\r?\n", re.IGNORECASE)
_ERROR = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!|GETTING_DATA)")
_SAMPLE_ROWS, _SAMPLE = 200, 2**18


@frozen
class CsvForm:
    """How a CSV file is written, as far as that had to be found out; no separator if it has one column."""

    encoding: str
    separator: str | None

    def text(self) -> Text:
        """For people: `UTF-8, separated by commas`."""
        if self.separator is None:
            return Text(f"{self.encoding}, one column", f"{self.encoding}，只有一列")
        name = SEPARATORS[self.separator]
        return Text(f"{self.encoding}, separator: {name.en}", f"{self.encoding}，分隔符：{name.zh}")


@frozen
class CsvRead:
    """A CSV file as a sheet."""

    sheet: Sheet
    form: CsvForm
    problems: tuple[InputProblem, ...]


def read_csv(data: bytes, file: str) -> CsvRead:
    """The sheet in the CSV file `data`; raises FactsError if it cannot be read for sure, or is too large."""
    name = os.path.splitext(os.path.basename(file))[0]
    at = Location(file, name)
    if len(data) > MAX_FILE:
        size = f"{MAX_FILE // 2**20} MiB"
        raise _too_large(Text(f"more than {size}", f"超过 {size}"), at)
    text, encoding = _decoded(data, at)
    said = _SAYS_SEPARATOR.match(text)
    separator = said.group(1) if said else _separator(text, at)
    rows, errors = _cells(text[said.end() :] if said else text, separator or ",", at)
    note = [_taken_as(encoding, at)] if encoding == "GB18030" else []
    return CsvRead(Sheet(name, True, rows, errors=errors), CsvForm(encoding, separator), tuple(note))


# ------------------------------------------------------------ encoding


def _decoded(data: bytes, at: Location) -> tuple[str, str]:
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        message = Text("this is an Office file, not CSV", "这是 Office 文件，不是 CSV")
        raise refusal("not-csv", message, Text("name it as the workbook it is", "请按其实际格式改后缀"), at=at)
    for mark, encoding, codec in (
        (b"\xef\xbb\xbf", "UTF-8", "utf-8-sig"),
        (b"\xff\xfe", "UTF-16", "utf-16"),
        (b"\xfe\xff", "UTF-16", "utf-16"),
    ):
        if data.startswith(mark):
            return _strictly(data, codec, encoding, at), encoding
    if b"\0" in data:
        message = Text("the file holds zero bytes, which no CSV has", "文件含有零字节，不是 CSV 文本")
        raise refusal("not-csv", message, _SAVE_AS_UTF8, at=at)
    try:
        return data.decode(), "UTF-8"
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = None
    if text is None or not _is_chinese(text):
        message = Text(
            f"it is not known in which encoding the file is written: line {line} is not UTF-8, and the whole is no "
            "Chinese text in GB18030",
            f"无法确定文件编码：第 {line} 行不是 UTF-8，全文也不是 GB18030 编码的中文",
        )
        raise refusal("csv-encoding", message, _SAVE_AS_UTF8, at=at)
    return text, "GB18030"


def _strictly(data: bytes, codec: str, encoding: str, at: Location) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        message = Text(
            f"the file says that it is {encoding}, and byte {error.start + 1} is not",
            f"文件标明编码为 {encoding}，但第 {error.start + 1} 个字节不符",
        )
        raise refusal("csv-encoding", message, _SAVE_AS_UTF8, at=at) from None


def _is_chinese(text: str) -> bool:
    """Whether most letters beyond ASCII are among the usual ones. Western accents misread as GB18030 are not."""
    beyond = sum(not character.isascii() for character in text)
    usual = (len(text.encode("gb2312", "ignore")) - (len(text) - beyond)) // 2
    return 2 * usual > beyond


def _taken_as(encoding: str, at: Location) -> InputProblem:
    text = Text(
        f"the file does not say its encoding; it is no UTF-8 and was read as {encoding}",
        f"文件未标明编码；不是 UTF-8，已按 {encoding} 读取",
    )
    return InputProblem("csv-encoding", "note", text, at)


# ------------------------------------------------------------ separator


def _separator(text: str, at: Location) -> str | None:
    """The separator that parts the first rows alike; None if there is but one column. Refuses two that do."""
    sample = {separator: _widths(text, separator) for separator in SEPARATORS}
    alike = {each: widths[0] for each, widths in sample.items() if len(set(widths)) == 1 and widths[0] > 1}
    found = alike or {each: sum(widths) - len(widths) for each, widths in sample.items()}
    ranked = sorted((count, each) for each, count in found.items() if count > 0)
    if not ranked:
        return None
    count, best = ranked[-1]
    if len(ranked) == 1 or count >= 2 * ranked[-2][0]:
        return best
    one, other = SEPARATORS[best], SEPARATORS[ranked[-2][1]]
    message = Text(
        f"it is not sure what separates the columns: {one.en} and {other.en} do so equally well",
        f"无法确定列分隔符：{one.zh}和{other.zh}同样合理",
    )
    cure = Text(
        "begin the file with a line sep=, or sep=; or save it as .xlsx",
        "请在文件开头加一行 sep=, 或 sep=; 或另存为 .xlsx",
    )
    raise refusal("csv-separator", message, cure, at=at)


def _widths(text: str, separator: str) -> list[int]:
    """How many cells each of the first rows has, blank lines left out."""
    reader = csv.reader(StringIO(text[:_SAMPLE], newline=""), delimiter=separator)
    widths: list[int] = []
    with suppress(csv.Error):  # what is wrong is told when all is read
        widths.extend(len(row) for row in islice(reader, _SAMPLE_ROWS) if any(row))
    return widths[:-1] if len(text) > _SAMPLE and len(widths) > 1 else widths


# ------------------------------------------------------------ cells


def _cells(text: str, separator: str, at: Location) -> tuple[tuple[tuple[str, ...], ...], dict[Position, str]]:
    """The cells, rows of equal length, and the errors among them."""
    rows = list(_rows(text, separator, at))
    while rows and not any(rows[-1]):
        rows.pop()
    width = max(map(len, rows), default=0)
    if width * len(rows) > MAX_CELLS:
        wide = max(range(len(rows)), key=lambda row: len(rows[row]))
        what = Text(
            f"{width * len(rows):,} cells, the last in {cell_name(wide, width - 1)}", f"{width * len(rows):,} 个单元格"
        )
        raise _too_large(what, at)
    errors: dict[Position, str] = {}
    if "#" in text:
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell.startswith("#") and _ERROR.fullmatch(cell):
                    errors[number, column], row[column] = cell, ""
    return tuple((*row, *("",) * (width - len(row))) for row in rows), errors


def _rows(text: str, separator: str, at: Location) -> Iterator[list[str]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    count = row = 0
    try:
        for cells in reader:
            row, count = row + 1, count + len(cells)
            if count > MAX_CELLS:
                raise _too_large(Text(f"more than {MAX_CELLS:,} cells", f"超过 {MAX_CELLS:,} 个单元格"), at)
            yield cells
    except csv.Error as error:
        raise _wrong(row + 1, str(error), at) from None


def _wrong(row: int, said: str, at: Location) -> FactsError:
    cell = Location(at.file, at.sheet, cell_name(row - 1, 0))
    if "field limit" in said:
        what = Text(
            f"a cell of row {row} has more than {csv.field_size_limit():,} characters",
            f"第 {row} 行有单元格超过 {csv.field_size_limit():,} 个字符",
        )
    else:
        what = Text(
            f"in row {row} a quotation mark opens and is not closed, or is closed within a cell",
            f"第 {row} 行的引号没有成对，或在单元格中间结束",
        )
    cure = Text(
        "write a quotation mark within a cell twice, or open the file in a spreadsheet program and save it again",
        "单元格内的引号请写两个，或用表格软件打开后重新保存",
    )
    return refusal("csv-damaged", what, cure, at=cell)


def _too_large(what: Text, at: Location) -> FactsError:
    message = Text(f"the file is too large: it has {what.en}", f"文件过大：{what.zh}")
    return refusal("file-too-large", message, Text("keep only what is to be checked", "请只保留需要检查的内容"), at=at)
