"""A large workbook of one project: many tasks, and a tenth as many issues."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import xlsxwriter

PACK = Path(__file__).parent.parent / "tests" / "layouts" / "pack"


def write_workbook(path: Path, rows: int) -> None:
    """One project: a tenth of the rows are issues, the others tasks."""
    rng = Random(7)
    with xlsxwriter.Workbook(path, {"constant_memory": False}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        project = book.add_worksheet("Project")
        pairs = (("Project ID", "P-1"), ("Project name", "Large"), ("Gate", "G1"), ("As of", "2026-06-30"))
        for row, pair in enumerate(pairs):
            project.write_row(row, 0, pair)
        tasks, issues = book.add_worksheet("Tasks"), book.add_worksheet("Issues")
        head = (
            "Task ID",
            "Phase",
            "Task name",
            "Owner",
            "Planned start",
            "Planned finish",
            "Duration",
            "Effort",
            "Critical",
        )
        tasks.write_row(0, 0, (*head, "Status"))
        issues.write_row(0, 0, ("Issue ID", "Owner", "Due on", "Priority"))
        people = [f"Person {n}" for n in range(400)]
        for row in range(1, rows - rows // 10 + 1):
            start = datetime(2026, 1, 1) + timedelta(rng.randrange(300))
            tasks.write_string(row, 0, f"T{row}")
            tasks.write_string(row, 1, rng.choice(("Design", "Build")))
            tasks.write_string(row, 2, f"Work package {row % 5000}")
            if rng.random() < 0.96:
                tasks.write_string(row, 3, rng.choice(people))
            tasks.write_datetime(row, 4, start, day)
            tasks.write_datetime(row, 5, start + timedelta(rng.randrange(60)), day)
            tasks.write_number(row, 6, rng.randrange(1, 60))
            tasks.write_number(row, 7, rng.randrange(1, 900) / 4)
            tasks.write_boolean(row, 8, rng.random() < 0.1)
            tasks.write_string(row, 9, rng.choice(("Open", "Done")))
        for row in range(1, rows // 10 + 1):
            issues.write_string(row, 0, f"I{row}")
            issues.write_string(row, 1, rng.choice(people))
            issues.write_datetime(row, 2, datetime.combine(date(2026, 7, 1), datetime.min.time()), day)
            issues.write_string(row, 3, rng.choice(("High", "Low")))
