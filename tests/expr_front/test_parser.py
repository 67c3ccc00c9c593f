"""The grammar, the literals, and the bounds of what is read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskcheck.errors import ConditionError, Diagnostic
from riskcheck.expr.parser import MAX_DEPTH, MAX_LENGTH, MAX_NESTING, MAX_TERMS, RESERVED, parse
from riskcheck.expr.source import SourceText
from riskcheck.expr.syntax import Binary, Call, Conditional, Double, ListLiteral, Literal, Name, Select, Span, Unary


def _parse(text: str) -> object:
    return parse(SourceText(text))


def _value(text: str) -> object:
    node = _parse(text)
    assert isinstance(node, Literal)
    return node.value


def _codes(text: str) -> list[str]:
    with pytest.raises(ConditionError) as caught:
        _parse(text)
    return [each.code for each in caught.value.diagnostics]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("0", 0),
        ("-0", 0),
        ("0x7fffffffffffffff", 2**63 - 1),
        ("-0x8000000000000000", -(2**63)),
        ("9223372036854775807", 2**63 - 1),
        ("-9223372036854775808", -(2**63)),
        ("- 9223372036854775808", -(2**63)),
        ("0.05", Double("0.05")),
        ("-1e3", Double("-1e3")),
        (".5", Double(".5")),
        ("0.000001", Double("0.000001")),
        ("0.0", Double("0.0")),
        ("'single'", "single"),
        ('"double"', "double"),
        ('"""three "quotes" \n two lines"""', 'three "quotes" \n two lines'),
        ("'''it's'''", "it's"),
        ('""', ""),
        ('""""""', ""),
        (r'r"\d+\"', "\\d+\\"),
        (r"R'\n'", r"\n"),
        (r'r"""\"""', "\\"),
        (r'"\a\b\f\n\r\t\v\\\?\"\'\`"', "\a\b\f\n\r\t\v\\?\"'`"),
        (r'"\x41\X42\u4e2d\U0001F600\101"', "AB中😀A"),
        ('"张伟 😀"', "张伟 😀"),
    ],
)
def test_literals_mean_what_cel_says(text: str, value: object) -> None:
    assert _value(text) == value
    assert type(_value(text)) is type(value)


@pytest.mark.parametrize(
    ("text", "grouped"),
    [
        ("a || b && c", "a || (b && c)"),
        ("a && b || c && d", "(a && b) || (c && d)"),
        ("a == b && c in d", "(a == b) && (c in d)"),
        ("a < b == c", "(a < b) == c"),
        ("a + b * c % d - e", "(a + ((b * c) % d)) - e"),
        ("!a && -b < c", "(!a) && ((-b) < c)"),
        ("!a.b.c(d)", "!((a.b).c(d))"),
        ("a ? b : c ? d : e", "a ? b : (c ? d : e)"),
        ("a || b ? c && d : e || f", "(a || b) ? (c && d) : (e || f)"),
        ("a - -1 - 1", "(a - (-1)) - 1"),
        ("--1", "-(-1)"),
    ],
)
def test_operators_bind_as_in_cel(text: str, grouped: str) -> None:
    from riskcheck.expr.printer import to_text

    assert to_text(parse(SourceText(text))) == to_text(parse(SourceText(grouped)))


def test_each_part_knows_its_place() -> None:
    text = "tasks.all(task, (task.owner == 'A'))"
    call = _parse(text)
    assert isinstance(call, Call)
    assert call.span == Span(0, len(text))
    assert text[call.function_span.start : call.function_span.end] == "all"
    comparison = call.args[1]
    assert isinstance(comparison, Binary)
    assert text[comparison.span.start : comparison.span.end] == "(task.owner == 'A')"
    assert text[comparison.operator_span.start : comparison.operator_span.end] == "=="
    assert isinstance(comparison.left, Select)
    assert text[comparison.left.field_span.start : comparison.left.field_span.end] == "owner"


def test_comments_and_blanks_stand_anywhere() -> None:
    assert isinstance(_parse("// first\n a // then\n\t&& b\n// last"), Binary)


def test_kinds_of_nodes() -> None:
    assert isinstance(_parse("a ? b : c"), Conditional)
    assert isinstance(_parse("[]"), ListLiteral)
    assert isinstance(_parse("!a"), Unary)
    assert isinstance(_parse("a"), Name)
    assert _parse("f()") == Call(Span(0, 3), None, "f", Span(0, 1), ())


@pytest.mark.parametrize("word", sorted(RESERVED))
def test_reserved_words_are_no_names_but_may_be_fields(word: str) -> None:
    assert _codes(f"{word} == 1") == ["syntax"]
    assert isinstance(_parse(f"a.{word}"), Select)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("9223372036854775808", "number-range"),
        ("-9223372036854775809", "number-range"),
        ("-0x8000000000000001", "number-range"),
        ("1" * 5000, "number-range"),
        ("9000000000001.0", "number-range"),
        ("1e400", "number-range"),
        ("1e" + "9" * 300, "number-range"),
        ("1e-" + "9" * 300, "number-range"),
        ("0." + "0" * 3000 + "1", "number-range"),
        ("a" + " " * MAX_LENGTH, "too-long"),
        ("(" * 4000 + "a" + ")" * 4000, "too-deep"),
        ("[" * 5000, "too-deep"),
        ("f(" * 5000, "too-deep"),
        ("a ? b : " * 1000 + "c", "too-deep"),
        ("!" * 9000 + "a", "too-deep"),
        ("-" * 9000 + "1", "too-deep"),
        ("a" + ".a" * 4500, "too-deep"),
        ("a" + ".a()" * 2400, "too-deep"),
        ("1" + "+1" * (MAX_DEPTH + 1), "too-deep"),
        ("a" + "&&a" * (MAX_TERMS + 1), "too-long"),
        ("a" + "+a" * 4500, "too-long"),
        ('"' * 9999, "syntax"),
        ("'''" + "a" * 9900, "syntax"),
        ("\\" * 9999, "syntax"),
        ("(" * (MAX_NESTING - 1), "syntax"),
        ("\0", "syntax"),
        ("a\ud800", "syntax"),
    ],
    ids=lambda value: value[:12].encode("unicode_escape").decode(),
)
def test_what_cannot_be_held_is_refused(text: str, code: str) -> None:
    assert code in _codes(text)


def test_chains_within_the_bounds_are_read() -> None:
    _parse("a" + "&&a" * MAX_TERMS)
    _parse("1" + "+1" * (MAX_DEPTH - 2))
    _parse("a ? b : " * (MAX_NESTING - 2) + "c")
    _parse("f(" * (MAX_NESTING - 1) + ")" * (MAX_NESTING - 1))


_PIECES = (*"ab01.()[]!=<>&|+-*/%?:,\"'\\ \nrb{}（，“”中", "in", "true", "//", "tasks.all(", "and", " not ")


@settings(max_examples=400, derandomize=True)
@given(st.lists(st.sampled_from(_PIECES), max_size=20).map("".join))
def test_any_text_is_parsed_or_refused_with_a_place(text: str) -> None:
    problems: tuple[Diagnostic, ...] = ()
    try:
        parse(SourceText(text))
    except ConditionError as error:
        problems = error.diagnostics
        assert problems
    assert all(each.excerpt is not None and each.caret is not None and each.render() for each in problems)
