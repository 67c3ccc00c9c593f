"""What the name of a text field tells of its values: an id, or a person."""

from __future__ import annotations

from riskcheck.model.schema import Field, FieldType, Table

_ID_WORDS = frozenset(["id", "code", "no", "ref"])
_PERSON_WORDS = frozenset(
    ["acceptor", "approver", "author", "backup", "by", "checker", "controller", "deputy", "lead", "manager", "member"]
) | {"owner", "reviewer", "sponsor", "stakeholder"}


def last_word(field: Field) -> str:
    """The last word of a field's name."""
    return field.name.rpartition("_")[2]


def names_person(field: Field) -> bool:
    """Whether a text field seems to name a person."""
    return field.type is FieldType.STRING and not _PERSON_WORDS.isdisjoint(field.name.split("_"))


def holds_id(field: Field) -> bool:
    """Whether a text field seems to hold an id or the number of a document."""
    return field.type is FieldType.STRING and last_word(field) in _ID_WORDS and not names_person(field)


def row_id(table: Table) -> Field | None:
    """The field that holds the ids of a table's rows, if its first one does."""
    first = table.fields[0] if table.fields else None
    return first if first is not None and holds_id(first) else None
