"""Which of the names on a sheet a mapping means: headers of columns, names of rows, labels beside values."""

from __future__ import annotations

from collections.abc import Sequence

from riskcheck.celltext import clean
from riskcheck.errors import Diagnostic, guess, nearest
from riskcheck.facts.names import Match, Names, shorter_forms
from riskcheck.facts.sheet import Position
from riskcheck.facts.sheetreading import SheetReading
from riskcheck.facts.spelling import fold, shorten
from riskcheck.frozen import frozen
from riskcheck.model.factset import InputProblem
from riskcheck.model.mapping import ColumnRef, FieldSource, SheetEntry
from riskcheck.model.place import column_letters
from riskcheck.model.text import Text

_MOST_SHOWN = 20
_MOST_NAMES = 200
"""Among so many names the nearest is looked for."""
MOST_REFUSALS = 20
"""After so many the rest of what a mapping names on a sheet is not looked for."""


@frozen
class Written:
    """A name on the sheet: its number, its text with those over it, its own text alone, and where it stands.

    The number is that of its column, of its row in a table that lies on its side, or its place among labels.
    """

    line: int
    text: str
    lowest: str
    where: str


@frozen
class Kind:
    """What the names are: columns, rows, or labels beside values; and the key by which a mapping tells one for sure."""

    title: Text
    key: str


COLUMNS = Kind(Text("columns", "列"), "column")
ROWS = Kind(Text("rows", "行"), "row")
LABELS = Kind(Text("cells", "单元格"), "cell")


class WrittenNames:
    """The names that stand on a sheet, as a mapping may mean them."""

    def __init__(self, written: Sequence[Written]) -> None:
        self.written = written
        self.lines = frozenset(each.line for each in written)
        self._by_text: dict[str, list[Written]] = {}
        self._by_lowest: dict[str, list[Written]] = {}
        for each in written:
            self._by_text.setdefault(_folded(each.text), []).append(each)
            self._by_lowest.setdefault(_folded(each.lowest), []).append(each)

    def called(self, header: str) -> Sequence[Written]:
        """The names that are `header`, but for case, blanks and the like; else those whose lowest text is."""
        return self._by_text.get(_folded(header)) or self._by_lowest.get(_folded(header), [])


def _folded(text: str) -> str:
    return fold(" ".join(text.split()))


@frozen
class Claims:
    """What a mapping takes: by line the source that it feeds, and the lines that are left out."""

    fed: dict[int, FieldSource]
    ignored: frozenset[int]

    def told(self, entry: SheetEntry) -> frozenset[str]:
        """The fields that the mapping gives a column or a value: no other column is read for them."""
        return frozenset(each.field for each in entry.sources if each.column is not None or each.value is not None)


def names_with(names: Names, entry: SheetEntry) -> Names:
    """The names of the fields, with the headers of the mapping among them and taken from other fields."""
    headers = [(each.field, each.column.header) for each in entry.sources if each.column and each.column.header]
    if not headers:
        return names
    field_of = {fold(header): field for field, header in headers}
    return Names(
        tuple(
            (
                name,
                (
                    *(each for each in spellings if field_of.get(fold(each), name) == name),
                    *(header for field, header in headers if field == name),
                ),
            )
            for name, spellings in names.spellings
        )
    )


def claim(reading: SheetReading, entry: SheetEntry, written: Sequence[Written], *, kind: Kind = COLUMNS) -> Claims:
    """Which of the `written` names the mapping means; what it names and is not there is refused."""
    names = WrittenNames(written)
    fed: dict[int, FieldSource] = {}
    for source in entry.sources:
        if source.column is None or source.column.cell is not None:
            continue
        line = find(reading, source.column, names, kind=kind)
        if line is None:
            continue
        if line in fed:
            _refuse_twice(reading, source, fed[line])
            continue
        fed[line] = source
    before = len(reading.refusals)
    ignored = set()
    for each in entry.ignored:
        if len(reading.refusals) - before < MOST_REFUSALS:
            ignored.add(find(reading, each, names, kind=kind))
    return Claims(fed, frozenset(line for line in ignored if line is not None))


def claimed_match(source: FieldSource, text: str) -> Match:
    """What a name means that a mapping takes; a bracket at its end counts, unless the mapping says the unit."""
    if source.reading.unit is not None or source.reading.percent is not None:
        return Match(source.field)
    notes = [note for _, note in shorter_forms(clean(text))]
    return Match(source.field, notes[-1] if notes else "")


