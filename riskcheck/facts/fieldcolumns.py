"""Which columns of a table are fields: what the heads name, two columns for one field, lists beside the table."""

from __future__ import annotations

from collections.abc import Sequence

from riskcheck.facts import layout
from riskcheck.facts.heads import Head, Header
from riskcheck.facts.names import Names
from riskcheck.facts.rawcell import is_blank
from riskcheck.facts.sheetreading import SheetReading
from riskcheck.frozen import frozen
from riskcheck.model.factset import InputProblem
from riskcheck.model.place import Location
from riskcheck.model.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

_NUMBER_HEADS = frozenset(["序号", "no", "no.", "#", "s no", "s no.", "s/n", "sn", "sl no.", "行号"])
"""How the column of running numbers is headed, where that is no field."""


@frozen
class FieldColumns:
    """The columns of a table: for each field the heads that name it, and all columns that belong to the table."""

    named: dict[str, list[Head]]
    own: tuple[int, ...]


def field_columns(reading: SheetReading, names: Names, header: Header) -> FieldColumns:
    """Which fields the heads name; those that name none are told."""
    heads = header.heads
    if len(heads) != heads[-1].column - heads[0].column + 1:
        from riskcheck.facts.besides import without_lists_beside

        heads = without_lists_beside(reading, names, header)
    named: dict[str, list[Head]] = {}
    unknown: list[tuple[str, Location]] = []
    for head in heads:
        if head.match is None:
            if not _is_running_number(reading, head):
                unknown.append((head.text, reading.at(head.row, head.column)))
        elif reading.table.by_name[head.match.name].derived is not None:
            at, field = reading.at(head.row, head.column), reading.table.by_name[head.match.name]
            reading.problems.append(layout.computed_column(head.text, field, at))
        else:
            named.setdefault(head.match.name, []).append(head)
    reading.problems.extend(layout.unknown_columns(unknown, reading.table, names))
    return FieldColumns(named, tuple(head.column for head in heads))


def columns_to_read(
    reading: SheetReading, columns: FieldColumns, rows: Sequence[int]
) -> tuple[dict[str, int], tuple[str, ...]]:
    """The column of each field, and the fields that are read there.

    Of several columns for one field the only one that holds anything is read; if there is no such, none is.
    """
    places: dict[str, int] = {}
    read: list[str] = []
    for name, heads in columns.named.items():
        head = heads[0]
        if len(heads) > 1:
            filled = [each for each in heads if not all(map(is_blank, reading.grid.column(each.column, rows)))]
            head = filled[0] if filled else head
            reading.problems.append(_twins(reading, name, heads, head if len(filled) == 1 else None))
            if len(filled) != 1:
                places[name] = head.column
                continue
        places[name] = head.column
        if head.match and reading.can_be_read(head.text, head.match, head.row, head.column):
            read.append(name)
    return places, tuple(read)


def is_number_head(text: str) -> bool:
    """Whether a header that names no field says that running numbers stand below it: `序号`, `No.`."""
    return text.strip().casefold() in _NUMBER_HEADS


def _is_running_number(reading: SheetReading, head: Head) -> bool:
    if not is_number_head(head.text):
        return False
    reading.problems.append(
        InputProblem(
            "running-number",
            "note",
            Text(
                f'"{head.text.strip()}" is taken for the running number of the rows and is not read',
                f"“{head.text.strip()}”按行号处理，未读取",
            ),
            reading.at(head.row, head.column),
        )
    )
    return True


def _twins(reading: SheetReading, name: str, heads: Sequence[Head], read: Head | None) -> InputProblem:
    """Several columns for one field, of which only `read` holds anything, or which all may be meant."""
    title, columns = reading.table.by_name[name].title, reading.shown(*((head.row, head.column) for head in heads))
    shown = heads[1] if read is None else read
    text = Text(
        f"{len(heads)} columns for {title.en}: {columns.en}; which of them is meant is not known, so none is read and "
        f"{title.en} counts as missing; delete what is not meant, or begin its header with # to leave it out",
        f"“{title.zh}”有 {len(heads)} 列：{columns.zh}；无法确定以哪列为准，均未读取，按缺失处理；"
        "请删除多余的列，或在其列名前加 # 以忽略",
    )
    if read is not None:
        text = Text(
            f"{len(heads)} columns for {title.en}: {columns.en}; only this one holds anything, and it is read; delete "
            "what is not meant, or begin its header with # to leave it out",
            f"“{title.zh}”有 {len(heads)} 列：{columns.zh}；只有此列有内容，已读取此列；"
            "请删除多余的列，或在其列名前加 # 以忽略",
        )
    severity: Literal["error", "warning"] = "error" if read is None else "warning"
    return InputProblem("two-columns", severity, text, reading.at(shown.row, shown.column))
