"""`riskcheck check`: the main job."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from riskcheck.cli import options
from riskcheck.model.text import Language, Text
from riskcheck.reports import FORMATS, Format

if TYPE_CHECKING:
    from riskcheck.model.assessment import Assessment

_PRINTED = tuple(each.name for each in FORMATS if not each.binary)
_SUFFIXES = " ".join(suffix for each in FORMATS for suffix in each.suffixes)
_EXIT_CODES = {"PASS": 0, "CONDITIONAL": 0, "FAIL": 1, "CANNOT_JUDGE": 4}


@click.command()
@click.argument("facts")
@options.pack_option
@click.option("--gate", metavar="GATE", help="The gate to judge at: G1, G2, G3.  [default: project.gate in the facts]")
@options.as_of_option
@options.assume_complete_option
@click.option(
    "--format",
    "format_name",
    type=click.Choice(_PRINTED),
    default="terminal",
    show_default=True,
    help="What is printed.",
)
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=f"Also write a report to FILE; the suffix chooses: {_SUFFIXES}. May be given several times.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print nothing; the exit code and the files of -o speak.")
@options.language_option
@options.color_option
def check(
    facts: str,
    pack: str,
    gate: str | None,
    as_of: date | None,
    assume_complete: tuple[str, ...],
    format_name: str,
    outputs: tuple[Path, ...],
    quiet: bool,
    lang: Language,
    color: str,
) -> int:
    """Judge the facts of one project: a workbook (.xlsx, .xlsm), a YAML file, or - for YAML on standard input.

    Exit codes: 0 the gate is open (PASS, CONDITIONAL), 1 FAIL, 2 usage or rule-pack error, 3 the facts cannot be
    read, 4 CANNOT_JUDGE, 5 internal error.
    """
    from riskcheck.assessment import assess
    from riskcheck.facts.load import load_facts
    from riskcheck.packs.load import load_pack

    targets = _targets(outputs, facts)
    loaded = load_pack(pack)
    tables = options.table_names(assume_complete)
    assessment = assess(load_facts(facts, loaded.schema, assume_complete=tables), loaded, gate=gate, as_of=as_of)
    _write_all(assessment, targets, lang)
    if not quiet:
        from riskcheck.reports import render

        options.print_bytes(render(format_name, assessment, options.terminal_style(lang, color)))
    return _EXIT_CODES[assessment.verdict.value]


def _targets(outputs: tuple[Path, ...], facts: str) -> tuple[tuple[Path, Format], ...]:
    """The files to write and their formats; everything that can be wrong with them is found before any work."""
    if not outputs:
        return ()
    from riskcheck.errors import Diagnostic, UsageError
    from riskcheck.output import check_target
    from riskcheck.reports import format_for

    targets: list[tuple[Path, Format]] = []
    for path in outputs:
        chosen = format_for(path.suffix)
        if chosen is None:
            written = path.suffix or path.name
            message = Text(
                f'{path}: no report is written as "{written}"; the suffix chooses among {_SUFFIXES}',
                f"{path}：不支持输出“{written}”格式的报告；可用的后缀：{_SUFFIXES}",
            )
            raise UsageError(Diagnostic("unknown-suffix", message))
        check_target(path, () if facts == "-" else (Path(facts),))
        if any(path.resolve() == other.resolve() for other, _ in targets):
            message = Text(
                f"{path}: this file is named twice; name each output once",
                f"{path}：该输出文件写了两次；每个输出文件请只写一次",
            )
            raise UsageError(Diagnostic("output-twice", message))
        targets.append((path, chosen))
    return tuple(targets)


def _write_all(assessment: Assessment, targets: tuple[tuple[Path, Format], ...], language: Language) -> None:
    """Render everything first, then write: an error in one report leaves no other behind."""
    if not targets:
        return
    from riskcheck.output import write_all_whole
    from riskcheck.reports import Style, render

    write_all_whole([(path, render(chosen.name, assessment, Style(language))) for path, chosen in targets])
