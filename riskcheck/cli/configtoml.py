"""What is in a configuration file, as TOML: `riskcheck.toml`, or the table `[tool.riskcheck]` of `pyproject.toml`."""

from __future__ import annotations

import os
import re
import tomllib

from riskcheck.cli.configfile import MAX_BYTES, files_to_read, is_shared
from riskcheck.errors import Diagnostic, UsageError
from riskcheck.frozen import frozen
from riskcheck.model.place import Location
from riskcheck.model.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

NO_FILE = "none"
"""What `--config` says to use no file."""
_TABLE = re.compile(r"\s*\[([^\[\]]+)\]\s*(#.*)?$")
_AT_LINE = re.compile(r" \(at line (\d+), column (\d+)\)$")


@frozen
class ConfigFile:
    """A configuration file: its path as messages print it, the folder that paths in it start from, and its keys."""

    path: str
    folder: str
    keys: dict[str, Any]
    text: str

    def line_of(self, key: str) -> int | None:
        """The line on which `key` is set, counted from 1; None if that is not plain to see."""
        wanted = re.compile(rf"\s*([\"']?){re.escape(key)}\1\s*=")
        table, own = None, "tool.riskcheck" if is_shared(self.path) else None
        for number, line in enumerate(self.text.splitlines(), 1):
            header = _TABLE.match(line)
            if header:
                table = re.sub(r"\s|[\"']", "", header[1])
            elif table == own and wanted.match(line):
                return number
        return None


def config_file(named: str | None) -> ConfigFile | None:
    """The file `named` on the command line (`none`: no file), else the one that is found. Raises UsageError."""
    if named == NO_FILE:
        return None
    if named is None:
        return next((found for found in map(_read, files_to_read()) if found is not None), None)
    found = _read(named)
    if found is None:
        _refuse(Text("this file has no table [tool.riskcheck]", "该文件中没有 [tool.riskcheck] 表"), Location(named))
    return found


def _read(path: str) -> ConfigFile | None:
    """What is in the file; None if it is a project's file that says nothing about riskcheck."""
    data = _bytes_of(path)
    shared = is_shared(path)
    try:
        text = data.decode("utf-8-sig")
        tree: Any = tomllib.loads(text)
    except UnicodeDecodeError:
        _refuse(Text("this is no UTF-8 text", "该文件不是 UTF-8 文本"), Location(path))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        _not_toml(str(error) if isinstance(error, ValueError) else "nested too deeply", path)
    if shared:
        tool = tree.get("tool")
        tree = tool.get("riskcheck") if isinstance(tool, dict) else None
        if tree is None:
            return None
        if not isinstance(tree, dict):
            _refuse(Text("tool.riskcheck is no table", "tool.riskcheck 不是表"), Location(path))
    return ConfigFile(path, os.path.dirname(path), tree, text)


def _bytes_of(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        cause = error.strerror or error
        _refuse(Text(f"the configuration cannot be read: {cause}", f"无法读取配置：{cause}"), Location(path))
    if len(data) > MAX_BYTES:
        _refuse(Text("a configuration has at most 1 MiB", "配置文件最大 1 MiB"), Location(path))
    return data


def _not_toml(message: str, path: str) -> NoReturn:
    at = _AT_LINE.search(message)
    place = Location(path, line=int(at[1]), column=int(at[2])) if at else Location(path)
    told = _AT_LINE.sub("", message)
    _refuse(Text(f"this is not TOML: {told}", f"不是有效的 TOML：{told}"), place)


def _refuse(message: Text, place: Location) -> NoReturn:
    raise UsageError(Diagnostic("bad-configuration", message, place))
