"""The limits of a check: typed by how they are spelled in YAML."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from riskcheck.expr import typed
from riskcheck.frozen import frozen
from riskcheck.model.number import LARGEST, to_grid
from riskcheck.model.text import Text
from riskcheck.packs.entry import Entry
from riskcheck.packs.problems import kind_of
from riskcheck.packs.rulepack import Basis, Limit
from riskcheck.yamltree import YamlNode, YamlScalar

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_INT = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_DOUBLE = re.compile(r"-?(0|[1-9][0-9]{0,12})\.[0-9]{1,6}")
_BASES: tuple[Basis, ...] = ("sourced", "mixed", "judgement")
LimitValue = bool | int | str | date


@frozen
class LimitsRead:
    """The limits of a check, and the names of those that were not understood."""

    limits: tuple[Limit, ...]
    doubtful: frozenset[str]


def read_limits(check: Entry, sources: Collection[str] | None) -> LimitsRead:
    """The limits of a check; `sources` are the ids that the pack has, None if they are not known."""
    found: list[Limit] = []
    doubtful: set[str] = set()
    for name, place, node in check.named("limits", "limit"):
        before = len(check.problems.found)
        what = f"limit {name} of {check.what}"
        if not _NAME.fullmatch(name):
            message = f"{what}: a limit is named with small letters, digits and _, a letter first"
            check.problems.at(place, "wrong-name", message)
        entry = Entry(check.problems, node, what, ("value", "origin"), ("title", "sources"))
        limit_type, value = _value(entry)
        basis, named = read_origin(entry, sources)
        title = entry.titles_or_none("title") or Text(name, name)
        found.append(Limit(name, title, limit_type, value, basis, named))
        if len(check.problems.found) > before:
            doubtful.add(name)
    return LimitsRead(tuple(found), frozenset(doubtful))


def read_origin(entry: Entry, sources: Collection[str] | None) -> tuple[Basis, tuple[str, ...]]:
    """The `origin` of a test or limit and its `sources`; what is not pure judgement must name one."""
    word = entry.word("origin", _BASES, "origin")
    named = entry.words("sources", sources, "source")
    if word in ("sourced", "mixed") and not entry.items("sources"):
        entry.report("origin", "missing-key", f'what is {word} must name its "sources"')
    return next((basis for basis in _BASES if basis == word), "judgement"), named


def _value(entry: Entry) -> tuple[typed.Type, LimitValue]:
    node = entry.values.get("value")
    if node is None:
        return typed.INT, 0
    found = typed_value(node)
    if found is None:
        message = f"the value must be a number, true, false or a text in quotes, not {kind_of(node)}"
        whole = f"numbers are written plainly: 20, 0.05, up to {LARGEST} and with at most six decimals"
        entry.report("value", "wrong-value", message, whole)
        return typed.INT, 0
    return found


def typed_value(node: YamlNode) -> tuple[typed.Type, LimitValue] | None:
    """Type and value of a limit by its spelling: `20` int, `0.05` double (on the grid), `true` bool, `"x"` string."""
    if not isinstance(node, YamlScalar):
        return None
    text = node.text
    if not node.plain:
        return (typed.STRING, text) if text.strip() else None
    if text in ("true", "false"):
        return typed.BOOL, text == "true"
    if _INT.fullmatch(text):
        return typed.INT, int(text)
    grid = to_grid(text) if _DOUBLE.fullmatch(text) else None
    return None if grid is None else (typed.DOUBLE, grid)
