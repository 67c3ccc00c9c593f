"""Numbers of a column that are typed at a glance mean what each alone means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskcheck.facts.cellvalue import NOTHING, reader_for
from riskcheck.facts.column import read_column
from riskcheck.facts.unread import Unread
from riskcheck.model.factset import MISSING
from riskcheck.model.number import SCALE
from riskcheck.model.schema import Field, FieldType
from riskcheck.model.text import Text

_NUMBERS = st.floats() | st.integers(-(10**13), 10**13).map(float) | st.decimals(-(10**4), 10**4, places=6).map(float)
_UNITS = {FieldType.INT: 1, FieldType.DOUBLE: SCALE, FieldType.PERCENT: SCALE}


@pytest.mark.parametrize("kind", _UNITS)
@pytest.mark.parametrize("bounds", [(None, None), (0, None), (None, 100), (-5, 5)])
@given(raws=st.lists(_NUMBERS | st.sampled_from(("", "12", "none")), max_size=20))
def test_a_column_of_numbers_reads_as_each_of_its_cells(
    kind: FieldType, bounds: tuple[int | None, int | None], raws: list[float | str]
) -> None:
    low, high = (None if bound is None else bound * _UNITS[kind] for bound in bounds)
    field = Field("load", kind, Text("Load", "负荷"), minimum=low, maximum=high)
    read = list(map(reader_for(field), raws))
    column = read_column(field, raws, unclear=False)
    refused = {row for row, _ in column.unread}
    for row, (cell, alone) in enumerate(zip(column.cells, read, strict=True)):
        assert (row in refused) == isinstance(alone, Unread)
        assert cell == (MISSING if alone is NOTHING or isinstance(alone, Unread) else alone)
