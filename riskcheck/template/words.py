"""The words that dropdowns offer, and those that mean that there is nothing."""

from __future__ import annotations

from typing import Final

from riskcheck.model.schema import Field, FieldType
from riskcheck.model.text import Language, Text

NONE: Final = Text("none", "无")
YES: Final = Text("yes", "是")
NO: Final = Text("no", "否")


def has_words(field: Field) -> bool:
    """Whether the field takes words from a list only."""
    return field.type in (FieldType.BOOL, FieldType.ENUM)


def words_of(field: Field, language: Language) -> tuple[str, ...]:
    """What the dropdown offers: the allowed words, and none where that is an answer."""
    allowed = (YES, NO) if field.type is FieldType.BOOL else tuple(word.title for word in field.allowed)
    return tuple(word.of(language) for word in (*allowed, *((NONE,) if field.optional else ())))
