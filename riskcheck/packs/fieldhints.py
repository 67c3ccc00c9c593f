"""What is to be entered for a field, in a few words: in the template, and in the rule reference."""

from __future__ import annotations

from typing import Final

from riskcheck.model.schema import Field, FieldType
from riskcheck.model.text import Language, Text

_TYPES: Final = {
    FieldType.STRING: Text("text", "文本"),
    FieldType.LIST: Text("several, separated by commas", "可填多个，用顿号或逗号分隔"),
    FieldType.ENUM: Text("choose", "请选择"),
    FieldType.INT: Text("whole number", "整数"),
    FieldType.DOUBLE: Text("number", "数字"),
    FieldType.PERCENT: Text("number of percent, 85 for 85 %", "百分数，85 表示 85%"),
    FieldType.DATE: Text("date, 2026-03-31", "日期，如 2026-03-31"),
    FieldType.DATETIME: Text("date and time", "日期和时间"),
    FieldType.BOOL: Text("yes or no", "是或否"),
}
_UNIT: Final = Text("in {unit}", "单位：{unit}")
_NONE: Final = Text("none if there is none", "没有则填“无”")


def entry_hint(field: Field, language: Language) -> str:
    """The note of a field, how its type is written, its unit, and whether nothing is an answer."""
    parts = [field.note.of(language) if field.note else "", _TYPES[field.type].of(language)]
    if field.unit:
        parts.append(_UNIT.of(language).format(unit=field.unit.of(language)))
    if field.optional:
        parts.append(_NONE.of(language))
    return ("；" if language == "zh" else "; ").join(part for part in parts if part)
