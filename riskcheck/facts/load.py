"""Reading the facts of one project from files: workbooks, CSV and YAML, told apart by suffix and content."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import cached_property

from riskcheck.checksum import sha256_of
from riskcheck.errors import Diagnostic, FactsError
from riskcheck.facts.assemble import fact_set
from riskcheck.facts.rawtable import RawFacts
from riskcheck.frozen import frozen, replace
from riskcheck.model.factset import FactSet, InputFile, InputProblem
from riskcheck.model.place import Location
from riskcheck.model.schema import Schema
from riskcheck.model.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from riskcheck.facts.csvfile import CsvForm, CsvRead
    from riskcheck.facts.sheet import Sheet
    from riskcheck.facts.workbookfacts import SheetRead
    from riskcheck.model.mapping import Mapping
    from riskcheck.yamltree import YamlNode

MAX_BYTES = 256 * 2**20
"""Largest file that is read."""
STDIN = "-"
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
"""Suffixes of workbooks."""
FIRST_READER = "calamine"
"""What reads workbooks if nothing else is asked for."""
_CSV = ".csv"
_YAML = (".yaml", ".yml")
_READ = Text(
    "read are workbooks (.xlsx, .xlsm, .xls, .xlsb, .ods), .csv files and folders of them, .yaml and .yml files, and - "
    "for YAML on standard input",
    "可读取工作簿（.xlsx、.xlsm、.xls、.xlsb、.ods）、.csv 文件及其文件夹、.yaml 和 .yml 文件，"
    "以及 -（标准输入的 YAML）",
)
_IN_PORTFOLIO = Text(
    "riskcheck portfolio reads it, with a column project_id in every table",
    "请用 riskcheck portfolio 读取，每张表须有 project_id 列",
)
_CURES = {
    ".et": Text("open it in WPS and save it as .xlsx", "请用 WPS 打开并另存为 .xlsx"),
    ".parquet": _IN_PORTFOLIO,
    ".duckdb": _IN_PORTFOLIO,
    ".json": Text("JSON is YAML, too: name the file .yaml", "JSON 也是 YAML：请把文件后缀改为 .yaml"),
}


Paths = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]


def load_facts(
    paths: Paths,
    schema: Schema,
    *,
    assume_complete: tuple[str, ...] = (),
    mapping: Mapping | None = None,
    reader: str = FIRST_READER,
    stdin_name: str | None = None,
) -> FactSet:
    """The typed facts in one or several files (`-`: YAML on standard input), each read once and never written.

    A folder stands for the CSV files in it. `assume_complete` names tables to take as complete, or is `("all",)` for
    all that the files have. `mapping` says how sheets are read, `reader` what reads .xlsx and .xlsm: calamine,
    openpyxl, or auto (openpyxl if calamine takes a file to be damaged). `stdin_name` is what standard input is called,
    and its suffix says what it is. Raises FactsError if a file cannot be read as facts, or not as the mapping says,
    UsageError for unknown names in `assume_complete`.
    """
    opened = open_files(paths, reader, stdin_name)
    read = read_files(opened, schema, mapping)
    if read.refusals:
        raise FactsError(read.refusals)
    facts = fact_set(read.facts, schema, assume_complete)
    return with_sources(facts, opened, read, mapping)


def with_sources(facts: FactSet, opened: Sequence[Opened], read: FilesRead, mapping: Mapping | None) -> FactSet:
    """The facts with the files that they stand in, each with what read it, and with the mapping that said how."""
    files = zip(opened, read.files, strict=True)
    inputs = tuple(InputFile(each.file, sha256_of(each.data), file.reader) for each, file in files)
    said = None if mapping is None else InputFile(mapping.file, mapping.sha256)
    return replace(facts, inputs=inputs, mapping=said)


@frozen
class Opened:
    """A file of facts, read and not yet understood. `kind` is workbook, csv or yaml.

    `in_folder`: it was not named itself, but its folder was. `reader` is what reads it if it is a workbook.
    """

    file: str
    data: bytes
    kind: str
    in_folder: bool = False
    reader: str = FIRST_READER

    @cached_property
    def workbook(self) -> tuple[tuple[Sheet, ...], tuple[InputProblem, ...]]:
        """The sheets of a workbook, and what must be told of how they were read. Raises FactsError."""
        if self.reader == FIRST_READER:
            from riskcheck.facts.workbook import read_workbook

            return tuple(read_workbook(self.data, self.file)), ()
        from riskcheck.facts.chosenreader import read_by

        return read_by(self.reader, self.data, self.file)

    @cached_property
    def csv(self) -> CsvRead:
        """What a CSV file holds. Raises FactsError if it cannot be read."""
        from riskcheck.facts.csvfile import read_csv

        return read_csv(self.data, self.file)


@frozen
class FileRead:
    """What a file says, and why it is refused, if it is: its sheets, and how a CSV file is written."""

    facts: RawFacts
    refusals: tuple[Diagnostic, ...] = ()
    sheets: tuple[SheetRead, ...] = ()
    form: CsvForm | None = None
    reader: str | None = None
    """What read the workbook, if it was not the first reader."""


@frozen
class FilesRead:
    """Several files, what they say together, and why that is refused, if it is."""

    files: tuple[FileRead, ...]
    facts: RawFacts
    refusals: tuple[Diagnostic, ...]


def open_files(paths: Paths, reader: str = FIRST_READER, stdin_name: str | None = None) -> tuple[Opened, ...]:
    """Read the bytes of the files; raises FactsError if one is no file of facts. `stdin_name` names standard input."""
    if isinstance(paths, str | os.PathLike):
        file = os.fspath(paths)
        if not os.path.isdir(file):
            return (open_file(file, reader=reader, stdin_name=stdin_name),)
        paths = (file,)
    from riskcheck.facts.filelist import files_named

    return tuple(open_file(file, in_folder, reader, stdin_name) for file, in_folder in files_named(paths, _refusal))


def open_file(
    path: str | os.PathLike[str], in_folder: bool = False, reader: str = FIRST_READER, stdin_name: str | None = None
) -> Opened:
    """Read the bytes of one file; raises FactsError if it is no file of facts."""
    file = os.fspath(path)
    named = file if file != STDIN else "-.yaml" if stdin_name is None else stdin_name
    suffix = os.path.splitext(named)[1].lower()
    if file != STDIN:
        _check_file(file, suffix)
    else:
        _check_suffix(named, suffix)
    kind = "workbook" if suffix in WORKBOOKS else "csv" if suffix == _CSV else "yaml"
    shown = stdin_name if file == STDIN and stdin_name is not None else file
    return Opened(shown, _read_bytes(file), kind, in_folder, reader)


def sheets_of(opened: Opened) -> tuple[Sheet, ...]:
    """The sheets of a workbook, or the one of a CSV file. Raises FactsError if they cannot be read."""
    return (opened.csv.sheet,) if opened.kind == "csv" else opened.workbook[0]


def read_files(opened: Sequence[Opened], schema: Schema, mapping: Mapping | None) -> FilesRead:
    """What the files say together, before their cells are typed; of several, each place tells the file."""
    readers = {"workbook": _read_workbook, "csv": _read_csv, "yaml": _read_yaml}
    files = tuple(readers[each.kind](each, schema, mapping) for each in opened)
    refusals = tuple(refusal for file in files for refusal in file.refusals)
    if len(files) == 1 and not opened[0].in_folder:
        facts = files[0].facts
    else:
        from riskcheck.facts.severalfiles import facts_together

        facts, refused = facts_together(opened, files, schema)
        refusals += refused
    if mapping is not None:
        from riskcheck.facts.mappedfile import with_all_said

        sheets = [(each.file, [read.sheet for read in file.sheets]) for each, file in zip(opened, files, strict=True)]
        facts, refused = with_all_said(facts, sheets, schema, mapping)
        refusals = (*refused, *refusals)
    return FilesRead(files, facts, refusals)


def _check_file(file: str, suffix: str) -> None:
    """Refuse what is no file, or no kind of file that is read, before it is opened."""
    if os.path.isdir(file):
        inside = Text("name a file in it", "请写明其中的文件名")
        raise _refusal("is-a-folder", Text("this is a folder", "这是文件夹"), file, inside)
    if not os.path.lexists(file):
        raise _refusal("no-such-file", Text("no such file", "文件不存在"), file, *_similar_files(file))
    _check_suffix(file, suffix)


def _check_suffix(file: str, suffix: str) -> None:
    if suffix not in (*WORKBOOKS, _CSV, *_YAML):
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


def _read_workbook(opened: Opened, schema: Schema, mapping: Mapping | None) -> FileRead:
    from riskcheck.facts.workbookfacts import read_sheets

    sheets, told = opened.workbook
    read = read_sheets(sheets, opened.file, schema, mapping)
    facts = replace(read.facts, problems=(*told, *read.facts.problems)) if told else read.facts
    return FileRead(facts, read.refusals, read.sheets, reader="openpyxl" if told else None)


def _read_csv(opened: Opened, schema: Schema, mapping: Mapping | None) -> FileRead:
    from riskcheck.facts.csvtable import csv_facts

    read = opened.csv
    facts, refusals, sheets = csv_facts(read, opened.file, schema, mapping, in_folder=opened.in_folder)
    return FileRead(facts, refusals, sheets, read.form)


def _read_yaml(opened: Opened, schema: Schema, _mapping: Mapping | None) -> FileRead:
    from riskcheck.facts.yamlfacts import raw_from_tree

    return FileRead(raw_from_tree(yaml_tree(opened.data, opened.file), opened.file, schema))


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
    return os.path.splitext(file)[1].lower() in (*WORKBOOKS, _CSV, *_YAML)
