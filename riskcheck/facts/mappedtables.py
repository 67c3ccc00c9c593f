"""Tables as a mapping completes them: cells as they are meant, values that hold for every row, sheets put together."""

from __future__ import annotations

from collections.abc import Mapping as Lookup
from collections.abc import Sequence
from itertools import accumulate

from riskcheck.errors import Diagnostic
from riskcheck.facts.mappedcells import rewritten, unused_words
from riskcheck.facts.rawcell import RawCell, Unsaid, is_blank
from riskcheck.facts.rawtable import RawFacts, RawTable
from riskcheck.facts.spelling import shorten
from riskcheck.frozen import frozen, replace
from riskcheck.model.factset import InputProblem, NoOrigin, Origin
from riskcheck.model.mapping import AS_WRITTEN, CellReading, Constant, Mapping, SheetEntry
from riskcheck.model.place import Location
from riskcheck.model.schema import Schema
from riskcheck.model.text import Text


@frozen
class ToldOrigin:
    """The origin of a table some of whose fields have one value that the mapping says: by field its place and text."""

    base: Origin
    told: Lookup[str, tuple[Location, str]]

    def table_location(self) -> Location | None:
        """Where the table stands; where the mapping tells of it, if it is in no file."""
        return self.base.table_location() or next((place for place, _ in self.told.values()), None)

    def cell_location(self, row: int, field: str) -> Location | None:
        """The cell; the line of the mapping, if that says the value."""
        return self.told[field][0] if field in self.told else self.base.cell_location(row, field)

    def raw(self, row: int, field: str) -> str | None:
        """The value as it is written."""
        return self.told[field][1] if field in self.told else self.base.raw(row, field)


@frozen
class StackedOrigin:
    """The origin of a table whose rows stand on several sheets: `starts` are the first rows of the `parts`."""

    parts: tuple[Origin, ...]
    starts: tuple[int, ...]

    def table_location(self) -> Location | None:
        """Where the first part stands."""
        return self.parts[0].table_location()

    def cell_location(self, row: int, field: str) -> Location | None:
        """The cell."""
        part, within = self._part(row)
        return part.cell_location(within, field)

    def raw(self, row: int, field: str) -> str | None:
        """The cell as its sheet shows it."""
        part, within = self._part(row)
        return part.raw(within, field)

    def _part(self, row: int) -> tuple[Origin, int]:
        number = max((number for number, start in enumerate(self.starts) if start <= row), default=0)
        return self.parts[number], row - self.starts[number]


def as_meant(raw: RawTable, entry: SheetEntry | None, mapping: Mapping, problems: list[InputProblem]) -> RawTable:
    """The table with its cells as the mapping says that they are meant, and the values that it says for every row."""
    dates = (entry.dates if entry else None) or mapping.dates
    readings = {each.field: each.reading for each in entry.sources} if entry else {}
    if entry and entry.matrix:
        readings[entry.matrix.cells] = AS_WRITTEN  # a matrix has its own way
    columns: dict[str, Sequence[RawCell]] = {}
    for name, raws in raw.columns.items():
        reading = readings.get(name, AS_WRITTEN)
        problems.extend(_unused(raw, name, raws, reading))
        is_plain = reading == AS_WRITTEN and dates is None
        columns[name] = raws if is_plain else rewritten(raw.table.by_name[name], raws, reading, dates)
    values = [Constant(raw.table.name, each.field, each.value, each.place) for each in _values(entry)]
    return with_values(replace(raw, columns=columns), values)


def with_values(raw: RawTable, values: Sequence[Constant]) -> RawTable:
    """The table with values that hold for every row; a one-row table without a row then has one."""
    if not values:
        return raw
    count = max(raw.row_count, 1) if raw.table.one_row else raw.row_count
    columns = dict(raw.columns) if count == raw.row_count else {}
    columns |= {each.field: (each.value,) * count for each in values}
    told = {each.field: (each.place, each.value) for each in values}
    return replace(raw, columns=columns, row_count=count, origin=ToldOrigin(raw.origin, told))


