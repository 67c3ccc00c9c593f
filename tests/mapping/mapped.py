"""Sheets read by a mapping, in the small schema of the tests of facts and in one with a RACI matrix."""

from __future__ import annotations

from collections.abc import Sequence

from riskcheck.errors import FactsError, MappingError, RiskcheckError
from riskcheck.facts.assemble import fact_set
from riskcheck.facts.mappedfile import with_all_said
from riskcheck.facts.sheet import Sheet
from riskcheck.facts.workbookfacts import WorkbookRead, read_sheets
from riskcheck.frozen import replace
from riskcheck.mapping.load import mapping_of
from riskcheck.model.factset import FactSet, InputFile
from riskcheck.model.mapping import Mapping
from riskcheck.model.schema import EnumWord, Field, FieldType, Schema, Table
from riskcheck.model.text import Text
from tests.facts.smallschema import SCHEMA as SMALL

RACI = Table(
    "raci",
    Text("RACI", "职责分配矩阵"),
    (
        Field("work_package", FieldType.STRING, Text("Work package", "工作包"), ("Task", "任务")),
        Field("role", FieldType.STRING, Text("Role", "角色")),
        Field(
            "code",
            FieldType.ENUM,
            Text("RACI code", "RACI代码"),
            allowed=(
                EnumWord("R", Text("Responsible", "执行")),
                EnumWord("A", Text("Accountable", "负责")),
                EnumWord("C", Text("Consulted", "咨询")),
                EnumWord("I", Text("Informed", "知会")),
            ),
        ),
    ),
)
SCHEMA = Schema((*SMALL.tables, RACI))


def mapping(text: str, schema: Schema = SCHEMA) -> Mapping:
    """The mapping in `text`."""
    return mapping_of(text.encode(), "map.yaml", schema)


def refused(text: str, schema: Schema = SCHEMA) -> list[str]:
    """Why a mapping is refused, each problem as `line code`."""
    try:
        mapping(text, schema)
    except MappingError as error:
        return [f"{each.location.line if each.location else None} {each.code}" for each in error.diagnostics]
    return []


def typed(read: WorkbookRead, schema: Schema, assume_complete: tuple[str, ...], mapping: Mapping) -> FactSet:
    """The typed facts of what was read. Raises FactsError if any of it is refused."""
    if read.refusals:
        raise FactsError(read.refusals)
    facts = fact_set(read.facts, schema, assume_complete)
    return replace(facts, mapping=InputFile(mapping.file, mapping.sha256))


def read_mapped_sheets(sheets: Sequence[Sheet], file: str, schema: Schema, mapping: Mapping) -> WorkbookRead:
    """What stands on the sheets of a workbook. Whatever of the mapping fits nothing is among the refusals."""
    read = read_sheets(sheets, file, schema, mapping)
    facts, refusals = with_all_said(read.facts, [(file, sheets)], schema, mapping)
    return replace(read, facts=facts, refusals=(*refusals, *read.refusals))


def facts_of(text: str, *sheets: Sheet, assume_complete: tuple[str, ...] = ()) -> FactSet:
    """The facts on the sheets of `f.xlsx`, read by the mapping in `text`."""
    said = mapping("mapping: 1\n" + text)
    return typed(read_mapped_sheets(sheets, "f.xlsx", SCHEMA, said), SCHEMA, assume_complete, said)


def refusals(text: str, *sheets: Sheet) -> list[str]:
    """Why sheets cannot be read as the mapping says, each refusal as `line code`."""
    try:
        facts_of(text, *sheets)
    except RiskcheckError as error:
        return [f"{each.location.line if each.location else None} {each.code}" for each in error.diagnostics]
    return []


def column(facts: FactSet, field: str, table: str = "tasks") -> list[object]:
    """The cells of a field."""
    return list(facts.by_name[table].columns[field])


def place(facts: FactSet, row: int, field: str, table: str = "tasks") -> str:
    """Where a cell stands."""
    return str(facts.by_name[table].origin.cell_location(row, field))


def told(facts: FactSet) -> list[str]:
    """What is told, each as `cell code severity`."""
    return [f"{each.location.cell if each.location else None} {each.code} {each.severity}" for each in facts.problems]
