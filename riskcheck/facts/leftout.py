"""What of a sheet is not read, though something stands there: where, and why.

Each is one range and one line. What is harmless (a title, a legend, a row of totals) is a note; where something may
have been meant that was not read it is a warning or an error.
"""

from __future__ import annotations

from collections.abc import Sequence

from riskcheck.facts.sheet import Area
from riskcheck.facts.spelling import shorten
from riskcheck.frozen import frozen
from riskcheck.model.factset import InputProblem
from riskcheck.model.place import Location, area_name, cell_name
from riskcheck.model.schema import Table
from riskcheck.model.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal


@frozen
class LeftOut:
    """A range of cells that is not read. `count` is how many rows or columns it has that hold something."""

    code: str
    severity: Literal["error", "warning", "note"]
    text: Text
    area: Area

    def problem(self, file: str, sheet: str) -> InputProblem:
        """The same as an input problem, at the range's first cell."""
        return InputProblem(self.code, self.severity, self.text, Location(file, sheet, cell_name(*self.area[:2])))


def above_header(table: Table, area: Area) -> LeftOut:
    """Titles and legends above the header."""
    name = area_name(area)
    return LeftOut(
        "above-header",
        "note",
        Text(
            f"{name} stands above the header of the table {table.title.en} and is not read",
            f"{name} 位于“{table.title.zh}”表的列名行上方，未读取",
        ),
        area,
    )


def beside_table(table: Table, area: Area) -> LeftOut:
    """A list beside the table, beyond a blank column, that names none of its fields."""
    name = area_name(area)
    return LeftOut(
        "beside-table",
        "note",
        Text(
            f"{name} stands beside the table {table.title.en}, beyond a blank column, and is not read",
            f"{name} 与“{table.title.zh}”表隔着空列，未读取",
        ),
        area,
    )


def other_list_beside(table: Table, area: Area, named: Text) -> LeftOut:
    """A list beyond a blank column that names fields, but is no part of the table."""
    name = area_name(area)
    return LeftOut(
        "beside-table",
        "warning",
        Text(
            f"{name} stands beside the table {table.title.en}, beyond a blank column; it has a header for {named.en}, "
            "but is taken for another list and not read; if it belongs to the table, delete the blank column",
            f"{name} 与“{table.title.zh}”表隔着空列；虽有列名“{named.zh}”，但按另一份清单处理，未读取；"
            "如属于该表，请删除空列",
        ),
        area,
    )


def column_without_header(table: Table, area: Area) -> LeftOut:
    """Cells beside or within a table, in columns without a header."""
    name = area_name(area)
    return LeftOut(
        "column-without-header",
        "warning",
        Text(
            f"{name} has no header in the table {table.title.en} and is not read; give its column a header, or move it "
            "to another sheet",
            f"“{table.title.zh}”表中 {name} 没有列名，未读取；请补上列名，或移到其他工作表",
        ),
        area,
    )


def comment_rows(count: int, area: Area) -> LeftOut:
    """Rows that begin with # and are therefore not read; `area` begins with the first of them."""
    return LeftOut(
        "comment-row",
        "warning",
        Text(
            f"rows that begin with # are comments and are not read (rows here: {count}); the first of them stands here",
            f"以 # 开头的行是说明，不读取（共 {count} 行）；此处为其中第一行",
        ),
        area,
    )


def totals_row(table: Table, written: str, area: Area) -> LeftOut:
    """A row of totals."""
    word = shorten(written)
    return LeftOut(
        "totals-row",
        "note",
        Text(
            f'row {area[0] + 1} begins with "{word}" and is no row of the table {table.title.en}; it is not read',
            f"第 {area[0] + 1} 行以“{word}”开头，是汇总行，不作为“{table.title.zh}”表的行读取",
        ),
        area,
    )


def section_row(table: Table, written: str, area: Area) -> LeftOut:
    """A heading that is merged across the columns of the table."""
    word = shorten(written)
    return LeftOut(
        "section-row",
        "note",
        Text(
            f'"{word}" is merged across columns of the table {table.title.en}; it is taken for a heading and not read',
            f"“{word}”横跨“{table.title.zh}”表多列合并，按小标题处理，未读取",
        ),
        area,
    )


def repeated_header(table: Table, area: Area) -> LeftOut:
    """The header written again among the rows."""
    return LeftOut(
        "repeated-header",
        "note",
        Text(
            f"row {area[0] + 1} repeats the header of the table {table.title.en} and is no row of it",
            f"第 {area[0] + 1} 行重复了“{table.title.zh}”表的列名，不作为数据行读取",
        ),
        area,
    )


