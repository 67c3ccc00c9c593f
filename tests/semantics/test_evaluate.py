"""`riskcheck.evaluate`: the language on plain Python values."""

from __future__ import annotations

import doctest
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Any

import pytest

from riskcheck import EMPTY, MISSING, EvaluationError, Unknown, evaluate, evaluation
from riskcheck.errors import ConditionError, FactsError

DAY = date(2026, 6, 30)


def test_the_examples_of_the_docstring() -> None:
    found = doctest.testmod(evaluation, extraglobs={"MISSING": MISSING, "EMPTY": EMPTY})
    assert found.attempted > 0
    assert found.failed == 0


@pytest.mark.parametrize(
    ("expression", "bindings", "value"),
    [
        ("x + 1", {"x": 1}, 2),
        ("x * 2.0", {"x": 0.25}, 0.5),
        ("x / 3.0", {"x": Decimal("1")}, 0.333333),
        ("x && y", {"x": True, "y": False}, False),
        ('name + "!"', {"name": "部署"}, "部署!"),
        ("due", {"due": DAY}, DAY),
        ("at", {"at": datetime(2026, 6, 30, 9, 30)}, datetime(2026, 6, 30, 9, 30)),
        ("days(due, as_of)", {"due": date(2026, 6, 1), "as_of": DAY}, 29),
        ("xs", {"xs": [1, 2.5]}, [1.0, 2.5]),
        ("xs + [3]", {"xs": (1, 2)}, [1, 2, 3]),
        ("2 in xs", {"xs": [1, 2]}, True),
        ("size(xs)", {"xs": []}, 0),
        ("a.b.c == a.d", {"a": {"b": {"c": 1}, "d": 1}}, True),
        ("a.xs.all(x, x > 0)", {"a": {"xs": [1, 2]}}, True),
        ("has(a.b) || a.c", {"a": {"b": EMPTY, "c": True}}, True),
        ("tasks.count(t, t.done)", {"tasks": [{"done": True}, {"done": False}]}, 1),
        ("tasks.sum(t, t.cost)", {"tasks": [{"cost": 1}, {"cost": 2.5}]}, 3.5),
        (
            "jobs.peak(j, j.start, j.finish, j.load)",
            {"jobs": [{"start": DAY, "finish": DAY, "load": 0.5}, {"start": DAY, "finish": DAY, "load": 1}]},
            1.5,
        ),
        ("jobs.peak(j, j.start, j.finish, j.load) <= 1", {"jobs": []}, True),
        ("rows.all(r, r.x > 1)", {"rows": [{"x": 2}]}, True),
        ("tasks.all(t, t.done)", {"tasks": []}, True),
        ("tasks.sum(t, t.cost) == 0", {"tasks": []}, True),
        ("xs.all(x, x > 1)", {"xs": []}, True),
        ('xs.exists(x, x.startsWith("a"))', {"xs": []}, False),
        ("xs == [1]", {"xs": []}, False),
        ('tasks.all(t, t.refs.exists(r, r == "a"))', {"tasks": [{"refs": ["a"]}]}, True),
        ("tasks.all(t, t.x == 1)", {"tasks": [{"x": 1, "y": 1}, {"x": 1, "z": 2}]}, True),
        ("1 % 0 == 0 || true", {}, True),
        ("x == 1.0", {"x": 1}, True),
        ("has(x)", {"x": EMPTY}, False),
        ("blank(x)", {"x": EMPTY}, True),
        ("false && x > 1", {"x": MISSING}, False),
    ],
)
def test_values(expression: str, bindings: Mapping[str, Any], value: object) -> None:
    found = evaluate(expression, bindings)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("expression", "bindings", "unknown"),
    [
        ("project.ev > 1.0", {"project": {"ev": MISSING}}, Unknown(("project.ev",))),
        ("x > 1", {"x": EMPTY}, Unknown(("x",))),
        ("has(x)", {"x": MISSING}, Unknown(("x",))),
        ("x && y", {"x": MISSING, "y": MISSING}, Unknown(("x", "y"))),
        ('a.x == "s" && a.x == b.y', {"a": {"x": MISSING}, "b": {"y": MISSING}}, Unknown(("a.x", "b.y"))),
        ("age(d) > 3", {"d": MISSING, "as_of": DAY}, Unknown(("d",))),
        ('x.startsWith("a")', {"x": MISSING}, Unknown(("x",))),
        ("x % 2 == 0", {"x": MISSING}, Unknown(("x",))),
        ('"a" in xs', {"xs": MISSING}, Unknown(("xs",))),
        (
            'tasks.all(t, t.owner == "A")',
            {"tasks": [{"owner": "A"}, {"owner": MISSING}, {"owner": EMPTY}]},
            Unknown(("tasks[1].owner", "tasks[2].owner")),
        ),
        ("tasks.count(t, t.done)", {"tasks": [{"done": True}, {"done": MISSING}]}, Unknown(("tasks[1].done",), 1, 2)),
        (
            "tasks.latest(t, t.day, t.cost)",
            {"tasks": [{"day": DAY, "cost": 1.5}, {"day": DAY, "cost": 2.0}]},
            Unknown(("tasks[0].day", "tasks[1].day"), 1.5, 2.0),
        ),
        ("tasks.max(t, t.day)", {"tasks": [{"day": DAY}, {"day": MISSING}]}, Unknown(("tasks[1].day",), DAY, None)),
        ("tasks.sum(t, t.cost)", {"tasks": [{"cost": 1.5}, {"cost": MISSING}]}, Unknown(("tasks[1].cost",))),
    ],
)
def test_unknowns(expression: str, bindings: Mapping[str, Any], unknown: Unknown) -> None:
    assert evaluate(expression, bindings) == unknown


