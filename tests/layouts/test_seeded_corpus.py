"""Known defects at known cells, in workbooks of every layout: each is found at its cell, and nothing else is.

Each workbook is written to a file and judged through the public door. Three things must hold: all facts are those of
the project, each at the cell where it was drawn; the findings are the planted ones, with the cells that decide them;
and the input problems are those of unreadable cells and those that the layout calls for, cell by cell.
"""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from riskcheck import assess, load_facts
from riskcheck.facts.rawcell import raw_text
from riskcheck.model.assessment import Assessment
from riskcheck.model.factset import MISSING, FactSet
from riskcheck.model.finding import Outcome
from riskcheck.model.number import SCALE
from riskcheck.model.place import Location, cell_name
from riskcheck.model.schema import FieldType
from tests.layouts.canvas import Canvas, Share, write
from tests.layouts.drawing import Style, draw
from tests.layouts.forms import FORMS, draw_head_block, draw_project
from tests.layouts.world import PACK, CellName, Defect, Unreadable, World, clean_world, plant

LAYOUTS: dict[str, Style] = {
    "plain": Style(),
    "plain in Chinese": Style(language="zh"),
    **{f"header in row {above + 1}": Style(above=above) for above in (1, 2, 5, 9, 12, 18, 31)},
    "from column C": Style(left=2),
    "from column B, header in row 4": Style(left=1, above=3),
    "line breaks, blanks and marks in headers": Style(noise=True),
    "the same in Chinese": Style(noise=True, language="zh"),
    "cells in any spelling": Style(spelled=True),
    "columns in any order": Style(shuffled=True),
    "header of two rows": Style(header_rows=2),
    "header of two rows in Chinese": Style(header_rows=2, language="zh"),
    "header of three rows": Style(header_rows=3, above=2),
    "header of two rows, not merged": Style(header_rows=2, unmerged=True),
    "header in both languages": Style(other_language_below=True),
    "running numbers": Style(numbered=True),
    "rows numbered ahead": Style(numbered=True, numbered_ahead=20),
    "merged groups": Style(grouped=True),
    "merged groups behind running numbers": Style(grouped=True, numbered=True),
    "header repeated": Style(repeated=True),
    "header of two rows repeated": Style(repeated=True, header_rows=2),
    "totals": Style(totals=True),
    "headings across": Style(bands=True),
    "blank rows": Style(blank_rows=True),
    "comments": Style(comments=True),
    "an unknown column": Style(remark=True),
    "a blank column within": Style(spacer=True),
    "an empty second column for a field": Style(twin=True),
    **{f"beside: {kind}": Style(beside=kind) for kind in ("named", "free", "bare")},
    **{f"below: {kind}": Style(below=kind) for kind in ("notes", "sentence", "words", "signature")},
}
SEEDS = range(4)
MIXED_SEEDS = range(120)


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout(name: str, tmp_path: Path) -> None:
    for seed in SEEDS:
        rng = Random(f"{name} {seed}")
        _run(tmp_path, rng, LAYOUTS[name], rng.choice(FORMS[:3]), defects=seed * 2)


@pytest.mark.parametrize("form", FORMS)
def test_a_form(form: str, tmp_path: Path) -> None:
    for seed in SEEDS:
        rng = Random(f"{form} {seed}")
        _run(tmp_path, rng, Style(language=rng.choice(("en", "zh"))), form, defects=seed * 2)


@pytest.mark.parametrize("seed", MIXED_SEEDS)
def test_layouts_mixed(seed: int, tmp_path: Path) -> None:
    rng = Random(seed)
    _run(tmp_path, rng, mixed(rng), rng.choice((*FORMS, "head block")), defects=rng.randint(0, 6))


