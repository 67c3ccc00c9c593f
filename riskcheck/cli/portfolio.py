"""`riskcheck portfolio`: many projects at once."""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from riskcheck.cli import declared, language, options
from riskcheck.cli.printing import print_bytes, terminal_style
from riskcheck.cli.values import table_names
from riskcheck.frozen import frozen
from riskcheck.model.text import Language, Text
from riskcheck.reports import Format, Style
from riskcheck.reports.portfolio import FORMATS, pieces

if TYPE_CHECKING:
    from riskcheck.facts.projectfiles import Mappings
    from riskcheck.model.mapping import Mapping
    from riskcheck.model.portfolio import Portfolio
    from riskcheck.packs.rulepack import RulePack

_SUFFIXES = " ".join(suffix for each in FORMATS for suffix in each.suffixes)
_A_SECOND = 1.0


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@options.config_option
@options.pack_option
@options.profile_option
@options.gate_option
@options.as_of_option
@options.reader_option
@options.mapping_option
@options.assume_complete_option
@options.as_click(declared.NO_TABLE_WAIVERS)
@click.option(
    "--format",
    "format_name",
    type=click.Choice([each.name for each in FORMATS if not each.binary]),
    default="terminal",
    show_default=True,
    help="What is printed; json: a record for each project and line.",
)
@click.option(
    "-o",
    "--output",
    "outputs",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help=f"Also write to FILE; the suffix chooses: {_SUFFIXES}. May be given several times.",
)
@options.as_click(declared.ENGINE)
@options.as_click(declared.VERIFY)
@options.as_click(declared.QUIET)
@options.language_option
@options.color_option
def portfolio(
    paths: tuple[str, ...],
    pack: str,
    profile: str | None,
    gate: str | None,
    as_of: date | None,
    reader: str,
    mapping: Path | None,
    assume_complete: tuple[str, ...],
    no_table_waivers: bool,
    format_name: str,
    outputs: tuple[Path, ...],
    engine: str,
    verify: int,
    quiet: bool,
    lang: Language,
    color: str,
) -> int:
    """Judge many projects: files and folders with one project each, or workbooks with a project column in every table.

    In a folder, and in those in it, each workbook and YAML file is a project; a folder that holds CSV files is one,
    with all its files. --mapping holds for all of them. Parquet files called like tables, large CSV files and .duckdb
    files hold many projects, as many as you like, and need pip install 'riskcheck[portfolio]'.

    Exit codes, the worst that holds: 1 some project FAILs, 3 some cannot be read or judged, 4 some CANNOT be JUDGED for
    lack of facts, 0 all gates are open; 2 usage or rule-pack error, 5 internal error.
    """
    from riskcheck.facts.projectfiles import NO_MAPPINGS
    from riskcheck.packs.load import load_pack
    from riskcheck.portfolio import PortfolioOptions, judge_portfolio

    language.note(lang)
    targets = _targets(outputs, paths if mapping is None else (*paths, str(mapping)))
    loaded = load_pack(pack)
    chosen = None
    if profile is not None:
        from riskcheck.profiles.load import load_profile

        chosen = load_profile(profile, loaded)
    written = tuple(str(each.path) for each in targets)
    asked = PortfolioOptions(
        gate,
        as_of,
        table_names(assume_complete),
        engine,
        verify,
        chosen,
        written,
        not no_table_waivers,
        reader,
        NO_MAPPINGS if mapping is None else _mappings(mapping, loaded),
    )
    progress = _Progress(shown=sys.stderr.isatty() and not quiet)
    try:
        found = judge_portfolio(paths, loaded, asked, progress)
    finally:
        progress.clear()
    _write_all(found, targets, lang)
    if not quiet:
        for piece in pieces(format_name, found, terminal_style(lang, color)):
            print_bytes(piece)
    return _exit_code(found)


