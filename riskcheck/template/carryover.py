"""A template with the facts of older files in it, and all that is to be told about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from riskcheck.facts.load import WORKBOOKS, load_facts
from riskcheck.facts.rawcell import is_blank
from riskcheck.facts.workbook import read_workbook
from riskcheck.facts.workbookfacts import facts_from_sheets
from riskcheck.model.factset import FactSet
from riskcheck.model.mapping import Mapping
from riskcheck.model.text import Language, Text
from riskcheck.packs.rulepack import RulePack
from riskcheck.template.carried import Carried, carry
from riskcheck.template.leftbehind import differences, left_behind, what_begins_with_hash
from riskcheck.template.selection import Selection
from riskcheck.template.workbook import render_template


def carry_over(
    older: Sequence[str], pack: RulePack, selection: Selection, language: Language, mapping: Mapping | None = None
) -> tuple[bytes, tuple[Text, ...]]:
    """The workbook, and what is to be told: what of `older` could not be read, or is not in the template as it was.

    `older` are the files of one project, and `mapping` says how they are read. The workbook is read again, and compared
    with them. Raises FactsError if they cannot be read as facts.
    """
    facts = load_facts(older, pack.schema, mapping=mapping)
    carried = carry(facts, selection, language)
    content = render_template(pack, selection, language, carried)
    again = facts_from_sheets(read_workbook(content, "template.xlsx"), "template.xlsx", pack.schema)
    told = (
        *_problems(facts),
        *left_behind(facts, carried, selection),
        *differences(facts, again, selection),
        *(what_begins_with_hash(each.file) for each in facts.inputs if each.file.lower().endswith(WORKBOOKS)),
        _summary(", ".join(older), facts, carried),
    )
    return content, told


def _problems(facts: FactSet) -> Iterator[Text]:
    """What was wrong with the older file, cell by cell."""
    for problem in facts.problems:
        place = f"{problem.location}: " if problem.location else ""
        yield Text(place + problem.text.en, place + problem.text.zh)


def _summary(older: str, facts: FactSet, carried: Carried) -> Text:
    """How much of the older file is in the template."""
    found = [(facts.by_name[name], table) for name, table in carried.tables.items() if facts.by_name[name].row_count]
    rows = sum(old.row_count for old, _ in found)
    filled = sum(
        not is_blank(old.origin.raw(row, name) or "")
        for old, table in found
        for name in table.columns
        for row in range(old.row_count)
    )
    return Text(
        f"carried over from {older}: {len(found)} tables, {rows} rows, {filled} cells",
        f"已从 {older} 带入：{len(found)} 张表，{rows} 行，{filled} 个单元格",
    )
