"""Text of a project in Markdown: shown as it stands, and nothing else.

No markup, HTML, link, mention or issue reference comes of it on the code hosts that read GitHub's Markdown.
"""

from __future__ import annotations

import re

from riskcheck.reports.display import clean

_MARKUP = re.compile(r"([\\`*_\[\]{}|~^])")
_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"})
_JOINT = "\0"
"""Stands for a blank of no width, which keeps the host from making a link: clean text has no such character."""
_LIVE = re.compile(r"[@#](?=\w)|:(?=//)|(?i:\bwww(?=\.)|\bGH(?=-\d))")
_BLOCK = re.compile(r"^(\d*)((?<=\d)[.)](?=\s|$)|(?<!\d)[-+=#])")
"""What makes a heading, a list or a rule at the beginning of a line."""


def escaped(text: str) -> str:
    """`text` on one line, for running text, a list item or a cell of a table."""
    quiet = _LIVE.sub(lambda found: found[0] + _JOINT, _MARKUP.sub(r"\\\1", clean(text).strip()))
    return _BLOCK.sub(r"\1\\\2", quiet.translate(_HTML), count=1).replace(_JOINT, "&#8203;")


def table(header: list[str], rows: list[list[str]]) -> list[str]:
    """The lines of a table; cells are Markdown already."""
    rule = "|".join(["", *(["---"] * len(header)), ""])
    return [_row(header), rule, *map(_row, rows)]


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
