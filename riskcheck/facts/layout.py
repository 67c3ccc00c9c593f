"""What is wrong with the layout of a file: names that mean nothing here, rows and columns that are left out.

Warnings go to the input problems, for the rest of the file can be read all the same; where the file says two things
at once it is refused with a Diagnostic.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from riskcheck.facts.names import Names
from riskcheck.facts.spelling import shorten
from riskcheck.model.factset import InputProblem
from riskcheck.model.place import Location
from riskcheck.model.schema import Field, FieldType, Table
from riskcheck.model.text import Text

MOST_LISTED = 50
"""So many unknown names in one place are reported one by one."""
_BRACKETS = "()[]【】"
_NUMBERS = (FieldType.INT, FieldType.DOUBLE, FieldType.PERCENT)
_PERCENT = Text("percent", "百分比")
Written = Sequence[tuple[str, Location]]
"""Names as written, and where they stand."""


def unknown_sheets(sheets: Written, names: Names) -> list[InputProblem]:
    """Sheets that are no tables of the schema."""
    return _each_unknown(
        "unknown-sheet",
        sheets,
        names,
        Text(
            "the sheet {written} is no table of the facts and is not read{nearest}; rename it, or leave it out by "
            "a name that begins with #",
            "工作表{written}不是资料表，未读取{nearest}；请改名，或在名称前加 # 以忽略",
        ),
    )


def unknown_tables(keys: Written, names: Names) -> list[InputProblem]:
    """Keys at the top of a YAML file that are no tables of the schema."""
    return _each_unknown(
        "unknown-table",
        keys,
        names,
        Text("{written} is no table of the facts and is not read{nearest}", "{written}不是资料表，未读取{nearest}"),
    )


def unknown_columns(columns: Written, table: Table, names: Names) -> list[InputProblem]:
    """Column headers or keys that are no fields of `table`."""
    title = table.title
    return _each_unknown(
        "unknown-column",
        columns,
        names,
        Text(
            f"{{written}} is no field of the table {_literal(title.en)} and is not read{{nearest}}",
            f"{{written}}不是“{_literal(title.zh)}”表的字段，未读取{{nearest}}",
        ),
    )


def _each_unknown(code: str, written: Written, names: Names, text: Text) -> list[InputProblem]:
    problems = []
    for name, location in written[:MOST_LISTED]:
        match = names.nearest(name)
        en = text.en.format(written=f'"{shorten(name)}"', nearest=f'; did you mean "{match}"?' if match else "")
        zh = text.zh.format(written=f"“{shorten(name)}”", nearest=f"（是否为“{match}”？）" if match else "")
        problems.append(InputProblem(code, "warning", Text(en, zh), location))
    if len(written) > MOST_LISTED:
        count, (_, location) = len(written) - MOST_LISTED, written[MOST_LISTED]
        en = f"{count} further names are not known here and are not read; the first of them stands here"
        zh = f"另有 {count} 个名称无法识别，未读取；此处为其中第一个"
        problems.append(InputProblem(code, "warning", Text(en, zh), location))
    return problems


def _literal(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def computed_column(written: str, field: Field, location: Location | None) -> InputProblem:
    """A column for a derived field."""
    return InputProblem(
        "computed-column",
        "warning",
        Text(
            f'"{shorten(written)}" is computed from the texts of its row ({field.title.en}); what is written here is '
            "not read",
            f"“{shorten(written)}”（{field.title.zh}）由本行文本自动计算，此处填写的内容未读取",
        ),
        location,
    )


def bracket_problem(written: str, note: str, field: Field, location: Location) -> InputProblem | None:
    """What a bracket at the end of a header or key has to do with the unit of its field; None if all is well.

    An error if the bracket names another unit: then no value under the header can be read.
    """
    if not note or field.type not in _NUMBERS:
        return None
    from riskcheck.facts.units import NoteUnit, unit_in_note

    match unit_in_note(note, field):
        case NoteUnit.OTHER if field.unit or field.type is FieldType.PERCENT:
            return _other_unit(written, note, field, location)
        case NoteUnit.UNCLEAR if field.unit:
            return _dropped_note(written, field, field.unit, location)
        case _:
            return None


def _other_unit(written: str, note: str, field: Field, location: Location) -> InputProblem:
    said, unit = shorten(note.strip(_BRACKETS)), field.unit or _PERCENT
    return InputProblem(
        "other-unit",
        "error",
        Text(
            f'the header "{shorten(written)}" names the unit "{said}", but {field.title.en} is needed in {unit.en}; '
            f"nothing under it is read, and it counts as missing; convert the values and write ({unit.en}) in the "
            "header",
            f"列名“{shorten(written)}”中的单位是“{said}”，而“{field.title.zh}”须以“{unit.zh}”为单位；"
            f"其下内容未读取，按缺失处理；请换算数值，并将列名中的单位改为“{unit.zh}”",
        ),
        location,
    )


def _dropped_note(written: str, field: Field, unit: Text, location: Location) -> InputProblem:
    return InputProblem(
        "header-note",
        "warning",
        Text(
            f'the values under "{shorten(written)}" are read as {field.title.en} in {unit.en}; what stands in brackets '
            "is not read",
            f"“{shorten(written)}”下的值按“{field.title.zh}”（单位：{unit.zh}）读取；括号中的内容未读取",
        ),
        location,
    )


def bracket_on_table(written: str, table: Table, location: Location) -> InputProblem:
    """A bracket at the end of a sheet's name, or of a table's key: `Tasks (old)`."""
    return InputProblem(
        "table-note",
        "warning",
        Text(
            f'"{shorten(written)}" is read as the table {table.title.en}; what stands in brackets is not read; if it '
            "is not meant, begin its name with #",
            f"“{shorten(written)}”按“{table.title.zh}”表读取；括号中的内容未读取；如不应读取，请在名称前加 #",
        ),
        location,
    )


def hidden_sheet(written: str, table: Table, location: Location) -> InputProblem:
    """A hidden sheet that bears the name of a table."""
    return InputProblem(
        "hidden-sheet",
        "warning",
        Text(
            f'the hidden sheet "{shorten(written)}" bears the name of the table {table.title.en} and is not read, so '
            "the table stays open; unhide it to have it read, name it in a mapping, or begin its name with # to leave "
            "it out",
            f"隐藏的工作表“{shorten(written)}”与“{table.title.zh}”表同名，未读取，该表按未填全处理；"
            "如应读取请取消隐藏或在映射中写明，否则请在名称前加 # 以忽略",
        ),
        location,
    )


def hidden_twin(written: str, read: str, table: Table, location: Location) -> InputProblem:
    """A hidden sheet for a table that a visible one is read for."""
    return InputProblem(
        "hidden-twin",
        "warning",
        Text(
            f'the hidden sheet "{shorten(written)}" is not read, as "{shorten(read)}" is for the table '
            f"{table.title.en}, too, and visible; delete what is not meant, or begin its name with #",
            f"隐藏的工作表“{shorten(written)}”未读取：可见的“{shorten(read)}”也对应“{table.title.zh}”表；"
            "请删除多余的工作表，或在其名称前加 #",
        ),
        location,
    )


def column_without_header(table: Table, location: Location) -> InputProblem:
    """Cells beside a table, in columns without a header."""
    return InputProblem(
        "column-without-header",
        "warning",
        Text(
            f"cells in columns without a header are not read in the table {table.title.en}; the first of them stands "
            "here; give its column a header, or move it to another sheet",
            f"“{table.title.zh}”表中没有列名的列未读取；此处为其中第一个单元格；请补上列名，或移到其他工作表",
        ),
        location,
    )


def comment_rows(count: int, location: Location) -> InputProblem:
    """Rows that begin with # and are therefore not read."""
    return InputProblem(
        "comment-row",
        "warning",
        Text(
            f"rows that begin with # are comments and are not read (rows here: {count}); the first of them stands here",
            f"以 # 开头的行是说明，不读取（共 {count} 行）；此处为其中第一行",
        ),
        location,
    )


