"""What goes wrong, as the person who must mend it reads it.

A `Diagnostic` is product text: where, what was found, what is allowed, how to mend it. What those who fill in facts
meet is in both languages; what only authors of rules meet is in English. A `RiskcheckError` ends the run with the exit
code of its class and carries one diagnostic or many.
"""

from __future__ import annotations

from collections.abc import Iterable

from riskcheck.frozen import frozen
from riskcheck.model.place import Location
from riskcheck.model.text import Language, Text

Message = Text | str
"""A text of a diagnostic: in both languages, or in English alone."""


@frozen
class Diagnostic:
    """One problem. `message` is one sentence without the place; `hints` are further lines (allowed set, cure).

    `excerpt` is the source line with `caret` = (start, width) in it, in code points, where there is one.
    """

    code: str
    message: Message
    location: Location | None = None
    hints: tuple[Message, ...] = ()
    excerpt: str | None = None
    caret: tuple[int, int] | None = None

    def render(self, language: Language = "en") -> str:
        """The problem as text: place and message, the hints indented, then the line with a caret under it."""
        place = f"{self.location}: " if self.location else ""
        lines = [f"{place}{worded(self.message, language)}", *(f"  {worded(hint, language)}" for hint in self.hints)]
        if self.excerpt is not None:
            number = str(self.location.line) if self.location and self.location.line else ""
            lines.append(f"  {number:>4} | {self.excerpt}")
            if self.caret is not None:
                start, width = self.caret
                marks = "^" * len(_padding(self.excerpt[start : start + width]))
                lines.append(f"  {'':>4} | {_padding(self.excerpt[:start])}{marks or '^'}")
        return "\n".join(lines)


def worded(message: Message, language: Language = "en") -> str:
    """`message` in `language`, or in English if it is in no other."""
    return message if isinstance(message, str) else message.of(language)


def _padding(text: str) -> str:
    """Blanks as wide as `text` on a terminal: tabs stay, a wide character takes two columns."""
    from unicodedata import east_asian_width

    return "".join("\t" if c == "\t" else "  " if east_asian_width(c) in "WF" else " " for c in text)


class RiskcheckError(Exception):
    """The base of all errors that riskcheck raises on purpose; `exit_code` is what the command line ends with."""

    exit_code = 5

    def __init__(self, diagnostics: Diagnostic | Iterable[Diagnostic]) -> None:
        self.diagnostics: tuple[Diagnostic, ...] = (
            (diagnostics,) if isinstance(diagnostics, Diagnostic) else tuple(diagnostics)
        )
        super().__init__("\n".join(each.render() for each in self.diagnostics))


class UsageError(RiskcheckError):
    """The command line or the configuration asks for something that cannot be done."""

    exit_code = 2


class PackError(RiskcheckError):
    """A rule pack is not valid; carries all its problems at once."""

    exit_code = 2


class ProfileError(RiskcheckError):
    """A profile is not valid, or not for this pack; carries all its problems at once."""

    exit_code = 2


class MappingError(RiskcheckError):
    """A mapping file is not valid; carries all its problems at once."""

    exit_code = 2


class ConditionError(PackError):
    """A condition cannot be parsed or typed; carries all its problems at once."""


class FactsError(RiskcheckError):
    """The facts cannot be read at all."""

    exit_code = 3


class EvaluationError(RiskcheckError):
    """An expression has no value (zero divisor, overflow …), given to users of `riskcheck.evaluate`."""

    exit_code = 2


def nearest(word: str, allowed: Iterable[str]) -> str | None:
    """The allowed word most like `word`, or None if none is near. Never one that says yes where `word` says no."""
    from difflib import get_close_matches

    denials = _denials(word)
    by_folded = {each.casefold(): each for each in allowed if _denials(each) == denials}
    cutoff = 0.6 if word.isascii() else 0.5  # one of two Chinese characters
    matches = get_close_matches(word.casefold(), by_folded, n=1, cutoff=cutoff)
    return by_folded[matches[0]] if matches else None


def _denials(word: str) -> frozenset[str]:
    """The characters of a Chinese word that turn or weaken its meaning: 未提交 is not 提交, 基本完成 is not 完成."""
    return frozenset(char for char in word if char in "未不无没非否" or (char == "基" and "基本" in word))


def did_you_mean(word: str, allowed: Iterable[str]) -> str:
    """`; did you mean "rating"?` for the nearest allowed word, else nothing."""
    return guess(nearest(word, tuple(allowed))).en


def guess(match: str | None) -> Text:
    """The end of a message that asks whether `match` is meant; nothing if there is no match."""
    return Text(f'; did you mean "{match}"?', f"；是否为“{match}”？") if match else Text("", "")
