"""Refusing a file of facts: the error that says where, why, and how to mend it."""

from __future__ import annotations

from riskcheck.errors import Diagnostic, FactsError
from riskcheck.model.place import Location
from riskcheck.model.text import Text

COPY_AGAIN = Text("copy or download the file again", "请重新复制或下载该文件")
"""The cure for a file that was damaged on its way."""
SAVE_AGAIN = Text(
    "open it in Excel, WPS or LibreOffice, save it again as .xlsx, and check the new file",
    "请用 Excel、WPS 或 LibreOffice 打开，重新保存为 .xlsx，再检查新文件",
)
"""The cure for a workbook that a spreadsheet program can still repair."""

TRY_SECOND_READER = Text(
    "or read it with --reader openpyxl, which takes such cells in another way, and compare what was read",
    "或用 --reader openpyxl 读取（它对这类单元格的处理方式不同），并核对读取的内容",
)
"""The cure for cells that the first reader refuses and openpyxl is known to read."""


def refusal(code: str, message: Text, *cures: Text, at: Location) -> FactsError:
    """The error for a file that cannot be read: one sentence, then one line for each cure."""
    return FactsError(Diagnostic(code, message, at, cures))


def damage(what: Text, *cures: Text, at: Location) -> FactsError:
    """The error for a workbook in which `what` is wrong."""
    message = Text(f"the workbook is damaged: {what.en}", f"工作簿已损坏：{what.zh}")
    return refusal("workbook-damaged", message, *(cures or (SAVE_AGAIN,)), at=at)
