"""The report as SARIF 2.1.0 (OASIS standard), which code hosts and editors read.

One result for each check and each compound rule in scope: what is open has a level, the rest `kind` `pass`,
`notApplicable` or, if it is undecided, `open`, which the standard (3.27.10) wants with level `none`.
"""

from __future__ import annotations

from typing import Any

from riskcheck.checksum import sha256_of
from riskcheck.frozen import replace
from riskcheck.model.assessment import Assessment
from riskcheck.model.comparison import ChangeKind
from riskcheck.model.finding import CompoundFinding, CompoundState, Finding, Outcome
from riskcheck.model.text import Language
from riskcheck.model.waiver import WaiverState, WaiverUse
from riskcheck.reports import Style
from riskcheck.reports.findinglines import Level, level, to_do, why
from riskcheck.reports.json import document as json_document
from riskcheck.reports.json import json_bytes
from riskcheck.reports.sarifplaces import artifact_location, locations, whole_file
from riskcheck.reports.sarifrules import compound_level, rule_of_check, rule_of_compound
from riskcheck.reports.waived import waivers_of
from riskcheck.reports.waiverwords import approval

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LANGUAGES = {"en": "en-US", "zh": "zh-CN"}
_KINDS = {
    Outcome.PASS: "pass",
    Outcome.NOT_APPLICABLE: "notApplicable",
    Outcome.UNKNOWN: "open",
    Outcome.ERROR: "open",
}
_BASELINE_STATES = {
    ChangeKind.WORSE: "updated",
    ChangeKind.FIXED: "updated",
    ChangeKind.LASTING: "unchanged",
    ChangeKind.UNCHANGED: "unchanged",
}
_COMPOUND_KINDS = {CompoundState.CLEAR: "pass", CompoundState.POSSIBLE: "open", CompoundState.FIRED: "fail"}


def render(assessment: Assessment, style: Style) -> bytes:
    """The assessment as a SARIF log of one run, UTF-8; messages in `style.language`."""
    return json_bytes({"$schema": SCHEMA, "version": "2.1.0", "runs": [_Run(assessment, style).document()]})


class _Run:
    """The one run of the log."""

    def __init__(self, assessment: Assessment, style: Style) -> None:
        self.seen, self.style = assessment, style
        self.index = {each.check: number for number, each in enumerate(assessment.findings)}
        self.failing = {each.check: each for each in assessment.findings if each.is_open}

    def document(self) -> dict[str, Any]:
        seen = self.seen
        return {
            "tool": {"driver": self.driver()},
            "automationDetails": {"id": f"riskcheck/{seen.project_id or '-'}/{seen.gate}/"},
            "invocations": [self.invocation()],
            "artifacts": [
                {
                    "location": artifact_location(each.file),
                    "roles": ["analysisTarget"],
                    "hashes": {"sha-256": each.sha256},
                }
                for each in seen.inputs
            ],
            "columnKind": "unicodeCodePoints",
            "results": [*map(self.of_check, seen.findings), *map(self.of_compound, seen.compounds)],
            "properties": _summary(seen),
        }

    def driver(self) -> dict[str, Any]:
        rules = [rule_of_check(each, self.style) for each in self.seen.findings]
        rules += [rule_of_compound(each, self.style) for each in self.seen.compounds]
        language = _LANGUAGES[self.style.language]
        return {"name": "riskcheck", "version": self.seen.tool_version, "language": language, "rules": rules}

    def invocation(self) -> dict[str, Any]:
        """What went wrong in the run itself: checks that could not be judged, and input that could not be taken."""
        errors = [each for each in self.seen.findings if each.outcome is Outcome.ERROR]
        told: list[dict[str, Any]] = [
            {
                "level": "error",
                "message": self.message(why(each, self.style.language)),
                "associatedRule": {"id": each.check, "index": self.index[each.check]},
            }
            for each in errors
        ]
        for problem in self.seen.input_problems:
            at = problem.location
            place = locations([(at, None)], self.seen.inputs) if at is not None else []
            told.append(
                {
                    "level": problem.severity,
                    "message": self.message(problem.text.of(self.style.language)),
                    "descriptor": {"id": problem.code},
                    **({"locations": place} if place else {}),
                }
            )
        return {"executionSuccessful": not errors, "toolExecutionNotifications": told}

    # ------------------------------------------------------------ results

    def of_check(self, finding: Finding) -> dict[str, Any]:
        return {
            "ruleId": finding.check,
            "ruleIndex": self.index[finding.check],
            **_kind(_KINDS.get(finding.outcome, "fail"), level(finding)),
            "message": self.message(self.told(finding)),
            "locations": self.places(finding) or whole_file(self.seen.inputs),
            "partialFingerprints": _fingerprints(finding),
            "suppressions": self.suppressions(finding.check),
            **self.since_baseline(finding.check),
            "properties": {
                "outcome": finding.outcome.value,
                "mustMeet": finding.must_meet,
                "band": finding.band.value,
                "rating": finding.rating,
                "dueGate": finding.due_gate,
                "cellCount": finding.evidence_count,
                "missingCount": finding.missing_count,
            },
        }

    def told(self, finding: Finding) -> str:
        title = finding.title.of(self.style.language)
        if not finding.is_open:
            return title
        colon = "：" if self.style.language == "zh" else ": "
        return f"{title}{colon}{why(finding, self.style.language)} {to_do(finding, self.style.language)}"

    def places(self, finding: Finding) -> list[dict[str, Any]]:
        """The cells that decided, or those to fill in: the first twenty."""
        pairs = [(each.location, _fact(each.fact, each.key)) for each in finding.cells if each.location is not None]
        return locations(pairs, self.seen.inputs)

    def of_compound(self, compound: CompoundFinding) -> dict[str, Any]:
        colon, language = ("：" if self.style.language == "zh" else ": "), self.style.language
        text = compound.title.of(language)
        if compound.state is not CompoundState.CLEAR:
            text += f"{colon}{compound.consequence.of(language)} ({', '.join(compound.failing)})"
        firsts = [
            place for name in compound.failing if name in self.failing for place in self.places(self.failing[name])[:1]
        ]
        name = f"{compound.id}@{self.seen.project_id or '-'}"
        return {
            "ruleId": compound.id,
            "ruleIndex": len(self.index) + self.seen.compounds.index(compound),
            **_kind(_COMPOUND_KINDS[compound.state], compound_level(compound)),
            "message": self.message(text),
            "locations": firsts or whole_file(self.seen.inputs),
            "partialFingerprints": {"finding/v1": _digest(name), "primaryLocationLineHash": f"{_digest(name)[:16]}:1"},
            "suppressions": self.suppressions(compound.id),
            **self.since_baseline(compound.id),
            "properties": {
                "outcome": compound.state.value,
                "blocksGate": compound.blocks_gate,
                "failing": list(compound.failing),
                "partOf": compound.part_of,
            },
        }

    def suppressions(self, rule: str) -> list[dict[str, Any]]:
        """The waivers of a rule. By the standard a result is suppressed only if all of them are accepted."""
        return [_suppression(each, self.style.language) for each in waivers_of(self.seen, rule)]

    def since_baseline(self, rule: str) -> dict[str, str]:
        """How the result stands to the baseline, if there is one."""
        use = self.seen.baseline
        if use is None:
            return {}
        kind = use.kind_of(rule)
        return {"baselineState": "new" if kind is None else _BASELINE_STATES.get(kind, "new")}

    def message(self, text: str) -> dict[str, str]:
        return {"text": plain_message(text)}


