"""Writes each sample's workbook from its YAML, and the reports that the workbook gives.

    python samples/make.py            # all samples
    python samples/make.py healthy-en # one

The YAML files are the data: read and change them, then run this. A workbook holds what the YAML holds, written the
same way: a cell `2026年3月5日` or `√` stays that text, so both files give the same findings. Only these differ:

- a key that is a table's or field's own name (`task_id`) becomes its title (`Task ID`); other spellings stay;
- ISO dates, numbers and percentages of a field of that type become real dates, numbers and percentages;
- a list becomes one text.

A file's name ends in the language of its titles and reports: `-en` or `-zh`. The same YAML gives the same bytes.
"""

from __future__ import annotations

import contextlib
import datetime
import io
import math
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import xlsxwriter

from riskcheck.assessment import assess
from riskcheck.facts.load import load_facts
from riskcheck.facts.names import Names, field_names, table_names
from riskcheck.facts.tablestatus import status_table
from riskcheck.model.schema import FieldType, Schema, Table
from riskcheck.model.text import LANGUAGES, Language
from riskcheck.packs.load import load_pack
from riskcheck.packs.rulepack import RulePack
from riskcheck.reports import FORMATS, Style, render
from riskcheck.yamltree import YamlMapping, YamlNode, YamlScalar, YamlSequence, read_yaml

SAMPLES = Path(__file__).parent
ROOT = SAMPLES.parent
REPORTS = "samples/reports"

_CREATED = datetime.datetime(2026, 1, 1)
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_PERCENTAGE = re.compile(r"(\d+(?:\.\d+)?)%")
_FONTS = {"en": "Calibri", "zh": "微软雅黑"}
_DATE_FORMATS = {"en": "yyyy-mm-dd", "zh": "yyyy/m/d"}
_KEY_SHEET_HEADERS = {"en": ("Item", "Value"), "zh": ("项目", "内容")}
_NUMBERS = (FieldType.INT, FieldType.DOUBLE, FieldType.PERCENT)
_WIDEST = 44
_OF_EVERY_SAMPLE = ("terminal", "json", "excel")
_IN_EVERY_FORMAT = ("conditional-en", "unclear-sla-zh")
"""Of these samples all kinds of reports are kept, to be looked at; of the others only the first three."""


def main(names: list[str]) -> None:
    """Write the workbooks and reports of the named samples, or of all."""
    sources = [SAMPLES / f"{name}.yaml" for name in names] or sorted(SAMPLES.glob("*.yaml"))
    for source in sources:
        workbook = source.with_suffix(".xlsx")
        workbook.write_bytes(workbook_of(source))
        for name, report in reports_of(workbook):
            (SAMPLES / "reports" / name).write_bytes(report)
        print(f"{source.stem}: written")


def workbook_of(source: Path) -> bytes:
    """The workbook with the facts of the YAML file `source`."""
    tree = read_yaml(source.read_bytes(), source.name)
    if not isinstance(tree, YamlMapping):
        raise SystemExit(f"{source.name}: a mapping of tables is needed")
    schema = deployment_pack().schema
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": _CREATED})
        _Workbook(book, source.name, language_of(source), schema).write(tree)
    return buffer.getvalue()


def reports_of(workbook: Path) -> Iterator[tuple[str, bytes]]:
    """File name and content of each report on `workbook`, as `riskcheck check` writes them from the root folder."""
    pack = deployment_pack()
    with contextlib.chdir(ROOT):
        assessment = assess(load_facts(workbook.relative_to(ROOT).as_posix(), pack.schema), pack)
    for each in FORMATS:
        if each.suffixes and (each.name in _OF_EVERY_SAMPLE or workbook.stem in _IN_EVERY_FORMAT):
            name = workbook.stem + each.suffixes[0]
            target = f"{REPORTS}/{name}"
            yield name, render(each.name, assessment, Style(language_of(workbook), target=target))


@cache
def deployment_pack() -> RulePack:
    """The pack that the samples are judged by."""
    return load_pack("deployment")


def language_of(file: Path) -> Language:
    """The language that the file's name ends in."""
    for language in LANGUAGES:
        if file.stem.endswith(f"-{language}"):
            return language
    raise SystemExit(f"{file.name}: end the name in -en or -zh")


@dataclass(frozen=True)
class _Column:
    """One field as the YAML spells it: its header in the workbook, the type of its cells, how wide it is shown."""

    header: str
    type: FieldType
    width: int


