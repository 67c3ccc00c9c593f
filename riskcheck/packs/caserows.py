"""The rows of a case: templates are copied, repeated and numbered, until plain YAML facts are left."""

from __future__ import annotations

import re
from collections.abc import Iterator

from riskcheck.errors import did_you_mean
from riskcheck.frozen import frozen, replace
from riskcheck.model.schema import Schema, Table
from riskcheck.packs.entry import Entry, listed
from riskcheck.packs.problems import FileProblems, kind_of, shorten
from riskcheck.yamltree import YamlMapping, YamlNode, YamlScalar, YamlSequence

MOST_ROWS = 10_000
"""Most rows that a case may have in one table."""
STATUS_TABLE = "table_status"
_COUNT = re.compile(r"[1-9][0-9]{0,4}")
_NUMBER = "{n}"
_ROW_KEYS = ("table", "like", "times")
_Entries = tuple[tuple[YamlScalar, YamlNode], ...]


@frozen
class Template:
    """A row template: a row of `table`."""

    table: str
    entries: _Entries


class RowBuilder:
    """Builds the facts of the cases of one file."""

    def __init__(self, problems: FileProblems, schema: Schema, file: Entry) -> None:
        self.problems, self.schema, self.what = problems, schema, file.what
        self.templates: dict[str, Template] = {}
        for name, place, node in file.named("rows", "template"):
            self.templates[name] = self.template(name, place, node)

    def template(self, name: str, place: YamlScalar, node: YamlNode) -> Template:
        table = node.get("table") if isinstance(node, YamlMapping) else None
        if not isinstance(node, YamlMapping) or not isinstance(table, YamlScalar):
            message = f'row template "{shorten(name)}" must be a mapping with "table" and fields of it'
            self.problems.at(place, "wrong-type", message)
            return Template("", ())
        entries = tuple((key, value) for key, value in node.entries if key.text != "table")
        known = self.table(table, f'row template "{shorten(name)}"')
        if known is not None:
            self.check_fields(known, entries)
        return Template(table.text, entries)

    def facts(self, node: YamlMapping, what: str) -> YamlMapping:
        """The facts of a case, which messages call `what`, as a project's file would have them."""
        self.what = what
        entries = tuple((name, self.rows(name, value)) for name, value in node.entries)
        return replace(node, entries=entries)

    def rows(self, name: YamlScalar, node: YamlNode) -> YamlNode:
        if name.text == STATUS_TABLE:
            return node
        table = self.table(name, self.what)
        if isinstance(node, YamlMapping):
            return replace(node, entries=self.row(table, node)[0])
        if not isinstance(node, YamlSequence):
            return node
        rows: list[YamlNode] = []
        for item in node:
            rows.extend(self.repeated(table, item) if isinstance(item, YamlMapping) else (item,))
            if len(rows) > MOST_ROWS:
                self.problems.at(item, "too-many-rows", f"{self.what}: a table may have at most {MOST_ROWS} rows")
                break
        return replace(node, items=tuple(rows))

    def repeated(self, table: Table | None, node: YamlMapping) -> Iterator[YamlNode]:
        entries, times = self.row(table, node)
        for number in range(1, times + 1):
            yield _numbered(replace(node, entries=entries), str(number))

    def row(self, table: Table | None, node: YamlMapping) -> tuple[_Entries, int]:
        """The fields of a row, those of its template under its own, and how many times it stands there."""
        own = tuple((key, value) for key, value in node.entries if key.text not in _ROW_KEYS)
        said = node.get("table")
        if table is not None and said is not None and not (isinstance(said, YamlScalar) and said.text == table.name):
            self.problems.at(
                said, "wrong-table", f"{self.what}: a row of {table.name} says that it is of another table"
            )
        if table is not None:
            self.check_fields(table, own)
        like, times = node.get("like"), node.get("times")
        if like is not None:
            names = {key.text for key, _ in own}
            own += tuple(entry for entry in self.copied(table, like) if entry[0].text not in names)
        return own, self.count(times) if times is not None else 1

    def copied(self, table: Table | None, like: YamlNode) -> _Entries:
        name = like.text if isinstance(like, YamlScalar) else ""
        template = self.templates.get(name)
        if template is None:
            message = f"{self.what}: there is no row template {kind_of(like)}{did_you_mean(name, self.templates)}"
            self.problems.at(like, "unknown-template", message, listed(self.templates, "row template"))
            return ()
        if table is not None and template.table != table.name and template.table in self.schema.by_name:
            message = f'{self.what}: row template "{name}" is for table {template.table}, not for {table.name}'
            self.problems.at(like, "wrong-template", message)
        return template.entries

    def count(self, node: YamlNode) -> int:
        if isinstance(node, YamlScalar) and _COUNT.fullmatch(node.text) and int(node.text) <= MOST_ROWS:
            return int(node.text)
        message = f'{self.what}: "times" must be a whole number from 1 to {MOST_ROWS}, not {kind_of(node)}'
        self.problems.at(node, "wrong-value", message)
        return 1

    def table(self, name: YamlScalar, where: str) -> Table | None:
        found = self.schema.by_name.get(name.text)
        if found is None:
            message = f'{where}: unknown table "{shorten(name.text)}"{did_you_mean(name.text, self.schema.by_name)}'
            self.problems.at(name, "unknown-table", message, listed(self.schema.by_name, "table"))
        return found

    def check_fields(self, table: Table, entries: _Entries) -> None:
        for key, _ in entries:
            if key.text not in table.by_name:
                message = (
                    f'table {table.name} has no field "{shorten(key.text)}"{did_you_mean(key.text, table.by_name)}'
                )
                self.problems.at(key, "unknown-field", message, listed(table.by_name, "field"))


def _numbered(node: YamlNode, number: str) -> YamlNode:
    """The node with `{n}` in its texts replaced by the number of the row."""
    if isinstance(node, YamlScalar):
        return replace(node, text=node.text.replace(_NUMBER, number)) if _NUMBER in node.text else node
    if isinstance(node, YamlSequence):
        return replace(node, items=tuple(_numbered(item, number) for item in node))
    return replace(node, entries=tuple((key, _numbered(value, number)) for key, value in node.entries))
