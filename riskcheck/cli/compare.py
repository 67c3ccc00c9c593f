"""`riskcheck compare`: what changed between two assessments of a project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from riskcheck.cli import declared, options
from riskcheck.cli.values import table_names
from riskcheck.errors import Diagnostic, UsageError
from riskcheck.frozen import frozen, replace
from riskcheck.model.text import Language, Text

if TYPE_CHECKING:
    from datetime import date

    from riskcheck.cli.reviewing import Rules
    from riskcheck.model.comparison import Record

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _further(side: str) -> Callable[[_Command], _Command]:
    help_text = f"Another file of the facts {side.upper()}. May be given several times."
    return click.option(f"--with-{side}", f"with_{side}", multiple=True, metavar="FILE", help=help_text)


@click.command()
@click.argument("old")
@click.argument("new")
@options.config_option
@options.pack_option
@options.profile_option
@options.gate_option
@options.as_of_option
@options.mapping_option
@options.reader_option
@options.assume_complete_option
@options.as_click(declared.WAIVERS)
@options.as_click(declared.NO_TABLE_WAIVERS)
@_further("old")
@_further("new")
@click.option(
    "--old-facts",
    multiple=True,
    metavar="FACTS",
    help="Where the facts of the report OLD are now, to judge them again. May be given several times.",
)
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
@options.language_option
@options.color_option
def compare(
    old: str,
    new: str,
    pack: str,
    profile: str | None,
    gate: str | None,
    as_of: date | None,
    mapping: Path | None,
    reader: str,
    assume_complete: tuple[str, ...],
    waivers: Path | None,
    no_table_waivers: bool,
    with_old: tuple[str, ...],
    with_new: tuple[str, ...],
    old_facts: tuple[str, ...],
    format_: str,
    lang: Language,
    color: str,
) -> None:
    """Tell what is new, relapsed, worse, gone dark, lasting and fixed from OLD to NEW, and why the score moved.

    Each is a JSON report (or a baseline), or facts, which are judged by --pack, --profile and --gate, each on its own
    review date or both on --as-of: a file, a folder of CSV files, or with --with-old and --with-new several. If OLD
    was judged by other rules than NEW, its facts are judged again by those of NEW; if they are not to be had, nothing
    is compared. Exit code 0 whatever changed.
    """
    from importlib import import_module

    from riskcheck.cli.printing import print_bytes, terminal_style
    from riskcheck.cli.reviewing import load_rules
    from riskcheck.comparison.changes import compare as compared

    asked = _Asked(gate, as_of, mapping, table_names(assume_complete), old_facts)
    olds, news = (old, *with_old), (new, *with_new)
    both_reports = _is_report(olds) and _is_report(news)

    def load() -> Rules:
        return load_rules(pack, profile, mapping, waivers, table_waivers=not no_table_waivers, reader=reader)

    rules = None if both_reports else load()
    after = _record(news, rules, asked)
    before = _record(olds, rules, asked)
    _check_project(before, after)
    between = None
    if before.judged_by != after.judged_by:
        between = _judged_again(olds, before, after, rules or load(), asked)
    module = "riskcheck.reports." + ("jsoncomparison" if format_ == "json" else "comparison")
    written: bytes = import_module(module).render(compared(before, after, between), terminal_style(lang, color))
    print_bytes(written)


@frozen
class _Asked:
    """What the command line says about judging."""

    gate: str | None
    as_of: date | None
    mapping: Path | None
    assume_complete: tuple[str, ...]
    old_facts: tuple[str, ...]


def _is_report(files: tuple[str, ...]) -> bool:
    """Whether it is a report. Raises UsageError if it is one, and has further files."""
    reports = [each for each in files if each.lower().endswith(".json")]
    if reports and len(files) > 1:
        message = Text(
            f"{reports[0]} is a report, which is compared alone; leave the files beside it out",
            f"{reports[0]} 是报告，只能单独比较；请去掉与它并列的文件",
        )
        raise UsageError(Diagnostic("report-among-facts", message))
    return bool(reports)


def _record(files: tuple[str, ...], rules: Rules | None, asked: _Asked) -> Record:
    from riskcheck.comparison.baseline import refuse_partial
    from riskcheck.comparison.record import read_record, record_of

    if _is_report(files) or rules is None:
        found, _ = read_record(Path(files[0]))
        refuse_partial(found)
        return found
    from riskcheck.cli.factsfiles import shown
    from riskcheck.cli.reviewing import judge_facts

    judged = judge_facts(files, rules, gate=asked.gate, as_of=asked.as_of, assume_complete=asked.assume_complete)
    return record_of(judged, shown(files))


def _judged_again(old: tuple[str, ...], before: Record, after: Record, rules: Rules, asked: _Asked) -> Record:
    """The facts of OLD judged by the rules of NEW. Raises UsageError if either is not to be had."""
    from riskcheck.cli.factsfiles import shown
    from riskcheck.cli.reviewing import judge_facts
    from riskcheck.comparison.record import record_of

    own_profile = rules.profile.sha256 if rules.profile else None
    if (rules.pack.sha256, own_profile) != (after.pack_sha256, after.profile_sha256):
        given = f"{rules.pack.id} ({rules.pack.sha256[:12]})"
        wanted = f"{after.pack} ({after.pack_sha256[:12]})"
        cure = Text(
            f"name the pack {wanted} and the profile of the new report with --pack and --profile, so that the old "
            f"facts can be judged again; --pack is {given}",
            f"请用 --pack 和 --profile 指定新报告的规则包 {wanted} 和裁剪方案，以便重新判定旧资料；现在是 {given}",
        )
        raise _other_rules(before, after, cure)
    facts, day, assumed = old, asked.as_of, asked.assume_complete
    if _is_report(old):
        facts, day, assumed = _facts_of(before, after, asked), before.as_of, before.assumed_complete
        rules = rules if before.mapping is not None else replace(rules, mapping=None)
    judged = judge_facts(facts, rules, gate=after.gate, as_of=day, assume_complete=assumed)
    return record_of(judged, shown(facts))


def _facts_of(before: Record, after: Record, asked: _Asked) -> tuple[str, ...]:
    """The files with the facts of the old report, if they and the mapping they were read by are still the same."""
    from riskcheck.cli.factsfiles import as_named, same_files

    needed = before.inputs if before.mapping is None else (*before.inputs, before.mapping)
    found = same_files(asked.old_facts or [each.file for each in before.inputs], before.inputs)
    mapping = () if before.mapping is None else (str(asked.mapping or before.mapping.file),)
    if found and (before.mapping is None or same_files(mapping, (before.mapping,))):
        return as_named(found)
    names = ", ".join(f"{each.file} ({each.sha256[:12]})" for each in needed) or "-"
    cure = Text(
        f"the old facts could be judged again, but this is not there as it was: {names}; say where with --old-facts, "
        "and --mapping if there is one",
        f"可以重新判定旧资料，但找不到原样的 {names}；请用 --old-facts（以及 --mapping）指明位置",
    )
    raise _other_rules(before, after, cure)


def _check_project(before: Record, after: Record) -> None:
    if before.project == after.project:
        return
    there, here = before.project or "-", after.project or "-"
    message = Text(
        f"{before.file} is of project {there}, {after.file} of {here}; compare two of one project",
        f"{before.file} 属于项目 {there}，{after.file} 属于 {here}；请比较同一项目的两次结果",
    )
    raise UsageError(Diagnostic("other-project", message))


def _other_rules(before: Record, after: Record, cure: Text) -> UsageError:
    def judged(record: Record) -> str:
        profile = f", {record.profile} ({(record.profile_sha256 or '')[:12]})" if record.profile else ""
        return f"{record.pack} ({record.pack_sha256[:12]}){profile}, {record.gate}"

    message = Text(
        f"the two were not judged by the same rules, so their scores are on no line: {judged(before)}; {judged(after)}",
        f"两次判定所用的规则不同，得分不可直接比较：{judged(before)}；{judged(after)}",
    )
    return UsageError(Diagnostic("other-rules", message, hints=(cure,)))
