"""The words of the reports themselves, in both languages. Texts about the project come from the pack."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from riskcheck.model.assessment import Verdict
from riskcheck.model.finding import Band, CompoundState, Outcome
from riskcheck.model.text import Text

VERDICT: Final = {
    Verdict.PASS: Text("PASS", "通过"),
    Verdict.CONDITIONAL: Text("CONDITIONAL", "有条件通过"),
    Verdict.FAIL: Text("FAIL", "不通过"),
    Verdict.CANNOT_JUDGE: Text("CANNOT JUDGE", "无法判定"),
}
GATE_STATE: Final = {
    True: Text("the gate is open", "关口开放"),
    False: Text("the gate stays shut", "关口关闭"),
}
OUTCOME: Final = {
    Outcome.PASS: Text("pass", "通过"),
    Outcome.WARN: Text("warn", "预警"),
    Outcome.FAIL: Text("fail", "不通过"),
    Outcome.UNKNOWN: Text("unknown", "未知"),
    Outcome.NOT_APPLICABLE: Text("not applicable", "不适用"),
    Outcome.ERROR: Text("error", "出错"),
}
BAND: Final = {
    Band.LOW: Text("low", "低"),
    Band.MEDIUM: Text("medium", "中"),
    Band.HIGH: Text("high", "高"),
    Band.CRITICAL: Text("critical", "极高"),
}
COMPOUND: Final = {
    CompoundState.FIRED: Text("fired", "成立"),
    CompoundState.POSSIBLE: Text("possible", "可能成立"),
    CompoundState.CLEAR: Text("clear", "不成立"),
}
MUST_MEETS: Final = {
    False: Text("Must-meet checks: ", "必须满足项："),
    True: Text("Must-meet checks shown: ", "所显示的必须满足项："),
}
"""What heads the counts of must-meet checks, by whether only some findings are shown."""
STATE: Final = {
    "value": Text("value", "有值"),
    "empty": Text("blank or none", "空白或无"),
    "missing": Text("missing", "缺失"),
}
NEED: Final = {
    "fill": Text("fill in", "请填写"),
    "value": Text("empty, but a value is needed", "为空（无），但此处需要值；若为否定请填“否”"),
    "close": Text("declare the table complete", "请声明该表完整"),
    "add": Text(
        "not in the file; add it, or declare it complete by its name", "文件中没有该表；请补充，或按表名声明完整"
    ),
    "rows": Text("more rows are needed", "需要更多行"),
    "define": Text("has no defined value", "该值无法计算"),
    "tie": Text("several rows share the latest date", "多行最新日期相同"),
    "renew": Text(
        "bring it up to date, and give the day in table_status", "请更新该表，并在 table_status 中填写截至日期"
    ),
}
SEVERITY: Final = {
    "error": Text("error", "错误"),
    "warning": Text("warning", "警告"),
    "note": Text("note", "提示"),
}
ORIGIN: Final = {
    "sourced": Text("sourced", "有出处"),
    "mixed": Text("partly sourced", "部分有出处"),
    "judgement": Text("judgement", "经验判断"),
}
BY_PROFILE: Final = Text("by the profile", "裁剪方案设定")
MUST_MEET: Final = Text("must-meet", "必须满足")
BLOCKS_GATE: Final = Text("blocks the gate", "阻断关口")
YES: Final = Text("yes", "是")
NO: Final = Text("no", "否")


def declaring_command(files: Sequence[str], tables: list[str], profile: str | None, mapping: str | None) -> str:
    """The command line that judges `files` and declares `tables` complete; `profile` and `mapping` are those in use."""
    import shlex

    name = shlex.join(files) or "FACTS"
    option = f" --profile {shlex.quote(profile)}" if profile else ""
    option += f" --mapping {shlex.quote(mapping)}" if mapping else ""
    return f"riskcheck check {name}{option} --assume-complete {','.join(tables)}"
