"""The workbook to fill in: one sheet for each table, made from the pack's fact schema.

What is written here is read back by `riskcheck.facts`: sheet names and headers are the schema's titles, rows whose
first cell begins with `#` are help, and `table_status` says which tables are complete.
"""

from __future__ import annotations

import datetime
import io
from typing import TYPE_CHECKING, Any

import xlsxwriter

from riskcheck.facts.names import SHEET_NAME_LENGTH
from riskcheck.model.owntables import OWN_TABLES
from riskcheck.model.schema import Field, FieldType, Table
from riskcheck.model.text import Language
from riskcheck.packs.fieldhints import entry_hint
from riskcheck.packs.rulepack import RulePack

if TYPE_CHECKING:
    from riskcheck.profiles.profile import Profile

LAST_ROW = 2000
"""Dropdowns and formats reach down to this sheet row (from 1)."""
_CREATED = datetime.datetime(2000, 1, 1)
_A4 = 9
_MAX_LIST = 255
"""Excel takes at most this many characters in a dropdown's own list."""
_NONE = {"en": "none", "zh": "无"}
_YES_NO = {"en": ("yes", "no"), "zh": ("是", "否")}
_FORMATS = {
    FieldType.STRING: "@",
    FieldType.LIST: "@",
    FieldType.ENUM: "@",
    FieldType.INT: "0",
    FieldType.DOUBLE: "General",
    FieldType.PERCENT: "General",
    FieldType.DATE: "yyyy-mm-dd",
    FieldType.DATETIME: "yyyy-mm-dd hh:mm",
}


def render_template(pack: RulePack, *, gate: str | None, language: Language, profile: Profile | None = None) -> bytes:
    """The workbook as bytes: the tables that checks due at `gate` or before read, and those of riskcheck itself.

    Without a gate it has all tables of the pack. With a profile that drops checks it has only the tables and the fields
    that the others read, and what names a row.

    Raises UsageError for a gate that the pack does not have.
    """
    tables = _tables(pack, gate) if profile is None or not profile.drops else _tables_left(pack, gate, profile)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": _CREATED, "title": pack.title.of(language)})
        _Template(book, language).write(tables, gate, profile)
    return buffer.getvalue()


def _tables(pack: RulePack, gate: str | None) -> tuple[Table, ...]:
    if gate is None:
        return pack.schema.tables
    read = {"project", *OWN_TABLES, *(name for check in pack.due_at(gate) for name in check.reads)}
    return tuple(table for table in pack.schema.tables if table.name in read)


def _tables_left(pack: RulePack, gate: str | None, profile: Profile) -> tuple[Table, ...]:
    from riskcheck.profiles.tables import tables_left
    from riskcheck.profiles.tailor import tailored

    left = tailored(pack, profile)
    return tables_left(pack, profile, left.checks if gate is None else left.due_at(gate))


