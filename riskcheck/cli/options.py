"""The declared options as options of click commands, and the types that click needs for their values."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from riskcheck.cli import declared, language
from riskcheck.cli.values import MOST_COUNTED, day_of, score_of
from riskcheck.model.number import Ratio
from riskcheck.model.text import LANGUAGES, Language, Text

_Command = TypeVar("_Command", bound=Callable[..., Any])


class Day(click.ParamType):  # type: ignore[type-arg]  # generic only in later versions of click
    """A date, YYYY-MM-DD and nothing else."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The day that `value` names."""
        day = day_of(value) if isinstance(value, str) else value
        if day is None:
            message = Text(
                f'"{value}" is not a day; write it as 2026-03-31', f"“{value}”不是日期；请写成 2026-03-31 的形式"
            )
            self.fail(message.of(language.spoken()), param, ctx)
        return day


class ScoreLimit(click.ParamType):  # type: ignore[type-arg]  # generic only in later versions of click
    """A score, 0 to 100."""

    name = "SCORE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The score that `value` gives."""
        score = value if isinstance(value, Ratio) else score_of(str(value))
        if score is None:
            message = Text(
                f'"{value}" is no score; write 0 to 100, such as 85', f"“{value}”不是得分；请写 0 到 100 的数"
            )
            self.fail(message.of(language.spoken()), param, ctx)
        return score


class LanguageName(click.Choice):  # type: ignore[type-arg]  # generic only in later versions of click
    """A language, also as systems name it: `zh`, `zh-CN`, `zh_CN.UTF-8`."""

    def __init__(self) -> None:
        super().__init__(LANGUAGES)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The language that `value` names."""
        return language.language_of(value) or super().convert(value, param, ctx)


def _note(_context: click.Context, _parameter: click.Parameter, chosen: Language) -> Language:
    language.note(chosen)
    return chosen


def _configure(context: click.Context, parameter: click.Parameter, named: str | None) -> None:
    """Take from the configuration file what the command line and the environment leave open."""
    if context.resilient_parsing:
        return
    from riskcheck.cli.configured import configured, tell_misspelt

    tell_misspelt(os.environ)
    found = configured(named)
    if found is not None:
        own = context.command.name in ("check", "baseline", "compare")
        context.default_map = {name: value for name, value in found.values.items() if own or name in SHARED}


SHARED = frozenset(
    option.parameter
    for option in (
        *(declared.PACK, declared.PROFILE, declared.AS_OF, declared.MAPPING, declared.READER),
        *(declared.ASSUME_COMPLETE, declared.NO_TABLE_WAIVERS, declared.LANGUAGE, declared.COLOR),
    )
)
"""The options for which a configuration file holds for commands that do not judge, too."""


def as_click(option: declared.Option) -> Callable[[_Command], _Command]:
    """The decorator that gives a command this option."""
    settings: dict[str, Any] = {"help": option.help, "multiple": option.multiple}
    if option.flag:
        settings |= {"is_flag": True}
    else:  # told that it is no flag, click would let the value be left out
        settings |= {"type": _type_of(option), "metavar": option.metavar}
    if option.default is not None:
        settings |= {"default": option.default, "show_default": True}
    settings |= {"envvar": option.environment}
    if option is declared.LANGUAGE:  # what is wrong with the other options is said in it
        settings |= {"is_eager": True, "callback": _note, "show_envvar": True}
    if option is declared.CONFIG:
        settings |= {"is_eager": True, "callback": _configure, "expose_value": False}
    return click.option(*option.names, option.parameter, **settings)


def _type_of(option: declared.Option) -> Any:
    if option is declared.AS_OF:
        return Day()
    if option is declared.FAIL_UNDER:
        return ScoreLimit()
    if option is declared.LANGUAGE:
        return LanguageName()
    if option is declared.VERIFY:
        return click.IntRange(min=0, max=MOST_COUNTED)
    if option.file:
        return click.Path(path_type=Path)
    return click.Choice(option.choices) if option.choices else str


config_option = as_click(declared.CONFIG)
pack_option = as_click(declared.PACK)
profile_option = as_click(declared.PROFILE)
gate_option = as_click(declared.GATE)
as_of_option = as_click(declared.AS_OF)
mapping_option = as_click(declared.MAPPING)
reader_option = as_click(declared.READER)
assume_complete_option = as_click(declared.ASSUME_COMPLETE)
language_option = as_click(declared.LANGUAGE)
color_option = as_click(declared.COLOR)


facts_operand = click.argument("facts", nargs=-1, required=True, metavar="FACTS...")
"""The files of one project, in any mix that `riskcheck.facts.load.load_facts` takes together."""


def unmapped_reading_options(command: _Command) -> _Command:
    """FACTS, the pack whose tables they are read for, and what reads them."""
    return facts_operand(config_option(pack_option(reader_option(command))))


def reading_options(command: _Command) -> _Command:
    """By what the facts of one project are read: FACTS, the pack and the mapping."""
    return unmapped_reading_options(mapping_option(command))


def review_options(command: _Command) -> _Command:
    """By what facts are read and judged, for commands that judge them and are not `check`."""
    of_review = (declared.CONFIG, declared.PACK, declared.PROFILE, declared.GATE, declared.AS_OF)
    of_facts = (
        declared.MAPPING,
        declared.READER,
        declared.ASSUME_COMPLETE,
        declared.WAIVERS,
        declared.NO_TABLE_WAIVERS,
    )
    for option in reversed((*of_review, *of_facts)):
        command = as_click(option)(command)
    return command


def check_options(command: _Command) -> _Command:
    """All options of `riskcheck check`."""
    for option in reversed(declared.CHECK):
        command = as_click(option)(command)
    return command