def test_an_unknown_is_neither_true_nor_false() -> None:
    with pytest.raises(TypeError, match=r"neither true nor false; missing: project\.ev"):
        bool(evaluate("project.ev > 1.0", {"project": {"ev": MISSING}}))


@pytest.mark.parametrize(
    ("expression", "bindings", "message"),
    [
        ("ratio(1, x) > 0.5", {"x": 0}, "x is 0, and a divisor must not be"),
        ("x / 0.0", {"x": 1.0}, "the divisor is 0"),
        ("x + 1", {"x": 2**63 - 1}, "beyond the range"),
        ("age(d)", {"d": date(2026, 7, 1), "as_of": DAY}, "d is later than the review date"),
        ("tasks.max(t, t.x)", {"tasks": []}, "tasks has no rows"),
        ("int(x)", {"x": "4x"}, "x does not spell a number"),
        ("1 % 0 == 0", {}, "the divisor is 0"),
    ],
)
def test_no_value(expression: str, bindings: Mapping[str, Any], message: str) -> None:
    with pytest.raises(EvaluationError, match=message):
        evaluate(expression, bindings)


@pytest.mark.parametrize(
    ("expression", "bindings", "message"),
    [
        ("y > 1", {"x": 1}, 'unknown name "y"'),
        ("project.evv > 1.0", {"project": {"ev": 1.0}}, "project.ev"),
        ("tasks.all(t, t.owner == 'A')", {"tasks": [{"owner": "A"}, {}]}, r'tasks\[1\] has no field "owner"'),
        ("tasks.all(t, t.done)", {"tasks": [{"owner": "A"}]}, 'no field "done"'),
        ("age(d) > 1", {"d": DAY}, "asks for the review date"),
        ("as_of == d", {"d": DAY}, "asks for the review date"),
        ("x >", {"x": 1}, "a value is missing"),
        ("t.peak(r, r.a, r.a, r.x) > 1", {"t": [{"a": DAY, "x": -1}]}, "never negative"),
        ("t.peak(r, r.a, r.a, r.x) > 1", {"t": [{"a": DAY, "x": MISSING}, {"a": DAY, "x": 1}]}, "never negative"),
    ],
)
def test_invalid_expressions(expression: str, bindings: Mapping[str, Any], message: str) -> None:
    with pytest.raises(ConditionError, match=message):
        evaluate(expression, bindings)


class NoMoment(datetime):
    """As some libraries have it: a datetime that is none."""

    @property
    def year(self) -> int:
        return float("nan")  # type: ignore[return-value]


