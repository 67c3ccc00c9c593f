"""Which tables and fields a template has: all of a pack, or what some of its checks read."""

from __future__ import annotations

from riskcheck.frozen import frozen, replace
from riskcheck.model.owntables import OWN_TABLES
from riskcheck.model.schema import Table
from riskcheck.packs.rulepack import RulePack
from riskcheck.profiles.profile import Profile


@frozen
class Selection:
    """The tables of a template, each with the fields that a person fills in, in the schema's order.

    `gate` and `profile` are those that the template is for, if it is for one.
    """

    tables: tuple[Table, ...]
    gate: str | None = None
    profile: Profile | None = None

    @property
    def to_declare(self) -> tuple[Table, ...]:
        """The tables that somebody may have to declare complete."""
        return tuple(table for table in self.tables if table.name not in OWN_TABLES)


def select(pack: RulePack, gate: str | None = None, profile: Profile | None = None) -> Selection:
    """The tables that checks due at `gate` or before read, and those of riskcheck itself; without a gate all tables.

    With a profile that drops checks there are only the tables and the fields that the others read, and what names a
    row. Raises UsageError for a gate that the pack does not have.
    """
    tables = _tables(pack, gate) if profile is None or not profile.drops else _tables_left(pack, gate, profile)
    return Selection(tuple(map(_to_fill_in, tables)), gate, profile)


def _tables(pack: RulePack, gate: str | None) -> tuple[Table, ...]:
    if gate is None:
        return pack.schema.tables
    read = {"project", *OWN_TABLES, *(name for check in pack.due_at(gate) for name in check.reads)}
    return tuple(table for table in pack.schema.tables if table.name in read)


def _tables_left(pack: RulePack, gate: str | None, profile: Profile) -> tuple[Table, ...]:
    from riskcheck.profiles.tables import tables_left
    from riskcheck.profiles.tailor import tailored

    left = tailored(pack, profile)
    return tables_left(pack, profile, left.checks if gate is None else left.due_at(gate))


def _to_fill_in(table: Table) -> Table:
    """The table without derived fields: these are computed."""
    return replace(table, fields=tuple(field for field in table.fields if field.derived is None))
