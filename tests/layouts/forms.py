"""The facts of the project drawn as people draw them: lists, forms, head blocks above another table."""

from __future__ import annotations

from random import Random

from riskcheck.model.schema import Field
from tests.layouts.canvas import Canvas
from tests.layouts.spelling import Speller, header
from tests.layouts.world import PACK, Row

TABLE = PACK.schema.by_name["project"]
FORMS = ("list", "titled", "noted", "form", "merged form", "colons", "list beside", "list below")


def draw_project(row: Row, sheet: str, form: str, language: str, rng: Random, spelled: bool) -> Canvas:
    """The project on a sheet of its own."""
    canvas = Canvas(sheet)
    top = 0
    if form in ("titled", "merged form", "list below"):
        canvas.put(0, 0, "Project data" if language == "en" else "项目基本资料")
        canvas.tell("above-header" if form == "titled" else "beside-keys", 0, 0)
        top = 2
    if form in ("titled", "noted"):
        canvas.line(top, 0, *(("Field", "Value", "Note") if language == "en" else ("字段", "值", "说明")))
        top += 1
    last = _draw_pairs(canvas, row, top, form, language, rng, Speller(rng, plain=not spelled))
    if form == "list beside":
        for number, word in enumerate(("Contacts", "PMO", "Sponsor")):
            canvas.put(number, 4, word)
        canvas.tell("cell-without-name", 0, 4)
    if form == "list below":
        canvas.line(last + 2, 0, "Milestone", "As of", "Remark")
        canvas.line(last + 3, 0, "Start", "soon", "x")
        canvas.tell("beside-keys", last + 2, 0)
    return canvas


def draw_head_block(canvas: Canvas, row: Row, top: int, column: int, language: str, rng: Random) -> int:
    """The project above another table; gives the next free row."""
    last = _draw_pairs(canvas, row, top, "form", language, rng, Speller(rng, plain=True), column)
    values = [place for key, place in canvas.places.items() if key[0] == "project" and place in canvas.cells]
    top, beside = min(values)
    canvas.tell("head-block", top, beside - 1)
    return last + 2


def _draw_pairs(
    canvas: Canvas, row: Row, top: int, form: str, language: str, rng: Random, speller: Speller, left: int = 0
) -> int:
    names = [field.name for field in TABLE.fields]
    rng.shuffle(names)
    per_row = 2 if form in ("form", "merged form") else 1
    line = top
    for number, name in enumerate(names):
        line, column = top + number // per_row, left + (number % per_row) * (3 if form == "merged form" else 2)
        _draw_pair(canvas, TABLE.by_name[name], row[name], line, column, form, language, rng, speller)
    return line


def _draw_pair(
    canvas: Canvas,
    field: Field,
    value: object,
    line: int,
    column: int,
    form: str,
    language: str,
    rng: Random,
    speller: Speller,
) -> None:
    key = header(field, rng, language, noise=False)
    written = speller.cell(field, value)
    if form == "colons" and isinstance(written, str) and written.strip():
        canvas.put(line, column, f"{key}：{written}")
        canvas.places["project", 0, field.name] = (line, column)
        return
    canvas.put(line, column, key + rng.choice(["", ":", "："]))
    if form == "merged form":
        canvas.merge(line, column, line, column + 1)
    beside = column + 1 + (form == "merged form")
    canvas.put(line, beside, written)
    canvas.places["project", 0, field.name] = (line, beside)
    if form == "noted" and rng.random() < 0.5:
        canvas.put(line, column + 2, "as in the contract")
