"""Reading the facts of one project from a file: a workbook or YAML, told apart by suffix and content."""

from __future__ import annotations

import os
import sys

from riskcheck.errors import Diagnostic, FactsError
from riskcheck.frozen import replace
from riskcheck.model.factset import FactSet, InputFile
from riskcheck.model.place import Location
from riskcheck.model.schema import Schema

MAX_BYTES = 256 * 2**20
"""Largest file that is read."""
STDIN = "-"
_WORKBOOKS = (".xlsx", ".xlsm")
_YAML = (".yaml", ".yml")
_READ = "read are .xlsx and .xlsm workbooks, .yaml and .yml files, and - for YAML on standard input"
_CURES = {
    ".xls": "open it in Excel, WPS or LibreOffice and save it as .xlsx",
    ".xlsb": "open it in Excel and save it as .xlsx",
    ".et": "open it in WPS and save it as .xlsx",
    ".ods": "open it in LibreOffice and save it as .xlsx",
    ".csv": "open it in Excel, WPS or LibreOffice and save it as a sheet of an .xlsx workbook",
    ".json": "JSON is YAML, too: name the file .yaml",
}


def load_facts(path: str | os.PathLike[str], schema: Schema, *, assume_complete: tuple[str, ...] = ()) -> FactSet:
    """The typed facts in the file `path` (`-`: YAML on standard input), read once and never written.

    `assume_complete` names tables to take as complete, or is `("all",)` for all that the file has. Raises FactsError
    if the file cannot be read as facts, UsageError for unknown names in `assume_complete`.
    """
    file = os.fspath(path)
    suffix = ".yaml" if file == STDIN else os.path.splitext(file)[1].lower()
    if file != STDIN:
        _check_file(file, suffix)
    data = _read_bytes(file)
    read = _read_workbook if suffix in _WORKBOOKS else _read_yaml
    facts = read(data, file, schema, assume_complete)
    from hashlib import sha256

    return replace(facts, inputs=(InputFile(file, sha256(data).hexdigest()),))


def _check_file(file: str, suffix: str) -> None:
    """Refuse what is no file, or no kind of file that is read, before it is opened."""
    if os.path.isdir(file):
        raise _refusal("is-a-folder", "this is a folder", file, "name a file in it")
    if not os.path.lexists(file):
        raise _refusal("no-such-file", "no such file", file, *_similar_files(file))
    if suffix not in (*_WORKBOOKS, *_YAML):
        kind = f"{suffix} files are" if suffix else "files without a suffix are"
        cure = (_CURES[suffix],) if suffix in _CURES else ()
        raise _refusal("unknown-suffix", f"{kind} not read as facts", file, *cure, _READ)


def _read_bytes(file: str) -> bytes:
    try:
        if file == STDIN:
            if sys.stdin is None:
                raise _refusal("unreadable-file", "standard input is closed", file)
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with open(file, "rb") as stream:
                data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise _refusal("unreadable-file", f"the file cannot be read: {error.strerror or error}", file) from error
    if not data:
        raise _refusal("empty-file", "the file is empty", file, _READ)
    if len(data) > MAX_BYTES:
        raise _refusal("file-too-large", f"the file has more than {MAX_BYTES // 2**20} MiB", file)
    return data


def _read_workbook(data: bytes, file: str, schema: Schema, assume_complete: tuple[str, ...]) -> FactSet:
    from riskcheck.facts.workbook import read_workbook
    from riskcheck.facts.workbookfacts import facts_from_sheets

    return facts_from_sheets(read_workbook(data, file), file, schema, assume_complete=assume_complete)


def _read_yaml(data: bytes, file: str, schema: Schema, assume_complete: tuple[str, ...]) -> FactSet:
    from riskcheck.facts.yamlfacts import facts_from_tree
    from riskcheck.yamltree import YamlError, read_yaml

    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise _refusal("not-yaml", "this is an Office file, not YAML", file, "if it is a workbook, name it .xlsx")
    try:
        tree = read_yaml(data, file)
    except YamlError as error:
        raise FactsError(error.diagnostics) from error
    return facts_from_tree(tree, file, schema, assume_complete=assume_complete)


def _similar_files(file: str) -> tuple[str, ...]:
    """A hint at the file that is meant, if its folder has one with a name like it."""
    from itertools import islice

    from riskcheck.errors import nearest

    folder, name = os.path.split(file)
    try:
        with os.scandir(folder or ".") as entries:
            names = sorted(entry.name for entry in islice(entries, 1000))
    except (OSError, ValueError):
        return (f'there is no folder "{folder}"',) if folder else ()
    match = nearest(name, names)
    return (f'did you mean "{os.path.join(folder, match)}"?',) if match else ()


def _refusal(code: str, message: str, file: str, *hints: str) -> FactsError:
    return FactsError(Diagnostic(code, message, Location(file), hints))
