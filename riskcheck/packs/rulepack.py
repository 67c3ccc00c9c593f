"""A rule pack, loaded and typed: what every later stage reads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from riskcheck.expr import typed
from riskcheck.frozen import frozen, replace
from riskcheck.model.finding import Band, band_of
from riskcheck.model.number import DecimalText, grid_text, with_percent
from riskcheck.model.place import Location
from riskcheck.model.schema import Schema
from riskcheck.model.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fractions import Fraction
    from typing import Literal, TypeAlias

Basis: TypeAlias = 'Literal["sourced", "mixed", "judgement"]'


@frozen
class Named:
    """Something that has an id and a title: a phase, an element, a gate, an owner. Their order is the pack's."""

    id: str
    title: Text


@frozen
class Gate:
    """A gate. `phase`, if said, is the phase that it closes: checks of items without a phase belong to that."""

    id: str
    title: Text
    phase: str | None


@frozen
class Source:
    """Where a limit or test comes from, as the pack's `sources` list it; `where` says where to look."""

    id: str
    title: Text
    where: Text


@frozen
class Limit:
    """A named threshold of a check. `value` is held as the type says (a double as grid integer).

    `title` is what people call it, to stand before the value; it is the name if the pack says no more. `of_share` tells
    that shares or ratios are compared with it.
    """

    name: str
    title: Text
    type: typed.Type
    value: bool | int | str | date
    basis: Basis
    sources: tuple[str, ...]
    overridden: bool = False
    of_share: bool = False

    @property
    def spelled(self) -> str:
        """The value as a person writes it: `20`, `0.05`, `true`, `2026-03-31`."""
        if isinstance(self.value, bool):
            return "true" if self.value else "false"
        if self.type == typed.DOUBLE and isinstance(self.value, int):
            return grid_text(self.value)
        return str(self.value)

    @property
    def shown(self) -> Text:
        """The value as people read it, with the percentage beside that of a share: `20`, `0.05 (5 %)`."""
        if self.of_share and self.type == typed.DOUBLE:
            return with_percent(self.spelled)
        return Text(self.spelled, self.spelled)

    @property
    def plain(self) -> bool | int | DecimalText | str:
        """The value as reports have it: a double as decimal, a date as text."""
        if self.type == typed.DOUBLE and isinstance(self.value, int):
            return DecimalText(self.spelled)
        return self.spelled if isinstance(self.value, date) else self.value


@frozen
class Condition:
    """A condition of a check: its text, where the text begins, and its typed tree."""

    text: str
    location: Location
    expression: typed.Expression


@frozen
class RowsJudged:
    """The `rows` of a check."""

    text: str
    location: Location
    source: typed.Source


@frozen
class Item:
    """An item of the source that checks judge: a risk control, an activity, a success factor …

    `phase` is None if the item runs through all phases: its checks then belong to the phase that their gate closes.
    """

    id: str
    kind: str
    phase: str | None
    elements: tuple[str, ...]
    title: Text
    cause: Text | None
    consequence: Text | None
    source_lines: tuple[int, ...]


@frozen
class Check:
    """One check of `item`, which judges `also_items`, too.

    `reads`: the tables of its conditions, in schema order; `fields`: the pairs of table and field that they read.
    """

    id: str
    item: str
    also_items: tuple[str, ...]
    phase: str
    elements: tuple[str, ...]
    title: Text
    evidence: Text
    control: Text
    applies_when: Condition | None
    rows: RowsJudged | None
    measure: Condition | None
    pass_if: Condition
    warn_if: Condition | None
    limits: tuple[Limit, ...]
    likelihood: int
    impact: int
    must_meet: bool
    owner: str
    due_gate: str
    basis: Basis
    sources: tuple[str, ...]
    reads: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    location: Location

    @property
    def limit_values(self) -> dict[str, bool | int | str | date]:
        """What `limit.<name>` stands for, by name."""
        return {limit.name: limit.value for limit in self.limits}

    @property
    def typed_limits(self) -> dict[str, tuple[bool | int | str | date, typed.Type]]:
        """The same, each with its type."""
        return {limit.name: (limit.value, limit.type) for limit in self.limits}

    def with_limits(self, changed: Mapping[str, Limit]) -> Check:
        """The check with some of its limits changed, by name."""
        return replace(self, limits=tuple(changed.get(each.name, each) for each in self.limits))

    @property
    def band(self) -> Band:
        """The band of likelihood x impact."""
        return band_of(self.likelihood, self.impact)


