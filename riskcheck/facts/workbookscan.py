"""All sheets of a workbook, scanned, with account kept of how much they hold together."""

from __future__ import annotations

from riskcheck.errors import FactsError
from riskcheck.facts.package import Package
from riskcheck.facts.plainworkbook import NO_STRINGS
from riskcheck.facts.refusal import SAVE_AGAIN, damage, refusal
from riskcheck.facts.sheet import Position
from riskcheck.facts.sheetscan import (
    SheetScan,
    UnusualXml,
    farthest_cells,
    is_plain_strings,
    scan_sheet,
    shared_text,
    text_cells,
    text_lengths,
    without_later_errors,
)
from riskcheck.facts.workbookparts import SheetPart, WorkbookParts
from riskcheck.frozen import replace
from riskcheck.model.place import Location, cell_name
from riskcheck.model.text import Text

MAX_CELLS = 3_000_000
"""Most cells that the used areas of all sheets may have together, from A1 to the last cell with content."""
MAX_MARKS = 500_000
"""Most cells with a mark, in all sheets together."""
MAX_TEXT = 128 * 2**20
"""Most bytes of text in all cells together, a text that is shared by many cells counted for each."""
MAX_UNUSUAL = 16 * 2**20
"""Most bytes of sheets and texts that are not written as spreadsheet programs write them: reading them is slow."""

KEEP_ONLY_CHECKED = Text(
    "keep only the sheets, rows and columns that are to be checked, and save it under a new name",
    "请只保留需要检查的工作表、行和列，另存为新文件",
)
"""The cure for a workbook that is too large."""


class WorkbookScanner:
    """Scans the sheets of a workbook and keeps account of how much they hold together."""

    def __init__(self, package: Package, parts: WorkbookParts) -> None:
        self.at, self._package = package.at, package
        self._percent, self._calculated = parts.styles.percent(), parts.calculated
        self._cells = self._marks = self._text = self._unusual = 0
        self._sheets = len(parts.sheets)
        self._lengths: list[int] | None = None
        self.strings = self._shared_strings(parts.shared_strings)
        """The texts that cells share, in plain form."""

    def scan(self, sheet: SheetPart) -> SheetScan:
        """Scan one sheet; raises FactsError if it is damaged or holds too much."""
        at = Location(self.at.file, sheet.name)
        scan = self._scan_part(sheet.part, at)
        self._count_cells(scan, at)
        self._count_marks(scan, at)
        self._count_text(scan, at)
        return replace(scan, rows=without_later_errors(scan))

    def _scan_part(self, part: str, at: Location) -> SheetScan:
        content = self._package.read(part)
        try:
            return scan_sheet(content, self._percent, self._calculated, MAX_MARKS + 1)
        except UnusualXml:
            from riskcheck.facts.sheetxml import plain_sheet

            self._count_unusual(content, at)
            content = plain_sheet(content, part, at)
        try:
            return scan_sheet(content, self._percent, self._calculated, MAX_MARKS + 1)
        except UnusualXml:
            what = Text("rows or cells of the sheet lie within each other", "该工作表的行或单元格相互嵌套")
            raise damage(what, at=at) from None

    def _shared_strings(self, part: str | None) -> bytes:
        if part is None:
            return NO_STRINGS
        content = self._package.read(part)
        if content.count(b"<si") > MAX_CELLS:
            message = Text(f"the workbook holds more than {MAX_CELLS:,} texts", f"工作簿中的文本超过 {MAX_CELLS:,} 个")
            raise refusal("workbook-too-large", message, KEEP_ONLY_CHECKED, at=self.at)
        if is_plain_strings(content):
            return content
        from riskcheck.facts.sheetxml import plain_strings

        self._count_unusual(content, self.at)
        return plain_strings(content, part, self.at)

    def _count_unusual(self, content: bytes, at: Location) -> None:
        self._unusual += len(content)
        if self._unusual > MAX_UNUSUAL:
            size = f"{MAX_UNUSUAL // 2**20} MiB"
            message = Text(f"the workbook has more than {size} of unusual XML", f"工作簿中非常规写法的 XML 超过 {size}")
            raise refusal("workbook-too-large", message, SAVE_AGAIN, at=at)

    def _count_cells(self, scan: SheetScan, at: Location) -> None:
        """Refuse used areas that would fill the memory."""
        area = scan.last_row * scan.last_column
        if self._cells + area > MAX_CELLS:
            lowest, rightmost = farthest_cells(scan.rows)
            area = (lowest[0] + 1) * (rightmost[1] + 1)
            if self._cells + area > MAX_CELLS:
                raise _too_many_cells(lowest, rightmost, at)
        self._cells += area

    def _count_marks(self, scan: SheetScan, at: Location) -> None:
        self._marks += scan.marks
        if self._marks > MAX_MARKS:
            what = "are merged or hold a percentage, an error, or a formula without a result"
            message = Text(
                f"more than {MAX_MARKS:,} cells {what}",
                f"合并的、含百分数或错误值的、公式没有结果的单元格超过 {MAX_MARKS:,} 个",
            )
            raise refusal("workbook-too-large", message, KEEP_ONLY_CHECKED, at=at)

    def _count_text(self, scan: SheetScan, at: Location) -> None:
        """Refuse texts that are short in the file and long in the cells, because many cells share them."""
        cells = self._sheets * len(scan.rows) // len('<c r="A1" t="s"><v>0</v></c>')
        if cells * len(self.strings) <= MAX_TEXT:
            return
        if self._lengths is None:
            self._lengths = text_lengths(self.strings)
        longest = max(self._lengths)
        if cells * longest <= MAX_TEXT or self._sheets * text_cells(scan.rows) * longest <= MAX_TEXT:
            return
        self._text += shared_text(scan.rows, self._lengths)
        if self._text > MAX_TEXT:
            size = f"{MAX_TEXT // 2**20} MiB"
            message = Text(f"the cells hold more than {size} of text", f"单元格中的文本超过 {size}")
            raise refusal("workbook-too-large", message, KEEP_ONLY_CHECKED, at=at)


def _too_many_cells(lowest: Position, rightmost: Position, at: Location) -> FactsError:
    area, last = (lowest[0] + 1) * (rightmost[1] + 1), cell_name(lowest[0], rightmost[1])
    ends = tuple(dict.fromkeys((cell_name(*lowest), cell_name(*rightmost))))
    cure = "delete the rows below and the columns to the right of the table, and save it"
    return refusal(
        "sheet-too-large",
        Text(
            f"the sheet is used from A1 to {last} ({area:,} cells); all sheets together may have {MAX_CELLS:,}",
            f"该工作表的使用范围为 A1 至 {last}（{area:,} 个单元格）；所有工作表合计最多 {MAX_CELLS:,} 个",
        ),
        Text(
            f"if nothing belongs in {' and '.join(ends)}: {cure}",
            f"如果 {'、'.join(ends)} 处不应有内容：请删除表格下方的行和右侧的列，再保存",
        ),
        KEEP_ONLY_CHECKED,
        at=Location(at.file, at.sheet, cell_name(*lowest)),
    )
