"""`riskcheck rules`: look at, check and test rule packs."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from riskcheck.cli import options
from riskcheck.cli.printing import folded
from riskcheck.model.text import Language, counted

if TYPE_CHECKING:
    from riskcheck.packs.rulepack import RulePack
    from riskcheck.packtest import ReadyCase
    from riskcheck.rulebook.coverage import By


@click.group()
def rules() -> None:
    """List, show, trace, lint and test the rules of a pack."""


@rules.command("list")
@options.config_option
@options.pack_option
@options.profile_option
@click.option("--gate", metavar="GATE", help="Only checks that are due at this gate or before.")
@options.language_option
def list_rules(pack: str, profile: str | None, gate: str | None, lang: Language) -> None:
    """List the checks and compound rules of a pack, one a line; with --profile those it leaves, and what it changes."""
    from riskcheck.packs.describe import list_pack
    from riskcheck.packs.load import load_pack

    loaded = load_pack(pack)
    if profile is None:
        click.echo(list_pack(loaded, lang, gate))
        return
    from riskcheck.cli.profiles import lines_of, with_profile
    from riskcheck.reports.profileuse import changes, headline

    left, use = with_profile(profile, loaded)
    click.echo(list_pack(left, lang, gate))
    click.echo(f"\n{headline(use).of(lang)} ({use.sha256[:12]})")
    for line in lines_of(changes(use), lang):
        click.echo(line)


@rules.command("show")
@click.argument("rule_id", metavar="ID")
@options.config_option
@options.pack_option
@options.profile_option
@options.language_option
def show_rule(rule_id: str, pack: str, profile: str | None, lang: Language) -> None:
    """Show one check, compound rule or item: condition, limits and their origin, facts read, control, owner."""
    from riskcheck.packs.describe import describe_rule
    from riskcheck.packs.load import load_pack

    loaded = load_pack(pack, cache=False)
    if profile is None:
        click.echo(folded(describe_rule(loaded, rule_id, lang)))
        return
    from riskcheck.cli.profiles import lines_of, with_profile
    from riskcheck.reports.profileuse import changes_of

    left, use = with_profile(profile, loaded)
    rules = {check.id for check in left.checks} | {compound.id for compound in left.compounds}
    click.echo(folded(describe_rule(left if rule_id in rules else loaded, rule_id, lang)))
    item = loaded.check_by_id[rule_id].item if rule_id in loaded.check_by_id else rule_id
    for line in lines_of(changes_of(use, rule_id, item), lang):
        click.echo(folded(line))


@rules.command("coverage")
@click.argument("path", metavar="[PACK]", default="deployment")
@click.option(
    "--by",
    type=click.Choice(("item", "source", "gate", "element")),
    help="What to group the text by: item (phase by phase), line of the source, gate, or element.  [default: item]",
)
@click.option("--format", "format_", type=click.Choice(("text", "json", "csv")), default="text", show_default=True)
@options.language_option
def cover_rules(path: str, by: By | None, format_: str, lang: Language) -> int:
    """Trace every item of PACK to the checks that judge it, their gates, and the tables that these read.

    A check counts for its own item and for those in its also_items. Exit code 1 if an item has no check.
    """
    from riskcheck.cli.printing import print_bytes, terminal_style
    from riskcheck.packs.load import load_pack
    from riskcheck.rulebook.coverage import coverage, not_covered
    from riskcheck.rulebook.coveragedata import coverage_csv, coverage_json
    from riskcheck.rulebook.coveragetext import coverage_text

    if by is not None and format_ != "text":
        raise click.BadOptionUsage("by", f"--by groups the text; {format_} always has one entry for each item")
    pack = load_pack(path)
    if format_ == "text":
        text = coverage_text(pack, by or "item", terminal_style(lang, "auto"))
    else:
        text = coverage_json(pack) if format_ == "json" else coverage_csv(pack)
    print_bytes(text.encode("utf-8", "replace"))
    return 1 if not_covered(coverage(pack)) else 0


@rules.command("reference")
@click.argument("path", metavar="[PACK]", default="deployment")
@click.option("-o", "--output", "folder", required=True, type=click.Path(path_type=Path), help="The folder to write.")
@click.option("--lang", "languages", type=click.Choice(("en", "zh", "both")), default="both", show_default=True)
@click.option("--check", is_flag=True, help="Write nothing; name the pages that are stale. Exit code 1 if any.")
def reference_of_rules(path: str, folder: Path, languages: str, check: bool) -> int:
    """Write the rule reference of PACK: Markdown pages in FOLDER/en and FOLDER/zh, one for each item.

    Pages that an earlier run made and that are no longer of the pack are removed; no other file is touched.
    """
    from riskcheck.model.text import LANGUAGES
    from riskcheck.packs.load import load_pack
    from riskcheck.packtest import ready_cases
    from riskcheck.rulebook.folder import bring_up_to_date, changes
    from riskcheck.rulebook.pages import mark_of, pages

    pack = load_pack(path, cache=False)
    chosen = tuple(language for language in LANGUAGES if languages in (language, "both"))
    made = pages(pack, ready_cases(pack), chosen)
    found = changes(folder, made, mark_of(pack), chosen)
    if check:
        for name in found.paths:
            click.echo(f"stale: {folder / name}")
        return 1 if found.paths else 0
    bring_up_to_date(folder, found)
    click.echo(f"{folder}: {len(made)} pages, {len(found.write)} written, {len(found.remove)} removed")
    return 0


@rules.command("lint")
@click.argument("path", default="deployment")
def lint_rules(path: str) -> None:
    """Check the pack at PATH (a folder, or a shipped pack's name): all its problems at once. Exit code 2 if any.

    Then also look for what is well typed but cannot be meant, and at the profiles in its folder profiles/. Notes
    tell of fields that no check reads, and of facts that could not say at which gate and on which day they are judged.
    """
    from riskcheck.errors import PackError, ProfileError
    from riskcheck.packs.conditionlint import condition_problems
    from riskcheck.packs.evidencetable import evidence_notes
    from riskcheck.packs.itemlint import unjudged_items
    from riskcheck.packs.load import load_pack
    from riskcheck.packs.projecttable import project_notes
    from riskcheck.packs.unreadfields import unread_fields
    from riskcheck.profiles.load import own_profiles

    pack = load_pack(path, cache=False)
    notes = (*project_notes(pack), *evidence_notes(pack), *unread_fields(pack))
    for note in notes:
        click.echo(f"note: {note.render()}")
    problems = (*unjudged_items(pack), *condition_problems(pack))
    try:
        profiles = own_profiles(pack)
    except ProfileError as error:
        profiles, problems = (), (*problems, *error.diagnostics)
    if problems:
        raise PackError(problems)
    sizes = [counted(len(pack.checks), "check"), counted(len(pack.compounds), "compound rule")]
    if profiles:
        sizes.append(counted(len(profiles), "profile"))
    ending = f"; {counted(len(notes), 'note')}" if notes else ""
    click.echo(f"{pack.id} {pack.version}: {', '.join(sizes)}, no problems{ending}")


@rules.command("test")
@click.argument("path", default="deployment")
@click.option("-v", "--verbose", is_flag=True, help="Also list the cases that hold.")
@click.option("--mutate", is_flag=True, help="Then change each check in small ways, and list what no case notices.")
def test_rules(path: str, verbose: bool, mutate: bool) -> int:
    """Run the cases of the pack at PATH (a folder or a shipped pack). Exit code 1 if one fails or is missing.

    With --mutate, also 1 if a mutant survives that cases/equivalent.yaml does not list.
    """
    from riskcheck.packs.load import load_pack
    from riskcheck.packtest import missing_cases, ready_cases, run_ready

    pack = load_pack(path, cache=not mutate)
    cases = ready_cases(pack)
    results = run_ready(pack, cases)
    for result in results:
        if verbose or not result.ok:
            click.echo(f"{'ok  ' if result.ok else 'FAIL'} {result.file}:{result.line}: {result.check}: {result.name}")
        if not result.ok:
            click.echo(textwrap.indent(result.explanation, "     "))
    missing = missing_cases(pack, results)
    for each in missing:
        click.echo(f"none {each.check}: no case expects {each.outcome.value}")
    failed = sum(not result.ok for result in results)
    checks = len({result.check for result in results})
    click.echo(f"{len(results)} cases of {checks} checks: {failed} do not hold; {len(missing)} outcomes without a case")
    if mutate and failed:
        click.echo("no mutants: they are told from the rules by cases that hold")
    survived = _mutate(pack, cases) if mutate and not failed else 0
    return 1 if failed or missing or survived or not results else 0


def _mutate(pack: RulePack, cases: tuple[ReadyCase, ...]) -> int:
    """Print which mutants no case kills, and how many of how many; returns the number of complaints."""
    from riskcheck.mutation import run_mutants

    result = run_mutants(pack, cases)
    complaints = (*result.survivors, *result.stale)
    for each in complaints:
        click.echo(each.render())
    if result.survivors:
        click.echo("for each, add a case that the rule meets and the mutant does not, or list it with a reason in")
        click.echo("cases/equivalent.yaml if it means the same")
    alive = f"{result.equivalent} listed as equivalent, {len(result.survivors)} survive"
    click.echo(f"{result.made} mutants of {len(pack.checks)} checks: {result.killed} killed, {alive}")
    return len(complaints)
