"""Many projects judged by one pack: files go in, a Portfolio comes out. One that cannot be read stops no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from riskcheck import engines
from riskcheck.assessment import Judged, assess_all
from riskcheck.errors import Diagnostic, FactsError, RiskcheckError, worded
from riskcheck.facts.load import FIRST_READER
from riskcheck.facts.projectfiles import (
    NO_MAPPINGS,
    FoundFiles,
    Mappings,
    ProjectFiles,
    find_files,
    read_projects,
)
from riskcheck.frozen import frozen, replace
from riskcheck.model.assessment import PackRef
from riskcheck.model.factset import FactSet, InputProblem
from riskcheck.model.finding import CompoundState, Outcome
from riskcheck.model.place import Location
from riskcheck.model.portfolio import (
    CheckOutcome,
    ItemTitle,
    Note,
    NotJudged,
    Portfolio,
    ProjectResult,
)
from riskcheck.model.text import Text
from riskcheck.packs.rulepack import Check, RulePack
from riskcheck.portfoliokept import not_judged_kept, results_kept
from riskcheck.projectfacts import project_id
from riskcheck.sharedload import SharedLoads
from riskcheck.version import __version__

if TYPE_CHECKING:
    from riskcheck.profiles.profile import Profile

AT_ONCE = 200
"""So many projects are held in memory at a time."""
AT_ONCE_IN_SQL = 1_000
"""So many with an engine of SQL, where each run of the query takes a second or two of itself, or more."""
_IN_SQL = ("duckdb", "spark")
MOST_NAMED = 5
"""So many of the files that are passed over are named."""

Progress = Callable[[int, int, int], None]
"""Is told how many projects are read, how many are judged, and how many there are, as far as that is known yet."""
_NO_PROJECT = Text("no project is in it", "其中没有项目")


@frozen
class PortfolioOptions:
    """How the projects are judged; as for one project, but for `verify`: so many have the reference judge, too."""

    gate: str | None = None
    as_of: date | None = None
    assume_complete: tuple[str, ...] = ()
    engine: str = engines.AUTO
    verify: int = 0
    profile: Profile | None = None
    written: tuple[str, ...] = ()
    """The files that the run writes: in a folder of projects they are none."""
    table_waivers: bool = True
    """Whether waivers that stand in the facts are heeded."""
    reader: str = FIRST_READER
    """What reads workbooks: calamine, openpyxl or auto."""
    mappings: Mappings = NO_MAPPINGS
    """How workbooks and CSV files are read."""


def judge_portfolio(
    paths: Iterable[str],
    pack: RulePack,
    options: PortfolioOptions = PortfolioOptions(),  # noqa: B008 - a frozen value
    progress: Progress | None = None,
) -> Portfolio:
    """Judge all projects in files and folders (see docs/portfolio.md).

    A file that cannot be read, or a project that cannot be judged, is in `not_judged`. Raises UsageError for an unknown
    gate or engine, FactsError for a folder without facts.
    """
    if options.gate is not None:
        pack.due_at(options.gate)
    engines.named(options.engine)
    found = find_files(paths, pack.schema, options.written)
    run = _Run(pack, options, found.projects, progress or _untold)
    for batch in run.batches():
        run.judge(batch)
        run.told()
    return run.portfolio(found)


def _untold(_read: int, _judged: int, _of: int) -> None:
    """Nobody wants to know."""


@frozen
class _Read:
    """A project that was read, and the file that it is in. `id` is what the file calls it, if it holds several."""

    file: str
    facts: FactSet
    id: str | None


class _Run:
    """One run over the projects: what was found so far."""

    def __init__(
        self, pack: RulePack, options: PortfolioOptions, files: tuple[ProjectFiles, ...], progress: Progress
    ) -> None:
        self.pack, self.options, self.files, self.progress = pack, options, files, progress
        self.projects = len(files)
        """How many projects there are, as far as that is known: a file counts as one until it is read."""
        self.read = self.done = 0
        self.results = results_kept()
        self.not_judged = not_judged_kept()
        self.notes: list[Note] = []
        self.shared = SharedLoads(_checks(pack, options.profile))
        self.summed: set[str] = set()
        self.order = {check.id: number for number, check in enumerate(pack.checks)}

    def batches(self) -> Iterator[list[_Read]]:
        """The projects some at a time."""
        read: list[_Read] = []
        for of_project in self.files:
            try:
                if of_project.is_store:
                    yield from self.of_store(of_project)
                else:
                    read += self.of_files(of_project)
            except RiskcheckError as error:
                self.not_judged.add(NotJudged(of_project.name, None, _why(error)))
                self.read += 1
                self.done += 1
            self.told()
            while len(read) >= (at_once := self.at_once):
                yield read[:at_once]
                read = read[at_once:]
        if read:
            yield read

    def of_files(self, of_project: ProjectFiles) -> list[_Read]:
        """The project, or projects, of a file."""
        asked, file = self.options, of_project.name
        found = read_projects(of_project, self.pack.schema, asked.assume_complete, asked.reader, asked.mappings)
        if not found.projects:
            self.not_judged.add(NotJudged(file, None, (_NO_PROJECT,)))
        self.notes += [_note(each) for each in found.problems]
        self.projects += len(found.projects) - 1
        self.read += len(found.projects)
        return [_Read(file, facts, name) for facts, name in zip(found.projects, found.ids, strict=True)]

    def of_store(self, of_project: ProjectFiles) -> Iterator[list[_Read]]:
        """The projects of Parquet, CSV or DuckDB files, block by block."""
        from riskcheck.projectstore.store import open_store

        if self.options.mappings is not NO_MAPPINGS:
            raise FactsError(_mapping_of_store(of_project.name))
        with open_store(of_project.files, self.pack.schema, self.options.assume_complete, of_project.name) as store:
            self.projects += store.count - 1
            if not store.count:
                self.not_judged.add(NotJudged(of_project.name, None, (_NO_PROJECT,)))
            for block in store.blocks():
                self.read += len(block)
                self.told()
                yield [_Read(of_project.name, facts, name) for name, facts in block]
            self.notes += [_note(each) for each in store.problems()]

    def told(self) -> None:
        """Tell how far the run is."""
        self.progress(self.read, self.done, self.projects)

    @property
    def at_once(self) -> int:
        """So many projects of files are judged at a time."""
        return AT_ONCE_IN_SQL if self.engine in _IN_SQL else AT_ONCE

    @property
    def engine(self) -> str:
        """The engine for as many projects as there seem to be."""
        return engines.named(self.options.engine, self.projects)

    def judge(self, batch: list[_Read]) -> None:
        """Judge some projects, and keep what the portfolio shows of them."""
        options = self.options
        judged = assess_all(
            [each.facts for each in batch],
            self.pack,
            gate=options.gate,
            as_of=options.as_of,
            engine=self.engine,
            verify=max(0, options.verify - len(self.results)),
            profile=options.profile,
            table_waivers=options.table_waivers,
        )
        self.done += len(batch)
        for read, found in zip(batch, judged, strict=True):
            if isinstance(found, Judged):
                self.keep(read, found)
            else:
                self.not_judged.add(NotJudged(read.file, project_id(read.facts) or read.id, _why(found)))

    def keep(self, read: _Read, judged: Judged) -> None:
        """Keep what the portfolio shows of a project."""
        seen = judged.assessment
        result = _result(read, judged, self.order)
        self.results.add(result)
        if self.shared.are_asked and result.name not in self.summed:  # a copy of a project takes nobody's time
            self.summed.add(result.name)
            due = frozenset(each.check for each in result.outcomes if each.outcome is not Outcome.NOT_APPLICABLE)
            self.shared.add(result.name, judged.facts, seen.as_of, due)

    def portfolio(self, found: FoundFiles) -> Portfolio:
        """All that was found, the worst projects first."""
        pack, results = self.pack, self.results
        portfolio = Portfolio(
            tool_version=__version__,
            pack=PackRef(pack.id, pack.version, pack.sha256, pack.title),
            profile=self.options.profile.id if self.options.profile else None,
            engine=self.engine,
            projects=results,
            not_judged=self.not_judged,
            items=tuple(ItemTitle(item.id, item.title) for item in pack.items),
            shared=self.shared.found(),
            notes=(
                *_of_mapping(self.options.mappings),
                *_of_files(found),
                *(_of_ids(results) if self.several_sources else ()),
                *self.notes,
                *_of_engine(self.engine, _checks(pack, self.options.profile)),
            ),
        )
        return replace(portfolio, items=portfolio.items_judged)

    @property
    def several_sources(self) -> bool:
        """Whether a project may be there twice: in a store each is once."""
        return len(self.files) > 1 or not all(each.is_store for each in self.files)


def _mapping_of_store(name: str) -> Diagnostic:
    message = Text(
        "a mapping is for workbooks and CSV files that are read whole, and this is read in blocks; call its tables and "
        "columns as the facts are called, in a view or query that writes them",
        "映射只用于整体读取的工作簿和 CSV 文件，此处按块读取；请在导出时按资料的表名和列名命名",
    )
    return Diagnostic("mapping-of-others", message, Location(name))


def _checks(pack: RulePack, profile: Profile | None) -> tuple[Check, ...]:
    if profile is None:
        return pack.checks
    from riskcheck.profiles.tailor import tailored

    return tailored(pack, profile).checks


def _why(error: RiskcheckError) -> tuple[Text, ...]:
    """The problems, each with its place, and what would mend it."""
    found = []
    for each in error.diagnostics:
        place = f"{each.location}: " if each.location else ""
        found += [Text(f"{place}{worded(each.message, 'en')}", f"{place}{worded(each.message, 'zh')}")]
        found += [Text(worded(hint, "en"), worded(hint, "zh")) for hint in each.hints]
    return tuple(found)


def _note(problem: InputProblem) -> Note:
    at = f"{problem.location}: " if problem.location else ""
    return Note(Text(f"{at}{problem.text.en}", f"{at}{problem.text.zh}"), problem.severity == "error")


@cache
def _outcome(check: str, item: str, outcome: Outcome, must_meet: bool) -> CheckOutcome:
    """What a check came to: one value for all projects in which it is the same."""
    return CheckOutcome(check, item, outcome, must_meet)


def _result(read: _Read, judged: Judged, order: dict[str, int]) -> ProjectResult:
    seen = judged.assessment
    outcomes = [_outcome(each.check, each.item, each.outcome, each.must_meet) for each in seen.findings]
    return ProjectResult(
        source=read.file,
        project_id=seen.project_id or read.id,
        project_name=seen.project_name,
        gate=seen.gate,
        as_of=seen.as_of,
        verdict=seen.verdict,
        score=seen.score,
        reasons=seen.reasons,
        outcomes=tuple(sorted(outcomes, key=lambda each: order[each.check])),
        fired=tuple(each.id for each in seen.compounds if each.state is CompoundState.FIRED),
        problems=sum(each.severity == "error" for each in seen.input_problems),
        verified=judged.verified,
    )


def _of_mapping(mappings: Mappings) -> Iterator[Note]:
    mapping = mappings.of_one or mappings.of_many
    if mapping is not None:
        name = f"{mapping.file} ({mapping.sha256[:12]})"
        yield Note(Text(f"read by the mapping {name}", f"按映射 {name} 读取"))


def _of_files(found: FoundFiles) -> Iterator[Note]:
    if found.passed_over:
        count, shown = len(found.passed_over), found.passed_over[:MOST_NAMED]
        more = " …" if count > len(shown) else ""
        files = "file is" if count == 1 else "files are"
        en = f"{count} {files} passed over, not being facts: {', '.join(shown)}{more}"
        yield Note(Text(en, f"{count} 个文件不是项目资料，未读取：{'、'.join(shown)}{more}"))


def _of_engine(engine: str, checks: tuple[Check, ...]) -> Iterator[Note]:
    """The checks that another engine judged than the one that the report names."""
    if engine not in _IN_SQL:
        return
    left = [each.check.id for each in import_module(f"riskcheck.engines.{engine}").left_to_python(checks)]
    if left:
        more = " …" if len(left) > MOST_NAMED else ""
        have, shown = "check has" if len(left) == 1 else "checks have", left[:MOST_NAMED]
        en = f"{len(left)} {have} no SQL, and the engine python judged instead: {', '.join(shown)}{more}"
        yield Note(Text(en, f"{len(left)} 项检查无法写成 SQL，改由引擎 python 判定：{'、'.join(shown)}{more}"))


def _of_ids(results: Iterable[ProjectResult]) -> Iterator[Note]:
    """Projects that are there twice: most likely two copies of one, of which both are judged and counted."""
    sources: dict[str, list[str]] = {}
    for result in results:
        if result.project_id is not None:
            sources.setdefault(result.project_id, []).append(result.source)
    for project, files in sources.items():
        if len(files) > 1:
            where = ", ".join(files[:MOST_NAMED])
            en = f"project {project} is there {len(files)} times; all are judged, people are summed up once: {where}"
            yield Note(Text(en, f"项目 {project} 出现 {len(files)} 次，均已判定，人员投入只计一次：{where}"), True)
