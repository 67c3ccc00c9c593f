"""`riskcheck template`: a workbook to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from riskcheck.cli import options
from riskcheck.model.text import Language


@click.command()
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE.xlsx",
    help="The workbook to write.",
)
@options.pack_option
@click.option("--gate", metavar="GATE", help="Only the tables that are judged at this gate or before.")
@options.language_option
@click.option("--force", is_flag=True, help="Write over an existing file.")
def template(output: Path, pack: str, gate: str | None, lang: Language, force: bool) -> None:
    """Write a workbook to fill in: one sheet for each table, with headers, dropdowns and a help row."""
    from riskcheck.errors import Diagnostic, UsageError
    from riskcheck.output import check_target, write_whole
    from riskcheck.packs.load import load_pack
    from riskcheck.template import render_template

    if output.suffix.lower() != ".xlsx":
        raise UsageError(Diagnostic("unknown-suffix", f"{output}: a template is a workbook; name it FILE.xlsx"))
    check_target(output)
    if output.exists() and not force:
        raise UsageError(
            Diagnostic("output-exists", f"{output}: this file exists; choose another name, or --force to replace it")
        )
    write_whole(output, render_template(load_pack(pack), gate=gate, language=lang))
    click.echo(f"wrote {output}", err=True)
