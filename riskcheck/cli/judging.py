"""The main job, once the command line is understood: judge the facts, write the reports, and say the exit code."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from riskcheck.cli import language
from riskcheck.cli.printing import print_bytes, terminal_style
from riskcheck.cli.values import table_names
from riskcheck.frozen import frozen, replace
from riskcheck.model.text import Language, Text
from riskcheck.reports import FORMATS, Format, Style, format_for, render

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from riskcheck.actions.read import OlderReport
    from riskcheck.model.assessment import Assessment
    from riskcheck.model.factset import FactSet
    from riskcheck.model.mapping import Mapping
    from riskcheck.model.number import Ratio
    from riskcheck.packs.rulepack import RulePack
    from riskcheck.profiles.profile import Profile
    from riskcheck.waivers.table import WaiverFile

    _Copies = tuple[tuple[Path, bytes], ...]

_SUFFIXES = " ".join(suffix for each in FORMATS for suffix in each.suffixes)
_EXIT_CODES = {"PASS": 0, "CONDITIONAL": 0, "FAIL": 1, "CANNOT_JUDGE": 4}


@frozen
class CheckOptions:
    """The arguments and the options of `riskcheck check`, by the names of `riskcheck.cli.declared`."""

    facts: tuple[str, ...]
    pack: str
    profile: str | None
    gate: str | None
    as_of: date | None
    mapping: Path | None
    reader: str
    assume_complete: tuple[str, ...]
    waivers: Path | None
    no_table_waivers: bool
    stdin_filename: str | None
    format_name: str
    outputs: tuple[Path, ...]
    actions: Path | None
    annotated: Path | None
    step_summary: bool
    security_severity: bool
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    fail_on: str | None
    fail_under: Ratio | None
    exit_zero: bool
    baseline: Path | None
    engine: str
    verify: int
    quiet: bool
    lang: Language
    color: str


def check_facts(options: CheckOptions) -> int:
    """What `riskcheck check` does, and its exit code."""
    from riskcheck.facts.load import load_facts
    from riskcheck.packs.load import load_pack

    language.note(options.lang)
    inputs = (*options.facts, *(str(each) for each in (options.mapping, options.waivers, options.baseline) if each))
    targets = _targets(options.outputs, inputs)
    if options.annotated is not None:
        from riskcheck.cli.annotate import check_copy

        check_copy(options.annotated, options.facts, options.outputs, inputs)
    if options.stdin_filename is not None and "-" not in options.facts:
        raise _nothing_to_name()
    older = _older_actions(options)
    pack = load_pack(options.pack)
    profile = _profile(options.profile, pack)
    assumed = table_names(options.assume_complete)
    mapping = None if options.mapping is None else _mapping(options.mapping, pack)
    facts = load_facts(
        options.facts,
        pack.schema,
        assume_complete=assumed,
        mapping=mapping,
        reader=options.reader,
        stdin_name=options.stdin_filename,
    )
    judged = _judged(facts, pack, options, profile)
    if older is not None:
        from riskcheck.actions.carry import with_actions

        judged = with_actions(judged, older)
    assessment, code = _ended(judged, options, pack)
    copies: _Copies = ()
    if options.annotated is not None:
        assessment, copies = _marked(assessment, options.annotated, options.lang)
    _write_all(assessment, targets, Style(options.lang, security_severity=options.security_severity), copies)
    if options.step_summary:
        from riskcheck.cli.stepsummary import add_summary

        add_summary(render("markdown", assessment, Style(options.lang)))
    if not options.quiet:
        style = terminal_style(options.lang, options.color, options.security_severity)
        print_bytes(render(options.format_name, assessment, style))
    return 0 if options.exit_zero else code


def _nothing_to_name() -> Exception:
    from riskcheck.errors import Diagnostic, UsageError

    message = Text(
        "--stdin-filename names standard input, which is not read here; write - for the facts",
        "--stdin-filename 是标准输入的名称，而本次并不读取标准输入；请在资料处写 -",
    )
    return UsageError(Diagnostic("no-stdin", message))


def _older_actions(options: CheckOptions) -> OlderReport | None:
    """The actions of an older report; refuses, before any work is done, to lose those of a report to be replaced."""
    replaced = [each for each in (*options.outputs, options.annotated) if each and each.suffix.lower() == ".xlsx"]
    if options.actions is None and not any(each.exists() for each in replaced):
        return None
    from riskcheck.cli.actions import older_actions

    return older_actions(options.actions, [each for each in replaced if each.exists()])


def _judged(facts: FactSet, pack: RulePack, asked: CheckOptions, profile: Profile | None) -> Assessment:
    """The assessment; where a copy is to be marked, its findings list as many cells as that shows."""
    from riskcheck.assessment import assess
    from riskcheck.findings import MAX_SHOWN

    most = MAX_SHOWN
    if asked.annotated is not None:
        from riskcheck.cli.annotate import MOST_SHOWN

        most = MOST_SHOWN
    return assess(
        facts,
        pack,
        gate=asked.gate,
        as_of=asked.as_of,
        engine=asked.engine,
        verify=asked.verify > 0,
        profile=profile,
        most_shown=most,
        waivers=None if asked.waivers is None else _waivers(asked.waivers),
        table_waivers=not asked.no_table_waivers,
    )


def _ended(assessment: Assessment, options: CheckOptions, pack: RulePack) -> tuple[Assessment, int]:
    """The assessment as it is shown, and the exit code: what options make of them."""
    code, fail_on = _EXIT_CODES[assessment.verdict.value], options.fail_on
    if options.baseline is not None:
        from riskcheck.comparison.baseline import held_to

        assessment, fail_on = held_to(assessment, options.baseline), None
        code = 1 if assessment.baseline is not None and assessment.baseline.breaks else 0
    if fail_on is not None or options.fail_under is not None:
        from riskcheck.cli.exitcodes import stricter

        assessment, code = stricter(assessment, code, fail_on, options.fail_under)
    if options.select or options.ignore:
        from riskcheck.cli.selection import selection, shown

        assessment = shown(assessment, selection(options.select, options.ignore, pack))
    return assessment, code


def _marked(found: Assessment, annotated: Path, lang: Language) -> tuple[Assessment, _Copies]:
    """The assessment as reports list it, and the copy of the workbook in which it is marked."""
    from riskcheck.assessment import as_reported
    from riskcheck.cli.annotate import annotated_copy

    return as_reported(found), ((annotated, annotated_copy(found, lang)),)


def _waivers(path: Path) -> WaiverFile:
    from riskcheck.waivers.table import load_waivers

    return load_waivers(path)


def _mapping(path: Path, pack: RulePack) -> Mapping:
    from riskcheck.mapping.load import load_mapping

    return load_mapping(path, pack.schema)


def _profile(name: str | None, pack: RulePack) -> Profile | None:
    if name is None:
        return None
    from riskcheck.profiles.load import load_profile

    return load_profile(name, pack)


def _targets(outputs: tuple[Path, ...], inputs: Sequence[str]) -> tuple[tuple[Path, Format], ...]:
    """The files to write and their formats; everything that can be wrong with them is found before any work."""
    if not outputs:
        return ()
    from riskcheck.cli.factsfiles import files_of
    from riskcheck.errors import Diagnostic, UsageError
    from riskcheck.output import check_target

    files = files_of(inputs)
    targets: list[tuple[Path, Format]] = []
    for path in outputs:
        chosen = format_for(path.name)
        if chosen is None:
            written = path.suffix or path.name
            message = Text(
                f'{path}: no report is written as "{written}"; the suffix chooses among {_SUFFIXES}',
                f"{path}：不支持输出“{written}”格式的报告；可用的后缀：{_SUFFIXES}",
            )
            raise UsageError(Diagnostic("unknown-suffix", message))
        check_target(path, files)
        if any(path.resolve() == other.resolve() for other, _ in targets):
            message = Text(
                f"{path}: this file is named twice; name each output once",
                f"{path}：该输出文件写了两次；每个输出文件请只写一次",
            )
            raise UsageError(Diagnostic("output-twice", message))
        targets.append((path, chosen))
    return tuple(targets)


def _write_all(assessment: Assessment, targets: tuple[tuple[Path, Format], ...], style: Style, copies: _Copies) -> None:
    """Render everything first, then write: an error in one report leaves no other file behind."""
    if not targets and not copies:
        return
    from riskcheck.output import write_all_whole

    reports = [(path, render(chosen.name, assessment, replace(style, target=str(path)))) for path, chosen in targets]
    write_all_whole([*reports, *copies])
