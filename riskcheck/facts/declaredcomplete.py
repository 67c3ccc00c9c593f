"""Tables that a mapping declares complete, against what the file itself says of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from datetime import date

from riskcheck.facts.rawtable import RawFacts
from riskcheck.facts.tablestatus import StatusRead
from riskcheck.model.factset import BY_MAPPING, Closure, InputProblem
from riskcheck.model.mapping import DeclaredComplete
from riskcheck.model.schema import Schema
from riskcheck.model.text import Text

_UNSURE = Text(
    "rows of it may have been left out, as told here; see to these first",
    "可能有行未读取（见资料问题），请先处理",
)
_SAID_OPEN = Text("the file's own table_status says that it is not", "资料自身的表状态注明未填全")


def declared_closures(
    raw: RawFacts, status: StatusRead, unsure: Set[str], schema: Schema, problems: list[InputProblem]
) -> dict[str, Closure]:
    """What the declarations close that the file does not; those that cannot count are told."""
    found = {}
    for each in raw.declared:
        if each.table in unsure or each.table in status.declared_open:
            problems.append(_stays_open(each, schema, _UNSURE if each.table in unsure else _SAID_OPEN))
        elif each.table not in status.closures:
            found[each.table] = Closure(each.table, BY_MAPPING, each.by, each.place)
    return found


def with_days(
    dates: tuple[tuple[str, date], ...], declared: Sequence[DeclaredComplete], closures: Mapping[str, Closure]
) -> tuple[tuple[str, date], ...]:
    """The days for which tables hold: that of the declaration, where the file has none."""
    known = {table for table, _ in dates}
    return (*dates, *((each.table, each.on) for each in declared if each.table in closures and each.table not in known))


def _stays_open(declared: DeclaredComplete, schema: Schema, why: Text) -> InputProblem:
    title = schema.by_name[declared.table].title
    text = Text(
        f"the mapping declares the table {title.en} complete, but it stays open: {why.en}",
        f"映射声明“{title.zh}”表已填全，但仍按未填全处理：{why.zh}",
    )
    return InputProblem("declared-stays-open", "warning", text, declared.place)
