"""Engines: compiled rules and facts become truth values, and nothing else.

A new engine is one module with a function `judge(checks, facts, as_of)` and one line in `_MODULES`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib import import_module

from riskcheck.errors import Diagnostic, UsageError, did_you_mean
from riskcheck.model.factset import FactSet
from riskcheck.model.truth import Judgement
from riskcheck.packs.rulepack import Check

_MODULES = {"reference": "riskcheck.engines.reference"}
NAMES = tuple(_MODULES)


def judge(engine: str, checks: Sequence[Check], facts: FactSet, as_of: date) -> tuple[Judgement, ...]:
    """The judgement of each check, in order, by the named engine. Raises UsageError for an unknown name."""
    if engine not in _MODULES:
        message = f'unknown engine "{engine}"{did_you_mean(engine, NAMES)}'
        raise UsageError(Diagnostic("unknown-engine", message, hints=("known engines: " + ", ".join(NAMES),)))
    judged: tuple[Judgement, ...] = import_module(_MODULES[engine]).judge(checks, facts, as_of)
    return judged
