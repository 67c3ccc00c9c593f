"""What reports say of a finding that the baseline does not know."""

from __future__ import annotations

from riskcheck.model.assessment import Assessment
from riskcheck.model.text import Text

SINCE = Text("Since the baseline", "与基线相比")


def since_baseline(assessment: Assessment, rule: str) -> Text | None:
    """What became of a check or compound rule since the baseline, if that breaks a build: new, gone dark …"""
    use = assessment.baseline
    kind = use.kind_of(rule) if use is not None else None
    if kind is None or not kind.breaks:
        return None
    from riskcheck.reports.comparison import KINDS

    return KINDS[kind]


def unmet(assessment: Assessment) -> tuple[Text, ...]:
    """What the command line demanded besides the verdict and did not get: `--fail-on`, `--fail-under`."""
    return tuple(each.text for each in assessment.assumptions if each.code in ("fail-on", "fail-under"))
