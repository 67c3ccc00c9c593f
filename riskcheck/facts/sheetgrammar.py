"""The XML of rows and shared strings as spreadsheet programs write it, as regular expressions over bytes.

`ROWS` and `STRINGS` accept only what no two readers can understand differently: numbers and booleans in one spelling,
every cell with its place, no comment, CDATA or foreign element. The other expressions find cells in rows that `ROWS`
has accepted; there a `<` always begins a tag. Repetitions are possessive, so no input takes more than linear time.
They are compiled where they are used, since most workbooks need few of them. `USUAL_ROWS` and `USUAL_STRINGS` accept a
part of what `ROWS` and `STRINGS` accept, namely what most sheets hold, and are compiled in a fifth of the time.
"""

from __future__ import annotations

_FORMULA = r"(?:<f(?: [^<>]*+)?+>(?:[^<]*+</f>)?+)?+"
_NUMBER = r"-?[0-9]++(?:\.[0-9]*+)?+(?:[eE][-+]?+[0-9]++)?+"
_META = r'(?: [cv]m="[0-9]++")*+'
_TEXT = r'(?:<t(?: xml:space="preserve")?+>[^<]*+</t>|<t ?/>)'
_RUN = rf"<r>(?:<rPr>(?:<[A-Za-z]++(?:[ /][^<>]*+)?+(?<=/)>)*+</rPr>|<rPr ?/>)?+{_TEXT}</r>"
_PHONETIC = rf"<rPh [^<>]*+(?<!/)>{_TEXT}</rPh>|<phoneticPr [^<>]*+(?<=/)>"
_RICH = rf"(?:{_TEXT}|{_RUN}|{_PHONETIC})*+"

# A cell by its type, alternatives told apart by their first characters, the usual ones first.
_NUMERIC = rf">(?:<v>{_NUMBER}</v></c>|{_FORMULA}(?:<v>(?:{_NUMBER})?+</v>|<v ?/>)?+</c>)"
_TYPED = "|".join(
    (
        rf's"{_META}>{_FORMULA}<v>[0-9]++</v></c>',
        rf'n"{_META}(?:{_NUMERIC}| ?/>)',
        rf'str"{_META}>{_FORMULA}(?:<v>[^<]*+</v>|<v ?/>)?+</c>',
        rf'inlineStr"{_META}>{_FORMULA}<is>{_RICH}</is></c>',
        rf'b"{_META}>{_FORMULA}<v>[01]</v></c>',
        rf'e"{_META}>{_FORMULA}(?:<v>[^<&]*+</v>)?+</c>',
        rf'd"{_META}>{_FORMULA}<v>[^<&]*+</v></c>',
    )
)
_UNTYPED = rf'(?:/>|[cv]m="[0-9]++"{_META}(?:{_NUMERIC}| ?/>))'
_CELL = rf'<c r="[A-Z]{{1,3}}+\1"(?: s="[0-9]++")?+(?:{_NUMERIC}|/>| t="(?:{_TYPED})| {_UNTYPED})'
_ROW = r'<row(?: [^<>]*?)?? r="([1-9][0-9]{0,6}+)"[^<>]*+'
_DECLARATION = (
    r"""(?:\xef\xbb\xbf)?+(?:<\?xml version=["']1\.0["'](?: encoding=["'](?i:utf-8)["'])?+"""
    r"(?:(?!encoding)[^<>?])*+\?>)?+\s*+"
)

