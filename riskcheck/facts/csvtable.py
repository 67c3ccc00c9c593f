"""The table in a CSV file, which is called as the file is."""

from __future__ import annotations

import os

from riskcheck.errors import Diagnostic
from riskcheck.facts.csvfile import CsvRead
from riskcheck.facts.grid import is_comment
from riskcheck.facts.rawtable import RawFacts
from riskcheck.facts.workbookfacts import SheetRead, read_sheets
from riskcheck.frozen import replace
from riskcheck.model.factset import InputProblem
from riskcheck.model.mapping import Mapping
from riskcheck.model.place import Location
from riskcheck.model.schema import Schema
from riskcheck.model.text import Text

_CURE = Text("call it as its table: tasks.csv", "请以表名命名文件，例如“任务.csv”")


def csv_facts(
    read: CsvRead, file: str, schema: Schema, mapping: Mapping | None, *, in_folder: bool
) -> tuple[RawFacts, tuple[Diagnostic, ...], tuple[SheetRead, ...]]:
    """The facts, why they are refused, and the sheet.

    A file that is called like no table is refused; in a folder, others may be the tables, so that this is told only.
    """
    found = read_sheets((read.sheet,), file, schema, mapping)
    facts = replace(found.facts, problems=(*read.problems, *found.facts.problems))
    unknown = [each for each in found.refusals if each.code == "no-known-sheet"]
    if not unknown:
        return facts, found.refusals, found.sheets
    if not in_folder:
        return facts, tuple(_of_file(each, file) for each in unknown), found.sheets
    if not is_comment(read.sheet.name):
        facts = replace(facts, problems=(*facts.problems, _not_read(file, read.sheet.name)))
    return facts, (), found.sheets


def _of_file(diagnostic: Diagnostic, file: str) -> Diagnostic:
    message = Text("the file is called like no table of facts", "文件名不是任何资料表的名称")
    return Diagnostic(diagnostic.code, message, Location(file), (_CURE, *diagnostic.hints[1:]))


def _not_read(file: str, name: str) -> InputProblem:
    text = Text(
        "the file is called like no table of the facts and is not read; call it as its table, or leave it out by a "
        "name that begins with #",
        "文件名不是资料表的名称，未读取；请以表名命名，或在名称前加 # 以忽略",
    )
    return InputProblem("unknown-sheet", "warning", text, Location(file, name))


def no_table_in_folder(file: str, schema: Schema) -> Diagnostic:
    """The refusal of a folder none of whose CSV files is called like a table; `file` is one of them."""
    message = Text("no CSV file of this folder is called like a table of facts", "该文件夹中没有以表名命名的 CSV 文件")
    known = Text(
        "tables: " + ", ".join(table.name for table in schema.tables),
        "资料表：" + "、".join(table.title.zh for table in schema.tables),
    )
    return Diagnostic("no-known-sheet", message, Location(os.path.dirname(file)), (_CURE, known))
