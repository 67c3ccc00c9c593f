"""Holding an engine to the reference evaluator: checks made of typed trees, and where the two disagree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from riskcheck import engines
from riskcheck.engines import Project, reference
from riskcheck.expr import typed, walk
from riskcheck.expr.checker import Scope, check_condition
from riskcheck.expr.source import SourceText
from riskcheck.expr.syntax import Span
from riskcheck.expr.typed import BOOL, Constant, Expression, Source, Type
from riskcheck.frozen import frozen
from riskcheck.model.enginefaults import FAULTS
from riskcheck.model.place import Location
from riskcheck.model.schema import Schema
from riskcheck.model.text import Text
from riskcheck.model.truth import Judgement
from riskcheck.packs.rulepack import Check, Condition, Limit, RowsJudged

NOWHERE = Location("rule.yaml")
SPAN = Span(0, 0)
ALWAYS = Constant(SPAN, BOOL, True)
_TEXT = Text("", "")


@frozen
class Parts:
    """The typed trees of a check, and the values of its limits with their types."""

    pass_if: Expression = ALWAYS
    warn_if: Expression | None = None
    applies_when: Expression | None = None
    rows: Source | None = None
    limits: Mapping[str, tuple[Type, Any]] = {}


def check_of(name: str, parts: Parts) -> Check:
    """A check of which only what engines read matters; its title is `name`."""
    trees = [each for each in (parts.pass_if, parts.warn_if, parts.applies_when, parts.rows) if each is not None]
    return Check(
        id="X-1.a",
        item="X-1",
        also_items=(),
        phase="planning",
        elements=(),
        title=Text(name, name),
        evidence=_TEXT,
        control=_TEXT,
        applies_when=_condition(parts.applies_when),
        rows=RowsJudged("", NOWHERE, parts.rows) if parts.rows is not None else None,
        measure=None,
        pass_if=Condition("", NOWHERE, parts.pass_if),
        warn_if=_condition(parts.warn_if),
        limits=tuple(Limit(key, _TEXT, of, value, "judgement", ()) for key, (of, value) in parts.limits.items()),
        likelihood=3,
        impact=3,
        must_meet=False,
        owner="pmo",
        due_gate="G1",
        basis="judgement",
        sources=(),
        reads=tuple(sorted(set().union(*map(walk.tables_read, trees)))),
        fields=tuple(sorted(set().union(*map(walk.fields_read, trees)))),
        location=NOWHERE,
    )


def check_that(text: str, schema: Schema) -> Check:
    """A check that passes if a condition is true."""
    return check_of(text, Parts(check_condition(SourceText(text), Scope(schema))))


def _condition(tree: Expression | None) -> Condition | None:
    return Condition("", NOWHERE, tree) if tree is not None else None


@frozen
class Mismatch:
    """A check and a project that an engine judges otherwise than the reference, or not at all."""

    check: str
    expected: Judgement
    found: Judgement
    project: Project

    @property
    def is_fault(self) -> bool:
        """Whether the engine says itself that it could not judge, by a named error."""
        return self.found.error in FAULTS

    def __str__(self) -> str:
        tables = {
            name: (dict(table.columns), "closed" if table.closed else "open")
            for name, table in self.project.facts.by_name.items()
        }
        return f"{self.check}\n  expected {self.expected}\n  found    {self.found}\n  on {tables}"


def mismatches(
    engine: str,
    checks: Sequence[Check],
    projects: Sequence[Project],
    expected: tuple[tuple[Judgement, ...], ...] | None = None,
) -> Iterator[Mismatch]:
    """Every pair of a check and a project on which the engine and the reference disagree.

    `expected` is what the reference says, if that is known already.
    """
    expected = expected or engines.judge_all("reference", checks, projects)
    found = engines.judge_all(engine, checks, projects)
    assert [len(each) for each in found] == [len(each) for each in expected]
    for project, of_project, by_engine in zip(projects, expected, found, strict=True):
        for check, right, given in zip(checks, of_project, by_engine, strict=True):
            if right != given:
                yield Mismatch(check.title.en, right, given, project)


def engine(change: Callable[[Judgement], Judgement]) -> SimpleNamespace:
    """An engine that judges as the reference does, and then changes each judgement."""

    def judge_all(checks: Sequence[Check], projects: Sequence[Project]) -> tuple[tuple[Judgement, ...], ...]:
        return tuple(tuple(map(change, judged)) for judged in reference.judge_all(checks, projects))

    return SimpleNamespace(judge_all=judge_all)


def comparison(operator: Any, left: Expression, right: Expression) -> typed.Compare:
    """`left operator right`."""
    return typed.Compare(SPAN, operator, left, right)
