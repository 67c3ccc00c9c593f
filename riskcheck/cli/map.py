"""`riskcheck map`: a mapping file to begin with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from riskcheck.cli import options
from riskcheck.cli.language import say
from riskcheck.model.text import Language, Text

if TYPE_CHECKING:
    from riskcheck.facts.load import Opened


@click.command("map")
@options.unmapped_reading_options
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE.yaml",
    help="The mapping file to write.",
)
@options.language_option
@click.option("--force", is_flag=True, help="Write over an existing file.")
def propose(facts: tuple[str, ...], output: Path, pack: str, reader: str, lang: Language, force: bool) -> None:
    """Propose one mapping for FACTS, workbooks and CSV files: what is taken as what, with all doubts as comments.

    Mend it, and use it with riskcheck check --mapping. Unchanged it gives what FACTS give without a mapping.
    """
    from riskcheck.facts.load import open_files, sheets_of
    from riskcheck.mapping.propose import proposal
    from riskcheck.output import write_whole
    from riskcheck.packs.load import load_pack

    _check_output(output, facts, force)
    opened = open_files(facts, reader)
    _refuse_yaml(opened)
    sheets = [(each.file, sheets_of(each)) for each in opened if each.kind != "yaml"]
    write_whole(output, proposal(sheets, load_pack(pack).schema, lang))
    say(Text(f"wrote {output}; see what it doubts, and mend it", f"已写入 {output}；请查看其中存疑之处并修改"))


def _refuse_yaml(opened: Sequence[Opened]) -> None:
    """Refuse (UsageError) files that are all YAML; beside others, YAML needs no mapping."""
    from riskcheck.errors import Diagnostic, UsageError

    if all(each.kind == "yaml" for each in opened):
        file = opened[0].file
        text = Text(
            f"{file}: a YAML file names its tables and fields itself; mappings are for workbooks and CSV files",
            f"{file}：YAML 文件自身写明表和字段；映射用于工作簿和 CSV 文件",
        )
        raise UsageError(Diagnostic("no-workbook", text))


def _check_output(output: Path, facts: tuple[str, ...], force: bool) -> None:
    """Refuse (UsageError) an output that is no YAML file, is the input, or exists and is not to be replaced."""
    from riskcheck.cli.factsfiles import files_of
    from riskcheck.errors import Diagnostic, UsageError
    from riskcheck.output import check_not_there, check_target

    if output.suffix.lower() not in (".yaml", ".yml"):
        message = Text(
            f"{output}: a mapping is a YAML file; name it FILE.yaml",
            f"{output}：映射是 YAML 文件，文件名请以 .yaml 结尾",
        )
        raise UsageError(Diagnostic("unknown-suffix", message))
    check_target(output, files_of(facts))
    check_not_there(output, force=force)
