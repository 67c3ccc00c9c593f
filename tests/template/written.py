"""Templates as openpyxl and as riskcheck read them."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from riskcheck.facts.load import load_facts
from riskcheck.model.factset import FactSet
from riskcheck.model.text import Language
from riskcheck.packs.load import load_pack
from riskcheck.packs.rulepack import RulePack
from riskcheck.template.selection import select
from riskcheck.template.workbook import render_template

SMALL = Path(__file__).parent.parent / "gate" / "smallpack"


@cache
def shipped() -> RulePack:
    """The pack `deployment`."""
    return load_pack("deployment")


@cache
def template(language: Language, gate: str | None = None) -> bytes:
    """A template of the pack `deployment`."""
    return render_template(shipped(), select(shipped(), gate), language)


def opened(content: bytes) -> Any:
    """The workbook as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(content))


def read_back(content: bytes, folder: Path, pack: RulePack) -> FactSet:
    """The facts that riskcheck reads."""
    file = folder / "template.xlsx"
    file.write_bytes(content)
    return load_facts(file, pack.schema)


def header_row(sheet: Any) -> int:
    """The row (from 1) of the header: the first that does not begin with #."""
    return next(row for row in range(1, sheet.max_row + 1) if not str(sheet.cell(row, 1).value).startswith("#"))


def texts(sheet: Any, row: int) -> list[str]:
    """What stands in a row."""
    return [cell.value for cell in sheet[row] if cell.value is not None]


def tables(book: Any) -> list[Any]:
    """The sheets that are read as facts."""
    return [sheet for sheet in book if not sheet.title.startswith("#")]
