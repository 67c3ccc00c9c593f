"""Lists beside a table, beyond a blank column: look-up lists, legends, other tables.

What a blank column separates may be one table all the same. So a part is left out only if it names none of the fields,
or if a part with more of them names half of its fields, too, or has nothing in a row that it fills.
"""

from __future__ import annotations

from riskcheck.facts.heads import Head, Header
from riskcheck.facts.leftout import beside_table, other_list_beside
from riskcheck.facts.names import Names
from riskcheck.facts.sheetreading import SheetReading
from riskcheck.model.text import Text


def without_lists_beside(reading: SheetReading, names: Names, header: Header) -> tuple[Head, ...]:
    """The heads of the table itself; the other parts are told."""
    parts = _parts(reading, header)
    if len(parts) == 1:
        return header.heads
    foreign = _foreign_parts(reading, header, parts)
    kept: list[Head] = []
    beside: list[Head] = []
    for number, part in enumerate(parts):
        named = any(head.match for head in part)
        is_foreign = number in foreign or not (named or any(names.nearest(head.text) for head in part))
        is_foreign = is_foreign and not any(head.column in header.claimed for head in part)
        if not is_foreign or named:
            _leave_out(reading, header, beside)
            beside = []
        if not is_foreign:
            kept.extend(part)
        elif named:
            _leave_out(reading, header, part)
        else:
            beside.extend(part)
    _leave_out(reading, header, beside)
    return tuple(kept)


def _foreign_parts(reading: SheetReading, header: Header, parts: list[list[Head]]) -> set[int]:
    """The parts that name fields and are other lists all the same. Parts with more names are looked at first."""
    fields = [{head.match.name for head in part if head.match} for part in parts]
    claimed = [sum(head.column in header.claimed for head in part) for part in parts]
    first, *others = sorted(range(len(parts)), key=lambda number: (-claimed[number], -len(fields[number])))
    known, main = set(fields[first]), parts[first]
    foreign = set()
    for number in others:
        named = fields[number]
        again = 2 * len(named & known) >= len(named)
        if (
            named
            and len(named) < len(fields[first])
            and (again or _fills_other_rows(reading, header, parts[number], main))
        ):
            foreign.add(number)
        else:
            known |= named
    return foreign


def _parts(reading: SheetReading, header: Header) -> list[list[Head]]:
    """The heads, parted at wholly blank columns. A column below a merged head is not blank."""
    grid = reading.grid
    covered = {
        column
        for row in range(header.top, header.bottom + 1)
        for _, left, _, right in grid.areas.get(row, {}).values()
        for column in range(left + 1, right + 1)
    }
    parts = [[header.heads[0]]]
    for left, right in zip(header.heads, header.heads[1:], strict=False):
        between = (column for column in range(left.column + 1, right.column) if column not in covered)
        if any(_is_blank_below(reading, column, header.top) for column in between):
            parts.append([])
        parts[-1].append(right)
    return parts


def _is_blank_below(reading: SheetReading, column: int, top: int) -> bool:
    return not any(row >= top for row in reading.grid.rows_of_column(column))


def _fills_other_rows(reading: SheetReading, header: Header, part: list[Head], main: list[Head]) -> bool:
    """Whether `part` holds something in a row below the header in which `main` holds nothing."""
    own, others = ({head.column for head in each} for each in (part, main))
    filled = (
        {column for column, _ in reading.grid.filled(row)} for row in range(header.bottom + 1, reading.grid.rows.stop)
    )
    return any(columns & own and not columns & others for columns in filled)


def _leave_out(reading: SheetReading, header: Header, heads: list[Head]) -> None:
    """Tell that what stands from the first to the last of `heads` is not read."""
    if not heads:
        return
    columns = range(heads[0].column, heads[-1].column + 1)
    area = reading.grid.bounds(range(header.top, reading.grid.rows.stop), columns)
    titles = [reading.table.by_name[head.match.name].title for head in heads if head.match]
    if titles:
        shown = Text(", ".join(each.en for each in titles), "、".join(each.zh for each in titles))
        reading.leave_out(other_list_beside(reading.table, area, shown))
    else:
        reading.leave_out(beside_table(reading.table, area))
