"""`riskcheck template`: a workbook to fill in."""

from __future__ import annotations

from pathlib import Path

import click
from click.core import ParameterSource

from riskcheck.cli import options
from riskcheck.cli.language import say
from riskcheck.model.text import Language, Text


@click.command()
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE.xlsx",
    help="The workbook to write.",
)
@options.config_option
@options.pack_option
@options.profile_option
@click.option("--gate", metavar="GATE", help="Only the tables and columns that checks at this gate or before read.")
@click.option(
    "--from",
    "older",
    multiple=True,
    metavar="OLD",
    help="Carry over what is filled in there: an older template, or any file or folder that can be checked. May be "
    "given several times, for the files of one project.",
)
@options.mapping_option
@options.language_option
@click.option("--force", is_flag=True, help="Write over an existing file.")
def template(
    output: Path,
    pack: str,
    profile: str | None,
    gate: str | None,
    older: tuple[str, ...],
    mapping: Path | None,
    lang: Language,
    force: bool,
) -> None:
    """Write a workbook to fill in: a sheet for each table, with help, an example and dropdowns.

    With --profile only the tables and columns that its checks read. With --from the facts of an older file stand in it
    as they were; what is not carried over is told.
    """
    from riskcheck.errors import Diagnostic, UsageError
    from riskcheck.mapping.load import load_mapping
    from riskcheck.output import write_whole
    from riskcheck.packs.load import load_pack
    from riskcheck.profiles.load import load_profile
    from riskcheck.template.selection import select
    from riskcheck.template.workbook import render_template

    _check_output(output, older, force)
    source = click.get_current_context().get_parameter_source("mapping")
    if mapping is not None and not older and source is ParameterSource.COMMANDLINE:
        text = Text("--mapping says how the file of --from is read", "--mapping 用于说明 --from 文件的读法")
        raise UsageError(Diagnostic("mapping-without-from", text))
    loaded = load_pack(pack)
    selection = select(loaded, gate, load_profile(profile, loaded) if profile is not None else None)
    told: tuple[Text, ...] = ()
    if not older:
        content = render_template(loaded, selection, lang)
    else:
        from riskcheck.template.carryover import carry_over

        content, told = carry_over(
            older, loaded, selection, lang, load_mapping(mapping, loaded.schema) if mapping else None
        )
    write_whole(output, content)
    for text in (*told, Text(f"wrote {output}", f"已写入 {output}")):
        say(text)


def _check_output(output: Path, older: tuple[str, ...], force: bool) -> None:
    """Refuse (UsageError) an output that is no workbook, is the older file, or exists and is not to be replaced."""
    from riskcheck.cli.factsfiles import files_of
    from riskcheck.errors import Diagnostic, UsageError
    from riskcheck.output import check_not_there, check_target

    if output.suffix.lower() != ".xlsx":
        message = Text(
            f"{output}: a template is a workbook; name it FILE.xlsx",
            f"{output}：模板是工作簿，文件名请以 .xlsx 结尾",
        )
        raise UsageError(Diagnostic("unknown-suffix", message))
    check_target(output, files_of(older))
    check_not_there(output, force=force)
