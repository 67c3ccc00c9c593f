"""What is left to fill in where a profile drops checks: the tables and fields that the others read."""

from __future__ import annotations

from riskcheck.frozen import replace
from riskcheck.model.schema import EVIDENCE, Table
from riskcheck.packs.rulepack import Check, RulePack
from riskcheck.packs.trees import derived_from, fields_of
from riskcheck.profiles.profile import Profile

PROJECT = "project"
OF_THE_REVIEW = ("project_id", "name", "gate", "as_of")
"""The fields of `project` that say which review this is."""


def tables_left(pack: RulePack, profile: Profile, checks: tuple[Check, ...]) -> tuple[Table, ...]:
    """The tables that `checks` read, with the fields that they read and the first, by which a row is known.

    Always there is `project`, with what says which review this is; `evidence` if the profile asks for evidence.
    """
    read = frozenset[tuple[str, str]]().union(*map(fields_of, checks))
    read |= derived_from(pack.schema, read) | {(PROJECT, name) for name in OF_THE_REVIEW}
    named = {PROJECT, *(name for check in checks for name in check.reads)}
    found = []
    for table in pack.schema.tables:
        if table.name == EVIDENCE and (profile.evidence_floor or profile.max_age_days):
            found.append(table)
        elif table.name in named:
            first = () if table.one_row else table.fields[:1]
            kept = tuple(each for each in table.fields if each in first or (table.name, each.name) in read)
            found.append(replace(table, fields=kept))
    return tuple(found)
