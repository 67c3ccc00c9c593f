"""On plain CEL the language agrees with `cel-expr-python`, an independent implementation (C++).

Random expressions over bools, ints, doubles, texts and lists, errors included: what is an error there has no value
here, and both absorb it alike in `&&`, `||`, `all` and `exists`. Left out are the departures and what lies beside them:

* a double divided by zero (infinity there), and values that the grid of six decimals cannot hold: the doubles here are
  small multiples of a half, divided by powers of two only;
* int / int, the order of texts and bools, enums (no such things here);
* an int beside a double: compared here as it is; there it must be written `dyn(…)`, so the two get slightly different
  texts (`Pair`);
* errors among the elements of a list literal or before `in`: the whole is one there, `in` is OR over the elements
  here, and so false of an empty list;
* spaces around a number in a text, and the exponents in the text of a large double.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest

import riskcheck
from riskcheck.errors import EvaluationError

cel = pytest.importorskip("cel_expr_python.cel")

EXPRESSIONS = 800
ERROR = "error"
BINDINGS: tuple[dict[str, Any], ...] = (
    {
        "b": True,
        "c": False,
        "i": 3,
        "j": -2,
        "x": 0.5,
        "y": 2.0,
        "s": "a",
        "t": "中文",
        "is": [1, 2, 3],
        "ss": ["a", "b"],
    },
    {"b": False, "c": False, "i": 0, "j": 7, "x": -1.5, "y": 0.0, "s": "", "t": "ab", "is": [], "ss": ["", "ab"]},
    {"b": True, "c": True, "i": 2**63 - 1, "j": -(2**63), "x": 7.0, "y": 7.0, "s": "12", "t": "x", "is": [0], "ss": []},
)


@dataclass(frozen=True)
class Pair:
    """One expression in two spellings: here, and in CEL."""

    here: str
    cel: str


def pair(template: str, *parts: Pair | str) -> Pair:
    here = [part.here if isinstance(part, Pair) else part for part in parts]
    there = [part.cel if isinstance(part, Pair) else part for part in parts]
    return Pair(template.format(*here), template.format(*there))


class Expressions:
    """Draws expressions. `elements` are the variables of quantifiers in force, with their types."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.elements: list[tuple[str, str]] = []

    def of(self, kind: str, depth: int) -> Pair:
        drawn: Pair = getattr(self, kind)(depth)
        return drawn

    def variable(self, kind: str, *names: str) -> str:
        bound = [name for name, of in self.elements if of == kind]
        return self.random.choice([*names, *bound * 3])

    def bool(self, depth: int) -> Pair:
        if depth <= 0:
            return pair(self.random.choice(("b", "c", "true", "false")))
        shapes = (
            self.connected, self.connected, self.negated, self.choice_of_bools, self.compared, self.compared,
            self.ordered, self.ordered, self.mixed, self.contained, self.quantified, self.quantified, self.searched,
        )  # fmt: skip
        return self.random.choice(shapes)(depth - 1)

    def connected(self, depth: int) -> Pair:
        return pair("({} {} {})", self.bool(depth), self.random.choice(("&&", "||")), self.bool(depth))

    def negated(self, depth: int) -> Pair:
        return pair("!({})", self.bool(depth))

    def choice_of_bools(self, depth: int) -> Pair:
        return pair("({} ? {} : {})", self.bool(depth), self.bool(depth), self.bool(depth))

    def compared(self, depth: int) -> Pair:
        kind = self.random.choice(("bool", "int", "double", "text", "ints", "texts"))
        return pair("({} {} {})", self.of(kind, depth), self.random.choice(("==", "!=")), self.of(kind, depth))

    def ordered(self, depth: int) -> Pair:
        kind = self.random.choice(("int", "double"))
        return pair(
            "({} {} {})", self.of(kind, depth), self.random.choice(("<", "<=", ">", ">=")), self.of(kind, depth)
        )

    def mixed(self, depth: int) -> Pair:
        whole, part = self.int(depth), self.double(depth)
        operator = self.random.choice(("<", "<=", ">", ">=", "==", "!="))
        sides = [Pair(side.here, f"dyn({side.cel})") for side in (whole, part)]
        self.random.shuffle(sides)
        return pair("({} {} {})", sides[0], operator, sides[1])

    def contained(self, depth: int) -> Pair:
        kind = self.random.choice(("int", "text"))
        return pair("({} in {})", self.of(kind, 0), self.of(f"{kind}s", depth))

    def quantified(self, depth: int) -> Pair:
        kind = self.random.choice(("int", "text"))
        container = self.of(f"{kind}s", depth)
        name = f"e{len(self.elements)}"
        self.elements.append((name, kind))
        condition = self.bool(depth)
        self.elements.pop()
        return pair("{}.{}({}, {})", container, self.random.choice(("all", "exists", "exists_one")), name, condition)

    def searched(self, depth: int) -> Pair:
        macro = self.random.choice(("contains", "startsWith", "endsWith"))
        return pair("{}.{}({})", self.text(depth), macro, self.text(0))

    def int(self, depth: int) -> Pair:
        if depth <= 0:
            return pair(self.variable("int", "i", "j", "0", "1", "-1", "2", "9223372036854775807"))
        shape = self.random.choice(("arithmetic", "arithmetic", "minus", "size", "choice", "from_double", "from_text"))
        if shape == "arithmetic":
            return pair("({} {} {})", self.int(depth - 1), self.random.choice("+-*%"), self.int(depth - 1))
        if shape == "minus":
            return pair("-({})", self.int(depth - 1))
        if shape == "size":
            return pair("size({})", self.of(self.random.choice(("text", "ints", "texts")), depth - 1))
        if shape == "choice":
            return pair("({} ? {} : {})", self.bool(depth - 1), self.int(depth - 1), self.int(depth - 1))
        return pair("int({})", self.double(depth - 1) if shape == "from_double" else self.text(0))

    def double(self, depth: int) -> Pair:
        if depth <= 0:
            return pair(self.random.choice(("x", "y", "0.0", "1.0", "-0.5", "2.5")))
        shape = self.random.choice(("sum", "sum", "product", "half", "minus", "choice", "from_int"))
        if shape == "sum":
            return pair("({} {} {})", self.double(depth - 1), self.random.choice("+-"), self.double(depth - 1))
        if shape == "product":
            return pair("({} * {})", self.double(0), self.double(0))
        if shape == "half":
            return pair("({} / {})", self.double(0), self.random.choice(("2.0", "-4.0", "0.5")))
        if shape == "minus":
            return pair("-({})", self.double(depth - 1))
        if shape == "choice":
            return pair("({} ? {} : {})", self.bool(depth - 1), self.double(depth - 1), self.double(depth - 1))
        return pair("double({})", self.random.choice(("0", "3", "-7")))

    def text(self, depth: int) -> Pair:
        if depth <= 0:
            return pair(self.variable("text", "s", "t", '"a"', '"ab"', '""', '"7"', '"4x"'))
        if self.random.random() < 0.3:
            return pair("string({})", self.of(self.random.choice(("bool", "int", "text")), depth - 1))
        return pair("({} + {})", self.text(depth - 1), self.text(0))

    def ints(self, depth: int) -> Pair:
        plain = ("is", "[1, 2, 0]", "[-1]", "[i, j]")
        return pair("({} + {})", self.ints(0), self.ints(0)) if depth > 1 else pair(self.random.choice(plain))

    def texts(self, depth: int) -> Pair:
        plain = ("ss", '["a", "中文"]', '[""]', "[s, t]")
        return pair("({} + {})", self.texts(0), self.texts(0)) if depth > 1 else pair(self.random.choice(plain))


