"""The report as annotations of GitHub Actions: lines that the runner turns into marks on the changed files.

A step shows no more than ten of each level; the rest is told in the last one of its level. Whatever stands in facts is
escaped, so that no line of it is a command of the runner.
"""

from __future__ import annotations

from collections.abc import Iterator

from riskcheck.model.assessment import Assessment
from riskcheck.model.comparison import ChangeKind
from riskcheck.model.finding import CompoundFinding, CompoundState, Finding
from riskcheck.model.place import Location
from riskcheck.model.text import Language, Text
from riskcheck.reports import Style, phrases
from riskcheck.reports.display import clean
from riskcheck.reports.findinglines import Level, details, level, marks, why
from riskcheck.reports.sarifplaces import region
from riskcheck.reports.sarifrules import compound_level
from riskcheck.reports.sincebaseline import since_baseline, unmet
from riskcheck.reports.waived import is_waived, waiver_lines

MAX_ANNOTATIONS = 10
"""How many annotations of each level a step shows (documented limit of GitHub Actions)."""
_COMMANDS: dict[Level, str] = {"error": "error", "warning": "warning", "note": "notice"}


def render(assessment: Assessment, style: Style) -> bytes:
    """Annotations for what is open, gravest first, then a line with the verdict. UTF-8."""
    lines = [*_Annotations(assessment, style).lines(), _verdict(assessment, style)]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


class _Annotations:
    def __init__(self, assessment: Assessment, style: Style) -> None:
        self.seen, self.language = assessment, style.language
        self.file = assessment.inputs[0].file if assessment.inputs else None

    def lines(self) -> Iterator[str]:
        for graded, command in _COMMANDS.items():
            found = [*self.of_demands(graded), *self.of_checks(graded), *self.of_compounds(graded)]
            cut = len(found) - MAX_ANNOTATIONS + 1 if len(found) > MAX_ANNOTATIONS else 0
            yield from (f"::{command} {each}" for each in (found[:-cut] if cut else found))
            if cut:
                more = Text(f"{cut} more findings of this level are not shown here", f"此级别另有 {cut} 项未在此列出")
                yield f"::{command} title=riskcheck::{_data(more.of(self.language))}"

    def of_demands(self, graded: Level) -> Iterator[str]:
        """What fails the job though the gate is open."""
        if graded == "error":
            yield from (f"title=riskcheck::{_data(clean(each.of(self.language)))}" for each in unmet(self.seen))

    def of_checks(self, graded: Level) -> Iterator[str]:
        for finding in self.seen.findings:
            if self.known_or(finding.check, level(finding)) == graded:
                yield self.of_check(finding)

    def known_or(self, rule: str, graded: Level | None) -> Level | None:
        """The level, which is the least for what is waived, or what the baseline knows already."""
        use = self.seen.baseline
        known = is_waived(self.seen, rule) or (use is not None and use.kind_of(rule) is ChangeKind.LASTING)
        return "note" if known and graded is not None else graded

    def of_check(self, finding: Finding) -> str:
        at = next((each.location for each in finding.cells if each.location is not None), None)
        outcome = phrases.OUTCOME[finding.outcome].of(self.language)
        title = f"{finding.check} {outcome} [{marks(self.seen, finding, self.language)}]"
        lines = [finding.title.of(self.language), why(finding, self.language), *details(finding, self.language)]
        lines += waiver_lines(self.seen, finding.check, self.language)
        return self.annotation(title, at, lines)

    def of_compounds(self, graded: Level) -> Iterator[str]:
        for compound in self.seen.compounds:
            if self.known_or(compound.id, _level_of(compound)) == graded and compound.part_of is None:
                word = phrases.COMPOUND[compound.state].of(self.language)
                lines = [compound.title.of(self.language), compound.consequence.of(self.language)]
                lines += [", ".join(compound.failing), f"→ {compound.control.of(self.language)}"]
                since = since_baseline(self.seen, compound.id)
                marked = f" [{since.of(self.language)}]" if since else ""
                yield self.annotation(f"{compound.id} {word}{marked}", None, lines)

    def annotation(self, title: str, at: Location | None, lines: list[str]) -> str:
        """The part behind the command's name: where, title, and the text in several lines."""
        place = at or (Location(self.file) if self.file else None)
        where = f"file={_property(place.file)}," if place else ""
        if place:
            found = region(place)
            column = f"col={found['startColumn']}," if "startColumn" in found else ""
            where += f"line={found['startLine']},{column}"
        text = "%0A".join(_data(clean(line)) for line in lines if line)
        return f"{where}title={_property(clean(title))}::{text}"


def _level_of(compound: CompoundFinding) -> Level | None:
    if compound.state is CompoundState.POSSIBLE:
        return "error" if compound.blocks_gate else "note"
    return compound_level(compound)


def _verdict(seen: Assessment, style: Style) -> str:
    language = style.language
    named = seen.named
    told = f"{phrases.VERDICT[seen.verdict].of(language)}: {phrases.GATE_STATE[seen.verdict.opens].of(language)}"
    if named:
        told += f" ({named})"
    stop = "。" if language == "zh" else ". "
    said = [f"riskcheck {seen.gate} {told}", *_besides(seen, language)]
    return _harmless(clean(stop.join(each.rstrip(".。") for each in said)))


def _besides(seen: Assessment, language: Language) -> Iterator[str]:
    """The verdict without waivers, and what the baseline says."""
    if seen.waivers is not None:
        from riskcheck.reports.waiverwords import without

        yield without(seen.waivers).of(language)
    yield from (each.text.of(language) for each in seen.assumptions if each.code == "baseline")


def _data(text: str) -> str:
    return _harmless(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _harmless(text: str) -> str:
    """`text` without the older form of commands, which the runner looks for anywhere in a line."""
    return text.replace("##[", "# #[")
