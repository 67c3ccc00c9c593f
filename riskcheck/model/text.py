"""Text for people, in the two languages of the product."""

from __future__ import annotations

from riskcheck.frozen import frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, TypeAlias

Language: TypeAlias = 'Literal["en", "zh"]'
LANGUAGES: tuple[Language, ...] = ("en", "zh")


@frozen
class Text:
    """One text in English and Chinese; both are always there."""

    en: str
    zh: str

    def of(self, language: Language) -> str:
        """The text in `language`."""
        return self.zh if language == "zh" else self.en


def counted(number: int, singular: str, plural: str = "") -> str:
    """A count in English: "1 row", "2 rows"; `plural` where an s is not enough. Thousands are set apart."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
