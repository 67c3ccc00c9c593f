"""The projects in files and folders: a file holds one project, or several that are told apart by a column."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence, Set

from riskcheck.errors import Diagnostic, FactsError
from riskcheck.facts.assemble import fact_set
from riskcheck.facts.largecsv import are_large
from riskcheck.facts.load import (
    FIRST_READER,
    STDIN,
    FilesRead,
    Opened,
    is_facts_file,
    open_file,
    read_files,
    sheets_of,
    with_sources,
)
from riskcheck.facts.manyprojects import KEY, KEY_FIELD, PROJECT, holds_many, schema_of_many, taken_apart
from riskcheck.facts.names import Names, spellings_of, table_names
from riskcheck.facts.rawcell import is_blank, raw_text
from riskcheck.facts.spelling import shorten
from riskcheck.facts.tablestatus import status_table
from riskcheck.frozen import frozen
from riskcheck.model.factset import FactSet, InputProblem
from riskcheck.model.mapping import Mapping
from riskcheck.model.place import Location
from riskcheck.model.schema import Schema
from riskcheck.model.text import Text

_LOCKS = ("~$", ".~lock.")
_KEY_NAMES = Names(((KEY, spellings_of(KEY_FIELD)),))
_PARQUET, _DATABASE = ".parquet", ".duckdb"


@frozen
class ProjectFiles:
    """The files of a project, or of several that a column tells apart: one file, which is `name`, or those of a folder.

    `name` is what reports call it: the path of the file or of the folder. `is_store`: Parquet, CSV or DuckDB files of
    many projects, which are read in blocks (`riskcheck.projectstore`).
    """

    name: str
    files: tuple[str, ...]
    is_store: bool = False


@frozen
class Mappings:
    """A mapping as it says how files of one project are read, and those of many; None where it cannot be so read."""

    of_one: Mapping | None = None
    of_many: Mapping | None = None


NO_MAPPINGS = Mappings()


@frozen
class FoundFiles:
    """The projects to read, in order, and the files in the folders that are passed over, as they are no facts."""

    projects: tuple[ProjectFiles, ...]
    passed_over: tuple[str, ...]


@frozen
class ProjectsOfFile:
    """The projects of a file; if these are several, what is wrong with it as a whole, and their ids."""

    projects: tuple[FactSet, ...]
    problems: tuple[InputProblem, ...] = ()
    ids: tuple[str | None, ...] = (None,)


def find_files(paths: Iterable[str], schema: Schema, left_out: Iterable[str] = ()) -> FoundFiles:
    """The projects that the paths name, each once: files as they are; of a folder those in it and in its subfolders.

    A folder that holds a CSV file called like a table of `schema` is one project with all its files, as a CSV file is
    only a table; in other folders each file is a project. Parquet files of one folder are the tables of a store of many
    projects, together with its CSV files; so are CSV files that are too large to be read whole, and a DuckDB file is
    such a store itself. Files in `left_out` are as if they were not in a folder.
    Raises FactsError for a folder without facts, and for standard input.
    """
    found: dict[str, ProjectFiles] = {}
    own = {os.path.realpath(each) for each in left_out}
    passed_over: list[str] = []
    names = table_names((*schema.tables, status_table(schema)))
    for path in paths:
        if _is(path, _DATABASE):
            found[path] = ProjectFiles(path, (path,), is_store=True)
        elif _is(path, _PARQUET):
            folder = os.path.dirname(os.path.normpath(path)) or "."
            known = found.get(folder)
            found[folder] = ProjectFiles(folder, (*(known.files if known else ()), path), is_store=True)
        elif os.path.isdir(path):
            inside = [_in_folder(folder, _but(files, own), names) for folder, files in sorted(_inside(path))]
            projects = [project for of_folder, _ in inside for project in of_folder]
            if not projects:
                message = Text("nothing in this folder can be facts of a project", "该文件夹中没有可读取的项目资料")
                raise FactsError(Diagnostic("no-facts-in-folder", message, Location(path)))
            found.update((each.name, each) for each in projects)
            passed_over += [each for _, others in inside for each in others]
        elif path == STDIN:
            message = Text("a portfolio is read from files and folders", "项目组合须从文件或文件夹读取")
            raise FactsError(Diagnostic("portfolio-from-stdin", message, Location(path)))
        else:
            found[path] = ProjectFiles(path, (path,))
    return FoundFiles(tuple(found.values()), tuple(each for each in passed_over if each not in found))


def _but(files: Iterable[str], own: Set[str]) -> list[str]:
    return sorted(each for each in files if os.path.realpath(each) not in own)


def _in_folder(folder: str, files: Sequence[str], names: Names) -> tuple[tuple[ProjectFiles, ...], tuple[str, ...]]:
    """The projects in a folder itself, and the files that are passed over."""
    facts = [each for each in files if is_facts_file(each)]
    tables = [each for each in facts if _is(each, ".csv") and _is_table(each, names)]
    parquet = [each for each in files if _is(each, _PARQUET)]
    if facts and not any(_is_table(each, names) for each in parquet):
        parquet = []
    stores = [ProjectFiles(each, (each,), is_store=True) for each in files if _is(each, _DATABASE)]
    if parquet or (tables and are_large(tables, _KEY_NAMES)):
        stores.append(ProjectFiles(folder, (*parquet, *tables), is_store=True))
    elif tables:
        stores.append(ProjectFiles(folder, tuple(facts)))
    whole = {file for store in stores for file in store.files}
    alone = [each for each in facts if each not in whole and not _is(each, ".csv")]
    projects = (*stores, *(ProjectFiles(each, (each,)) for each in alone))
    return projects, tuple(each for each in files if each not in whole and each not in alone)


def _is_table(file: str, names: Names) -> bool:
    return names.match(os.path.splitext(os.path.basename(file))[0]) is not None


def _is(file: str, suffix: str) -> bool:
    return os.path.normpath(file).lower().endswith(suffix)


def _inside(folder: str) -> Iterator[tuple[str, list[str]]]:
    for name, folders, files in os.walk(folder):
        files += [each for each in folders if _is(each, _PARQUET)]  # as other programs write a large one
        folders[:] = [each for each in folders if not each.startswith(".") and not _is(each, _PARQUET)]
        yield name, [os.path.join(name, each) for each in files if not each.startswith((".", *_LOCKS))]


def read_projects(
    project: ProjectFiles,
    schema: Schema,
    assume_complete: tuple[str, ...] = (),
    reader: str = FIRST_READER,
    mappings: Mappings = NO_MAPPINGS,
) -> ProjectsOfFile:
    """The projects in a file, or in the files of a folder. Raises FactsError if they cannot be read as facts."""
    opened = tuple(open_file(each, in_folder=project.name != each, reader=reader) for each in project.files)
    many = _holds_many(opened, schema, mappings)
    mapping = mappings.of_many if many else mappings.of_one
    if mapping is None and mappings is not NO_MAPPINGS:
        raise FactsError(_other_mapping(project.name, many=many))
    by = schema_of_many(schema) if many else schema
    read = read_files(opened, by, mapping)
    refusals = read.refusals or (() if many else _of_two_projects(read, project.name))
    if refusals:
        raise FactsError(refusals)
    facts = with_sources(fact_set(read.facts, by, assume_complete), opened, read, mapping)
    return _apart(facts, schema) if many else ProjectsOfFile((facts,))


def _holds_many(opened: Sequence[Opened], schema: Schema, mappings: Mappings) -> bool:
    if any(each.kind == "yaml" for each in opened):
        return False
    sheets = [sheet for each in opened for sheet in sheets_of(each)]
    return holds_many(sheets, schema, mappings.of_many)


def _apart(facts: FactSet, schema: Schema) -> ProjectsOfFile:
    found = taken_apart(facts, schema)
    return ProjectsOfFile(found.projects, found.problems, found.ids)


def _of_two_projects(read: FilesRead, folder: str) -> tuple[Diagnostic, ...]:
    """The refusal of a folder whose files name two projects."""
    together = read.facts.tables.get(PROJECT)
    if together is None or KEY in together.columns:  # what files say differently is in no column
        return ()
    tables = [file.facts.tables[PROJECT] for file in read.files if PROJECT in file.facts.tables]
    cells = [cell for table in tables for cell in table.columns.get(KEY, ())[:1] if not is_blank(cell)]
    ids = list(dict.fromkeys(shorten(raw_text(cell), 60) for cell in cells))
    if len(ids) < 2:
        return ()
    message = Text(
        f"the files of this folder are of several projects: {', '.join(ids)}",
        f"该文件夹中的文件属于多个项目：{'、'.join(ids)}",
    )
    cure = Text(
        "a folder with CSV files is one project; give each project a folder of its own",
        "含有 CSV 文件的文件夹视为一个项目；请为每个项目单独建文件夹",
    )
    return (Diagnostic("several-projects-in-folder", message, Location(folder), (cure,)),)


def _other_mapping(file: str, *, many: bool) -> Diagnostic:
    message = (
        Text(
            "this holds several projects, and the mapping is for files of one project each",
            "其中有多个项目，而该映射用于单个项目的文件",
        )
        if many
        else Text(
            "this holds one project, and the mapping is for files with a project column in every table",
            "其中只有一个项目，而该映射用于每张表都有项目编号列的文件",
        )
    )
    return Diagnostic("mapping-of-others", message, Location(file))
