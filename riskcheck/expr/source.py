"""The text of a condition, and where in a file each of its characters stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from riskcheck.errors import Diagnostic
from riskcheck.expr.syntax import Span
from riskcheck.frozen import frozen
from riskcheck.model.place import Location

EXCERPT_WIDTH = 160
"""Longest excerpt of a line that a message shows, in code points."""


@frozen
class SourceText:
    """A condition as its author wrote it.

    `text` is what the parser reads. `location` is where it begins in its file (a YAML scalar's own place will do: the
    quote or block mark before the text is stepped over), None for an expression that is in no file. `lines` are all
    lines of that file; with them a place is exact even where YAML joined lines, and messages show the file's own line.
    Without them the text must stand in the file as it is, indented by the column of `location`.
    """

    text: str
    location: Location | None = None
    lines: Sequence[str] = ()

    def diagnostic(self, code: str, message: str, span: Span, *hints: str) -> Diagnostic:
        """The problem `message` about `span`, with its place, the line it stands in, and a caret under it."""
        place: Location | None
        in_file = self._in_file(span)
        if in_file is not None:
            place, line, start, width = in_file
        else:
            row, line, start, width = self._in_text(span)
            place = self._shifted(row, start)
        excerpt, start = _clip(line, start)
        width = max(1, min(width, len(excerpt) - start))
        return Diagnostic(code, message, place, tuple(hint for hint in hints if hint), excerpt, (start, width))

    def joined(self, spans: Iterable[Span]) -> list[Span]:
        """Those of the spans that stand on one line of the text, but on several of the file, as YAML joins lines."""
        places = self._align()
        if places is None:
            return []
        return [span for span in spans if places[span.start][0] != places[span.end - 1][0]]

    def _in_text(self, span: Span) -> tuple[int, str, int, int]:
        """Row (from 0), line, start and width of `span` in the text itself."""
        start = min(span.start, len(self.text))
        row = self.text.count("\n", 0, start)
        first = self.text.rfind("\n", 0, start) + 1
        end = self.text.find("\n", start)
        line = self.text[first : end if end >= 0 else len(self.text)]
        return row, line, start - first, min(span.end - start, len(line) - (start - first))

    def _shifted(self, row: int, start: int) -> Location | None:
        """The place of row and start in the file if the text stands there as it is; else that of the whole text."""
        place = self.location
        if place is None or place.line is None or place.column is None or self.lines:
            return place
        return Location(place.file, line=place.line + row, column=place.column + start)

    def _in_file(self, span: Span) -> tuple[Location, str, int, int] | None:
        """Place, line, start and width of `span` in the file; None if the text is not found there."""
        places = self._align()
        if places is None or self.location is None:
            return None
        row, column = places[min(span.start, len(places) - 1)]
        last_row, last_column = places[min(max(span.end - 1, span.start), len(places) - 1)]
        line = self.lines[row]
        width = last_column - column + 1 if last_row == row else len(line.rstrip()) - column
        return Location(self.location.file, line=row + 1, column=column + 1), line, column, width

    def _align(self) -> list[tuple[int, int]] | None:
        """Row and column (from 0) in `lines` of every character of the text and of its end.

        YAML changes only blanks, quotes and backslashes between file and text, so the other characters follow each
        other in the same order. None if they do not.
        """
        if self.location is None or self.location.line is None or self.location.line > len(self.lines):
            return None
        row, column = self.location.line - 1, (self.location.column or 1) - 1
        if self.lines[row][column : column + 1] in ("|", ">"):
            row, column = row + 1, 0
        visible = _visible(self.lines, row, column)
        places: list[tuple[int, int]] = []
        after = (row, column)
        for character in self.text:
            if not character.isspace():
                found = _find(character, visible)
                if found is None:
                    return None
                places.append(found)
                after = (found[0], found[1] + 1)
            else:
                places.append(after)
        return [*places, after]


def _visible(lines: Sequence[str], row: int, column: int) -> Iterator[tuple[str, int, int]]:
    """The characters that are no blanks, from a place on, with row and column."""
    for number in range(row, len(lines)):
        for position in range(column if number == row else 0, len(lines[number])):
            if not lines[number][position].isspace():
                yield lines[number][position], number, position


def _find(character: str, visible: Iterator[tuple[str, int, int]]) -> tuple[int, int] | None:
    """Where `character` comes next, before it at most one quote or backslash of YAML."""
    for found, row, column in islice(visible, 2):
        if found == character:
            return row, column
        if found not in "\\'\"":
            return None
    return None


def _clip(line: str, start: int) -> tuple[str, int]:
    """At most EXCERPT_WIDTH of the line around `start`, marked with `…` where cut, control characters shown as `�`."""
    line = "".join(c if c.isprintable() or c in "\t\xa0\u3000" else "\ufffd" for c in line.rstrip())
    if len(line) <= EXCERPT_WIDTH:
        return line, start
    first = max(0, start - EXCERPT_WIDTH // 3)
    shown = line[first : first + EXCERPT_WIDTH]
    ended = first + EXCERPT_WIDTH >= len(line)
    return ("…" if first else "") + shown + ("" if ended else "…"), start - first + (1 if first else 0)
