"""The fact schema of a pack: which tables and fields there are, how they are typed and what they are called."""

from __future__ import annotations

from enum import Enum
from functools import cached_property

from riskcheck.frozen import frozen
from riskcheck.model.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

EVIDENCE = "evidence"
"""The table of pieces of evidence; `riskcheck.grades` says what its fields mean."""
EVIDENCE_GRADES: Final = {"system_export": 10, "signed_document": 10, "document": 8, "statement": 5}
"""The grade of each kind of evidence, in tenths."""


class FieldType(Enum):
    """The type of a field, named as in `facts.yaml`."""

    __hash__ = object.__hash__

    STRING = "string"
    INT = "int"
    DOUBLE = "double"
    PERCENT = "percent"
    BOOL = "bool"
    DATE = "date"
    DATETIME = "datetime"
    ENUM = "enum"
    LIST = "list"

    @property
    def on_grid(self) -> bool:
        """Whether values are held as grid integers (see `riskcheck.model.number`)."""
        return self in (FieldType.DOUBLE, FieldType.PERCENT)


@frozen
class EnumWord:
    """One allowed value of an enum field: its `name` in conditions, what people call it, and other spellings read."""

    name: str
    title: Text
    aliases: tuple[str, ...] = ()


@frozen
class VagueTerms:
    """How a derived field counts vague words: in the text of `fields` (same row), by the pack's word lists.

    `words_zh` count wherever they stand except inside one of `exceptions_zh`; `words_en` count on word
    boundaries, whatever their case.
    """

    fields: tuple[str, ...]
    words_zh: tuple[str, ...]
    exceptions_zh: tuple[str, ...]
    words_en: tuple[str, ...]


@frozen
class Field:
    """One column of a table.

    `minimum` and `maximum` are held like the values (grid integers for double and percent, plain for int)
    or are None. `none_is` is the value that a written none stands for, held likewise. `optional`: nothing
    in the cell is an answer, if the table is closed. `event`: an optional event date whose blankness takes
    a row out of judgement. `carried`: a text that no check reads; people say in it what a row is about.
    """

    name: str
    type: FieldType
    title: Text
    aliases: tuple[str, ...] = ()
    allowed: tuple[EnumWord, ...] = ()
    optional: bool = False
    event: bool = False
    minimum: int | None = None
    maximum: int | None = None
    none_is: int | None = None
    derived: VagueTerms | None = None
    unit: Text | None = None
    note: Text | None = None
    carried: bool = False


@frozen
class Table:
    """One table of facts. A one-row table (`project`) is written as a key/value sheet or a mapping."""

    name: str
    title: Text
    fields: tuple[Field, ...]
    aliases: tuple[str, ...] = ()
    one_row: bool = False
    min_rows: int = 0
    note: Text | None = None

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The fields by name."""
        return {field.name: field for field in self.fields}

    @cached_property
    def positions(self) -> dict[str, int]:
        """The place of each field among the fields, from 0, by name."""
        return {field.name: number for number, field in enumerate(self.fields)}


@frozen
class Schema:
    """All tables of a pack, in the order of `facts.yaml`. `table_status` is the readers' own and not among them."""

    tables: tuple[Table, ...]

    @cached_property
    def by_name(self) -> dict[str, Table]:
        """The tables by name."""
        return {table.name: table for table in self.tables}

    @cached_property
    def positions(self) -> dict[str, int]:
        """The place of each table among the tables, from 0, by name."""
        return {table.name: number for number, table in enumerate(self.tables)}

    @cached_property
    def has_evidence(self) -> bool:
        """Whether facts can say on what evidence they rest: in a table `evidence` with a text `fact` and a `kind`."""
        table = self.by_name.get(EVIDENCE)
        fields = table.by_name if table is not None and not table.one_row else {}
        types = [fields[name].type for name in ("fact", "kind") if name in fields]
        return types == [FieldType.STRING, FieldType.ENUM]
