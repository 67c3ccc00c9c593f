"""From the text of a condition to its parse tree. The docstring of each parse method is its grammar rule.

The grammar is that of the CEL language definition without indexing, maps, messages, bytes and unsigned numbers. Those
are still recognised, so that the message can say what to write instead.
"""

from __future__ import annotations

from riskcheck.expr.literals import float_literal, int_literal, string_literal
from riskcheck.expr.problems import Problems, UnreadableError
from riskcheck.expr.source import SourceText
from riskcheck.expr.syntax import (
    Binary,
    Call,
    Conditional,
    ListLiteral,
    Literal,
    Name,
    Node,
    Select,
    Span,
    Unary,
    children,
)
from riskcheck.expr.tokens import END, FLOAT, INT, NAME, STRING, Token, tokenize
from riskcheck.frozen import replace

MAX_LENGTH = 10_000
"""Longest condition that is read, in code points."""
MAX_NESTING = 32
"""Deepest nesting of parentheses, calls, lists and conditionals that is read."""
MAX_DEPTH = 64
"""Deepest parse tree; a chain of `&&` or of `||` counts as one level."""
MAX_TERMS = 400
"""Longest chain of operators of one precedence."""

PRECEDENCE = {
    "||": 1,
    "&&": 2,
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">=", "in"), 3),
    **dict.fromkeys(("+", "-"), 4),
    **dict.fromkeys(("*", "/", "%"), 5),
}
"""How tightly the binary operators bind; all group from the left."""
_WORDS_MEANT = {"or": "||", "OR": "||", "and": "&&", "AND": "&&", "not": "!", "NOT": "!"}
_LEVELS = PRECEDENCE | {word: PRECEDENCE[_WORDS_MEANT[word]] for word in ("or", "OR", "and", "AND")}

RESERVED = frozenset(
    [
        "as",
        "break",
        "const",
        "continue",
        "else",
        "for",
        "function",
        "if",
        "import",
        "let",
        "loop",
        "package",
        "namespace",
        "return",
        "var",
        "void",
        "while",
    ]
)
_NO_OPERATORS = {
    "not": 'write !(x in ["a", "b"])',
    "is": "equality is ==; an empty field is blank(x)",
    "like": 'write x.contains("…"), x.startsWith("…") or x.endsWith("…")',
    "contains": 'write x.contains("…")',
    "between": "write x >= low && x <= high",
    "then": "a choice is written test ? value : other value",
}
_KEYWORDS = ("in", "true", "false", "null")


def parse(source: SourceText) -> Node:
    """The parse tree of a condition. Raises ConditionError with what is wrong."""
    problems = Problems(source)
    try:
        node = parse_in_spite(problems)
    except UnreadableError:
        raise problems.error() from None
    if problems:
        raise problems.error()
    return node


def parse_in_spite(problems: Problems) -> Node:
    """The parse tree of what was meant by the source of `problems`, in spite of mistakes, which are reported there.

    Raises UnreadableError where that cannot be told.
    """
    text = problems.source.text
    if len(text) > MAX_LENGTH:
        message = f"the condition has {len(text)} characters; at most {MAX_LENGTH} are read"
        problems.report("too-long", message, Span(0, 1))
        raise UnreadableError
    return _Parser(tokenize(text, problems), problems).condition()


