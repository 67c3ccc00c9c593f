"""The words with which rules are shown to people, in both languages; what the rules say comes from the pack."""

from __future__ import annotations

from typing import Final

from riskcheck.model.text import Text

RULE_WORDS: Final = {
    "all": Text("all of", "全部满足："),
    "all_phases": Text("All phases", "各阶段"),
    "any": Text("any of", "任一满足："),
    "applies_when": Text("applies when", "适用条件"),
    "blocks": Text("blocks the gate", "阻断关口"),
    "cause": Text("cause", "原因"),
    "checks": Text("checks", "检查"),
    "consequence": Text("consequence", "后果"),
    "control": Text("control", "控制措施"),
    "critical": Text("critical", "极高"),
    "due": Text("due at", "截止关口"),
    "elements": Text("elements", "要素"),
    "evidence": Text("evidence", "证据"),
    "file": Text("file", "文件"),
    "high": Text("high", "高"),
    "impact": Text("impact", "影响"),
    "implied": Text("implied by the source", "由来源推出"),
    "item": Text("item", "条目"),
    "judgement": Text("judgement", "经验判断"),
    "likelihood": Text("likelihood", "可能性"),
    "limits": Text("limits", "限值"),
    "low": Text("low", "低"),
    "measure": Text("measure", "度量值"),
    "medium": Text("medium", "中"),
    "mixed": Text("partly sourced", "部分有出处"),
    "must_meet": Text("must-meet", "必须满足"),
    "no": Text("no", "否"),
    "origin": Text("origin", "依据"),
    "owner": Text("owner", "责任方"),
    "in_words": Text("in plain words", "文字说明"),
    "pass_if": Text("passes if", "通过条件"),
    "phase": Text("phase", "阶段"),
    "reads": Text("facts read", "读取的数据"),
    "risk": Text("risk", "风险"),
    "rows": Text("rows judged", "判定的行"),
    "sourced": Text("sourced", "有出处"),
    "sources": Text("sources", "来源"),
    "stated": Text("stated by the source", "来源明示"),
    "warn_if": Text("warns if", "预警条件"),
    "when": Text("fires when", "触发条件"),
    "yes": Text("yes", "是"),
}

KINDS: Final = {
    "activity": Text("activity", "活动"),
    "consensus": Text("consensus", "共识"),
    "element_content": Text("content of an element", "要素内容"),
    "purpose": Text("purpose", "目的"),
    "requirement": Text("requirement", "要求"),
    "risk_control": Text("risk control", "风险控制"),
    "success_factor": Text("success factor", "成功因素"),
}
"""What kinds of items are called that packs often have; any other is called by its own word."""


def kind_text(kind: str) -> Text:
    """What a kind of items is called."""
    word = kind.replace("_", " ")
    return KINDS.get(kind, Text(word, word))
