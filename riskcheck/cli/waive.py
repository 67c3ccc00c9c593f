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
@click.argument("facts")
@click.argument("checks", nargs=-1, required=True, metavar="CHECK…")
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
@options.assume_complete_option
@options.language_option
def waive(
    facts: str,
    checks: tuple[str, ...],
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
    assume_complete: tuple[str, ...],
    lang: Language,
) -> None:
    """Add waivers of CHECK… to a file, for the facts in FACTS as they are; check heeds them with --waivers FILE.

    Only what fails or warns can be waived, by a role that may, for at most 90 days and no longer than the gate. A
    waiver lapses when the facts change. The score stays as it is, and the best verdict is CONDITIONAL.
    """
    from riskcheck.cli.drafting import Draft, in_force
    from riskcheck.output import check_target, write_whole
    from riskcheck.waivers.written import with_waivers

    check_target(target, () if facts == "-" else (Path(facts),))
    draft = Draft(facts, pack, profile, gate, as_of, mapping, assume_complete)
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
    uses = in_force(draft, checks, given)
    write_whole(target, with_waivers(target, (use.waiver for use in uses)))
    for use in uses:
        check, why = use.waiver.check, use.why
        waits = use.state in (WaiverState.PENDING, WaiverState.NOT_YET)
        more = Text(f": {why.en}", f"：{why.zh}") if waits else Text("", "")
        say(Text(f"waived {check} ({use.fingerprint}){more.en}", f"已豁免 {check}（{use.fingerprint}）{more.zh}"))
    say(Text(f"wrote {target}", f"已写入 {target}"))
