"""Facts from data frames, and findings as one: for notebooks (see docs/notebooks.md).

A frame is a pandas DataFrame, or anything that hands over its columns through the Arrow C stream interface: a Polars
DataFrame, a PyArrow table. Its cells are typed as those of workbooks are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from importlib import import_module
from typing import Any, Final

from riskcheck.errors import Diagnostic, FactsError, UsageError
from riskcheck.facts.assemble import fact_set
from riskcheck.facts.cellvalue import reader_for
from riskcheck.facts.manyprojects import KEY, PROJECT, PartOrigin, tables_of_many
from riskcheck.facts.rawcell import Listed, RawCell, Structure, raw_text
from riskcheck.facts.rawtable import RawFacts, RawTable
from riskcheck.facts.tablestatus import ALL, STATUS, status_table
from riskcheck.frozen import frozen
from riskcheck.model.assessment import Assessment
from riskcheck.model.factset import FactSet, InputProblem
from riskcheck.model.place import Location
from riskcheck.model.schema import Schema, Table
from riskcheck.model.text import Language, Text
from riskcheck.projectstore.cells import OF_WORDS, of_float
from riskcheck.projectstore.heads import Head, heads_of
from riskcheck.projectstore.lostrows import lost_rows
from riskcheck.projectstore.source import Column, Place, SourceTable
from riskcheck.projectstore.staging import LostRows

_PANDAS: Final = "pip install 'riskcheck[pandas]'"
_NO_TYPE: Final = ""


def facts_of_frames(frames: Mapping[str, Any], schema: Schema, assume_complete: tuple[str, ...] = ()) -> FactSet:
    """The facts of one project. Raises FactsError, UsageError as `riskcheck.facts_from_frames` does."""
    read = _Frames(frames)
    heads = heads_of(read.sources, (*schema.tables, status_table(schema)), _WHERE, keyed=False)
    tables = {head.table.name: _table(head, read.cells(head), range(read.count(head))) for head in heads.tables}
    _refuse_several(tables)
    return fact_set(RawFacts(tables, heads.problems), schema, assume_complete)


def facts_of_projects(
    frames: Mapping[str, Any], schema: Schema, assume_complete: tuple[str, ...] = ()
) -> dict[str, FactSet]:
    """The facts of each project by its id. Raises FactsError, UsageError as `riskcheck.facts_by_project` does."""
    read, status = _Frames(frames), status_table(schema)
    heads = heads_of(read.sources, tables_of_many(schema), _WHERE, keyed=True)
    rows = {head.table.name: _rows_by_project(head, read) for head in heads.tables}
    first = [rows[PROJECT]] if PROJECT in rows else []
    ids = dict.fromkeys(each for of_table in (*first, *_all_but_status(rows)) for each in of_table if each is not None)
    lost = tuple(_lost(heads.tables, rows))
    told, unsure = tuple(map(lost_rows, lost)), {each.head.table.name for each in lost} - {STATUS}
    found: dict[str, FactSet] = {}
    for project in ids:
        tables = {}
        for head in heads.tables:
            name = head.table.name
            own = _of_status(head, rows[name], read, project) if name == STATUS else rows[name].get(project, ())
            table = schema.by_name.get(name, status)
            tables[name] = _table(head, read.cells(head), own, table, unsure=name in unsure)
        present = {name: each for name, each in tables.items() if each.row_count or not each.table.one_row}
        problems = (*heads.problems, *told, *_unlisted(project, rows))
        found[project] = fact_set(RawFacts(present, problems), schema, assume_complete)
    return found


def findings_frame(assessment: Assessment, language: Language = "en") -> Any:
    """A pandas DataFrame with a row for each finding, worst first. Raises UsageError if pandas is not installed."""
    pandas = _module("pandas", "to_frame()")
    rows = [
        {
            "check": each.check,
            "item": each.item,
            "phase": each.phase,
            "title": each.title.of(language),
            "outcome": each.outcome.value,
            "band": each.band.value,
            "rating": each.rating,
            "must_meet": each.must_meet,
            "due_gate": each.due_gate,
            "due_on": each.due.on if each.due else None,
            "owner": each.owner,
            "measure": each.measure,
            "reasons": " ".join(reason.of(language) for reason in each.reasons),
            "cells": [str(cell.location or cell.fact) for cell in each.cells],
            "cell_count": each.missing_count if each.cells is each.missing else each.evidence_count,
            "control": each.control.of(language),
        }
        for each in assessment.findings
    ]
    return pandas.DataFrame(rows, columns=_COLUMNS)


_COLUMNS: Final = [
    *("check", "item", "phase", "title", "outcome", "band", "rating", "must_meet", "due_gate", "due_on", "owner"),
    *("measure", "reasons", "cells", "cell_count", "control"),
]
_WHERE: Final = "frames"


# ------------------------------------------------------------ frames


class _Frames:
    """Frames by the name of their table, each with its columns as they are."""

    def __init__(self, frames: Mapping[str, Any]) -> None:
        if not isinstance(frames, Mapping):
            raise UsageError(_no_frames(frames))
        self._columns = {str(name): _columns_of(str(name), frame) for name, frame in frames.items()}
        self._cells: dict[str, dict[str, Sequence[RawCell]]] = {}
        self.sources = tuple(_source(name, columns) for name, columns in self._columns.items())

    def count(self, head: Head) -> int:
        """The number of rows."""
        columns = self._columns[head.source.name]
        return len(columns[0][1]) if columns else 0

    def cells(self, head: Head) -> dict[str, Sequence[RawCell]]:
        """The cells of each field that has a column, and of the column of the project."""
        known = self._cells.get(head.source.name)
        if known is None:
            columns = self._columns[head.source.name]
            known = self._cells[head.source.name] = {
                each.field.name: _raws(columns[each.column.number][1], as_text=each.field.type in OF_WORDS)
                for each in head.columns
            }
            if head.key is not None:
                known[KEY] = _raws(columns[head.key.number][1], as_text=True)
        return known


def _source(name: str, columns: Sequence[tuple[str, list[Any]]]) -> SourceTable:
    named = tuple(Column(each, _NO_TYPE, number) for number, (each, _) in enumerate(columns))
    return SourceTable(name, Place((name,)), "", "", named)


def _columns_of(name: str, frame: Any) -> list[tuple[str, list[Any]]]:
    """The columns of a frame with their cells as Python values."""
    if type(frame).__module__.partition(".")[0] == "pandas" and hasattr(frame, "iloc"):
        return [(str(each), frame.iloc[:, number].tolist()) for number, each in enumerate(frame.columns)]
    if hasattr(frame, "__arrow_c_stream__"):
        table = _module("pyarrow", "reading a frame other than one of pandas").table(frame)
        return [(str(each), table.column(number).to_pylist()) for number, each in enumerate(table.column_names)]
    raise UsageError(_no_frame(name, frame))


def _raws(cells: Sequence[Any], *, as_text: bool) -> list[RawCell]:
    return [_raw(cell, as_text=as_text) for cell in cells]


def _raw(value: Any, *, as_text: bool) -> RawCell:
    """A value of a frame as a cell; what pandas says for a missing one is a blank cell."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return str(value) if as_text else value
    if isinstance(value, float):
        return "" if value != value else of_float(value)
    if isinstance(value, Decimal):
        return "" if value.is_nan() else str(value)
    if isinstance(value, datetime):
        return _moment(value)
    return _other(value, as_text=as_text)


