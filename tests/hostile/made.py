"""Hostile workbooks that the tests make themselves, by name; each name ends with the suffix that the file gets."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from zipfile import ZIP_STORED

from riskcheck.model.place import cell_name
from tests.facts_workbook.mutations import mutated_bytes, seed_parts
from tests.facts_workbook.packages import (
    MAIN,
    Parts,
    parts,
    relationships,
    sheet_xml,
    strings_xml,
    workbook_xml,
    zipped,
)
from tests.facts_workbook.refusals import REFUSALS

SHEET = "xl/worksheets/sheet1.xml"
HEADER = ("Task ID", "Task name", "Planned start", "Planned finish", "Predecessors")
MANY = 16_384


def hostile_files() -> Iterator[tuple[str, bytes]]:
    """Each file's name and content."""
    for name, make in REFUSALS.items():
        yield f"refused {name}.xlsx", make()
    for name, data in _bombs():
        yield f"{name}.xlsx", data
    for name, rows in _tables():
        yield f"{name}.xlsx", zipped(_tasks(rows))
    for name, rows in _forms():
        yield f"{name}.xlsx", zipped(parts(rows) | {"xl/workbook.xml": workbook_xml("Project")})
    for name, made in _packages():
        yield f"{name}.xlsx", zipped(made)
    yield from _truncated()
    yield from _flipped()


def _truncated() -> Iterator[tuple[str, bytes]]:
    whole = zipped(seed_parts())
    for end in range(0, len(whole), 100):
        yield f"truncated at byte {end}.xlsx", whole[:end]


def _flipped() -> Iterator[tuple[str, bytes]]:
    """Bytes flipped, lost, doubled, moved or put in: in a packed workbook, and in one whose parts are not packed."""
    for seed in range(30):
        rng = Random(seed)
        data = zipped(seed_parts(), rng.choice((8, ZIP_STORED)))
        for _ in range(rng.choice((1, 1, 5, 50))):
            data = mutated_bytes(data, rng)
        yield f"flipped {seed}.xlsx", data


# ------------------------------------------------------------ too much of something


def _bombs() -> Iterator[tuple[str, bytes]]:
    blank = sheet_xml("").replace(b"<sheetData>", b"<sheetData>" + b" " * 140 * 2**20)
    yield "zip bomb", zipped(parts() | {SHEET: blank})
    yield "zip bomb in strings", zipped(parts(strings=strings_xml("x" * 140 * 2**20)))
    yield "zip bomb that lies about its size", _lying(zipped(parts() | {SHEET: blank}), len(blank))
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
    laughs = (
        f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><worksheet xmlns="{MAIN}"><sheetData>&e12;</sheetData></worksheet>'
    )
    yield "entity bomb", zipped(parts() | {SHEET: laughs.encode()})
    for name in ("file:///etc/passwd", "http://127.0.0.1:9/x.dtd"):
        xxe = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{name}">]><worksheet xmlns="{MAIN}"><sheetData><row r="1">'
        xxe += '<c r="A1" t="str"><v>&e;</v></c></row></sheetData></worksheet>'
        yield f"xxe {name.partition(':')[0]}", zipped(parts() | {SHEET: xxe.encode()})
        yield f"xxe {name.partition(':')[0]} in the workbook", zipped(parts() | {"xl/workbook.xml": xxe.encode()})
    yield "deep elements", zipped(parts("<x>" * 200_000))
    long_text = "y" * 2**20
    shared = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 5_000))
    yield "long text in many cells", zipped(parts(shared, strings=strings_xml(long_text)))


def _lying(data: bytes, size: int) -> bytes:
    return data.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))


def _tasks(rows: str) -> Parts:
    """A workbook with one sheet that is called like a table."""
    return parts(rows) | {"xl/workbook.xml": workbook_xml("Tasks")}


def _cell(row: int, column: int, text: str) -> str:
    return f'<c r="{cell_name(row, column)}" t="str"><v>{text}</v></c>'


def _row(row: int, texts: Iterator[str] | tuple[str, ...] | list[str]) -> str:
    return f'<row r="{row + 1}">{"".join(_cell(row, column, text) for column, text in enumerate(texts))}</row>'


