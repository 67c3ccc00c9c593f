"""Typed trees with a part changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from riskcheck.expr.walk import PARTS, Part
from riskcheck.frozen import replace

_P = TypeVar("_P", bound=Any)


def with_parts(root: _P, instead: Mapping[int, Part]) -> _P:
    """`root` with other parts in place of those that `instead` names by their `id`; what has none of them is kept.

    A part that is put in is taken as it is: nothing in it is replaced. One that stands in several places is changed
    once, and stands in all of them again.
    """
    done: dict[int, Any] = dict(instead)
    found: _P = _changed(root, done)
    return found


def _changed(part: Any, done: dict[int, Any]) -> Any:
    """What becomes of a part; `done` has what became of others, by their `id`."""
    if id(part) not in done:
        changed = {name: _each_changed(getattr(part, name), done) for name in PARTS[type(part)]}
        differs = any(new is not getattr(part, name) for name, new in changed.items())
        done[id(part)] = replace(part, **changed) if differs else part
    return done[id(part)]


def _each_changed(below: Any, done: dict[int, Any]) -> Any:
    """What becomes of a part, or of several in a tuple; the same object if nothing changes."""
    if not isinstance(below, tuple):
        return _changed(below, done)
    changed = tuple([_changed(each, done) for each in below])
    return below if all(one is other for one, other in zip(below, changed, strict=True)) else changed
