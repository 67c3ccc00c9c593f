"""One expression on one project's facts, explained in text: for people who write rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from riskcheck.expr import checker, evaluate
from riskcheck.expr.result import CellRef, Explanation, Need
from riskcheck.expr.source import SourceText
from riskcheck.model.factset import Absent, FactSet, show_cell
from riskcheck.projectfacts import review_day

MAX_SHOWN = 50


def inspect_expression(text: str, facts: FactSet, as_of: date | None) -> str:
    """The value and truth of the expression `text`, the cells that decided it and what is missing, a line each.

    Raises ConditionError if the expression is not valid, UsageError if the review date is known neither way.
    """
    scope = checker.Scope(schema=facts.schema)
    expression = checker.check_value(SourceText(text, None), scope)
    environment = evaluate.Environment(facts, as_of or review_day(facts), {})
    return "\n".join(_lines(evaluate.explain(expression, environment), facts))


def _lines(explanation: Explanation, facts: FactSet) -> Iterator[str]:
    if explanation.truth is not None:
        yield f"truth    {explanation.truth.name.lower()}"
    if explanation.value is not None and explanation.truth is None:
        yield f"value    {explanation.value}"
    needed = {need.cell for need in explanation.needs}
    for label, lines in (
        ("cells", [_cell(cell, facts) for cell in explanation.cells if cell not in needed]),
        ("missing", [_need(need, facts) for need in explanation.needs]),
    ):
        for number, line in enumerate(lines[:MAX_SHOWN]):
            yield f"{label if not number else '':<9}{line}"
        if len(lines) > MAX_SHOWN:
            yield f"{'':<9}… and {len(lines) - MAX_SHOWN} more"


def _cell(cell: CellRef, facts: FactSet) -> str:
    table = facts.by_name[cell.table]
    content = table.cell(cell.row, cell.field) if cell.row < table.row_count else Absent.MISSING
    shown = show_cell(table.table.by_name[cell.field], content)
    state = content.value if isinstance(content, Absent) else shown
    return f"{_place(cell, facts)}{cell.table}.{cell.field} = {state}"


def _need(need: Need, facts: FactSet) -> str:
    what = _NEEDS[need.kind] + (f": {_UNDEFINED[need.detail]}" if need.detail else "")
    if need.cell is None:
        return f"{need.table}: {what}" if need.table else what
    return f"{_place(need.cell, facts)}{need.table}.{need.cell.field}: {what}"


def _place(cell: CellRef, facts: FactSet) -> str:
    location = facts.by_name[cell.table].origin.cell_location(cell.row, cell.field)
    return f"{location}  " if location else ""


_NEEDS = {
    "fill": "fill in",
    "value": "empty, but a value is needed",
    "close": "the table is open; declare it complete",
    "define": "has no defined value",
    "tie": "several rows share the latest date",
}
_UNDEFINED = {
    "zero-divisor": "the divisor is 0",
    "overflow": "a number is beyond the range of its type",
    "future-date": "a date is later than the review date",
    "no-rows": "there are no rows",
    "not-a-number": "a text is no number",
}
