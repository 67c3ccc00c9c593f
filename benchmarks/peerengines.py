"""Other rule engines, each as somebody would use it: rules read once, then one project after the other.

A contender takes the rules and gives a function: the fields of one project in, the numbers of the rules that fail out.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from benchmarks.peertexts import Atom, Fields, Words, Writer, texts
from riskcheck.expr.typed import Expression

Judge = Callable[[dict[str, Any]], frozenset[int]]
Made = Callable[[Sequence[Expression], Fields, int], Judge]


def _failing(truths: Sequence[Any]) -> frozenset[int]:
    return frozenset([number for number, truth in enumerate(truths) if truth])


_CEL = Words(name=str, known=lambda name: f"{name} != null")
_AND_OR = replace(_CEL, both=" and ", either=" or ", double=lambda number: number)


def cel_cpp(rules: Sequence[Expression], fields: Fields, as_of: int) -> Judge:
    """cel-expr-python: one list of all rules."""
    from cel_expr_python import cel

    whole = f"[{', '.join(texts(rules, _CEL, fields, as_of))}]"
    program = cel.NewEnv(variables=dict.fromkeys(fields.names, cel.Type.DYN)).compile(whole)
    return lambda project: _failing([each.plain_value() for each in program.eval(data=project).value()])


def cel_rust(rules: Sequence[Expression], fields: Fields, as_of: int) -> Judge:
    """common-expression-language: one list of all rules."""
    import cel

    program = cel.compile(f"[{', '.join(texts(rules, _CEL, fields, as_of))}]")
    return lambda project: _failing(program.execute(project))


def zen(rules: Sequence[Expression], fields: Fields, as_of: int) -> Judge:
    """zen-engine: one compiled expression."""
    import zen as engine

    words = replace(
        _AND_OR,
        contains=lambda text, part: f"contains({text}, {part})",
        starts=lambda text, part: f"startsWith({text}, {part})",
    )
    program = engine.compile_expression(f"[{', '.join(texts(rules, words, fields, as_of))}]")
    return lambda project: _failing(program.evaluate(project))


def rule_engine(rules: Sequence[Expression], fields: Fields, as_of: int) -> Judge:
    """rule-engine: a rule object each."""
    import rule_engine as engine

    words = replace(
        _AND_OR,
        contains=lambda text, part: f"{part} in {text}",
        starts=lambda text, part: f"{text}.starts_with({part})",
    )
    made = [engine.Rule(text) for text in texts(rules, words, fields, as_of)]
    return lambda project: _failing([each.matches(project) for each in made])


def rego(rules: Sequence[Expression], fields: Fields, as_of: int) -> Judge:
    """opa-eval (regorus): a policy with a set of failing rules."""
    import opa_eval

    words = Words(
        name=lambda name: f"input.{name}",
        known=lambda name: f"input.{name} != null",
        both="\n  ",
        contains=lambda text, part: f"contains({text}, {part})",
        starts=lambda text, part: f"startswith({text}, {part})",
        among=lambda item, items: f"{item} in {{{', '.join(items)}}}",
        double=lambda number: number,
    )
    writer = Writer(words, fields, as_of)
    bodies = [
        f"fails contains {number} if {{\n  {words.both.join(text for atom in way for text in atom)}\n}}"
        for number, rule in enumerate(rules)
        for way in writer.alternatives(rule)
    ]
    policy = tempfile.NamedTemporaryFile("w", suffix=".rego", delete=False)  # noqa: SIM115 - read when it is closed
    with policy:
        policy.write("\n".join(["package bench", "import rego.v1", *bodies, ""]))
    program = opa_eval.OpaEval(policy.name, query="data.bench.fails")
    Path(policy.name).unlink()
    return lambda project: frozenset(program.evaluate_parsed(json.dumps(project)))


def business_rules(rules: Sequence[Expression], fields: Fields, as_of: int) -> Judge:
    """business-rules: each comparison a method in Python, since its own JSON has no arithmetic and no two fields."""
    from business_rules import run_all
    from business_rules.actions import BaseActions, rule_action
    from business_rules.fields import FIELD_NUMERIC
    from business_rules.variables import BaseVariables, boolean_rule_variable

    methods: dict[str, Any] = {}

    def method(atom: Atom) -> dict[str, Any]:
        source = f"lambda self: {' and '.join(atom)}"
        name = next((name for name, each in methods.items() if each[0] == source), f"m{len(methods)}")
        if name not in methods:
            function = eval(source)
            function.__name__ = name
            methods[name] = (source, boolean_rule_variable(function))
        return {"name": name, "operator": "is_true", "value": True}

    words = Words(
        name=lambda name: f"self.p[{name!r}]",
        known=lambda name: f"self.p[{name!r}] is not None",
        both=" and ",
        true="True",
        false="False",
        contains=lambda text, part: f"{part} in {text}",
        starts=lambda text, part: f"{text}.startswith({part})",
        double=lambda number: number,
    )
    writer = Writer(words, fields, as_of)
    listed = [
        {
            "conditions": {"any": [{"all": [method(atom) for atom in way]} for way in writer.alternatives(rule)]},
            "actions": [{"name": "fail", "params": {"number": number}}],
        }
        for number, rule in enumerate(rules)
    ]

    def started(self: Any, project: dict[str, Any]) -> None:
        self.p = project

    variables = type("Variables", (BaseVariables,), {"__init__": started, **{n: m for n, (_, m) in methods.items()}})

    class Actions(BaseActions):  # type: ignore[misc]
        def __init__(self) -> None:
            self.found: set[int] = set()

        @rule_action(params={"number": FIELD_NUMERIC})  # type: ignore[untyped-decorator]
        def fail(self, number: int) -> None:
            self.found.add(number)

    def judge(project: dict[str, Any]) -> frozenset[int]:
        actions = Actions()
        run_all(listed, variables(project), actions, stop_on_first_trigger=False)
        return frozenset(actions.found)

    return judge


def clips(rules: Sequence[Expression], fields: Fields, as_of: int) -> Judge:
    """clipspy: a fact of one template, a rule for each way to fail."""
    import clips as engine

    operators = {"==": "eq", "!=": "neq"}
    words = Words(
        name=lambda name: f"?{name}",
        known=lambda name: f"(neq ?{name} nil)",
        both=" ",
        true="TRUE",
        false="FALSE",
        contains=lambda text, part: f"(neq (str-index {part} {text}) FALSE)",
        starts=lambda text, part: f"(eq (str-index {part} {text}) 1)",
        among=lambda item, items: f"(or {' '.join(f'(eq {item} {each})' for each in items)})",
        double=lambda number: number,
        compare=lambda left, operator, right: f"({operators.get(operator, operator)} {left} {right})",
        arithmetic=lambda left, operator, right: f"({operator} {left} {right})",
    )
    writer = Writer(words, fields, as_of)
    conditions = [
        (number, f"(and {' '.join(text for atom in way for text in atom)})")
        for number, rule in enumerate(rules)
        for way in writer.alternatives(rule)
    ]
    every = fields.names
    environment = engine.Environment()
    environment.build(f"(deftemplate project {' '.join(f'(slot {name})' for name in every)})")
    environment.build("(deftemplate fail (slot number))")
    for place, (number, condition) in enumerate(conditions):
        read = [name for name in every if f"?{name} " in condition or f"?{name})" in condition]
        slots = " ".join(f"({name} ?{name})" for name in read)
        environment.build(
            f"(defrule r{place} (project {slots}) (test {condition}) => (assert (fail (number {number}))))"
        )
    template, failed = environment.find_template("project"), environment.find_template("fail")
    nil, true, false = engine.Symbol("nil"), engine.Symbol("TRUE"), engine.Symbol("FALSE")

    def judge(project: dict[str, Any]) -> frozenset[int]:
        environment.reset()
        asked = {
            name: nil if value is None else (true if value else false) if isinstance(value, bool) else value
            for name, value in project.items()
        }
        template.assert_fact(**asked)
        environment.run()
        return frozenset(each["number"] for each in failed.facts())

    return judge


@dataclass(frozen=True)
class _Test:
    """A comparison, and what it is in Python."""

    left: str
    operator: str
    right: str
    python: str


@dataclass
class _DurableTests:
    """The comparisons of rules as durable-rules writes them; those that it has no way to say come as fields, for free.

    In the texts of rules a comparison is the number that it has here.
    """

    found: list[_Test] = field(default_factory=list)
    given: dict[str, Any] = field(default_factory=dict)
    """What gives those fields: expressions in Python."""

    @property
    def words(self) -> Words:
        return Words(
            name=str,
            known=lambda name: "",
            both="\n",
            true="True",
            false="False",
            contains=lambda text, part: self.kept(text, "contains", part, f"{part} in {text}"),
            starts=lambda text, part: self.kept(text, "starts", part, f"{text}.startswith({part})"),
            among=lambda item, items: self.kept(item, "in", "", f"{item} in ({', '.join(items)})"),
            double=lambda number: number,
            compare=lambda left, operator, right: self.kept(left, operator, right, f"{left} {operator} {right}"),
        )

    def kept(self, *parts: str) -> str:
        self.found.append(_Test(*parts))
        return str(len(self.found) - 1)

    def all_of(self, way: Iterable[Atom]) -> dict[str, Any]:
        """The pattern of a rule: what must all hold."""
        numbers = [int(number) for atom in way for text in atom for number in text.split("\n") if number]
        return {"m": {"$and": [self.pattern(number) for number in numbers]}}

    def pattern(self, number: int) -> dict[str, Any]:
        """The test with this number, or a look at the field that says what it gives."""
        test = self.found[number]
        left, right = test.left, test.right
        is_field = right.isidentifier() and right not in ("True", "False")
        is_constant = right in ("True", "False") or right[:1] in '"-0123456789'
        if not left.isidentifier() or test.operator not in _DURABLE or not (is_field or is_constant):
            self.given[f"g{number}"] = compile(test.python, "<test>", "eval")
            return {f"g{number}": True}
        compared = {left: {"$m": right} if is_field else json.loads(right.lower())}
        name = _DURABLE[test.operator]
        return {name: compared} if name else compared

    def fact(self, project: dict[str, Any]) -> dict[str, Any]:
        """A project as a fact: what is not known is not in it."""
        fact = {name: value for name, value in project.items() if value is not None}
        for name, code in self.given.items():
            try:
                fact[name] = bool(eval(code, {}, project))
            except (TypeError, AttributeError, ZeroDivisionError):
                continue
        return fact


_DURABLE = {"==": "", "!=": "$neq", "<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte"}


def durable(rules: Sequence[Expression], fields: Fields, as_of: int) -> Judge:
    """durable-rules bare: its own comparisons, with no guards."""
    from durable.engine import Ruleset

    tests, found = _DurableTests(), list[int]()
    writer = Writer(tests.words, fields, as_of)

    def rule(number: int, way: Iterable[Atom]) -> dict[str, Any]:
        return {"all": [tests.all_of(way)], "run": lambda _: found.append(number)}

    made = {
        f"{number}.{place}": rule(number, way)
        for number, each in enumerate(rules)
        for place, way in enumerate(writer.alternatives(each))
    }
    ruleset = Ruleset("bench", None, made)
    facts: dict[int, dict[str, Any]] = {}

    def judge(project: dict[str, Any]) -> frozenset[int]:
        if id(project) not in facts:  # made once, in the first round, which is not counted
            facts[id(project)] = {**tests.fact(project), "sid": str(len(facts))}
        fact = facts[id(project)]
        found.clear()
        try:
            ruleset.do_actions(ruleset.assert_facts([dict(fact)]), lambda error, _: None)
        finally:
            ruleset.delete_state(fact["sid"])
        return frozenset(found)

    return judge


PEERS: dict[str, Made] = {
    "cel-expr-python (C++)": cel_cpp,
    "common-expression-language (Rust)": cel_rust,
    "zen-engine": zen,
    "business-rules": business_rules,
    "opa-eval (Rego)": rego,
    "clipspy": clips,
    "rule-engine": rule_engine,
    "durable-rules": durable,
}
