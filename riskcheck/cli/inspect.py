"""`riskcheck inspect`: what of a file is taken as what."""

from __future__ import annotations

from pathlib import Path

import click

from riskcheck.cli import options
from riskcheck.model.text import Language


@click.command()
@options.reading_options
@click.option(
    "--format",
    "format_name",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="What is printed.",
)
@click.option(
    "--cross-check", is_flag=True, help="Also read the workbook with openpyxl, and list the cells that differ."
)
@options.language_option
@options.color_option
def inspect(
    facts: tuple[str, ...],
    pack: str,
    mapping: Path | None,
    reader: str,
    format_name: str,
    cross_check: bool,
    lang: Language,
    color: str,
) -> int:
    """Show what of FACTS is taken as what: sheets as tables, columns as fields, rows; what is left out, and why.

    Several files, or a folder of CSV files, are taken as one project. Nothing is judged. Exit codes: 0 it can be read,
    1 it can, but with --cross-check the two readers differ, 2 usage or rule-pack error, 3 it cannot, 5 internal error.
    """
    from importlib import import_module

    from riskcheck.cli.printing import print_bytes, terminal_style
    from riskcheck.facts.inspectfile import inspect_facts
    from riskcheck.mapping.load import load_mapping
    from riskcheck.model.inspection import PackName
    from riskcheck.packs.load import load_pack

    loaded = load_pack(pack)
    said = load_mapping(mapping, loaded.schema) if mapping is not None else None
    inspection = inspect_facts(facts, loaded.schema, PackName(loaded.id, loaded.version), said, reader)
    if cross_check:
        from riskcheck.facts.inspectfile import with_cross_check

        inspection = with_cross_check(inspection)
    module = "riskcheck.reports.inspection" + ("json" if format_name == "json" else "")
    print_bytes(import_module(module).render(inspection, terminal_style(lang, color)))
    differ = inspection.cross_check is not None and inspection.cross_check.count > 0
    return 3 if not inspection.readable else 1 if differ else 0
