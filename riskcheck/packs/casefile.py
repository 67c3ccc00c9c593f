"""A case file: facts, and the outcome that a check must have on them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from riskcheck.errors import PackError
from riskcheck.frozen import frozen
from riskcheck.model.finding import Outcome
from riskcheck.packs.caserows import RowBuilder
from riskcheck.packs.entry import Entry
from riskcheck.packs.openfile import open_file
from riskcheck.packs.packfiles import EQUIVALENT_FILE, read_case_files
from riskcheck.packs.problems import FileProblems, in_order, kind_of, shorten
from riskcheck.packs.rulepack import RulePack
from riskcheck.yamltree import YamlMapping, YamlNode, YamlScalar

_ALL = "all"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_KEYS = (("check", "name", "facts", "expect"), ("as_of", "complete", "possible", "problems"))
_EXPECTED = tuple(each.value for each in Outcome if each is not Outcome.ERROR)
_POSSIBLE = tuple(word for word in _EXPECTED if word != Outcome.UNKNOWN.value)


@frozen
class Case:
    """One case: `check`, judged as of `as_of` on `facts` with the tables of `complete` declared, must be `expected`.

    `possible`, where given, are the states still possible, exactly. `problems`: the facts may have input problems,
    which otherwise make the case fail.
    """

    file: str
    line: int
    check: str
    name: str
    as_of: date
    complete: tuple[str, ...]
    facts: YamlMapping
    expected: Outcome
    possible: tuple[Outcome, ...]
    problems: bool


def load_cases(pack: RulePack, shown: str | None = None) -> tuple[Case, ...]:
    """All cases of a pack, in file order; messages call its folder `shown`. Raises PackError with all problems."""
    read = read_case_files(Path(pack.root), shown or pack.root)
    opened = [open_file(file) for file in read.files if file.path != EQUIVALENT_FILE]
    of_files = [each.read(lambda tree, problems: read_cases(tree, problems, pack)) for each in opened]
    problems = (*read.problems, *(problem for each in opened for problem in each.problems.found))
    if problems:
        raise PackError(in_order(problems))
    return tuple(case for cases in of_files if cases for case in cases)


def read_cases(tree: YamlNode, problems: FileProblems, pack: RulePack) -> tuple[Case, ...]:
    """The cases of one file; what is wrong goes to `problems`."""
    file = Entry(problems, tree, "a case file", ("cases",), ("as_of", "rows"))
    reader = _CaseReader(file, pack)
    return tuple(reader.case(node) for node in file.items("cases"))


class _CaseReader:
    def __init__(self, file: Entry, pack: RulePack) -> None:
        self.problems, self.pack = file.problems, pack
        self.rows = RowBuilder(file.problems, pack.schema, file)
        self.as_of = _date(file)
        self.needs_day = "as_of" not in file.values

    def case(self, node: YamlNode) -> Case:
        entry = Entry(self.problems, node, _label(node), *_KEYS)
        as_of = _date(entry) if "as_of" in entry.values else self.as_of
        if as_of is None and "as_of" not in entry.values and self.needs_day:
            self.needs_day = False
            entry.report("as_of", "missing-key", 'neither the case nor its file has "as_of", the day of the review')
        facts = self.facts(entry)
        expected = Outcome(entry.word("expect", _EXPECTED, "outcome") or "pass")
        return Case(
            file=self.problems.file.name,
            line=node.line,
            check=entry.word("check", self.pack.check_by_id, "check"),
            name=entry.text("name"),
            as_of=as_of or date.min,
            complete=self.complete(entry, facts),
            facts=facts,
            expected=expected,
            possible=self.possible(entry, expected),
            problems=entry.flag("problems"),
        )

    def facts(self, entry: Entry) -> YamlMapping:
        node = entry.values.get("facts")
        if isinstance(node, YamlMapping):
            return self.rows.facts(node, entry.what)
        if node is not None:
            entry.report("facts", "wrong-type", f'"facts" must be a mapping from tables to rows, not {kind_of(node)}')
        return YamlMapping((), entry.node.line, entry.node.column)

    def complete(self, entry: Entry, facts: YamlMapping) -> tuple[str, ...]:
        """The tables declared complete: `all` are those that the facts name."""
        node = entry.values.get("complete")
        if isinstance(node, YamlScalar) and node.text == _ALL:
            return tuple(name.text for name, _ in facts.entries if name.text in self.pack.schema.by_name)
        return entry.words("complete", self.pack.schema.by_name, "table")

    def possible(self, entry: Entry, expected: Outcome) -> tuple[Outcome, ...]:
        found = tuple(Outcome(word) for word in entry.words("possible", _POSSIBLE, "outcome"))
        if found and expected is not Outcome.UNKNOWN:
            entry.report("possible", "wrong-key", f'"possible" goes with "expect: unknown", not with {expected.value}')
        elif len(found) == 1:
            entry.report("possible", "wrong-value", "what is unknown has at least two possible outcomes")
        return found


def _label(node: YamlNode) -> str:
    """What messages call a case: `case "one open end"`."""
    name = node.get("name") if isinstance(node, YamlMapping) else None
    return f'case "{shorten(name.text)}"' if isinstance(name, YamlScalar) and name.text.strip() else "a case"


def _date(entry: Entry) -> date | None:
    node = entry.values.get("as_of")
    if node is None:
        return None
    try:
        return date.fromisoformat(node.text if isinstance(node, YamlScalar) and _DAY.fullmatch(node.text) else "")
    except ValueError:
        entry.report("as_of", "wrong-value", f'"as_of" must be a day like 2026-06-30, not {kind_of(node)}')
        return None
