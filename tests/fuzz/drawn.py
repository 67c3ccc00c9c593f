"""Mutated workbooks of facts: tables as people draw them with something wrong in them, in every format that is read."""

from __future__ import annotations

import string
from datetime import date
from random import Random
from typing import Any
from xml.sax.saxutils import escape

from riskcheck.model.place import cell_name
from tests.facts_workbook.formats import FILES, NAMES, binary_book
from tests.facts_workbook.mutations import mutated, mutated_bytes, mutated_xml
from tests.facts_workbook.packages import (
    Parts,
    parts,
    relationships,
    sheet_xml,
    styles_xml,
    unzipped,
    workbook_xml,
    zipped,
)
from tests.layouts.canvas import Canvas, Share
from tests.layouts.corpus import draw_book, mixed
from tests.layouts.world import PACK, clean_world, plant

_EPOCH = date(1899, 12, 30)
_WORDS = tuple(
    word
    for table in PACK.schema.tables
    for field in table.fields
    for word in (field.title.en, field.title.zh, *field.aliases, *(each.title.zh for each in field.allowed))
)
_ODD: tuple[Any, ...] = (
    *(
        "",
        " ",
        "#",
        "# x",
        "#N/A",
        "合计",
        "Total:",
        "注：",
        "Notes:",
        "无",
        "none",
        "待定",
        "/",
        "-",
        "—",
        "N/A",
        "0",
        "1",
    ),
    *("1.0", "1,5", "５", "2W", "8 days", "2天", "85%", "0.85", "1e400", "nan", "T1/T2", "T1 & T2", "T1FS+2d", "=1+1"),
    *(
        "2026-02-30",
        "03/04/2026",
        "６月１日",
        "\u200b",
        "\ufeffID",
        "a\nb",
        "x" * 300,
        "😀",
        "（天）",
        "Planned",
        "实际",
    ),
    *(0, 1, -1, 0.5, 1.5, 46000, 1e15, True, False, Share(0.5), date(2026, 1, 1), date(9999, 12, 31)),
)


def mutated_facts(seed: int) -> tuple[str, bytes]:
    """A file name and its content. The same seed gives the same."""
    rng = Random(seed)
    chance = rng.random()
    if chance < 0.12:
        return _other_format(rng)
    if chance < 0.2:
        return "facts.xlsx", mutated(rng)
    made = _drawn(rng)
    if rng.random() < 0.25:
        for _ in range(rng.randint(1, 3)):
            name = rng.choice(sorted(made))
            made[name] = mutated_xml(made[name], rng)
    data = zipped(made)
    return "facts.xlsx", mutated_bytes(data, rng) if rng.random() < 0.03 else data


def _other_format(rng: Random) -> tuple[str, bytes]:
    """Bytes of a small plan changed, in those of its parts that hold cells if it has parts."""
    name = rng.choice((*NAMES, "plan.xlsb"))
    data = (FILES / name).read_bytes() if name in NAMES else binary_book(False).data
    if not name.endswith("xls") and rng.random() < 0.8:
        made = unzipped(data)
        part = rng.choice(sorted(each for each in made if "sheet" in each or each == "content.xml"))
        for _ in range(rng.choice((1, 1, 2, 5))):
            made[part] = (mutated_xml if name.endswith("ods") else mutated_bytes)(made[part], rng)
        return name, zipped(made)
    for _ in range(rng.choice((1, 1, 2, 10))):
        data = mutated_bytes(data, rng)
    return name, data


# ------------------------------------------------------------ drawn sheets, changed cell by cell


def _drawn(rng: Random) -> Parts:
    world, _ = plant(clean_world(rng), rng, rng.randint(0, 6))
    canvases = draw_book(world, mixed(rng), rng)
    for _ in range(rng.randint(0, 8)):
        rng.choice(_MUTATIONS)(rng.choice(canvases), rng)
    if rng.random() < 0.03:
        canvases.append(rng.choice(canvases))
    return _package(canvases, rng)


def _place(canvas: Canvas, rng: Random) -> tuple[int, int]:
    return rng.choice(sorted(canvas.cells)) if canvas.cells else (0, 0)


def _write(canvas: Canvas, rng: Random) -> None:
    """Another value in a cell, be it an empty one."""
    row, column = _place(canvas, rng)
    place = (row, column) if rng.random() < 0.6 else (row + rng.randint(0, 3), column + rng.randint(0, 3))
    canvas.cells[place] = rng.choice(_ODD) if rng.random() < 0.6 else rng.choice(_WORDS)


def _lose(canvas: Canvas, rng: Random) -> None:
    canvas.cells.pop(_place(canvas, rng), None)


def _swap(canvas: Canvas, rng: Random) -> None:
    one, other = _place(canvas, rng), _place(canvas, rng)
    if canvas.cells:
        canvas.cells[one], canvas.cells[other] = canvas.cells[other], canvas.cells[one]


def _move_rows(canvas: Canvas, rng: Random) -> None:
    """Rows from one on are moved down or up; what was there is lost."""
    at, by = _place(canvas, rng)[0], rng.choice((-2, -1, 1, 1, 2, 30, 70))
    moved = {(row + by if row >= at else row, column): value for (row, column), value in canvas.cells.items()}
    canvas.cells = {place: value for place, value in moved.items() if place[0] >= 0}


