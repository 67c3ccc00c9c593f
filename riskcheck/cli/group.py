"""The click command line. The command modules are imported when they are asked for, so that `--version` stays quick."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from riskcheck.cli import interrupted
from riskcheck.version import __version__

_COMMANDS = {
    "check": "riskcheck.cli.check:check",
    "portfolio": "riskcheck.cli.portfolio:portfolio",
    "inspect": "riskcheck.cli.inspect:inspect",
    "waive": "riskcheck.cli.waive:waive",
    "map": "riskcheck.cli.map:propose",
    "template": "riskcheck.cli.template:template",
    "rules": "riskcheck.cli.rules:rules",
    "eval": "riskcheck.cli.eval:evaluate",
    "baseline": "riskcheck.cli.baseline:baseline",
    "compare": "riskcheck.cli.compare:compare",
    "schema": "riskcheck.cli.schema:schema",
    "config": "riskcheck.cli.config:config",
    "completion": "riskcheck.cli.completion:completion",
}


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
            from riskcheck.cli.language import spoken
            from riskcheck.errors import guess, nearest
            from riskcheck.model.text import Text

            meant, known = guess(nearest(args[0], _COMMANDS)), ", ".join(_COMMANDS)
            en = f'unknown command "{args[0]}"{meant.en} (commands: {known})'
            ctx.fail(Text(en, f"没有命令“{args[0]}”{meant.zh}（命令：{known}）").of(spoken()))
        return super().resolve_command(ctx, args)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="riskcheck %(version)s")
def cli() -> None:
    """Judge a project's facts by a rule pack: scored findings, and a verdict at a gate.

    Start with `riskcheck template -o facts.xlsx`, fill it in, and run `riskcheck check facts.xlsx`.
    """


def run() -> int:
    """Run the command that the arguments of the process name, and give its exit code. Refuses them in click's words."""
    try:
        code = cli.main(standalone_mode=False)
    except click.ClickException as error:
        from riskcheck.cli.refusals import show

        show(error)
        return error.exit_code
    except click.Abort:
        return interrupted()
    return code if isinstance(code, int) else 0
