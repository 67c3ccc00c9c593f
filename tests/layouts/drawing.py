"""Tables drawn as people draw them: one switch for each thing that people do."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from random import Random
from typing import Any

from riskcheck.model.schema import Field, Table
from tests.layouts.canvas import Canvas
from tests.layouts.spelling import Speller, header, is_days
from tests.layouts.world import PACK, Row

_GROUPED = {
    "planned_start": ("Planned", "Start"),
    "planned_finish": ("Planned", "Finish"),
    "actual_finish": ("Actual", "Finish"),
}
_GROUPED_ZH = {
    "planned_start": ("计划", "开始时间"),
    "planned_finish": ("计划", "完成时间"),
    "actual_finish": ("实际", "完成时间"),
}


@dataclass(frozen=True)
class Style:
    """How a table of rows is drawn; without any switch it begins with its header in A1."""

    language: str = "en"
    above: int = 0
    above_kind: str = "titles"
    left: int = 0
    noise: bool = False
    spelled: bool = False
    shuffled: bool = False
    header_rows: int = 1
    unmerged: bool = False
    other_language_below: bool = False
    numbered: bool = False
    numbered_ahead: int = 0
    preset: bool = False
    grouped: bool = False
    repeated: bool = False
    totals: bool = False
    bands: bool = False
    blank_rows: bool = False
    comments: bool = False
    remark: bool = False
    spacer: bool = False
    twin: bool = False
    rival: bool = False
    days_in_header: bool = False
    beside: str = ""
    below: str = ""


def draw(name: str, rows: list[Row], sheet: str, style: Style, rng: Random) -> Canvas:
    """The table called `name` on a sheet."""
    return _Drawing(PACK.schema.by_name[name], rows, Canvas(sheet), style, rng).draw()


class _Drawing:
    def __init__(self, table: Table, rows: list[Row], canvas: Canvas, style: Style, rng: Random) -> None:
        self.table, self.rows, self.canvas, self.style, self.rng = table, rows, canvas, style, rng
        self.speller = Speller(rng, plain=not style.spelled)
        self.fields = [field.name for field in table.fields]
        self.columns: dict[str, int] = {}
        self.extra: dict[str, int] = {}
        self.first = self.last = style.left
        self.row = 0
        self.days: list[tuple[int, int]] = []

    def t(self, en: str, zh: str) -> str:
        return en if self.style.language == "en" else zh

    def field(self, name: str) -> Field:
        return self.table.by_name[name]

    # ------------------------------------------------------------ the sheet from top to bottom

    def draw(self) -> Canvas:
        self.lay_out_columns()
        self.draw_above()
        self.draw_header()
        self.draw_rows()
        self.draw_beside()
        self.draw_below()
        if self.days:
            self.canvas.tell("days-as-working-days", *self.days[0])
        return self.canvas

    def lay_out_columns(self) -> None:
        style, names = self.style, list(self.fields)
        if style.shuffled:
            self.rng.shuffle(names)
        if style.header_rows > 1:  # the fields of a group stand together
            names = [name for name in names if name not in _GROUPED] + [name for name in names if name in _GROUPED]
            names.sort(key=lambda name: list(_GROUPED).index(name) if name in _GROUPED else -1)
        if style.grouped:
            names = ["phase", *(name for name in names if name != "phase")]
        column = style.left
        if style.numbered:
            self.extra["number"] = column
            column += 1
        for number, name in enumerate(names):
            if style.spacer and number == len(names) - 2:
                column += 1
            self.columns[name] = column
            column += 1
        if style.remark:
            self.extra["remark"] = column
            column += 1
        if style.twin or style.rival:
            self.extra["twin"] = column
            column += 1
        self.last = column - 1

    def draw_above(self) -> None:
        """A title in the first row, other things below it; the last row above the header may be blank."""
        above = self.style.above
        if not above:
            return
        texts = {
            "titles": [self.t("Legend: red is late", "图例：红色为延期"), "2026"],
            "words": [self.t("Status", "状态"), "Open", "Done"],
            "totals": [self.t("Total", "合计"), self.t("Open items", "未完成项")],
        }[self.style.above_kind]
        self.canvas.put(0, self.style.left, self.t("Plan of the project", "项目计划"))
        for row, text in enumerate(texts[: max(0, above - 2)], start=1):
            self.canvas.put(row, self.style.left, text)
            if self.style.above_kind == "totals":
                self.canvas.put(row, self.style.left + 1, 7 + row)
        self.canvas.tell("above-header", 0, self.style.left)
        self.row = above

    def draw_header(self) -> None:
        style, top = self.style, self.row
        bottom = top + style.header_rows - 1
        for name, column in self.columns.items():
            if style.header_rows > 1 and name in _GROUPED:
                continue
            text = self.head(name)
            if style.header_rows > 1 and not style.unmerged and self.rng.random() < 0.7:
                self.canvas.put(top, column, text)
                self.canvas.merge(top, column, bottom, column)
            else:
                self.canvas.put(bottom if style.unmerged else self.rng.choice([top, bottom]), column, text)
        if style.header_rows > 1:
            self.draw_groups(top, bottom)
        if "number" in self.extra:
            word = self.rng.choice(("No.", "#", "S No.") if style.language == "en" else ("序号", "NO.", "No"))
            self.canvas.put(top, self.extra["number"], word)
            self.canvas.tell("running-number", top, self.extra["number"])
        if "remark" in self.extra:
            self.canvas.put(bottom, self.extra["remark"], self.t("Remark", "备注"))
            self.canvas.tell("unknown-column", bottom, self.extra["remark"])
        if "twin" in self.extra:
            self.canvas.put(bottom, self.extra["twin"], self.t("Owner", "责任人"))
            head = next(row for row in (top, bottom) if (row, self.columns["owner"]) in self.canvas.cells)
            told = (bottom, self.extra["twin"]) if style.rival else (head, self.columns["owner"])
            self.canvas.tell("two-columns", *told)
        if style.days_in_header and "duration_days" in self.columns:
            head = next(row for row in (top, bottom) if (row, self.columns["duration_days"]) in self.canvas.cells)
            self.canvas.tell("header-note", head, self.columns["duration_days"])
        self.header = list(range(top, bottom + 1))
        self.row = bottom + 1
        if style.other_language_below:
            other = "zh" if style.language == "en" else "en"
            for name, column in self.columns.items():
                self.canvas.put(self.row, column, header(self.field(name), self.rng, other, noise=False))
            self.canvas.tell("repeated-header", self.row, self.first)
            self.row += 1

    def head(self, name: str) -> str:
        """A header for a field."""
        if name == "duration_days" and self.style.days_in_header:
            return self.rng.choice(("DURATION\n(Days)", "Duration (d)", "工期（天）", "工期\n(日)"))
        return header(self.field(name), self.rng, self.style.language, self.style.noise)

    def draw_groups(self, top: int, bottom: int) -> None:
        groups = _GROUPED if self.style.language == "en" else _GROUPED_ZH
        columns = [self.columns[name] for name in _GROUPED]
        if self.style.header_rows > 2:
            self.canvas.put(top, columns[0], self.t("Schedule", "进度"))
            self.canvas.merge(top, columns[0], top, columns[-1])
        for head, names in groupby(_GROUPED, key=lambda name: groups[name][0]):
            across = [self.columns[name] for name in names]
            self.canvas.put(bottom - 1, across[0], head)
            if not self.style.unmerged:
                self.canvas.merge(bottom - 1, across[0], bottom - 1, across[-1])
        for name in _GROUPED:
            self.canvas.put(bottom, self.columns[name], groups[name][1])

    # ------------------------------------------------------------ rows

    def draw_rows(self) -> None:
        middle = len(self.rows) // 2
        for number, row in enumerate(self.rows):
            if number == middle:
                self.draw_between()
            elif self.style.blank_rows and self.rng.random() < 0.3 and not self.style.grouped:
                self.row += 1
            self.draw_row(number, row)
        if self.style.totals:
            self.draw_totals()
        if self.style.grouped:
            self.merge_groups()
        for ahead in range(self.style.numbered_ahead):
            self.canvas.put(self.row, self.extra["number"], len(self.rows) + ahead + 1)
            if self.style.preset:
                self.canvas.put(self.row, self.columns["status"], self.t("Open", "未开始"))
            if not ahead:
                self.canvas.tell("preset-rows" if self.style.preset else "numbered-rows", self.row, self.first)
            self.row += 1

    def draw_row(self, number: int, row: Row) -> None:
        for name, column in self.columns.items():
            self.canvas.places[self.table.name, number, name] = (self.row, column)
            written = self.speller.cell(self.field(name), row[name])
            if self.style.grouped and name == "phase":
                written = ("phase", row[name], written)
            elif name == "duration_days" and is_days(written):
                self.days.append((self.row, column))
            elif (
                name == "predecessors"
                and isinstance(written, str)
                and any(mark in written for mark in ("/", "&", "+", " and ", "和"))
            ):
                self.parted(column)
            self.canvas.put(self.row, column, written)
        if "number" in self.extra:
            self.canvas.put(self.row, self.extra["number"], number + 1)
        if self.style.rival:
            self.canvas.put(self.row, self.extra["twin"], "Bo")
        if "remark" in self.extra and self.rng.random() < 0.5:
            self.canvas.put(self.row, self.extra["remark"], "see minutes")
        self.row += 1

    def parted(self, column: int) -> None:
        """The first cell of several ids with marks between them is told."""
        if not any(code == "parted-items" for code, _ in self.canvas.told):
            self.canvas.tell("parted-items", self.row, column)

    def draw_between(self) -> None:
        """What stands in the middle of the rows."""
        style = self.style
        if style.blank_rows:
            self.row += 1
        if style.totals:
            self.draw_totals()
        if style.bands:
            self.canvas.put(self.row, self.first, self.t("Second part", "第二部分"))
            self.canvas.merge(self.row, self.first, self.row, self.last)
            self.canvas.tell("section-row", self.row, self.first)
            self.row += 1
        if style.repeated:
            for row in self.header:
                for column in range(self.first, self.last + 1):
                    self.canvas.put(self.row, column, self.canvas.cells.get((row, column), ""))
                self.canvas.tell("repeated-header", self.row, self.first)
                self.row += 1
        if style.comments:
            self.canvas.put(self.row, self.first, "#T0 was given up")
            self.canvas.tell("comment-row", self.row, self.first)
            self.row += 1

    def draw_totals(self) -> None:
        self.canvas.put(self.row, self.first, self.rng.choice(["合计", "小 计", "Total", "TOTAL:"]))
        for name in ("effort_hours", "duration_days"):
            if name in self.columns and self.columns[name] != self.first:
                self.canvas.put(self.row, self.columns[name], 123)
        self.canvas.tell("totals-row", self.row, self.first)
        self.row += 1

    def merge_groups(self) -> None:
        """Group cells of equal phases in rows that stand together are merged."""
        column = self.columns["phase"]
        found = sorted(
            (row, cell) for (row, at), cell in self.canvas.cells.items() if at == column and isinstance(cell, tuple)
        )
        runs: list[list[tuple[int, Any]]] = []
        for row, cell in found:
            if runs and runs[-1][-1][0] + 1 == row and runs[-1][-1][1][1] == cell[1]:
                runs[-1].append((row, cell))
            else:
                runs.append([(row, cell)])
        told = False
        for run in runs:
            top, bottom = run[0][0], run[-1][0]
            for row, _ in run:
                del self.canvas.cells[row, column]
            self.canvas.put(top, column, run[0][1][2])
            self.canvas.merge(top, column, bottom, column)
            for key, place in self.canvas.places.items():
                if place[1] == column and top <= place[0] <= bottom:
                    self.canvas.places[key] = (top, column)
            if bottom > top and not told:
                self.canvas.tell("merged-group", top, column)
                told = True

    # ------------------------------------------------------------ around

    def draw_beside(self) -> None:
        if not self.style.beside:
            return
        column = self.last + 2
        words = {
            "named": [self.t("Status", "状态"), "Open", "Done", "Blocked"],
            "free": ["Colour", "red", "green"],
            "totals": ["Total days", 123],
            "bare": ["", "red", "green"],
        }
        for row, word in enumerate(words[self.style.beside]):
            self.canvas.put(self.header[-1] + row, column, word)
        self.canvas.tell("beside-table", self.header[-1] + (self.style.beside == "bare"), column)

    def draw_below(self) -> None:
        if not self.style.below:
            return
        self.row += 1
        blocks = {
            "notes": [[self.t("Notes:", "说明：")], ["1. " + self.t("Dates are agreed.", "日期已确认。")]],
            "sentence": [[self.t("The dates were agreed with the customer.", "以上日期已与客户确认。")]],
            "words": [[self.t("Status", "状态")], ["Open"], ["Done"], ["Blocked"]],
            "signature": [[self.t("Prepared by: A", "编制人：甲"), self.t("Approved by: B", "批准人：乙")]],
        }
        code = "list-below" if self.style.below == "words" else "notes-below"
        self.canvas.tell(code, self.row, self.first)
        for line in blocks[self.style.below]:
            self.canvas.line(self.row, self.first, *line)
            self.row += 1