def random_expression(random: Random) -> Pair:
    kind = random.choice(("bool", "bool", "bool", "bool", "int", "double", "text", "ints"))
    return Expressions(random).of(kind, random.choice((1, 2, 3)))


def environment() -> Any:
    types = cel.Type
    variables = {
        **dict.fromkeys(("b", "c"), types.BOOL),
        **dict.fromkeys(("i", "j"), types.INT),
        **dict.fromkeys(("x", "y"), types.DOUBLE),
        **dict.fromkeys(("s", "t"), types.STRING),
        "is": types.List(types.INT),
        "ss": types.List(types.STRING),
    }
    return cel.NewEnv(variables=variables)


def value_there(compiled: Any, bindings: Mapping[str, Any]) -> Any:
    found = compiled.eval(data=dict(bindings))
    return ERROR if found.type() == cel.Type.ERROR else found.plain_value()


def value_here(expression: str, bindings: Mapping[str, Any]) -> Any:
    try:
        return riskcheck.evaluate(expression, bindings)
    except EvaluationError:
        return ERROR


def test_agreement_with_an_independent_implementation() -> None:
    random, env = Random(2026), environment()
    errors = 0
    for _ in range(EXPRESSIONS):
        drawn = random_expression(random)
        compiled = env.compile(drawn.cel)
        for bindings in BINDINGS:
            there = value_there(compiled, bindings)
            here = value_here(drawn.here, bindings)
            assert here == there, f"{drawn.here} with {bindings}"
            assert type(here) is type(there), drawn.here
            errors += here is ERROR
    assert 50 < errors < EXPRESSIONS, "errors are among the results, and are not the most"
