"""The waivers: what became of each, who approved it, until when."""

from __future__ import annotations

from riskcheck.model.text import Text
from riskcheck.model.waiver import WaiverAccount, WaiverUse
from riskcheck.reports import waiverwords as words
from riskcheck.reports.html.anchors import Entries
from riskcheck.reports.html.markup import Markup, element, joined, quoted
from riskcheck.reports.html.section import Section, place, row, table


def waivers_section(account: WaiverAccount, entries: Entries) -> Section:
    """All waivers, in their order, the verdict without them, and what of them could not be read."""
    heads = (
        Text("Waived", "豁免对象"),
        Text("State", "状态"),
        Text("Reason", "豁免理由"),
        Text("Compensating control", "补偿措施"),
        Text("Approved", "批准"),
    )
    problems = (
        element("p", place(str(each.location)) if each.location else None, " ", each.text, class_="cut")
        for each in account.problems
    )
    rows = (_waiver(entries, each) for each in account.uses)
    content = joined((table(heads, rows, words.HEADING, "waivers") if account.uses else None, *problems))
    return Section("waivers", words.HEADING, content, words.without(account), count=len(account.uses))


def _waiver(entries: Entries, use: WaiverUse) -> Markup:
    state, why = words.STATE[use.state], words.why(use)
    return row(
        entries.link(use.waiver.check) if use.waiver.check else None,
        Text(f"{state.en}: {why.en}", f"{state.zh}：{why.zh}"),
        _written(use.waiver.reason),
        _written(use.waiver.compensating_control),
        words.approval(use),
    )


def _written(said: str | None) -> Markup | None:
    return element("span", quoted(said)) if said else None
