"""Checks that are well typed and yet cannot be meant: they always pass, never warn, or say what another says."""

from __future__ import annotations

from collections.abc import Iterator

from riskcheck.errors import Diagnostic
from riskcheck.expr import typed
from riskcheck.expr.canonical import canonical_text
from riskcheck.expr.satisfiable import Given, can_be, implies
from riskcheck.expr.typed import AggregateName, Expression, Kind
from riskcheck.expr.walk import Part, parts_of
from riskcheck.packs.excerpts import Excerpts
from riskcheck.packs.mutants import KEYS, names_in, tree_of
from riskcheck.packs.problems import in_order
from riskcheck.packs.rulepack import Check, RulePack

_QUANTIFIERS = (AggregateName.ALL, AggregateName.EXISTS)
_JUDGED = (
    typed.Constant,
    typed.Compare,
    typed.In,
    typed.And,
    typed.Or,
    typed.Aggregate,
    typed.ListQuantifier,
    typed.GroupQuantifier,
)
"""What may be constant; a `!` is as constant as what it turns round."""
_LEAVE_OUT = "leave it out, or compare with something that the facts can miss"
Constant = tuple[Expression, bool]
"""A part of a condition that no facts can change, and what it always is."""


def condition_problems(pack: RulePack) -> tuple[Diagnostic, ...]:
    """What is wrong with the conditions of a pack beyond their types, in the order of its files.

    `pack` must come from its text (`load_pack(…, cache=False)`), so that parts of conditions know their places.
    """
    excerpts = Excerpts(pack)
    min_rows = {table.name: table.min_rows for table in pack.schema.tables}
    found: list[Diagnostic] = []
    for check in pack.checks:
        found += _CheckLint(check, excerpts, any(min_rows[name] for name in check.reads)).problems()
    return in_order((*found, *_same_conditions(pack, excerpts)))


class _CheckLint:
    """Looks at one check; `short_fails`: it also fails where a table has fewer than its min_rows."""

    def __init__(self, check: Check, excerpts: Excerpts, short_fails: bool) -> None:
        self.check, self.excerpts = check, excerpts
        limits = check.limit_values
        rows = frozenset((canonical_text(check.rows.source, limits),)) if check.rows else frozenset()
        self.given = Given(limits, rows)
        self.but = " but for want of rows" if short_fails or (check.must_meet and check.rows) else ""
        self.constants = {key: self.constants_of(key) for key in KEYS}

    def constants_of(self, key: str) -> list[Constant]:
        tree = tree_of(self.check, key)
        return [] if tree is None else _innermost(tree, self.given, names_in(self.check, key))

    def problems(self) -> Iterator[Diagnostic]:
        told: set[str] = set()
        for key, code, message, hint in self.verdicts():
            told.add(key)
            yield self.problem(key, code, message, hint)
        for key in KEYS:
            for part, truth in self.constants[key] if key not in told else ():
                word = "always" if truth else "never"
                message = f"{self.check.id}: this part of {key} is {word} true, whatever the facts"
                yield self.diagnostic(key, "constant-condition", message, part, _LEAVE_OUT)

    def verdicts(self) -> Iterator[tuple[str, str, str, str]]:
        """What can be said of whole conditions: key, code, message and cure."""
        check = self.check
        if check.applies_when and not self.can_be(check.applies_when.expression, True):
            yield "applies_when", "never-applies", "it never applies: no facts make applies_when true", _LEAVE_OUT
        passes = check.pass_if.expression
        warns = check.warn_if.expression if check.warn_if else None
        if not self.can_be(passes, True):
            yield "pass_if", "never-passes", "it can never pass: no facts make pass_if true", "say what must hold"
        elif not self.can_be(passes, False):
            yield "pass_if", "never-fails", f"it can never fail{self.but}: no facts make pass_if false", _LEAVE_OUT
        elif warns is not None:
            yield from self.warning_verdicts(passes, warns)

    def warning_verdicts(self, passes: Expression, warns: Expression) -> Iterator[tuple[str, str, str, str]]:
        """What can be said of warn_if, where pass_if may be true or false."""
        if implies(warns, passes, self.given):
            message = "it can never warn: wherever warn_if is true, pass_if is true"
            yield "warn_if", "unreachable-warning", message, "give warn_if a wider limit than pass_if, or take it out"
        elif not self.can_be(typed.Or(passes.span, (passes, warns)), False):
            message = f"it can never fail{self.but}: where pass_if is false, warn_if is true"
            yield "warn_if", "never-fails", message, "give warn_if a limit that the facts can miss"

    def can_be(self, condition: Expression, truth: bool) -> bool:
        return can_be(condition, truth, self.given)

    def problem(self, key: str, code: str, message: str, hint: str) -> Diagnostic:
        """A problem with a whole condition, shown at the part that makes it so, if one does."""
        culprits = self.constants[key]
        part = culprits[0][0] if culprits else getattr(self.check, key).expression
        return self.diagnostic(key, code, f"{self.check.id}: {message}", part, hint)

    def diagnostic(self, key: str, code: str, message: str, part: Expression, hint: str) -> Diagnostic:
        return self.excerpts.diagnostic(code, message, getattr(self.check, key), part.span, hint)


def _innermost(part: Part, given: Given, whole: dict[int, str]) -> list[Constant]:
    """The smallest parts that no facts can change; those in `whole` belong to another key."""
    if id(part) in whole:
        return []
    found: list[Constant] = []
    for each in parts_of(part):
        found += _innermost(each, given, whole)
    if found or not isinstance(part, _JUDGED) or not _is_condition(part):
        return found
    condition: Expression = part
    return [(condition, not truth) for truth in (True, False) if not can_be(condition, truth, given)][:1]


def _is_condition(part: Expression) -> bool:
    """Whether a part is true or false by itself, and not by cells or by counting."""
    return part.type.kind is Kind.BOOL and (not isinstance(part, typed.Aggregate) or part.name in _QUANTIFIERS)


def _same_conditions(pack: RulePack, excerpts: Excerpts) -> Iterator[Diagnostic]:
    """Checks that judge the same rows by the same condition as an earlier one, up to names of variables and limits."""
    first: dict[tuple[str, ...], Check] = {}
    for check in pack.checks:
        limits = check.limit_values
        trees = (tree_of(check, key) for key in ("applies_when", "rows", "pass_if"))
        same = first.setdefault(tuple(canonical_text(tree, limits) if tree else "" for tree in trees), check)
        if same is not check:
            message = f"{check.id} has the same condition as {same.id}, on the same rows"
            hint = f"{same.id} stands at {same.pass_if.location}; take one out, and name its item in also_items"
            span = check.pass_if.expression.span
            yield excerpts.diagnostic("same-condition", message, check.pass_if, span, hint)
