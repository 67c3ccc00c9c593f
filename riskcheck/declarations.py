"""Tables that a mapping declares complete, as reports name them: with who says so, and when."""

from __future__ import annotations

from datetime import date

from riskcheck.model.assessment import Assumption
from riskcheck.model.factset import FactSet
from riskcheck.model.text import Text

CODE = "mapped-complete"


def declared_in_mapping(facts: FactSet) -> tuple[Assumption, ...]:
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
