"""What to write instead of a text that is nearly a number: `99.9%` in a plain number field, `≥99.9`, `4 hours`.

Where the table has a field `unit`, the unit of a plain number belongs there.
"""

from __future__ import annotations

import re

from riskcheck.celltext import clean
from riskcheck.facts.cellnumber import COMPARISON, is_bare
from riskcheck.model.schema import Field, FieldType, Table
from riskcheck.model.text import Text

_LONGEST = 30
"""No longer number is shown as the one to write."""


def number_advice(field: Field, table: Table, raw: str) -> Text:
    """`write 99.9 and put % into the column Unit`, for the cell `raw` of `field`, in both languages."""
    number = re.sub(COMPARISON, "", clean(raw)).strip()
    plain = number.removesuffix("%").rstrip()
    if not plain or len(number) > _LONGEST or not is_bare(plain):
        return _number_alone(field, table)
    if field.type is FieldType.PERCENT or plain == number:
        return Text(f"write {number}", f"填写 {number}")
    column = _unit_column(field, table)
    if column is None:
        return _number_alone(field, table)
    return Text(f'write {plain} and put % into the column "{column.en}"', f"填写 {plain}，并在“{column.zh}”列填写 %")


def _number_alone(field: Field, table: Table) -> Text:
    column = _unit_column(field, table)
    if column:
        return Text(
            f'write the number alone and put its unit into the column "{column.en}"',
            f"只填数字，并将单位填入“{column.zh}”列",
        )
    if field.unit:
        return Text(f"write the number alone, in {field.unit.en}", f"只填数字（单位：{field.unit.zh}）")
    return Text("write the number alone", "只填数字")


def _unit_column(field: Field, table: Table) -> Text | None:
    """The title of the column for the units of `field`, if it has no unit of its own."""
    column = table.by_name.get("unit")
    plain = field.unit is None and field.type in (FieldType.INT, FieldType.DOUBLE)
    return column.title if column and column is not field and plain else None
