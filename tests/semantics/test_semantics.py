"""Every case of the case files in this folder: one file for each construct of the language.

A case has a name, an `expression` (or `rows`, of which it is asked whether there are any), `facts`, and what is
expected: the `value` as text (`true`, `unknown`, `[3, 5]`, `0.25`), and where given the `cells` that decided and the
`needs`, both complete and in order; or the `error` that is reported before any data is read, in part. `package` is an
optional package that the case needs. Keys beside `cases` are the defaults of a file's cases; a case's own facts
replace the file's table by table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from riskcheck.errors import ConditionError
from riskcheck.expr.result import CellRef, Need
from riskcheck.model.truth import Truth
from tests.semantics.caseworld import explained, truth_of, world_of

FOLDER = Path(__file__).parent
KEYS = {"name", "expression", "rows", "tables", "records", "facts", "open", "as_of", "limits", "package"}
EXPECTED = {"value", "cells", "needs", "error"}


def all_cases() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.yaml")):
        file = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
        defaults = {key: file[key] for key in file if key not in ("about", "cases")}
        for case in file["cases"]:
            assert case.keys() <= KEYS | EXPECTED, f"{path.name}: {case}"
            facts = {**(defaults.get("facts") or {}), **(case.get("facts") or {})}
            yield pytest.param({**defaults, **case, "facts": facts}, id=f"{path.stem}: {case['name']}")


CASES = list(all_cases())


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any]) -> None:
    if "package" in case:
        pytest.importorskip(case["package"])
    if "error" in case:
        with pytest.raises(ConditionError, match=re.escape(case["error"])):
            world_of(case)
    else:
        evaluated_as_expected(case)


def evaluated_as_expected(case: dict[str, Any]) -> None:
    found = explained(case)
    assert (found.value or "unknown") == case["value"]
    if found.truth is not None:
        assert found.truth is Truth[case["value"].upper()]
        assert found.truth is truth_of(case)
        assert bool(found.needs) is (found.truth is Truth.UNKNOWN)
    if "needs" in case:
        assert [shown_need(need) for need in found.needs] == case["needs"]
    if "cells" in case:
        assert [shown_cell(cell) for cell in found.cells] == case["cells"]


def shown_cell(cell: CellRef) -> str:
    return f"{cell.table}[{cell.row}].{cell.field}"


def shown_need(need: Need) -> str:
    place = shown_cell(need.cell) if need.cell else need.table
    return " ".join(part for part in (need.kind, place, f"({need.detail})" if need.detail else "") if part)


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 250
    names = [case.id for case in CASES]
    assert len(set(names)) == len(names)
