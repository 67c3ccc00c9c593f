"""What the one-row table `project` says about the review itself: which project, at which gate, as of which day."""

from __future__ import annotations

from datetime import date
from typing import NoReturn

from riskcheck.errors import Diagnostic, FactsError, UsageError
from riskcheck.model.factset import FactSet
from riskcheck.packs.rulepack import RulePack

PROJECT = "project"
_MAX_HINTS = 5


def project_id(facts: FactSet) -> str | None:
    """The project's id, if the facts name it."""
    return project_text(facts, "project_id")


def project_text(facts: FactSet, name: str) -> str | None:
    """The text of a field of the table `project`, if it is there and has a value."""
    cell = facts.single(PROJECT, name) if _has_field(facts, name) else None
    return cell if isinstance(cell, str) else None


def review_gate(facts: FactSet, pack: RulePack) -> str:
    """The facts' own gate, `project.gate`. Raises UsageError if they have none, FactsError if it cannot be read."""
    gate = project_text(facts, "gate")
    return gate if gate is not None else _not_known(facts, "gate", "the gate", "--gate GATE", pack.gates_in_words)


def review_day(facts: FactSet) -> date:
    """The facts' own day, `project.as_of`. Raises UsageError if they have none, FactsError if it cannot be read."""
    day = facts.single(PROJECT, "as_of") if _has_field(facts, "as_of") else None
    return day if isinstance(day, date) else _not_known(facts, "as_of", "the review date", "--as-of YYYY-MM-DD")


def _has_field(facts: FactSet, name: str) -> bool:
    table = facts.schema.by_name.get(PROJECT)
    return table is not None and name in table.by_name


def _not_known(facts: FactSet, name: str, what: str, option: str, *allowed: str) -> NoReturn:
    """Say why `project.<name>` is not known, as far as the file shows it, and how to mend it."""
    code = f"no-{name.replace('_', '-')}"
    option_hint = f"or give it with {option}"
    if not _has_field(facts, name):
        message = f"{what} is not known: the pack's facts have no {PROJECT}.{name}"
        raise UsageError(Diagnostic(code, message, hints=(f"give it with {option}", *allowed)))
    table = facts.by_name[PROJECT]
    title, field = table.table.title, table.table.by_name[name].title
    if not table.present:
        message = f"{what} is not known: nothing in the file is the table {title.en} ({title.zh})"
        unread = [each.text.en for each in facts.problems if each.code.startswith("unknown-")]
        raise UsageError(Diagnostic(code, message, hints=(*unread[:_MAX_HINTS], option_hint, *allowed)))
    place = table.origin.cell_location(0, name) or table.origin.table_location()
    written = table.origin.raw(0, name) if table.row_count else None
    if written:
        message = f'{what} is not known: {field.en} ({field.zh}) says "{written}", which cannot be read'
        why = [each.text.en for each in facts.problems if each.location == place]
        raise FactsError(Diagnostic(code, message, place, hints=(*why[:1], option_hint, *allowed)))
    message = f"{what} is not known: {field.en} ({field.zh}) is not filled in"
    raise UsageError(Diagnostic(code, message, place, hints=(f"fill in {PROJECT}.{name}", option_hint, *allowed)))
