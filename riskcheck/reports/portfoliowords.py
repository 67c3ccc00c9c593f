"""The words that the portfolio reports share, in both languages."""

from __future__ import annotations

from typing import Final

from riskcheck.model.finding import Outcome
from riskcheck.model.portfolio import Portfolio, ProjectResult, SharedLoad
from riskcheck.model.text import Text

SIGNS: Final = {
    Outcome.FAIL: "F",
    Outcome.ERROR: "E",
    Outcome.UNKNOWN: "?",
    Outcome.WARN: "w",
    Outcome.PASS: ".",
    Outcome.NOT_APPLICABLE: "-",
}
"""A letter for each outcome, as the heat map has it; a blank where nothing is due."""

LEGEND: Final = Text(
    "F fail, E error, ? unknown, w warn, . pass, - not applicable, blank not due",
    "F 不通过，E 出错，? 未知，w 预警，. 通过，- 不适用，空白 未到期",
)
OVER: Final = {
    Outcome.FAIL: Text("over", "超限"),
    Outcome.UNKNOWN: Text("perhaps over", "可能超限"),
    Outcome.PASS: Text("within", "未超限"),
}
SAME_PERSON: Final = Text(
    "The same name or id in two projects is taken for the same person.", "不同项目中名称或编号相同者视为同一人。"
)


def first_reason(project: ProjectResult) -> Text:
    """The first reason for the verdict, and how many there are beside it."""
    if not project.reasons:
        return Text("", "")
    first, more = project.reasons[0].text, len(project.reasons) - 1
    return Text(f"{first.en} (and {more} more)", f"{first.zh}（另有 {more} 条）") if more else first


def total(shared: SharedLoad) -> Text:
    """How much somebody is loaded at most at one time: `1.5`, `1.5 to 2`, `1.5 or more`."""
    if shared.high is None:
        return Text(f"{shared.low} or more", f"{shared.low} 或更多")
    if shared.high == shared.low:
        return Text(shared.low, shared.low)
    return Text(f"{shared.low} to {shared.high}", f"{shared.low} 至 {shared.high}")


def rules(portfolio: Portfolio) -> Text:
    """What judged: the pack, the profile, the engine."""
    pack = f"{portfolio.pack.id} {portfolio.pack.version} ({portfolio.pack.sha256[:12]})"
    en, zh = f"rules {pack}", f"规则包 {pack}"
    if portfolio.profile:
        en, zh = f"{en}, profile {portfolio.profile}", f"{zh}，裁剪方案 {portfolio.profile}"
    return Text(f"{en}, engine {portfolio.engine}", f"{zh}，引擎 {portfolio.engine}")
