"""One sheet being read for one table, and what is told on the way."""

from __future__ import annotations

from riskcheck.errors import Diagnostic
from riskcheck.facts import layout
from riskcheck.facts.grid import Grid
from riskcheck.facts.leftout import LeftOut
from riskcheck.facts.names import Match
from riskcheck.facts.rawcell import raw_text
from riskcheck.facts.sheet import Position
from riskcheck.facts.spelling import shorten
from riskcheck.frozen import frozen
from riskcheck.model.factset import InputProblem
from riskcheck.model.place import Location, cell_name
from riskcheck.model.schema import Table
from riskcheck.model.text import Text


@frozen
class SheetReading:
    """One sheet being read for one table: what is told is added to `problems`, what is refused to `refusals`.

    `left_out` holds the ranges that are not read; each is among the problems, too. `unmapped` holds the names of
    columns, rows and values that the mapping leaves out, with their places; nothing else is told of them.
    """

    file: str
    grid: Grid
    table: Table
    problems: list[InputProblem]
    refusals: list[Diagnostic]
    left_out: list[LeftOut]
    unmapped: list[tuple[Position, str]]
    absent: tuple[Table, ...] = ()
    """One-row tables without a sheet of their own: a head block may say something of them."""

    def at(self, row: int, column: int) -> Location:
        """The place of a cell."""
        return Location(self.file, self.grid.sheet.name, cell_name(row, column))

    def leave_out(self, left: LeftOut) -> None:
        """Tell that a range is not read."""
        self.left_out.append(left)
        self.problems.append(left.problem(self.file, self.grid.sheet.name))

    def shown(self, *places: Position) -> Text:
        """Some headers or keys as messages show them: `"Owner" (C1) and "PIC" (E1)`."""
        texts = [(shorten(raw_text(self.grid.cell(*place))), cell_name(*place)) for place in places]
        en, zh = [f'"{text}" ({cell})' for text, cell in texts], [f"“{text}”（{cell}）" for text, cell in texts]
        return Text(
            " and ".join(filter(None, (", ".join(en[:-1]), en[-1]))),
            "和".join(filter(None, ("、".join(zh[:-1]), zh[-1]))),
        )

    def can_be_read(self, written: str, match: Match, row: int, column: int) -> bool:
        """Whether the bracket of a header or key, if it has one, lets the values be read; else that is told."""
        if not match.note:
            return True
        problem = layout.bracket_problem(written, match.note, self.table.by_name[match.name], self.at(row, column))
        if problem is not None:
            self.problems.append(problem)
        return problem is None or problem.severity != "error"
