"""The words of the rule reference itself, in both languages."""

from __future__ import annotations

import re
from typing import Final

from riskcheck.model.finding import Outcome
from riskcheck.model.text import Text

WORDS: Final = {
    "all_items": Text("All items", "全部条目"),
    "also_read": Text("Also read as", "也可写作"),
    "blocks_gate": Text("Blocks the gate", "阻断关口"),
    "checks": Text("Checks", "检查项"),
    "column": Text("Column", "列名"),
    "complete": Text("declared complete", "已声明完整"),
    "compounds": Text("Compound risks", "组合风险"),
    "condition": Text("Condition", "判定条件"),
    "count": Text("Rows", "行数"),
    "evidence": Text("A finding shows", "结果列示"),
    "enter": Text("What to enter", "填写内容"),
    "examples": Text("Examples", "示例"),
    "facts": Text("Facts and where to fill them in", "所需资料及填写位置"),
    "item": Text("Item", "条目"),
    "field": Text("In conditions", "条件中的名称"),
    "judged_elsewhere": Text("Judged by checks of other items", "由其他条目的检查判定"),
    "fires": Text("Fires when these fail:", "以下检查不通过时触发："),
    "kind": Text("Kind", "类别"),
    "likelihood_impact": Text("Likelihood × impact", "可能性 × 影响"),
    "limit": Text("Limit", "限值"),
    "no_rows": Text("(no rows)", "（无记录）"),
    "other_language": Text("中文", "English"),
    "source_lines": Text("Lines of the source", "来源行号"),
    "title": Text("Title", "名称"),
    "value": Text("Value", "取值"),
    "what_to_do": Text("If it fails", "不通过时"),
    "why": Text("Why it matters", "为何重要"),
}
OUTCOMES: Final = {
    Outcome.PASS: Text("Passes", "通过"),
    Outcome.WARN: Text("Warns", "预警"),
    Outcome.FAIL: Text("Fails", "不通过"),
}
LABELS: Final = {
    "applies_when": Text("Applies if:", "适用条件："),
    "pass_if": Text("Passes if:", "通过条件："),
    "warn_if": Text("Warns if:", "预警条件："),
}
INTRODUCTION: Final = Text(
    "{items} items, {checks} checks and {compounds} compound risks of the pack {pack} {version}. These pages are made "
    "from the pack.",
    "规则包 {pack} {version} 共有 {items} 个条目、{checks} 项检查和 {compounds} 条组合风险。本手册由规则包生成。",
)
READING: Final = Text(
    "Titles of sheets and columns, and words that are chosen in them, stand in “quotes”. “Filled in” is a cell with a "
    "value, “empty” one that is known to hold none.",
    "工作表名、列名及可选的词均置于“引号”之中。“已填写”指单元格有值，“为空”指确知没有值。",
)
NOT_JUDGED: Final = Text("No check judges this item.", "没有检查判定该条目。")
COUNTED: Final = Text("counted by the tool in {fields}, not to be filled in", "由工具在{fields}中统计，无需填写")
REVIEWED: Final = Text(" (review date {day})", "（评审日期 {day}）")
MORE_ROWS: Final = Text("and {n} rows more", "另有 {n} 行")
CHINESE: Final = re.compile("[\u3400-\u9fff]")
"""A text with one of these is Chinese."""
MARK: Final = "<!-- Made by riskcheck rules reference from the pack {pack}; its next run undoes changes here. -->"
"""The first line of every page; by it later runs know which pages are theirs."""
