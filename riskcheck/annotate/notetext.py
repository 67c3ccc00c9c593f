"""What the comment on a marked cell says: check, what is wrong, what to do, where the findings sheet has it."""

from __future__ import annotations

from collections.abc import Sequence

from riskcheck.annotate.items import Item, Kind, Place
from riskcheck.frozen import frozen
from riskcheck.model.text import Language, Text

_MOST_ITEMS = 8
_LONGEST = 1200
"""The most characters that one item says in a comment."""


@frozen
class Entry:
    """One thing that is said of a cell: an item, its place, the row of the findings sheet (from 1) that lists it.

    `cell` names the cell that is meant where it is merged into the marked one.
    """

    item: Item
    place: Place
    row: int
    cell: str = ""


def worst(entries: Sequence[Entry]) -> Entry:
    """The entry that gives the cell its colour and its link."""
    order = list(Kind)
    return min(entries, key=lambda entry: order.index(entry.item.kind))


def note_text(entries: Sequence[Entry], findings: str, language: Language) -> str:
    """The text; `findings` is the name of the findings sheet. Worst things come first."""
    order = list(Kind)
    by_item: dict[int, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: order.index(entry.item.kind)):
        by_item.setdefault(id(entry.item), []).append(entry)
    groups = list(by_item.values())
    said = [_of_item(group, findings, language) for group in groups[:_MOST_ITEMS]]
    more = len(groups) - _MOST_ITEMS
    if more > 0:
        text = Text(f"… and {more} more in the sheet {findings}", f"……另有 {more} 项，见工作表 {findings}")
        said.append(text.of(language))
    return "\n\n".join(said)


def _of_item(entries: list[Entry], findings: str, language: Language) -> str:
    item = entries[0].item
    says = dict.fromkeys(_with_cell(entry, entry.place.says) for entry in entries if entry.place.says)
    todo = "; ".join(dict.fromkeys(entry.place.todo for entry in entries if entry.place.todo)) or item.todo
    who = ", ".join(each for each in (item.owner, item.due) if each)
    undecided = any(entry.place.todo for entry in entries)
    lines = [f"[{item.word}] {item.check}  {item.title}", *(() if undecided else says), *item.why]
    if todo:
        lines.append(f"→ {todo}" + (f" ({who})" if who else ""))
    where = Text(f"{findings}, row {entries[0].row}", f"{findings} 第 {entries[0].row} 行")
    text = "\n".join(lines)
    kept = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return f"{kept}\n{where.of(language)}"


def _with_cell(entry: Entry, text: str) -> str:
    return f"{entry.cell}: {text}" if entry.cell else text
