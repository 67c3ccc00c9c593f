"""One small plan in every format of workbooks: what is written, and what must be read.

`python -m tests.facts_workbook.formats` writes `files/` anew with LibreOffice and shows what it reads of the binary
workbook, which is made by hand. The plan begins in B2, has a merged title and a merged phase, dates in both date
systems, percentages, errors, and a hidden sheet.
"""

from __future__ import annotations

import subprocess
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from riskcheck.facts.sheet import CellValue

from .binarybook import BinaryBook

FILES = Path(__file__).parent / "files"
NAMES = tuple(f"plan{system}.{suffix}" for system in ("", "-1904") for suffix in ("xls", "ods"))

ROWS: tuple[tuple[CellValue, ...], ...] = (
    ("任务计划", "", "", "", "", ""),
    ("", "", "", "", "", ""),
    ("阶段", "任务 ID", "名称", "计划开始", "权重", "备注"),
    ("启动", "T1", "需求 <a&b>", date(2026, 3, 5), 0.85, "第一行\n第二行"),
    ("", "T2", "_x0041_", datetime(2026, 4, 1, 14, 30), 0.5, ""),
    ("执行", "T3", " 实施 ", date(1904, 2, 29), 1.0, 2.0),
    ("执行", "T4", 1e-07, time(8, 30), 0.0, True),
)
"""From B2 on; where a value is in no place of ERRORS or MERGED."""
ERRORS = {(5, 6): "#DIV/0!"}
PERCENT = {(row, 5) for row in (4, 5, 6, 7)}
MERGED = {(1, 1, 1, 6), (4, 1, 5, 1)}


def office_book(date_1904: bool) -> bytes:
    """The plan as .xlsx, with formulas without results, for LibreOffice to calculate."""
    book = openpyxl.Workbook()
    if date_1904:
        book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    assert sheet is not None
    sheet.title = "任务"
    for row, cells in enumerate(ROWS, 2):
        for column, value in enumerate(cells, 2):
            if value != "":
                sheet.cell(row, column, value.replace("_x", "_x005F_x") if isinstance(value, str) else value)
    sheet["G6"], sheet["G7"] = "=1/0", "=1+1"
    for row in range(5, 9):
        sheet.cell(row, 6).number_format = "0%"
    sheet.merge_cells("B2:G2")
    sheet.merge_cells("B5:B6")
    hidden = book.create_sheet("旧")
    hidden["C3"] = "x"
    hidden.sheet_state = "hidden"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def binary_book(date_1904: bool) -> BinaryBook:
    """The plan as .xlsb."""
    book = BinaryBook((0, "0%", 14, "yyyy-mm-dd hh:mm", "hh:mm"), date_1904)
    cells: list[tuple[int, int, str, object, int]] = []
    for row, values in enumerate(ROWS, 1):
        for column, value in enumerate(values, 1):
            if (row, column) in ERRORS:
                cells.append((row, column, "formula", ERRORS[row, column], 0))
            elif value != "":
                cells.append((row, column, *_binary(value, (row, column) in PERCENT, date_1904)))
    book.sheet("任务", cells, sorted(MERGED))
    book.sheet("旧", [(2, 2, "inline", "x", 0)], visible=False)
    return book


def _binary(value: CellValue, percent: bool, date_1904: bool) -> tuple[str, object, int]:
    if isinstance(value, bool):
        return "bool", value, 0
    if isinstance(value, str):
        return "text", value, 0
    if isinstance(value, time):
        return "number", (value.hour * 60 + value.minute) / 1440, 4
    if isinstance(value, date):
        moment = value if isinstance(value, datetime) else datetime.combine(value, time())
        days = (moment - (datetime(1904, 1, 1) if date_1904 else datetime(1899, 12, 30))).total_seconds() / 86400
        return "number", days, 3 if isinstance(value, datetime) else 2
    assert isinstance(value, float)
    if percent:
        return "hundredths", round(value * 100), 1
    return ("formula", value, 0) if value == 2 else ("number", value, 0)


def main() -> None:
    FILES.mkdir(exist_ok=True)
    for system in ("", "-1904"):
        source = FILES / f"plan{system}.xlsx"
        source.write_bytes(office_book(bool(system)))
        for suffix in ("xls", "ods"):
            convert(source, suffix)
        source.unlink()
    binary = FILES / "binary.xlsb"
    binary.write_bytes(binary_book(False).data)
    convert(binary, "csv")
    print((FILES / "binary.csv").read_text())
    for each in (binary, FILES / "binary.csv"):
        each.unlink()


def convert(source: Path, suffix: str) -> None:
    command = ["soffice", "--headless", "--convert-to", suffix, "--outdir", str(FILES), str(source)]
    subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()