def _move_columns(canvas: Canvas, rng: Random) -> None:
    at, by = _place(canvas, rng)[1], rng.choice((-1, 1, 1, 2, 20))
    moved = {(row, column + by if column >= at else column): value for (row, column), value in canvas.cells.items()}
    canvas.cells = {place: value for place, value in moved.items() if place[1] >= 0}


def _repeat_row(canvas: Canvas, rng: Random) -> None:
    source, to = _place(canvas, rng)[0], _place(canvas, rng)[0] + rng.randint(0, 5)
    canvas.cells |= {(to, column): value for (row, column), value in canvas.cells.items() if row == source}


def _repeat_column(canvas: Canvas, rng: Random) -> None:
    source, to = _place(canvas, rng)[1], _place(canvas, rng)[1] + rng.randint(0, 3)
    canvas.cells |= {(row, to): value for (row, column), value in canvas.cells.items() if column == source}


def _turn(canvas: Canvas, rng: Random) -> None:
    """Rows and columns are swapped."""
    canvas.cells = {(column, row): value for (row, column), value in canvas.cells.items()}


def _merge(canvas: Canvas, rng: Random) -> None:
    """Areas that programs would not merge, too: over each other, with values below."""
    top, left = _place(canvas, rng)
    canvas.merged.append((top, left, top + rng.choice((0, 0, 1, 3)), left + rng.choice((0, 0, 1, 5))))


def _unmerge(canvas: Canvas, rng: Random) -> None:
    if canvas.merged:
        canvas.merged.pop(rng.randrange(len(canvas.merged)))


def _hide(canvas: Canvas, rng: Random) -> None:
    canvas.hidden = not canvas.hidden


def _rename(canvas: Canvas, rng: Random) -> None:
    table = rng.choice(PACK.schema.tables)
    names = (
        table.title.en,
        table.title.zh,
        *table.aliases,
        f"# {canvas.name}",
        f"{table.title.zh}（旧）",
        "Sheet1",
        "RACI",
    )
    canvas.name = rng.choice(names)


_MUTATIONS = (
    *(_write, _write, _write, _write, _write, _lose, _lose, _lose, _swap, _swap, _move_rows, _move_rows, _move_columns),
    *(_repeat_row, _repeat_row, _repeat_column, _merge, _merge, _unmerge, _unmerge),
    *(_repeat_column, _turn, _merge, _merge, _unmerge, _hide, _rename),
)


ON_CELLS = (*(_write,) * 5, *(_lose,) * 2, *(_swap,) * 2, _move_rows, _move_columns, _repeat_row, _repeat_column, _turn)
"""Those that change cells and nothing else."""


# ------------------------------------------------------------ as a package


def _package(canvases: list[Canvas], rng: Random) -> Parts:
    numbers = range(1, len(canvases) + 1)
    made = parts(styles=styles_xml(0, 14, 9))
    made |= {f"xl/worksheets/sheet{n}.xml": _sheet(each, rng) for n, each in zip(numbers, canvases, strict=True)}
    content = workbook_xml(*(escape(each.name, {'"': "&quot;"}) for each in canvases)).decode()
    for number, each in zip(numbers, canvases, strict=True):
        if each.hidden:
            content = content.replace(f'sheetId="{number}"', f'sheetId="{number}" state="hidden"')
    made["xl/workbook.xml"] = content.encode()
    listed = ((f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers)
    made["xl/_rels/workbook.xml.rels"] = relationships(("rIdS", "styles", "styles.xml"), *listed)
    return made


def _sheet(canvas: Canvas, rng: Random) -> bytes:
    rows: dict[int, list[str]] = {}
    for (row, column), value in sorted(canvas.cells.items(), key=lambda cell: cell[0]):
        rows.setdefault(row, []).append(_cell(cell_name(row, column), value, rng))
    content = sheet_xml("".join(f'<row r="{row + 1}">{"".join(cells)}</row>' for row, cells in rows.items()))
    if not canvas.merged:
        return content
    areas = (f"{cell_name(top, left)}:{cell_name(bottom, right)}" for top, left, bottom, right in canvas.merged)
    listed = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    return content.replace(b"</sheetData>", f"</sheetData><mergeCells>{listed}</mergeCells>".encode())


def _cell(name: str, value: Any, rng: Random) -> str:
    formula = "<f>A1</f>" if rng.random() < 0.02 else ""
    if formula and rng.random() < 0.3:
        return f'<c r="{name}">{formula}</c>'
    if isinstance(value, bool):
        return f'<c r="{name}" t="b">{formula}<v>{int(value)}</v></c>'
    if isinstance(value, date):
        return f'<c r="{name}" s="1">{formula}<v>{(value - _EPOCH).days}</v></c>'
    if isinstance(value, Share):
        return f'<c r="{name}" s="2">{formula}<v>{value.value!r}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{name}">{formula}<v>{value!r}</v></c>'
    text = escape("".join(each for each in str(value) if each in string.whitespace or each.isprintable()))
    return f'<c r="{name}" t="str">{formula}<v>{text}</v></c>'
