"""`riskcheck eval`: one expression on one project's facts, for people who write rules."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from riskcheck.cli import options
from riskcheck.cli.values import table_names


@click.command("eval")
@click.argument("expression")
@options.reading_options
@options.profile_option
@options.as_of_option
@options.assume_complete_option
def evaluate(
    expression: str,
    facts: tuple[str, ...],
    pack: str,
    profile: str | None,
    as_of: date | None,
    mapping: Path | None,
    reader: str,
    assume_complete: tuple[str, ...],
) -> None:
    """Evaluate EXPRESSION on the facts in FACTS: its value, the cells that decided it, and what is missing.

    With --profile, on the facts as the profile has them: tables declared complete, and what is too old unknown.

    Example: riskcheck eval 'tasks.count(task, blank(task.owner))' facts.xlsx
    """
    from riskcheck.facts.load import load_facts
    from riskcheck.inspection import inspect_expression
    from riskcheck.mapping.load import load_mapping
    from riskcheck.packs.load import load_pack

    loaded = load_pack(pack)
    said = load_mapping(mapping, loaded.schema) if mapping is not None else None
    given = load_facts(facts, loaded.schema, assume_complete=table_names(assume_complete), mapping=said, reader=reader)
    if profile is not None:
        from riskcheck.profiles.ageing import prepared
        from riskcheck.profiles.load import load_profile
        from riskcheck.projectfacts import review_day

        given = prepared(given, load_profile(profile, loaded), as_of or review_day(given))
    click.echo(inspect_expression(expression, given, as_of))
