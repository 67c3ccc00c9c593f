"""Where fields have their values from, as a mapping says it: a header, a letter, a cell, or one value for all rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from riskcheck.errors import guess
from riskcheck.facts.names import Names
from riskcheck.frozen import frozen
from riskcheck.mapping.cellreadings import KEYS, cell_reading, check_value
from riskcheck.mapping.keys import Keys, row_number_of, text_of
from riskcheck.mapping.problems import MappingProblems, kind_of
from riskcheck.model.mapping import ColumnRef, FieldSource
from riskcheck.model.place import column_number_of
from riskcheck.model.schema import Field, Table
from riskcheck.model.text import Text
from riskcheck.yamltree import YamlMapping, YamlNode, YamlScalar, shorten

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


@frozen
class Shape:
    """How a table is drawn, which decides how its columns may be named."""

    one_row: bool = False
    transposed: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that name a column."""
        if self.one_row:
            return ("header", "cell")
        return ("header", "row") if self.transposed else ("header", "column")


def field_sources(keys: Keys, table: Table, names: Names, shape: Shape) -> Iterator[FieldSource]:
    """The entries of `fields`, each for another field."""
    lines: dict[str, int] = {}
    for key, node in keys.entries("fields"):
        field = known_field(keys.problems, key, table, names)
        if field is None:
            continue
        if field.name in lines:
            message = Text(
                f"the field {field.name} stands here again (first in line {lines[field.name]})",
                f"字段“{field.title.zh}”在此重复出现（首次在第 {lines[field.name]} 行）",
            )
            keys.problems.at(key, "stands-twice", message, Text("keep one of the two", "请只保留一个"))
            continue
        lines[field.name] = key.line
        source = _source(keys.problems, key, node, field, shape)
        if source is not None:
            yield source


def known_field(problems: MappingProblems, node: YamlScalar, table: Table, names: Names) -> Field | None:
    """The field that a text names; None, and a problem, if it names none that is read."""
    match = names.match(node.text)
    field = table.by_name[match.name] if match is not None and not match.note else None
    if field is not None and field.derived is None:
        return field
    shown = shorten(node.text)
    if field is not None:
        message = Text(
            f'"{shown}" is computed from other fields and cannot be mapped', f"“{shown}”由其他字段计算得出，不能映射"
        )
        problems.at(node, "computed-field", message)
        return None
    meant = guess(names.nearest(node.text))
    message = Text(
        f'"{shown}" is no field of the table {table.name}{meant.en}',
        f"“{shown}”不是“{table.title.zh}”表的字段{meant.zh}",
    )
    fields = [each for each in table.fields if each.derived is None]
    hint = Text(
        "fields: " + ", ".join(f"{each.name} ({each.title.en})" for each in fields),
        "字段：" + "、".join(f"{each.name}（{each.title.zh}）" for each in fields),
    )
    problems.at(node, "unknown-field", message, hint)
    return None


def _source(
    problems: MappingProblems, key: YamlScalar, node: YamlNode, field: Field, shape: Shape
) -> FieldSource | None:
    place, what = problems.place(key), Text(f"the field {field.name}", f"字段“{field.title.zh}”")
    if isinstance(node, YamlScalar):
        text = text_of(problems, node, what)
        return None if text is None else FieldSource(field.name, place, ColumnRef(problems.place(node), header=text))
    keys = Keys(problems, node, what, (*shape.keys, "value", *KEYS))
    if not isinstance(node, YamlMapping):
        return None
    named = [each for each in (*shape.keys, "value") if each in keys.values]
    if len(named) > 1:
        both = " and ".join(named), "和".join(named)
        message = Text(f"{both[0]} exclude each other: name one", f"{both[1]}只能写一个")
        keys.report(named[1], "excluding-keys", message)
        return None
    if "value" in keys.values:
        return _constant(keys, field)
    return FieldSource(field.name, place, column_ref(keys) if named else None, None, cell_reading(keys, field))


def _constant(keys: Keys, field: Field) -> FieldSource | None:
    for each in KEYS:
        if each in keys.values:
            message = Text(f'"{each}" is for columns, not for one value', f"“{each}”用于列，不用于固定值")
            keys.report(each, "excluding-keys", message)
    text = keys.text("value")
    if text is None:
        return None
    check_value(keys.problems, keys.values["value"], text, field)
    return FieldSource(field.name, keys.problems.place(keys.values["value"]), None, text)


def column_ref(keys: Keys) -> ColumnRef | None:
    """The column that one of the keys `header`, `column`, `row`, `cell` names."""
    for key in ("header", "column", "row", "cell"):
        text = keys.text(key) if key in keys.values else None
        if text is None:
            continue
        place = keys.problems.place(keys.values[key])
        if key == "header":
            return ColumnRef(place, header=text)
        if key == "cell":
            return _cell(keys, text)
        line = column_number_of(text) if key == "column" else row_number_of(text)
        if line is not None:
            return ColumnRef(place, line=line)
        what = Text("the letters of a column, such as C", "列标，如 C")
        if key == "row":
            what = Text("the number of a row, such as 3", "行号，如 3")
        message = Text(
            f'"{key}" holds {what.en}, not "{shorten(text)}"', f"“{key}”应为{what.zh}，而不是“{shorten(text)}”"
        )
        keys.report(key, "wrong-type", message)
    return None


def _cell(keys: Keys, text: str) -> ColumnRef | None:
    match = _CELL.fullmatch(text)
    row = row_number_of(match[2]) if match else None
    column = column_number_of(match[1]) if match else None
    if row is None or column is None:
        message = Text(
            f'"cell" is a cell such as C5, not "{shorten(text)}"', f"“cell”应为单元格，如 C5，而不是“{shorten(text)}”"
        )
        keys.report("cell", "wrong-type", message)
        return None
    return ColumnRef(keys.problems.place(keys.values["cell"]), cell=(row, column))


def column_refs(keys: Keys, key: str, shape: Shape) -> Iterator[ColumnRef]:
    """The columns in a list: headers, or mappings such as `{column: Q}`."""
    for node in keys.items(key):
        if isinstance(node, YamlMapping):
            one = Keys(keys.problems, node, Text(f'an entry of "{key}"', f"“{key}”的一项"), shape.keys)
            found = column_ref(one)
        elif isinstance(node, YamlScalar):
            text = text_of(keys.problems, node, Text(f'an entry of "{key}"', f"“{key}”的一项"))
            found = None if text is None else ColumnRef(keys.problems.place(node), header=text)
        else:
            kind = kind_of(node)
            message = Text(f"a column is a header, not {kind.en}", f"列应为列名，而不是{kind.zh}")
            keys.problems.at(node, "wrong-type", message)
            continue
        if found is not None:
            yield found
