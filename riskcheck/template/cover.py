"""The first sheet: how to fill in the others, what the colours mean, and a list of the sheets.

Its name begins with #, so that readers of facts pass it by.
"""

from __future__ import annotations

from typing import Any

from riskcheck.model.schema import Table
from riskcheck.model.text import Text
from riskcheck.profiles.profile import Profile
from riskcheck.template import statussheet
from riskcheck.template.covertext import CELLS, COLORS, STEPS, Row
from riskcheck.template.pen import COVER, Pen

_WIDTHS = (30, 13, 9, 9, 84)
_LAST = len(_WIDTHS) - 1
_TITLE = Text("{pack}: workbook to fill in", "{pack}：资料填报表")
_MADE_FOR_GATE = Text(
    "For gate {gate} {title}: only the tables and columns that its checks, and those of earlier gates, read.",
    "适用关口：{gate} {title}。只含该关口及之前各关口的检查所需的表和栏。",
)
_MADE_FOR_PROFILE = Text(
    "This workbook is made for the profile {profile} ({title}); judge it with it: {command}",
    "本工作簿按裁剪方案 {profile}（{title}）生成，请用该方案判定：{command}",
)
_HEADINGS = (
    Text("How to fill in", "填写步骤"),
    Text("What a cell says", "单元格的含义"),
    Text("Colours: which gate needs a column first", "颜色：哪个关口最早需要该栏"),
    Text("The sheets of this workbook", "本工作簿的各表"),
)
_SHEETS = (
    Text("Sheet", "表"),
    Text("First gate", "最早关口"),
    Text("Columns", "栏数"),
    Text("Checks", "检查数"),
    Text("What it holds", "内容"),
)
_NO_GATE = Text("for the report", "用于报告")
_STATUS_NOTE = Text("which tables have all their rows", "各表的行是否已填全")
_FIELDS_NOTE = Text("each column: what it is, and which checks read it", "每一栏填什么、用于哪些检查")


def write_cover(pen: Pen, fields_sheet: Text) -> None:
    """Write the sheet; `fields_sheet` is the name of the one that lists all columns."""
    sheet = pen.book.add_worksheet(pen.say(COVER))
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.hide_gridlines(2)
    pen.set_print(sheet, _WIDTHS)
    _Cover(pen, sheet).write(pen.say(fields_sheet))


class _Cover:
    """Writes from top to bottom; `row` is the next free one."""

    def __init__(self, pen: Pen, sheet: Any) -> None:
        self.pen, self.sheet, self.row = pen, sheet, 0

    def write(self, fields_sheet: str) -> None:
        pen = self.pen
        title = pen.say(_TITLE).format(pack=f"{pen.say(pen.pack.title)} {pen.pack.version}")
        self.wide(title, pen.theme.make(bold=True, font_size=16, font_color="#1F4E78"), height=26)
        for text in self.made_for():
            self.wide(text, pen.theme.make(text_wrap=True, bold=True))
        self.heading(0)
        for number, step in enumerate(STEPS, 1):
            self.wide(f"{number}. {pen.say(step)}", pen.theme.make(text_wrap=True))
        self.heading(1)
        for row in CELLS:
            self.pair(row, pen.theme.framed(bold=True))
        self.heading(2)
        self.colors()
        self.heading(3)
        self.sheets(fields_sheet)

    def made_for(self) -> list[str]:
        pen, selection = self.pen, self.pen.selection
        said = []
        for gate in pen.pack.gates:
            if gate.id == selection.gate:
                said.append(pen.say(_MADE_FOR_GATE).format(gate=gate.id, title=pen.say(gate.title)))
        if selection.profile is not None:
            said.append(self.made_for_profile(selection.profile))
        return said

    def made_for_profile(self, profile: Profile) -> str:
        command = f"riskcheck check FILE.xlsx --profile {profile.option}"
        said = self.pen.say(_MADE_FOR_PROFILE)
        return said.format(profile=profile.id, title=self.pen.say(profile.title), command=command)

    def colors(self) -> None:
        """A line for each gate whose checks judge something here, and one for what no check reads."""
        pen = self.pen
        for gate in pen.pack.gates:
            if any(check.due_gate == gate.id for check in pen.selection.checks):
                name = f"{gate.id} {pen.say(gate.title)}"
                self.cells(name, pen.theme.header(gate.id), pen.say(COLORS.gate).format(gate=gate.id))
        self.cells(pen.say(COLORS.none.name), pen.theme.header(None), pen.say(COLORS.none.meaning))

    def sheets(self, fields_sheet: str) -> None:
        pen = self.pen
        for column, title in enumerate(_SHEETS):
            self.sheet.write_string(self.row, column, pen.say(title), pen.theme.header(plain=True))
        self.row += 1
        for table in pen.selection.tables:
            self.table(table)
        for name, note in ((pen.say(statussheet.NAME), _STATUS_NOTE), (fields_sheet, _FIELDS_NOTE)):
            self.entry(name, name, None, "", None, None, pen.say(note))

    def table(self, table: Table) -> None:
        pen = self.pen
        gate = pen.needs.first_gate_of_table(table.name)
        note = pen.say(table.note) if table.note else ""
        checks = len(pen.needs.checks_of_table(table.name))
        shown = gate or pen.say(_NO_GATE)
        self.entry(pen.sheet_name(table), pen.say(table.title), gate, shown, len(table.fields), checks, note)

    def entry(
        self, sheet: str, title: str, gate: str | None, shown: str, fields: int | None, checks: int | None, note: str
    ) -> None:
        """One line of the list of sheets."""
        theme = self.pen.theme
        plain, centred = theme.framed(), theme.framed(align="center")
        self.sheet.write_url(self.row, 0, f"internal:{statussheet.quoted(sheet)}!A1", theme.label(gate), title)
        self.sheet.write_string(self.row, 1, shown, theme.mark(gate, required=False))
        for column, count in ((2, fields), (3, checks)):
            if count is None:
                self.sheet.write_blank(self.row, column, None, plain)
            else:
                self.sheet.write_number(self.row, column, count, centred)
        self.sheet.write_string(self.row, _LAST, note, plain)
        self.sheet.set_row(self.row, self.pen.height([title, note], [_WIDTHS[0] - 2, 1.1 * _WIDTHS[_LAST]]))
        self.row += 1

    # ------------------------------------------------------------ lines

    def heading(self, number: int) -> None:
        self.row += 1
        self.wide(self.pen.say(_HEADINGS[number]), self.pen.theme.make(bold=True, font_size=12, font_color="#1F4E78"))

    def wide(self, text: str, chosen: Any, height: float | None = None) -> None:
        """A line across all columns."""
        self.sheet.merge_range(self.row, 0, self.row, _LAST, "", chosen)
        self.sheet.write_string(self.row, 0, text, chosen)
        self.sheet.set_row(self.row, height or self.pen.height([text], [1.1 * sum(_WIDTHS)]))
        self.row += 1

    def pair(self, row: Row, chosen: Any) -> None:
        self.cells(self.pen.say(row.name), chosen, self.pen.say(row.meaning))

    def cells(self, name: str, chosen: Any, meaning: str) -> None:
        """A name, and what it means in the other columns."""
        plain = self.pen.theme.framed()
        self.sheet.write_string(self.row, 0, name, chosen)
        self.sheet.merge_range(self.row, 1, self.row, _LAST, "", plain)
        self.sheet.write_string(self.row, 1, meaning, plain)
        self.sheet.set_row(self.row, self.pen.height([name, meaning], [_WIDTHS[0], 1.1 * sum(_WIDTHS[1:])]))
        self.row += 1
