"""`riskcheck check`: the main job."""

from __future__ import annotations

from typing import Any

import click

from riskcheck.cli import options
from riskcheck.cli.judging import CheckOptions, check_facts


@click.command()
@options.facts_operand
@options.check_options
def check(**values: Any) -> int:
    """Judge the facts of one project.

    FACTS are workbooks (.xlsx, .xlsm, .xls, .xlsb, .ods), CSV files or folders of them, YAML files, or - for YAML on
    standard input; several are taken together.

    Exit codes: 0 the gate is open (PASS, CONDITIONAL), 1 FAIL, 2 usage or rule-pack error, 3 the facts cannot be
    read, 4 CANNOT_JUDGE, 5 internal error.
    """
    return check_facts(CheckOptions(**values))
