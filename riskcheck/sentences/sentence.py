"""Claims as text: on one line wherever that is clear, else as a list of points."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

from riskcheck.frozen import frozen
from riskcheck.sentences.claims import About, Claim, Junction, Said, Scoped, is_single, is_tight
from riskcheck.sentences.grammar import Grammar
from riskcheck.sentences.phrases import HOLD, MET

_LONGEST: Final = 150
"""How many columns joined claims may take on one line."""
_CONDITIONS: Final = "以下条件"


@frozen
class Sentence:
    """A sentence, and the points that follow it if it ends with a colon; points may have points."""

    text: str
    points: tuple[Sentence, ...] = ()

    def lines(self, bullet: str = "- ", indent: str = "  ") -> Iterator[str]:
        """The sentence, and below it its points."""
        yield self.text
        for point in self.points:
            first, *rest = point.lines(bullet, indent)
            yield bullet + first
            for line in rest:
                yield indent + line


def sentence(claim: Claim, grammar: Grammar) -> Sentence:
    """The claim as a whole sentence."""
    said = _last(claim, grammar)
    return Sentence(grammar.finished(said.text, bool(said.points)), said.points)


def inline(claim: Claim, grammar: Grammar) -> str:
    """The claim on one line, so that it can stand anywhere."""
    match claim:
        case About():
            return grammar.about(claim)
        case Said(text=text):
            return grammar.bracketed(text) if claim.open else text
        case Scoped(lead=lead, claim=inner):
            text = inline(inner, grammar)
            return (grammar.such(text, is_single(inner)) if lead.attributive else text).join(lead.closed)
        case Junction(joint=joint, parts=parts):
            texts = [_within(part, grammar) for part in parts]
            return grammar.clauses(texts, joint, all(is_tight(part) for part in parts))


def _within(part: Claim, grammar: Grammar) -> str:
    """A part of a junction; one with an and or an or between subjects of its own is in brackets."""
    text = inline(part, grammar)
    return grammar.bracketed(text) if isinstance(part, Junction) else text


def _last(claim: Claim, grammar: Grammar) -> Sentence:
    """The claim at the end of a sentence, where points may follow."""
    if isinstance(claim, Scoped):
        return _scoped(claim, grammar)
    if isinstance(claim, Junction) and not _is_simple(claim, grammar):
        points = tuple(_last(part, grammar) for part in claim.parts)
        return Sentence(grammar.ended(HOLD[_how_many(claim)].of(grammar.language)), points)
    return Sentence(claim.text if isinstance(claim, Said) else inline(claim, grammar))


def _scoped(claim: Scoped, grammar: Grammar) -> Sentence:
    lead, inner = claim.lead, _last(claim.claim, grammar)
    if inner.points and isinstance(claim.claim, Junction):
        what = MET[_how_many(claim.claim)].of(grammar.language)
        return Sentence(what.join(lead.listed), inner.points)
    if lead.attributive and not is_single(claim.claim):
        return Sentence(_CONDITIONS.join(lead.listed) + inner.text, inner.points)
    return Sentence(inner.text.join(lead.last), inner.points)


def _how_many(claim: Junction) -> str:
    return "both" if claim.joint == "and" and len(claim.parts) == 2 else claim.joint


def _is_simple(claim: Junction, grammar: Grammar) -> bool:
    """Whether joined claims are read easily on one line."""
    few = len(claim.parts) <= (3 if all(is_tight(part) for part in claim.parts) else 2)
    plain = all(isinstance(part, About | Said) for part in claim.parts)
    return few and plain and _width(inline(claim, grammar)) <= _LONGEST


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