class _Parser:
    def __init__(self, tokens: list[Token], problems: Problems) -> None:
        self.tokens = tokens
        self.problems = problems
        self.position = 0
        self.token = tokens[0]
        self.nesting = 0

    # ------------------------------------------------------------ grammar

    def condition(self) -> Node:
        """condition = expression END"""
        if self.token.kind == END:
            raise self.failure("the condition is empty", self.token)
        node = self.expression()
        if self.token.kind != END:
            raise self.failure_after_expression()
        if len(self.tokens) > MAX_DEPTH and _depth(node) > MAX_DEPTH:
            raise self.failure(
                f"the condition is nested deeper than {MAX_DEPTH} levels", self.tokens[0], code="too-deep"
            )
        return node

    def expression(self) -> Node:
        """expression = binary ["?" binary ":" expression]"""
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise self.failure(f"nested deeper than {MAX_NESTING} levels", self.token, code="too-deep")
        node = self.binary(self.unary(), 1)
        if self.token.text == "?":
            self.advance()
            then = self.binary(self.unary(), 1)
            if self.token.text == "?":
                raise self.failure("put the inner ? : in parentheses", self.token)
            self.expect(":", "a choice has two branches: test ? value : other value", self.token)
            otherwise = self.expression()
            node = Conditional(Span(node.span.start, otherwise.span.end), node, then, otherwise)
        self.nesting -= 1
        return node

    def binary(self, left: Node, least: int) -> Node:
        """binary = unary {operator unary}, with operators of PRECEDENCE `least` and above"""
        terms = 0
        while (level := _LEVELS.get(self.token.text, 0)) >= least:
            operator = self.token
            self.advance()
            right = self.unary()
            if _LEVELS.get(self.token.text, 0) > level:
                right = self.binary(right, level + 1)
            span = Span(operator.start, operator.end)
            name = operator.text if operator.text in PRECEDENCE else self.operator_meant(operator)
            left = Binary(Span(left.span.start, right.span.end), name, span, left, right)
            terms += 1
            if terms > MAX_TERMS:
                raise self.failure(f"more than {MAX_TERMS} terms in one chain", operator, code="too-long")
        return left

    def unary(self) -> Node:
        """unary = {"!" | "-"} member; a "-" right before a number is part of the number"""
        operators: list[Token] = []
        while self.token.text in ("!", "-"):
            operators.append(self.token)
            self.advance()
        minus = operators.pop() if operators and operators[-1].text == "-" and self.token.kind in (FLOAT, INT) else None
        node = self.member(minus)
        for operator in reversed(operators):
            node = Unary(Span(operator.start, node.span.end), operator.text, node)
        return node

    def member(self, minus: Token | None) -> Node:
        """member = primary {"." NAME ["(" [expressions] ")"]}"""
        node = self.primary(minus)
        while self.token.text == ".":
            self.advance()
            name = self.token
            if name.kind != NAME or name.text in _KEYWORDS:
                raise self.failure(f"after the dot comes the name of a field or function, not {_shown(name)}", name)
            self.advance()
            name_span = Span(name.start, name.end)
            if self.token.text == "(":
                args, end = self.bracketed(")")
                node = Call(Span(node.span.start, end), node, name.text, name_span, args)
            else:
                node = Select(Span(node.span.start, name.end), node, name.text, name_span)
        if self.token.text in ("[", "{"):
            raise self.failure_at_suffix()
        return node

    def primary(self, minus: Token | None) -> Node:
        """primary = ["-"] INT | ["-"] FLOAT | STRING | name | "(" expression ")" | "[" [expressions] "]" """
        token = self.token
        span = Span(minus.start if minus else token.start, token.end)
        if token.kind == NAME:
            return self.name(token, span)
        if token.kind == STRING:
            self.advance()
            return Literal(span, string_literal(token.text, span, self.problems))
        if token.kind in (INT, FLOAT):
            self.advance()
            make = int_literal if token.kind == INT else float_literal
            return Literal(span, make("-" + token.text if minus else token.text, span, self.problems))
        if token.text == "(":
            self.advance()
            node = self.expression()
            end = self.token.end
            self.expect(")", "this parenthesis is not closed", token)
            return replace(node, span=Span(token.start, end))
        if token.text == "[":
            items, end = self.bracketed("]")
            return ListLiteral(Span(token.start, end), items)
        raise self.failure_instead_of_value(token)

    def name(self, token: Token, span: Span) -> Node:
        """name = NAME ["(" [expressions] ")"] | "true" | "false" | "null" """
        if token.text in _LEVELS:
            raise self.failure_instead_of_value(token)
        self.advance()
        if self.token.text == "(":
            args, end = self.bracketed(")")
            return Call(Span(token.start, end), None, token.text, span, args)
        if token.text in _WORDS_MEANT and self.token.kind in (NAME, STRING, INT, FLOAT):
            operand = self.member(None)
            return Unary(Span(token.start, operand.span.end), self.operator_meant(token), operand)
        if token.text in ("true", "false"):
            return Literal(span, token.text == "true")
        if token.text == "null":
            return Literal(span, None)
        if token.text in RESERVED:
            self.problem(f'"{token.text}" is a reserved word; choose another name', token)
        return Name(span, token.text)

    def bracketed(self, closing: str) -> tuple[tuple[Node, ...], int]:
        """expressions = expression {"," expression} in brackets; a list may end in a comma. Also where they close."""
        opening = self.token
        self.advance()
        items: list[Node] = []
        while self.token.text != closing:
            items.append(self.expression())
            if self.token.text != ",":
                break
            comma = self.token
            self.advance()
            if self.token.text == closing == ")":
                self.problem("nothing follows this comma", comma)
        end = self.token.end
        self.expect(
            closing, "this bracket is not closed" if closing == "]" else "this parenthesis is not closed", opening
        )
        return tuple(items), end

    # ------------------------------------------------------------ steps and problems

    def advance(self) -> None:
        """Go on to the next token."""
        self.position += 1
        self.token = self.tokens[self.position]

    def expect(self, text: str, message: str, opening: Token) -> None:
        """Step over the token `text`; if it is not there, fail with `message` at what opened it."""
        if self.token.text == text:
            self.advance()
        elif self.token.kind == END:
            raise self.failure(message, opening, f'"{text}" is missing')
        else:
            raise self.failure_after_expression(f'"{text}"')

    def operator_meant(self, token: Token) -> str:
        """The operator that `and`, `or`, `not` mean, after reporting it."""
        meant = _WORDS_MEANT[token.text]
        self.problem(f'"{token.text}" is not read here; write {meant}', token)
        return meant

    def failure_after_expression(self, expected: str = "") -> UnreadableError:
        """Where an expression has ended and something follows that cannot."""
        token, before = self.token, self.tokens[self.position - 1]
        if before.kind in (INT, FLOAT) and before.end == token.start and token.kind == NAME:
            message = f"a number has no unit; {_shown(before)} is followed by {_shown(token)}"
            hint = "days(a, b) and age(d) count days; a percent field holds percent, so write 85"
            return self.failure(message, token, hint)
        if token.text in (")", "]") and not expected:
            return self.failure(f"this {token.text} closes nothing", token)
        if token.kind == NAME and token.text.lower() in _NO_OPERATORS:
            return self.failure(f'"{token.text}" is no operator', token, _NO_OPERATORS[token.text.lower()])
        wanted = f"an operator or {expected}" if expected else "an operator or the end"
        new_line = "\n" in self.problems.source.text[before.end : token.start]
        hint = "conditions on several lines are joined with && or ||" if new_line else ""
        return self.failure(f"{_shown(token)} cannot follow here; {wanted} was expected", token, hint)

    def failure_instead_of_value(self, token: Token) -> UnreadableError:
        """Where a value should stand and does not."""
        before = self.tokens[self.position - 1] if self.position else None
        if token.text == "{":
            hint = "compare the fields one by one"
            return self.failure("there are no maps in the language", token, hint, code="not-in-language")
        if before is not None and before.text == "%":
            hint = "a percent field holds percent, so write 85; a share is written 0.85"
            return self.failure("a number has no percent sign", before, hint)
        if token.text == ".":
            return self.failure("a name does not begin with a dot", token)
        if before is None:
            return self.failure(f"a value is missing before {_shown(token)}", token)
        if token.kind == END:
            return self.failure(f"a value is missing after {_shown(before)}", before)
        return self.failure(f"a value is missing between {_shown(before)} and {_shown(token)}", token)

    def failure_at_suffix(self) -> UnreadableError:
        """`list[0]`, `map["key"]` and `Message{…}`."""
        if self.token.text == "{":
            return self.failure("there are no messages in the language", self.token, code="not-in-language")
        hint = "rows and lists are asked with exists(…) and all(…), rows also with latest(…)"
        return self.failure("nothing is picked out by its position", self.token, hint, code="not-in-language")

    def problem(self, message: str, token: Token, *hints: str, code: str = "syntax") -> None:
        """Report a problem and go on."""
        self.problems.report(code, message, Span(token.start, token.end), *hints)

    def failure(self, message: str, token: Token, *hints: str, code: str = "syntax") -> UnreadableError:
        """Report a problem after which the rest cannot be understood, and give the error to raise."""
        self.problem(message, token, *hints, code=code)
        return UnreadableError()


def _shown(token: Token) -> str:
    """A token as a message names it."""
    if token.kind == END:
        return "the end"
    text = token.text if len(token.text) <= 40 else token.text[:39] + "…"
    return text if token.kind == STRING else f'"{text}"'


def _depth(tree: Node) -> int:
    """The depth of a parse tree, found without recursion; a chain of `&&` or of `||` counts as one level."""
    deepest, rest = 0, [(tree, 1)]
    while rest:
        node, depth = rest.pop()
        deepest = max(deepest, depth)
        chained = node.left if isinstance(node, Binary) and node.operator in ("&&", "||") else None
        for child in children(node):
            same = child is chained and isinstance(child, Binary) and child.operator == node.operator  # type: ignore[union-attr]
            rest.append((child, depth if same else depth + 1))
    return deepest