def _moment(value: datetime) -> RawCell:
    """A moment, in UTC if it has a zone; pandas has one of its own for "not a time"."""
    if value != value:
        return ""
    plain = value.to_pydatetime(warn=False) if hasattr(value, "to_pydatetime") else value
    return plain.astimezone(UTC).replace(tzinfo=None) if plain.tzinfo is not None else plain


def _other(value: Any, *, as_text: bool) -> RawCell:
    if type(value).__name__ in ("NAType", "NaTType"):
        return ""
    if hasattr(value, "item") and hasattr(value, "dtype") and getattr(value, "shape", None) == ():
        return _raw(value.item(), as_text=as_text)
    if isinstance(value, list | tuple | set | frozenset) or hasattr(value, "tolist"):
        items = sorted(value) if isinstance(value, set | frozenset) else list(value)
        return Listed(tuple(map(raw_text, _raws(items, as_text=True))))
    if isinstance(value, Mapping | bytes):
        return Structure(repr(value))
    return value if type(value).__module__ == "datetime" else str(value)


# ------------------------------------------------------------ tables


@frozen
class _FrameOrigin:
    """Where the rows of a frame stand: they are counted from 1, as those of Parquet files are."""

    head: Head
    cells: Mapping[str, Sequence[RawCell]]

    def table_location(self) -> Location | None:
        return self.head.source.place.whole

    def cell_location(self, row: int, field: str) -> Location | None:
        return self.head.cell_location(row, field)

    def raw(self, row: int, field: str) -> str | None:
        cells = self.cells.get(field)
        return raw_text(cells[row]) if cells is not None else None


