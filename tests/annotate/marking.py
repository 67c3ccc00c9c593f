"""Assessments that mark given cells, and annotated copies of workbooks that tests make."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

import openpyxl

from riskcheck.annotate import annotate
from riskcheck.facts.sheet import Sheet
from riskcheck.facts.workbook import read_workbook
from riskcheck.frozen import replace
from riskcheck.model.assessment import Assessment
from riskcheck.model.finding import Evidence, Outcome
from riskcheck.model.place import Location
from riskcheck.model.text import Language, Text
from tests.facts_workbook.packages import MAIN, OFFICE, Parts, zipped
from tests.facts_workbook.packages import parts as bare_parts
from tests.reports import examples

FILE = "plan.xlsx"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_OVERRIDES = {"xl/workbook.xml": "sheet.main", "xl/worksheets/sheet1.xml": "worksheet", "xl/styles.xml": "styles"}
CONTENT_TYPES = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<Types xmlns="{_TYPES}"><Default Extension="xml" '
    'ContentType="application/xml"/><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    + "".join(
        f'<Override PartName="/{name}" ContentType="{_SPREADSHEET}.{kind}+xml"/>' for name, kind in _OVERRIDES.items()
    )
    + "</Types>"
).encode()
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="0.0%"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/></font><font><b/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFFFFF00"/><bgColor indexed="64"/></patternFill></fill>'
    "</fills>"
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="14" fontId="1" fillId="2" borderId="0" xfId="0" applyFill="1"><alignment horizontal="center"/>'
    '<protection locked="0"/></xf></cellXfs></styleSheet>'
).encode()


def package(rows: str = "", **more: bytes) -> Parts:
    """The parts of a whole workbook with one sheet, `Risks`; `more` are parts by the end of their names."""
    made = bare_parts(rows, styles=STYLES) | {"[Content_Types].xml": CONTENT_TYPES}
    return made | more


def worksheet(inside: str) -> bytes:
    """A worksheet of all that is `inside`."""
    return f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{inside}</worksheet>'.encode()


def marking(
    cells: Mapping[str, Sequence[str]], outcome: Outcome = Outcome.FAIL, *, check: str = "A-1.a", says: str = "late"
) -> Assessment:
    """An assessment with one finding that these cells of these sheets decided."""
    evidence = tuple(
        Evidence(
            "t.f", Text("Due", "期限"), 1, "T1", "value", says, Text(says, says), says, Location(FILE, sheet, cell)
        )
        for sheet, names in cells.items()
        for cell in names
    )
    found = replace(examples.finding(check, outcome), evidence=evidence, evidence_count=len(evidence), missing=())
    return of_findings(replace(found, missing_count=0))


def of_findings(*findings: object) -> Assessment:
    """An assessment of these findings and nothing else."""
    return replace(examples.assessment(), project_name="A project", findings=findings, compounds=(), input_problems=())


def marked(data: bytes | Mapping[str, bytes], *cells: str, sheet: str = "Risks", language: Language = "en") -> bytes:
    """The copy in which these cells of a sheet are marked as failed; of bytes, or of the parts of a workbook."""
    return annotate(data if isinstance(data, bytes) else zipped(data), FILE, marking({sheet: cells}), language)


def load_workbook(source: BytesIO | Path) -> openpyxl.Workbook:
    """The workbook as openpyxl reads it, which warns of what it does not know."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(source)


def facts_of(data: bytes) -> list[Sheet]:
    """What facts are read from: the sheets whose names do not begin with `#`."""
    return [each for each in read_workbook(data, FILE) if not each.name.startswith("#")]
