"""Options that several commands share, and how the texts of the command line become values."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click

from riskcheck.cli import language
from riskcheck.errors import Diagnostic, UsageError
from riskcheck.model.text import Language, Text
from riskcheck.reports import Style

_Command = TypeVar("_Command", bound=Callable[..., Any])


class Day(click.ParamType):  # type: ignore[type-arg]  # generic only in later versions of click
    """A date, YYYY-MM-DD and nothing else."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that `value` names."""
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        if day is None or value != day.isoformat():
            message = Text(
                f'"{value}" is not a day; write it as 2026-03-31', f"“{value}”不是日期；请写成 2026-03-31 的形式"
            )
            self.fail(message.of(language.spoken()), param, ctx)
        return day


def pack_option(command: _Command) -> _Command:
    """`--pack NAME|FOLDER`."""
    return click.option(
        "--pack", default="deployment", show_default=True, metavar="NAME|FOLDER", help="The rule pack to judge by."
    )(command)


def language_option(command: _Command) -> _Command:
    """`--lang en|zh`, or the environment's RISKCHECK_LANG."""
    return click.option(
        "--lang",
        type=language.LanguageName(),
        default="en",
        envvar=language.ENVIRONMENT,
        is_eager=True,
        callback=language.note,
        show_default=True,
        show_envvar=True,
        help="The language of what is written for people.",
    )(command)


def as_of_option(command: _Command) -> _Command:
    """`--as-of DATE`."""
    return click.option("--as-of", type=Day(), help="The review date.  [default: project.as_of in the facts]")(command)


def assume_complete_option(command: _Command) -> _Command:
    """`--assume-complete all|TABLE,…`."""
    return click.option(
        "--assume-complete",
        multiple=True,
        metavar="all|TABLE,…",
        help="Take these tables as complete: no row is left out. 'all': every table in the file. Stands in the report.",
    )(command)


def color_option(command: _Command) -> _Command:
    """`--color auto|always|never`."""
    return click.option(
        "--color",
        type=click.Choice(("auto", "always", "never")),
        default="auto",
        show_default=True,
        help="Colour on the terminal; auto heeds NO_COLOR and FORCE_COLOR.",
    )(command)


def table_names(texts: tuple[str, ...]) -> tuple[str, ...]:
    """The table names in `--assume-complete` options, each once: split at commas, blanks dropped."""
    names = (name.strip() for text in texts for name in text.replace("，", ",").split(","))
    found = tuple(dict.fromkeys(name for name in names if name))
    if texts and not found:
        message = Text(
            "--assume-complete names no table; write all, or TABLE,TABLE",
            "--assume-complete 没有写明任何表；请写 all，或用逗号列出表名",
        )
        raise UsageError(Diagnostic("no-table-named", message))
    return found


def terminal_style(lang: Language, color: str) -> Style:
    """The style for standard output: colour and width as the terminal has them, plain and 80 columns in a pipe."""
    import os
    import shutil

    tty = sys.stdout.isatty()
    if color == "auto":
        wanted = bool(os.environ.get("FORCE_COLOR")) or (tty and os.environ.get("TERM") != "dumb")
        colored = wanted and not os.environ.get("NO_COLOR")
    else:
        colored = color == "always"
    width = min(max(shutil.get_terminal_size().columns, 60), 120) if tty else 80
    return Style(lang, colored, width)


def print_bytes(content: bytes) -> None:
    """Write a report to standard output as it is. A reader that goes away (`| head`) does not change the exit code."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        import os

        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        cause = error.strerror or error
        message = Text(f"standard output cannot be written: {cause}", f"无法写入标准输出：{cause}")
        raise UsageError(Diagnostic("output-failed", message)) from None
