"""One plan with merged group heads and merged group cells in every format of workbooks.

`python -m tests.facts_workbook.grouped` writes `grouped.xls` and `grouped.ods` in `files/` anew with LibreOffice.
"""

from __future__ import annotations

from datetime import date
from io import BytesIO

import xlsxwriter

from riskcheck.facts.sheet import Area

from .binarybook import BinaryBook
from .formats import FILES, convert
from .packages import unzipped, zipped

CellOf = str | int | date | None
_MACROS = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_PLAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

TASKS: tuple[tuple[CellOf, ...], ...] = (
    ("任务计划", None, None, None, None, None, None, None),
    ("序号", "阶段", "任务 ID", "责任人", "计划", None, "实际", "备注"),
    (None, None, None, None, "开始时间", "完成时间", "完成时间", None),
    (1, "设计", "T1", "张伟", date(2026, 3, 2), date(2026, 3, 6), date(2026, 3, 6), None),
    (2, None, "T2", "李娜", date(2026, 3, 9), date(2026, 3, 6), None, None),
    (3, None, "T3", None, date(2026, 3, 9), date(2026, 3, 12), None, None),
    (4, "额外", "T4", "张伟", date(2026, 4, 1), date(2026, 4, 3), None, None),
    (5, None, "T5", "张伟", date(2026, 4, 6), date(2026, 4, 8), None, None),
)
"""From B2 on: a title over the table, heads merged down and across, phases merged down beside running numbers."""
TASKS_MERGED: tuple[Area, ...] = (
    (1, 1, 1, 8),
    *((2, column, 3, column) for column in (1, 2, 3, 4, 8)),
    (2, 5, 2, 6),
    (4, 2, 6, 2),
    (7, 2, 8, 2),
)
PROJECT: tuple[tuple[CellOf, ...], ...] = (("项目编号", "P-1"), ("关口", "G1"), ("评审日期", date(2026, 6, 30)))
SHEETS = (("任务", 1, 1, TASKS, TASKS_MERGED), ("项目", 0, 0, PROJECT, ()))
STATUS: tuple[tuple[CellOf, ...], ...] = (("表", "是否完整"), ("*", "是"))


def office() -> bytes:
    """The plan as .xlsx."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, top, left, rows, merged in (*SHEETS, ("table_status", 0, 0, STATUS, ())):
            sheet = book.add_worksheet(name)
            for area in merged:
                sheet.merge_range(*area, "")
            for row, cells in enumerate(rows, top):
                for column, value in enumerate(cells, left):
                    if isinstance(value, date):
                        sheet.write_datetime(row, column, value, day)
                    elif value is not None:
                        sheet.write(row, column, value)
    return out.getvalue()


def with_macros() -> bytes:
    """The plan as .xlsm: the type of its workbook tells it."""
    made = unzipped(office())
    made["[Content_Types].xml"] = made["[Content_Types].xml"].replace(_PLAIN, _MACROS)
    return zipped(made | {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def binary() -> bytes:
    """The plan as .xlsb."""
    book = BinaryBook((0, 14))
    for name, top, left, rows, merged in (*SHEETS, ("table_status", 0, 0, STATUS, ())):
        cells = [
            (row, column, *_binary(value))
            for row, values in enumerate(rows, top)
            for column, value in enumerate(values, left)
            if value is not None
        ]
        book.sheet(name, cells, merged)
    return book.data


def _binary(value: CellOf) -> tuple[str, object, int]:
    if isinstance(value, date):
        return "number", float((value - date(1899, 12, 30)).days), 1
    return ("number", float(value), 0) if isinstance(value, int) else ("text", value, 0)


BOOKS = {
    "grouped.xlsx": office,
    "grouped.xlsm": with_macros,
    "grouped.xlsb": binary,
    "grouped.xls": (FILES / "grouped.xls").read_bytes,
    "grouped.ods": (FILES / "grouped.ods").read_bytes,
}


def main() -> None:
    source = FILES / "grouped.xlsx"
    source.write_bytes(office())
    for suffix in ("xls", "ods"):
        convert(source, suffix)
    source.unlink()


if __name__ == "__main__":
    main()
