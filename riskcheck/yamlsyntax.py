"""What a YAML syntax error means for the person who wrote the file."""

from __future__ import annotations

from typing import Any

from riskcheck.frozen import frozen

_QUOTES = 'put the text into quotes: "…"'
_MEANINGS = (
    ("found unexpected end of stream", "the quote that opens here is never closed", "close it"),
    (
        "mapping values are not allowed",
        "no key may stand here",
        'text with ": " in it needs quotes; write a colon and a space after each key; indent keys of a mapping alike',
    ),
    ("could not find expected ':'", "a colon is expected after the key", "write a colon and a space after the key"),
    ("alphabetic or numeric character", "a lone * or & stands here", _QUOTES),
    (
        "did not find expected key",
        "a key is expected here",
        "indent all keys of a mapping alike; write nothing after a closing quote or bracket",
    ),
    (
        "did not find expected '-' indicator",
        "an item of the list is expected here",
        "indent all items alike and begin each with a hyphen and a space",
    ),
    ("expected ',' or '}'", "a comma or a closing } is expected here", "close the bracket, or put a comma before this"),
    ("expected ',' or ']'", "a comma or a closing ] is expected here", "close the bracket, or put a comma before this"),
    ("cannot start any token", "no text may begin with this character", _QUOTES),
    (
        "invalid Unicode character escape code",
        "this escape is no character",
        "write the character itself, or its one escape: \\U0001F600, not \\ud83d\\ude00",
    ),
    (
        "expected hexdecimal number",
        "this escape has too few digits",
        "write two backslashes for a backslash, or two digits after \\x, four after \\u, eight after \\U",
    ),
    ("incompatible YAML document", "this version of YAML is not read", "take the line out; YAML 1.1 and 1.2 are read"),
    ("duplicate %", "this line with a % stands here again", "take it out"),
    ("scanning a %YAML directive", "the version of YAML cannot be read here", "take the line out"),
    ("scanning a directive", "a line that begins with % may only name the version of YAML", "take it out"),
    ("unknown escape character", "this backslash means nothing", "write two backslashes, or use single quotes"),
    ("sequence entries are not allowed", "no list may begin here", "begin it on a line of its own, under the key"),
    ("expected node content", "a value or a closing bracket is expected here", "write it, or take out the bracket"),
    ("expected <document start>", "nothing may follow here", "take it out"),
    ("expected comment or line break", "only a line break may follow | or >", "begin the text on the next line"),
)
"""Words of the parser's message, what they mean, and how to mend it."""


@frozen
class SyntaxProblem:
    """What is wrong, where (line and column from 1), and how to mend it."""

    message: str
    hint: str | None = None
    line: int | None = None
    column: int | None = None


def explain_syntax(error: Any, lines: list[str]) -> SyntaxProblem:
    """The parser's `error` (a `yaml.MarkedYAMLError`) in the text of `lines`, explained."""
    mark = error.problem_mark or error.context_mark
    said = ", ".join(part for part in (error.problem, error.context) if part)
    if mark is None:
        return SyntaxProblem(said)
    if "quoted scalar" in said and "end of stream" in said:
        mark = error.context_mark
    line, column = mark.line, mark.column
    if line >= len(lines) > 0:  # at the end of the file: show its last line
        line, column = len(lines) - 1, len(lines[-1])
    message, hint = _meaning(said, lines[max(0, line - 1) : line + 1], column)
    return SyntaxProblem(message, hint, line + 1, column + 1)


def _meaning(said: str, near: list[str], column: int) -> tuple[str, str | None]:
    """What the parser said about `column` of the last of the lines `near`: message and hint."""
    if "tab" in said or (near and near[-1][column : column + 1] == "\t"):
        return "a tab stands where only spaces may", "indent with spaces, not tabs"
    message, hint = next(((message, hint) for words, message, hint in _MEANINGS if words in said), (said, None))
    if any("：" in line and ": " not in line and not line.endswith(":") for line in near):
        hint = "after a key write a colon and a space, not ："
    return message, hint
