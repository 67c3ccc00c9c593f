"""A sheet with a header row: which columns are fields, which rows are rows of the table.

Columns whose header begins with `#` are passed by, and rows that begin with it are comments. Those below the header are
reported, since people write ids so, too; only the template's help row, just below the header and with a blank after
its `#`, is not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from riskcheck.facts import layout
from riskcheck.facts.datarows import data_rows
from riskcheck.facts.fieldcolumns import columns_to_read, field_columns
from riskcheck.facts.heads import Header, first_row, plain_header
from riskcheck.facts.names import Names, field_names
from riskcheck.facts.origins import SheetOrigin, with_derived
from riskcheck.facts.rawcell import RawCell
from riskcheck.facts.rawtable import RawTable
from riskcheck.facts.sheet import Position
from riskcheck.facts.sheetreading import SheetReading
from riskcheck.frozen import frozen
from riskcheck.model.place import Location

TYPE_CHECKING = False
if TYPE_CHECKING:
    from riskcheck.facts.headblock import HeadBlock


@frozen
class TableLayout:
    """What of a sheet was taken as what: the header, the column of each field, the fields read, the rows."""

    header: Header
    places: Mapping[str, int]
    read: tuple[str, ...]
    own: tuple[int, ...]
    rows: Sequence[int]
    anchors: Mapping[Position, Position]
    """Merged group cells: the cells that they cover, each with the cell that has its value."""
    open: bool
    """Further rows may stand on the sheet that could not be read for sure."""
    heads: tuple[HeadBlock, ...] = ()
    """What stands above the header and says something of tables without a sheet."""

    def raw_table(self, reading: SheetReading) -> RawTable:
        """The raw cells of the table."""
        grid, rows, anchors = reading.grid, self.rows, self.anchors
        places = [self.places[name] for name in self.read]
        cells: Sequence[Sequence[RawCell]]
        if anchors:
            from riskcheck.facts.mergedgroups import filled_down

            cells = [filled_down(grid, each, rows, anchors) for each in places]
        elif isinstance(rows, range):
            cells = grid.table(places, rows)
        else:
            cells = [grid.column(each, rows) for each in places]
        columns: dict[str, Sequence[RawCell]] = dict(zip(self.read, cells, strict=True))
        origin = SheetOrigin(reading.file, grid, rows, with_derived(reading.table, self.places), anchors=anchors)
        return RawTable(reading.table, columns, len(rows), origin, self.open)


def read_header_sheet(reading: SheetReading) -> TableLayout | None:
    """How the table is drawn on the sheet; None if it has no columns (then `reading` says why)."""
    names = field_names(reading.table)
    header = find_header(reading, names)
    return None if header is None else table_layout(reading, names, header)


def find_header(reading: SheetReading, names: Names) -> Header | None:
    """The header of the table; None if there is none (then `reading` says why)."""
    first = first_row(reading.grid)
    if first is None:
        where = Location(reading.file, reading.grid.sheet.name)
        reading.problems.append(layout.empty_sheet(reading.table, where))
        return None
    header = plain_header(reading.grid, names, first)
    if header is not None:
        return header
    from riskcheck.facts.headersearch import search_header
    from riskcheck.facts.noheader import refuse_header

    search = search_header(reading.grid, reading.table, names)
    if search.chosen is None:
        refuse_header(reading, names, search)
        return None
    return search.chosen.header


def table_layout(reading: SheetReading, names: Names, header: Header) -> TableLayout:
    """The layout of the table under `header`; what is left out is told."""
    grid = reading.grid
    heads: tuple[HeadBlock, ...] = ()
    above_is_open = False
    if header.top != grid.rows.start:
        from riskcheck.facts.surroundings import read_above

        heads, above_is_open = read_above(reading, names, header)
    columns = field_columns(reading, names, header)
    rows, is_open = data_rows(reading, names, header, columns.own)
    places, read = columns_to_read(reading, columns, rows)
    anchors: Mapping[Position, Position] = {}
    if any(area[2] > header.bottom for area in grid.sheet.merged):
        from riskcheck.facts.mergedgroups import group_cells

        anchors = group_cells(reading, {places[name]: name for name in read}, columns.own, rows)
    if len(header.heads) != len(grid.columns):
        from riskcheck.facts.surroundings import report_unheaded

        report_unheaded(reading, header)
    return TableLayout(header, places, read, columns.own, rows, anchors, is_open or above_is_open, heads)
