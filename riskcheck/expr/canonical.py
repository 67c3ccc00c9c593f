"""One text for all conditions that say the same but for the names of variables and limits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from riskcheck.expr import typed
from riskcheck.expr.untyped import to_text
from riskcheck.expr.walk import PARTS, Part
from riskcheck.frozen import replace

Limits = Mapping[str, bool | int | str | date]
"""The values of limits by name, held as their types say."""

_BOUND: Final = ("variable", "group")
"""Attributes that give a name to rows, elements or groups (in a macro), or that use it (in a leaf)."""
_USES: Final = (typed.RowCell, typed.GroupRows)


def canonical_text(part: Part, limits: Limits) -> str:
    """The text of `part` with limits as values and variables numbered by how deep they are bound."""
    return to_text(_renamed(part, limits, {}, 0))


def _renamed(part: Any, limits: Limits, names: Mapping[str, str], depth: int) -> Any:
    if isinstance(part, typed.LimitRef):
        return typed.Constant(part.span, part.type, limits[part.name]) if part.name in limits else part
    if isinstance(part, _USES):
        return replace(part, variable=names.get(part.variable, part.variable))
    if isinstance(part, typed.Variable):
        return replace(part, name=names.get(part.name, part.name))
    changed: dict[str, Any] = {}
    bound = [each for each in _BOUND if getattr(part, each, "")]
    for number, each in enumerate(bound):
        changed[each] = f"v{depth + number}"
    inner = {**names, **{getattr(part, each): changed[each] for each in bound}}
    for each in PARTS[type(part)]:
        below = getattr(part, each)
        if isinstance(below, tuple):
            changed[each] = tuple([_renamed(one, limits, inner, depth + len(bound)) for one in below])
        else:
            changed[each] = _renamed(below, limits, inner, depth + len(bound))
    return replace(part, **changed) if changed else part