def in_said_unit(entry: SheetEntry, match: Match | None) -> Match | None:
    """A name that was understood without the mapping; its bracket does not count if the mapping says the unit."""
    if match is None or not match.note:
        return match
    said = [each.reading for each in entry.sources if each.field == match.name]
    return Match(match.name) if any(each.unit is not None or each.percent is not None for each in said) else match


def find(reading: SheetReading, ref: ColumnRef, names: WrittenNames, *, kind: Kind = COLUMNS) -> int | None:
    """The line that the mapping means; None if it is not there, or more than one may be meant: that is refused."""
    if ref.line is not None:
        if ref.line in names.lines or _holds_something(reading, ref.line, kind):
            return ref.line
        _refuse_line(reading, ref, kind)
        return None
    found = names.called(ref.header or "")
    if len(found) == 1:
        return found[0].line
    _refuse_header(reading, ref, names.written, found, kind)
    return None


def _holds_something(reading: SheetReading, line: int, kind: Kind) -> bool:
    grid = reading.grid
    return any(True for _ in grid.rows_of_column(line)) if kind is COLUMNS else bool(grid.filled(line))


def _refuse_line(reading: SheetReading, ref: ColumnRef, kind: Kind) -> None:
    sheet, line = shorten(reading.grid.sheet.name), ref.line or 0
    name = Text(f"column {column_letters(line)}", f"{column_letters(line)} 列")
    if kind is ROWS:
        name = Text(f"row {line + 1}", f"第 {line + 1} 行")
    message = Text(
        f'the mapping names {name.en} of the sheet "{sheet}", which holds nothing',
        f"映射中的{name.zh}在工作表“{sheet}”中没有内容",
    )
    reading.refusals.append(Diagnostic("mapped-column-missing", message, ref.place))


def _refuse_header(
    reading: SheetReading, ref: ColumnRef, written: Sequence[Written], found: Sequence[Written], kind: Kind
) -> None:
    sheet, header = shorten(reading.grid.sheet.name), shorten(ref.header or "")
    if found:
        lines = [each.where for each in found[:5]]
        message = Text(
            f'"{header}" stands {len(found)} times on the sheet "{sheet}" ({kind.title.en} {", ".join(lines)})',
            f"“{header}”在工作表“{sheet}”中出现 {len(found)} 次（{kind.title.zh} {'、'.join(lines)}）",
        )
        example = f"{{{kind.key}: {lines[0]}}}"
        hint = Text(f"say which is meant, such as {example}", f"请写明是哪一个，如 {example}")
        reading.refusals.append(Diagnostic("mapped-column-unclear", message, ref.place, (hint,)))
        return
    texts = [each.text for each in written]
    meant = guess(nearest(ref.header or "", texts[:_MOST_NAMES]))
    shown = [shorten(text, 30) for text in texts[:_MOST_SHOWN]]
    more = ["…"] * (len(texts) > _MOST_SHOWN)
    message = Text(
        f'the mapping names "{header}", which is no name on the sheet "{sheet}"{meant.en}',
        f"映射中的“{header}”不是工作表“{sheet}”中的名称{meant.zh}",
    )
    hint = Text(
        "found there: " + (", ".join([*(f'"{each}"' for each in shown), *more]) or "nothing"),
        "现有：" + ("、".join([*(f"“{each}”" for each in shown), *more]) or "无"),
    )
    reading.refusals.append(Diagnostic("mapped-column-missing", message, ref.place, (hint,)))


def elsewhere(reading: SheetReading, entry: SheetEntry, field: str, text: str, cell: Position) -> InputProblem:
    """A column or label that names a field which the mapping takes from elsewhere."""
    title = reading.table.by_name[field].title
    line = next(each.place.line for each in entry.sources if each.field == field)
    return InputProblem(
        "mapped-elsewhere",
        "note",
        Text(
            f'"{shorten(text)}" is not read: the mapping (line {line}) takes {title.en} from elsewhere',
            f"“{shorten(text)}”未读取：映射（第 {line} 行）指定“{title.zh}”另有来源",
        ),
        reading.at(*cell),
    )


def _refuse_twice(reading: SheetReading, source: FieldSource, other: FieldSource) -> None:
    message = Text(
        f"the mapping takes one column for two fields, {other.field} and {source.field}",
        f"映射把同一列用于两个字段：{other.field} 和 {source.field}",
    )
    reading.refusals.append(Diagnostic("mapped-column-twice", message, source.place))