def numbered_rows(table: Table, area: Area) -> LeftOut:
    """Rows at the end in which only the running number is filled in."""
    first, last = area[0] + 1, area[2] + 1
    rows = Text(f"row {first} holds", f"第 {first} 行")
    if first != last:
        rows = Text(f"rows {first} to {last} hold", f"第 {first} 至 {last} 行")
    return LeftOut(
        "numbered-rows",
        "note",
        Text(
            f"{rows.en} nothing but a running number and are no rows of the table {table.title.en}"
            if first != last
            else f"{rows.en} nothing but a running number and is no row of the table {table.title.en}",
            f"{rows.zh}只填了序号，不作为“{table.title.zh}”表的行读取",
        ),
        area,
    )


def preset_rows(table: Table, written: Sequence[str], area: Area) -> LeftOut:
    """Rows at the end in which nothing stands but the same words in all of them, which the form had set in advance."""
    name, words = area_name(area), ", ".join(map(shorten, written))
    return LeftOut(
        "preset-rows",
        "warning",
        Text(
            f'the rows {name} hold nothing but "{words}" in each; they are taken for unused rows of the form and are '
            f"no rows of the table {table.title.en}; fill them in if they are meant",
            f"{name} 各行除预填的“{words}”外没有任何内容，按表单中未使用的行处理，不作为“{table.title.zh}”表的行读取；"
            "如需计入，请填写完整",
        ),
        area,
    )


def notes_below(table: Table, area: Area) -> LeftOut:
    """Notes, legends and signatures below the table."""
    name = area_name(area)
    return LeftOut(
        "notes-below",
        "note",
        Text(
            f"{name} holds notes below the table {table.title.en} and is not read",
            f"{name} 是“{table.title.zh}”表下方的说明，未读取",
        ),
        area,
    )


def list_below(table: Table, field: Text, area: Area) -> LeftOut:
    """A list of the words of a field, below the table."""
    name = area_name(area)
    return LeftOut(
        "list-below",
        "note",
        Text(
            f"{name} lists the words for {field.en} below the table {table.title.en} and is not read",
            f"{name} 是“{table.title.zh}”表下方的“{field.zh}”取值清单，未读取",
        ),
        area,
    )


def other_table(table: Table, header: int, area: Area) -> LeftOut:
    """Rows on the same sheet under a header of their own."""
    name = area_name(area)
    return LeftOut(
        "other-table",
        "error",
        Text(
            f"row {header + 1} looks like the header of another table; {name} is not read, and the table "
            f"{table.title.en} stays open, since rows of it may stand there; move them into the table, or to a sheet "
            "of their own, or begin each row with #",
            f"第 {header + 1} 行像是另一张表的列名行；{name} 未读取；其中可能有“{table.title.zh}”表的行，"
            "故该表按未填全处理；请并入该表，或移到单独的工作表，或在各行开头加 #",
        ),
        area,
    )


def doubtful_rows(table: Table, area: Area) -> LeftOut:
    """Rows below a blank row that do not look like those above."""
    name = area_name(area)
    return LeftOut(
        "doubtful-rows",
        "error",
        Text(
            f"{name} stands below a blank row and does not look like the rows of the table {table.title.en} above it; "
            "it is not read, and the table stays open; delete the blank row if these are rows, or begin each with # "
            "if they are not",
            f"{name} 与上方各行隔着空行，不像“{table.title.zh}”表的行；未读取，且该表按未填全处理；"
            "如属于该表，请删除空行；如不属于，请在各行开头加 #",
        ),
        area,
    )


def beside_keys(table: Table, area: Area) -> LeftOut:
    """A block on a key sheet without any name of a field."""
    name = area_name(area)
    return LeftOut(
        "beside-keys",
        "note",
        Text(
            f"{name} holds no names of fields of the table {table.title.en} and is not read",
            f"{name} 没有“{table.title.zh}”表的字段名，未读取",
        ),
        area,
    )


def cell_without_name(table: Table, area: Area, count: int) -> LeftOut:
    """`count` cells of a key sheet that are neither names nor values."""
    name = area_name(area)
    return LeftOut(
        "cell-without-name",
        "warning",
        Text(
            f"cells that are neither the name nor the value of a field are not read in the table {table.title.en}: "
            f"{name} (cells: {count})",
            f"“{table.title.zh}”表中既不是字段名也不是字段值的单元格未读取：{name}（共 {count} 个）",
        ),
        area,
    )