def holding_itself(value: Any) -> Any:
    value.append(value) if isinstance(value, list) else value.update(a=value)
    return value


@pytest.mark.parametrize(
    ("bindings", "message"),
    [
        ({"x": None}, "x is None, which says too little"),
        ({"x": 2**63}, "does not fit into 64 bits"),
        ({"x": float("nan")}, "a double is a number within"),
        ({"x": 1e300}, "a double is a number within"),
        ({"x": object()}, "x is a object"),
        ({"x": [1, "a"]}, r"x\[1\] is 'a', but x\[0\] is of another type"),
        ({"x": [1, MISSING]}, "an element without a value"),
        ({"t": [{"a": 1}, {"a": "b"}]}, r"t\[1\]\.a is 'b', but t\[0\]\.a is of another type"),
        ({"t": [{"a": True}, {"a": 1}]}, "another type"),
        ({"t": [{"a": 1}, 2]}, r"t\[1\] is 2, but others of t are records"),
        ({"t": [{"a": [1]}]}, "only lists of texts"),
        ({"r": {1: 2}}, "the keys of a record are texts"),
        ({"t": [{1: 2}]}, r"t\[0\] has the key 1; the keys of a record are texts"),
        ({1: 2}, "no mapping of names to values"),
        ([1], "no mapping of names to values"),
        ({"x": 10**10_000}, "does not fit into 64 bits"),
        ({"t": [{"a": 10**15}, {"a": 0.5}]}, r"t\[0\]\.a is 1000000000000000; a double is a number within"),
        ({"x": [10**15, 0.5]}, r"x\[0\] is 1000000000000000; a double is a number within"),
        ({"x": datetime(2026, 1, 1, tzinfo=UTC)}, "x has a time zone"),
        ({"x": NoMoment(2026, 1, 1)}, "without a date"),
        ({"x": holding_itself([])}, "nested more than 50 deep"),
        ({"x": holding_itself({})}, "nested more than 50 deep"),
        ({"t": [{"a": holding_itself([])}]}, "nested more than 50 deep"),
        ({"x": (each for each in "ab")}, "x is a generator"),
    ],
)
def test_bindings_that_are_no_values(bindings: Mapping[str, Any], message: str) -> None:
    with pytest.raises(FactsError, match=message):
        evaluate("true", bindings)


class Level(IntEnum):
    HIGH = 3


class Word(str, Enum):  # noqa: UP042 - older than StrEnum, and still common
    OPEN = "open"


class Precise(float):
    """As numpy has it: a float that spells itself in its own way."""

    def __repr__(self) -> str:
        return f"Precise({float(self)})"


class Moment(datetime):
    """As pandas has it: a datetime with arithmetic of its own."""

    def __sub__(self, other: Any) -> Any:
        raise OverflowError


@pytest.mark.parametrize(
    ("expression", "value", "result"),
    [
        ("x + 1", Level.HIGH, 4),
        ('x == "open"', Word.OPEN, True),
        ("x", Word.OPEN, "open"),
        ("x * 2.0", Precise(0.1), 0.2),
        ("days(x, x)", Moment(2026, 1, 1), 0),
        ("x", Moment(2026, 1, 1, 9), datetime(2026, 1, 1, 9)),
    ],
)
def test_values_of_derived_classes_count_as_what_they_derive_from(expression: str, value: Any, result: Any) -> None:
    found = evaluate(expression, {"x": value})
    assert found == result
    assert type(found) is type(result)
    assert evaluate(f"t.all(r, {expression} == y)".replace("x", "r.x"), {"t": [{"x": value}], "y": result}) is True


def test_a_review_date_that_is_none_or_given_twice() -> None:
    with pytest.raises(FactsError, match="as_of is '2026-06-30', but must be a date"):
        evaluate("true", {}, as_of="2026-06-30")  # type: ignore[arg-type]
    with pytest.raises(FactsError, match="as_of is given twice"):
        evaluate("age(as_of)", {"as_of": DAY}, as_of=date(2020, 1, 1))
    assert evaluate("age(as_of)", {"as_of": DAY}, as_of=DAY) == 0