def mixed(rng: Random) -> Style:
    """Several layouts at once, as far as they go together."""
    switches = [each.name for each in fields(Style) if each.type == "bool"]
    style = replace(Style(), **{name: rng.random() < 0.3 for name in switches})
    header_rows = rng.choice((1, 1, 1, 2, 3))
    numbered_ahead = rng.choice((0, 0, 7)) if style.numbered else 0
    return replace(
        style,
        language=rng.choice(("en", "zh")),
        above=rng.choice((0, 0, 1, 2, 3, 5, 8, 20)),
        left=rng.choice((0, 0, 1, 2)),
        header_rows=header_rows,
        unmerged=style.unmerged and header_rows == 2,
        other_language_below=style.other_language_below and header_rows == 1,
        numbered_ahead=numbered_ahead,
        beside=rng.choice(("", "", "named", "free", "bare")),
        below=rng.choice(("", "", "notes", "sentence", "words", "signature")),
    )


# ------------------------------------------------------------ drawing and judging


def _run(folder: Path, rng: Random, style: Style, form: str, defects: int) -> None:
    world, planted = plant(clean_world(rng), rng, defects)
    canvases = _draw(world, style, form, rng)
    path = folder / f"{rng.randrange(10**9)}.xlsx"
    write(path, [*canvases, _status()])
    facts = load_facts(path, PACK)
    _check_facts(facts, world, canvases, path)
    result = assess(facts, PACK)
    _check_problems(result, canvases, planted, path)
    _check_findings(result, canvases, planted, path)


def _draw(world: World, style: Style, form: str, rng: Random) -> list[Canvas]:
    names = ("Tasks", "Issues", "Project") if style.language == "en" else ("任务清单", "问题日志", "项目信息")
    # What only tasks have, issues are not drawn with.
    issue_style = replace(
        style,
        header_rows=1,
        unmerged=False,
        grouped=False,
        numbered_ahead=0,
        twin=False,
        beside="",
        below="",
        spacer=False,
    )
    head = form == "head block"
    if head:
        style = replace(style, above=0)
    tasks = draw("tasks", world["tasks"], names[0], style, rng)
    canvases = [tasks, draw("issues", world["issues"], names[1], issue_style, rng)]
    if head:
        canvases[0] = _with_head_block(tasks, world, style, rng)
    else:
        canvases.append(draw_project(world["project"][0], names[2], form, style.language, rng, style.spelled))
    rng.shuffle(canvases)
    return canvases


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


def _check_problems(result: Assessment, canvases: list[Canvas], planted: tuple[Defect, ...], path: Path) -> None:
    """The input problems are those that the layout calls for, and one for each unreadable cell."""
    places = _places(canvases)
    expected = {(code, canvas.name, cell) for canvas in canvases for code, cell in canvas.told}
    for defect in planted:
        if isinstance(defect.value, Unreadable):
            canvas, place = places[defect.cell]
            expected.add((defect.value.code, canvas.name, cell_name(*place)))
    found = [
        (each.code, each.location.sheet or "", each.location.cell or "")
        for each in result.input_problems
        if each.location is not None
    ]
    assert sorted(found) == sorted(expected)
    assert len(found) == len(result.input_problems)


def _check_findings(result: Assessment, canvases: list[Canvas], planted: tuple[Defect, ...], path: Path) -> None:
    """The planted defects are found with the cells that decide them, and all other checks pass."""
    places = _places(canvases)
    by_check = {defect.check: defect for defect in planted}
    for finding in result.findings:
        defect = by_check.get(finding.check)
        if defect is None:
            assert finding.outcome is Outcome.PASS, finding.check
            continue
        table, row, _ = defect.cell
        assert finding.outcome.value == defect.outcome, finding.check
        named = finding.evidence if defect.outcome == "fail" else finding.missing
        cells = {(each.fact, each.location) for each in named}
        expected = set()
        for field in defect.deciding:
            canvas, place = places[table, row, field]
            expected.add((f"{table}.{field}", Location(str(path), canvas.name, cell_name(*place))))
        assert cells == expected, finding.check
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
