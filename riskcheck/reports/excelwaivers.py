"""The sheet of waivers: what each waives, by whom and until when, and what became of it."""

from __future__ import annotations

from typing import Final

from riskcheck.model.text import Text
from riskcheck.model.waiver import ROLES, WaiverAccount, WaiverState, WaiverUse
from riskcheck.reports import waiverwords as words
from riskcheck.reports.excelcolumn import Column, linked
from riskcheck.reports.excelsheet import Row, SheetWriter, place_text

_COLUMNS: Final = (
    Column(Text("State", "状态"), 12),
    Column(Text("Check", "检查"), 13),
    Column(Text("Why", "说明"), 44, wrap=True),
    Column(Text("Waiver", "豁免编号"), 12),
    Column(Text("Reason", "豁免理由"), 40, wrap=True),
    Column(Text("Compensating control", "补偿措施"), 30, wrap=True),
    Column(Text("Approver", "批准人"), 14),
    Column(Text("Role", "批准人角色"), 18),
    Column(Text("Granted on", "批准日期"), 12, day=True),
    Column(Text("Expires on", "到期日期"), 12, day=True),
    Column(Text("Time zone", "时区"), 12),
    Column(Text("Gate", "关口"), 8),
    Column(Text("Owner", "负责人"), 14),
    Column(Text("Mended by", "整改期限"), 12, day=True),
    Column(Text("Fingerprint now", "当前资料指纹"), 27),
    Column(Text("Place", "位置"), 24),
)
_COLORS: Final = {
    WaiverState.RELIED_ON: "#FFE0A3",
    WaiverState.IN_FORCE: "#C8E6C9",
    WaiverState.EXPIRED: "#F5B7B1",
    WaiverState.LAPSED: "#F5B7B1",
    WaiverState.REFUSED: "#F5B7B1",
}


class WaiversSheet(SheetWriter):
    """Writes the sheet."""

    def write(self, account: WaiverAccount) -> None:
        listing = self.listing(self.say(words.HEADING), _COLUMNS, map(self.row, account.uses), freeze_columns=2)
        for state, color in _COLORS.items():
            self.color_equal(listing, 0, self.say(words.STATE[state]), color)

    def row(self, use: WaiverUse) -> Row:
        each = use.waiver
        role = ROLES.get(each.approver_role or "")
        return (
            self.say(words.STATE[use.state]),
            linked(each.check or "", self.places.finding(each.check)),
            self.say(words.why(use)),
            each.id or "",
            each.reason or "",
            each.compensating_control or "",
            each.approver or "",
            self.say(role) if role else "",
            each.granted_on or "",
            each.expires_on or "",
            each.time_zone or "",
            each.gate or "",
            each.owner or "",
            each.fix_due_on or "",
            use.fingerprint or "",
            place_text(each.location),
        )
