"""Facts in YAML: a mapping of tables; one-row tables are mappings of fields, the others lists of such mappings.

A key with nothing after it is like a blank cell. A row without the key says nothing about the field at all: missing,
whatever the other rows say and whether or not the table is closed.
"""

from __future__ import annotations

from riskcheck.celltext import clean, is_none
from riskcheck.errors import Diagnostic, FactsError
from riskcheck.facts import layout
from riskcheck.facts.assemble import fact_set
from riskcheck.facts.names import Names, field_names, table_names
from riskcheck.facts.rawcell import RawCell, Unsaid, is_blank
from riskcheck.facts.rawtable import RawFacts, RawTable
from riskcheck.facts.spelling import shorten
from riskcheck.facts.tablestatus import status_table
from riskcheck.facts.yamlcell import raw_of_node
from riskcheck.facts.yamlorigin import YamlOrigin
from riskcheck.model.factset import FactSet, InputProblem
from riskcheck.model.place import Location
from riskcheck.model.schema import Schema, Table
from riskcheck.model.text import Text
from riskcheck.yamltree import YamlMapping, YamlNode, YamlScalar, YamlSequence

_SHAPE = Text(
    "write the tables as keys, the rows of a table as a list: tasks: [{task_id: T1, …}, …]",
    "请以表名为键，以列表写出表中各行：tasks: [{task_id: T1, …}, …]",
)

MOST_REFUSALS = 20
"""After so many reasons to refuse a file the rest is not looked at."""


def facts_from_tree(node: YamlNode, file: str, schema: Schema, *, assume_complete: tuple[str, ...] = ()) -> FactSet:
    """Type the facts in a YAML tree; `file` is the name used in places.

    `assume_complete` names tables to take as complete, or is `("all",)` for all that the tree has. Raises
    FactsError where the tree is no facts or says two things at once, UsageError for unknown names in
    `assume_complete`.
    """
    return fact_set(raw_from_tree(node, file, schema), schema, assume_complete)


def raw_from_tree(node: YamlNode, file: str, schema: Schema) -> RawFacts:
    """The tables that a YAML tree holds, before their cells are typed; raises FactsError if it is no facts."""
    return _Reader(file, schema).read(node)