def plain_message(text: str) -> str:
    """`text` so that SARIF reads it as it stands (3.11.5, 3.11.6): no placeholder, no embedded link."""
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace("{", "{{").replace("}", "}}")


def _suppression(use: WaiverUse, language: Language) -> dict[str, Any]:
    """A waiver; the days stand in the property bag, as the standard has no word for them."""
    each = use.waiver
    waiting = use.state in (WaiverState.PENDING, WaiverState.NOT_YET)
    return {
        "kind": "external",
        "status": "accepted" if use.state.holds else "underReview" if waiting else "rejected",
        "justification": f"{each.reason or '-'} ({approval(use).of(language)})",
        "properties": {
            "state": use.state.value,
            "approver": each.approver,
            "approverRole": each.approver_role,
            "grantedOn": each.granted_on.isoformat() if each.granted_on else None,
            "expiresOn": each.expires_on.isoformat() if each.expires_on else None,
            "compensatingControl": each.compensating_control,
        },
    }


def _kind(kind: str, graded: Level | None) -> dict[str, str]:
    return {"kind": kind, "level": graded if kind == "fail" and graded else "none"}


def _fact(name: str, key: str | None) -> str:
    """The fact as rules name it, with what its row calls itself: `tasks[T4].owner`."""
    table, dot, field = name.partition(".")
    return f"{table}[{key}]{dot}{field}" if key is not None else name


def _fingerprints(finding: Finding) -> dict[str, str]:
    """What makes the finding the same in another run; rows are named by their keys, so that they may move.

    `facts/v1` changes when other rows decide. It is left out where the finding does not list all its cells.
    """
    found = _digest(finding.id)
    prints = {"finding/v1": found, "primaryLocationLineHash": f"{found[:16]}:1"}
    what = finding.cells
    count = finding.missing_count if finding.outcome is Outcome.UNKNOWN else finding.evidence_count
    if what and len(what) == count:
        prints["facts/v1"] = _digest(finding.id, *sorted({_fact(each.fact, each.key) for each in what}))
    return prints


def _digest(*parts: str) -> str:
    return sha256_of("\0".join(parts).encode("utf-8", "backslashreplace"))


def _summary(assessment: Assessment) -> dict[str, Any]:
    """The gate record, as the JSON report has it; of waivers only the verdict without them."""
    # The header rests on none of these, which are most of the work.
    bare = replace(assessment, findings=(), compounds=(), input_problems=(), waivers=None, actions=None, baseline=None)
    whole = json_document(bare)
    names = ("project", "as_of", "gate", "verdict", "gate_open", "score", "coverage", "pack", "profile", "mapping")
    without = assessment.waivers.verdict_without.value if assessment.waivers else None
    kept = {name: whole[name] for name in (*names, "assumptions")}
    return {"riskcheck": {**kept, "verdict_without_waivers": without}}
