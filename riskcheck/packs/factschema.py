"""`facts.yaml`: the tables and fields that the pack's conditions read."""

from __future__ import annotations

import re

from riskcheck.expr.parser import RESERVED
from riskcheck.expr.scope import RESERVED_NAMES
from riskcheck.frozen import frozen, replace
from riskcheck.model.schema import EnumWord, Field, FieldType, Schema, Table, VagueTerms
from riskcheck.model.text import Text
from riskcheck.packs.entry import Entry
from riskcheck.packs.fieldrules import check_field, read_bounds
from riskcheck.packs.problems import FileProblems
from riskcheck.packs.wordclash import Spellings, refuse_emptiness, spellings, table_spellings
from riskcheck.yamltree import YamlMapping, YamlNode, YamlScalar

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_ENUM_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_TYPES = {each.value: each for each in FieldType}
_TAKEN_TABLES = (*RESERVED_NAMES, "table_status")
_CEL_WORDS = RESERVED | {"true", "false", "null", "in"}
_TABLE_KEYS = ("aliases", "one_row", "min_rows", "note")
_FIELD_KEYS = ("aliases", "allowed", "optional", "event", "min", "max", "none_is", "derived", "unit", "note", "carried")
_MOST_MIN_ROWS = 1000


@frozen
class SchemaRead:
    """The schema, and the names of tables and fields that were not understood: conditions with them are not typed."""

    schema: Schema
    doubtful: frozenset[str]


def read_schema(tree: YamlNode, problems: FileProblems, vague_terms: VagueTerms | None) -> SchemaRead:
    """Read `facts.yaml`; what is wrong goes to `problems`. `vague_terms` are the pack's word lists."""
    return _SchemaReader(problems, vague_terms).read(tree)


class _SchemaReader:
    def __init__(self, problems: FileProblems, vague_terms: VagueTerms | None) -> None:
        self.problems, self.vague_terms = problems, vague_terms
        self.doubtful: set[str] = set()

    def read(self, tree: YamlNode) -> SchemaRead:
        entry = Entry(self.problems, tree, "facts.yaml", ("tables",))
        words = table_spellings(self.problems)
        tables = []
        for name, place, node in entry.named("tables", "table"):
            self.check_name(place, "table", _TAKEN_TABLES)
            table = self.table(name, node)
            tables.append(table)
            words.add(f"table {name}", spellings(place, node), sheet=True)
            if not table.fields:
                self.doubtful.add(name)
        return SchemaRead(Schema(tuple(tables)), frozenset(self.doubtful))

    def check_name(self, place: YamlScalar, role: str, taken: tuple[str, ...] = ()) -> None:
        name = place.text
        if not _NAME.fullmatch(name):
            message = f'{role} "{name}" cannot be named in conditions: use small letters, digits and _, a letter first'
            self.problems.at(place, "wrong-name", message)
        elif name in taken or name in _CEL_WORDS:
            message = f'{role} "{name}" needs another name: in conditions the word means something else'
            self.problems.at(place, "reserved-name", message)

    def table(self, name: str, node: YamlNode) -> Table:
        entry = Entry(self.problems, node, f"table {name}", ("title", "fields"), _TABLE_KEYS)
        one_row = entry.flag("one_row")
        words = Spellings(self.problems)
        texts = _text_fields(entry)
        fields = []
        for field_name, place, field_node in entry.named("fields", "field"):
            before = len(self.problems.found)
            self.check_name(place, "field")
            fields.append(self.field(name, field_name, field_node, texts))
            if len(self.problems.found) > before:
                self.doubtful.add(field_name)
            words.add(f"field {field_name}", spellings(place, field_node))
        return Table(
            name=name,
            title=entry.titles("title"),
            fields=tuple(fields),
            aliases=entry.words("aliases"),
            one_row=one_row,
            min_rows=entry.whole("min_rows", 1, 1, absent=1) if one_row else entry.whole("min_rows", 0, _MOST_MIN_ROWS),
            note=entry.titles_or_none("note"),
        )

    def field(self, table: str, name: str, node: YamlNode, texts: tuple[str, ...]) -> Field:
        entry = Entry(self.problems, node, f"field {table}.{name}", ("type", "title"), _FIELD_KEYS)
        field_type = _TYPES.get(entry.word("type", _TYPES, "type"))
        bounds = read_bounds(entry, field_type)
        field = Field(
            name=name,
            type=field_type or FieldType.STRING,
            title=entry.titles("title"),
            aliases=entry.words("aliases"),
            allowed=self.allowed(entry),
            optional=entry.flag("optional"),
            event=entry.flag("event"),
            minimum=bounds.minimum,
            maximum=bounds.maximum,
            none_is=bounds.none_is,
            derived=self.derived(entry, texts),
            unit=entry.titles_or_none("unit"),
            note=entry.titles_or_none("note"),
            carried=entry.flag("carried"),
        )
        if field_type is not None:
            check_field(entry, field)
        return field

    def allowed(self, entry: Entry) -> tuple[EnumWord, ...]:
        words = Spellings(self.problems)
        found = []
        for name, place, node in entry.named("allowed", "word"):
            what = f'word "{name}" of {entry.what}'
            if not _ENUM_WORD.fullmatch(name):
                self.problems.at(place, "wrong-name", f"{what}: use letters, digits, _ and -, not - or _ first")
            described = Entry(self.problems, node, what, ("en", "zh"), ("aliases",))
            title = Text(described.text("en"), described.text("zh"))
            found.append(EnumWord(name, title, described.words("aliases")))
            spelled = spellings(place, node)
            words.add(f'the word "{name}"', spelled)
            refuse_emptiness(self.problems, what, spelled)
        return tuple(found)

    def derived(self, entry: Entry, texts: tuple[str, ...]) -> VagueTerms | None:
        node = entry.values.get("derived")
        if node is None:
            return None
        inner = Entry(self.problems, node, f"derived of {entry.what}", ("vague_terms",))
        fields = inner.words("vague_terms", texts, "text field")
        if self.vague_terms is None:
            inner.report("vague_terms", "no-vague-terms", "the pack has no word lists: pack.yaml needs vague_terms")
            return VagueTerms(fields, (), (), ())
        return replace(self.vague_terms, fields=fields)


def _text_fields(table: Entry) -> tuple[str, ...]:
    """The names of a table's text fields that are written, not derived."""
    fields = table.values.get("fields")
    if not isinstance(fields, YamlMapping):
        return ()
    return tuple(name.text for name, node in fields.entries if _is_written_text(node))


def _is_written_text(field: YamlNode) -> bool:
    if not isinstance(field, YamlMapping) or field.get("derived") is not None:
        return False
    field_type = field.get("type")
    return isinstance(field_type, YamlScalar) and field_type.text == FieldType.STRING.value
