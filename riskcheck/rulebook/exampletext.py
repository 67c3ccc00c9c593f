"""The examples of a check as Markdown: small tables of facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from riskcheck.model.factset import Absent, Cell, show_in_words
from riskcheck.model.schema import Field
from riskcheck.model.text import Language, Text
from riskcheck.rulebook.examples import Example, ExampleRow, ExampleTable
from riskcheck.rulebook.markdown import escaped, table
from riskcheck.rulebook.words import CHINESE, MORE_ROWS, OUTCOMES, REVIEWED, WORDS

_MOST_ROWS: Final = 20
"""Most different rows of a table that are shown."""
_NONE: Final = Text("none", "无")


def example_lines(example: Example, language: Language) -> Iterator[str]:
    """One example: what it shows, and its facts. Names of cases are in one language: only that shows them."""
    heading = f"**{OUTCOMES[example.outcome].of(language)}**"
    if ("zh" if CHINESE.search(example.name) else "en") == language:
        heading += ("：" if language == "zh" else ": ") + escaped(example.name)
    if example.as_of is not None:
        heading += REVIEWED.of(language).format(day=example.as_of)
    yield heading
    for each in example.tables:
        yield ""
        yield from (_single if each.table.one_row else _many)(each, language)


def _single(shown: ExampleTable, language: Language) -> Iterator[str]:
    """A one-row table: a line for each fact."""
    cells = shown.rows[0].cells if shown.rows else ()
    facts = [
        (_title(field, language), _cell(field, cell, language))
        for field, cell in zip(shown.fields, cells, strict=False)
    ]
    yield from table((escaped(shown.table.title.of(language)), WORDS["value"].of(language)), facts)


def _many(shown: ExampleTable, language: Language) -> Iterator[str]:
    yield escaped(shown.table.title.of(language)) + _status(shown, language)
    if not shown.rows:
        return
    counted = any(row.count > 1 for row in shown.rows)
    headers = [_title(field, language) for field in (*((shown.name,) if shown.name else ()), *shown.fields)]
    headers += [WORDS["count"].of(language)] if counted or not headers else []
    yield ""
    yield from table(headers, [_row(row, shown, counted, language) for row in shown.rows[:_MOST_ROWS]])
    more = sum(row.count for row in shown.rows[_MOST_ROWS:])
    if more:
        yield ""
        yield MORE_ROWS.of(language).format(n=more)


def _status(shown: ExampleTable, language: Language) -> str:
    words = [WORDS["complete"].of(language)] if shown.closed else []
    said = f"（{words[0]}）" if words and language == "zh" else f" ({words[0]})" if words else ""
    return said + ("" if shown.rows else f" {WORDS['no_rows'].of(language)}")


def _row(row: ExampleRow, shown: ExampleTable, counted: bool, language: Language) -> list[str]:
    cells = [_cell(field, cell, language) for field, cell in zip(shown.fields, row.cells, strict=True)]
    if shown.name is not None:
        names = row.names if len(row.names) < 3 else (row.names[0], "…", row.names[-1])
        cells.insert(0, escaped(" ".join(names)))
    return [*cells, str(row.count)] if counted or not cells else cells


def _cell(field: Field, cell: Cell, language: Language) -> str:
    """A cell in words; nothing if it is not known."""
    if isinstance(cell, Absent):
        return _NONE.of(language) if cell is Absent.EMPTY else ""
    text = show_in_words(field, cell)
    return escaped(text.of(language)) if text is not None else ""


def _title(field: Field, language: Language) -> str:
    return escaped(field.title.of(language))
