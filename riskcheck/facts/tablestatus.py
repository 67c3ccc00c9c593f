"""Which tables are declared complete: by the file's own table `table_status`, or on the command line.

A row with `*` declares all tables that the file has; an absent table is declared by its own name only. A row that
says no, or anything but yes, leaves its table open whatever `*` says. `as_of` is the day for which a table holds;
there, too, a row of its own that is filled in counts before `*`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from datetime import date

from riskcheck.celltext import clean
from riskcheck.errors import Diagnostic, UsageError, guess
from riskcheck.facts.names import table_names
from riskcheck.facts.rawcell import RawCell, Unsaid, is_blank
from riskcheck.frozen import frozen, replace
from riskcheck.model.factset import Closure, FactTable, InputProblem
from riskcheck.model.place import Location
from riskcheck.model.schema import EnumWord, Field, FieldType, Schema, Table
from riskcheck.model.text import Text

STATUS = "table_status"
ALL = "*"


def status_table(schema: Schema) -> Table:
    """The table `table_status` for `schema`."""
    words = tuple(EnumWord(each.name, each.title, each.aliases) for each in schema.tables)
    return Table(
        STATUS,
        Text("Table status", "表状态"),
        (
            Field(
                "table",
                FieldType.ENUM,
                Text("Table", "表"),
                ("Table name", "Sheet", "数据表", "表名", "工作表"),
                (EnumWord(ALL, Text(ALL, ALL)), *words),
            ),
            Field(
                "complete", FieldType.BOOL, Text("Complete", "完整"), ("Is complete", "是否完整", "已填全", "是否填全")
            ),
            Field("as_of", FieldType.DATE, Text("As of", "截至日期"), ("Date", "截止日期", "数据日期", "日期")),
            Field("declared_by", FieldType.STRING, Text("Declared by", "声明人"), ("By", "确认人", "责任人", "填报人")),
        ),
        ("Table completeness", "数据表状态", "表完整性", "完整性声明"),
    )


def assumed_tables(written: tuple[str, ...], schema: Schema, present: Set[str]) -> tuple[str, ...]:
    """The tables that the command line declares complete, in the schema's order. Raises UsageError for unknown ones."""
    names = table_names(schema.tables)
    assumed: set[str] = set()
    problems = []
    for word in written:
        match = names.match(word)
        if word == "all":
            assumed |= present
        elif match is not None:
            assumed.add(match.name)
        else:
            meant = guess(names.nearest(word))
            message = Text(
                f'--assume-complete: no table is called "{word}"{meant.en}',
                f"--assume-complete：没有名为“{word}”的表{meant.zh}",
            )
            known = Text(
                "all, or some of: " + ", ".join(each.name for each in schema.tables),
                "可填 all，或以下各表：" + "、".join(each.title.zh for each in schema.tables),
            )
            problems.append(Diagnostic("unknown-table", message, hints=(known,)))
    if problems:
        raise UsageError(problems)
    return tuple(each.name for each in schema.tables if each.name in assumed)


@frozen
class StatusRead:
    """What `table_status` says: what closes tables, which are said to be not complete, and for which day they hold."""

    closures: dict[str, Closure]
    declared_open: tuple[str, ...]
    dates: tuple[tuple[str, date], ...]
    problems: tuple[InputProblem, ...]


NOTHING_SAID = StatusRead({}, (), (), ())


def read_status(status: FactTable, answers: Sequence[RawCell], schema: Schema, present: Set[str]) -> StatusRead:
    """What the rows of `table_status` say of the tables; `present` are those of the file.

    `answers` holds the cells of `complete` as written: one that cannot be read is an answer, too, but no yes.
    """
    problems: list[InputProblem] = []
    declared: dict[str, Closure | None] = {}
    for row, answer in enumerate(answers):
        name, complete = status.cell(row, "table"), status.cell(row, "complete")
        if answer is Unsaid.NO_CELL or is_blank(answer):
            continue
        closure = _closure(status, row) if complete is True else None
        if not isinstance(name, str):
            if not clean(status.origin.raw(row, "table") or ""):
                problems.append(_nameless(status.origin.cell_location(row, "table")))
        elif name in declared and (declared[name] is None) == (complete is True):
            declared[name] = None
            problems.append(_contradiction(name, status.origin.cell_location(row, "complete")))
        else:
            declared.setdefault(name, closure)
    said = {each.name: each.name if each.name in declared else ALL for each in schema.tables}
    heard = {name: key for name, key in said.items() if key in declared and (key != ALL or name in present)}
    closures = {name: declared[key] for name, key in heard.items()}
    return StatusRead(
        {name: replace(closure, table=name) for name, closure in closures.items() if closure},
        tuple(name for name, closure in closures.items() if closure is None),
        tuple(_dates(status, schema, present)),
        tuple(problems),
    )


def _dates(status: FactTable, schema: Schema, present: Set[str]) -> Iterator[tuple[str, date]]:
    """For which day each table holds, as far as it is said; of several days the earliest."""
    said: dict[str, date | None] = {}
    for row in range(status.row_count):
        name, cell = status.cell(row, "table"), status.cell(row, "as_of")
        if not isinstance(name, str) or not clean(status.origin.raw(row, "as_of") or ""):
            continue
        known = said.get(name, date.max)
        said[name] = min(known, cell) if isinstance(cell, date) and known is not None else None
    for table in schema.tables:
        day = said[table.name] if table.name in said else said.get(ALL) if table.name in present else None
        if day is not None:
            yield table.name, day


def _closure(status: FactTable, row: int) -> Closure:
    by = status.cell(row, "declared_by")
    return Closure("", STATUS, by if isinstance(by, str) else None, status.origin.cell_location(row, "complete"))


def _nameless(location: Location | None) -> InputProblem:
    return InputProblem(
        "nameless-declaration",
        "warning",
        Text(
            "this row of table_status names no table; write the table it is about, or * for all tables of the file",
            "table_status 的这一行没有写明表名；请填写表名，或用 * 表示文件中的所有表",
        ),
        location,
    )


def _contradiction(name: str, location: Location | None) -> InputProblem:
    return InputProblem(
        "contradictory-declaration",
        "error",
        Text(
            f'table_status says both yes and no for "{name}"; it counts as not complete; keep one row',
            f"table_status 对“{name}”既填了“是”又填了“否”，按不完整处理；请只保留一行",
        ),
        location,
    )