def empty_sheet(table: Table, location: Location) -> InputProblem:
    """A sheet or key of a table with nothing at all in it."""
    return InputProblem(
        "empty-table",
        "warning",
        Text(
            f"nothing is written for the table {table.title.en}, not even its column names; it counts as absent",
            f"“{table.title.zh}”表没有任何内容（连列名也没有），按未提供处理",
        ),
        location,
    )


def second_row(table: Table, count: int, location: Location | None) -> InputProblem:
    """More than one row in a one-row table."""
    return InputProblem(
        "second-row",
        "error",
        Text(
            f"the table {table.title.en} has one row, but {count} are written; which one is meant is not known, so all "
            "its fields count as missing; keep one",
            f"“{table.title.zh}”表只能有一行，现有 {count} 行，无法确定以哪行为准，全部字段按缺失处理；请只保留一行",
        ),
        location,
    )


def mapping_hint(file: str) -> Text:
    """That a mapping can tell how a workbook is read, and how to begin with one."""
    from shlex import quote

    command = f"riskcheck map {quote(file)} -o mapping.yaml"
    return Text(
        f"or tell in a mapping how it is read: {command} proposes one, for check --mapping",
        f"也可用映射文件说明读法：{command} 可生成映射，供 check --mapping 使用",
    )


def no_known_names(
    found: Sequence[str], names: Names, expected: Sequence[Text], not_meant: Set[str] = frozenset()
) -> tuple[Text, ...]:
    """The hints where no name was understood: what was found, what is meant by it perhaps, what is expected.

    Of the names in `not_meant` it is known that they are no misspelt ones.
    """
    shown, more = [shorten(each, 40) for each in found[:20]], ["…"] if len(found) > 20 else []
    guesses = (
        Text(f'"{shorten(each, 40)}": did you mean "{match}"?', f"“{shorten(each, 40)}”：是否为“{match}”？")
        for each in found[:20]
        if each not in not_meant and (match := names.nearest(each))
    )
    return (
        Text(
            "found: " + (", ".join([*(f'"{each}"' for each in shown), *more]) or "nothing"),
            "现有：" + ("、".join([*(f"“{each}”" for each in shown), *more]) or "无"),
        ),
        *guesses,
        Text(
            "expected: " + ", ".join(each.en for each in expected), "应为：" + "、".join(each.zh for each in expected)
        ),
    )
