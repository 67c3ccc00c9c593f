"""What click says of arguments that it refuses, in Chinese where that is spoken; in English click speaks for itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import click

from riskcheck.cli.language import no_command, spoken


def show(error: click.ClickException) -> None:
    """Print the error on standard error, with how the command is used."""
    if spoken() != "zh":
        error.show()
        return
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is not None:
        usage = context.get_usage().replace("Usage:", "用法：", 1)
        click.echo(f"{usage}\n运行 '{context.command_path} --help' 查看帮助。\n", err=True)
    click.echo(no_command(f"错误：{in_chinese(error)}"), err=True)


def in_chinese(error: click.ClickException) -> str:
    """The message; as it is where there is no other wording, as in what riskcheck itself has put in Chinese."""
    if isinstance(error, click.NoSuchOption):
        meant = "、".join(error.possibilities or ())
        return f"没有选项 {error.option_name}" + (f"；是否为 {meant}？" if meant else "")
    if isinstance(error, click.MissingParameter):
        return f"缺少{_called(error)}{_choices(error)}"
    message = _reworded(error.message)
    return f"{_called(error)} 的值不对：{message}" if isinstance(error, click.BadParameter) else message


def _called(error: click.BadParameter) -> str:
    parameter = error.param
    if parameter is None:
        return "参数"
    if isinstance(parameter, click.Option):
        return f"选项 {max(parameter.opts, key=len)}"
    return f"参数 {parameter.make_metavar(error.ctx or click.Context(click.Command(None)))}"


def _choices(error: click.BadParameter) -> str:
    kind = error.param.type if error.param is not None else None
    return f"；可选：{'、'.join(map(str, kind.choices))}" if isinstance(kind, click.Choice) else ""


_REWORDED: Final[tuple[tuple[str, Callable[[re.Match[str]], str]], ...]] = (
    (r"(.+) is not one of (.+)\.", lambda found: f"{found[1]} 不在可选值之内；可选：{_plain(found[2])}"),
    (r"(.+) is not a valid integer(?: range)?\.", lambda found: f"{found[1]} 不是整数"),
    (r"(.+) is not in the range (.+)\.", lambda found: f"{found[1]} 超出范围 {_range(found[2])}"),
    (r"(?:File|Path|Directory) (.+) does not exist\.", lambda found: f"没有文件 {found[1]}"),
    (r"Option (.+) requires an argument\.", lambda found: f"选项 {found[1].strip(chr(39))} 后面要写值"),
    (r"Option (.+) does not take a value\.", lambda found: f"选项 {found[1].strip(chr(39))} 不带值"),
    (r"Got unexpected extra arguments? \((.+)\)\.?", lambda found: f"多出参数：{found[1]}"),
    (r"Missing command\.", lambda found: "没有写命令"),
    (r"No such command (.+)\.", lambda found: f"没有命令 {found[1]}"),
)
"""What click says where it gives no parts, and how it is said."""


def _plain(listed: str) -> str:
    return listed.replace("'", "").replace(", ", "、")


def _range(text: str) -> str:
    return re.sub(r"(\S+?)(<=?)x(<=?)(\S+)", r"\1 至 \4", text)


def _reworded(message: str) -> str:
    for pattern, words in _REWORDED:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found is not None:
            return words(found)
    return message
