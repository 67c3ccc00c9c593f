"""Known defects at known cells, in workbooks of every layout: each is found at its cell, and nothing else is.

Each workbook is written to a file and judged through the public door. Three things must hold: all facts are those of
the project, each at the cell where it was drawn; the findings are the planted ones, with the cells that decide them;
and the input problems are those of unreadable cells and those that the layout calls for, cell by cell. And the second
reader must read the same cells, and so lead to the same findings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from random import Random
from typing import Any

from riskcheck import assess, load_facts
from riskcheck.facts.crosscheck import cross_check
from riskcheck.facts.rawcell import raw_text
from riskcheck.model.assessment import Assessment
from riskcheck.model.factset import MISSING, FactSet
from riskcheck.model.finding import Outcome
from riskcheck.model.mapping import Mapping, SheetEntry
from riskcheck.model.number import SCALE
from riskcheck.model.place import Location, cell_name
from riskcheck.model.schema import FieldType
from tests.layouts.canvas import Canvas, Share, write
from tests.layouts.drawing import Style, draw
from tests.layouts.forms import FORMS, draw_head_block, draw_project
from tests.layouts.world import PACK, CellName, Defect, Unreadable, World, clean_world, plant

SHEET_NAMES = {
    "en": (
        ("Tasks", "Task list", "Project Plan", "TASKS AND TIMELINE"),
        ("Issues", "Issue log", "Issue Register"),
        ("Project",),
    ),
    "zh": (("任务清单", "活动清单", "项目进度"), ("问题日志", "问题清单"), ("项目信息",)),
}
PLAIN = Style()


@dataclass(frozen=True)
class Book:
    """How a workbook is drawn: its tables, the form of the project, and what else there is."""

    style: Style = PLAIN
    form: str = "list"
    cover: bool = False
    hidden: bool = False
    hidden_twin: bool = False
    ratio: bool = False


def mixed(rng: Random) -> Book:
    """Several layouts at once, as far as they go together."""
    switches = [each.name for each in fields(Style) if each.type == "bool"]
    style = replace(Style(), **{name: rng.random() < 0.3 for name in switches})
    header_rows = rng.choice((1, 1, 1, 2, 3))
    numbered_ahead = rng.choice((0, 0, 7)) if style.numbered else 0
    style = replace(
        style,
        language=rng.choice(("en", "zh")),
        above=rng.choice((0, 0, 1, 2, 3, 5, 8, 20)),
        above_kind=rng.choice(("titles", "titles", "words", "totals")),
        left=rng.choice((0, 0, 1, 2)),
        header_rows=header_rows,
        unmerged=style.unmerged and header_rows == 2,
        other_language_below=style.other_language_below and header_rows == 1,
        numbered_ahead=numbered_ahead,
        rival=style.rival and rng.random() < 0.3,
        beside=rng.choice(("", "", "named", "free", "bare", "totals")),
        below=rng.choice(("", "", "notes", "sentence", "words", "signature")),
    )
    extras = ("cover", "hidden", "hidden_twin", "ratio")
    return Book(style, rng.choice((*FORMS, "head block")), **{name: rng.random() < 0.15 for name in extras})


def run(folder: Path, rng: Random, book: Book, defects: int) -> None:
    """Draw a project with so many defects and hold what is read and found to it; raises AssertionError."""
    world, planted = plant(clean_world(rng), rng, defects)
    world, planted = _as_drawn(world, planted, book)
    canvases = draw_book(world, book, rng)
    path = folder / f"{rng.randrange(10**9)}.xlsx"
    write(path, [*canvases, _status()])
    facts = load_facts(path, PACK, mapping=_mapping(canvases))
    _check_facts(facts, world, canvases, path)
    result = assess(facts, PACK)
    _check_problems(result, canvases, planted)
    _check_findings(result, canvases, planted, path)
    _check_second_reader(facts, result, path, _mapping(canvases))


def _mapping(canvases: list[Canvas]) -> Mapping | None:
    """A mapping that names the hidden sheet that is to be read, if there is one."""
    nowhere, twin = Location("mapping.yaml"), ("hidden-twin", "")
    named = [SheetEntry(nowhere, each.name, "issues") for each in canvases if each.hidden and twin not in each.told]
    return Mapping(nowhere.file, "0" * 64, tuple(named)) if named else None


def _as_drawn(world: World, planted: tuple[Defect, ...], book: Book) -> tuple[World, tuple[Defect, ...]]:
    """The project with whole columns that cannot be read for sure: two for one field, numbers from 0 to 1."""
    if book.ratio:
        planted = tuple(each for each in planted if each.check != "L-1.e")
        values = [Unreadable(row["load_pct"] / 100, "unclear-percent") for row in world["tasks"]]
        world, planted = _with_column(world, planted, "load_pct", values, "L-1.e")
    if book.style.rival:
        planted = tuple(each for each in planted if each.check != "L-1.a")
        people = [row["owner"] if isinstance(row["owner"], str) else "Bo" for row in world["tasks"]]
        world, planted = _with_column(world, planted, "owner", [Unreadable(each) for each in people], "L-1.a")
    return world, planted


def _with_column(
    world: World, planted: tuple[Defect, ...], field: str, values: Sequence[Unreadable], check: str
) -> tuple[World, tuple[Defect, ...]]:
    tasks = [row | {field: value} for row, value in zip(world["tasks"], values, strict=True)]
    unknown = (Defect(("tasks", row, field), value, check, "unknown", (field,)) for row, value in enumerate(values))
    return world | {"tasks": tasks}, (*planted, *unknown)


def draw_book(world: World, book: Book, rng: Random) -> list[Canvas]:
    """The sheets of the workbook, in any order."""
    style = book.style
    names = [rng.choice(each) for each in SHEET_NAMES[style.language]]
    # What only tasks have, issues are not drawn with.
    only_tasks = {"grouped": False, "twin": False, "rival": False, "spacer": False, "preset": False, "unmerged": False}
    issue_style = replace(style, header_rows=1, numbered_ahead=0, beside="", below="", **only_tasks)
    head = book.form == "head block"
    if head:
        style = replace(style, above=0)
    tasks = draw("tasks", world["tasks"], names[0], style, rng)
    canvases = [tasks, draw("issues", world["issues"], names[1], issue_style, rng)]
    if head:
        canvases[0] = _with_head_block(tasks, world, style, rng)
    else:
        canvases.append(draw_project(world["project"][0], names[2], book.form, style.language, rng, style.spelled))
    if book.hidden:
        canvases[1].hidden = True  # and read, as the mapping names it
    if book.hidden_twin:
        canvases.append(_hidden_twin(style, rng))
    rng.shuffle(canvases)
    return [_cover(style), *canvases] if book.cover else canvases


def _cover(style: Style) -> Canvas:
    canvas = Canvas("Document Control" if style.language == "en" else "文件封面", told={("unknown-sheet", "")})
    canvas.line(3, 2, "Version", "V1.2")
    canvas.line(5, 2, "Reviewed on", "2026-01-05")
    return canvas


def _hidden_twin(style: Style, rng: Random) -> Canvas:
    """An older list of the tasks that was hidden and forgotten."""
    old = [row | {"owner": "Bo"} for row in clean_world(rng)["tasks"]]
    canvas = draw("tasks", old, "Task" if style.language == "zh" else "任务", Style(), rng)
    return Canvas("tasks" if style.language == "zh" else "任务", canvas.cells, hidden=True, told={("hidden-twin", "")})


def _with_head_block(tasks: Canvas, world: World, style: Style, rng: Random) -> Canvas:
    """The canvas moved down, with the facts of the project above."""
    moved = Canvas(tasks.name)
    down = draw_head_block(moved, world["project"][0], 0, style.left, style.language, rng)
    moved.cells |= {(row + down, column): value for (row, column), value in tasks.cells.items()}
    moved.places |= {key: (row + down, column) for key, (row, column) in tasks.places.items()}
    moved.merged += [(top + down, left, bottom + down, right) for top, left, bottom, right in tasks.merged]
    names = {cell_name(row, column): cell_name(row + down, column) for row in range(120) for column in range(30)}
    moved.told |= {(code, names[cell]) for code, cell in tasks.told}
    return moved


def _status() -> Canvas:
    canvas = Canvas("table_status")
    canvas.line(0, 0, "Table", "Complete")
    canvas.line(1, 0, "*", "yes")
    return canvas


# ------------------------------------------------------------ what must come of it


def _places(canvases: list[Canvas]) -> dict[CellName, tuple[Canvas, tuple[int, int]]]:
    return {key: (canvas, place) for canvas in canvases for key, place in canvas.places.items()}


def _check_facts(facts: FactSet, world: World, canvases: list[Canvas], path: Path) -> None:
    """Every fact is the project's own, and stands where it was drawn."""
    places = _places(canvases)
    for table, rows in world.items():
        found = facts.by_name[table]
        assert (found.row_count, found.closed) == (len(rows), True), table
        for number, row in enumerate(rows):
            for field in found.table.fields:
                canvas, place = places[table, number, field.name]
                expected = Location(str(path), canvas.name, cell_name(*place))
                cell = f"{table}[{number}].{field.name}"
                assert (cell, found.origin.cell_location(number, field.name)) == (cell, expected)
                assert (cell, found.cell(number, field.name)) == (cell, _typed(field.type, row[field.name]))


