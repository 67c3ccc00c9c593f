"""The words of a condition.

Spellings that people bring from a spreadsheet, from SQL or from a Chinese keyboard (`=`, `<>`, `（`, `≥`, `“…”`) are
read as what they mean and reported, so that one condition shows all its problems at once.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from riskcheck.expr.problems import Problems, UnreadableError
from riskcheck.expr.syntax import Span

# What a token is: the number of its group in the pattern below.
STRING: Final = 1
NAME: Final = 2
OPERATOR: Final = 3
FLOAT: Final = 4
INT: Final = 5
_COMMENT: Final = 6
_FOREIGN: Final = 7
END: Final = 9


class Token(NamedTuple):
    """A word of the condition as written (a foreign spelling: as it was meant) and its place."""

    kind: int
    text: str
    start: int
    end: int


_TOKEN = re.compile(
    r"""
    (?:
        ( [bB]?[rR](?: \"{3}[\s\S]*?\"{3} | '{3}[\s\S]*?'{3} | "[^"\r\n]*" | '[^'\r\n]*' )
        | [bB]?(?: \"{3}(?:[^\\]|\\[\s\S])*?\"{3} | '{3}(?:[^\\]|\\[\s\S])*?'{3}
                 | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*' ) )
      | ( [^\W\d]\w* )
      | ( [!<>=]=(?![=<>]) | && | \|\| | [()\[\]{},?:+\-*%] | [<>!](?![=>]) | \.(?![0-9]) | /(?!/) )
      | ( (?:[0-9]+\.[0-9]+|\.[0-9]+)(?:[eE][+-]?[0-9]+)? | [0-9]+[eE][+-]?[0-9]+ )
      | ( (?:0[xX][0-9a-fA-F]+|[0-9]+)[uU]? )
      | ( //[^\n]* )
      | ( “[^”\n]*” | ‘[^’\n]*’ | [!=]== | =< | => | <> | [＝！＞＜]＝ | ＆＆ | ｜｜
        | [=&|（）［］｛｝，。？：＋－＊／％＜＞！＝＆｜≥≤≠×÷、\xa0\u3000] )
      | ( [\s\S] )
    )
    [ \t\n\f\r]*
    """,
    re.VERBOSE,
)
_BLANKS = re.compile(r"[ \t\n\f\r]*")

_MEANT = {
    "=": "==",
    "===": "==",
    "!==": "!=",
    "=<": "<=",
    "=>": ">=",
    "<>": "!=",
    "&": "&&",
    "|": "||",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "×": "*",
    "÷": "/",
    "、": ",",
    "。": ".",
}
"""What foreign spellings mean, once their full-width characters have become ordinary ones."""


def tokenize(text: str, problems: Problems) -> list[Token]:
    """The tokens of the condition, ended by an END token.

    Reports what is wrong with them; raises UnreadableError where no token can be made.
    """
    tokens: list[Token] = []
    comments: list[Span] = []
    blanks = _BLANKS.match(text)
    for match in _TOKEN.finditer(text, blanks.end() if blanks else 0):
        kind = match.lastindex or 0
        start, end = match.span(kind)
        if kind < _COMMENT:
            tokens.append(Token(kind, match[kind], start, end))
        elif kind == _COMMENT:
            comments.append(Span(start, end))
        elif kind == _FOREIGN:
            tokens.extend(_meant(match[kind], Span(start, end), problems))
        else:
            _report_stray(text, start, problems)
            raise UnreadableError
    if comments:
        _check_comments(comments, problems)
    end = len(text.rstrip())
    tokens.append(Token(END, "", end, end))
    return tokens


def _meant(written: str, span: Span, problems: Problems) -> list[Token]:
    """What a foreign spelling means in this language, after reporting it."""
    if written.isspace():
        problems.report("syntax", "this blank is not an ordinary one; type a space", span)
        return []
    if written[0] in "“‘":
        inner = written[1:-1].replace("\\", "\\\\").replace('"', '\\"')
        problems.report("syntax", f'text stands in straight quotes; write "{written[1:-1]}"', span)
        return [Token(STRING, f'"{inner}"', span.start, span.end)]
    from unicodedata import normalize

    ordinary = normalize("NFKC", written)
    meant = _MEANT.get(ordinary, ordinary)
    hint = "= would assign a value; == compares" if written == "=" else ""
    problems.report("syntax", f'"{written}" is not read here; write {meant}', span, hint)
    return [Token(OPERATOR, meant, span.start, span.end)]


def _report_stray(text: str, start: int, problems: Problems) -> None:
    """A character that begins no token."""
    from unicodedata import name, normalize

    character, span = text[start], Span(start, start + 1)
    plain = normalize("NFKC", character)
    if character in "\"'":
        line_end = text.find("\n", start)
        span = Span(start, line_end if line_end >= 0 else len(text.rstrip()))
        hint = f"close it with {character}; a quote inside the text is written \\{character}"
        problems.report("syntax", "this text has no closing quote on its line", span, hint)
    elif character in "“”‘’":
        problems.report("syntax", f'text stands in straight quotes; write " instead of {character}', span)
    elif plain != character and plain.isascii() and plain.isprintable():
        problems.report("syntax", f'"{character}" is a full-width character; write {plain}', span)
    else:
        shown = f'"{character}"' if character.isprintable() else name(character, f"character U+{ord(character):04X}")
        problems.report("syntax", f"{shown} has no meaning in a condition", span)


def _check_comments(comments: list[Span], problems: Problems) -> None:
    """Report comments that swallow lines which YAML joined to theirs."""
    message = "this comment swallows the lines below it, because YAML joins them to one line"
    hint = 'begin the condition with "|" on the line of its key, so that its lines stay apart'
    for comment in problems.source.joined(comments):
        problems.report("syntax", message, comment, hint)
