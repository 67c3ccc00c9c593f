"""Typed trees with a part changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from riskcheck.expr.walk import PARTS, Part
from riskcheck.frozen import replace

_P = TypeVar("_P", bound=Any)


def with_parts(root: _P, instead: Mapping[int, Part]) -> _P:
    """`root` with other parts in place of those that `instead` names by their `id`; what has none of them is kept.

    A part that is put in is taken as it is: nothing in it is replaced.
    """
    if id(root) in instead:
        found: Any = instead[id(root)]
        return found  # type: ignore[no-any-return]
    changed: dict[str, Any] = {}
    for name in PARTS[type(root)]:
        below = getattr(root, name)
        if isinstance(below, tuple):
            new: Any = tuple([with_parts(each, instead) for each in below])
            same = all(one is other for one, other in zip(below, new, strict=True))
        else:
            new = with_parts(below, instead)
            same = new is below
        if not same:
            changed[name] = new
    return replace(root, **changed) if changed else root