class _Workbook:
    def __init__(self, book: Any, source: str, language: Language, schema: Schema) -> None:
        self.book, self.source, self.language = book, source, language
        tables = (*schema.tables, status_table(schema))
        self.tables = {table.name: table for table in tables}
        self.names = table_names(tables)
        font = {"font_name": _FONTS[language], "font_size": 10, "valign": "vcenter"}
        framed = {**font, "border": 1, "border_color": "#BFBFBF"}
        blue = {"bg_color": "#1F4E78", "font_color": "#FFFFFF", "bold": True}
        self.header = book.add_format({**framed, **blue, "text_wrap": True, "align": "center"})
        self.key = book.add_format({**framed, "bg_color": "#EAF1F8"})
        self.text = book.add_format({**framed, "num_format": "@", "text_wrap": True, "align": "left"})
        codes = {"number": "General", "amount": "#,##0", "percent": "0%", "date": _DATE_FORMATS[language]}
        self.formats = {
            align: {name: book.add_format({**framed, "num_format": codes[name], "align": align}) for name in codes}
            for align in ("left", "center")
        }

    def write(self, tree: YamlMapping) -> None:
        for key, value in tree.entries:
            table = self.table_of(key)
            sheet = self.book.add_worksheet(self.titled(key.text, table.name, table.title.of(self.language))[:31])
            sheet.set_landscape()
            sheet.set_paper(8)
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(0)
            if isinstance(value, YamlMapping):
                self.write_keys(sheet, table, value)
            elif isinstance(value, YamlSequence):
                self.write_rows(sheet, table, [row for row in value if isinstance(row, YamlMapping)])

    def table_of(self, key: YamlScalar) -> Table:
        match = self.names.match(key.text)
        if match is None:
            raise SystemExit(f'{self.source}:{key.line}: no table is called "{key.text}"')
        return self.tables[match.name]

    # ------------------------------------------------------------ sheets

    def write_keys(self, sheet: Any, table: Table, fields: YamlMapping) -> None:
        names = field_names(table)
        sheet.write_row(0, 0, _KEY_SHEET_HEADERS[self.language], self.header)
        for row, (key, value) in enumerate(fields.entries, 1):
            column = self.column(table, names, key.text, [value])
            sheet.write_string(row, 0, column.header, self.key)
            self.write_cell(sheet, (row, 1), column.type, value, "left")
            sheet.set_row(row, _height([_text(value)], [_WIDEST]))
        sheet.set_column(0, 0, 38)
        sheet.set_column(1, 1, _WIDEST)
        sheet.freeze_panes(1, 0)

    def write_rows(self, sheet: Any, table: Table, rows: list[YamlMapping]) -> None:
        names = field_names(table)
        unfilled = [field.name for field in table.fields if field.derived is None]
        keys = [key.text for key, _ in rows[0].entries] if rows else unfilled
        for row in rows:
            if sorted(key.text for key, _ in row.entries) != sorted(keys):
                raise SystemExit(f"{self.source}:{row.line}: this row has other keys than the first of its table")
        columns = [self.column(table, names, key, [_cell(row, key) for row in rows]) for key in keys]
        for index, column in enumerate(columns):
            sheet.write_string(0, index, column.header, self.header)
            sheet.set_column(index, index, column.width)
        for number, row in enumerate(rows, 1):
            for index, (key, column) in enumerate(zip(keys, columns, strict=True)):
                self.write_cell(sheet, (number, index), column.type, _cell(row, key), "center")
            sheet.set_row(number, _height([_text(_cell(row, key)) for key in keys], [each.width for each in columns]))
        sheet.set_row(0, 32)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)

    def column(self, table: Table, names: Names, key: str, cells: list[YamlNode]) -> _Column:
        match = names.match(key)
        if match is None:
            header, kind = key, FieldType.STRING
        else:
            field = table.by_name[match.name]
            header, kind = self.titled(key, field.name, field.title.of(self.language)), field.type
        longest = max((_width(_text(cell)) for cell in cells), default=0)
        return _Column(header, kind, max(9, min(_WIDEST, max(longest, _width(header) * 2 // 3) + 3)))

    def titled(self, written: str, name: str, title: str) -> str:
        """`title` if `written` is the `name` of rule files, else what is written."""
        return title if written == name else written

    # ------------------------------------------------------------ cells

    def write_cell(self, sheet: Any, at: tuple[int, int], kind: FieldType, cell: YamlNode, align: str) -> None:
        text, formats = _text(cell), self.formats[align]
        if not text:
            sheet.write_blank(*at, None, self.text)
        elif kind is FieldType.DATE and _ISO_DATE.fullmatch(text):
            sheet.write_datetime(*at, datetime.date.fromisoformat(text), formats["date"])
        elif kind in _NUMBERS and _NUMBER.fullmatch(text):
            number = float(text)
            sheet.write_number(*at, number, formats["amount" if abs(number) >= 10_000 else "number"])
        elif kind is FieldType.PERCENT and (match := _PERCENTAGE.fullmatch(text)):
            sheet.write_number(*at, float(match[1]) / 100, formats["percent"])
        else:
            sheet.write_string(*at, text, self.text)


def _cell(row: YamlMapping, key: str) -> YamlNode:
    cell = row.get(key)
    assert cell is not None
    return cell


def _text(cell: YamlNode) -> str:
    match cell:
        case YamlScalar():
            return "" if cell.is_nothing else cell.text
        case YamlSequence(items):
            return ", ".join(_text(item) for item in items)
        case _:
            raise SystemExit(f"line {cell.line}: a cell is one value or a list")


def _height(texts: list[str], widths: list[int]) -> int:
    """The height of a row in points, so that each text is shown whole in a column of its width."""
    return 16 * max(math.ceil((_width(text) + 1) / width) for text, width in zip(texts, widths, strict=True))


def _width(text: str) -> int:
    """How many columns of a fixed-width font `text` takes."""
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)


if __name__ == "__main__":
    main(sys.argv[1:])
