"""What a mapping says of one sheet: its table, where its header stands, its columns, or that it is left out."""

from __future__ import annotations

from collections.abc import Mapping as Lookup

from riskcheck.errors import guess
from riskcheck.facts.names import Names, field_names
from riskcheck.frozen import frozen
from riskcheck.mapping.cellreadings import KEYS, cell_reading
from riskcheck.mapping.fieldsources import Shape, column_refs, field_sources, known_field
from riskcheck.mapping.keys import Keys, text_of
from riskcheck.mapping.problems import MappingProblems
from riskcheck.model.mapping import (
    AS_WRITTEN,
    CellReading,
    ColumnRef,
    DateOrder,
    FieldSource,
    Matrix,
    MatrixColumn,
    SheetEntry,
)
from riskcheck.model.schema import Field, FieldType, Table
from riskcheck.model.text import Text
from riskcheck.yamltree import YamlMapping, YamlNode, YamlScalar, YamlSequence, shorten

_KEYS = (
    "sheet",
    "file",
    "table",
    "ignore",
    "header",
    "rows",
    "columns",
    "fields",
    "only",
    "transposed",
    "matrix",
    "dates",
)
_ALONE = ("sheet", "file", "ignore")
_MOST_HEADER_ROWS = 5


@frozen
class Known:
    """The tables that can be mapped, and what they are called."""

    tables: Lookup[str, Table]
    names: Names


def sheet_entry(problems: MappingProblems, node: YamlNode, known: Known) -> SheetEntry | None:
    """One entry of `sheets`; None if it is not sound enough to go on."""
    keys = Keys(problems, node, Text("an entry of sheets", "sheets 的一项"), _KEYS)
    if not keys.needs("sheet"):
        return None
    sheet = keys.text("sheet")
    if sheet is None:
        return None
    keys.what = Text(f'the sheet "{shorten(sheet)}"', f"工作表“{shorten(sheet)}”")
    place = problems.place(keys.values["sheet"])
    file = keys.text("file")
    ignore = keys.values.get("ignore")
    if isinstance(ignore, YamlScalar) and ignore.is_nothing:
        del keys.values["ignore"]
    listed = isinstance(ignore, YamlSequence)
    if "ignore" in keys.values and not listed and keys.flag("ignore"):
        for each in keys.values:
            if each not in _ALONE:
                message = Text(f'a sheet that is left out has no "{each}"', f"忽略的工作表不能有“{each}”")
                keys.report(each, "excluding-keys", message)
        return SheetEntry(place, sheet, file=file)
    if not keys.needs("table"):
        return None
    table = known_table(problems, keys.values["table"], known)
    return None if table is None else _of_table(keys, table, SheetEntry(place, sheet, table.name, file), listed)


def known_table(problems: MappingProblems, node: YamlNode, known: Known) -> Table | None:
    """The table that a text names; None, and a problem, if it names none."""
    text = text_of(problems, node, Text("the name of a table", "表名"))
    if text is None:
        return None
    match = known.names.match(text)
    if match is not None and not match.note:
        return known.tables[match.name]
    meant = guess(known.names.nearest(text))
    message = Text(f'no table is called "{shorten(text)}"{meant.en}', f"没有名为“{shorten(text)}”的表{meant.zh}")
    hint = Text(
        "tables: " + ", ".join(known.tables),
        "表：" + "、".join(f"{each.name}（{each.title.zh}）" for each in known.tables.values()),
    )
    problems.at(node, "unknown-table", message, hint)
    return None


def _of_table(keys: Keys, table: Table, entry: SheetEntry, listed: bool) -> SheetEntry:
    names = field_names(table)
    transposed = keys.flag("transposed")
    shape = Shape(table.one_row, transposed)
    if table.one_row:
        for each in ("header", "rows", "columns", "matrix", "transposed"):
            if each in keys.values:
                message = Text(
                    f'"{each}" does not fit {table.name}, a table of one row: names and their values',
                    f"“{each}”不适用于“{table.title.zh}”表（只有一行，写作名称和值）",
                )
                keys.report(each, "unfit-key", message)
    records = "columns" if transposed else "rows"
    other = "rows" if transposed else "columns"
    if other in keys.values and not table.one_row:
        what = Text("with a header above", "列名在上方的") if transposed else Text("that are transposed", "行列互换的")
        message = Text(
            f'"{other}" is for tables {what.en}; use "{records}"', f"“{other}”仅用于{what.zh}表；请用“{records}”"
        )
        keys.report(other, "unfit-key", message)
    header = _header(keys, columns=transposed)
    rows = keys.span(records, columns=transposed, open_end=True)
    if rows and "header" not in keys.values and not transposed:
        message = Text(
            '"rows" needs "header", too: the row of the column names', "写了“rows”时须同时写“header”（列名行）"
        )
        keys.report(records, "missing-key", message)
    if header and rows and rows[0] <= header[1]:
        message = Text("the rows of the table begin after the header", "数据应从列名之后开始")
        keys.report(records, "excluding-keys", message)
    sources = tuple(field_sources(keys, table, names, shape))
    matrix = _matrix(keys, table, names, sources) if "matrix" in keys.values and not table.one_row else None
    if matrix is not None and transposed:
        message = Text("a matrix cannot be transposed, too", "矩阵不能同时行列互换")
        keys.report("matrix", "excluding-keys", message)
    return SheetEntry(
        place=entry.place,
        sheet=entry.sheet,
        table=table.name,
        file=entry.file,
        header=header,
        rows=rows,
        sources=sources,
        ignored=tuple(column_refs(keys, "ignore", shape)) if listed else (),
        only=keys.flag("only"),
        transposed=transposed,
        matrix=matrix,
        dates=keys.word("dates", DateOrder),
    )


