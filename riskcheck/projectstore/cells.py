"""What a database holds in a cell, as a cell of facts before it is typed: the same kinds of values as in a workbook.

Numbers, truths and dates stay what they are. Decimals become text, so that `1.10` stays `1.10`; so do whole numbers
where a text is wanted, which may then have more digits than Excel keeps. Times with a zone are told in UTC.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import isfinite
from typing import Any, Final

from riskcheck.facts.rawcell import ErrorValue, Listed, RawCell, Structure
from riskcheck.frozen import frozen
from riskcheck.model.schema import Field, FieldType

Converter = Callable[[Iterable[Any]], Sequence[RawCell]]

_WHOLE: Final = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
_WHOLE_TYPES: Final = frozenset((*_WHOLE, *(f"U{each}" for each in _WHOLE)))
OF_WORDS: Final = (FieldType.STRING, FieldType.LIST, FieldType.ENUM)
"""Fields of which a whole number is taken as a text, with all its digits."""
_ZONED: Final = "TIMESTAMP WITH TIME ZONE"
_MOMENTS: Final = ("DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", _ZONED)


@frozen
class CellRead:
    """How cells of a column are read: by this SQL, of which `{0}` is the column, and then by this function."""

    sql: str
    convert: Converter


def cell_read(field: Field, kind: str, *, unusual: bool) -> CellRead:
    """How cells of a database type are read for a field. `unusual`: some are infinite, or of no year that there is."""
    if kind in _WHOLE_TYPES:
        return CellRead("{0}::VARCHAR" if field.type in OF_WORDS else "{0}", _plain)
    if kind in ("DOUBLE", "FLOAT"):
        # A float of 32 bits is taken at its shortest spelling: 0.1, not 0.10000000149.
        return CellRead("{0}" if kind == "DOUBLE" else "{0}::VARCHAR::DOUBLE", _numbers if unusual else _plain)
    if kind in _MOMENTS:
        sql = "timezone('UTC', {0})" if kind == _ZONED else "{0}"
        return CellRead(f"({sql})::VARCHAR" if unusual else sql, _plain)
    if kind in ("VARCHAR", "BOOLEAN", "TIME", "INTERVAL"):
        return CellRead("{0}", _plain)
    nested = kind.startswith(("STRUCT", "MAP", "UNION", "BLOB"))
    if kind.endswith("[]") and not nested and kind[-3] != "]":
        return CellRead("{0}::VARCHAR[]", _lists)
    if nested or kind.endswith("]"):
        return CellRead("{0}::VARCHAR", _structures)
    return CellRead("{0}::VARCHAR", _plain)


def unusual_sql(kind: str) -> str | None:
    """SQL that says whether a cell of a type, `{0}`, has no value that Python has; None if none can be so."""
    if kind in ("DOUBLE", "FLOAT"):
        return "NOT isfinite({0})"
    return "NOT isfinite({0}) OR year({0}) NOT BETWEEN 1 AND 9999" if kind in _MOMENTS else None


def _plain(cells: Iterable[Any]) -> Sequence[RawCell]:
    return ["" if cell is None else cell for cell in cells]


def _numbers(cells: Iterable[Any]) -> Sequence[RawCell]:
    return ["" if cell is None else of_float(cell) for cell in cells]


def of_float(value: float) -> RawCell:
    """A number as a cell; what is no finite one is an error value, as a workbook has them."""
    return value if isfinite(value) else ErrorValue(_NO_NUMBERS[repr(value)])


_NO_NUMBERS: Final = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}


def _lists(cells: Iterable[Any]) -> Sequence[RawCell]:
    return ["" if cell is None else Listed(tuple(item or "" for item in cell)) for cell in cells]


def _structures(cells: Iterable[Any]) -> Sequence[RawCell]:
    return ["" if cell is None else Structure(cell) for cell in cells]