def _tables() -> Iterator[tuple[str, str]]:
    """Sheets of a table that make the search for headers, rows and ids work hard."""
    head = _row(0, HEADER)
    yield "16384 columns", _row(0, [f"H{n}" for n in range(MANY)]) + _row(1, ["x"] * MANY)
    yield (
        "16384 columns with names of fields",
        "".join(_row(n, [HEADER[c % 5] for c in range(MANY)]) for n in range(10)),
    )
    yield "the same header 5000 times", "".join(_row(n, HEADER) for n in range(5_000))
    yield "a block for every row", head + "".join(_row(2 * n + 2, ["", f"n{n}"]) for n in range(5_000))
    yield "totals", head + "".join(_row(n + 1, ["合计", "x"]) for n in range(5_000))
    yield "comments", head + "".join(_row(n + 1, ["#x", "x"]) for n in range(5_000))
    yield "numbers in advance", head + "".join(_row(n + 1, [str(n + 1)]) for n in range(5_000))
    yield "preset words", head + "".join(_row(n + 1, [str(n + 1), "", "", "", "x"]) for n in range(700))
    yield "placeholders", head + "".join(_row(n + 1, ["待定"] * 5) for n in range(4_000))
    yield "many ids in a cell", head + _row(1, ["T1", "x", "", "", "/".join(["T1"] * 30_000)])
    yield "marks between ids", head + _row(1, ["T1", "x", "", "", " and / & + " * 3_000])
    yield "digits", head + _row(1, ["T1", "x", "9" * 30_000, "1," * 15_000, ""])
    yield "blanks", head + _row(1, [" " * 32_000, "\u3000" * 30_000, " 1" * 15_000, "", ""])
    predecessors = "".join(_row(n + 1, [f"T{n}", "x", "", "", f"T{(n + 1) % 1000}"]) for n in range(1_000))
    yield "a circle of 1000 tasks", head + predecessors
    formulas = "".join(
        f'<row r="{n}"><c r="A{n}"><f>INDIRECT("A"&amp;{n})*HYPERLINK("file:///etc/passwd")</f><v>1</v></c></row>'
        for n in range(2, 6_002)
    )
    yield "formulas", head + formulas
    yield "formulas without values", head + formulas.replace("<v>1</v>", "")


def _forms() -> Iterator[tuple[str, str]]:
    """Sheets of the project, whose names may stand anywhere."""
    names = ("Project ID", "Project name", "Gate", "Sponsor")
    yield "a form of 16384 columns", "".join(_row(n, [names[c % 4] for c in range(MANY)]) for n in range(10))
    yield "a form of 5000 names", "".join(_row(n, [names[n % 4], "x", "", names[(n + 1) % 4]]) for n in range(5_000))
    yield "a form of values without names", "".join(_row(n, ["x", "", "y"]) for n in range(5_000))


def _packages() -> Iterator[tuple[str, Parts]]:
    """Workbooks with odd parts."""
    rows = _row(0, HEADER) + _row(1, ["T1", "=cmd|' /C calc'!A0", "2026-01-01", "2026-01-02", ""])
    made = _tasks(rows)
    link = f'<externalLink xmlns="{MAIN}"><externalBook xmlns:r="x" r:id="rId1"/></externalLink>'.encode()
    yield (
        "external links",
        made
        | {
            "xl/externalLinks/externalLink1.xml": link,
            "xl/_rels/workbook.xml.rels": relationships(
                ("rId1", "worksheet", "worksheets/sheet1.xml"),
                ("rId2", "externalLink", "externalLinks/externalLink1.xml"),
            ),
            "xl/externalLinks/_rels/externalLink1.xml.rels": relationships(
                ("rId1", "externalLinkPath", "file:////evil/share/x.xlsx")
            ),
        },
    )
    outside = relationships(("rId1", "worksheet", "../../../../etc/passwd"))
    yield "a sheet outside the package", made | {"xl/_rels/workbook.xml.rels": outside}
    areas = "".join(f'<mergeCell ref="A{n}:XFD{n + 40}"/>' for n in range(1, 20_000, 50))
    merged = made[SHEET].replace(b"</sheetData>", f"</sheetData><mergeCells>{areas}</mergeCells>".encode())
    yield "merged areas over all columns", made | {SHEET: merged}
    nested = "".join(f'<mergeCell ref="A1:{cell_name(n, n)}"/>' for n in range(1, 900))
    yield "merged areas in each other", made | {SHEET: merged.replace(areas.encode(), nested.encode())}
    names = ["Tasks", *(f"S{n}" for n in range(1_000))]
    listed = ((f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(names) + 1))
    sheets = {f"xl/worksheets/sheet{n}.xml": sheet_xml(_row(0, HEADER)) for n in range(1, len(names) + 1)}
    many = made | sheets | {"xl/workbook.xml": workbook_xml(*names)}
    yield "1001 sheets", many | {"xl/_rels/workbook.xml.rels": relationships(*listed)}
    yield "a name of 30000 characters", made | {"xl/workbook.xml": workbook_xml("任" * 30_000)}