def _header(keys: Keys, *, columns: bool) -> tuple[int, int] | None:
    span = keys.span("header", columns=columns)
    if span is None or span[1] is None:
        return None
    if span[1] - span[0] >= _MOST_HEADER_ROWS:
        message = Text(f"a header has at most {_MOST_HEADER_ROWS} rows", f"列名最多占 {_MOST_HEADER_ROWS} 行")
        keys.report("header", "wrong-type", message)
        return None
    return span[0], span[1]


# ------------------------------------------------------------ matrices


def _matrix(keys: Keys, table: Table, names: Names, sources: tuple[FieldSource, ...]) -> Matrix | None:
    what = Text(f"the matrix of {keys.what.en}", f"{keys.what.zh}的矩阵")
    inner = Keys(keys.problems, keys.values["matrix"], what, ("across", "cells", "columns"))
    lacking = [each for each in ("across", "cells") if not inner.needs(each)]
    if lacking:
        return None
    across = _field_of(inner, inner.values["across"], "across", table, names)
    cells, reading = _cells(inner, table, names)
    if across is None or cells is None:
        return None
    if across.type not in (FieldType.STRING, FieldType.ENUM):
        message = Text(f"{across.title.en} holds no text", f"“{across.title.zh}”不是文本")
        inner.report("across", "unfit-key", message)
    taken = {source.field for source in sources}
    for key, field in (("across", across), ("cells", cells)):
        if field.name in taken or across is cells:
            message = Text(
                f"{field.name} has its values from the matrix and from elsewhere", f"“{field.title.zh}”的值有两个来源"
            )
            inner.report(key, "excluding-keys", message)
    return Matrix(keys.problems.place(keys.values["matrix"]), across.name, cells.name, reading, tuple(_columns(inner)))


def _field_of(keys: Keys, node: YamlNode, key: str, table: Table, names: Names) -> Field | None:
    if text_of(keys.problems, node, Text(f'"{key}"', f"“{key}”")) is None or not isinstance(node, YamlScalar):
        return None
    return known_field(keys.problems, node, table, names)


def _cells(keys: Keys, table: Table, names: Names) -> tuple[Field | None, CellReading]:
    """The field that the cells fill, and how they are understood."""
    node = keys.values["cells"]
    if isinstance(node, YamlScalar):
        return _field_of(keys, node, "cells", table, names), AS_WRITTEN
    inner = Keys(keys.problems, node, Text("the cells of the matrix", "矩阵的单元格"), ("field", *KEYS))
    if not inner.needs("field"):
        return None, AS_WRITTEN
    field = _field_of(inner, inner.values["field"], "field", table, names)
    return field, AS_WRITTEN if field is None else cell_reading(inner, field)


def _columns(keys: Keys) -> list[MatrixColumn]:
    """The columns of a matrix: letters (`C-H`), a list of headers, or headers with the names that they stand for."""
    node = keys.values.get("columns")
    if isinstance(node, YamlMapping):
        found = []
        for key, value in node.entries:
            name = text_of(keys.problems, value, Text(f'"{shorten(key.text)}"', f"“{shorten(key.text)}”"))
            if name is not None:
                found.append(MatrixColumn(ColumnRef(keys.problems.place(key), header=key.text), name))
        return found
    if isinstance(node, YamlSequence):
        return [MatrixColumn(each) for each in column_refs(keys, "columns", Shape())]
    span = keys.span("columns", columns=True)
    if node is None or span is None or span[1] is None:
        return []
    place = keys.problems.place(node)
    return [MatrixColumn(ColumnRef(place, line=each)) for each in range(span[0], span[1] + 1)]