class _Template:
    def __init__(self, book: Any, language: Language) -> None:
        self.book, self.language = book, language
        border = {"border": 1, "border_color": "#B7C4D1"}
        self.header = book.add_format({"bold": True, "bg_color": "#1F4E78", "font_color": "white", "valign": "top"})
        self.help = book.add_format({"italic": True, "font_color": "#5F6B76", "text_wrap": True, "valign": "top"})
        self.label = book.add_format({"bold": True, "bg_color": "#DCE6F1", "valign": "top", **border})
        self.formats = {
            kind: book.add_format({"num_format": code, "valign": "top", **border}) for kind, code in _FORMATS.items()
        }
        self.plain = book.add_format({"valign": "top", **border})

    def write(self, tables: tuple[Table, ...], gate: str | None, profile: Profile | None) -> None:
        self.guide(profile)
        lists = self.long_lists(tables)
        for table in tables:
            if table.one_row:
                self.single(table, lists, gate)
            else:
                self.many(table, lists)
        self.table_status(tuple(table for table in tables if table.name not in OWN_TABLES))

    def t(self, en: str, zh: str) -> str:
        return zh if self.language == "zh" else en

    # ------------------------------------------------------------ sheets

    def guide(self, profile: Profile | None) -> None:
        """The first sheet: how to fill in the others. Its name begins with #, so that readers of facts pass it by."""
        sheet = self.book.add_worksheet(self.t("# How to fill in", "# 填写说明"))
        sheet.set_column(0, 0, 100, self.book.add_format({"text_wrap": True, "valign": "top"}))
        guide = _GUIDE if profile is None else (*_GUIDE, _guide_to_profile(profile))
        for row, (en, zh) in enumerate(guide):
            sheet.write_string(row, 0, self.t(en, zh))

    def single(self, table: Table, lists: dict[tuple[str, str], str], gate: str | None) -> None:
        sheet = self.sheet(table)
        for column, title in enumerate((self.t("Field", "项目"), self.t("Value", "值"), self.t("Note", "说明"))):
            sheet.write_string(0, column, title, self.header)
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 28)
        sheet.set_column(2, 2, 60)
        sheet.freeze_panes(1, 0)
        for row, field in enumerate(_fields(table), 1):
            sheet.write_string(row, 0, field.title.of(self.language), self.label)
            sheet.write_blank(row, 1, None, self.formats.get(field.type, self.plain))
            if field.name == "gate" and gate is not None:
                sheet.write_string(row, 1, gate, self.plain)
            sheet.write_string(row, 2, entry_hint(field, self.language), self.help)
            self.dropdown(sheet, field, row, 1, row, lists.get((table.name, field.name)))

    def many(self, table: Table, lists: dict[tuple[str, str], str]) -> None:
        sheet = self.sheet(table)
        fields = _fields(table)
        for column, field in enumerate(fields):
            title = field.title.of(self.language)
            sheet.write_string(0, column, title, self.header)
            hint = entry_hint(field, self.language)
            sheet.write_string(1, column, f"# {hint}" if column == 0 else hint, self.help)
            wide = max(14, min(30, _width(title) + 4))
            sheet.set_column(column, column, wide, self.formats.get(field.type))
            self.dropdown(sheet, field, 2, column, LAST_ROW - 1, lists.get((table.name, field.name)))
        sheet.freeze_panes(2, 1)
        sheet.set_row(1, 62)
        for row, (column, word) in enumerate(self.expected_rows(fields, table.min_rows), 2):
            sheet.write_string(row, column, word)

    def expected_rows(self, fields: tuple[Field, ...], min_rows: int) -> list[tuple[int, str]]:
        """The rows that the table must have, where it needs one for each word of an enum field."""
        for column, field in enumerate(fields):
            if field.allowed and len(field.allowed) == min_rows:
                return [(column, word.title.of(self.language)) for word in field.allowed]
        return []

    def table_status(self, tables: tuple[Table, ...]) -> None:
        """Every table, to be declared complete: the cheapest facts there are."""
        sheet = self.book.add_worksheet("table_status")
        titles = (("table", "表"), ("complete", "完整"), ("as_of", "截至日期"), ("declared_by", "声明人"))
        for column, (en, zh) in enumerate(titles):
            sheet.write_string(0, column, self.t(en, zh), self.header)
        help_texts = (
            (
                "# one row for each table; * stands for all tables in this workbook",
                "# 每张表一行；* 表示本工作簿中的所有表",
            ),
            ("yes: no row is left out, and an empty optional cell means none", "是：没有遗漏的行，可选栏为空即表示无"),
            ("the day this holds for", "该声明对应的日期"),
            ("who says so", "由谁声明"),
        )
        for column, (en, zh) in enumerate(help_texts):
            sheet.write_string(1, column, self.t(en, zh), self.help)
        for row, table in enumerate(tables, 2):
            sheet.write_string(row, 0, table.title.of(self.language), self.label)
        words = list(_YES_NO[self.language])
        sheet.data_validation(2, 1, len(tables) + 10, 1, {"validate": "list", "source": words})
        sheet.set_column(0, 0, 36)
        sheet.set_column(1, 3, 26)
        sheet.set_column(2, 2, 26, self.formats[FieldType.DATE])
        sheet.set_row(1, 48)
        sheet.freeze_panes(2, 1)

    def sheet(self, table: Table) -> Any:
        sheet = self.book.add_worksheet(table.title.of(self.language)[:SHEET_NAME_LENGTH])
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        return sheet

    # ------------------------------------------------------------ cells

    def words(self, field: Field) -> list[str]:
        """What the dropdown offers: the allowed words, and none, which says that there is nothing."""
        if field.type is FieldType.BOOL:
            return [*_YES_NO[self.language], _NONE[self.language]]
        return [*(word.title.of(self.language) for word in field.allowed), _NONE[self.language]]

    def dropdown(self, sheet: Any, field: Field, first: int, column: int, last: int, list_range: str | None) -> None:
        if field.type not in (FieldType.BOOL, FieldType.ENUM):
            return
        options = {
            "validate": "list",
            "source": list_range or self.words(field),
            "error_type": "warning",
            "error_title": self.t("Not in the list", "不在列表中"),
            "error_message": self.t("riskcheck reads only the words in the list.", "riskcheck 只识别列表中的词。"),
        }
        sheet.data_validation(first, column, last, column, options)

    def long_lists(self, tables: tuple[Table, ...]) -> dict[tuple[str, str], str]:
        """A hidden sheet with the words of the fields whose list is too long for a dropdown of its own."""
        fields = [(table, field) for table in tables for field in _fields(table) if field.type is FieldType.ENUM]
        long = [(table, field) for table, field in fields if len(",".join(self.words(field))) > _MAX_LIST]
        if not long:
            return {}
        sheet = self.book.add_worksheet("# lists")
        sheet.hide()
        ranges = {}
        for column, (table, field) in enumerate(long):
            words = self.words(field)
            for row, word in enumerate(words):
                sheet.write_string(row, column, word)
            ranges[table.name, field.name] = f"='# lists'!${chr(65 + column)}$1:${chr(65 + column)}${len(words)}"
        return ranges


