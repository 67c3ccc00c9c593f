"""`riskcheck map`: a mapping file to begin with."""

from __future__ import annotations

from pathlib import Path

import click

from riskcheck.cli import options
from riskcheck.cli.language import say
from riskcheck.model.text import Language, Text


@click.command("map")
@click.argument("facts")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE.yaml",
    help="The mapping file to write.",
)
@options.config_option
@options.pack_option
@options.language_option
@click.option("--force", is_flag=True, help="Write over an existing file.")
def propose(facts: str, output: Path, pack: str, lang: Language, force: bool) -> None:
    """Propose a mapping for FACTS, a workbook or CSV file: what is taken as what, with all doubts as comments.

    Mend it, and use it with riskcheck check --mapping. Unchanged it gives what FACTS gives without a mapping.
    """
    from riskcheck.errors import Diagnostic, UsageError
    from riskcheck.facts.csvfile import read_csv
    from riskcheck.facts.load import open_file
    from riskcheck.facts.workbook import read_workbook
    from riskcheck.mapping.propose import proposal
    from riskcheck.output import write_whole
    from riskcheck.packs.load import load_pack

    _check_output(output, facts, force)
    opened = open_file(facts)
    if opened.kind == "yaml":
        text = Text(
            f"{facts}: a YAML file names its tables and fields itself; mappings are for workbooks and CSV files",
            f"{facts}：YAML 文件自身写明表和字段；映射用于工作簿和 CSV 文件",
        )
        raise UsageError(Diagnostic("no-workbook", text))
    is_csv = opened.kind == "csv"
    sheets = [read_csv(opened.data, opened.file).sheet] if is_csv else read_workbook(opened.data, opened.file)
    content = proposal(sheets, opened.file, load_pack(pack).schema, lang)
    write_whole(output, content)
    say(Text(f"wrote {output}; see what it doubts, and mend it", f"已写入 {output}；请查看其中存疑之处并修改"))


def _check_output(output: Path, facts: str, force: bool) -> None:
    """Refuse (UsageError) an output that is no YAML file, is the input, or exists and is not to be replaced."""
    from riskcheck.errors import Diagnostic, UsageError
    from riskcheck.output import check_not_there, check_target

    if output.suffix.lower() not in (".yaml", ".yml"):
        message = Text(
            f"{output}: a mapping is a YAML file; name it FILE.yaml",
            f"{output}：映射是 YAML 文件，文件名请以 .yaml 结尾",
        )
        raise UsageError(Diagnostic("unknown-suffix", message))
    check_target(output, [Path(facts)] if facts != "-" else [])
    check_not_there(output, force=force)
