"""What is told of sheets whose names mean no table: which table their name or their columns look like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from riskcheck.errors import Diagnostic
from riskcheck.facts import layout
from riskcheck.facts.grid import Grid
from riskcheck.facts.names import Names
from riskcheck.facts.nearesttables import NearestTables, NearTable, only
from riskcheck.facts.sheet import Sheet
from riskcheck.facts.spelling import shorten
from riskcheck.model.factset import InputProblem
from riskcheck.model.place import Location, column_letters
from riskcheck.model.schema import Schema, Table
from riskcheck.model.text import Text

_MOST_HINTS = 20
_SURE = 3
"""With fewer names in common a table is not named: two occur in many lists."""


def unknown_sheets(sheets: Sequence[Sheet], names: Names, schema: Schema, file: str) -> list[InputProblem]:
    """The sheets that are not read, each with the table that it looks like."""
    nearest = NearestTables(schema.tables)
    found = []
    for sheet in sheets[: layout.MOST_LISTED]:
        near, at = nearest.nearest(Grid(sheet)), Location(file, sheet.name)
        if near is not None and len(near.fields) >= _SURE:
            found.append(_looks_like(_as_hint(sheet.name, near), at))
        elif drawn := tuple(_drawn_otherwise(sheet, schema)):
            found.append(_looks_like(drawn[0], at))
        else:
            found.extend(layout.unknown_sheets([(sheet.name, at)], names))
    rest = [(sheet.name, Location(file, sheet.name)) for sheet in sheets]
    return found + layout.unknown_sheets(rest, names)[layout.MOST_LISTED :]


def no_known_sheet(
    sheets: Sequence[Sheet], names: Names, tables: dict[str, Table], schema: Schema, file: str
) -> Diagnostic:
    """The refusal of a workbook none of whose sheets is called like a table."""
    expected = [Text(f"{table.title.en} ({table.title.zh})", table.title.zh) for table in tables.values()]
    nearest = NearestTables(schema.tables)
    near = {sheet.name: nearest.of(Grid(sheet)) for sheet in sheets[:_MOST_HINTS]}
    best = ((name, only(found)) for name, found in near.items())
    like = [_as_hint(name, each) for name, each in best if each is not None and len(each.fields) >= _SURE]
    message = Text("no sheet of the workbook is a table of facts", "工作簿中没有任何资料表")
    cure = Text(
        "name each sheet for its table; riskcheck template -o FILE.xlsx writes a workbook to fill in, and riskcheck "
        "inspect shows what each sheet looks like",
        "请以表名命名各工作表；用 riskcheck template --lang zh -o FILE.xlsx 可生成待填写的工作簿，"
        "用 riskcheck inspect 可查看各工作表像哪张表",
    )
    hints = layout.no_known_names([sheet.name for sheet in sheets], names, expected, _deny(near, names))
    drawn = [hint for sheet in sheets[:_MOST_HINTS] for hint in _drawn_otherwise(sheet, schema)]
    return Diagnostic(
        "no-known-sheet", message, Location(file), (cure, layout.mapping_hint(file), *drawn, *like, *hints)
    )


def _deny(near: Mapping[str, Sequence[NearTable]], names: Names) -> Set[str]:
    """The sheets whose columns are like other tables than their name is, which is then no slip of the pen."""
    meant = {name: names.match(guess) for name in near if (guess := names.nearest(name)) is not None}
    return {
        name
        for name, match in meant.items()
        if match is not None and near[name] and match.name not in {each.table.name for each in near[name]}
    }


def _looks_like(hint: Text, at: Location) -> InputProblem:
    return InputProblem(
        "unknown-sheet",
        "warning",
        Text(
            f"the sheet is no table of the facts by its name and is not read; {hint.en}; or leave it out by a name "
            "that begins with #",
            f"按名称不是资料表，未读取；{hint.zh}；或在名称前加 # 以忽略",
        ),
        at,
    )


def _drawn_otherwise(sheet: Sheet, schema: Schema) -> Iterator[Text]:
    """That a sheet looks like a matrix, or like a table on its side."""
    from riskcheck.facts.crosstab import find_crosstab
    from riskcheck.facts.swapped import looks_swapped

    name, grid = shorten(sheet.name, 40), Grid(sheet)
    found = find_crosstab(grid, schema.tables)
    if found is not None:
        title = found.table.title
        yield Text(
            f'"{name}" looks like a matrix of the table {title.en}; a mapping reads it as such',
            f"“{name}”像是“{title.zh}”的矩阵；可用映射按矩阵读取",
        )
    elif looks_swapped(grid):
        yield Text(
            f'"{name}" seems to have its rows and columns swapped: it is much wider than high, and each row begins '
            "with a name; if so, say transposed: true in a mapping",
            f"“{name}”似乎行列互换：列远多于行，且每行以名称开头；如是，请在映射中写 transposed: true",
        )


def _as_hint(written: str, near: NearTable) -> Text:
    """`"Sheet1" looks like the table Tasks …`."""
    name, title, count = shorten(written, 40), near.table.title, len(near.fields)
    if near.direction == "column" and not near.table.one_row:
        letters = column_letters(near.line)
        return Text(
            f'"{name}" looks like the table {title.en} ({count} of its column names in column {letters}) with rows and '
            f"columns swapped: copy it, paste it with Paste Special, Transpose, and call the sheet {title.en}; or say "
            "transposed: true in a mapping",
            f"“{name}”像是行列互换的“{title.zh}”表（{letters} 列有其 {count} 个列名）："
            f"请复制后用“选择性粘贴”中的“转置”粘贴，并将工作表命名为“{title.zh}”；或在映射中写 transposed: true",
        )
    line = Text(f"row {near.line + 1}", f"第 {near.line + 1} 行")
    if near.direction == "column":
        line = Text(f"column {column_letters(near.line)}", f"{column_letters(near.line)} 列")
    return Text(
        f'"{name}" looks like the table {title.en} ({count} of its names in {line.en}): if it is, call the sheet '
        f"{title.en}",
        f"“{name}”像是“{title.zh}”表（{line.zh}有其 {count} 个名称）：如是，请将工作表命名为“{title.zh}”",
    )
