"""What each row of the table `evidence` is about: a table, a field of one, or a row of one.

A fact is named as people write it: `tasks`, `tasks.owner`, `tasks T1` (the row whose first field says T1), also with
the titles of table and field. A row that names nothing known is told with the nearest name, and counts for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from riskcheck.errors import guess, nearest
from riskcheck.facts.names import LONGEST_NAME, Names, field_names, table_names
from riskcheck.facts.rawcell import is_blank
from riskcheck.facts.spelling import shorten
from riskcheck.frozen import frozen
from riskcheck.model.factset import EMPTY, MISSING, FactSet, FactTable, InputProblem, show_in_words
from riskcheck.model.schema import EVIDENCE
from riskcheck.model.text import Text

FACT = "fact"
MOST_LISTED = 50
"""So many rows that name nothing known are told one by one; the others are counted."""
_MOST_COMPARED = 1000
"""With more rows, the nearest key is not looked for."""
_BEFORE_KEY = re.compile(r"[\s:：#/\[(（【]+")
_AFTER_KEY = "])）】 "


@frozen
class EvidenceRow:
    """What row `row` (from 0) of the table `evidence` is about: a table, or a field of it, or some rows of it."""

    row: int
    table: str
    field: str | None = None
    rows: tuple[int, ...] | None = None

    @property
    def is_whole_table(self) -> bool:
        """Whether it is about all of the table."""
        return self.field is None and self.rows is None


@frozen
class EvidenceRead:
    """The rows of the table `evidence` that name a fact, and what is wrong with the others."""

    rows: tuple[EvidenceRow, ...]
    problems: tuple[InputProblem, ...]


def read_evidence(facts: FactSet, day: date) -> EvidenceRead:
    """What the rows of the table `evidence` are about; nothing if there is no such table.

    Evidence of a day after the review `day`, and a document that says nowhere where it is, count for nothing.
    """
    if not facts.schema.has_evidence:
        return EvidenceRead((), ())
    return _Reader(facts, day).read()


class _Reader:
    def __init__(self, facts: FactSet, day: date) -> None:
        self.facts, self.day = facts, day
        self.names = table_names(facts.schema.tables)
        self.keys, self.fields = cache(self.keys_of), cache(self.fields_of)

    def read(self) -> EvidenceRead:
        evidence = self.facts.by_name[EVIDENCE]
        rows: list[EvidenceRow] = []
        unknown: list[int] = []
        worthless: list[InputProblem] = []
        for row, name in enumerate(evidence.columns[FACT]):
            problem = self.why_worthless(evidence, row)
            if problem is not None:
                worthless.append(problem)
                continue
            found = self.named(row, name) if isinstance(name, str) else None
            if found is not None:
                rows.append(found)
            elif isinstance(name, str) or is_blank(evidence.origin.raw(row, FACT) or ""):
                unknown.append(row)
        return EvidenceRead(tuple(rows), (*worthless[:MOST_LISTED], *self.problems(evidence, unknown)))

    def why_worthless(self, evidence: FactTable, row: int) -> InputProblem | None:
        """Why a row counts for nothing, whatever it is about; None if it may count."""
        columns = evidence.columns
        of_day = columns["as_of"][row] if "as_of" in columns else None
        if isinstance(of_day, date) and of_day > self.day:
            return InputProblem(
                "future-evidence", "warning", _future(of_day), evidence.origin.cell_location(row, "as_of")
            )
        if self.has_no_ref(evidence, row) and evidence.cell(row, "kind") != "statement":
            return InputProblem("evidence-without-ref", "warning", _NO_REF, evidence.origin.cell_location(row, "ref"))
        return None

    def has_no_ref(self, evidence: FactTable, row: int) -> bool:
        """Whether nothing stands where the evidence is to be found; a file without that column says nothing of it."""
        cell = evidence.columns["ref"][row] if "ref" in evidence.columns else None
        return cell is EMPTY or (cell is MISSING and evidence.origin.raw(row, "ref") is not None)

    def problems(self, evidence: FactTable, unknown: list[int]) -> Iterator[InputProblem]:
        """What is wrong with the rows that name nothing known: one by one, but for very many."""
        for row in unknown[:MOST_LISTED]:
            name = evidence.cell(row, FACT)
            text = self.why_unknown(name) if isinstance(name, str) else _NAMELESS
            yield InputProblem("unknown-fact", "warning", text, evidence.origin.cell_location(row, FACT))
        if len(unknown) > MOST_LISTED:
            place = evidence.origin.cell_location(unknown[MOST_LISTED], FACT)
            yield InputProblem("unknown-fact", "warning", _further(len(unknown) - MOST_LISTED), place)

    def named(self, row: int, name: str) -> EvidenceRow | None:
        """What a text names; None if nothing known."""
        table = self.table(name)
        if table is not None:
            return EvidenceRow(row, table)
        field_of, field = self.split_at_dot(name)
        if field_of is not None:
            match = self.fields(field_of).match(field)
            return EvidenceRow(row, field_of, field=match.name) if match else None
        row_of, key = self.split_at_key(name)
        if row_of is None:
            return None
        rows = () if row_of in self.facts.outdated else self.keys(row_of).get(key)
        return None if rows is None else EvidenceRow(row, row_of, rows=rows)

    def why_unknown(self, name: str) -> Text:
        """Why a text names nothing known, and what it is near to."""
        field_of, field = self.split_at_dot(name)
        if field_of is not None:
            return _unknown_field(field, self.title(field_of), self.fields(field_of).nearest(field))
        row_of, key = self.split_at_key(name)
        if row_of is not None:
            known = self.keys(row_of)
            few = len(known) <= _MOST_COMPARED and len(key) <= LONGEST_NAME
            return _unknown_row(key, self.title(row_of), nearest(key, known) if few else None)
        return _unknown_table(name, self.names.nearest(name.partition(".")[0]))

    def table(self, name: str) -> str | None:
        match = self.names.match(name)
        return match.name if match and not match.note else None

    def split_at_dot(self, name: str) -> tuple[str | None, str]:
        """The table and the field in `tasks.owner`, if that is how the text is made."""
        before, _, after = name.partition(".")
        return (self.table(before) if after else None), after

    def split_at_key(self, name: str) -> tuple[str | None, str]:
        """The table and the key in `tasks T1`, if that is how the text is made; the longest name of a table counts."""
        for match in reversed(list(_BEFORE_KEY.finditer(name[: 2 * LONGEST_NAME]))):
            table, key = self.table(name[: match.start()]), name[match.end() :].rstrip(_AFTER_KEY)
            if table is not None and key:
                return table, key
        return None, ""

    def title(self, table: str) -> Text:
        return self.facts.schema.by_name[table].title

    def fields_of(self, table: str) -> Names:
        return field_names(self.facts.schema.by_name[table])

    def keys_of(self, table: str) -> dict[str, tuple[int, ...]]:
        """The rows of a table by what they call themselves: their first field."""
        found: dict[str, list[int]] = {}
        for spelling, row in _keys(self.facts.by_name[table]):
            found.setdefault(spelling, []).append(row)
        return {spelling: tuple(dict.fromkeys(rows)) for spelling, rows in found.items()}


def _keys(table: FactTable) -> Iterator[tuple[str, int]]:
    first = table.table.fields[0]
    for row, cell in enumerate(table.columns[first.name]):
        words = show_in_words(first, cell)
        if words is not None:
            for spelling in dict.fromkeys((str(cell), words.en, words.zh)):
                yield spelling, row


_NO_REF = Text(
    "this piece of evidence says nowhere where it is to be found, and counts for nothing",
    "该证据没有写明出处，不予采信",
)


def _future(day: date) -> Text:
    return Text(
        f"this piece of evidence is of {day}, after the review, and counts for nothing",
        f"该证据日期为 {day}，晚于评审日期，不予采信",
    )


_NAMELESS = Text(
    "this piece of evidence does not say what it is for; write a table, table.field, or a table and the key of a row",
    "该证据没有写明对应的资料；请填写表名、表名.栏目，或表名加行的编号",
)


def _further(count: int) -> Text:
    return Text(
        f"{count} further pieces of evidence name no known fact and count for nothing; the first of them stands here",
        f"另有 {count} 条证据所述的资料无法识别，不予采信；此处为其中第一条",
    )


def _unknown_table(name: str, match: str | None) -> Text:
    meant = guess(match)
    return Text(
        f'evidence for "{shorten(name)}": no table of the facts is called so, and the evidence counts for nothing'
        f"{meant.en}",
        f"“{shorten(name)}”的证据：没有这样的资料表，该证据不予采信{meant.zh}",
    )


def _unknown_field(name: str, table: Text, match: str | None) -> Text:
    meant = guess(match)
    return Text(
        f'evidence for "{shorten(name)}" of {table.en}: the table has no such field, and the evidence counts for '
        f"nothing{meant.en}",
        f"“{table.zh}”中“{shorten(name)}”的证据：该表没有这个栏目，该证据不予采信{meant.zh}",
    )


def _unknown_row(key: str, table: Text, match: str | None) -> Text:
    meant = guess(match)
    return Text(
        f'evidence for "{shorten(key)}" of {table.en}: no row calls itself so, and the evidence counts for nothing'
        f"{meant.en}",
        f"“{table.zh}”中“{shorten(key)}”的证据：没有这一行，该证据不予采信{meant.zh}",
    )
