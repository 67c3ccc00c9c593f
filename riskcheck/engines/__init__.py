"""Engines: compiled rules and facts become truth values, and nothing else.

A new engine is one module with a function `judge_all(checks, projects)` and one line in `_ENGINES`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib import import_module

from riskcheck.frozen import frozen
from riskcheck.model.factset import FactSet
from riskcheck.model.text import Text
from riskcheck.model.truth import DISAGREES, Judgement, unjudged
from riskcheck.packs.rulepack import Check

AUTO = "auto"


@frozen
class Project:
    """What an engine judges: the facts of one project, as of a day."""

    facts: FactSet
    as_of: date


@frozen
class _Engine:
    """Where an engine is, the package that it needs, and the extra that installs it.

    `imported`: what is imported of the package, if it has another name. `where`: what else the package needs;
    `program`: the one that has to be on the path for it.
    """

    module: str
    package: str = ""
    extra: str = ""
    imported: str = ""
    where: Text | None = None
    program: str = ""


_ENGINES = {
    "reference": _Engine("riskcheck.engines.reference"),
    "python": _Engine("riskcheck.engines.python"),
    "duckdb": _Engine("riskcheck.engines.duckdb", "duckdb", "portfolio"),
    "spark": _Engine(
        "riskcheck.engines.spark",
        package="pyspark",
        extra="spark",
        where=Text("that takes Java 17 or later", "需要 Java 17 或更高版本"),
        program="java",
    ),
    "rete": _Engine(
        "riskcheck.engines.rete",
        package="durable-rules",
        extra="durable",
        imported="durable_rules_engine",
        where=Text("that takes a C compiler, and Python 3.11 or 3.12", "需要 C 编译器，且 Python 版本为 3.11 或 3.12"),
    ),
}
NAMES = tuple(_ENGINES)
CHAINING = "rete"
"""The engine that finds compound rules, too, by forward chaining."""


def judge(engine: str, checks: Sequence[Check], facts: FactSet, as_of: date) -> tuple[Judgement, ...]:
    """The judgement of each check, in order, by the named engine. Raises UsageError as `judge_all` does."""
    (judged,) = judge_all(engine, checks, (Project(facts, as_of),))
    return judged


def judge_all(engine: str, checks: Sequence[Check], projects: Sequence[Project]) -> tuple[tuple[Judgement, ...], ...]:
    """Of each project the judgement of each check, in order, by the named engine.

    Raises UsageError for an unknown name, and for an engine whose package is not installed.
    """
    module = _ENGINES[named(engine, len(projects))].module
    judged: tuple[tuple[Judgement, ...], ...] = import_module(module).judge_all(checks, projects)
    return judged


def verified(
    judgements: Sequence[Judgement], checks: Sequence[Check], facts: FactSet, as_of: date
) -> tuple[Judgement, ...]:
    """The judgements of an engine, in error where the reference evaluator judges otherwise: neither is trusted then."""
    expected = judge("reference", checks, facts, as_of)
    return tuple(
        given if given == right else unjudged(given.check, DISAGREES)
        for given, right in zip(judgements, expected, strict=True)
    )


def named(engine: str, projects: int = 1) -> str:
    """The engine of that name, or the one that `auto` is for so many projects. Raises UsageError."""
    name = _chosen(projects) if engine == AUTO else engine
    if name not in _ENGINES or not is_installed(name):
        raise _refusal(name)
    return name


def is_installed(engine: str) -> bool:
    """Whether the package that the engine needs can be imported, and a program that it needs is on the path."""
    package, program = _ENGINES[engine].imported or _ENGINES[engine].package, _ENGINES[engine].program
    if not package:
        return True
    from importlib.util import find_spec
    from shutil import which

    return find_spec(package) is not None and (not program or which(program) is not None)


FEW_PROJECTS = 8
"""Below so many projects compiling conditions costs more than it saves (measured, see docs/engines.md)."""
MANY_PROJECTS = 400
"""From so many projects on SQL saves more than it costs (measured, see docs/engines.md)."""


def _chosen(projects: int) -> str:
    """The quickest engine for so many projects, of those that are installed."""
    if projects < FEW_PROJECTS:
        return "reference"
    return "duckdb" if projects >= MANY_PROJECTS and is_installed("duckdb") else "python"


def _refusal(name: str) -> Exception:
    from riskcheck.errors import Diagnostic, UsageError, guess, nearest

    if name in _ENGINES:
        package, extra, where = _ENGINES[name].package, _ENGINES[name].extra, _ENGINES[name].where
        message = Text(f'engine "{name}" needs the package {package}', f"引擎“{name}”需要软件包 {package}")
        cure = Text(f"install it with pip install 'riskcheck[{extra}]'", f"安装：pip install 'riskcheck[{extra}]'")
        return UsageError(Diagnostic("engine-not-installed", message, hints=(cure, where) if where else (cure,)))
    known = (AUTO, *NAMES)
    meant = guess(nearest(name, known))
    message = Text(f'unknown engine "{name}"{meant.en}', f"没有名为“{name}”的引擎{meant.zh}")
    hint = Text("known engines: " + ", ".join(known), "可用的引擎：" + "、".join(known))
    return UsageError(Diagnostic("unknown-engine", message, hints=(hint,)))
