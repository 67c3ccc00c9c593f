"""Engines: compiled rules and facts become truth values, and nothing else.

A new engine is one module with a function `judge(checks, facts, as_of)` and one line in `_MODULES`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib import import_module

from riskcheck.errors import Diagnostic, UsageError, guess, nearest
from riskcheck.model.factset import FactSet
from riskcheck.model.text import Text
from riskcheck.model.truth import Judgement
from riskcheck.packs.rulepack import Check

_MODULES = {"reference": "riskcheck.engines.reference"}
NAMES = tuple(_MODULES)


def judge(engine: str, checks: Sequence[Check], facts: FactSet, as_of: date) -> tuple[Judgement, ...]:
    """The judgement of each check, in order, by the named engine. Raises UsageError for an unknown name."""
    if engine not in _MODULES:
        meant = guess(nearest(engine, NAMES))
        message = Text(f'unknown engine "{engine}"{meant.en}', f"没有名为“{engine}”的引擎{meant.zh}")
        known = Text("known engines: " + ", ".join(NAMES), "可用的引擎：" + "、".join(NAMES))
        raise UsageError(Diagnostic("unknown-engine", message, hints=(known,)))
    judged: tuple[Judgement, ...] = import_module(_MODULES[engine]).judge(checks, facts, as_of)
    return judged
