"""An inspection for people at a terminal: sheet by sheet what was taken as what, what was left out, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from riskcheck.model.inspection import (
    ColumnState,
    FieldTitle,
    InspectedColumn,
    InspectedFile,
    InspectedSheet,
    InspectedTable,
    Inspection,
    NearTable,
    Refusal,
    SheetState,
)
from riskcheck.model.text import Text
from riskcheck.reports import Style, phrases
from riskcheck.reports.display import clean, pad, shorten, wrap
from riskcheck.reports.terminalpen import TerminalPen

MAX_COLUMNS = 60
"""So many columns of a sheet are listed here; JSON has all."""
MAX_LEFT_OUT = 20
MAX_PROBLEMS = 50
MAX_TEXTS = 12
_LABEL = 11
"""The width of the labels at the left."""

_NOT_READ = {
    SheetState.REFUSED: Text("cannot be read", "无法读取"),
    SheetState.TWIN: Text("not read: another sheet is for this table, too", "未读取：另有工作表对应同一张表"),
    SheetState.EMPTY: Text("nothing is on it", "没有内容"),
    SheetState.UNKNOWN: Text("not read: its name is no table", "未读取：名称不是资料表"),
    SheetState.MARKED: Text("left out: its name begins with #", "已忽略：名称以 # 开头"),
    SheetState.HIDDEN: Text("not read: it is hidden", "未读取：该表已隐藏"),
    SheetState.UNMAPPED: Text("left out by the mapping", "按映射未读取"),
}
_COLUMN = {
    ColumnState.UNKNOWN: Text("no field of the table", "不是该表的字段"),
    ColumnState.NUMBER: Text("running number", "行号"),
    ColumnState.COMPUTED: Text("computed, not read", "由工具计算，未读取"),
    ColumnState.TWICE: Text("not read, it is not the only one", "未读取：不止一处"),
    ColumnState.OTHER_UNIT: Text("not read: another unit", "未读取：单位不同"),
    ColumnState.UNMAPPED: Text("left out by the mapping", "按映射未读取"),
    ColumnState.BESIDE: Text("beside the table", "在表之外"),
}


def render(inspection: Inspection, style: Style) -> bytes:
    """The inspection as UTF-8 text for `style.width` columns."""
    return ("\n".join(_Text(inspection, style).lines()) + "\n").encode("utf-8", "replace")


class _Text(TerminalPen):
    def __init__(self, seen: Inspection, style: Style) -> None:
        super().__init__(style)
        self.seen = seen

    def lines(self) -> Iterator[str]:
        yield from self.head()
        for file in self.seen.files:
            if len(self.seen.files) > 1:
                yield ""
                yield from self.file(file)
            for sheet in self.seen.sheets:
                if sheet.file == file.file:
                    yield from self.sheet(sheet)
        yield from self.refusals()
        yield from self.problems()
        yield from self.cross_check()

    # ------------------------------------------------------------ pieces

    def labelled(self, en: str, zh: str, text: str) -> Iterator[str]:
        """A text beside its label; further lines stand below the text."""
        first, *rest = wrap(text, self.style.width - _LABEL - 2)
        yield f" {pad(self.t(en, zh), _LABEL)} {first}"
        for line in rest:
            yield " " * (_LABEL + 2) + line

    def names(self, fields: Iterable[FieldTitle]) -> str:
        return self.t(", ", "、").join(self.say(field.title) for field in fields)

    def quoted(self, text: str) -> str:
        return self.t(f'"{clean(text)}"', f"“{clean(text)}”")

    # ------------------------------------------------------------ sections

    def head(self) -> Iterator[str]:
        seen = self.seen
        if len(seen.files) == 1:
            yield from self.file(seen.files[0])
        tables, rules = sum(len(sheet.read) for sheet in seen.sheets), f"{seen.pack.id} {seen.pack.version}"
        said = self.t(
            f"Rules {rules}; sheets: {len(seen.sheets)}; tables read: {tables}; errors: {len(seen.refusals)}",
            f"规则包 {rules}；工作表 {len(seen.sheets)} 个；读取表 {tables} 张；错误 {len(seen.refusals)} 个",
        )
        yield from self.indented(said, 0, 1)
        if seen.mapping is not None:
            named = f"{clean(seen.mapping.file)} ({seen.mapping.sha256[:12]})"
            yield from self.indented(self.t("Mapping ", "映射 ") + named, 0, 1)
        if not seen.readable:
            yield from self.indented(
                self.t("It cannot be judged as it is; the errors stand below.", "尚不能据此评审，错误见下。"), 0
            )

    def file(self, file: InspectedFile) -> Iterator[str]:
        """Its name and digest, and how it is written, if that had to be found out."""
        form = f"{self.t('; ', '；')}{self.say(file.form)}" if file.form is not None else ""
        yield from self.indented(f"{clean(file.file)} ({file.sha256[:12]}){form}", 0, 1)

    def sheet(self, sheet: InspectedSheet) -> Iterator[str]:
        yield ""
        name = self.bold(shorten(clean(sheet.name), 40))
        hidden = "" if sheet.visible else self.t(" (hidden)", "（隐藏）")
        if sheet.state is not SheetState.READ:
            meant = f" → {self.say(sheet.table.title)}" if sheet.table is not None else ""
            yield f"{name}{hidden}{meant}  {self.say(_NOT_READ[sheet.state])}"
        for read in sheet.read:
            yield f"{name}{hidden} → {self.bold(self.say(read.table.title))} ({read.table.name})"
            yield from self.table(read)
        yield from self.left_out(sheet)
        yield from self.lost(sheet)

    def table(self, table: InspectedTable) -> Iterator[str]:
        if table.header is not None:
            yield from self.labelled("Header", "列名行", table.header)
        if table.form != "keys":
            yield from self.labelled("Rows", "数据行", self.rows(table))
        label = ("Columns", "列") if table.form in ("rows", "matrix") else ("Names", "字段名")
        for number, column in enumerate(table.columns[:MAX_COLUMNS]):
            yield from self.labelled(*(label if not number else ("", "")), self.column(column))
        if len(table.columns) > MAX_COLUMNS:
            more = len(table.columns) - MAX_COLUMNS
            yield from self.labelled("", "", self.t(f"… and {more} more", f"……另有 {more} 列"))
        if table.absent:
            yield from self.labelled("Not there", "缺少", self.names(table.absent))
        if table.open:
            said = self.t("stays open: rows of it may have been left out", "按未填全处理：可能有行未读取")
            yield from self.labelled("", "", said)

    def rows(self, table: InspectedTable) -> str:
        spans = [str(first) if first == last else f"{first}–{last}" for first, last in table.rows]
        shown = self.t(", ", "、").join(spans[:MAX_TEXTS]) + self.cut(len(spans) - MAX_TEXTS)
        count = self.t(f"{table.row_count} rows", f"{table.row_count} 行")
        return f"{count}{self.t(': ', '：')}{shown}" if spans else count

    def cut(self, count: int) -> str:
        """What stands behind a list that was cut by `count` entries."""
        return self.t(f" … and {count} more", f" ……另有 {count} 处") if count > 0 else ""

    def column(self, column: InspectedColumn) -> str:
        header = pad(shorten(clean(column.header), 26), 26)
        cell = f"{column.cell or '':<5}"
        if column.state is ColumnState.READ and column.field is not None:
            return f"{cell} {header} → {self.say(column.field.title)} ({column.field.name})"
        field = f"{self.say(column.field.title)}{self.t(': ', '：')}" if column.field else ""
        return f"{cell} {header} × {field}{self.say(_COLUMN[column.state])}"

    def left_out(self, sheet: InspectedSheet) -> Iterator[str]:
        for number, left in enumerate(sheet.left_out[:MAX_LEFT_OUT]):
            label = ("Left out", "未读取") if not number else ("", "")
            said = f"{self.say(phrases.SEVERITY[left.severity])}{self.t(': ', '：')}{self.say(left.text)}"
            yield from self.labelled(*label, f"- {said}")
        if len(sheet.left_out) > MAX_LEFT_OUT:
            more = len(sheet.left_out) - MAX_LEFT_OUT
            yield from self.labelled("", "", self.t(f"… and {more} more", f"……另有 {more} 处"))

    def lost(self, sheet: InspectedSheet) -> Iterator[str]:
        """What a sheet that was not read may be."""
        for number, near in enumerate(sheet.nearest):
            yield from self.labelled(*(("Looks like", "像是") if not number else ("", "")), self.near(near))
        for number, candidate in enumerate(sheet.candidates):
            label = ("Header?", "列名行？") if not number else ("", "")
            rows = f"{candidate.first_row}" + (
                f"–{candidate.last_row}" if candidate.last_row != candidate.first_row else ""
            )
            row = self.t(f"row {rows}", f"第 {rows} 行")
            texts = self.t(", ", "、").join(self.quoted(shorten(text, 30)) for text in candidate.texts[:MAX_TEXTS])
            more = self.cut(len(candidate.texts) - MAX_TEXTS)
            named = self.t(f" ({len(candidate.fields)} names)", f"（{len(candidate.fields)} 个列名）")
            yield from self.labelled(
                *label, f"{row}{named if candidate.fields else ''}{self.t(': ', '：')}{texts}{more}"
            )

    def near(self, near: NearTable) -> str:
        line = self.t(f"row {near.line}", f"第 {near.line} 行")
        if not near.line.isdigit():
            line = self.t(f"column {near.line}", f"{near.line} 列")
        found = len(near.fields)
        count = self.t(f"{found} of {near.of} names in {line}", f"{line}有 {near.of} 个名称中的 {found} 个")
        swapped = self.t(
            "; rows and columns are swapped: copy it and paste it with Paste Special, Transpose, or map it so",
            "；行列互换了：请复制后用“选择性粘贴”中的“转置”粘贴，或在映射中注明行列互换",
        )
        names = self.t(f" ({self.names(near.fields)})", f"（{self.names(near.fields)}）")
        title = self.say(near.table.title)
        return f"{title}{self.t(': ', '：')}{count}{names}{swapped if near.swapped else ''}"

    def cross_check(self) -> Iterator[str]:
        """Where the second reader reads another thing."""
        found = self.seen.cross_check
        if found is None:
            return
        yield ""
        title = self.bold(self.t("Cross-check with openpyxl", "与 openpyxl 交叉核对"))
        yield title + self.t(
            f"  {found.cells} cells, {found.count} differ", f"  {found.cells} 个单元格，{found.count} 个不一致"
        )
        for each in found.differences[:MAX_PROBLEMS]:
            nothing = self.t("nothing", "无内容")
            said = self.t(
                f"{each.first or nothing}; openpyxl: {each.second or nothing}",
                f"{each.first or nothing}；openpyxl：{each.second or nothing}",
            )
            yield from self.indented(f"- {clean(each.location.within_file)}{self.t(': ', '：')}{clean(said)}", 1, 2)
        if found.count > MAX_PROBLEMS:
            more = found.count - MAX_PROBLEMS
            yield f" {self.t(f'… and {more} more', f'……另有 {more} 个')}"

    def refusals(self) -> Iterator[str]:
        if not self.seen.refusals:
            return
        yield ""
        yield self.bold(self.t("Errors", "错误")) + f"  {len(self.seen.refusals)}"
        for refusal in self.seen.refusals:
            yield from self.refusal(refusal)

    def refusal(self, refusal: Refusal) -> Iterator[str]:
        where = f"{clean(refusal.location.within_file)}{self.t(': ', '：')}" if refusal.location else ""
        yield from self.indented(f"- {where}{self.say(refusal.text)}", 1, 2)
        for hint in refusal.hints:
            yield from self.indented(self.say(hint), 3)

    def problems(self) -> Iterator[str]:
        """The problems that are not told with their sheets, the worst first."""
        ranges = ((sheet, left) for sheet in self.seen.sheets for left in sheet.left_out)
        told = {(sheet.file, sheet.name, left.area.partition(":")[0], left.code) for sheet, left in ranges}
        order = ("error", "warning", "note")
        found = [
            each
            for each in self.seen.problems
            if (at := each.location) is None or (at.file, at.sheet, at.cell, each.code) not in told
        ]
        if not found:
            return
        yield ""
        yield self.bold(self.t("Input problems", "资料问题")) + f"  {len(found)}"
        for problem in sorted(found, key=lambda each: order.index(each.severity))[:MAX_PROBLEMS]:
            where = f"{clean(problem.location.within_file)}{self.t(': ', '：')}" if problem.location else ""
            severity = self.say(phrases.SEVERITY[problem.severity])
            yield from self.indented(f"- {where}{severity}{self.t(': ', '：')}{self.say(problem.text)}", 1, 2)
        if len(found) > MAX_PROBLEMS:
            more = len(found) - MAX_PROBLEMS
            yield f" {self.t(f'… and {more} more', f'……另有 {more} 个')}"
