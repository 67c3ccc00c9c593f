"""The projects in files and folders: a file holds one project, or several that are told apart by a column."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from riskcheck.checksum import sha256_of
from riskcheck.errors import Diagnostic, FactsError
from riskcheck.facts.assemble import fact_set
from riskcheck.facts.load import FIRST_READER, STDIN, Opened, is_facts_file, open_file, read_files
from riskcheck.facts.manyprojects import holds_many, schema_of_many, taken_apart
from riskcheck.frozen import frozen, replace
from riskcheck.model.factset import FactSet, InputFile, InputProblem
from riskcheck.model.place import Location
from riskcheck.model.schema import Schema
from riskcheck.model.text import Text

_LOCKS = ("~$", ".~lock.")


@frozen
class FoundFiles:
    """The files to read, in order, and those in the folders that are passed over, as they are no facts."""

    files: tuple[str, ...]
    passed_over: tuple[str, ...]


@frozen
class ProjectsOfFile:
    """The projects of a file, and what is wrong with it as a whole if these are several."""

    projects: tuple[FactSet, ...]
    problems: tuple[InputProblem, ...] = ()


def find_files(paths: Iterable[str], left_out: Iterable[str] = ()) -> FoundFiles:
    """The files that the paths name, each once: files as they are, of a folder all that can be facts, with subfolders.

    Files in `left_out` are as if they were not in a folder. Raises FactsError for a folder without facts, and for
    standard input.
    """
    files: dict[str, None] = {}
    own = {os.path.realpath(each) for each in left_out}
    passed_over: list[str] = []
    for path in paths:
        if os.path.isdir(path):
            inside = sorted(each for each in _inside(path) if os.path.realpath(each) not in own)
            facts = [each for each in inside if is_facts_file(each) and not each.lower().endswith(".csv")]
            if not facts:
                message = Text("nothing in this folder can be facts of a project", "该文件夹中没有可读取的项目资料")
                raise FactsError(Diagnostic("no-facts-in-folder", message, Location(path)))
            files.update(dict.fromkeys(facts))
            passed_over += [each for each in inside if each not in files]
        elif path == STDIN:
            message = Text("a portfolio is read from files and folders", "项目组合须从文件或文件夹读取")
            raise FactsError(Diagnostic("portfolio-from-stdin", message, Location(path)))
        else:
            files[path] = None
    return FoundFiles(tuple(files), tuple(passed_over))


def _inside(folder: str) -> Iterator[str]:
    for name, folders, files in os.walk(folder):
        folders[:] = [each for each in folders if not each.startswith(".")]
        yield from (os.path.join(name, each) for each in files if not each.startswith((".", *_LOCKS)))


def read_projects(
    file: str, schema: Schema, assume_complete: tuple[str, ...] = (), reader: str = FIRST_READER
) -> ProjectsOfFile:
    """The projects in a file. Raises FactsError if it cannot be read as facts."""
    opened = open_file(file, reader=reader)
    found = (
        _in_workbook(opened, schema, assume_complete)
        if opened.kind == "workbook"
        else _in_text(opened, schema, assume_complete)
    )
    inputs = (InputFile(opened.file, sha256_of(opened.data)),)
    return replace(found, projects=tuple(replace(each, inputs=inputs) for each in found.projects))


def _in_text(opened: Opened, schema: Schema, assume_complete: tuple[str, ...]) -> ProjectsOfFile:
    read = read_files((opened,), schema, None)
    if read.refusals:
        raise FactsError(read.refusals)
    return ProjectsOfFile((fact_set(read.facts, schema, assume_complete),))


def _in_workbook(opened: Opened, schema: Schema, assume_complete: tuple[str, ...]) -> ProjectsOfFile:
    from riskcheck.facts.load import workbook_sheets
    from riskcheck.facts.workbookfacts import facts_from_sheets

    sheets, told = workbook_sheets(opened)
    if not holds_many(sheets, schema):
        one = facts_from_sheets(sheets, opened.file, schema, assume_complete=assume_complete)
        return ProjectsOfFile((replace(one, problems=(*told, *one.problems)),))
    facts = facts_from_sheets(sheets, opened.file, schema_of_many(schema), assume_complete=assume_complete)
    found = taken_apart(facts, schema)
    return ProjectsOfFile(found.projects, (*told, *found.problems))
