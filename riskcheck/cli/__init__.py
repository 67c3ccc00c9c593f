"""The command line. Commands parse, call and turn the answer into an exit code; they decide nothing.

Exit codes: 0 gate open (PASS, CONDITIONAL) or done; 1 FAIL; 2 usage, configuration or rule-pack error; 3 facts cannot
be read; 4 CANNOT_JUDGE; 5 internal error; 130 interrupted, 141 the reader of the output went away. The command
modules are imported when they are asked for, so that `--version` and completion stay quick.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any, NoReturn

import click

from riskcheck.version import __version__

_COMMANDS = {
    "check": "riskcheck.cli.check:check",
    "template": "riskcheck.cli.template:template",
    "rules": "riskcheck.cli.rules:rules",
    "eval": "riskcheck.cli.eval:evaluate",
    "completion": "riskcheck.cli.completion:completion",
}
INTERNAL_ERROR = 5
INTERRUPTED = 130
PIPE_CLOSED = 141


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        module, attribute = _COMMANDS[name].split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            from riskcheck.errors import did_you_mean

            known = ", ".join(_COMMANDS)
            ctx.fail(f'unknown command "{args[0]}"{did_you_mean(args[0], _COMMANDS)} (commands: {known})')
        return super().resolve_command(ctx, args)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="riskcheck %(version)s")
def cli() -> None:
    """Judge a project's facts by a rule pack: scored findings, and a verdict at a gate.

    Start with `riskcheck template -o facts.xlsx`, fill it in, and run `riskcheck check facts.xlsx`.
    """


def main() -> None:
    """The program's entry: runs the command and turns every error into a message and an exit code."""
    _open_closed_streams()
    try:
        code = cli.main(standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        _say("interrupted", "已中断")
        code = INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = PIPE_CLOSED
    except Exception as error:
        code = _report(error)
    _leave(code if isinstance(code, int) else 0)


def _open_closed_streams() -> None:
    """Python has no stream where the caller closed one (`>&-`); what is written there goes nowhere."""
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - open to the end of the process
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def _leave(code: int) -> NoReturn:
    """End the process at once: everything is written, and taking apart what it built took a tenth of a run."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # the reader went away, or the disk is full, which was told
        pass
    os._exit(code)


def _report(error: Exception) -> int:
    from riskcheck.cli.language import spoken
    from riskcheck.errors import RiskcheckError

    if isinstance(error, RiskcheckError):
        for diagnostic in error.diagnostics:
            click.echo(_printable(diagnostic.render(spoken())), err=True)
        if len(error.diagnostics) > 1:
            _say(f"{len(error.diagnostics)} problems", f"共 {len(error.diagnostics)} 个问题")
        return error.exit_code
    if os.environ.get("RISKCHECK_DEBUG"):
        raise error
    what = _printable(f"{type(error).__name__}: {error}")
    _say(
        f"internal error: {what}\n  please report it; RISKCHECK_DEBUG=1 shows where it happened",
        f"内部错误：{what}\n  请反馈此问题；设置 RISKCHECK_DEBUG=1 可查看出错位置",
    )
    return INTERNAL_ERROR


def _say(en: str, zh: str) -> None:
    from riskcheck.cli.language import say
    from riskcheck.model.text import Text

    say(Text(en, zh))


def _printable(text: str) -> str:
    """`text` without what could steer a terminal; lines and tabs stay."""
    return "".join(c if c in "\n\t" or c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
