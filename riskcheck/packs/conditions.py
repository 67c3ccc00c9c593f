"""The conditions of a check: from text to typed trees."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from riskcheck.errors import ConditionError
from riskcheck.expr import typed, walk
from riskcheck.expr.checker import Scope, check_condition, check_rows, check_value
from riskcheck.expr.parser import parse
from riskcheck.expr.source import SourceText
from riskcheck.frozen import frozen
from riskcheck.model.schema import Schema
from riskcheck.packs.entry import Entry
from riskcheck.packs.limits import LimitsRead
from riskcheck.packs.problems import kind_of
from riskcheck.packs.rulepack import Condition, RowsJudged
from riskcheck.packs.sharelint import unfit_tolerances
from riskcheck.packs.trees import trees_of
from riskcheck.yamltree import YamlScalar

_QUOTE_IT = "a condition that begins with [ { ! or a quote goes below the key, after a | sign"
_WORD = re.compile(r"[A-Za-z_]\w*")
_T = TypeVar("_T")


@frozen
class Conditions:
    """The conditions of a check; None where the check has none, or one that is not understood."""

    applies_when: Condition | None = None
    rows: RowsJudged | None = None
    measure: Condition | None = None
    pass_if: Condition | None = None
    warn_if: Condition | None = None

    def reads(self, schema: Schema) -> tuple[str, ...]:
        """The tables that they read, in the schema's order."""
        read = frozenset().union(*(walk.tables_read(tree) for tree in trees_of(self)))
        return tuple(table.name for table in schema.tables if table.name in read)


@frozen
class KnownFacts:
    """What conditions may name. `schema` is None if `facts.yaml` cannot be read; `doubtful` are names of tables and
    fields that were not understood. A condition that meets either is parsed but not typed: one mistake, one message."""

    schema: Schema | None
    doubtful: frozenset[str]


def read_conditions(check: Entry, limits: LimitsRead, facts: KnownFacts) -> Conditions:
    """The conditions of a check; what is wrong goes to the problems of its file."""
    reader = _ConditionReader(check, limits, facts)
    conditions = reader.read()
    if reader.all_typed and "pass_if" in check.values:
        _report_unused(check, limits, conditions)
        _report_unfit_tolerances(check, limits, conditions)
    return conditions


class _ConditionReader:
    def __init__(self, check: Entry, limits: LimitsRead, facts: KnownFacts) -> None:
        self.check, self.facts = check, facts
        self.limits = {limit.name: limit.type for limit in limits.limits}
        self.broken = {f"limit.{name}" for name in limits.doubtful}
        self.all_typed = True

    def read(self) -> Conditions:
        applies_when = self.condition("applies_when", check_condition, self.scope())
        rows = self.rows()
        source = rows.source if rows else None
        measure = self.condition("measure", check_value, self.scope(source))
        if measure is None and "measure" in self.check.values:
            self.broken.add("measure")
        scope = self.scope(source, measure.expression if measure else None)
        pass_if = self.condition("pass_if", check_condition, scope)
        return Conditions(applies_when, rows, measure, pass_if, self.condition("warn_if", check_condition, scope))

    def scope(self, rows: typed.Source | None = None, measure: typed.Expression | None = None) -> Scope:
        schema = self.facts.schema or Schema(())
        return Scope(schema, self.limits, rows, measure, broken=frozenset(self.broken))

    def condition(
        self, key: str, check: Callable[[SourceText, Scope], typed.Expression], scope: Scope
    ) -> Condition | None:
        node = self.scalar(key)
        tree = self.tree(node, check, scope) if node is not None else None
        if node is None or tree is None:
            return None
        return Condition(node.text.rstrip(), self.check.problems.place(node), tree)

    def rows(self) -> RowsJudged | None:
        node = self.scalar("rows")
        source = self.tree(node, check_rows, self.scope()) if node is not None else None
        if node is None or source is None:
            if "rows" in self.check.values:
                self.broken.add("rows")
            return None
        return RowsJudged(node.text.rstrip(), self.check.problems.place(node), source)

    def scalar(self, key: str) -> YamlScalar | None:
        node = self.check.values.get(key)
        if node is None or (isinstance(node, YamlScalar) and node.text.strip()):
            return node
        self.all_typed = False
        cure = "" if isinstance(node, YamlScalar) else _QUOTE_IT
        self.check.report(key, "wrong-type", f'"{key}" must be a condition, not {kind_of(node)}', cure)
        return None

    def tree(self, node: YamlScalar, check: Callable[[SourceText, Scope], _T], scope: Scope) -> _T | None:
        source = self.check.problems.source(node)
        try:
            if self.facts.schema is not None and self.facts.doubtful.isdisjoint(_WORD.findall(node.text)):
                return check(source, scope)
            parse(source)
        except ConditionError as error:
            self.check.problems.take(error.diagnostics)
        self.all_typed = False
        return None


def _report_unused(check: Entry, limits: LimitsRead, conditions: Conditions) -> None:
    """Report limits that no condition uses, and a measure that neither pass_if nor warn_if compares."""
    trees = trees_of(conditions) if limits.limits else ()
    used = frozenset().union(*(walk.limits_used(tree) for tree in trees))
    for name, place, _ in check.named("limits", "limit"):
        if name not in used and name not in limits.doubtful:
            message = f"{check.what}: no condition uses the limit {name}"
            check.problems.at(place, "unused-limit", message, f"compare with limit.{name}, or take it out")
    comparing = (each.text for each in (conditions.pass_if, conditions.warn_if) if each is not None)
    if conditions.measure is not None and not any("measure" in _WORD.findall(text) for text in comparing):
        message = "neither pass_if nor warn_if uses the measure"
        check.report("measure", "unused-measure", message, 'write "measure" where its value is compared')


def _report_unfit_tolerances(check: Entry, limits: LimitsRead, conditions: Conditions) -> None:
    """Report comparisons that contradict the one bad row that a share tolerates."""
    by_name = {limit.name: limit for limit in limits.limits}
    measure = conditions.measure.text if conditions.measure else ""
    for key, condition in (("pass_if", conditions.pass_if), ("warn_if", conditions.warn_if)):
        if condition is not None and "share" in measure + condition.text:
            for message, hint in unfit_tolerances(condition.expression, by_name):
                check.report(key, "tolerance-beyond-limit", f"{key}: {message}", hint)
