"""`riskcheck config`: what the options of `check` are without any on the command line, and who said so."""

from __future__ import annotations

import json
import os
from typing import Any

import click
from click.core import ParameterSource

from riskcheck.cli import declared, options
from riskcheck.cli.configured import Configured, configured
from riskcheck.frozen import frozen
from riskcheck.model.number import Ratio, floor_text
from riskcheck.model.text import Language, Text


@click.group()
def config() -> None:
    """Look at the configuration."""


@config.command("show")
@click.option("--config", "named", metavar="FILE|none", envvar=declared.CONFIG.environment, help=declared.CONFIG.help)
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
@options.language_option
@click.pass_context
def show(context: click.Context, named: str | None, format_: str, lang: Language) -> None:
    """List the options of check as they are without any on the command line, each with where it was set.

    An option on the command line is over an environment variable, that over the configuration file.
    """
    found = configured(named)
    settings = [_setting(option, found, context) for option in declared.CHECK if option is not declared.CONFIG]
    if found is not None and context.get_parameter_source("lang") is ParameterSource.DEFAULT:
        lang = found.values.get("lang", lang)
    if format_ == "json":
        listed = {each.key: {"value": each.value, "from": each.source} for each in settings}
        document = {"file": found.file if found else None, "options": listed}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    click.echo((Text(f"file: {found.file}", f"配置文件：{found.file}") if found else _NO_FILE).of(lang))
    columns = max(len(each.key) for each in settings)
    for each in settings:
        source = (_DEFAULT if each.source == "default" else Text(each.source, each.source)).of(lang)
        click.echo(f"{each.key.ljust(columns)}  {_shown(each.value)}  ({source})")


_NO_FILE = Text("no configuration file", "没有配置文件")
_DEFAULT = Text("default", "默认值")


@frozen
class Setting:
    """An option's key, its value as JSON has it, and where it was set: a variable, `file:line`, or `default`."""

    key: str
    value: Any
    source: str


def _setting(option: declared.Option, found: Configured | None, context: click.Context) -> Setting:
    """Raises what `check` raises for a variable that cannot be taken."""
    if os.environ.get(option.environment, ""):
        from riskcheck.cli.check import check

        parameter = next(each for each in check.params if each.name == option.parameter)
        value = parameter.type_cast_value(context, parameter.value_from_envvar(context))
        return Setting(option.key, _plain(value), option.environment)
    if found is not None and option.parameter in found.values:
        line = found.lines[option.parameter]
        source = f"{found.file}:{line}" if line else found.file
        return Setting(option.key, _plain(found.values[option.parameter]), source)
    absent: Any = [] if option.multiple else False if option.flag else None
    return Setting(option.key, option.default if option.default is not None else absent, "default")


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return floor_text(value) if isinstance(value, Ratio) else value if isinstance(value, (bool, str)) else str(value)


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value) or "-"
    return "-" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
