"""The facts of projects that are in memory, as views of a Spark session (see `riskcheck.engines.sql.tables`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from riskcheck.engines import Project
from riskcheck.engines.spark.session import FEW
from riskcheck.engines.sql.facts import Held, tables_of
from riskcheck.engines.sql.tables import Tables


def load(session: Any, tables: Tables, projects: Sequence[Project]) -> None:
    """Make the views that a query reads. Raises UnicodeError for texts that are no Unicode."""
    import pyarrow

    types = {
        Held.NUMBER: pyarrow.int32(),
        Held.WHOLE: pyarrow.int64(),
        Held.TRUTH: pyarrow.bool_(),
        Held.TEXT: pyarrow.string(),
        Held.TEXTS: pyarrow.list_(pyarrow.string()),
    }
    for table, columns in tables_of(tables, projects):
        arrays = [pyarrow.array(each.values, types[each.held]) for each in columns]
        facts = pyarrow.table(arrays, names=[each.name for each in columns])
        frame = session.createDataFrame(facts)
        (frame.coalesce(1) if len(projects) < FEW else frame).createOrReplaceTempView(table)
