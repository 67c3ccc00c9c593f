"""An inspection for machines. Keys may be added in later versions, never changed; `inspection.schema.json` has them."""

from __future__ import annotations

from typing import Any

from riskcheck.model.inspection import (
    CrossCheck,
    FieldTitle,
    HeaderCandidate,
    InspectedColumn,
    InspectedFile,
    InspectedSheet,
    InspectedTable,
    Inspection,
    LeftOutRange,
    NearTable,
    Refusal,
)
from riskcheck.reports import Style
from riskcheck.reports.json import input_document, json_bytes, location_document, problem_document, text_document

SCHEMA_VERSION = 1


def render(inspection: Inspection, style: Style) -> bytes:
    """The inspection as JSON in UTF-8. Both languages always."""
    return json_bytes(document(inspection))


def document(seen: Inspection) -> dict[str, Any]:
    """The inspection as plain dicts and lists, in the documented order of keys."""
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "riskcheck", "version": seen.tool_version},
        "pack": {"id": seen.pack.id, "version": seen.pack.version},
        "input": {"file": seen.files[0].file, "sha256": seen.files[0].sha256},
        "inputs": [_file(each) for each in seen.files],
        "mapping": input_document(seen.mapping),
        "cross_check": _cross_check(seen.cross_check),
        "readable": seen.readable,
        "sheets": [_sheet(each) for each in seen.sheets],
        "errors": [_refusal(each) for each in seen.refusals],
        "input_problems": [problem_document(each) for each in seen.problems],
    }


def _cross_check(found: CrossCheck | None) -> dict[str, Any] | None:
    if found is None:
        return None
    differences = [
        {"location": location_document(each.location), "first": each.first, "second": each.second}
        for each in found.differences
    ]
    return {"reader": "openpyxl", "cells": found.cells, "count": found.count, "differences": differences}


def _file(file: InspectedFile) -> dict[str, Any]:
    return {
        "file": file.file,
        "sha256": file.sha256,
        "form": None if file.form is None else text_document(file.form),
    }


def _sheet(sheet: InspectedSheet) -> dict[str, Any]:
    return {
        "file": sheet.file,
        "sheet": sheet.name,
        "visible": sheet.visible,
        "state": sheet.state.value,
        "table": None if sheet.table is None else _named(sheet.table),
        "tables": [_table(each) for each in sheet.read],
        "left_out": [_left_out(each) for each in sheet.left_out],
        "header_candidates": [_candidate(each) for each in sheet.candidates],
        "nearest_tables": [_near(each) for each in sheet.nearest],
    }


def _table(table: InspectedTable) -> dict[str, Any]:
    return {
        "table": _named(table.table),
        "form": table.form,
        "header": table.header,
        "columns": [_column(each) for each in table.columns],
        "absent": [_named(each) for each in table.absent],
        "row_count": table.row_count,
        "rows": [{"first": first, "last": last} for first, last in table.rows],
        "open": table.open,
    }


def _column(column: InspectedColumn) -> dict[str, Any]:
    return {
        "cell": column.cell,
        "header": column.header,
        "state": column.state.value,
        "field": None if column.field is None else _named(column.field),
        "values": column.values,
    }


def _left_out(left: LeftOutRange) -> dict[str, Any]:
    return {"area": left.area, "code": left.code, "severity": left.severity, "text": text_document(left.text)}


def _candidate(candidate: HeaderCandidate) -> dict[str, Any]:
    return {
        "first_row": candidate.first_row,
        "last_row": candidate.last_row,
        "texts": list(candidate.texts),
        "fields": [_named(each) for each in candidate.fields],
    }


def _near(near: NearTable) -> dict[str, Any]:
    return {
        "table": _named(near.table),
        "fields": [_named(each) for each in near.fields],
        "of": near.of,
        "line": near.line,
        "swapped": near.swapped,
    }


def _refusal(refusal: Refusal) -> dict[str, Any]:
    return {
        "code": refusal.code,
        "text": text_document(refusal.text),
        "hints": [text_document(each) for each in refusal.hints],
        "location": location_document(refusal.location),
    }


def _named(field: FieldTitle) -> dict[str, Any]:
    return {"name": field.name, "title": text_document(field.title)}
