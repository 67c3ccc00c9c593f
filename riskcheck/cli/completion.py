"""`riskcheck completion`: the script that teaches a shell to complete riskcheck's commands."""

from __future__ import annotations

import click


@click.command()
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def completion(shell: str) -> None:
    """Print the completion script for SHELL, e.g.  eval "$(riskcheck completion bash)"."""
    from click.shell_completion import get_completion_class

    from riskcheck.cli.group import cli

    maker = get_completion_class(shell)
    if maker is not None:
        click.echo(maker(cli, {}, "riskcheck", "_RISKCHECK_COMPLETE").source())
