"""`riskcheck schema`: JSON Schemas, for editors and validators."""

from __future__ import annotations

import json
from typing import Any

import click

from riskcheck.cli import options


@click.command()
@click.argument("what", type=click.Choice(("pack", "facts", "report", "config")))
@options.config_option
@options.pack_option
def schema(what: str, pack: str) -> None:
    """Print a JSON Schema: of the files of a pack, of facts in YAML (for --pack), of JSON reports, of riskcheck.toml.

    An editor that knows YAML Language Server takes one from the first line of a file:

    \b
    # yaml-language-server: $schema=pack.schema.json
    """
    from riskcheck.cli.printing import print_bytes

    text = json.dumps(_schema(what, pack), ensure_ascii=False, indent=2)
    print_bytes(f"{text}\n".encode())


def _schema(what: str, pack: str) -> Any:
    if what == "pack":
        from riskcheck.schemas.packfiles import pack_schema

        return pack_schema()
    if what == "config":
        from riskcheck.cli.configschema import config_schema

        return config_schema()
    if what == "facts":
        from riskcheck.facts.tablestatus import status_table
        from riskcheck.packs.load import load_pack
        from riskcheck.schemas.factsfile import facts_schema

        loaded = load_pack(pack)
        return facts_schema(loaded.id, (*loaded.schema.tables, status_table(loaded.schema)))
    from importlib.resources import files

    return json.loads(files("riskcheck.reports").joinpath("report.schema.json").read_text("utf-8"))
