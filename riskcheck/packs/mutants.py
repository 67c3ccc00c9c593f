"""The mutants of a check: the check with one small mistake in it, which a case of the check should notice."""

from __future__ import annotations

from collections.abc import Iterator

from riskcheck.expr import printer, typed, walk
from riskcheck.expr.mutations import Mutation, mutations, neighbours
from riskcheck.expr.rebuild import with_parts
from riskcheck.expr.syntax import Span
from riskcheck.expr.untyped import constant, to_text
from riskcheck.expr.walk import Part
from riskcheck.frozen import frozen, replace
from riskcheck.packs.rulepack import Check, Condition, Limit, RowsJudged
from riskcheck.packs.trees import fields_of, trees_of

KEYS = ("applies_when", "rows", "measure", "pass_if", "warn_if")
_CONDITIONS = ("applies_when", "pass_if", "warn_if")


@frozen
class Mutant:
    """A check with one thing changed.

    `text` is how the changed line would read (`pass_if: measure < limit.late`, `limit.late: 0.055`) and names the
    mutant within its check; `what` says what was changed. The change was made at `span` of the condition `key`.
    """

    check: Check
    text: str
    what: str
    key: str
    span: Span


def mutants(check: Check) -> tuple[Mutant, ...]:
    """The mutants of a check, each text once, in the order of its keys.

    The check must come from the pack's text (`load_pack(…, cache=False)`): in it, the rows and the measure that
    conditions name are the very ones of the check, and every part knows its place.
    """
    found: dict[str, Mutant] = {}
    for key in KEYS:
        for mutant in _of_condition(check, key):
            found.setdefault(mutant.text, mutant)
    for limit in check.limits:
        for mutant in _of_limit(check, limit):
            found.setdefault(mutant.text, mutant)
    return tuple(found.values())


def tree_of(check: Check, key: str) -> Part | None:
    """The typed tree of a check's key, None if it has none."""
    part: Condition | RowsJudged | None = getattr(check, key)
    return part.source if isinstance(part, RowsJudged) else part.expression if part else None


def names_in(check: Check, key: str) -> dict[int, str]:
    """The parts that the condition `key` may name, by `id`: the rows of the check, and its measure."""
    given = {"rows": tree_of(check, "rows"), "measure": tree_of(check, "measure")}
    known = {"measure": ("rows",), "pass_if": ("rows", "measure"), "warn_if": ("rows", "measure")}.get(key, ())
    return {id(given[name]): name for name in known if given[name] is not None}


def _of_condition(check: Check, key: str) -> Iterator[Mutant]:
    tree = tree_of(check, key)
    if tree is None:
        return
    names = names_in(check, key)
    original = to_text(tree, names)
    for each in (*mutations(tree, names), *_constants(tree, key)):
        changed = with_parts(tree, {id(each.part): each.instead})
        text = to_text(changed, names)
        if text != original:
            yield Mutant(_changed(check, key, changed), f"{key}: {text}", each.what, key, each.part.span)


def _constants(tree: Part, key: str) -> Iterator[Mutation]:
    """A condition that is always true, and one that never is."""
    for value in (True, False) if key in _CONDITIONS else ():
        instead = typed.Constant(tree.span, typed.BOOL, value)
        yield Mutation(tree, instead, f"{key} became {to_text(instead)}")


def _changed(check: Check, key: str, tree: Part) -> Check:
    """The check with another tree for `key`, also wherever a later condition names it."""
    trees: dict[str, Part] = {}
    instead: dict[int, Part] = {}
    for each in KEYS:
        old = tree_of(check, each)
        if old is None:
            continue
        new = tree if each == key else with_parts(old, instead)
        if new is not old:
            trees[each] = new
        if each in ("rows", "measure"):
            instead[id(old)] = new
    changed = replace(check, **{each: _with_tree(getattr(check, each), new) for each, new in trees.items()})
    read = frozenset().union(*(walk.tables_read(each) for each in trees_of(changed)))
    reads = tuple(table for table in check.reads if table in read)
    return replace(changed, reads=reads, fields=tuple(sorted(fields_of(changed))))


def _with_tree(part: Condition | RowsJudged, tree: Part) -> Condition | RowsJudged:
    return replace(part, source=tree) if isinstance(part, RowsJudged) else replace(part, expression=tree)


def _of_limit(check: Check, limit: Limit) -> Iterator[Mutant]:
    key, span = _first_use(check, limit.name)
    for value in neighbours(limit.value, limit.type):
        others = tuple(replace(each, value=value) if each is limit else each for each in check.limits)
        old, new = (printer.to_text(constant(each, limit.type)) for each in (limit.value, value))
        what = f"limit {limit.name} became {new} instead of {old}"
        yield Mutant(replace(check, limits=others), f"limit.{limit.name}: {new}", what, key, span)


def _first_use(check: Check, limit: str) -> tuple[str, Span]:
    """The first condition that uses a limit, and where in it; every limit of a sound pack is used."""
    for key in KEYS:
        tree = tree_of(check, key)
        if tree is not None:
            for part in walk.parts(tree, names_in(check, key)):
                if isinstance(part, typed.LimitRef) and part.name == limit:
                    return key, part.span
    return "pass_if", check.pass_if.expression.span
