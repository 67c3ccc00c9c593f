"""`riskcheck baseline`: write down what is known to be open, so that only what is new breaks a build."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from riskcheck.cli import options
from riskcheck.cli.language import say
from riskcheck.cli.values import table_names
from riskcheck.model.comparison import Record
from riskcheck.model.text import Language, Text


@click.command()
@options.facts_operand
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="FILE.json", help="The file to write."
)
@options.review_options
@options.language_option
def baseline(
    facts: tuple[str, ...],
    output: Path,
    pack: str,
    profile: str | None,
    gate: str | None,
    as_of: date | None,
    mapping: Path | None,
    reader: str,
    assume_complete: tuple[str, ...],
    waivers: Path | None,
    no_table_waivers: bool,
    lang: Language,
) -> None:
    """Judge FACTS, as riskcheck check does, and write the findings to FILE.json, as the baseline for check --baseline.

    A baseline that is there already is replaced; what was open in it and is not any more is kept as such, so that it is
    told if it comes back. Exit code 0, whatever the verdict is.
    """
    from riskcheck.cli.factsfiles import shown
    from riskcheck.cli.reviewing import judge_facts, load_rules
    from riskcheck.comparison.baseline import baseline_bytes, refuse_other_project
    from riskcheck.comparison.changes import OPEN
    from riskcheck.comparison.record import record_of
    from riskcheck.output import write_whole

    older = _older(output, facts)
    rules = load_rules(pack, profile, mapping, waivers, table_waivers=not no_table_waivers, reader=reader)
    found = judge_facts(facts, rules, gate=gate, as_of=as_of, assume_complete=table_names(assume_complete))
    if older is not None:
        refuse_other_project(older, found)
    write_whole(output, baseline_bytes(found, older))
    states = [each.state for each in record_of(found, shown(facts)).rules if each.state in OPEN]
    undecided = sum(state in ("unknown", "possible", "error") for state in states)
    say(
        Text(
            f"wrote {output}: {len(states)} findings are known from now on, {undecided} of them undecided",
            f"已写入 {output}：{len(states)} 项发现项记为已知，其中 {undecided} 项无法判定",
        )
    )


def _older(output: Path, facts: tuple[str, ...]) -> Record | None:
    """The baseline to be replaced, if there is one. Refuses (UsageError) to replace anything else."""
    from riskcheck.cli.factsfiles import files_of
    from riskcheck.comparison.record import read_record
    from riskcheck.errors import Diagnostic, UsageError
    from riskcheck.output import check_target

    if output.suffix.lower() != ".json":
        message = Text(
            f"{output}: a baseline is JSON; name it FILE.json", f"{output}：基线是 JSON 文件，文件名请以 .json 结尾"
        )
        raise UsageError(Diagnostic("unknown-suffix", message))
    check_target(output, files_of(facts))
    return read_record(output)[0] if output.exists() else None
