"""Checks compiled to one Python code object."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator, Sequence
from types import CodeType
from typing import Any, Final

from riskcheck.engines.python import rowlowering
from riskcheck.engines.python.columns import Layout
from riskcheck.engines.python.lowering import Lowering
from riskcheck.engines.python.runtime import NAMES
from riskcheck.engines.python.writer import Writer
from riskcheck.expr import typed, walk
from riskcheck.frozen import frozen
from riskcheck.model.truth import Truth
from riskcheck.packs.rulepack import Check, Condition

Truths = tuple[Truth, Truth, Truth, Truth]
"""applies_when, rows, pass_if, warn_if."""
_PARAMETERS: Final = "C, S, R, O, I, D, L, X"
"""Columns, single cells, ranges of rows, open tables, rows by key, the day, limits, and the way to the reference."""
_MOST_KEPT = 8


@frozen
class Program:
    """Compiled checks: a function for each, what they read, and for each what is left to the reference evaluator."""

    functions: tuple[Callable[..., Truths], ...]
    layout: Layout
    left: tuple[tuple[typed.Expression, ...], ...]
    text: str


_KEPT: OrderedDict[tuple[int, ...], tuple[Program, tuple[Any, ...]]] = OrderedDict()


def program_of(checks: Sequence[Check]) -> Program:
    """The program of these checks: compiled once for the same conditions, whatever the limits."""
    conditions = tuple(part for check in checks for part in _conditions(check))
    key = tuple(map(id, conditions))
    known = _KEPT.get(key)
    if known is None:
        known = _KEPT[key] = (compile_checks(checks), conditions)
        if len(_KEPT) > _MOST_KEPT:
            _KEPT.popitem(last=False)
    return known[0]


def _conditions(check: Check) -> tuple[Any, ...]:
    return check.applies_when, check.rows, check.pass_if, check.warn_if


def compile_checks(checks: Sequence[Check]) -> Program:
    """Write and compile a function for each check."""
    layout, constants = Layout(), dict(NAMES)
    texts, left = [], []
    for number, check in enumerate(checks):
        text, by_reference = _written(check, f"c{number}", layout, constants)
        texts.append(text)
        left.append(by_reference)
    text = "\n".join(texts)
    exec(_code(text), constants)
    functions = tuple(constants[f"c{number}"] for number in range(len(checks)))
    return Program(functions, layout, tuple(left), text)


def _code(text: str) -> CodeType:
    return compile(text, "<compiled checks>", "exec", dont_inherit=True)


def _written(
    check: Check, name: str, layout: Layout, constants: dict[str, Any]
) -> tuple[str, tuple[typed.Expression, ...]]:
    to = Lowering(Writer(constants), layout)
    to.shared = _in_several_places(check)
    applies = _truth(to, check.applies_when, "T")
    rows = _rows_exist(to, check)
    passes, warns = _truth(to, check.pass_if, "T"), _truth(to, check.warn_if, "F")
    text = to.writer.text(f"def {name}({_PARAMETERS}):", f"{applies}, {rows}, {passes}, {warns}")
    return text, tuple(to.left)


def _truth(to: Lowering, condition: Condition | None, otherwise: str) -> str:
    return to.lower(condition.expression) if condition else otherwise


def _rows_exist(to: Lowering, check: Check) -> str:
    return rowlowering.rows_exist(to, check.rows.source) if check.rows else "T"


def _in_several_places(check: Check) -> frozenset[int]:
    """The macros of a check that stand in more than one place, such as its measure."""
    trees = [each.expression for each in (check.applies_when, check.pass_if, check.warn_if) if each]
    macros = Counter(id(node) for tree in trees for node in _macros(tree))
    return frozenset(number for number, times in macros.items() if times > 1)


def _macros(tree: typed.Expression) -> Iterator[typed.Expression]:
    return (node for node in walk.parts(tree) if isinstance(node, typed.Aggregate | typed.GroupQuantifier))
