"""The quick way into the main job: `riskcheck check FACTS` with options that are plainly right.

Importing click takes as long as judging a small project. So arguments that leave no doubt are read here, by the same
declarations that the click command is made of. Whatever is not surely right and complete, and all that asks for help or
completion, goes to click as it is, which has the say about every message. `tests/cli/test_plain.py` holds the two to
the same values.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from riskcheck.cli.declared import CHECK, CONFIG, PREFIX, Option, known_variables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_BY_NAME = {name: option for option in CHECK for name in option.names if not option.file}
_WINDOWS_PATTERNS = frozenset("*?[]~$%")
"""What click expands in arguments on Windows, where no shell does."""


class _InDoubt(Exception):  # noqa: N818 - a signal that click must look at the arguments
    pass


def check_values(arguments: Sequence[str], environment: Mapping[str, str]) -> dict[str, Any] | None:
    """The values of the parameters of `check`, as click gives them; None if click must look at the arguments."""
    if arguments[:1] != ["check"] or any(name.endswith("_COMPLETE") for name in environment):
        return None
    own = [name for name in environment if name.startswith(PREFIX)]
    if own and not known_variables().issuperset(own):
        return None
    if sys.platform == "win32" and any(_WINDOWS_PATTERNS.intersection(each) for each in arguments):
        return None
    try:
        facts, texts = _told_apart(arguments[1:])
        in_file = _configured(_value(CONFIG, texts, environment, {}))
        options = (each for each in CHECK if each is not CONFIG)
        return {"facts": facts, **{each.parameter: _value(each, texts, environment, in_file) for each in options}}
    except _InDoubt:
        return None


def _told_apart(arguments: Sequence[str]) -> tuple[tuple[str, ...], dict[str, list[str]]]:
    """The files of facts, and the texts of the options that are given, by parameter."""
    files: list[str] = []
    texts: dict[str, list[str]] = {}
    rest = iter(arguments)
    for argument in rest:
        if not argument.startswith("-"):
            files.append(argument)
            continue
        name, joined, text = argument.partition("=")
        option = _BY_NAME.get(name)
        if option is None or (joined and option.flag):
            raise _InDoubt
        if joined and not name.startswith("--"):
            raise _InDoubt
        if not joined and not option.flag:
            text = next(rest, "")
        if not option.flag and (not text or text.startswith("-")):
            raise _InDoubt
        texts.setdefault(option.parameter, []).append(text)
    if not files or not all(files):
        raise _InDoubt
    return tuple(files), texts


def _configured(named: str | None) -> Mapping[str, Any]:
    """What the configuration file says; in doubt if anything is wrong with it, or it names files to write."""
    from riskcheck.cli.configfile import files_to_read

    if named is None and next(files_to_read(), None) is None:
        return {}
    from riskcheck.cli.configured import configured
    from riskcheck.errors import UsageError

    try:
        found = configured(named)
    except UsageError:
        raise _InDoubt from None
    values = found.values if found is not None else {}
    if any(option.file and option.parameter in values for option in CHECK):
        raise _InDoubt
    return values


def _value(
    option: Option, texts: Mapping[str, list[str]], environment: Mapping[str, str], in_file: Mapping[str, Any]
) -> Any:
    given = texts.get(option.parameter, [])
    of_environment = environment.get(option.environment, "")
    if not given and of_environment and (option.flag or option.multiple or option.file):
        raise _InDoubt
    if not given and not of_environment and option.parameter in in_file:
        return in_file[option.parameter]
    if option.flag:
        return bool(given)
    if option.multiple:
        return tuple(_read(option, text) for text in given)
    if len(given) > 1:
        raise _InDoubt
    text = given[0] if given else of_environment or option.default
    return None if text is None else _read(option, text)


def _read(option: Option, text: str) -> Any:
    value = option.read(text) if option.read else text if text in (option.choices or (text,)) else None
    if value is None:
        raise _InDoubt
    return value
