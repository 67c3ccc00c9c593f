"""The door to mapping files: read, checked against a schema, and refused with all that is wrong with them."""

from __future__ import annotations

import os
from contextlib import suppress
from stat import S_ISREG

from riskcheck.checksum import sha256_of
from riskcheck.errors import Diagnostic, MappingError
from riskcheck.facts.names import table_names
from riskcheck.facts.tablestatus import status_table
from riskcheck.mapping.mappingfile import read_mapping
from riskcheck.mapping.problems import MappingProblems, TooManyProblemsError
from riskcheck.mapping.sheetentries import Known
from riskcheck.model.mapping import Mapping
from riskcheck.model.place import Location
from riskcheck.model.schema import Schema
from riskcheck.model.text import Text
from riskcheck.yamltree import YamlError, read_yaml

MAX_BYTES = 4 * 2**20
"""Largest mapping file that is read."""


def load_mapping(path: str | os.PathLike[str], schema: Schema) -> Mapping:
    """The mapping in the file `path`, checked against `schema`. Raises MappingError with all that is wrong with it."""
    file = os.fspath(path)
    return mapping_of(_bytes_of(file), file, schema)


def mapping_of(data: bytes, file: str, schema: Schema) -> Mapping:
    """The mapping in `data`; `file` is the name used in places. Raises MappingError."""
    try:
        tree = read_yaml(data, file)
    except YamlError as error:
        raise MappingError(error.diagnostics) from error
    tables = {table.name: table for table in (*schema.tables, status_table(schema))}
    problems = MappingProblems(file, data)
    mapping = None
    with suppress(TooManyProblemsError):
        mapping = read_mapping(tree, problems, Known(tables, table_names(tables.values())), sha256_of(data))
    if problems.found or mapping is None:
        raise MappingError(problems.found)
    return mapping


def _bytes_of(file: str) -> bytes:
    try:
        if not S_ISREG(os.stat(file).st_mode):
            raise _refusal(file, "no-file", Text("this is no ordinary file", "这不是普通文件"))
        with open(file, "rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        cure = Text(
            "riskcheck map FILE -o mapping.yaml writes one to begin with",
            "可先用 riskcheck map 文件 -o mapping.yaml 生成",
        )
        raise _refusal(file, "no-such-file", Text("no such mapping file", "映射文件不存在"), cure) from error
    except (OSError, ValueError) as error:
        cause = getattr(error, "strerror", None) or error
        message = Text(f"the mapping cannot be read: {cause}", f"无法读取映射文件：{cause}")
        raise _refusal(file, "unreadable-file", message) from error
    if len(data) > MAX_BYTES:
        size = f"{MAX_BYTES // 2**20} MiB"
        raise _refusal(file, "file-too-large", Text(f"the mapping has more than {size}", f"映射文件超过 {size}"))
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        message = Text("this is an Office file; a mapping is YAML text", "这是 Office 文件；映射文件应为 YAML 文本")
        raise _refusal(file, "not-yaml", message)
    return data


def _refusal(file: str, code: str, message: Text, *hints: Text) -> MappingError:
    return MappingError(Diagnostic(code, message, Location(file), hints))
