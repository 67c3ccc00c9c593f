"""How the keys of a field go together: bounds are of the field's type, and some keys are for some types only."""

from __future__ import annotations

import re

from riskcheck.frozen import frozen
from riskcheck.model.number import LARGEST, grid_text, to_grid
from riskcheck.model.schema import Field, FieldType
from riskcheck.packs.entry import Entry
from riskcheck.packs.problems import kind_of
from riskcheck.yamltree import YamlScalar

_INT = re.compile(r"-?[0-9]{1,18}")
_DOUBLE = re.compile(r"-?[0-9]{1,13}(\.[0-9]{1,6})?")
_NUMBERS = (FieldType.INT, FieldType.DOUBLE, FieldType.PERCENT)
_DATES = (FieldType.DATE, FieldType.DATETIME)


@frozen
class Bounds:
    """`min`, `max` and `none_is`, held like the field's values."""

    minimum: int | None = None
    maximum: int | None = None
    none_is: int | None = None


_NO_BOUNDS = Bounds()


def read_bounds(entry: Entry, field_type: FieldType | None) -> Bounds:
    """The bounds of a number field; reports bounds of others. `field_type` is None if it is not known."""
    given = [key for key in ("min", "max", "none_is") if key in entry.values]
    if not given or field_type is None:
        return _NO_BOUNDS
    if field_type not in _NUMBERS:
        for key in given:
            entry.report(key, "wrong-key", f'"{key}" is for numbers (int, double, percent), not for {field_type.value}')
        return _NO_BOUNDS
    return Bounds(*(_bound(entry, key, field_type) for key in ("min", "max", "none_is")))


def _bound(entry: Entry, key: str, field_type: FieldType) -> int | None:
    node = entry.values.get(key)
    if node is None:
        return None
    if isinstance(node, YamlScalar) and node.plain:
        if field_type is FieldType.INT and _INT.fullmatch(node.text):
            return int(node.text)
        if field_type.on_grid and _DOUBLE.fullmatch(node.text):
            return to_grid(node.text)
    allowed = "a whole number" if field_type is FieldType.INT else f"a number up to {LARGEST} with at most six decimals"
    entry.report(key, "wrong-value", f'"{key}" must be {allowed}, not {kind_of(node)}')
    return None


def check_field(entry: Entry, field: Field) -> None:
    """Report keys that contradict each other or the field's type."""
    is_enum = field.type is FieldType.ENUM
    if is_enum and "allowed" not in entry.values:
        entry.report("type", "missing-key", 'an enum needs "allowed", its words')
    if not is_enum and "allowed" in entry.values:
        entry.report("allowed", "wrong-key", f'"allowed" is for type enum, not for {field.type.value}')
    if field.event and field.type not in _DATES:
        entry.report("event", "wrong-key", f'"event" is for date and datetime, not for {field.type.value}')
    if field.event and not field.optional:
        entry.report("event", "event-not-optional", "the date of an event that may not have happened must be optional")
    if field.derived is not None and field.type is not FieldType.INT:
        entry.report("type", "wrong-type", f"a count of vague terms is an int, not {field.type.value}")
    if field.derived is not None and (field.optional or field.none_is is not None):
        entry.report("derived", "wrong-key", 'a derived field is computed, so it has neither "optional" nor "none_is"')
    if field.carried and (field.type is not FieldType.STRING or field.optional):
        message = '"carried" is for texts that no check reads: type string, and not optional'
        entry.report("carried", "wrong-key", message)
    _check_order(entry, field)


def _check_order(entry: Entry, field: Field) -> None:
    low, high, none_is = field.minimum, field.maximum, field.none_is
    if low is not None and high is not None and low > high:
        entry.report("min", "wrong-value", f"min {_shown(field, low)} is above max {_shown(field, high)}")
    elif none_is is not None and ((low is not None and none_is < low) or (high is not None and none_is > high)):
        entry.report("none_is", "wrong-value", f"none_is {_shown(field, none_is)} is not within min and max")


def _shown(field: Field, value: int) -> str:
    return grid_text(value) if field.type.on_grid else str(value)