@frozen
class Member:
    """A check or compound rule named in a compound rule: it holds when that one fails (or fires)."""

    id: str


@frozen
class AllOf:
    """Holds when all parts hold."""

    parts: tuple[Pattern, ...]


@frozen
class AnyOf:
    """Holds when some part holds."""

    parts: tuple[Pattern, ...]


Pattern = Member | AllOf | AnyOf


@frozen
class Compound:
    """A compound rule: several failures that together are a risk of their own. Free of negation."""

    id: str
    title: Text
    consequence: Text
    control: Text
    when: Pattern
    likelihood: int
    impact: int
    blocks_gate: bool
    basis: str
    source_lines: tuple[int, ...]
    location: Location


@frozen
class ScoreModel:
    """The numbers of the scoring model: the weight of each band, and the limits of the verdict.

    Scores are 0 to 100; `coverage_floor` (0 to 1) is a grid integer. `item_weights` and `element_weights` are what a
    profile multiplies the weights of items and elements by, by id; a pack has none.
    """

    weights: tuple[tuple[Band, int], ...]
    pass_score: int
    open_score: int
    element_floor: int
    coverage_floor: int
    item_weights: tuple[tuple[str, Fraction], ...] = ()
    element_weights: tuple[tuple[str, Fraction], ...] = ()


@frozen
class RulePack:
    """A pack with all its parts: items and checks phase by phase, else in file order."""

    id: str
    version: str
    title: Text
    sha256: str
    schema: Schema
    phases: tuple[Named, ...]
    elements: tuple[Named, ...]
    gates: tuple[Gate, ...]
    owners: tuple[Named, ...]
    sources: tuple[Source, ...]
    items: tuple[Item, ...]
    checks: tuple[Check, ...]
    compounds: tuple[Compound, ...]
    strata: tuple[tuple[str, ...], ...]
    """Compound ids by depth: those of a stratum name only checks and compounds of earlier strata."""
    scoring: ScoreModel
    root: str

    @cached_property
    def check_by_id(self) -> dict[str, Check]:
        """The checks by id."""
        return {check.id: check for check in self.checks}

    @cached_property
    def item_by_id(self) -> dict[str, Item]:
        """The items by id."""
        return {item.id: item for item in self.items}

    def judges(self, item: str) -> tuple[Check, ...]:
        """The checks that judge an item: its own, then those of other items that name it."""
        own = tuple(check for check in self.checks if check.item == item)
        return own + tuple(check for check in self.checks if item in check.also_items)

    @property
    def gates_in_words(self) -> Text:
        """Which gates there are, as a hint of a message."""
        ids = [each.id for each in self.gates]
        return Text("gates of the pack: " + ", ".join(ids), "规则包中的关口：" + "、".join(ids))

    def due_at(self, gate: str) -> tuple[Check, ...]:
        """The checks due at `gate` or before. Raises UsageError if the pack has no such gate."""
        order = [each.id for each in self.gates]
        if gate not in order:
            from riskcheck.errors import Diagnostic, UsageError, guess, nearest

            meant = guess(nearest(gate, order))
            message = Text(f'unknown gate "{gate}"{meant.en}', f"没有关口“{gate}”{meant.zh}")
            raise UsageError(Diagnostic("unknown-gate", message, hints=(self.gates_in_words,)))
        last = order.index(gate)
        return tuple(check for check in self.checks if order.index(check.due_gate) <= last)
