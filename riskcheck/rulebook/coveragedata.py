"""A coverage for machines: JSON, and CSV with one line for each item and check that judges it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any, Final

from riskcheck.packs.rulepack import Check, Item, RulePack
from riskcheck.rulebook.coverage import CoveredItem, coverage, not_covered, totals

COLUMNS: Final = (
    "item",
    "item_title_en",
    "item_title_zh",
    "kind",
    "item_phase",
    "elements",
    "source_lines",
    "check",
    "check_title_en",
    "check_title_zh",
    "own",
    "gate",
    "check_phase",
    "must_meet",
    "band",
    "owner",
    "tables",
)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so would be a formula in a spreadsheet."""


def coverage_json(pack: RulePack) -> str:
    """The coverage as one JSON document."""
    covered = coverage(pack)
    found = totals(pack, covered)
    document = {
        "pack": {"id": pack.id, "version": pack.version, "sha256": pack.sha256},
        "items": [_item(each) for each in covered],
        "totals": {
            "items": found.items,
            "items_by_kind": dict(found.by_kind),
            "items_by_phase": {phase or "all": number for phase, number in found.by_phase},
            "checks": found.checks,
            "checks_must_meet": found.must_meet,
            "checks_by_gate": {
                gate: {"checks": number, "must_meet": must_meet} for gate, number, must_meet in found.by_gate
            },
            "tables_read": found.tables,
        },
        "items_without_check": [item.id for item in not_covered(covered)],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _item(covered: CoveredItem) -> dict[str, Any]:
    item = covered.item
    return {
        "id": item.id,
        "title": {"en": item.title.en, "zh": item.title.zh},
        "kind": item.kind,
        "phase": item.phase,
        "elements": list(item.elements),
        "source_lines": list(item.source_lines),
        "checks": [_check(check, item) for check in covered.checks],
    }


def _check(check: Check, item: Item) -> dict[str, Any]:
    return {
        "id": check.id,
        "title": {"en": check.title.en, "zh": check.title.zh},
        "own": check.item == item.id,
        "gate": check.due_gate,
        "phase": check.phase,
        "elements": list(check.elements),
        "must_meet": check.must_meet,
        "band": check.band.value,
        "owner": check.owner,
        "tables": list(check.reads),
    }


def coverage_csv(pack: RulePack) -> str:
    """The coverage as CSV. Cells with several values have blanks between them; no cell is a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for covered in coverage(pack):
        for row in _rows(covered):
            writer.writerow([_inert(cell) for cell in row])
    return text.getvalue()


def _rows(covered: CoveredItem) -> Iterator[tuple[str, ...]]:
    """One row for each check of an item; one without a check if it has none."""
    item = covered.item
    lines = " ".join(map(str, item.source_lines))
    of_item = (item.id, item.title.en, item.title.zh, item.kind, item.phase or "", " ".join(item.elements), lines)
    for check in covered.checks:
        own, must_meet = ("true" if flag else "false" for flag in (check.item == item.id, check.must_meet))
        of_check = (check.id, check.title.en, check.title.zh, own, check.due_gate, check.phase, must_meet)
        yield (*of_item, *of_check, check.band.value, check.owner, " ".join(check.reads))
    if not covered.checks:
        yield (*of_item, *("" for _ in COLUMNS[len(of_item) :]))


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
