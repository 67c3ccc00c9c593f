"""A project without any defect, defects to plant in it, and what each must lead to.

A cell is named by table, row (from 0) and field. Values are typed as the facts hold them, but for numbers, which are
plain here and on the grid of millionths there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from riskcheck.model.factset import EMPTY
from riskcheck.packs.load import load_pack

PACK = load_pack(Path(__file__).parent / "pack")
AS_OF = date(2026, 6, 30)
PEOPLE = ("张伟", "李娜", "Ann Lee", "王芳")

Row = dict[str, Any]
World = dict[str, list[Row]]
CellName = tuple[str, int, str]


@dataclass(frozen=True)
class Unreadable:
    """A cell that cannot be read: what is written in it, and the code of its input problem, if it has its own."""

    written: Any
    code: str = ""


@dataclass(frozen=True)
class Defect:
    """Something wrong at `cell`: what stands there, the check that finds it, whether it fails or is unknown.

    `deciding` are the fields of the row that the finding names.
    """

    cell: CellName
    value: Any
    check: str
    outcome: str
    deciding: tuple[str, ...]


def clean_world(rng: Random) -> World:
    """A project in which every check passes."""
    count = rng.randint(4, 9)
    tasks = [_task(rng, number, count) for number in range(count)]
    issues = [
        {
            "issue_id": f"I-{number + 1}",
            "owner": rng.choice(PEOPLE),
            "due_on": AS_OF + timedelta(rng.randint(1, 90)),
            "closed_on": EMPTY,
            "priority": "low",
        }
        for number in range(rng.randint(2, 5))
    ]
    project = {
        "project_id": "P-7",
        "name": "Pilot 试点",
        "gate": "G1",
        "as_of": AS_OF,
        "manager": rng.choice(PEOPLE),
        "budget": rng.randint(1, 900) * 1000,
    }
    return {"project": [project], "tasks": tasks, "issues": issues}


def _task(rng: Random, number: int, count: int) -> Row:
    start = AS_OF - timedelta(rng.randint(0, 60))
    before = [f"T{n + 1}" for n in range(number)]
    return {
        "task_id": f"T{number + 1}",
        "phase": "design" if number < count // 2 else "build",
        "name": f"Work package {number + 1}",
        "owner": rng.choice(PEOPLE) if rng.random() < 0.8 else rng.choice(("张伟、李娜", "Ann Lee / 王芳", "A+B")),
        "helpers": tuple(rng.sample(PEOPLE, rng.randint(0, 3))) or EMPTY,
        "planned_start": start,
        "planned_finish": start + timedelta(rng.randint(1, 50)),
        "actual_finish": EMPTY if rng.random() < 0.5 else start + timedelta(rng.randint(1, 50)),
        "duration_days": rng.randint(1, 40),
        "lag_days": rng.choice([0, 3, 7, 14]),
        "effort_hours": rng.choice([4, 8, 16.5, 40]),
        "load_pct": rng.choice([20, 50, 85, 100]),
        "critical": False,
        "predecessors": tuple(rng.sample(before, min(len(before), rng.randint(0, 2)))) or EMPTY,
        "status": rng.choice(["open", "done"]),
    }


_Plant = tuple[str, str, Callable[[Row], Any], str, str, tuple[str, ...]]
_PLANTS: tuple[_Plant, ...] = (
    ("tasks", "owner", lambda row: EMPTY, "L-1.a", "fail", ("owner",)),
    ("tasks", "owner", lambda row: Unreadable("待定", "placeholder"), "L-1.a", "unknown", ("owner",)),
    (
        "tasks",
        "planned_finish",
        lambda row: row["planned_start"] - timedelta(3),
        "L-1.b",
        "fail",
        ("planned_start", "planned_finish"),
    ),
    *(
        ("tasks", "planned_start", lambda row, cell=cell: cell, "L-1.b", "unknown", ("planned_start",))
        for cell in (
            Unreadable("03/04/2026", "ambiguous-date"),
            Unreadable("20.08.2022", "ambiguous-date"),
            Unreadable("18/03/3035", "ambiguous-date"),
            Unreadable("Sun 13/01/19", "unreadable-cell"),
            Unreadable("6月1/2日", "unreadable-cell"),
            Unreadable(4.2, "unreadable-cell"),
        )
    ),
    ("tasks", "duration_days", lambda row: 75, "L-1.c", "fail", ("duration_days",)),
    ("tasks", "duration_days", lambda row: Unreadable("2W", "unreadable-cell"), "L-1.c", "unknown", ("duration_days",)),
    ("tasks", "lag_days", lambda row: 63, "L-1.m", "fail", ("lag_days",)),
    ("tasks", "helpers", lambda row: (*PEOPLE, "Bo"), "L-1.n", "fail", ("helpers",)),
    ("tasks", "effort_hours", lambda row: 300, "L-1.d", "fail", ("effort_hours",)),
    ("tasks", "effort_hours", lambda row: Unreadable("lots", "unreadable-cell"), "L-1.d", "unknown", ("effort_hours",)),
    ("tasks", "load_pct", lambda row: 140, "L-1.e", "fail", ("load_pct",)),
    ("tasks", "status", lambda row: "blocked", "L-1.f", "fail", ("status",)),
    ("tasks", "status", lambda row: Unreadable("halted", "unknown-word"), "L-1.f", "unknown", ("status",)),
    ("tasks", "phase", lambda row: "extra", "L-1.g", "fail", ("phase",)),
    ("tasks", "critical", lambda row: True, "L-1.h", "fail", ("critical",)),
    ("issues", "due_on", lambda row: AS_OF - timedelta(9), "L-1.i", "fail", ("closed_on", "due_on")),
    ("issues", "priority", lambda row: "high", "L-1.j", "fail", ("priority",)),
    ("project", "manager", lambda row: EMPTY, "L-1.k", "fail", ("manager",)),
    ("project", "budget", lambda row: 2_000_000, "L-1.l", "fail", ("budget",)),
    ("project", "budget", lambda row: Unreadable("about 5", "unreadable-cell"), "L-1.l", "unknown", ("budget",)),
)


def plant(world: World, rng: Random, count: int) -> tuple[World, tuple[Defect, ...]]:
    """The project with `count` defects, at most one for each check, and these."""
    planted: World = {table: [dict(row) for row in rows] for table, rows in world.items()}
    defects: dict[str, Defect] = {}
    for table, field, value_of, check, outcome, deciding in rng.sample(_PLANTS, len(_PLANTS)):
        if check in defects or len(defects) == count:
            continue
        row = rng.randrange(len(world[table]))
        value = value_of(world[table][row])
        planted[table][row][field] = value
        defects[check] = Defect((table, row, field), value, check, outcome, deciding)
    return planted, tuple(defects.values())
