"""Reading the facts of one project from a file: a workbook or YAML, told apart by suffix and content."""

from __future__ import annotations

import os
import sys

from riskcheck.checksum import sha256_of
from riskcheck.errors import Diagnostic, FactsError
from riskcheck.frozen import frozen, replace
from riskcheck.model.factset import FactSet, InputFile
from riskcheck.model.place import Location
from riskcheck.model.schema import Schema
from riskcheck.model.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from riskcheck.model.mapping import Mapping
    from riskcheck.yamltree import YamlNode

MAX_BYTES = 256 * 2**20
"""Largest file that is read."""
STDIN = "-"
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
"""Suffixes of workbooks."""
_YAML = (".yaml", ".yml")
_READ = Text(
    "read are workbooks (.xlsx, .xlsm, .xls, .xlsb, .ods), .yaml and .yml files, and - for YAML on standard input",
    "可读取工作簿（.xlsx、.xlsm、.xls、.xlsb、.ods）、.yaml 和 .yml 文件，以及 -（标准输入的 YAML）",
)
_CURES = {
    ".et": Text("open it in WPS and save it as .xlsx", "请用 WPS 打开并另存为 .xlsx"),
    ".csv": Text(
        "open it in Excel, WPS or LibreOffice and save it as a sheet of an .xlsx workbook",
        "请用 Excel、WPS 或 LibreOffice 打开，存为 .xlsx 工作簿中的一个工作表",
    ),
    ".json": Text("JSON is YAML, too: name the file .yaml", "JSON 也是 YAML：请把文件后缀改为 .yaml"),
}


def load_facts(
    path: str | os.PathLike[str],
    schema: Schema,
    *,
    assume_complete: tuple[str, ...] = (),
    mapping: Mapping | None = None,
) -> FactSet:
    """The typed facts in the file `path` (`-`: YAML on standard input), read once and never written.

    `assume_complete` names tables to take as complete, or is `("all",)` for all that the file has. `mapping` says how
    the sheets of a workbook are read. Raises FactsError if the file cannot be read as facts, or not as the mapping
    says, UsageError for unknown names in `assume_complete`.
    """
    opened = open_file(path)
    if mapping is not None:
        from riskcheck.facts.mappedfile import load_mapped

        return load_mapped(opened, schema, assume_complete, mapping)
    read = _read_workbook if opened.is_workbook else _read_yaml
    facts = read(opened.data, opened.file, schema, assume_complete)
    return replace(facts, inputs=(InputFile(opened.file, sha256_of(opened.data)),))


@frozen
class Opened:
    """A file of facts, read and not yet understood."""

    file: str
    data: bytes
    is_workbook: bool


def open_file(path: str | os.PathLike[str]) -> Opened:
    """Read the bytes of a workbook or YAML file (`-`: YAML on standard input); raises FactsError if it is neither."""
    file = os.fspath(path)
    suffix = ".yaml" if file == STDIN else os.path.splitext(file)[1].lower()
    if file != STDIN:
        _check_file(file, suffix)
    return Opened(file, _read_bytes(file), suffix in WORKBOOKS)


def _check_file(file: str, suffix: str) -> None:
    """Refuse what is no file, or no kind of file that is read, before it is opened."""
    if os.path.isdir(file):
        inside = Text("name a file in it", "请写明其中的文件名")
        raise _refusal("is-a-folder", Text("this is a folder", "这是文件夹"), file, inside)
    if not os.path.lexists(file):
        raise _refusal("no-such-file", Text("no such file", "文件不存在"), file, *_similar_files(file))
    if suffix not in (*WORKBOOKS, *_YAML):
        kind = (
            Text(f"{suffix} files", f" {suffix} 文件") if suffix else Text("files without a suffix", "没有后缀的文件")
        )
        message = Text(f"{kind.en} are not read as facts", f"不能从{kind.zh}读取资料")
        cure = (_CURES[suffix],) if suffix in _CURES else ()
        raise _refusal("unknown-suffix", message, file, *cure, _READ)


def _read_bytes(file: str) -> bytes:
    try:
        if file == STDIN:
            if sys.stdin is None:
                raise _refusal("unreadable-file", Text("standard input is closed", "标准输入已关闭"), file)
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with open(file, "rb") as stream:
                data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        cause = error.strerror or error
        message = Text(f"the file cannot be read: {cause}", f"无法读取文件：{cause}")
        raise _refusal("unreadable-file", message, file) from error
    if not data:
        raise _refusal("empty-file", Text("the file is empty", "文件为空"), file, _READ)
    if len(data) > MAX_BYTES:
        size = f"{MAX_BYTES // 2**20} MiB"
        raise _refusal("file-too-large", Text(f"the file has more than {size}", f"文件超过 {size}"), file)
    return data


def _read_workbook(data: bytes, file: str, schema: Schema, assume_complete: tuple[str, ...]) -> FactSet:
    from riskcheck.facts.workbook import read_workbook
    from riskcheck.facts.workbookfacts import facts_from_sheets

    return facts_from_sheets(read_workbook(data, file), file, schema, assume_complete=assume_complete)


def _read_yaml(data: bytes, file: str, schema: Schema, assume_complete: tuple[str, ...]) -> FactSet:
    from riskcheck.facts.yamlfacts import facts_from_tree

    return facts_from_tree(yaml_tree(data, file), file, schema, assume_complete=assume_complete)


def yaml_tree(data: bytes, file: str) -> YamlNode:
    """The nodes of a YAML file; raises FactsError if it is none."""
    from riskcheck.yamltree import YamlError, read_yaml

    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        message = Text("this is an Office file, not YAML", "这是 Office 文件，不是 YAML")
        cure = Text("if it is a workbook, name it .xlsx", "如为工作簿，请把后缀改为 .xlsx")
        raise _refusal("not-yaml", message, file, cure)
    try:
        return read_yaml(data, file)
    except YamlError as error:
        raise FactsError(error.diagnostics) from error


def _similar_files(file: str) -> tuple[Text, ...]:
    """A hint at the file that is meant, if its folder has one with a name like it."""
    from itertools import islice

    from riskcheck.errors import nearest

    folder, name = os.path.split(file)
    try:
        with os.scandir(folder or ".") as entries:
            names = sorted(entry.name for entry in islice(entries, 1000))
    except (OSError, ValueError):
        return (Text(f'there is no folder "{folder}"', f"文件夹“{folder}”不存在"),) if folder else ()
    match = nearest(name, names)
    if match is None:
        return ()
    meant = os.path.join(folder, match)
    return (Text(f'did you mean "{meant}"?', f"是否为“{meant}”？"),)


def _refusal(code: str, message: Text, file: str, *hints: Text) -> FactsError:
    return FactsError(Diagnostic(code, message, Location(file), hints))


def is_facts_file(file: str) -> bool:
    """Whether a file is one of those that are read as facts, by its suffix."""
    return os.path.splitext(file)[1].lower() in (*WORKBOOKS, *_YAML)
