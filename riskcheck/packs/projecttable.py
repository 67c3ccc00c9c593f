"""The table `project`, from which riskcheck takes the gate and the day of the review."""

from __future__ import annotations

from riskcheck.errors import Diagnostic
from riskcheck.model.place import Location
from riskcheck.model.schema import FieldType, Table
from riskcheck.packs.rulepack import RulePack
from riskcheck.packs.unreadfields import places_of_tables

_PROJECT = "project"
_OPTIONS = {
    "gate": ("--gate", (FieldType.STRING, FieldType.ENUM), "enum, with the pack's gates as its words"),
    "as_of": ("--as-of", (FieldType.DATE,), "date"),
}


def project_notes(pack: RulePack) -> tuple[Diagnostic, ...]:
    """A note if facts cannot say at which gate or on which day they are judged, so that the user has to, each time."""
    table = pack.schema.by_name.get(_PROJECT)
    places = places_of_tables(pack)
    if table is None or not table.one_row:
        lacking, place = tuple(_OPTIONS), next(iter(places.values()), None)
        message = "there is no one-row table project"
    else:
        lacking, place = tuple(name for name in _OPTIONS if not _has(table, name)), places.get(_PROJECT)
        message = f"project has no usable field {' and no '.join(lacking)}"
    return (_note(message, lacking, place),) if lacking else ()


def _has(project: Table, name: str) -> bool:
    field = project.by_name.get(name)
    return field is not None and field.type in _OPTIONS[name][1]


def _note(message: str, lacking: tuple[str, ...], place: Location | None) -> Diagnostic:
    options = " and ".join(_OPTIONS[name][0] for name in lacking)
    fields = "; ".join(f"project.{name} of type {_OPTIONS[name][2]}" for name in lacking)
    return Diagnostic("no-project-field", f"{message}: every check has to be run with {options}", place, (fields,))