class _Reader:
    def __init__(self, file: str, schema: Schema) -> None:
        self.file = file
        tables = (*schema.tables, status_table(schema))
        self.tables = {table.name: table for table in tables}
        self.names = table_names(tables)
        self.problems: list[InputProblem] = []
        self.refusals: list[Diagnostic] = []

    def read(self, node: YamlNode) -> RawFacts:
        if not isinstance(node, YamlMapping):
            what = Text("a list", "列表") if isinstance(node, YamlSequence) else Text("one text", "一段文本")
            message = Text(
                f"the file holds {what.en}, but facts are a mapping of tables",
                f"文件内容是{what.zh}，而资料应为以表名为键的映射",
            )
            raise FactsError(Diagnostic("facts-not-a-mapping", message, self.at(node), (_SHAPE,)))
        tables: dict[str, RawTable] = {}
        keys: dict[str, YamlScalar] = {}
        unknown: list[tuple[str, Location]] = []
        for key, value in node.entries:
            match = self.names.match(key.text)
            if match is None:
                unknown.append((key.text, self.at(key)))
            elif match.name in keys:
                what = Text(f"the table {match.name}", f"“{self.tables[match.name].title.zh}”表")
                self.twice(what, keys[match.name], key)
            else:
                keys[match.name] = key
                if match.note:
                    self.problems.append(layout.bracket_on_table(key.text, self.tables[match.name], self.at(key)))
                self.table(self.tables[match.name], key, value, tables)
        if not keys:
            self.refuse_unknown([name for name, _ in unknown])
        if self.refusals:
            raise FactsError(self.refusals)
        return RawFacts(tables, (*layout.unknown_tables(unknown, self.names), *self.problems))

    def table(self, table: Table, key: YamlScalar, value: YamlNode, tables: dict[str, RawTable]) -> None:
        """Add `table` to `tables`, unless nothing is written for it or it has a wrong shape."""
        if isinstance(value, YamlScalar) and (value.is_nothing or not clean(value.text)):
            self.problems.append(layout.empty_sheet(table, self.at(key)))
            return
        rows = self.rows(table, value)
        if rows is not None:
            tables[table.name] = self.raw_table(table, key, rows)

    def rows(self, table: Table, value: YamlNode) -> tuple[YamlMapping, ...] | None:
        """The rows that are written under a table's key; None if that is no table."""
        if isinstance(value, YamlMapping) and table.one_row:
            return (value,)
        if isinstance(value, YamlScalar) and is_none(clean(value.text)):
            return ()
        if not isinstance(value, YamlSequence):
            shape = (
                Text("a mapping of its fields", "字段的映射") if table.one_row else Text("a list of rows", "行的列表")
            )
            message = Text(f"the table {table.name} must be {shape.en}", f"“{table.title.zh}”表应为{shape.zh}")
            self.refuse("table-shape", message, self.at(value), _SHAPE)
            return None
        rows = []
        for item in value:
            if isinstance(item, YamlMapping):
                if not all(is_blank(raw_of_node(cell)) for _, cell in item.entries):
                    rows.append(item)
            elif not (isinstance(item, YamlScalar) and item.is_nothing):
                message = Text(
                    f"a row of the table {table.name} must be a mapping of its fields",
                    f"“{table.title.zh}”表的每一行应为字段的映射",
                )
                self.refuse("row-shape", message, self.at(item), _SHAPE)
        return tuple(rows)

    def raw_table(self, table: Table, key: YamlScalar, rows: tuple[YamlMapping, ...]) -> RawTable:
        names = field_names(table)
        fields, in_other_units = self.fields(table, names, rows)
        columns: dict[str, list[RawCell]] = {
            field: [Unsaid.NO_CELL] * len(rows) for field in fields.values() if field is not None
        }
        for index, row in enumerate(rows):
            keys: dict[str, YamlScalar] = {}
            for written, value in row.entries:
                field = fields[written.text]
                if field is None:
                    continue
                if field in keys:
                    title = table.by_name[field].title
                    what = Text(
                        f"the field {field} of this row of {table.name}",
                        f"“{table.title.zh}”表这一行的字段“{title.zh}”",
                    )
                    self.twice(what, keys[field], written)
                keys[field] = written
                if written.text not in in_other_units:
                    columns[field][index] = raw_of_node(value)
        return RawTable(table, columns, len(rows), YamlOrigin(self.file, key, rows, names, table))

    def fields(
        self, table: Table, names: Names, rows: tuple[YamlMapping, ...]
    ) -> tuple[dict[str, str | None], set[str]]:
        """The field that each key of the rows names, and the keys whose values are in another unit than the field's.

        A key that names no field that is read has None, and a problem.
        """
        fields: dict[str, str | None] = {}
        in_other_units: set[str] = set()
        unknown: list[tuple[str, Location]] = []
        for row in rows:
            for key, _ in row.entries:
                if key.text in fields:
                    continue
                match = names.match(key.text)
                fields[key.text] = match.name if match else None
                if match is None:
                    unknown.append((key.text, self.at(key)))
                elif table.by_name[match.name].derived is not None:
                    fields[key.text] = None
                    self.problems.append(layout.computed_column(key.text, table.by_name[match.name], self.at(key)))
                else:
                    known = table.by_name[match.name]
                    problem = layout.bracket_problem(key.text, match.note, known, self.at(key))
                    if problem is not None:
                        self.problems.append(problem)
                        if problem.severity == "error":
                            in_other_units.add(key.text)
        self.problems.extend(layout.unknown_columns(unknown, table, names))
        return fields, in_other_units

    def refuse_unknown(self, found: list[str]) -> None:
        expected = [
            Text(f"{table.name} ({table.title.en}, {table.title.zh})", f"{table.name}（{table.title.zh}）")
            for table in self.tables.values()
        ]
        hints = layout.no_known_names(found, self.names, expected)
        message = Text("no key of the file is a table of facts", "文件中没有任何键是资料表")
        self.refuse("no-known-table", message, Location(self.file), *hints)

    def twice(self, what: Text, first: YamlScalar, second: YamlScalar) -> None:
        one, other = shorten(first.text), shorten(second.text)
        message = Text(
            f'{what.en} stands in two places: "{one}" in line {first.line} and "{other}" here',
            f"{what.zh}写了两次：第 {first.line} 行的“{one}”和此处的“{other}”",
        )
        self.refuse("stands-twice", message, self.at(second), Text("keep one of the two", "请只保留一个"))

    def refuse(self, code: str, message: Text, at: Location, *hints: Text) -> None:
        self.refusals.append(Diagnostic(code, message, at, hints))
        if len(self.refusals) >= MOST_REFUSALS:
            raise FactsError(self.refusals)

    def at(self, node: YamlNode) -> Location:
        return Location(self.file, line=node.line, column=node.column)
