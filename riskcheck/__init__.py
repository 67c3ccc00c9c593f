"""riskcheck: rules-based risk assessment and compliance checks, with every reason traced to a cell.

    import riskcheck

    pack = riskcheck.load_pack("deployment")
    facts = riskcheck.load_facts("facts.xlsx", pack)
    result = riskcheck.assess(facts, pack, gate="G2")
    print(result.verdict, [finding.check for finding in result.findings if finding.is_open])

What is named here is imported when it is first asked for, so that the command line starts quickly.
"""

from __future__ import annotations

from riskcheck.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping as Frames
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Any

    from riskcheck.assessment import assess
    from riskcheck.errors import (
        ConditionError,
        EvaluationError,
        FactsError,
        MappingError,
        PackError,
        ProfileError,
        RiskcheckError,
        UsageError,
    )
    from riskcheck.evaluation import Unknown, evaluate
    from riskcheck.model.factset import EMPTY, MISSING, FactSet
    from riskcheck.model.mapping import Mapping
    from riskcheck.packs.load import load_pack
    from riskcheck.packs.rulepack import RulePack
    from riskcheck.profiles.load import load_profile
    from riskcheck.profiles.profile import Profile
    from riskcheck.waivers.table import load_waivers

__all__ = [
    "EMPTY",
    "MISSING",
    "ConditionError",
    "EvaluationError",
    "FactsError",
    "MappingError",
    "PackError",
    "Profile",
    "ProfileError",
    "RiskcheckError",
    "Unknown",
    "UsageError",
    "__version__",
    "assess",
    "evaluate",
    "facts_by_project",
    "facts_from_frames",
    "load_facts",
    "load_mapping",
    "load_pack",
    "load_profile",
    "load_waivers",
]

_HOMES = {
    "EMPTY": "riskcheck.model.factset",
    "MISSING": "riskcheck.model.factset",
    "ConditionError": "riskcheck.errors",
    "EvaluationError": "riskcheck.errors",
    "FactsError": "riskcheck.errors",
    "MappingError": "riskcheck.errors",
    "PackError": "riskcheck.errors",
    "Profile": "riskcheck.profiles.profile",
    "ProfileError": "riskcheck.errors",
    "RiskcheckError": "riskcheck.errors",
    "UsageError": "riskcheck.errors",
    "Unknown": "riskcheck.evaluation",
    "assess": "riskcheck.assessment",
    "evaluate": "riskcheck.evaluation",
    "load_pack": "riskcheck.packs.load",
    "load_profile": "riskcheck.profiles.load",
    "load_waivers": "riskcheck.waivers.table",
}


def load_facts(
    path: str | Path | Sequence[str | Path],
    pack: RulePack,
    *,
    assume_complete: tuple[str, ...] = (),
    mapping: Mapping | None = None,
    reader: str = "calamine",
) -> FactSet:
    """The facts of one project, from one or several workbooks, CSV or YAML files, typed by the pack's schema.

    A folder stands for the CSV files in it. `assume_complete` names tables to take as complete (`("all",)`: all that
    are in the files); `mapping` (see `load_mapping`) says how the files are read, `reader` what reads .xlsx and .xlsm:
    calamine, openpyxl, or auto (openpyxl if calamine takes a file to be damaged). Raises FactsError if a file cannot be
    read at all; what is wrong with single cells is in the result's `problems`.
    """
    from riskcheck.facts.load import load_facts as load

    return load(path, pack.schema, assume_complete=assume_complete, mapping=mapping, reader=reader)


def facts_from_frames(frames: Frames[str, Any], pack: RulePack, *, assume_complete: tuple[str, ...] = ()) -> FactSet:
    """The facts of one project from data frames by the names of their tables, typed by the pack's schema.

    A frame is a pandas or Polars DataFrame or an Arrow table. NaN and nulls are blank cells; `none` says that there is
    nothing, and the frame `table_status` which tables are complete. Raises FactsError for frames that are no facts of
    one project, UsageError for what is no frame, and if a package is lacking (extra `pandas`).
    """
    from riskcheck.frames import facts_of_frames

    return facts_of_frames(frames, pack.schema, assume_complete)


def facts_by_project(
    frames: Frames[str, Any], pack: RulePack, *, assume_complete: tuple[str, ...] = ()
) -> dict[str, FactSet]:
    """The facts of each project by its id, from data frames with a column `project_id`; else as `facts_from_frames`."""
    from riskcheck.frames import facts_of_projects

    return facts_of_projects(frames, pack.schema, assume_complete)


def load_mapping(path: str | Path, pack: RulePack) -> Mapping:
    """The mapping file at `path`, checked against the pack's schema. Raises MappingError with all that is wrong."""
    from riskcheck.mapping.load import load_mapping as load

    return load(path, pack.schema)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'riskcheck' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
