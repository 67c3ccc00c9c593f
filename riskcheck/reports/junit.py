"""The report as JUnit XML, as Jenkins and GitLab read it: the project is a suite, a phase a class, a check a case.

The gate itself is the first case, so that the file is red exactly when the gate stays shut or a check failed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree import ElementTree

from riskcheck.model.assessment import Assessment
from riskcheck.model.comparison import ChangeKind
from riskcheck.model.finding import CompoundFinding, CompoundState, Finding, Outcome
from riskcheck.model.number import floor_text
from riskcheck.model.text import Text
from riskcheck.reports import Style, phrases
from riskcheck.reports.display import clean, printable
from riskcheck.reports.findinglines import details, marks, why
from riskcheck.reports.sincebaseline import unmet
from riskcheck.reports.waived import is_waived, waiver_lines

_Node = ElementTree.Element
KNOWN = Text("known in the baseline", "基线中已有")
WAIVED = Text("waived", "已豁免")
NOTHING_NEW = Text("nothing is new since the baseline", "与基线相比没有新增")


def render(assessment: Assessment, style: Style) -> bytes:
    """The assessment as one test suite, UTF-8; texts in `style.language`. No times: they would be of the clock."""
    cases = list(_Cases(assessment, style).all())
    counts = {"tests": str(len(cases)), "failures": _count(cases, "failure"), "errors": _count(cases, "error")}
    root = ElementTree.Element("testsuites", {"name": "riskcheck", **counts})
    name = clean(assessment.named) or "-"
    suite = ElementTree.SubElement(root, "testsuite", {"name": name, **counts, "skipped": _count(cases, "skipped")})
    properties = ElementTree.SubElement(suite, "properties")
    for key, value in _properties(assessment, style):
        ElementTree.SubElement(properties, "property", {"name": key, "value": printable(value)})
    suite.extend(cases)
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _count(cases: Iterable[_Node], tag: str) -> str:
    return str(sum(case.find(tag) is not None for case in cases))


def _properties(seen: Assessment, style: Style) -> Iterator[tuple[str, str]]:
    yield "verdict", seen.verdict.value
    yield "gate", seen.gate
    yield "as_of", seen.as_of.isoformat()
    if seen.score is not None:
        yield "score.low", floor_text(seen.score.low)
        yield "score.high", floor_text(seen.score.high)
        yield "coverage", floor_text(seen.score.coverage)
    yield "pack", f"{seen.pack.id} {seen.pack.version}"
    yield "pack.sha256", seen.pack.sha256
    if seen.profile is not None:
        yield "profile", seen.profile.id
        yield "profile.sha256", seen.profile.sha256
    for each in seen.inputs:
        yield "facts", each.file
        yield "facts.sha256", each.sha256
    if seen.mapping is not None:
        yield "mapping", seen.mapping.file
        yield "mapping.sha256", seen.mapping.sha256
    for assumption in seen.assumptions:
        yield assumption.code, assumption.text.of(style.language)
    if seen.waivers is not None:
        yield "verdict.without-waivers", seen.waivers.verdict_without.value


class _Cases:
    """The cases of the suite."""

    def __init__(self, assessment: Assessment, style: Style) -> None:
        self.seen, self.language = assessment, style.language

    def all(self) -> Iterator[_Node]:
        yield self.of_gate()
        yield from map(self.of_check, self.seen.findings)
        yield from map(self.of_compound, self.seen.compounds)

    def of_gate(self) -> _Node:
        seen, language = self.seen, self.language
        verdict = f"{phrases.VERDICT[seen.verdict].of(language)}: {phrases.GATE_STATE[seen.verdict.opens].of(language)}"
        because = [f"{each.text.of(language)}{f' ({each.check})' if each.check else ''}" for each in seen.reasons]
        demands = [each.of(language) for each in unmet(seen)]
        kind = "system-out" if seen.verdict.opens else "failure"
        if demands or (seen.baseline is not None and seen.baseline.breaks):
            kind = "failure"
        elif kind == "failure" and seen.baseline is not None:
            kind, verdict = "skipped", f"{verdict} ({NOTHING_NEW.of(language)})"
        return _case("gate", seen.gate, kind, verdict, [*demands, *because], type_=seen.verdict.value)

    def of_check(self, finding: Finding) -> _Node:
        """Failed: failure. Could not be judged: error. Undecided: failure if that keeps the gate shut, else skipped."""
        kind = {
            Outcome.FAIL: "failure",
            Outcome.ERROR: "error",
            Outcome.UNKNOWN: "failure" if finding.must_meet else "skipped",
            Outcome.NOT_APPLICABLE: "skipped",
            Outcome.WARN: "system-out",
            Outcome.PASS: None,
        }[finding.outcome]
        word = phrases.OUTCOME[finding.outcome].of(self.language)
        known = self.known(finding.check)
        if known is not None and kind is not None:
            kind, word = "skipped", f"{word} ({known.of(self.language)})"
        colon = "：" if self.language == "zh" else ": "
        marked = marks(self.seen, finding, self.language)
        message = f"{word}{colon}{finding.title.of(self.language)} [{marked}]"
        lines = [why(finding, self.language), *details(finding, self.language)] if finding.is_open else []
        lines += waiver_lines(self.seen, finding.check, self.language) if finding.is_open else ()
        if finding.outcome is Outcome.NOT_APPLICABLE:
            lines = [why(finding, self.language)]
        return _case(finding.phase, finding.check, kind, message, lines, type_=finding.outcome.value)

    def known(self, rule: str) -> Text | None:
        """Why the finding is no failure, if it is none: it is waived, or the baseline has it."""
        if is_waived(self.seen, rule):
            return WAIVED
        use = self.seen.baseline
        return KNOWN if use is not None and use.kind_of(rule) is ChangeKind.LASTING else None

    def of_compound(self, compound: CompoundFinding) -> _Node:
        may_block = compound.blocks_gate and compound.state is CompoundState.POSSIBLE
        kind = {
            CompoundState.FIRED: "failure",
            CompoundState.POSSIBLE: "failure" if may_block else "skipped",
            CompoundState.CLEAR: None,
        }[compound.state]
        word = phrases.COMPOUND[compound.state].of(self.language)
        known = self.known(compound.id)
        if known is not None and kind is not None:
            kind, word = "skipped", f"{word} ({known.of(self.language)})"
        colon = "：" if self.language == "zh" else ": "
        lines = [compound.consequence.of(self.language), ", ".join(compound.failing)]
        lines.append(f"→ {compound.control.of(self.language)}")
        lines += waiver_lines(self.seen, compound.id, self.language)
        message = f"{word}{colon}{compound.title.of(self.language)}"
        return _case("compound", compound.id, kind, message, lines, type_=compound.state.value)


def _case(group: str, name: str, kind: str | None, message: str, lines: list[str], *, type_: str) -> _Node:
    """A case and what became of it; `kind` is the element that says so, None for a plain pass."""
    case = ElementTree.Element("testcase", {"classname": group, "name": clean(name)})
    if kind is None:
        return case
    text = "\n".join(clean(line) for line in lines if line)
    if kind == "system-out":
        ElementTree.SubElement(case, kind).text = f"{clean(message)}\n{text}"
    else:
        ElementTree.SubElement(case, kind, {"message": clean(message), "type": type_}).text = text
    return case
