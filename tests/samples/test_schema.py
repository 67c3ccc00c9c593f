"""Every report that a sample gives holds to the published schema."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

REPORTS = sorted((Path(__file__).parents[2] / "samples" / "reports").glob("*.json"))


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_the_report_holds_to_the_schema(path: Path) -> None:
    schema = json.loads(files("riskcheck.reports").joinpath("report.schema.json").read_text("utf-8"))
    jsonschema.validate(json.loads(path.read_text("utf-8")), schema, format_checker=jsonschema.FormatChecker())


def test_there_are_reports() -> None:
    assert len(REPORTS) >= 5
