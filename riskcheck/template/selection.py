"""Which tables and fields a template has: all of a pack, or what some of its checks read."""

from __future__ import annotations

from riskcheck.frozen import frozen, replace
from riskcheck.model.owntables import OWN_TABLES
from riskcheck.model.schema import Schema, Table
from riskcheck.packs.rulepack import Check, RulePack
from riskcheck.packs.trees import derived_from, fields_of
from riskcheck.profiles.profile import Profile
from riskcheck.profiles.tables import OF_THE_REVIEW, PROJECT, tables_left

Fields = frozenset[tuple[str, str]]


@frozen
class Selection:
    """The tables of a template, each with the fields that a person fills in, in the schema's order.

    `checks` are those that judge what is filled in. `gate` and `profile` are those that the template is for, if it is
    for one.
    """

    tables: tuple[Table, ...]
    checks: tuple[Check, ...]
    gate: str | None = None
    profile: Profile | None = None

    @property
    def to_declare(self) -> tuple[Table, ...]:
        """The tables that somebody may have to declare complete."""
        return tuple(table for table in self.tables if table.name not in OWN_TABLES)


def select(pack: RulePack, gate: str | None = None, profile: Profile | None = None) -> Selection:
    """What checks due at `gate` or before read, and the tables of riskcheck itself; without a gate all of the pack.

    A gate leaves out the tables that its checks do not read, and the fields that only checks of later gates read. With
    a profile that drops checks there are only the tables and the fields that the others read, and what names a row.
    Raises UsageError for a gate that the pack does not have.
    """
    judging = pack
    if profile is not None:
        from riskcheck.profiles.tailor import tailored

        judging = tailored(pack, profile)
    checks = judging.checks if gate is None else judging.due_at(gate)
    if profile is not None and profile.drops:
        tables = tables_left(pack, profile, checks)
    else:
        tables = pack.schema.tables if gate is None else _tables_until(pack, checks)
    return Selection(tuple(map(_to_fill_in, tables)), checks, gate, profile)


def _tables_until(pack: RulePack, checks: tuple[Check, ...]) -> tuple[Table, ...]:
    named = {PROJECT, *OWN_TABLES, *(name for check in checks for name in check.reads)}
    kept = _fields_read(pack.schema, checks) | {(PROJECT, name) for name in OF_THE_REVIEW}
    later = _fields_read(pack.schema, pack.checks) - kept
    return tuple(_without(table, later) for table in pack.schema.tables if table.name in named)


def _fields_read(schema: Schema, checks: tuple[Check, ...]) -> Fields:
    read = Fields().union(*map(fields_of, checks))
    return read | derived_from(schema, read)


def _without(table: Table, dropped: Fields) -> Table:
    """The table without some fields; the first, by which a row is known, stays."""
    first = () if table.one_row else table.fields[:1]
    kept = (field for field in table.fields if field in first or (table.name, field.name) not in dropped)
    return replace(table, fields=tuple(kept))


def _to_fill_in(table: Table) -> Table:
    """The table without derived fields: these are computed."""
    return replace(table, fields=tuple(field for field in table.fields if field.derived is None))
