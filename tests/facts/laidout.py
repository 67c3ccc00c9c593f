"""Tables of tasks as people draw them, and what is read and told of them."""

from __future__ import annotations

from datetime import date

from riskcheck.model.factset import FactSet
from tests.facts.smallschema import of_sheets, sheet

D = date(2026, 3, 5)
HEADER = ["ID", "Owner", "Milestone", "Planned start"]
T1, T2 = ["T1", "张伟", "yes", D], ["T2", "李娜", "no", D]
PLAN_AND_ACTUAL = [
    ["ID", "Owner", "Planned", "", "Actual", ""],
    ["", "", "Start", "Finish", "Start", "Finish"],
    ["T1", "张伟", D, D, D, D],
]


def facts_of(*rows: list, **marks: object) -> FactSet:  # type: ignore[type-arg]
    """The facts on a sheet of tasks that is declared complete."""
    return of_sheets(sheet("Tasks", *rows, **marks), assume_complete=("tasks",))  # type: ignore[arg-type]


def ids(facts: FactSet) -> list[object]:
    """The ids of the tasks."""
    return list(facts.by_name["tasks"].columns["task_id"])


def place(facts: FactSet, row: int, field: str) -> str:
    """The cell of a field."""
    return str(facts.by_name["tasks"].origin.cell_location(row, field)).removeprefix("f.xlsx!Tasks!")


def told(facts: FactSet) -> list[str]:
    """What is told, each as `cell code severity`."""
    return [f"{each.location.cell} {each.code} {each.severity}" for each in facts.problems if each.location]
