"""An example of each field, made from the schema alone: the same for the same schema, and readable as a fact.

Ids are made of the first letters of their table, and a field that has the name of another table's id shows that id.
Dates follow each other in the order of the fields, a week apart, and the day of the facts comes last; what need not
have happened yet says none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from riskcheck.model.number import SCALE, grid_text
from riskcheck.model.schema import Field, FieldType, Table
from riskcheck.model.text import Language, Text
from riskcheck.packs.rulepack import Check
from riskcheck.template.fieldnames import holds_id, last_word, names_person, row_id
from riskcheck.template.words import NONE, YES

MARK = Text("# e.g. ", "# 示例 ")
"""What an example row begins with, so that it is not read."""
_FIRST_DAY = date(2026, 3, 2)
_STEP = timedelta(days=7)
_DATES = (FieldType.DATE, FieldType.DATETIME)
_PEOPLE = (Text("Li Wei", "李伟"), Text("Wang Fang", "王芳"), Text("Zhang Min", "张敏"))
_TEXTS = {
    "role": Text("Project manager", "项目经理"),
    "version": Text("1.0", "1.0"),
    "unit": Text("%", "%"),
    "metric": Text("Availability", "可用率"),
    "method": Text("monthly count from the log", "按月从日志统计"),
    "window": Text("monthly", "每月"),
    "hours": Text("7 x 24", "7×24小时"),
}
"""By the last word of a field's name."""
_AMOUNTS = {"CNY": 50_000, "hours": 8, "working days": 5}
"""Plausible numbers by unit."""
_PERCENT, _NUMBER = 85, 3
_SHA256 = "0123456789abcdef" * 4
_OTHER = Text("Example: {title}", "{title}示例")


class Examples:
    """The examples of some tables in one language; `checks` give the id that a field `check_id` shows."""

    def __init__(self, tables: Sequence[Table], checks: Sequence[Check], language: Language) -> None:
        self._language = language
        self._named = {
            "check_id": checks[0].id if checks else "A-1.a",
            "fact": next((each.title.of(language) for each in tables if not each.one_row), "-"),
            "sha256": _SHA256,
        }
        ids = ((row_id(table), table.name) for table in reversed(tables))
        self._ids = {field.name: _id(table) for field, table in ids if field is not None}

    def of(self, table: Table) -> tuple[str, ...]:
        """An example of each field, as people write it."""
        return tuple(self._example(table, number) for number in range(len(table.fields)))

    def _example(self, table: Table, number: int) -> str:
        field, before = table.fields[number], table.fields[:number]
        match field.type:
            case FieldType.BOOL:
                return YES.of(self._language)
            case FieldType.ENUM:
                return field.allowed[0].title.of(self._language)
            case FieldType.INT | FieldType.DOUBLE | FieldType.PERCENT:
                return _number(field)
            case FieldType.DATE | FieldType.DATETIME:
                passed = table.fields if field.name == "as_of" else before
                return NONE.of(self._language) if _may_be_to_come(field) else _day(field, passed)
            case FieldType.LIST:
                first = 2 + 2 * sum(each.type is FieldType.LIST for each in before)
                return Text(", ", "、").of(self._language).join(_id(table.name, each) for each in (first, first + 1))
            case FieldType.STRING:
                return self._text(table, field, before)

    def _text(self, table: Table, field: Field, before: tuple[Field, ...]) -> str:
        if field.name in self._named:
            return self._named[field.name]
        if names_person(field):
            return _PEOPLE[sum(map(names_person, before)) % len(_PEOPLE)].of(self._language)
        if field.name in self._ids:
            return self._ids[field.name]
        if holds_id(field):
            stem = field.name.rpartition("_")[0]
            return _id(table.name if stem in ("", "parent") else stem)
        known = _TEXTS.get(last_word(field))
        return known.of(self._language) if known else _OTHER.of(self._language).format(title=self._title(field))

    def _title(self, field: Field) -> str:
        return field.title.of(self._language)


def _id(name: str, number: int = 1) -> str:
    """`T-01` for tasks, `SI-01` for sla_items."""
    return "".join(word[0] for word in name.split("_") if word).upper() + f"-{number:02d}"


def _may_be_to_come(field: Field) -> bool:
    """Whether the date of something that need not have happened, as with the first word of a status."""
    return field.event or (field.optional and "actual" in field.name.split("_"))


def _day(field: Field, passed: tuple[Field, ...]) -> str:
    day = _FIRST_DAY + _STEP * sum(each.type in _DATES for each in passed)
    return f"{day} 09:00" if field.type is FieldType.DATETIME else day.isoformat()


def _number(field: Field) -> str:
    """A plausible number within the bounds of the field."""
    plausible = _AMOUNTS.get(
        field.unit.en if field.unit else "", _PERCENT if field.type is FieldType.PERCENT else _NUMBER
    )
    value = plausible * SCALE if field.type.on_grid else plausible
    if field.maximum is not None:
        value = min(value, field.maximum)
    if field.minimum is not None:
        value = max(value, field.minimum)
    return grid_text(value) if field.type.on_grid else str(value)