def _table(
    head: Head,
    cells: Mapping[str, Sequence[RawCell]],
    rows: Sequence[int],
    table: Table | None = None,
    *,
    unsure: bool = False,
) -> RawTable:
    """The rows of a frame as those of a table, by default that of the head."""
    table = table or head.table
    columns = {name: [column[row] for row in rows] for name, column in cells.items() if name in table.by_name}
    return RawTable(table, columns, len(rows), PartOrigin(_FrameOrigin(head, cells), rows), open=unsure)


_Rows = dict[str | None, list[int]]


def _rows_by_project(head: Head, read: _Frames) -> _Rows:
    """The rows of each project; under None those of which it is not known. Without a column all are of ALL."""
    if head.key is None:
        return {ALL: list(range(read.count(head)))}
    ids = read.cells(head)[KEY]
    reader = reader_for(head.table.fields[0])
    found: _Rows = {}
    for row, raw in enumerate(ids):
        cell = ALL if head.table.name == STATUS and raw == ALL else reader(raw)
        found.setdefault(cell if isinstance(cell, str) else None, []).append(row)
    return found


def _all_but_status(rows: Mapping[str, _Rows]) -> Iterator[_Rows]:
    return (each for name, each in rows.items() if name != STATUS)


def _of_status(head: Head, rows: _Rows, read: _Frames, project: str) -> list[int]:
    """The rows of `table_status` about a project: its own, those about all, and what is no yes of nobody knows whom."""
    complete = head.table.by_name["complete"]
    answers = read.cells(head).get("complete", ())
    reader = reader_for(complete)
    doubtful = [row for row in rows.get(None, ()) if not answers or reader(answers[row]) is not True]
    return sorted([*rows.get(project, ()), *rows.get(ALL, ()), *doubtful])


def _lost(heads: Sequence[Head], rows: Mapping[str, _Rows]) -> Iterator[LostRows]:
    for head in heads:
        own = rows[head.table.name].get(None)
        if own:
            yield LostRows(head, len(own), own[0])


def _unlisted(project: str, rows: Mapping[str, _Rows]) -> Iterator[InputProblem]:
    if PROJECT in rows and project not in rows[PROJECT]:
        text = Text(
            f'the frame "project" has no row of {project}, which other frames name; add it, or mend the ids',
            f"project 数据框中没有 {project}，而其他数据框中有；请补充，或更正项目编号",
        )
        yield InputProblem("project-not-listed", "error", text, None)


# ------------------------------------------------------------ refusals


def _module(name: str, for_what: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        message = Text(f"{for_what} needs the package {name}", f"此功能需要软件包 {name}")
        cure = Text(f"install it with {_PANDAS}", f"安装：{_PANDAS}")
        raise UsageError(Diagnostic("package-not-installed", message, hints=(cure,))) from None


_FRAMES_ARE: Final = Text(
    'give a frame for each table, by its name: {"project": frame, "tasks": frame}; a frame is a pandas or Polars '
    "DataFrame, or an Arrow table",
    '请按表名给出数据框：{"project": frame, "tasks": frame}；可用 pandas 或 Polars 的 DataFrame，或 Arrow 表',
)


def _no_frames(given: Any) -> Diagnostic:
    kind = type(given).__name__
    return Diagnostic(
        "no-frames", Text(f"a {kind} is no mapping of frames", f"{kind} 不是数据框的映射"), hints=(_FRAMES_ARE,)
    )


def _no_frame(name: str, given: Any) -> Diagnostic:
    kind = type(given).__name__
    return Diagnostic(
        "no-frame", Text(f'"{name}": a {kind} is no frame', f"“{name}”：{kind} 不是数据框"), hints=(_FRAMES_ARE,)
    )


def _refuse_several(tables: Mapping[str, RawTable]) -> None:
    """Refuse frames of several projects where those of one are wanted."""
    project = tables.get(PROJECT)
    if project is None or project.row_count < 2:
        return
    message = Text(
        f'the frame "project" has {project.row_count} rows, and one is wanted',
        f"project 数据框有 {project.row_count} 行，而此处只需要一行",
    )
    cure = Text(
        "riskcheck.facts_by_project reads frames of many projects, with a column project_id in each",
        "多个项目请用 riskcheck.facts_by_project，每个数据框须有 project_id 列",
    )
    raise FactsError(Diagnostic("several-projects", message, Location(PROJECT), (cure,)))