def _typed(kind: FieldType, value: Any) -> Any:
    if isinstance(value, Unreadable):
        return MISSING
    return round(value * SCALE) if kind.on_grid and isinstance(value, int | float) else value


def _check_problems(result: Assessment, canvases: list[Canvas], planted: tuple[Defect, ...]) -> None:
    """The input problems are those that the layout calls for, and one for each unreadable cell."""
    places = _places(canvases)
    expected = {(code, canvas.name, cell) for canvas in canvases for code, cell in canvas.told}
    for defect in planted:
        if isinstance(defect.value, Unreadable) and defect.value.code:
            canvas, place = places[defect.cell]
            expected.add((defect.value.code, canvas.name, cell_name(*place)))
    found = [
        (each.code, each.location.sheet or "", each.location.cell or "")
        for each in result.input_problems
        if each.location is not None
    ]
    assert sorted(found) == sorted(expected), f"told {set(found) - expected}, not told {expected - set(found)}"
    assert len(found) == len(result.input_problems)


def _check_findings(result: Assessment, canvases: list[Canvas], planted: tuple[Defect, ...], path: Path) -> None:
    """The planted defects are found with the cells that decide them, and all other checks pass."""
    places = _places(canvases)
    for finding in result.findings:
        defects = [defect for defect in planted if defect.check == finding.check]
        if not defects:
            assert finding.outcome is Outcome.PASS, finding.check
            continue
        assert finding.outcome.value == defects[0].outcome, finding.check
        named = finding.evidence if defects[0].outcome == "fail" else finding.missing
        cells = {(each.fact, each.location) for each in named}
        expected = set()
        for table, row, field in ((*defect.cell[:2], field) for defect in defects for field in defect.deciding):
            canvas, place = places[table, row, field]
            expected.add((f"{table}.{field}", Location(str(path), canvas.name, cell_name(*place))))
        assert cells == expected, f"{finding.check}: found {cells - expected}, not found {expected - cells}"
        for each in named:
            assert each.location is not None
            assert each.raw == _drawn(canvases, each.location)


def _drawn(canvases: list[Canvas], at: Location) -> str:
    """What was drawn in a cell, as its sheet shows it; what stands behind a colon, if a name does before it."""
    (canvas,) = (each for each in canvases if each.name == at.sheet)
    for (row, column), value in canvas.cells.items():
        if cell_name(row, column) == at.cell:
            if isinstance(value, Share):
                return f"{value.value * 100:.15g}%"
            text = raw_text(float(value) if isinstance(value, int) and not isinstance(value, bool) else value)
            is_inline = any(key[0] == "project" and place == (row, column) for key, place in canvas.places.items())
            return text.partition("：")[2] if is_inline and "：" in text else text
    return ""


def _check_second_reader(facts: FactSet, result: Assessment, path: Path, mapping: Mapping | None) -> None:
    """Both readers read the same in every cell, and so all findings are the same."""
    assert cross_check(path.read_bytes(), path.name).differences == ()
    again = load_facts(path, PACK, mapping=mapping, reader="openpyxl")
    assert [each.columns for each in again.tables] == [each.columns for each in facts.tables]
    assert again.problems[0].code == "second-reader"
    assert again.problems[1:] == facts.problems
    assert assess(again, PACK).findings == result.findings
