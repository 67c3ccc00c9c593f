"""Why a field is filled in: the checks that read it, and the first gate at which one of them is due."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from riskcheck.model.owntables import OWN_TABLES
from riskcheck.model.schema import FieldType, Schema
from riskcheck.packs.rulepack import Check, RulePack
from riskcheck.packs.trees import derived_from, fields_of

OF_THE_TOOL: Final = frozenset(
    (table, name)
    for table, names in {"project": ("project_id", "name", "gate", "as_of"), **OWN_TABLES}.items()
    for name in names
)
"""Fields that riskcheck reads whatever the checks are."""
_ALWAYS_NEEDED = frozenset([("project", "gate"), ("project", "as_of")])
"""Without these fields nothing can be judged."""

Checks = tuple[Check, ...]


class FieldNeeds:
    """The fields of a pack's facts as some of its checks read them.

    A text field that a derived one is computed from is read by the checks that read that one. The first field of a
    table, if it is a text, is read by all checks of the table: findings name a row by it.
    """

    def __init__(self, pack: RulePack, checks: Checks) -> None:
        self._order = {gate.id: number for number, gate in enumerate(pack.gates)}
        self._gates = tuple(gate.id for gate in pack.gates)
        self._fields = _by_field(pack.schema, checks)
        self._tables = _by_table(checks)
        self._names = frozenset(
            (table.name, table.fields[0].name)
            for table in pack.schema.tables
            if table.fields and not table.one_row and table.fields[0].type is FieldType.STRING
        )

    def is_used(self, table: str, field: str) -> bool:
        """Whether anything is made of the field: by a check, to name a row, or by riskcheck itself."""
        place = (table, field)
        return place in self._fields or place in self._names or place in OF_THE_TOOL

    def checks_of(self, table: str, field: str) -> Checks:
        """The checks that read the field, in the pack's order."""
        return self._fields.get((table, field), ())

    def checks_of_table(self, table: str) -> Checks:
        """The checks that read the table, in the pack's order."""
        return self._tables.get(table, ())

    def first_gate(self, table: str, field: str) -> str | None:
        """The first gate that needs the field; None if no check reads it."""
        if (table, field) in _ALWAYS_NEEDED:
            return self._gates[0]
        if (table, field) in self._names:
            return self.first_gate_of_table(table)
        return self._first(self.checks_of(table, field))

    def first_gate_of_table(self, table: str) -> str | None:
        """The first gate that needs the table; None if no check reads it."""
        return self._first(self.checks_of_table(table))

    def _first(self, checks: Checks) -> str | None:
        return min((check.due_gate for check in checks), key=self._order.__getitem__, default=None)


def _by_field(schema: Schema, checks: Iterable[Check]) -> dict[tuple[str, str], Checks]:
    found: dict[tuple[str, str], list[Check]] = {}
    for check in checks:
        read = fields_of(check)
        for field in read | derived_from(schema, read):
            found.setdefault(field, []).append(check)
    return {field: tuple(readers) for field, readers in found.items()}


def _by_table(checks: Iterable[Check]) -> dict[str, Checks]:
    found: dict[str, list[Check]] = {}
    for check in checks:
        for table in check.reads:
            found.setdefault(table, []).append(check)
    return {table: tuple(readers) for table, readers in found.items()}