def _fields(table: Table) -> tuple[Field, ...]:
    """The fields that a person fills in; derived ones are computed."""
    return tuple(field for field in table.fields if field.derived is None)


def _width(text: str) -> int:
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)


def _guide_to_profile(profile: Profile) -> tuple[str, str]:
    command = f"riskcheck check FILE.xlsx --profile {profile.option}"
    return (
        f"This workbook is made for the profile {profile.id} ({profile.title.en}); judge it with it: {command}",
        f"本工作簿按裁剪方案 {profile.id}（{profile.title.zh}）生成，请用该方案判定：{command}",
    )


_GUIDE = (
    (
        "Fill in one sheet after the other. Rows whose first cell begins with # are help and are not read.",
        "请逐表填写。首格以 # 开头的行是说明，不会被读取。",
    ),
    (
        "An empty cell means: not known. A check that needs it stays undecided. Write none where there is nothing "
        "(nobody, no date, not happened).",
        "空白表示“不清楚”，相关检查将无法判定。确实没有（无此人、无此日期、尚未发生）时请填“无”。",
    ),
    (
        "When a list has all its rows, say so in the sheet table_status: one row for the table with yes. One row "
        "with * declares all tables of the workbook. A list that is not declared complete cannot pass a check that "
        "looks at all rows, for rows may have been left out.",
        "某张表的行已填全时，请在 table_status 表中对应行填“是”；用一行 * 可声明本工作簿的所有表。"
        "未声明完整的表可能有遗漏的行，因此凡要求“全部满足”的检查都无法通过。",
    ),
    (
        "Dates: 2026-03-31, 2026/3/31 and 2026年3月31日 are read; 03/05/2026 is not, as nobody can tell the month.",
        "日期可写作 2026-03-31、2026/3/31、2026年3月31日；03/05/2026 无法分辨月和日，不予读取。",
    ),
    (
        "In the project sheet fill in at least the gate and the day the facts are as of; without them nothing can be "
        "judged. Then run: riskcheck check THIS_FILE.xlsx",
        "“项目”表中至少要填写评审关口和数据截止日期，否则无法判定。填好后运行：riskcheck check 本文件.xlsx",
    ),
)
