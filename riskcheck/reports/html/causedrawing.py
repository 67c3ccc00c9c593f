"""The drawing of one compound risk: the failures that meet, above what comes of them.

Boxes stand one below the other, each cause indented above its effect and joined to it by a line at the left, so that a
drawing is as wide as a telephone and grows downwards only. Each box links to its finding.
"""

from __future__ import annotations

from riskcheck.frozen import frozen
from riskcheck.model.finding import CompoundFinding, CompoundState
from riskcheck.model.text import LANGUAGES, Text
from riskcheck.reports.display import shorten, wrap
from riskcheck.reports.findingtext import and_more
from riskcheck.reports.html.anchors import Entries, compound_anchor
from riskcheck.reports.html.markup import TAGS, Markup, element

_WIDTH, _INDENT, _GAP, _LINE, _PAD, _BUS = 360, 22, 8, 18, 8, 9
_MAX_LINES = 3
_MAX_RULES = 8
"""How many compound rules have their causes in one drawing."""
_MAX_CAUSES = 40
"""How many causes of one compound rule are drawn."""
_COLUMN = 7.1
"""How wide a column of text is, at most on average, in the units of the drawing."""


@frozen
class Box:
    """A box with its causes above it. `kind` is its outcome or state; `href` where it leads."""

    label: str
    title: Text
    kind: str
    href: str | None
    causes: tuple[Box, ...]


@frozen
class _Drawn:
    """What was drawn: its parts, where its box begins and ends, all in units from the top."""

    parts: tuple[Markup, ...]
    top: int
    bottom: int


def cause_drawing(gate: str, entries: Entries, compound: CompoundFinding) -> Markup:
    """The drawing as SVG; `gate` is the one that it blocks, if it does."""
    box = _box(entries, compound.id, set())
    if compound.blocks_gate:
        box = Box("", _at_gate(gate, compound), f"gate {compound.state.value}", None, (box,))
    drawn = _draw(box, 0, 1)
    return element(
        "svg",
        *drawn.parts,
        viewBox=f"0 0 {_WIDTH} {drawn.bottom + 1}",
        class_="drawing",
        role="group",
        aria_labelledby=f"{compound_anchor(compound.id)}-title",
    )


def _at_gate(gate: str, compound: CompoundFinding) -> Text:
    if compound.state is CompoundState.FIRED:
        return Text(f"Gate {gate} stays shut", f"关口 {gate} 关闭")
    return Text(f"Gate {gate} cannot open while this is possible", f"排除此风险前，关口 {gate} 不能开放")


def _box(entries: Entries, name: str, above: set[str]) -> Box:
    """The box of a check or compound rule with its causes.

    A rule that is in `above` has its causes drawn already, so it is just named: a drawing has each rule's causes once.
    """
    compound, finding, href = entries.compounds.get(name), entries.findings.get(name), entries.href(name)
    if finding is not None:
        return Box(name, finding.title, finding.outcome.value, href, ())
    if compound is None:
        return Box(name, Text("", ""), "unknown", None, ())
    if name in above or len(above) >= _MAX_RULES:
        return Box(name, compound.title, compound.state.value, href, ())
    above.add(name)
    causes = tuple(_box(entries, each, above) for each in compound.failing[:_MAX_CAUSES])
    rest = and_more(len(compound.failing) - _MAX_CAUSES)
    more = tuple(Box("", each, "unknown", None, ()) for each in rest)
    return Box(name, compound.title, compound.state.value, href, causes + more)


def _draw(box: Box, depth: int, top: int) -> _Drawn:
    """The box and all above it, from `top` down."""
    x, y = depth * _INDENT, top
    parts: list[Markup] = []
    joints: list[int] = []
    for cause in box.causes:
        drawn = _draw(cause, depth + 1, y)
        parts += drawn.parts
        joints.append((drawn.top + drawn.bottom) // 2)
        y = drawn.bottom + _GAP
    if joints:
        y += _GAP
        parts.append(_joining(x + _BUS, x + _INDENT, joints, y))
    height, shown = _shown(box, x, y)
    return _Drawn((*parts, shown), y, y + height)


def _joining(bus: int, right: int, joints: list[int], bottom: int) -> Markup:
    """The line from the causes down to their effect, with its arrow."""
    arms = "".join(f"M{right} {at}H{bus}" for at in joints)
    arrow = f"M{bus - 4} {bottom - 7}L{bus} {bottom - 1}L{bus + 4} {bottom - 7}"
    return element("path", d=f"{arms}M{bus} {joints[0]}V{bottom - 1}{arrow}", class_="joint")


def _shown(box: Box, x: int, y: int) -> tuple[int, Markup]:
    """The box itself at `x`, `y`, and how high it is: its label on the first line, then its title."""
    columns = int((_WIDTH - x - 2 * _PAD) / _COLUMN)
    said = {language: _wrapped(box.title.of(language), columns) for language in LANGUAGES}
    label_lines = 1 if box.label else 0
    height = (label_lines + max(map(len, said.values()))) * _LINE + 2 * _PAD - 4
    frame = element("rect", x=x + 1, y=y, width=_WIDTH - x - 2, height=height, rx=5)
    first = y + _PAD + 11
    texts = [element("text", f"{box.label} ", x=x + _PAD, y=first, class_="label")] if box.label else []
    for language, wrapped in said.items():
        texts += [
            element("text", f"{line} ", x=x + _PAD, y=first + (label_lines + at) * _LINE, lang=TAGS[language])
            for at, line in enumerate(wrapped)
        ]
    content = element("g", frame, *texts, class_=f"box {box.kind}")
    return height, element("a", content, href=box.href) if box.href else content


def _wrapped(title: str, columns: int) -> list[str]:
    """The title in lines, the last one cut where there are too many."""
    if not title:
        return []
    found = wrap(title, columns)
    if len(found) <= _MAX_LINES:
        return found
    rest = "".join(found[_MAX_LINES - 1 :])
    return [*found[: _MAX_LINES - 1], shorten(rest, columns)]
