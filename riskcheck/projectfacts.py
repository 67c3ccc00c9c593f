"""What the one-row table `project` says about the review itself: which project, at which gate, as of which day."""

from __future__ import annotations

from datetime import date

from riskcheck.errors import Diagnostic, FactsError, UsageError
from riskcheck.model.factset import FactSet
from riskcheck.model.text import Text
from riskcheck.packs.rulepack import RulePack

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

PROJECT = "project"
_MAX_HINTS = 5
_DIFFERS = "two-values"
"""The problem of a field that two files, or two places, say differently; its text names both."""
_GATE, _DAY = Text("the gate", "关口"), Text("the review date", "评审日期")


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
    return gate if gate is not None else _not_known(facts, "gate", _GATE, "--gate GATE", pack.gates_in_words)


def review_day(facts: FactSet) -> date:
    """The facts' own day, `project.as_of`. Raises UsageError if they have none, FactsError if it cannot be read."""
    day = facts.single(PROJECT, "as_of") if _has_field(facts, "as_of") else None
    return day if isinstance(day, date) else _not_known(facts, "as_of", _DAY, "--as-of YYYY-MM-DD")


def _has_field(facts: FactSet, name: str) -> bool:
    table = facts.schema.by_name.get(PROJECT)
    return table is not None and name in table.by_name


def _not_known(facts: FactSet, name: str, what: Text, option: str, *allowed: Text) -> NoReturn:
    """Say why `project.<name>` is not known, as far as the file shows it, and how to mend it."""
    code = f"no-{name.replace('_', '-')}"
    or_option = Text(f"or give it with {option}", f"或用 {option} 指定")
    if not _has_field(facts, name):
        message = _unknown(what, f"the pack's facts have no {PROJECT}.{name}", f"规则包的资料中没有 {PROJECT}.{name}")
        only_option = Text(f"give it with {option}", f"请用 {option} 指定")
        raise UsageError(Diagnostic(code, message, hints=(only_option, *allowed)))
    table = facts.by_name[PROJECT]
    title, field = table.table.title, table.table.by_name[name].title
    if not table.present:
        en, zh = f"nothing in the file is the table {title.en} ({title.zh})", f"文件中没有“{title.zh}”表"
        unread = [each.text for each in facts.problems if each.code.startswith("unknown-")]
        raise UsageError(Diagnostic(code, _unknown(what, en, zh), hints=(*unread[:_MAX_HINTS], or_option, *allowed)))
    place = table.origin.cell_location(0, name) or table.origin.table_location()
    written = table.origin.raw(0, name) if table.row_count else None
    differs = next((each.text for each in facts.problems if each.code == _DIFFERS and each.location == place), None)
    if differs is not None:
        message = _unknown(what, differs.en, differs.zh)
        raise FactsError(Diagnostic(code, message, place, hints=(or_option, *allowed)))
    if written:
        en = f'{field.en} ({field.zh}) says "{written}", which cannot be read'
        message = _unknown(what, en, f"“{field.zh}”填写的“{written}”无法读取")
        why = [each.text for each in facts.problems if each.location == place]
        raise FactsError(Diagnostic(code, message, place, hints=(*why[:1], or_option, *allowed)))
    message = _unknown(what, f"{field.en} ({field.zh}) is not filled in", f"“{field.zh}”没有填写")
    fill_in = Text(f"fill in {PROJECT}.{name}", f"请在“{title.zh}”表中填写“{field.zh}”")
    raise UsageError(Diagnostic(code, message, place, hints=(fill_in, or_option, *allowed)))


def _unknown(what: Text, en: str, zh: str) -> Text:
    return Text(f"{what.en} is not known: {en}", f"{what.zh}未知：{zh}")
