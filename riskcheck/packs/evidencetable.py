"""The table `evidence`, by which riskcheck grades on what facts rest: whether it can do so."""

from __future__ import annotations

from riskcheck.errors import Diagnostic
from riskcheck.model.schema import EVIDENCE, EVIDENCE_GRADES
from riskcheck.packs.rulepack import RulePack
from riskcheck.packs.unreadfields import places_of_tables


def evidence_notes(pack: RulePack) -> tuple[Diagnostic, ...]:
    """A note if there is such a table, and its fields or the kinds of evidence are not those that have a grade."""
    table = pack.schema.by_name.get(EVIDENCE)
    if table is None:
        return ()
    known = ", ".join(EVIDENCE_GRADES)
    if not pack.schema.has_evidence:
        message = "evidence is not graded: the table needs fact, of type string, and kind, of type enum"
    else:
        others = [word.name for word in table.by_name["kind"].allowed if word.name not in EVIDENCE_GRADES]
        if not others:
            return ()
        message = f"these kinds of evidence have no grade, and count as none: {', '.join(others)}"
    return (Diagnostic("ungraded-evidence", message, places_of_tables(pack).get(EVIDENCE), (f"kinds: {known}",)),)