def _mappings(path: Path, pack: RulePack) -> Mappings:
    """The mapping for files of one project and for those of many. Raises its errors if it is good for neither."""
    from riskcheck.errors import RiskcheckError
    from riskcheck.facts.manyprojects import schema_of_many
    from riskcheck.facts.projectfiles import Mappings
    from riskcheck.mapping.load import load_mapping

    found: list[Mapping | None] = []
    wrong: list[RiskcheckError] = []
    for schema in (pack.schema, schema_of_many(pack.schema)):
        try:
            found.append(load_mapping(path, schema))
        except RiskcheckError as error:
            found.append(None)
            wrong.append(error)
    if len(wrong) == len(found):
        raise wrong[0]
    return Mappings(*found)


def _exit_code(found: Portfolio) -> int:
    from riskcheck.model.assessment import Verdict

    if found.count(Verdict.FAIL):
        return 1
    if found.not_judged:
        return 3
    return 4 if found.count(Verdict.CANNOT_JUDGE) else 0


@frozen
class _Target:
    path: Path
    format: Format


def _targets(outputs: tuple[Path, ...], paths: tuple[str, ...]) -> tuple[_Target, ...]:
    """The files to write; everything that can be wrong with them is found before any work."""
    from riskcheck.database import is_installed
    from riskcheck.errors import Diagnostic, UsageError
    from riskcheck.output import check_target

    targets: list[_Target] = []
    for path in outputs:
        chosen = next((each for each in FORMATS if path.suffix.lower() in each.suffixes), None)
        if chosen is None:
            message = Text(
                f'{path}: no portfolio report is written as "{path.suffix or path.name}"; choose among {_SUFFIXES}',
                f"{path}：不支持输出“{path.suffix or path.name}”格式的组合报告；可用的后缀：{_SUFFIXES}",
            )
            raise UsageError(Diagnostic("unknown-suffix", message))
        if chosen.name == "parquet" and not is_installed():
            message = Text(f"{path}: writing this needs the package duckdb", f"{path}：写入该文件需要软件包 duckdb")
            cure = Text(
                "install it with pip install 'riskcheck[portfolio]'", "安装：pip install 'riskcheck[portfolio]'"
            )
            raise UsageError(Diagnostic("engine-not-installed", message, hints=(cure,)))
        check_target(path, map(Path, paths))
        if any(path.resolve() == other.path.resolve() for other in targets):
            message = Text(f"{path}: this file is named twice", f"{path}：该输出文件写了两次")
            raise UsageError(Diagnostic("output-twice", message))
        targets.append(_Target(path, chosen))
    return tuple(targets)


def _write_all(found: Portfolio, targets: tuple[_Target, ...], lang: Language) -> None:
    """Write all files whole or none: nobody sees a file of half a run."""
    if targets:
        from riskcheck.output import write_all_whole

        write_all_whole([(each.path, pieces(each.format.name, found, Style(lang))) for each in targets])


class _Progress:
    """A line on the terminal: how many projects are read and judged, how quickly, and how long the rest will take."""

    def __init__(self, *, shown: bool) -> None:
        self.shown, self.started, self.last = shown, time.monotonic(), 0.0

    def __call__(self, read: int, judged: int, of: int) -> None:
        now = time.monotonic()
        if not self.shown or (now - self.last < _A_SECOND / 4 and judged < of):
            return
        self.last = now
        # Reading a project takes about as long as judging it.
        done, spent = (read + judged) / 2, max(now - self.started, 1e-6)
        rate = done / spent
        left = round((of - done) / rate) if rate else 0
        en = f"{judged} of {of} projects judged, {read} read, {rate:.0f} a second, {left} s left"
        zh = f"已判定 {judged}/{of} 个项目，已读取 {read} 个，每秒 {rate:.0f} 个，剩余约 {left} 秒"
        sys.stderr.write(f"\r\x1b[K{Text(en, zh).of(language.spoken())}")
        sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away."""
        if self.shown and self.last:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
