"""What counts as complete though the facts do not declare it, and which tables wait for somebody to declare them."""

from __future__ import annotations

from datetime import date

from riskcheck.model.assessment import Assessment, Assumption, TableTitle
from riskcheck.model.factset import MISSING, FactSet, FactTable
from riskcheck.model.finding import Finding, Outcome
from riskcheck.model.text import Text

CODE = "mapped-complete"


def assumptions(facts: FactSet) -> tuple[Assumption, ...]:
    """The tables that the command line assumes complete, then those that a mapping declares so."""
    return (*_assumed(facts), *_declared_in_mapping(facts))


def _assumed(facts: FactSet) -> tuple[Assumption, ...]:
    names = facts.assumed_complete
    if not names:
        return ()
    titles = [facts.by_name[name].table.title for name in names]
    text = Text(
        "Assumed on the command line, not declared in the facts: these tables are complete: "
        + ", ".join(title.en for title in titles),
        "以下表的完整性由命令行假定，而非资料自身声明：" + "、".join(title.zh for title in titles),
    )
    return (Assumption("assume-complete", text, names),)


def _declared_in_mapping(facts: FactSet) -> tuple[Assumption, ...]:
    """One assumption for each person and day, with the tables that they declare complete."""
    by_declaration: dict[tuple[str, date], list[str]] = {}
    for each in facts.declared:
        by_declaration.setdefault((each.by, each.on), []).append(each.table)
    file = facts.mapping.file if facts.mapping else ""
    return tuple(_assumption(facts, file, by, on, names) for (by, on), names in by_declaration.items())


def _assumption(facts: FactSet, file: str, by: str, on: date, names: list[str]) -> Assumption:
    tables = [facts.by_name[name] for name in names]
    en = ", ".join(each.table.title.en + ("" if each.present else " (none in the file)") for each in tables)
    zh = "、".join(each.table.title.zh + ("" if each.present else "（文件中没有该表）") for each in tables)
    text = Text(
        f"Declared complete by {by} on {on}, in the mapping {file} and not in the facts: {en}",
        f"以下表由 {by} 于 {on} 在映射 {file} 中声明已填全，而非资料自身声明：{zh}",
    )
    return Assumption(CODE, text, tuple(names))


def undeclared_tables(judged: Assessment, facts: FactSet) -> tuple[TableTitle, ...]:
    """The open tables of the file that are filled in, and that checks wait for; none if a must-meet waits for more."""
    if any(finding.must_meet and _stays_unknown(finding) for finding in judged.findings):
        return ()
    names = {name for finding in judged.findings for name in _tables_to_close(finding)}
    names.difference_update(facts.partly_read)
    return tuple(each for each in judged.tables if each.name in names and _is_filled_in(facts.by_name[each.name]))


def _tables_to_close(finding: Finding) -> list[str]:
    return [need.fact for need in finding.missing if need.need == "close"]


def _stays_unknown(finding: Finding) -> bool:
    """Whether a finding is undecided and no table that is declared complete would change that."""
    undecided = finding.outcome in (Outcome.UNKNOWN, Outcome.ERROR)
    return undecided and not _tables_to_close(finding)


def _is_filled_in(table: FactTable) -> bool:
    """Whether the table looks like one that somebody has filled in, so that asking to declare it complete is fair."""
    if not table.present or table.closed:
        return False
    if not table.table.one_row:
        return table.row_count >= table.table.min_rows
    known = sum(cells[0] is not MISSING for cells in table.columns.values() if cells)
    return 2 * known >= len(table.columns)
