"""A whole mapping file: its sheets, its constants, the tables that it declares complete."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from riskcheck.errors import Diagnostic
from riskcheck.facts.names import field_names
from riskcheck.facts.spelling import fold
from riskcheck.facts.tablestatus import STATUS
from riskcheck.mapping.cellreadings import check_value
from riskcheck.mapping.fieldsources import known_field
from riskcheck.mapping.keys import Keys, text_of
from riskcheck.mapping.problems import MappingProblems
from riskcheck.mapping.sheetentries import Known, known_table, sheet_entry
from riskcheck.model.mapping import Constant, DateOrder, DeclaredComplete, Mapping, SheetEntry
from riskcheck.model.schema import Table
from riskcheck.model.text import Text
from riskcheck.yamltree import YamlMapping, YamlNode, YamlScalar, shorten

VERSION = "1"
_KEYS = ("mapping", "only", "dates", "sheets", "constants", "complete")
_VERSION_HINT = Text(f"begin the file with the line mapping: {VERSION}", f"请在文件开头写上 mapping: {VERSION}")
MOST_ENTRIES = 2_000
"""So many sheets are mapped at most."""


def read_mapping(tree: YamlNode, problems: MappingProblems, known: Known, sha256: str) -> Mapping:
    """The mapping in a tree; what is wrong is added to `problems`, and then the result is not to be used."""
    keys = Keys(problems, tree, Text("a mapping file", "映射文件"), _KEYS)
    _check_version(keys)
    nodes = keys.items("sheets")
    if len(nodes) > MOST_ENTRIES:
        message = Text(f"more than {MOST_ENTRIES} sheets", f"工作表超过 {MOST_ENTRIES} 个")
        keys.report("sheets", "too-many-sheets", message)
    entries = [entry for node in nodes[:MOST_ENTRIES] if (entry := sheet_entry(problems, node, known)) is not None]
    _check_twice(keys.problems, entries)
    return Mapping(
        file=problems.file,
        sha256=sha256,
        sheets=tuple(entries),
        constants=tuple(_constants(keys, known)),
        complete=tuple(_complete(keys, known)),
        dates=keys.word("dates", DateOrder),
        only=keys.flag("only"),
    )


def _check_twice(problems: MappingProblems, entries: Sequence[SheetEntry]) -> None:
    """Refuse two entries that would read the same rows twice, or that leave out a sheet which is mapped."""
    by_sheet: dict[tuple[str, str], list[SheetEntry]] = {}
    for entry in entries:
        earlier = by_sheet.setdefault((fold(entry.file or ""), fold(entry.sheet)), [])
        clash = next((each for each in earlier if _clash(each, entry)), None)
        if clash is not None:
            line, sheet = clash.place.line, shorten(entry.sheet)
            message = Text(
                f'the sheet "{sheet}" stands here again (first in line {line})',
                f"工作表“{sheet}”在此重复出现（首次在第 {line} 行）",
            )
            hint = Text(
                "keep one of the two; one sheet may be mapped to several tables, or its rows in several parts by rows",
                "请只保留一个；同一工作表可映射到多张表，或用 rows 分段映射",
            )
            problems.take(Diagnostic("stands-twice", message, entry.place, (hint,)))
        earlier.append(entry)


def _clash(one: SheetEntry, other: SheetEntry) -> bool:
    if one.table is None or other.table is None or one.table != other.table:
        return one.table is None or other.table is None
    if one.rows is None or other.rows is None:
        return True
    (first, last), (start, stop) = one.rows, other.rows
    return (last is None or start <= last) and (stop is None or first <= stop)


def _check_version(keys: Keys) -> None:
    if not isinstance(keys.node, YamlMapping):
        return
    version = keys.text("mapping") if "mapping" in keys.values else None
    if "mapping" not in keys.values:
        text = Text("this does not say that it is a mapping", "文件没有写明是映射文件")
        keys.report("mapping", "missing-key", text, _VERSION_HINT)
    elif version is not None and version != VERSION:
        text = Text(
            f'mappings of version "{shorten(version)}" are not read here', f"不支持版本为“{shorten(version)}”的映射"
        )
        keys.report("mapping", "unknown-version", text, _VERSION_HINT)


def _tables(keys: Keys, key: str, known: Known) -> Iterator[tuple[Table, YamlScalar, YamlNode]]:
    """The entries of a mapping by tables, each for another table of the pack."""
    lines: dict[str, int] = {}
    for name, node in keys.entries(key):
        table = known_table(keys.problems, name, known)
        if table is None:
            continue
        if table.name == STATUS:
            message = Text(f'"{key}" is for the tables of the pack', f"“{key}”仅用于规则包中的表")
            keys.problems.at(name, "unknown-table", message)
            continue
        if table.name in lines:
            message = Text(
                f"the table {table.name} stands here again (first in line {lines[table.name]})",
                f"“{table.title.zh}”表在此重复出现（首次在第 {lines[table.name]} 行）",
            )
            keys.problems.at(name, "stands-twice", message, Text("keep one of the two", "请只保留一个"))
            continue
        lines[table.name] = name.line
        yield table, name, node


def _constants(keys: Keys, known: Known) -> Iterator[Constant]:
    for table, _, node in _tables(keys, "constants", known):
        names = field_names(table)
        what = Text(f"the constants of {table.name}", f"“{table.title.zh}”表的固定值")
        if not isinstance(node, YamlMapping):
            Keys(keys.problems, node, what, tuple(field.name for field in table.fields[:5]))
            continue
        lines: dict[str, int] = {}
        for key, value in node.entries:
            field = known_field(keys.problems, key, table, names)
            text = None if field is None else text_of(keys.problems, value, Text(field.name, f"“{field.title.zh}”"))
            if field is None or text is None:
                continue
            if field.name in lines:
                message = Text(
                    f"the field {field.name} stands here again (first in line {lines[field.name]})",
                    f"字段“{field.title.zh}”在此重复出现（首次在第 {lines[field.name]} 行）",
                )
                keys.problems.at(key, "stands-twice", message)
                continue
            lines[field.name] = key.line
            check_value(keys.problems, value, text, field)
            yield Constant(table.name, field.name, text, keys.problems.place(value))


def _complete(keys: Keys, known: Known) -> Iterator[DeclaredComplete]:
    for table, name, node in _tables(keys, "complete", known):
        what = Text(f"the declaration of {table.name}", f"“{table.title.zh}”表的完整性声明")
        inner = Keys(keys.problems, node, what, ("by", "on"))
        if not isinstance(node, YamlMapping):
            continue
        present = [inner.needs(key) for key in ("by", "on")]
        by, on = inner.text("by"), inner.day("on")
        if all(present) and by is not None and on is not None:
            yield DeclaredComplete(table.name, by, on, keys.problems.place(name))
