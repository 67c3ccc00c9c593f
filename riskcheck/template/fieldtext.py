"""What a template says about a field: what to enter, which gate needs it, what a blank means, and why it is asked."""

from __future__ import annotations

from riskcheck.frozen import frozen
from riskcheck.model.number import grid_text
from riskcheck.model.schema import Field
from riskcheck.model.text import Language, Text
from riskcheck.packs.fieldhints import entry_hint
from riskcheck.packs.fieldneeds import Checks

MAX_PROMPT = 255
"""Excel takes at most this many characters in an input message."""
_SEPARATOR = Text("; ", "；")
_STOP = Text(". ", "。")
_REQUIRED, _BLANK_IS_NONE, _BLANK_IS_NOT_YET = (
    Text("needed", "必填"),
    Text("blank = none", "空=无"),
    Text("blank = not yet", "空=未发生"),
)
_FOR_REPORT, _NOT_JUDGED = Text("for the report", "用于报告"), Text("not judged", "不参与检查")
_FROM_TO, _FROM, _TO = (
    Text("{low} to {high}", "{low} 至 {high}"),
    Text("at least {low}", "不小于 {low}"),
    Text("at most {high}", "不大于 {high}"),
)
_WHY = Text("Asked for by: ", "用于检查：")
_MORE = Text(" and {count} more", " 等 {count} 项")


@frozen
class FieldText:
    """The texts about one field, in one language.

    `gate` is the first that needs it, None if no check reads it; then it may still be for the report.
    """

    field: Field
    gate: str | None
    for_report: bool
    checks: Checks
    language: Language

    @property
    def mark(self) -> str:
        """`G1: needed`, `G2: blank = none`, or that no check reads it."""
        if self.gate is None:
            return (_FOR_REPORT if self.for_report else _NOT_JUDGED).of(self.language)
        return self.gate + Text(": ", " ").of(self.language) + self.blank

    @property
    def is_required(self) -> bool:
        """Whether some gate needs it and nothing in the cell is no answer."""
        return self.gate is not None and not self.field.optional

    @property
    def blank(self) -> str:
        """What nothing in the cell means once the table is declared complete."""
        return _blank(self.field).of(self.language)

    @property
    def hint(self) -> str:
        """What to enter, in a few words, with the bounds of a number."""
        bounds = self.bounds
        return entry_hint(self.field, self.language) + (_SEPARATOR.of(self.language) + bounds if bounds else "")

    @property
    def bounds(self) -> str:
        """`1 to 5`, `at least 0`, or nothing."""
        low, high = (_bound(self.field, each) for each in (self.field.minimum, self.field.maximum))
        text = _FROM_TO if low and high else _FROM if low else _TO if high else None
        return text.of(self.language).format(low=low, high=high) if text else ""

    @property
    def prompt(self) -> str:
        """What Excel shows beside the cell: the hint, the gate, and as many of the checks as there is room for."""
        stop = _STOP.of(self.language)
        text = (self.hint + stop + self.mark).removesuffix(".")
        if len(text) > MAX_PROMPT:
            return text[: MAX_PROMPT - 1] + "…"
        return self._with_checks(text + stop + _WHY.of(self.language), MAX_PROMPT) or text

    def _with_checks(self, before: str, most: int) -> str | None:
        """`before` with the titles of the checks, cut to whole titles; None if not one of them has room."""
        titles, between = [each.title.of(self.language) for each in self.checks], _SEPARATOR.of(self.language)
        for count in range(len(titles), 0, -1):
            more = "" if count == len(titles) else self._more(len(titles), len(titles) - count)
            text = before + between.join(titles[:count]) + more
            if len(text) <= most:
                return text
        return None

    def _more(self, total: int, left: int) -> str:
        return _MORE.of(self.language).format(count=total if self.language == "zh" else left)


def _blank(field: Field) -> Text:
    if not field.optional:
        return _REQUIRED
    return _BLANK_IS_NOT_YET if field.event else _BLANK_IS_NONE


def _bound(field: Field, value: int | None) -> str | None:
    if value is None:
        return None
    return grid_text(value) if field.type.on_grid else str(value)
