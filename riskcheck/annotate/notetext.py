"""What the comment on a marked cell says: check, what is wrong, what to do, where the findings sheet has it."""

from __future__ import annotations

from collections.abc import Sequence

from riskcheck.annotate.items import Item, Kind, Place
from riskcheck.frozen import frozen
from riskcheck.model.text import Language, Text

_MOST_ITEMS = 8
_LONGEST = 1200
"""The most characters that one item says in a comment."""


_RANKS = {kind: rank for rank, kind in enumerate(Kind)}


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
    return entries[0] if len(entries) == 1 else min(entries, key=_rank)


def _rank(entry: Entry) -> int:
    return _RANKS[entry.item.kind]


class NoteTexts:
    """Writes the comments of a workbook; `findings` is the name of its findings sheet."""

    def __init__(self, findings: str, language: Language) -> None:
        self.findings, self.language = findings, language
        self._before_row = Text(f"{findings}, row ", f"{findings} 第 ").of(language)
        self._after_row = Text("", " 行").of(language)
        self._of_items: dict[int, tuple[str, str, str]] = {}

    def text(self, entries: Sequence[Entry]) -> str:
        """The text for one cell. Worst things come first."""
        if len(entries) == 1:
            return self._of_item(entries)
        by_item: dict[int, list[Entry]] = {}
        for entry in sorted(entries, key=_rank):
            by_item.setdefault(id(entry.item), []).append(entry)
        groups = list(by_item.values())
        said = [self._of_item(group) for group in groups[:_MOST_ITEMS]]
        more = len(groups) - _MOST_ITEMS
        if more > 0:
            sheet = self.findings
            text = Text(f"… and {more} more in the sheet {sheet}", f"……另有 {more} 项，见工作表 {sheet}")
            said.append(text.of(self.language))
        return "\n\n".join(said)

    def _of_item(self, entries: Sequence[Entry]) -> str:
        item = entries[0].item
        # Items live as long as their entries do, so that no two have the same id.
        title, why, who = self._of_items.get(id(item)) or self._of_items.setdefault(id(item), _shared(item))
        todo = "; ".join(dict.fromkeys(entry.place.todo for entry in entries if entry.place.todo))
        lines = [title]
        if not todo:  # it is decided
            lines += dict.fromkeys(_with_cell(entry, entry.place.says) for entry in entries if entry.place.says)
        if why:
            lines.append(why)
        if todo or item.todo:
            lines.append(f"→ {todo or item.todo}{who}")
        text = "\n".join(lines)
        kept = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
        return f"{kept}\n{self._before_row}{entries[0].row}{self._after_row}"


def _shared(item: Item) -> tuple[str, str, str]:
    """What all comments on an item say: what it is, why, and who must do something by when."""
    who = ", ".join(each for each in (item.owner, item.due) if each)
    return f"[{item.word}] {item.check}  {item.title}", "\n".join(item.why), f" ({who})" if who else ""


def _with_cell(entry: Entry, text: str) -> str:
    return f"{entry.cell}: {text}" if entry.cell else text
