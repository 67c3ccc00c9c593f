"""What a configuration file says for the options of `riskcheck check`, by the same declarations.

A key is an option's long name without the dashes. Paths start from the file's folder.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from riskcheck.cli.configtoml import ConfigFile, config_file
from riskcheck.cli.declared import CHECK, CONFIG, PACK, PREFIX, PROFILE, Option, known_variables
from riskcheck.errors import Diagnostic, UsageError, guess, nearest
from riskcheck.frozen import frozen
from riskcheck.model.place import Location
from riskcheck.model.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

BY_KEY = {option.key: option for option in CHECK if option is not CONFIG}
"""The options that a file can set."""


@frozen
class Configured:
    """The values that a file gives, by the parameters of options, and the line of each where it is known."""

    file: str
    values: dict[str, Any]
    lines: dict[str, int | None]


def configured(named: str | None) -> Configured | None:
    """What the file `named` on the command line says, or the one that is found; None if there is none.

    Raises UsageError with all that is wrong with it.
    """
    found = config_file(named)
    return read_values(found) if found is not None else None


def tell_misspelt(variables: Iterable[str]) -> None:
    """Say on standard error which environment variables set nothing, but look like some that do.

    No error: the variables of a pipeline are not ours, and one may be called like that for another purpose.
    """
    from riskcheck.cli.language import say

    known = known_variables()
    for name in sorted(variables):
        if name.startswith(PREFIX) and name not in known:
            meant = nearest(name.removeprefix(PREFIX), sorted(each.removeprefix(PREFIX) for each in known))
            if meant is not None:
                hint = guess(PREFIX + meant)
                say(Text(f"{name} sets nothing{hint.en}", f"环境变量 {name} 不起作用{hint.zh}"))


def read_values(found: ConfigFile) -> Configured:
    """The values of a file's keys. Raises UsageError with all that is wrong with them."""
    problems: list[Diagnostic] = []
    values: dict[str, Any] = {}
    lines: dict[str, int | None] = {}
    for key, raw in found.keys.items():
        place = Location(found.path, line=found.line_of(key))
        option = BY_KEY.get(key)
        if option is None:
            problems.append(_unknown_key(key, place))
            continue
        value = _value(option, raw, found.folder)
        if value is None:
            problems.append(_wrong_value(option, raw, place))
        elif option.written and any(_leaves(each, found.folder) for each in (raw if isinstance(raw, list) else [raw])):
            problems.append(_leaves_folder(option, place))
        values[option.parameter], lines[option.parameter] = value, place.line
    if problems:
        raise UsageError(problems)
    return Configured(found.path, values, lines)


def _value(option: Option, raw: Any, folder: str) -> Any:
    """The value of an option; None if `raw` is none for it."""
    if option.flag:
        return raw if isinstance(raw, bool) else None
    if not option.multiple:
        return _single(option, raw, folder)
    items = raw if isinstance(raw, list) else [raw]
    values = tuple(_single(option, each, folder) for each in items)
    return None if None in values else values


def _single(option: Option, raw: Any, folder: str) -> Any:
    if isinstance(raw, bool) or (option.read is None and not isinstance(raw, str)):
        return None
    text = str(raw)
    if not text:
        return None
    if option.read is not None:
        return option.read(text)
    if option.choices:
        return text if text in option.choices else None
    return _placed(option, text, folder)


def _placed(option: Option, text: str, folder: str) -> str:
    """A path from the working directory, if `text` is one: names of packs and profiles stay."""
    is_path = option.file or (option in (PACK, PROFILE) and _looks_like_path(text))
    return os.path.join(folder, text) if is_path else text


def _leaves(path: str, folder: str) -> bool:
    """Whether a file to write would not lie in the folder of the configuration, which may be somebody else's.

    Links on the way to it are followed: a repository may bring them along.
    """
    if os.path.isabs(path) or os.path.normpath(path).split(os.sep)[0] == "..":
        return True
    home = os.path.realpath(folder)
    return os.path.commonpath((home, os.path.realpath(os.path.join(folder, path)))) != home


def _looks_like_path(text: str) -> bool:
    return "/" in text or os.sep in text or text in (".", "..") or text.lower().endswith((".yaml", ".yml"))


# ------------------------------------------------------------ what is wrong


def _unknown_key(key: str, place: Location) -> Diagnostic:
    hint = guess(nearest(key.replace("_", "-"), BY_KEY))
    message = Text(f'unknown key "{key}"{hint.en}', f"未知的键“{key}”{hint.zh}")
    hints = [Text(f"known are: {', '.join(BY_KEY)}", f"可用的键：{', '.join(BY_KEY)}")]
    if key == "tool":
        hints.insert(
            0, Text("in riskcheck.toml keys stand at the top, in no table", "riskcheck.toml 中的键直接写在顶层")
        )
    return Diagnostic("unknown-key", message, place, hints=tuple(hints))


def _wrong_value(option: Option, raw: Any, place: Location) -> Diagnostic:
    shown = f'"{raw}"' if isinstance(raw, str) else str(raw).lower() if isinstance(raw, bool) else str(raw)
    wanted = expected(option)
    message = Text(
        f"{option.key} cannot be {shown}; write {wanted.en}", f"{option.key} 不能是 {shown}；请写{wanted.zh}"
    )
    return Diagnostic("bad-value", message, place)


def _leaves_folder(option: Option, place: Location) -> Diagnostic:
    message = Text(
        f"{option.key} names a file outside of the folder of this configuration; name one in it, or use the option",
        f"{option.key} 指向本配置所在文件夹之外的文件；请写文件夹内的文件，或在命令行中指定",
    )
    return Diagnostic("leaves-folder", message, place)


def expected(option: Option) -> Text:
    """What a key takes, in words."""
    if option.flag:
        return Text("true or false", " true 或 false")
    if option.choices:
        listed = ", ".join(f'"{each}"' for each in option.choices)
        return Text(f"one of {listed}", f"其中之一：{listed}")
    one = Text(f'a text, "{option.metavar}"', f"文本“{option.metavar}”")
    return Text(f"{one.en}, or a list of such", f"{one.zh}或其列表") if option.multiple else one
