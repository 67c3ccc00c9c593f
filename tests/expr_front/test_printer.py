"""Laws of parser and printer, and how text comes out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from riskcheck.expr.parser import parse
from riskcheck.expr.printer import to_text
from riskcheck.expr.source import SourceText
from riskcheck.expr.syntax import Node
from tests.expr_front.trees import trees, without_places


def _reprinted(text: str) -> str:
    return to_text(parse(SourceText(text)))


@settings(max_examples=400, derandomize=True)
@given(trees)
def test_what_is_printed_parses_to_the_same_tree(tree: Node) -> None:
    text = to_text(tree)
    assert without_places(parse(SourceText(text))) == tree
    assert _reprinted(text) == text


@settings(max_examples=200, derandomize=True)
@given(trees)
def test_what_is_printed_is_cel(tree: Node) -> None:
    cel = pytest.importorskip("cel_expr_python.cel")
    cel.NewEnv().compile(to_text(tree).replace("责任人", "zh"), disable_check=True)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("(a&&b)&&c", "a && b && c"),
        ("a&&(b&&c)", "a && (b && c)"),
        ("(a || b) && !(c == d)", "(a || b) && !(c == d)"),
        ("((a)) + (b * c) - (d - e)", "a + b * c - (d - e)"),
        ("-(5)", "-(5)"),
        ("- 5", "-5"),
        ("!-a", "!(-a)"),
        ("--a", "--a"),
        ("--9223372036854775808", "-(-9223372036854775808)"),
        ("-(1).size()", "-(1.size())"),
        ("-1.size()", "-1.size()"),
        ("(-(1)).size()", "(-(1)).size()"),
        ("a ? b : c ? d : e", "a ? b : c ? d : e"),
        ("(a ? b : c) ? (d ? e : f) : g", "(a ? b : c) ? (d ? e : f) : g"),
        ('\'it\\\'s\' + r\'\\d\' + """a\nb"""', r'"it' + "'" + r's" + "\\d" + "a\nb"'),
        ("0xFF + .5", "255 + .5"),
        ("[1, 2,]", "[1, 2]"),
        ("tasks . all ( task , // each\n has(task.owner) )", "tasks.all(task, has(task.owner))"),
        ('"\\u00e9\\x07"', '"é\\u0007"'),
    ],
)
def test_conditions_are_printed_with_the_parentheses_they_need(written: str, printed: str) -> None:
    assert _reprinted(written) == printed


def test_a_long_chain_is_printed_without_recursion() -> None:
    text = " && ".join(["a"] * 400)
    assert _reprinted(text) == text