SHEET_HEAD = rf"{_DECLARATION}<worksheet[\s>]".encode()
"""The begin of a worksheet."""
SHEET_DATA = rb"<sheetData(?:[\s/][^<>]*+)?+>\s*+"
"""The tag before the rows; it ends with `/>` if there are none."""
ROWS = rf"(?:{_ROW}(?:(?<=/)>|(?<!/)>\s*+(?:{_CELL})*+</row>)\s*+)*+(?=</sheetData>)".encode()
"""All rows of a worksheet."""
_USUAL_VALUE = rf'(?: t="n")?+><v>{_NUMBER}</v>| t="s"><v>[0-9]++</v>| t="b"><v>[01]</v>'
_USUAL_CELL = rf'<c r="[A-Z]{{1,3}}+\1"(?: s="[0-9]++")?+(?:/>|(?:{_USUAL_VALUE})</c>)'
USUAL_ROWS = rf"(?:{_ROW}(?:(?<=/)>|(?<!/)>\s*+(?:{_USUAL_CELL})*+</row>)\s*+)*+(?=</sheetData>)".encode()
"""All rows of a worksheet whose cells are blank or hold numbers, shared strings and booleans, without formulas."""
USUAL_STRINGS = rf"{_DECLARATION}<sst(?: [^<>]*+)?+(?<!/)>\s*+(?:<si>{_TEXT}</si>\s*+)*+</sst>".encode()
"""A whole part with shared strings that have no formats within them."""
STRINGS = (
    rf"{_DECLARATION}<sst(?: [^<>]*+)?+(?:(?<=/)>|(?<!/)>\s*+(?:(?:<si>{_RICH}</si>|<si ?/>)\s*+)*+</sst>)"
).encode()
"""A whole part with shared strings."""
STRING_END = rb"</si>|<si ?/>"
"""Where one shared string ends."""

# Of all patterns below that find cells, groups 1 and 2 are column and row.
_START = '<c r="([A-Z]++)([0-9]++)"'
_STYLE = '(?: s="[0-9]++")?+'
_NO_RESULT = (
    rf'(?! t="str")[^<>]*+>(?=<f){_FORMULA}(?:<v></v>|<v ?/>)?+</c>'
    rf'| t="str"[^<>]*+>(?=<f){_FORMULA}</c>'  # the empty text is a result: `<v></v>`
)
_ZERO = rf'(?: t="n")?+{_META}>(?=<f){_FORMULA}<v>0</v>'
_FIRST_ERRORS = r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)"

ROW_NUMBER = rb'<row(?: [^<>]*?)?? r="([0-9]++)'
"""The number of a row, blank rows included."""
COLUMN = rb'<c r="([A-Z]++)'
"""The column of a cell, blank cells included."""
FILLED = rf"{_START}[^<>]*+(?<!/)><[^/]".encode()
"""A cell with content."""
ERROR = rf'{_START}{_STYLE} t="e"[^<>]*+>{_FORMULA}(?:<v>([^<]*+)<)?+'.encode()
"""A cell with an error; group 3 is its name."""
LATER_ERROR = rf'(<c r="[A-Z0-9]++"{_STYLE} t="e"[^<>]*+>{_FORMULA}<v>)(?!{_FIRST_ERRORS}<)[^<]++'.encode()
"""An error that came with later versions of Excel; group 1 is what stands before its name."""
UNSTORED = rf"{_START}{_STYLE}(?:{_NO_RESULT})".encode()
"""A formula without a result."""
UNSTORED_OR_ZERO = rf"{_START}{_STYLE}(?:{_NO_RESULT}|{_ZERO})".encode()
"""A formula without a result or with the result 0."""
SHARED_STRING = rf'<c r="[A-Z0-9]++"{_STYLE} t="s"[^<>]*+>{_FORMULA}<v>([0-9]{{1,9}}+)<'.encode()
"""A cell with a shared string; group 1 is its number."""

_MANY_STYLES = 50


def number_with_style(styles: frozenset[bytes]) -> bytes:
    """A cell that holds a number; group 3 is its style. If `styles` are few, it is one of them."""
    style = b"|".join(sorted(styles)).decode() if len(styles) <= _MANY_STYLES else "[0-9]++"
    return rf'{_START} s="({style})"(?: t="n")?+{_META}>{_FORMULA}<v>[^<]'.encode()


def cell_beyond(letters: str) -> bytes:
    """A cell in a column to the right of `letters`, of none that is any cell; group 1 is its column."""
    longer = rf"[A-Z]{{{len(letters) + 1},}}"
    later = (
        f"{letters[:at]}[{chr(ord(each) + 1)}-Z][A-Z]{{{len(letters) - at - 1}}}"
        for at, each in enumerate(letters)
        if each != "Z"
    )
    return rf'<c r="({"|".join((longer, *later))})[0-9]'.encode()
