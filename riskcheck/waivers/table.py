"""Waivers as a table of facts: in the project's own file, or in a file of waivers, which holds that table alone."""

from __future__ import annotations

import os
from datetime import date

from riskcheck.facts.load import load_facts
from riskcheck.frozen import frozen
from riskcheck.model.factset import FactSet, FactTable, InputFile, InputProblem
from riskcheck.model.schema import EnumWord, Field, FieldType, Schema, Table
from riskcheck.model.text import Text
from riskcheck.model.waiver import ROLES, Waiver

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

WAIVERS: Final = "waivers"
_ALSO: Final = {
    "risk_owner": (),
    "pmo_head": ("PMO head", "PMO负责人", "PMO主管"),
    "sponsor": ("Sponsor", "发起人"),
    "customer_acceptor": ("Acceptor", "验收人"),
}


def _field(name: str, en: str, zh: str, kind: FieldType = FieldType.STRING, allowed: Any = ()) -> Field:
    return Field(name, kind, Text(en, zh), allowed=allowed, optional=True)


_TABLE: Final = Table(
    WAIVERS,
    Text("Waivers", "豁免"),
    (
        _field("waiver_id", "Waiver ID", "豁免编号"),
        _field("check_id", "Check", "检查编号"),
        _field("project", "Project", "项目编号"),
        _field("gate", "Gate", "关口"),
        _field("reason", "Reason", "豁免理由"),
        _field("approver", "Approver", "批准人"),
        _field(
            "approver_role",
            "Role of the approver",
            "批准人角色",
            FieldType.ENUM,
            tuple(EnumWord(name, title, _ALSO[name]) for name, title in ROLES.items()),
        ),
        _field("granted_on", "Granted on", "批准日期", FieldType.DATE),
        _field("expires_on", "Expires on", "到期日期", FieldType.DATE),
        _field("time_zone", "Time zone", "时区"),
        _field("compensating_control", "Compensating control", "补偿措施"),
        _field("owner", "Owner", "负责人"),
        _field("fix_due_on", "Mended by", "整改期限", FieldType.DATE),
        _field("fingerprint", "Fingerprint", "资料指纹"),
    ),
)


@frozen
class WaiverFile:
    """A file of waivers, read. `problems` are cells that could not be taken."""

    source: InputFile
    waivers: tuple[Waiver, ...]
    problems: tuple[InputProblem, ...]


def load_waivers(path: str | os.PathLike[str]) -> WaiverFile:
    """The waivers in a YAML file or workbook; raises FactsError if it cannot be read."""
    facts = load_facts(path, Schema((_TABLE,)), assume_complete=("all",))
    return WaiverFile(facts.inputs[0], waivers_of(facts), facts.problems)


def waivers_of(facts: FactSet) -> tuple[Waiver, ...]:
    """The waivers in the table of that name; none if there is no such table, or nothing in it."""
    table = facts.by_name.get(WAIVERS) if WAIVERS in facts.schema.by_name else None
    if table is None or table.table.one_row:
        return ()
    return tuple(_waiver(table, row) for row in range(table.row_count))


def _waiver(table: FactTable, row: int) -> Waiver:
    return Waiver(
        id=_text(table, row, "waiver_id"),
        check=_text(table, row, "check_id"),
        project=_text(table, row, "project"),
        reason=_text(table, row, "reason"),
        approver=_text(table, row, "approver"),
        approver_role=_text(table, row, "approver_role"),
        granted_on=_day(table, row, "granted_on"),
        expires_on=_day(table, row, "expires_on"),
        gate=_text(table, row, "gate"),
        fingerprint=_text(table, row, "fingerprint"),
        compensating_control=_text(table, row, "compensating_control"),
        owner=_text(table, row, "owner"),
        fix_due_on=_day(table, row, "fix_due_on"),
        time_zone=_text(table, row, "time_zone"),
        location=table.origin.cell_location(row, "check_id") or table.origin.table_location(),
    )


def _text(table: FactTable, row: int, name: str) -> str | None:
    cell = table.columns[name][row] if name in table.columns else None
    return cell if isinstance(cell, str) else None


def _day(table: FactTable, row: int, name: str) -> date | None:
    cell = table.columns[name][row] if name in table.columns else None
    return cell if isinstance(cell, date) else None
