"""A check in plain sentences: what it judges, when it passes and when it warns."""

from __future__ import annotations

from riskcheck.expr import typed, walk
from riskcheck.frozen import frozen
from riskcheck.model.schema import Schema
from riskcheck.model.text import Language, Text
from riskcheck.packs.rulepack import Check
from riskcheck.sentences.claims import Claim, Scoped
from riskcheck.sentences.phrases import ROWS, VALUES
from riskcheck.sentences.sentence import Sentence, sentence
from riskcheck.sentences.values import on_grid
from riskcheck.sentences.writer import Writer

_NO_ROWS = {
    (False, False): Text("Where there are none, the check does not apply.", "没有此类记录时，本检查不适用。"),
    (True, False): Text("Where there are none, the check fails.", "没有此类记录时，本检查不通过。"),
    (False, True): Text("Where there is none of {rows}, the check does not apply.", "没有{rows}时，本检查不适用。"),
    (True, True): Text("Where there is none of {rows}, the check fails.", "没有{rows}时，本检查不通过。"),
}
"""What comes of having no rows to judge: by whether the check is must-meet, and whether they are yet to be named."""


@frozen
class CheckSentences:
    """The conditions of a check as sentences, each a whole one; None for those that the check does not have."""

    applies_when: Sentence | None
    pass_if: Sentence
    warn_if: Sentence | None
    no_rows: Sentence | None
    """What comes of having no rows to judge."""


def sentences_of(check: Check, schema: Schema, language: Language) -> CheckSentences:
    """The sentences of a check in one language.

    The check must come from the pack's text (`load_pack(…, cache=False)`): in it, the rows and the measure that
    conditions name are the very ones of the check.
    """
    return _CheckWriter(check, schema, language).write()


class _CheckWriter:
    def __init__(self, check: Check, schema: Schema, language: Language) -> None:
        self.check, self.schema, self.language = check, schema, language
        self.rows = check.rows.source if check.rows else None

    def write(self) -> CheckSentences:
        check = self.check
        applies = self.condition(check.applies_when.expression) if check.applies_when else None
        warns = self.condition(check.warn_if.expression, self.measure_told()) if check.warn_if else None
        return CheckSentences(applies, self.condition(check.pass_if.expression), warns, self.no_rows())

    def writer(self, known: dict[int, str] | None = None) -> Writer:
        return Writer(self.schema, self.check.limit_values, self.language, known or {})

    def condition(self, tree: typed.Expression, known: dict[int, str] | None = None) -> Sentence:
        writer = self.writer(known)
        return sentence(self.claim(tree, writer), writer.grammar)

    def claim(self, tree: typed.Expression, writer: Writer) -> Claim:
        """What a condition claims; rows that it names more than once are told first and then called "them"."""
        rows = self.rows
        uses = sum(part is rows for part in walk.parts(tree, writer.known))
        if rows is None or uses < 2 or not isinstance(rows, typed.FilterRows):
            return writer.claim(tree)
        lead = writer.grammar.among(writer.rows(rows))
        writer.known = {**writer.known, id(rows): ROWS["them"].of(self.language)}
        return Scoped(lead, writer.claim(tree), id(rows))

    def measure_told(self) -> dict[int, str]:
        """What to call the measure in warn_if, if pass_if told it, and no other value beside it."""
        if self.check.measure is None:
            return {}
        measure, passes = self.check.measure.expression, self.check.pass_if.expression
        compared = [each for each in _parts(passes) if isinstance(each, typed.Compare)]
        if len(compared) != 1 or not any(side is measure for side in _sides(compared[0])):
            return {}
        if any(on_grid(side, self.check.limit_values) == 0 for side in _sides(compared[0])):
            return {}
        is_share = isinstance(measure, typed.Aggregate) and measure.name is typed.AggregateName.SHARE
        return {id(measure): VALUES["same share" if is_share else "same value"].of(self.language)}

    def no_rows(self) -> Sentence | None:
        """What comes of having no rows to judge; they are named unless the condition spoke of nothing else."""
        if self.rows is None:
            return None
        writer = self.writer()
        passes = self.claim(self.check.pass_if.expression, writer)
        named = isinstance(passes, Scoped) and passes.over == id(self.rows)
        text = _NO_ROWS[self.check.must_meet, not named].of(self.language)
        return Sentence(text if named else text.format(rows=self.writer().rows(self.rows).last))


def _parts(condition: typed.Expression) -> tuple[typed.Expression, ...]:
    """The conditions that must all hold."""
    return condition.parts if isinstance(condition, typed.And) else (condition,)


def _sides(node: typed.Compare) -> tuple[typed.Expression, typed.Expression]:
    return node.left, node.right
