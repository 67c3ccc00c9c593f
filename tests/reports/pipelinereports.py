"""Reports for pipelines as validators that are not ours read them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import xmlschema

from riskcheck.model.assessment import Assessment
from riskcheck.model.text import Language
from riskcheck.reports import Style, render

SCHEMAS = Path(__file__).parent / "schemas"
SARIF = jsonschema.Draft4Validator(
    json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text("utf-8")), format_checker=jsonschema.FormatChecker()
)
JUNIT = xmlschema.XMLSchema(str(SCHEMAS / "junit-10.xsd"))


def sarif(seen: Assessment, style: Style | None = None) -> dict[str, Any]:
    log = json.loads(render("sarif", seen, style or Style()))
    SARIF.validate(log)
    (run,) = log["runs"]
    return dict(run)


def junit(seen: Assessment, style: Style | None = None) -> ElementTree.Element:
    written = render("junit", seen, style or Style())
    JUNIT.validate(io.BytesIO(written))
    return ElementTree.fromstring(written)


def rows_of_csv(seen: Assessment, language: Language = "en") -> list[list[str]]:
    return list(csv.reader(io.StringIO(render("csv", seen, Style(language)).decode("utf-8-sig"), newline="")))
