"""How parts of the page name each other."""

from __future__ import annotations

from collections.abc import Mapping

from riskcheck.frozen import frozen
from riskcheck.model.assessment import Assessment
from riskcheck.model.finding import CompoundFinding, CompoundState, Finding
from riskcheck.reports.html.markup import Markup, element

MAX_FINDINGS = 2000
"""How many findings the page lists; open ones first."""


def finding_anchor(check: str) -> str:
    """The id of a finding's entry."""
    return f"f-{check}"


def compound_anchor(name: str) -> str:
    """The id of a compound rule's entry."""
    return f"c-{name}"


@frozen
class Entries:
    """The findings and the compound risks that have an entry in the page, by check and rule, in its order."""

    findings: Mapping[str, Finding]
    compounds: Mapping[str, CompoundFinding]

    def href(self, name: str) -> str | None:
        """Where the entry of a check or compound rule is; None if it has none."""
        if name in self.findings:
            return f"#{finding_anchor(name)}"
        return f"#{compound_anchor(name)}" if name in self.compounds else None

    def link(self, name: str) -> Markup:
        """The id of a check or compound rule, as a link to its entry if it has one."""
        href = self.href(name)
        return element("a" if href else "span", name, href=href, class_="rule")


def entries_of(assessment: Assessment) -> Entries:
    """What the page has entries for: findings as many as it lists, and the compound rules that are not clear."""
    ranked = sorted(assessment.findings, key=lambda each: not each.is_open)[:MAX_FINDINGS]
    live = (each for each in assessment.compounds if each.state is not CompoundState.CLEAR)
    return Entries({each.check: each for each in ranked}, {each.id: each for each in live})
