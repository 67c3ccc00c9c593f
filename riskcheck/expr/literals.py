"""What the literals of a condition stand for, as the CEL language definition has it."""

from __future__ import annotations

import re

from riskcheck.expr.problems import Problems
from riskcheck.expr.syntax import Double, Span
from riskcheck.model.number import INT_MAX, INT_MIN, LARGEST, to_grid

_ESCAPE = re.compile(
    r"\\(?:x([0-9a-fA-F]{2})|X([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2})|([\s\S]))"
)
_SIMPLE = dict(zip("abfnrtv\\?\"'`", "\a\b\f\n\r\t\v\\?\"'`", strict=True))
_PREFIX = re.compile("[bBrR]*")


def int_literal(written: str, span: Span, problems: Problems) -> int:
    """The int that `written` (with its sign) stands for: 64 bits, decimal or hexadecimal."""
    if written[-1] in "uU":
        digits = written[:-1]
        message = f"there are no unsigned numbers in the language; write {digits}"
        problems.report("not-in-language", message, span)
        written = digits
    hexadecimal = written.lstrip("-")[:2] in ("0x", "0X")
    value = int(written, 16 if hexadecimal else 10) if len(written) <= 400 else INT_MAX + 1
    if not INT_MIN <= value <= INT_MAX:
        message = f"the number does not fit into 64 bits; an int lies within {INT_MIN} and {INT_MAX}"
        problems.report("number-range", message, span)
        return 0
    return value


def float_literal(written: str, span: Span, problems: Problems) -> Double:
    """The double that `written` (with its sign) stands for, as spelled; refuses what six decimals cannot hold."""
    grid = to_grid(written) if len(written) <= 400 else None
    if grid is None:
        message = f"the number is too large; a double lies within -{LARGEST} and {LARGEST}"
        problems.report("number-range", message, span)
        return Double("0.0")
    if grid == 0 and any(digit in "123456789" for digit in re.split("[eE]", written)[0]):
        message = "the number is too small; a double has six decimals, so that this would count as 0"
        problems.report("number-range", message, span)
    return Double(written)


def string_literal(written: str, span: Span, problems: Problems) -> str:
    """The text that `written`, with prefix and quotes, stands for."""
    match = _PREFIX.match(written)
    prefix = match[0].lower() if match else ""
    quoted = written[len(prefix) :]
    width = 3 if quoted[:3] in ('"""', "'''") and len(quoted) >= 6 else 1
    inner = quoted[width:-width]
    if "b" in prefix:
        message = "there are no bytes in the language; write the text without the b before its quote"
        problems.report("not-in-language", message, Span(span.start, span.start + 1))
    if "r" in prefix or "\\" not in inner:
        return inner
    offset = span.start + len(prefix) + width

    def unescaped(found: re.Match[str]) -> str:
        text = _unescaped(found)
        if text is None:
            place = Span(offset + found.start(), offset + found.end())
            hint = r'a backslash is written \\, or the text as r"…"'
            problems.report("syntax", f"{found[0]} is no escape sequence", place, hint)
            return ""
        return text

    return _ESCAPE.sub(unescaped, inner)


def _unescaped(found: re.Match[str]) -> str | None:
    """The character that an escape sequence stands for; None if there is none."""
    *hexadecimals, octal, simple = found.groups()
    if simple is not None:
        return _SIMPLE.get(simple)
    digits = next((each for each in hexadecimals if each is not None), None)
    code = int(digits, 16) if digits is not None else int(octal, 8)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else None
