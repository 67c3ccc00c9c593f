"""The words of the action list: the titles of its columns, by which an older report is read back, and its states."""

from __future__ import annotations

from typing import Final

from riskcheck.model.actions import ActionStatus, Left
from riskcheck.model.text import Text

OPEN_SHEET: Final = Text("Actions", "整改措施")
CLOSED_SHEET: Final = Text("Closed actions", "已关闭措施")

ID: Final = Text("Finding", "发现项编号")
CHECK: Final = Text("Check", "检查")
WRONG: Final = Text("What is wrong", "问题")
PROPOSED_OWNER: Final = Text("Proposed owner", "建议责任人")
PROPOSED_DUE: Final = Text("Proposed due", "建议期限")
SINCE: Final = Text("Open since", "首次列出")
CLOSED: Final = Text("Closed on", "关闭日期")
WHY_CLOSED: Final = Text("Why closed", "关闭原因")
OWNER: Final = Text("Owner", "责任人")
DUE: Final = Text("Due date", "完成期限")
STATUS: Final = Text("Status", "处理状态")
REMARK: Final = Text("Remark", "备注")

FILLABLE: Final = (OWNER, DUE, STATUS, REMARK)
"""The columns that people fill in."""

STATUS_WORD: Final = {
    ActionStatus.OPEN: Text("open", "待处理"),
    ActionStatus.IN_PROGRESS: Text("in progress", "进行中"),
    ActionStatus.DONE: Text("done", "已完成"),
    ActionStatus.DROPPED: Text("dropped", "不再处理"),
}
"""The words of the dropdown."""

WHY_LEFT: Final = {
    Left.PASSES: Text("the check passes now", "该检查现已通过"),
    Left.NOT_APPLICABLE: Text("the check does not apply now", "该检查现不适用"),
    Left.NOT_JUDGED: Text("the check was not judged this time", "本次未判定该检查"),
    Left.OTHER_PROJECT: Text("of another project", "属于其他项目"),
    Left.NOT_SHOWN: Text("open, but not shown in this report", "未关闭，但本报告未显示"),
}
"""Why an action is not among the open ones any more."""
