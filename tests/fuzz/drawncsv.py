"""Mutated CSV files of facts: one table as people draw it, with something wrong in its cells, marks or bytes."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from tests.facts_workbook.mutations import mutated_bytes
from tests.fuzz.drawn import ON_CELLS
from tests.layouts.canvas import Canvas, Share
from tests.layouts.corpus import draw_book, mixed
from tests.layouts.world import clean_world, plant

NAMES = (
    "tasks.csv",
    "任务.csv",
    "任务清单.CSV",
    "issues.csv",
    "问题日志.csv",
    "project.csv",
    "Sheet1.csv",
    "任务（旧）.csv",
)
_ENCODINGS = (*("utf-8", "utf-8-sig") * 5, "gb18030", "gb18030", "utf-16", "utf-16-le", "shift_jis", "latin-1")
_BYTES = (
    b'"',
    b'""',
    b"\r",
    b"\n",
    b",",
    b";",
    b"\t",
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"sep=;\n",
    b"\x80",
    b"=1+1",
)


def mutated_csv(seed: int) -> tuple[str, bytes]:
    """A file name and its content. The same seed gives the same."""
    rng = Random(f"csv {seed}")
    world, _ = plant(clean_world(rng), rng, rng.randint(0, 6))
    canvas = rng.choice(draw_book(world, mixed(rng), rng))
    for _ in range(rng.randint(0, 6)):
        rng.choice(ON_CELLS)(canvas, rng)
    data = _written(canvas, rng).encode(rng.choice(_ENCODINGS), "replace")
    for _ in range(rng.choice((0, 0, 0, 1, 1, 3))):
        at = rng.randint(0, len(data))
        data = data[:at] + rng.choice(_BYTES) + data[at:]
    if rng.random() < 0.15:
        data = mutated_bytes(data, rng)
    called = canvas.name if rng.random() < 0.8 else rng.choice(NAMES)
    return called + rng.choice((".csv", ".csv", ".CSV")), data or b" "


def _written(canvas: Canvas, rng: Random) -> str:
    """The cells with a separator, line ends and quotes of some program, or of none."""
    separator, end = rng.choice(",,,;\t|"), rng.choice(("\n", "\r\n", "\r"))
    always, ragged = rng.random() < 0.3, rng.random() < 0.3
    bottom = max((row for row, _ in canvas.cells), default=-1)
    right = max((column for _, column in canvas.cells), default=-1)
    lines = ["sep=" + rng.choice(";,\t")] if rng.random() < 0.1 else []
    for row in range(min(bottom, 400) + 1):
        cells = [_cell(canvas.cells.get((row, column), ""), separator, always, rng) for column in range(right + 1)]
        line = separator.join(cells)
        lines.append(line.rstrip(separator) if ragged else line)
    return end.join(lines) + rng.choice(("", end, end * 3))


def _cell(value: Any, separator: str, always: bool, rng: Random) -> str:
    text = (
        value.isoformat()
        if isinstance(value, date)
        else f"{value.value:.0%}"
        if isinstance(value, Share)
        else str(value)
    )
    special = any(mark in text for mark in (separator, '"', "\n", "\r"))
    if not (special or always) or rng.random() < 0.01:
        return text
    return '"' + (text if rng.random() < 0.01 else text.replace('"', '""')) + '"'
