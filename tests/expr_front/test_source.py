"""Places: every problem points at the character in the file that it is about, however YAML holds the text."""

from __future__ import annotations

import pytest

from riskcheck.expr.source import EXCERPT_WIDTH, SourceText
from riskcheck.expr.syntax import Span
from riskcheck.model.place import Location
from riskcheck.yamltree import YamlMapping, YamlScalar, read_yaml

YAML = r"""
plain: aa && bb
folded_plain: aa
  && bb
literal: |
  // 说明
  aa
    && bb
folded: >-

  aa

  && bb
single: 'aa && ''x'' != bb'
double: "aa && \"x\" != bb"
nested:
    deep: |2
        aa &&
      bb
"""


def _scalars(node: object) -> list[YamlScalar]:
    if isinstance(node, YamlScalar):
        return [node]
    assert isinstance(node, YamlMapping)
    return [scalar for _, value in node.entries for scalar in _scalars(value)]


@pytest.mark.parametrize("scalar", _scalars(read_yaml(YAML.encode(), "p.yaml")), ids=lambda scalar: scalar.text[:9])
@pytest.mark.parametrize("word", ["aa", "bb"])
def test_a_place_in_yaml_is_exact(scalar: YamlScalar, word: str) -> None:
    lines = YAML.split("\n")
    source = SourceText(scalar.text, Location("p.yaml", line=scalar.line, column=scalar.column), lines)
    start = scalar.text.index(word)
    found = source.diagnostic("code", "message", Span(start, start + 2))
    assert found.location is not None
    assert found.location.line is not None
    assert found.location.column is not None
    assert lines[found.location.line - 1][found.location.column - 1 :].startswith(word)
    assert found.excerpt == lines[found.location.line - 1]
    assert found.caret == (found.location.column - 1, 2)


def test_a_span_of_several_lines_is_marked_to_the_end_of_its_first() -> None:
    source = SourceText("aa &&  \n  bb", Location("p", line=3, column=5), ("", "", "    aa &&  ", "      bb"))
    found = source.diagnostic("code", "message", Span(0, 11))
    assert (str(found.location), found.excerpt, found.caret) == ("p:3:5", "    aa &&", (4, 5))


def test_the_end_of_the_text_has_a_place() -> None:
    source = SourceText("aa &&", Location("p", line=1, column=4), ("x: aa &&",))
    found = source.diagnostic("code", "message", Span(5, 5))
    assert (str(found.location), found.caret) == ("p:1:9", (8, 1))


def test_without_the_file_the_text_stands_where_it_begins() -> None:
    source = SourceText("aa\n && bb", Location("p.yaml", line=7, column=5))
    found = source.diagnostic("code", "message", Span(7, 9))
    assert (str(found.location), found.excerpt, found.caret) == ("p.yaml:8:9", " && bb", (4, 2))


def test_text_that_is_not_in_the_file_as_it_is_shows_its_own_line() -> None:
    source = SourceText("甲 && bb", Location("p", line=1, column=4), (r'x: "\u7532 && bb"',))
    found = source.diagnostic("code", "message", Span(5, 7))
    assert (str(found.location), found.excerpt, found.caret) == ("p:1:4", "甲 && bb", (5, 2))


def test_a_text_in_no_file_has_no_place_but_a_line() -> None:
    found = SourceText("aa &&\n bb").diagnostic("code", "message", Span(7, 9), "", "hint")
    assert (found.location, found.excerpt, found.caret, found.hints) == (None, " bb", (1, 2), ("hint",))


def test_a_location_beyond_the_file_is_no_crash() -> None:
    found = SourceText("aa", Location("p", line=9, column=1), ("one line",)).diagnostic("c", "m", Span(0, 2))
    assert (str(found.location), found.excerpt) == ("p:9:1", "aa")


@pytest.mark.parametrize("start", [0, 500, 995])
def test_a_long_line_is_cut_around_the_place(start: int) -> None:
    text = "".join(chr(ord("a") + number % 26) for number in range(1000))
    found = SourceText(text).diagnostic("code", "message", Span(start, start + 5))
    assert found.excerpt is not None
    assert found.caret is not None
    assert len(found.excerpt) <= EXCERPT_WIDTH + 2
    assert found.excerpt[found.caret[0] :][:5] == text[start : start + 5]
    assert ("…" in found.excerpt[:1], "…" in found.excerpt[-1:]) == (start > 100, start < 900)


def test_control_characters_are_shown_not_printed() -> None:
    found = SourceText("a \x1b[31m \u202e\tb").diagnostic("code", "message", Span(0, 1))
    assert found.excerpt == "a \ufffd[31m \ufffd\tb"