def stacked(parts: Sequence[RawTable]) -> RawTable:
    """The rows of several sheets for one table, one below the other; a column that a sheet lacks says nothing there."""
    if len(parts) == 1:
        return parts[0]
    names = dict.fromkeys(name for part in parts for name in part.columns)
    columns = {
        name: [raw for part in parts for raw in part.columns.get(name, [Unsaid.NO_CELL] * part.row_count)]
        for name in names
    }
    counts = [part.row_count for part in parts]
    starts = tuple(accumulate(counts[:-1], initial=0))
    origin = StackedOrigin(tuple(part.origin for part in parts), starts)
    return RawTable(parts[0].table, columns, sum(counts), origin, any(part.open for part in parts))


def completed(raw: RawFacts, mapping: Mapping, schema: Schema) -> tuple[RawFacts, tuple[Diagnostic, ...]]:
    """The facts with the constants and the declarations of the mapping; as they are if any of these is refused.

    Refused are constants for tables of many rows that are not there.
    """
    tables, problems, refusals = dict(raw.tables), list(raw.problems), []
    by_table: dict[str, list[Constant]] = {}
    for constant in mapping.constants:
        by_table.setdefault(constant.table, []).append(constant)
    for name, constants in by_table.items():
        table, known = schema.by_name[name], tables.get(name)
        if known is None and not table.one_row:
            refusals.append(_no_rows(constants[0], table.title))
            continue
        if known is None:
            known = RawTable(table, {}, 0, NoOrigin())
        problems.extend(_overridden(known, constants))
        tables[name] = with_values(known, constants)
    if refusals:
        return raw, tuple(refusals)
    return replace(raw, tables=tables, problems=tuple(problems), declared=mapping.complete), ()


def _values(entry: SheetEntry | None) -> list[Constant]:
    if entry is None or entry.table is None:
        return []
    return [
        Constant(entry.table, each.field, each.value, each.place) for each in entry.sources if each.value is not None
    ]


def _unused(raw: RawTable, name: str, raws: Sequence[RawCell], reading: CellReading) -> list[InputProblem]:
    """A note on the words of the mapping that stand in no cell of their column."""
    unused = unused_words(raws, reading.words)
    if not unused:
        return []
    title, texts = raw.table.by_name[name].title, [shorten(text, 30) for text in unused[:10]]
    more = ["…"] * (len(unused) > 10)
    shown = ", ".join([*(f'"{text}"' for text in texts), *more]), "、".join([*(f"“{text}”" for text in texts), *more])
    text = Text(
        f"{title.en}: words of the mapping that stand in no cell here: {shown[0]}",
        f"{title.zh}：映射中的以下词语未出现在任何单元格中：{shown[1]}",
    )
    return [InputProblem("mapped-word-unused", "note", text, raw.origin.table_location())]


def _overridden(raw: RawTable, constants: Sequence[Constant]) -> list[InputProblem]:
    """A note on each constant in whose place the file says something, too."""
    found = []
    for each in constants:
        rows = [row for row, cell in enumerate(raw.columns.get(each.field, ())) if not is_blank(cell)]
        if not rows:
            continue
        title = raw.table.by_name[each.field].title
        written = shorten(raw.origin.raw(rows[0], each.field) or "")
        text = Text(
            f'{title.en}: "{written}" is not read, as the mapping (line {each.place.line}) says {each.value}',
            f"{title.zh}：“{written}”未读取，以映射（第 {each.place.line} 行）中的 {each.value} 为准",
        )
        found.append(InputProblem("mapped-elsewhere", "note", text, raw.origin.cell_location(rows[0], each.field)))
    return found


def _no_rows(constant: Constant, title: Text) -> Diagnostic:
    message = Text(
        f"the mapping says a value for every row of the table {constant.table}, which is not there",
        f"映射为“{title.zh}”表的每一行指定了值，但没有该表",
    )
    hint = Text("map a sheet to the table, or take this out", "请将某个工作表映射为该表，或删去此处")
    return Diagnostic("mapped-table-missing", message, constant.place, (hint,))
