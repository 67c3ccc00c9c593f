"""The facts of a project as a profile takes them: tables closed by it, and facts that are too old taken as unknown.

Ageing hides: a table whose facts are too old is as if nobody had written anything about it. So it can never help.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from riskcheck.facts.derived import compute_derived
from riskcheck.facts.evidencerows import read_evidence
from riskcheck.frozen import frozen, replace
from riskcheck.model.factset import MISSING, Cell, FactSet, FactTable, close_table
from riskcheck.model.schema import EVIDENCE
from riskcheck.profiles.profile import Profile
from riskcheck.profiles.tables import OF_THE_REVIEW, PROJECT


@frozen
class TableAge:
    """How old the facts of a table are at the review, and how old they may be. `as_of` is None if no day is known."""

    table: str
    most: int
    as_of: date | None
    days: int | None

    @property
    def too_old(self) -> bool:
        """Whether the facts count as unknown: too old, of no known day, or of a day after the review."""
        return self.days is None or not 0 <= self.days <= self.most


def ages(facts: FactSet, profile: Profile, day: date) -> tuple[TableAge, ...]:
    """The age at `day` of each table that the profile lets age.

    It counts from the day in `table_status`; where that has none, from the latest day up to `day` of a piece of
    evidence for the whole table.
    """
    if not profile.max_age_days:
        return ()
    said, shown = dict(facts.status_dates), _days_of_evidence(facts, day)
    found = []
    for table, most in profile.max_age_days:
        as_of = said.get(table) or shown.get(table)
        found.append(TableAge(table, most, as_of, (day - as_of).days if as_of else None))
    return tuple(found)


def prepared(facts: FactSet, profile: Profile, day: date) -> FactSet:
    """The facts with the tables closed that `profile` declares complete, and those forgotten that are too old.

    A table stays open that the facts themselves say is not complete, or of which rows may not have been read.
    """
    outdated = tuple(each.table for each in ages(facts, profile, day) if each.too_old)
    closed = [name for name in profile.complete if name not in outdated and name not in facts.kept_open]
    if not outdated and not closed:
        return facts
    changed: dict[str, FactTable] = {name: compute_derived(close_table(facts.by_name[name])) for name in closed}
    changed.update({name: forgotten(facts.by_name[name]) for name in outdated})
    tables = tuple(changed.get(each.table.name, each) for each in facts.tables)
    return replace(facts, tables=tables, outdated=outdated)


def forgotten(facts: FactTable) -> FactTable:
    """The table as if nothing were known about it: open, without rows; a one-row table keeps its row, all missing.

    What says which review this is does not age.
    """
    kept = OF_THE_REVIEW if facts.table.name == PROJECT else ()
    rows = facts.row_count if facts.table.one_row else 0
    columns: Mapping[str, tuple[Cell, ...]] = {
        name: (cells if name in kept else (MISSING,) * rows) for name, cells in facts.columns.items()
    }
    return replace(facts, columns=MappingProxyType(columns), row_count=rows, closed=False, nothing=MappingProxyType({}))


def _days_of_evidence(facts: FactSet, day: date) -> dict[str, date]:
    """The latest day, not after `day`, of the evidence for each whole table."""
    if not facts.schema.has_evidence or "as_of" not in facts.by_name[EVIDENCE].columns:
        return {}
    evidence = facts.by_name[EVIDENCE]
    found: dict[str, date] = {}
    for each in read_evidence(facts, day).rows:
        as_of = evidence.cell(each.row, "as_of")
        if each.is_whole_table and isinstance(as_of, date) and as_of <= day:
            found[each.table] = max(found.get(each.table, as_of), as_of)
    return found
