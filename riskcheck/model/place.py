"""Where something stands: a cell of a workbook, or a line and column of a text file."""

from __future__ import annotations

from riskcheck.frozen import frozen


@frozen
class Location:
    """A place in an input or pack file.

    `file` is the path as the user gave it. A workbook place has `sheet` and, where one cell is meant,
    `cell` (`"D14"`); a text place has `line` and `column`, both counted from 1. The one sheet of a CSV file is not
    told. `among` is the file's name where it is one of several, and must be told with each place. In a Parquet or
    DuckDB file a cell is its column and the number of its row: `"owner:6"`.
    """

    file: str
    sheet: str | None = None
    cell: str | None = None
    line: int | None = None
    column: int | None = None
    among: str | None = None

    def __str__(self) -> str:
        """`register.xlsx!Risks!D14`, `tasks.csv!D14`, `facts.yaml:14:16`, or as much of it as is known."""
        return self._told(self.file)

    @property
    def within_file(self) -> str:
        """The same without the name of a workbook: `Risks!D14`. Text files, and one of several, keep their names."""
        if self.sheet is None:
            return self._told(self.among or self.file)
        return self._told(self.among or (file_name(self.file) if self.is_csv else ""))

    @property
    def is_csv(self) -> bool:
        """Whether the file is a CSV file."""
        return self.file[-4:].lower() == ".csv"

    def _told(self, file: str) -> str:
        if self.sheet is not None:
            return "!".join(part for part in (file, "" if self.is_csv else self.sheet, self.cell) if part)
        if self.cell is not None:
            return f"{file}!{self.cell}"
        return ":".join(str(part) for part in (file, self.line, self.column) if part is not None)


def file_name(file: str) -> str:
    """The name of a file without its folders."""
    return file.replace("\\", "/").rpartition("/")[2]


def cell_name(row: int, column: int) -> str:
    """The A1 name of the cell in sheet row `row` and column `column`, both counted from 0."""
    return f"{column_letters(column)}{row + 1}"


def column_letters(column: int) -> str:
    """The letters of the sheet column `column`, counted from 0."""
    if column < 26:
        return chr(ord("A") + column)
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number_of(letters: str) -> int | None:
    """The sheet column, counted from 0, that has these letters; None if no column has."""
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
        return None
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def area_name(area: tuple[int, int, int, int]) -> str:
    """The A1 name of an area by its first row, first column, last row and last column, counted from 0: `A1:H4`."""
    first, last = cell_name(*area[:2]), cell_name(*area[2:])
    return first if first == last else f"{first}:{last}"
