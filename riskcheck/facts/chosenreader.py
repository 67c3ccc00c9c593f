"""A workbook read by the reader that was asked for. That it was the second one is told."""

from __future__ import annotations

from riskcheck.errors import Diagnostic, FactsError, worded
from riskcheck.facts.package import Package
from riskcheck.facts.sheet import Sheet
from riskcheck.facts.workbook import read_workbook
from riskcheck.frozen import replace
from riskcheck.model.factset import InputProblem
from riskcheck.model.place import Location
from riskcheck.model.text import Text

_OPENPYXL = "openpyxl"
_DAMAGED = frozenset({"workbook-damaged", "sheet-unreadable"})
"""Refusals of the first reader at which the second is tried; all others are of files that no reader should read."""
_OTHER_FORMATS = (".xls", ".xlsb", ".ods")
_LEAVE_OUT = Text(
    "or leave --reader openpyxl out: it reads .xlsx and .xlsm only; --reader auto reads each format",
    "或去掉 --reader openpyxl：它只读取 .xlsx 和 .xlsm；--reader auto 可读取各种格式",
)

_Read = tuple[tuple[Sheet, ...], tuple[InputProblem, ...]]


def read_by(reader: str, data: bytes, file: str) -> _Read:
    """The sheets of a workbook, and a problem that tells of the second reader if it read them.

    `reader` is `openpyxl`, or `auto`: openpyxl if the first reader takes the workbook to be damaged. Raises FactsError
    if it cannot be read, or is in a format that the reader does not know.
    """
    if reader == _OPENPYXL:
        return _by_openpyxl(data, file), (_told(file),)
    try:
        return tuple(read_workbook(data, file)), ()
    except FactsError as error:
        if not {each.code for each in error.diagnostics} <= _DAMAGED:
            raise
        try:
            return _by_openpyxl(data, file), (_told_why(file, error.diagnostics[0]),)
        except FactsError:
            raise error from None


def _by_openpyxl(data: bytes, file: str) -> tuple[Sheet, ...]:
    from riskcheck.facts.secondreader import read_with_openpyxl

    try:
        return read_with_openpyxl(Package(data, file))
    except FactsError as error:
        first = error.diagnostics[0]
        if first.code == "not-a-workbook" and file.lower().endswith(_OTHER_FORMATS):
            raise FactsError(replace(first, hints=(*first.hints, _LEAVE_OUT))) from None
        raise


def _told(file: str) -> InputProblem:
    text = Text("this workbook was read with openpyxl (--reader)", "该工作簿由 openpyxl 读取（--reader）")
    return InputProblem("second-reader", "note", text, Location(file))


def _told_why(file: str, first: Diagnostic) -> InputProblem:
    en, zh = worded(first.message), worded(first.message, "zh")
    text = Text(
        f"this workbook was read with openpyxl, as the first reader refuses it ({en}); compare what was read with it",
        f"该工作簿由 openpyxl 读取，因为第一个读取程序拒绝读取（{zh}）；请核对读取的内容",
    )
    return InputProblem("second-reader", "warning", text, first.location or Location(file))
