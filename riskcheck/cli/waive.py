"""`riskcheck waive`: write waivers of failed checks, with the fingerprint of the facts that are waived."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from riskcheck.cli import options
from riskcheck.cli.language import say
from riskcheck.model.text import Language, Text
from riskcheck.model.waiver import ROLES, WaiverState


@click.command()
@click.argument("operands", nargs=-1, required=True, metavar="FACTS... CHECK...")
@click.option(
    "--waivers",
    "target",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE.yaml",
    help="The file of waivers to add to.",
)
@click.option("--reason", required=True, metavar="TEXT", help="Why the failure is accepted.")
@click.option("--approver", required=True, metavar="NAME", help="Who approves it.")
@click.option("--role", required=True, type=click.Choice(tuple(ROLES)), help="The role in which.")
@click.option("--expires", required=True, type=options.Day(), help="The last day: at most 90 days after --granted.")
@click.option("--granted", type=options.Day(), help="The day of approval.  [default: the review date]")
@click.option("--time-zone", metavar="ZONE", help="By whose calendar the days count: Asia/Shanghai.")
@click.option("--control", metavar="TEXT", help="What guards against the risk meanwhile.")
@click.option("--owner", metavar="NAME", help="Who mends it; not the approver.")
@click.option("--fix-due", type=options.Day(), help="The day by which it is mended.")
@options.config_option
@options.pack_option
@options.profile_option
@options.gate_option
@options.as_of_option
@options.mapping_option
@options.reader_option
@options.assume_complete_option
@options.language_option
def waive(
    operands: tuple[str, ...],
    target: Path,
    reason: str,
    approver: str,
    role: str,
    expires: date,
    granted: date | None,
    time_zone: str | None,
    control: str | None,
    owner: str | None,
    fix_due: date | None,
    pack: str,
    profile: str | None,
    gate: str | None,
    as_of: date | None,
    mapping: Path | None,
    reader: str,
    assume_complete: tuple[str, ...],
    lang: Language,
) -> None:
    """Add waivers of CHECK… to a file, for the facts in FACTS as they are; check heeds them with --waivers FILE.

    What is a folder, or ends as files of facts do, is one of FACTS; all else is a CHECK, in any order.

    Only what fails or warns can be waived, by a role that may, for at most 90 days and no longer than the gate. A
    waiver lapses when the facts change. The score stays as it is, and the best verdict is CONDITIONAL.
    """
    from riskcheck.cli.drafting import Draft, in_force
    from riskcheck.cli.factsfiles import files_of
    from riskcheck.output import check_target, write_whole
    from riskcheck.waivers.written import waivers_in, with_waivers

    facts, checks = _told_apart(operands)
    check_target(target, files_of(facts))
    draft = Draft(facts, pack, profile, gate, as_of, mapping, reader, assume_complete)
    given = {
        "reason": reason,
        "approver": approver,
        "approver_role": role,
        "expires_on": expires,
        "granted_on": granted,
        "time_zone": time_zone,
        "compensating_control": control,
        "owner": owner,
        "fix_due_on": fix_due,
    }
    before = waivers_in(target)
    uses = in_force(draft, checks, given, before)
    write_whole(target, with_waivers(target, before, (use.waiver for use in uses)))
    for use in uses:
        check, why = use.waiver.check, use.why
        waits = use.state in (WaiverState.PENDING, WaiverState.NOT_YET)
        more = Text(f": {why.en}", f"：{why.zh}") if waits else Text("", "")
        say(Text(f"waived {check} ({use.fingerprint}){more.en}", f"已豁免 {check}（{use.fingerprint}）{more.zh}"))
    say(Text(f"wrote {target}", f"已写入 {target}"))


def _told_apart(operands: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """FACTS and CHECKs. Raises UsageError if there are none of either."""
    from riskcheck.cli.factsfiles import is_facts
    from riskcheck.errors import Diagnostic, UsageError

    facts = tuple(each for each in operands if is_facts(each))
    checks = tuple(each for each in operands if not is_facts(each))
    if not facts:
        message = Text(
            f"no files of facts are named; {checks[0]} is none",
            f"没有写明资料文件；{checks[0]} 不是资料文件",
        )
        cure = Text(
            "write riskcheck waive FACTS CHECK…: workbooks, CSV or YAML files, folders of CSV, or - for standard input",
            "请写 riskcheck waive 资料 检查编号…：工作簿、CSV 或 YAML 文件、CSV 文件夹，或 -（标准输入）",
        )
        raise UsageError(Diagnostic("no-facts-named", message, hints=(cure,)))
    if not checks:
        message = Text(
            "no check is named; write its id, such as EXE-RC-04.a, after the files",
            "没有写明检查；请在文件之后写检查编号，例如 EXE-RC-04.a",
        )
        raise UsageError(Diagnostic("no-check-named", message))
    return facts, checks
