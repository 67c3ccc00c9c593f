"""Every case of the case files in this folder: one file for each construct of the language.

A case has a name, an `expression`, `facts`, and what is expected: the `value` as text (`true`, `unknown`, `[3, 5]`,
`0.25`), and where given the `cells` that decided and the `needs`, both complete and in order; or the `error` that is
reported before any data is read, in part. `package` is an optional package that the case needs. Keys beside `cases`
are the defaults of a file's cases; a case's own facts replace the file's table by table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from riskcheck.errors import ConditionError
from riskcheck.expr import evaluate
from riskcheck.expr.result import CellRef, Need
from riskcheck.model.truth import Truth
from tests.semantics.caseworld import world_of

FOLDER = Path(__file__).parent
KEYS = {
    "name",
    "expression",
    "facts",
    "open",
    "as_of",
    "limits",
    "tables",
    "records",
    "value",
    "cells",
    "needs",
    "error",
    "package",
}


def all_cases() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.yaml")):
        file = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
        defaults = {key: file[key] for key in file if key not in ("about", "cases")}
        for case in file["cases"]:
            assert case.keys() <= KEYS, f"{path.name}: {case}"
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
    world = world_of(case)
    found = evaluate.explain(world.expression, world.environment)
    assert (found.value or "unknown") == case["value"]
    if found.truth is not None:
        assert evaluate.truth(world.expression, world.environment) is found.truth
        assert found.truth is Truth[case["value"].upper()]
    if "needs" in case:
        assert [shown_need(need) for need in found.needs] == case["needs"]
    if "cells" in case:
        assert [shown_cell(cell) for cell in found.cells] == case["cells"]
    assert bool(found.needs) == (case["value"] == "unknown" or case["value"].startswith("[")) or is_list(world)


def is_list(world: Any) -> bool:
    return bool(world.expression.type.item)


def shown_cell(cell: CellRef) -> str:
    return f"{cell.table}[{cell.row}].{cell.field}"


def shown_need(need: Need) -> str:
    place = shown_cell(need.cell) if need.cell else need.table
    return " ".join(part for part in (need.kind, place, f"({need.detail})" if need.detail else "") if part)


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 250
    names = [case.id for case in CASES]
    assert len(set(names)) == len(names)
