"""What an annotated copy says: each finding, compound risk and input problem in words, with the places it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum

from riskcheck.frozen import frozen, replace
from riskcheck.model.assessment import Assessment
from riskcheck.model.factset import InputProblem
from riskcheck.model.finding import CompoundFinding, CompoundState, Evidence, Finding, Missing, Outcome
from riskcheck.model.place import Location
from riskcheck.model.text import Language, Text
from riskcheck.reports import phrases
from riskcheck.reports.display import printable

MAX_PLACES = 20_000
"""How many places all items together may have: what a spreadsheet program still shows quickly as comments."""


class Kind(Enum):
    """What an item is; of several in one cell the first gives its colour."""

    __hash__ = object.__hash__

    FAIL = "fail"
    ERROR = "error"
    UNKNOWN = "unknown"
    WARN = "warn"
    PROBLEM = "problem"
    RISK = "risk"
    NOTE = "note"

    @property
    def marks(self) -> bool:
        """Whether the places of such an item are marked; else they are only listed."""
        return self not in (Kind.RISK, Kind.NOTE)


@frozen
class Place:
    """One place that an item is about: what stands there, and what to do there if that is not what the item says."""

    location: Location | None
    says: str
    todo: str = ""


@frozen
class Item:
    """One item. All texts are printable and in the language of the copy; `more` counts the places that are left out."""

    kind: Kind
    word: str
    check: str
    title: str
    why: tuple[str, ...]
    todo: str
    owner: str
    due: str
    places: tuple[Place, ...] = ()
    more: int = 0


def items_of(assessment: Assessment, file: str, language: Language) -> tuple[Item, ...]:
    """The items of an assessment, worst first: open findings, compound risks, input problems.

    Places in other files than `file` are told, but are no places in the copy. If there are more than MAX_PLACES, all
    items keep equally many.
    """
    writer = _Writer(file, language)
    found = [writer.finding(each) for each in assessment.findings if each.is_open]
    found += [writer.compound(each) for each in assessment.compounds if each.state is not CompoundState.CLEAR]
    found += writer.problems(assessment.input_problems)
    most = fair_share([len(each.places) for each in found], MAX_PLACES)
    return tuple(
        replace(each, places=each.places[:most], more=each.more + max(0, len(each.places) - most)) for each in found
    )


def fair_share(counts: Iterable[int], most: int) -> int:
    """The largest number such that all `counts`, each cut to it, sum up to at most `most`; at least 1."""
    left, rest = most, sorted(counts)
    for number, count in enumerate(rest):
        share = left // (len(rest) - number)
        if count > share:
            return max(1, share)
        left -= count
    return max(1, most)


class _Writer:
    """Puts things into the words of one language."""

    def __init__(self, file: str, language: Language) -> None:
        self.file, self.language = file, language

    def say(self, text: Text) -> str:
        return printable(text.of(self.language))

    def t(self, en: str, zh: str) -> str:
        return zh if self.language == "zh" else en

    def finding(self, finding: Finding) -> Item:
        undecided = finding.outcome is Outcome.UNKNOWN
        deciding = [self.evidence(each) for each in finding.evidence]
        needs = finding.missing if undecided else ()
        return Item(
            kind=Kind(finding.outcome.value),
            word=self.say(phrases.OUTCOME[finding.outcome]),
            check=finding.check,
            title=self.say(finding.title),
            why=tuple(self.say(each) for each in finding.reasons),
            todo=self.say(finding.control),
            owner=self.say(finding.owner_title),
            due=self.say(finding.due.text) if finding.due else "",
            places=(*deciding, *self.wanted(needs)),
            more=finding.evidence_count - len(deciding) + (finding.missing_count - len(needs) if undecided else 0),
        )

    def compound(self, compound: CompoundFinding) -> Item:
        part = self.t(f"part of {compound.part_of}", f"包含于 {compound.part_of}") if compound.part_of else ""
        why = (self.say(compound.consequence), ", ".join(compound.failing), part)
        return Item(
            kind=Kind.RISK,
            word=self.say(phrases.COMPOUND[compound.state]),
            check=compound.id,
            title=self.say(compound.title),
            why=tuple(each for each in why if each),
            todo=self.say(compound.control),
            owner="",
            due="",
        )

    def problems(self, problems: Iterable[InputProblem]) -> Iterator[Item]:
        """One item for the input problems that say the same."""
        alike: dict[tuple[str, Text], list[InputProblem]] = {}
        for problem in problems:
            alike.setdefault((problem.severity, problem.text), []).append(problem)
        for (severity, text), group in alike.items():
            places = dict.fromkeys(self.here(each.location) for each in group)
            yield Item(
                kind=Kind.NOTE if severity == "note" else Kind.PROBLEM,
                word=self.say(phrases.SEVERITY[severity]),
                check=group[0].code,
                title=self.t("Input problem", "资料问题"),
                why=(self.say(text),),
                todo="",
                owner="",
                due="",
                places=tuple(Place(each, "") for each in places if each is not None),
            )

    def evidence(self, evidence: Evidence) -> Place:
        shown = self.say(evidence.shown or phrases.STATE[evidence.state])
        raw = self.now(evidence.raw if evidence.state == "missing" else None)
        said = f"{_key(evidence.key)}{self.say(evidence.title)} = {_cut(shown)}{raw}"
        return Place(self.here(evidence.location), said)

    def wanted(self, needs: Sequence[Missing]) -> Iterator[Place]:
        """The places where something is to be supplied; one for all rows of a column that is not there."""
        columns = Counter((each.need, each.fact) for each in needs if _has_no_column(each))
        for each in needs:
            if not _has_no_column(each):
                yield self.missing(each)
            elif count := columns.pop((each.need, each.fact), 0):
                yield self.column(each, count)

    def missing(self, missing: Missing) -> Place:
        todo = f"{self.say(missing.title)}{self.t(': ', '：')}{self.say(phrases.NEED[missing.need])}"
        todo += self.now(missing.raw)
        return Place(self.here(missing.location), f"{_key(missing.key)}{todo}", todo)

    def column(self, missing: Missing, count: int) -> Place:
        rows = "row" if count == 1 else "rows"
        named, need = self.say(missing.title), self.say(phrases.NEED[missing.need])
        said = self.t(
            f"{named}: {need}; there is no such column yet ({count} {rows})",
            f"{named}：{need}；目前没有此栏（{count} 行）",
        )
        return Place(self.here(missing.location), said, said)

    def now(self, raw: str | None) -> str:
        """What stands in a cell that could not be taken."""
        return self.t(" (now {})", "（现为“{}”）").format(_cut(" ".join(raw.split()))) if raw else ""

    def here(self, location: Location | None) -> Location | None:
        return location if location is not None and location.file == self.file and location.sheet else None


def _has_no_column(missing: Missing) -> bool:
    return missing.row is not None and not (missing.location and missing.location.cell)


def _key(key: str | None) -> str:
    return f"{_cut(key)}  " if key else ""


def _cut(text: str) -> str:
    """A text from the facts, so short that it can be one of many."""
    return printable(text if len(text) <= 80 else text[:79] + "…")
