"""What reports say of waivers, in both languages."""

from __future__ import annotations

from typing import Final

from riskcheck.model.text import Text
from riskcheck.model.waiver import ROLES, WaiverAccount, WaiverState, WaiverUse
from riskcheck.reports import phrases

STATE: Final = {
    WaiverState.RELIED_ON: Text("relied on", "已采用"),
    WaiverState.IN_FORCE: Text("in force", "有效"),
    WaiverState.PENDING: Text("pending", "待补批"),
    WaiverState.UNUSED: Text("not needed", "不需要"),
    WaiverState.NOT_YET: Text("not yet", "未生效"),
    WaiverState.EXPIRED: Text("expired", "已到期"),
    WaiverState.LAPSED: Text("lapsed", "已失效"),
    WaiverState.REFUSED: Text("refused", "不接受"),
}
HEADING: Final = Text("Waivers", "豁免")


def without(account: WaiverAccount) -> Text:
    """The verdict without waivers, in a sentence."""
    word = phrases.VERDICT[account.verdict_without]
    relied = len(account.lifted)
    if not relied:
        return Text("Waivers do not change the verdict", "豁免不影响结论")
    noun = "waiver" if relied == 1 else "waivers"
    return Text(f"Rests on {relied} {noun}; without: {word.en}", f"依赖 {relied} 项豁免；若无豁免：{word.zh}")


def why(use: WaiverUse) -> Text:
    """Why a waiver is in its state, and that it ends soon if it does."""
    if not use.ends_soon:
        return use.why
    until = use.waiver.expires_on
    return Text(f"{use.why.en}; ends soon, on {until}", f"{use.why.zh}；将于 {until} 到期")


def approval(use: WaiverUse) -> Text:
    """Who approved, in which role, from when to when."""
    each = use.waiver
    role = ROLES.get(each.approver_role or "")
    who = each.approver or "?"
    first, last, zone = each.granted_on or "?", each.expires_on or "?", f" ({each.time_zone})" if each.time_zone else ""
    return Text(
        f"{who}{f', {role.en}' if role else ''}, {first} to {last}{zone}",
        f"{who}{f'（{role.zh}）' if role else ''}，{first} 至 {last}{zone}",
    )
