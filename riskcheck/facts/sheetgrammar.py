"""The XML of rows and shared strings as spreadsheet programs write it, as patterns over bytes.

`ROWS` and `STRINGS` accept only what no two readers can understand differently: numbers and booleans in one spelling,
every cell with its place, no comment, CDATA or foreign element. The other patterns find cells in rows that `ROWS` has
accepted; there a `<` always begins a tag. Repetitions are possessive, so no input takes more than linear time.
"""

from __future__ import annotations

import re

_FORMULA = r"(?:<f(?: [^<>]*+)?+>(?:[^<]*+</f>)?+)?+"
_NUMBER = r"-?[0-9]++(?:\.[0-9]*+)?+(?:[eE][-+]?+[0-9]++)?+"
_META = r'(?: [cv]m="[0-9]++")*+'
_TEXT = r'(?:<t(?: xml:space="preserve")?+>[^<]*+</t>|<t ?/>)'
_RUN = rf"<r>(?:<rPr>(?:<[A-Za-z]++(?:[ /][^<>]*+)?+(?<=/)>)*+</rPr>|<rPr ?/>)?+{_TEXT}</r>"
_PHONETIC = rf"<rPh [^<>]*+(?<!/)>{_TEXT}</rPh>|<phoneticPr [^<>]*+(?<=/)>"
_RICH = rf"(?:{_TEXT}|{_RUN}|{_PHONETIC})*+"

_CELL = rf"""<c r="[A-Z]{{1,3}}+\1"(?: s="[0-9]++")?+(?:\
(?: t="n")?+{_META}(?: ?/>|>{_FORMULA}(?:<v>(?:{_NUMBER})?+</v>|<v ?/>)?+</c>)\
| t="s"{_META}>{_FORMULA}<v>[0-9]++</v></c>\
| t="str"{_META}>{_FORMULA}(?:<v>[^<]*+</v>|<v ?/>)?+</c>\
| t="inlineStr"{_META}>{_FORMULA}<is>{_RICH}</is></c>\
| t="b"{_META}>{_FORMULA}<v>[01]</v></c>\
| t="e"{_META}>{_FORMULA}(?:<v>[^<&]*+</v>)?+</c>\
| t="d"{_META}>{_FORMULA}<v>[^<&]*+</v></c>\
)""".replace("\\\n", "")
_ROW = r'<row(?: [^<>]*?)?? r="([1-9][0-9]{0,6}+)"[^<>]*+'
_DECLARATION = r"""(?:\xef\xbb\xbf)?+\
(?:<\?xml version=["']1\.0["'](?: encoding=["'](?i:utf-8)["'])?+(?:(?!encoding)[^<>?])*+\?>)?+\s*+""".replace(
    "\\\n", ""
)


def _compiled(pattern: str) -> re.Pattern[bytes]:
    return re.compile(pattern.encode("latin-1"))


SHEET_HEAD = _compiled(rf"{_DECLARATION}<worksheet[\s>]")
"""The begin of a worksheet."""
SHEET_DATA = _compiled(r"<sheetData(?:[\s/][^<>]*+)?+>\s*+")
"""The tag before the rows; it ends with `/>` if there are none."""
ROWS = _compiled(rf"(?:{_ROW}(?:(?<=/)>|(?<!/)>\s*+(?:{_CELL})*+</row>)\s*+)*+(?=</sheetData>)")
"""All rows of a worksheet."""
STRINGS = _compiled(
    rf"{_DECLARATION}<sst(?: [^<>]*+)?+(?:(?<=/)>|(?<!/)>\s*+(?:(?:<si>{_RICH}</si>|<si ?/>)\s*+)*+</sst>)"
)
"""A whole part with shared strings."""

STRING_END = _compiled(r"</si>|<si ?/>")
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

ROW_NUMBER = _compiled(r'<row(?: [^<>]*?)?? r="([0-9]++)')
"""The number of a row, blank rows included."""
COLUMN = _compiled(r'<c r="([A-Z]++)')
"""The column of a cell, blank cells included."""
FILLED = _compiled(rf"{_START}[^<>]*+(?<!/)><[^/]")
"""A cell with content."""
ERROR = _compiled(rf'{_START}{_STYLE} t="e"[^<>]*+>{_FORMULA}(?:<v>([^<]*+)<)?+')
"""A cell with an error; group 3 is its name."""
LATER_ERROR = _compiled(rf'( t="e"[^<>]*+>{_FORMULA}<v>)(?!{_FIRST_ERRORS}<)[^<]++')
"""An error that came with later versions of Excel; group 1 is what stands before its name."""
UNSTORED = _compiled(rf"{_START}{_STYLE}(?:{_NO_RESULT})")
"""A formula without a result."""
UNSTORED_OR_ZERO = _compiled(rf"{_START}{_STYLE}(?:{_NO_RESULT}|{_ZERO})")
"""A formula without a result or with the result 0."""
SHARED_STRING = _compiled(rf' t="s"[^<>]*+>{_FORMULA}<v>([0-9]{{1,9}}+)<')
"""A cell with a shared string; group 1 is its number."""

_MANY_STYLES = 50


def number_with_style(styles: frozenset[bytes]) -> re.Pattern[bytes]:
    """A cell that holds a number; group 3 is its style. If `styles` are few, it is one of them."""
    style = b"|".join(sorted(styles)).decode() if len(styles) <= _MANY_STYLES else "[0-9]++"
    return _compiled(rf'{_START} s="({style})"(?: t="n")?+{_META}>{_FORMULA}<v>[^<]')
