"""What the reports for people at a terminal share: the language, colour, and lines that fit the width."""

from __future__ import annotations

from collections.abc import Iterator

from riskcheck.model.text import Text
from riskcheck.reports import Style
from riskcheck.reports.display import clean, wrap

_BOLD = "1"


class TerminalPen:
    """Writes in the language of `style`, for its width, in ANSI colours if it has any."""

    def __init__(self, style: Style) -> None:
        self.style = style

    def say(self, text: Text) -> str:
        """The text in the report's language, safe to print."""
        return clean(text.of(self.style.language))

    def t(self, en: str, zh: str) -> str:
        """The one of two texts that is in the report's language."""
        return zh if self.style.language == "zh" else en

    def colored(self, text: str, code: str | None) -> str:
        """The text in the colour of an ANSI code, if there is one and colours are wanted."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.style.color and code else text

    def bold(self, text: str) -> str:
        return self.colored(text, _BOLD)

    def indented(self, text: str, indent: int, hang: int = 0) -> Iterator[str]:
        """The text in lines at `indent`, all but the first `hang` further to the right."""
        first, *rest = wrap(text, self.style.width - indent - hang)
        yield " " * indent + first
        for line in rest:
            yield " " * (indent + hang) + line
