"""What a condition claims, apart from any language: things and what is said of them, joined by and or or.

Claims that share their subject or their words are drawn together, as people do: "“Owner” and “Due on” are both filled
in" for `has(r.owner) && has(r.due_on)`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from riskcheck.frozen import frozen, replace

Joint = Literal["and", "or"]


@frozen
class Complement:
    """What is said of a subject: `empty`. `compound`: it holds an "or" of its own, so that nothing can be added."""

    text: str
    compound: bool = False


@frozen
class About:
    """Something said of one or several subjects of one owner.

    `joint` joins what is said where it is several things; `among` is "and" if all of the subjects are meant, "or" if
    any of them.
    """

    owner: str
    subjects: tuple[str, ...]
    said: tuple[Complement, ...]
    joint: Joint | None = None
    among: Joint | None = None


@frozen
class Said:
    """A whole statement; one that is `open` is put in brackets where others stand beside it."""

    text: str
    open: bool = False


@frozen
class Lead:
    """The words around a claim about rows, groups or values, each as what stands before and behind it.

    `closed` for any place, `last` for the end of a sentence, `listed` for a list of points. `attributive`: the claim
    itself is a part of speech before a noun, as Chinese has it.
    """

    closed: tuple[str, str]
    last: tuple[str, str]
    listed: tuple[str, str]
    attributive: bool = False


@frozen
class Scoped:
    """A claim about each (some, at most 5 %, …) of the rows that the part `over` (its `id`) stands for."""

    lead: Lead
    claim: Claim
    over: int = 0


@frozen
class Junction:
    """Two or more claims joined by and, or by or."""

    joint: Joint
    parts: tuple[Claim, ...]


Claim = About | Said | Scoped | Junction


def about(subject: tuple[str, str], said: Complement) -> About:
    """One thing said of one subject, which is given as owner and name."""
    owner, name = subject
    return About(owner, (name,), (said,))


def joined(joint: Joint, parts: Sequence[Claim]) -> Claim:
    """The claims joined: those with the same subject, and then those with the same words, drawn together."""
    flat: list[Claim] = []
    for part in parts:
        flat += part.parts if isinstance(part, Junction) and part.joint == joint else (part,)
    drawn = _by_words(joint, _by_subject(joint, flat))
    return drawn[0] if len(drawn) == 1 else Junction(joint, tuple(drawn))


def is_tight(claim: Claim) -> bool:
    """Whether a claim says one thing of one subject, so that it needs no comma or bracket beside others."""
    if isinstance(claim, About):
        return len(claim.subjects) == 1 and len(claim.said) == 1 and not claim.said[0].compound
    return isinstance(claim, Said)


def is_single(claim: Claim) -> bool:
    """Whether a claim is a statement that needs no bracket before a noun, however much it says of its subjects."""
    return isinstance(claim, About | Said)


def _by_subject(joint: Joint, claims: list[Claim]) -> list[Claim]:
    """Several things said of one subject become one claim, in the place of the first."""
    drawn: list[Claim] = []
    places: dict[tuple[str, tuple[str, ...]], int] = {}
    for claim in claims:
        if isinstance(claim, About) and _can_grow(claim, joint) and claim.among is None:
            place = places.setdefault((claim.owner, claim.subjects), len(drawn))
            if place < len(drawn):
                drawn[place] = _with_more(drawn[place], claim, joint)
                continue
        drawn.append(claim)
    return drawn


def _with_more(first: Claim, second: About, joint: Joint) -> Claim:
    assert isinstance(first, About)
    said = (*first.said, *(each for each in second.said if each not in first.said))
    return replace(first, said=said, joint=joint if len(said) > 1 else None)


def _by_words(joint: Joint, claims: list[Claim]) -> list[Claim]:
    """Several subjects of which the same is said become one claim, in the place of the first."""
    drawn: list[Claim] = []
    places: dict[tuple[str, tuple[Complement, ...]], int] = {}
    for claim in claims:
        if isinstance(claim, About) and claim.joint in (None, joint) and claim.among in (None, joint):
            place = places.setdefault((claim.owner, claim.said), len(drawn))
            if place < len(drawn):
                first = drawn[place]
                assert isinstance(first, About)
                subjects = (*first.subjects, *(each for each in claim.subjects if each not in first.subjects))
                drawn[place] = replace(first, subjects=subjects, among=joint if len(subjects) > 1 else None)
                continue
        drawn.append(claim)
    return drawn


def _can_grow(claim: About, joint: Joint) -> bool:
    """Whether more can be said of the claim's subject in the same breath."""
    return claim.joint in (None, joint) and not any(each.compound for each in claim.said)
