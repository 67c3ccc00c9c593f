"""`riskcheck eval`: one expression on one project's facts, for people who write rules."""

from __future__ import annotations

from datetime import date

import click

from riskcheck.cli import options
from riskcheck.cli.values import table_names


@click.command("eval")
@click.argument("expression")
@click.argument("facts")
@options.pack_option
@options.as_of_option
@options.assume_complete_option
def evaluate(expression: str, facts: str, pack: str, as_of: date | None, assume_complete: tuple[str, ...]) -> None:
    """Evaluate EXPRESSION on the facts in FACTS: its value, the cells that decided it, and what is missing.

    Example: riskcheck eval 'tasks.count(task, blank(task.owner))' facts.xlsx
    """
    from riskcheck.facts.load import load_facts
    from riskcheck.inspection import inspect_expression
    from riskcheck.packs.load import load_pack

    loaded = load_pack(pack)
    tables = table_names(assume_complete)
    click.echo(inspect_expression(expression, load_facts(facts, loaded.schema, assume_complete=tables), as_of))
