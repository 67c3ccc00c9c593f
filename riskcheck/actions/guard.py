"""Keeps a report in which people filled in actions from being written over."""

from __future__ import annotations

from pathlib import Path

from riskcheck.actions.read import read_if_report
from riskcheck.errors import Diagnostic, UsageError
from riskcheck.model.place import Location
from riskcheck.model.text import Text


def check_replaced(target: Path) -> None:
    """Refuse (UsageError) to write over the workbook `target` if actions in it are filled in, or nobody can tell."""
    at = Location(str(target))
    try:
        report = read_if_report(target)
    except UsageError as error:
        message = Text(
            "this file exists and cannot be read, so nobody can tell whether actions in it are filled in",
            "该文件已存在但无法读取，因此无从得知其中的措施是否已填写",
        )
        cures = (*_WHAT_ELSE, *(each.message for each in error.diagnostics[:1]))
        raise UsageError(Diagnostic("output-unreadable", message, at, cures)) from None
    if report is None or not report.is_filled_in:
        return
    message = Text("actions in this report are filled in and would be lost", "该报告中的措施已有填写内容，覆盖会丢失")
    carry = Text(
        f'carry them over with --actions "{target}", which may be this same file',
        f"请用 --actions “{target}” 沿用这些内容（可与输出为同一文件）",
    )
    raise UsageError(Diagnostic("actions-would-be-lost", message, at, (carry, *_WHAT_ELSE)))


_WHAT_ELSE = (Text("or write to another file, or delete this one", "或换一个输出文件名，或先删除该文件"),)
