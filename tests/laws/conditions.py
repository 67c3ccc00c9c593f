"""Random well-typed conditions of the small schema of `worlds`, as text."""

from __future__ import annotations

from random import Random

from tests.laws.worlds import KINDS, NAMES

TABLES = ("tasks", "items")
ORDER = ("==", "!=", "<", "<=", ">", ">=")


class Conditions:
    """Draws conditions. `rows`, `groups` and `elements` are the macro variables in force."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.rows: list[str] = []
        self.groups: list[str] = []
        self.elements: list[str] = []
        self.names = 0

    def pick(self, *choices: str) -> str:
        return self.random.choice(choices)

    def new_name(self, prefix: str) -> str:
        self.names += 1
        return f"{prefix}{self.names}"

    def call(self, name: str, *choices: str) -> str:
        method = getattr(self, name)
        drawn: str = method(*choices)
        return drawn

    # ------------------------------------------------------------ conditions

    def condition(self, depth: int) -> str:
        simple = ("compare_numbers", "compare_texts", "test_cell", "flag", "compare_days", "membership")
        if depth <= 0:
            return str(getattr(self, self.pick(*simple))(0))
        deep = (
            "connected", "connected", "negated", "choice", "quantified", "quantified", "quantified", "grouped",
            "over_list", "related", "related", "compare_numbers", "compare_numbers", "compare_days",
        )  # fmt: skip
        return str(getattr(self, self.pick(*deep))(depth))

    def connected(self, depth: int) -> str:
        return f"({self.condition(depth - 1)} {self.pick('&&', '||')} {self.condition(depth - 1)})"

    def negated(self, depth: int) -> str:
        return f"!({self.condition(depth - 1)})"

    def choice(self, depth: int) -> str:
        return f"({self.condition(depth - 1)} ? {self.condition(depth - 1)} : {self.condition(depth - 1)})"

    def flag(self, depth: int) -> str:
        return self.pick("true", "false") if self.random.random() < 0.05 else f"{self.owner()}.flag"

    def test_cell(self, depth: int) -> str:
        field = self.pick("name", "ref", "refs", "few", "amount", "flag", "kind", "due", "moment")
        return f"{self.pick('has', 'blank')}({self.owner()}.{field})"

    def compare_texts(self, depth: int) -> str:
        if self.random.random() < 0.3:
            return f'{self.owner()}.kind {self.pick("==", "!=")} "{self.pick(*KINDS)}"'
        return f"{self.text()} {self.pick('==', '!=')} {self.text()}"

    def membership(self, depth: int) -> str:
        if self.random.random() < 0.2:
            numbers = self.pick(
                "[0, 1]", "[0.0, 1.0]", f"[{self.plain_number('int')}]", f"[{self.plain_number('double')}]"
            )
            return f"{self.plain_number(self.pick('int', 'double'))} in {numbers}"
        if self.random.random() < 0.3:
            return f'{self.owner()}.kind in ["{self.pick(*KINDS)}", "{self.pick(*KINDS)}"]'
        return f"{self.text()} in {self.pick(f'{self.owner()}.refs', f'[{self.text()}, {self.text()}]')}"

    def compare_numbers(self, depth: int) -> str:
        left, right = self.pick("int", "double"), self.pick("int", "double")
        return f"{self.number(left, depth - 1)} {self.pick(*ORDER)} {self.number(right, min(depth - 1, 0))}"

    def compare_days(self, depth: int) -> str:
        return f"{self.day(depth)} {self.pick(*ORDER)} {self.day(0)}"

    def quantified(self, depth: int) -> str:
        source = self.source(depth - 1)
        name = self.pick("all", "all", "exists", "exists", "exists_one")
        return self.with_row(source, lambda row: f"{source}.{name}({row}, {self.condition(depth - 1)})")

    def grouped(self, depth: int) -> str:
        source, name = self.source(depth - 1), self.pick("all", "exists")
        row, group = self.new_name("r"), self.new_name("g")
        key = f"{row}.{self.pick('name', 'ref', 'few', 'kind', 'flag')}"
        self.groups.append(group)
        text = f"{source}.groups({row}, {key}).{name}({group}, {self.condition(depth - 1)})"
        self.groups.pop()
        return text

    def over_list(self, depth: int) -> str:
        container = self.pick(f"{self.owner()}.refs", f"[{self.text()}, {self.text()}]", '["A", "B"]')
        name = self.new_name("e")
        self.elements.append(name)
        text = f"{container}.{self.pick('all', 'exists', 'exists_one')}({name}, {self.condition(depth - 1)})"
        self.elements.pop()
        return text

    def related(self, depth: int) -> str:
        source, row = self.source(depth - 1), self.new_name("r")
        kind = self.pick("linked", "linked", "unique", "acyclic")
        if kind == "linked":
            return f"{source}.linked({row}, {row}.{self.pick('ref', 'refs', 'name')}, {self.text()})"
        if kind == "unique":
            return f"{source}.unique({row}, {row}.{self.pick('name', 'ref', 'few', 'kind', 'due')})"
        return f"{source}.acyclic({row}, {row}.name, {row}.{self.pick('ref', 'refs')})"

    # ------------------------------------------------------------ values

    def text(self) -> str:
        return self.pick(f"{self.owner()}.name", f"{self.owner()}.ref", f'"{self.pick(*NAMES)}"', *self.elements * 2)

    def day(self, depth: int) -> str:
        plain = (f"{self.owner()}.due", "as_of", 'date("2026-06-29")')
        if depth <= 0 or self.random.random() < 0.5:
            return self.pick(*plain)
        source = self.source(depth - 1)
        arguments = self.pick("min({0}, {0}.due)", "max({0}, {0}.due)", "latest({0}, {0}.due, {0}.due)")
        return f"{source}.{arguments.format(self.new_name('r'))}"

    def number(self, kind: str, depth: int) -> str:
        if depth <= 0:
            return self.plain_number(kind)
        shape = self.pick("plain", "arithmetic", "aggregate", "aggregate", "aggregate", "function", "choice")
        if shape == "plain":
            return self.plain_number(kind)
        if shape == "arithmetic":
            operator = self.pick(*("+-*%" if kind == "int" else "+-*/"))
            return f"({self.number(kind, depth - 1)} {operator} {self.number(kind, depth - 1)})"
        if shape == "choice":
            return f"({self.condition(depth - 1)} ? {self.number(kind, 0)} : {self.number(kind, 0)})"
        return self.function(kind, depth) if shape == "function" else self.aggregate(kind, depth)

    def plain_number(self, kind: str) -> str:
        if kind == "int":
            return self.pick(f"{self.owner()}.few", f"{self.owner()}.any", "0", "1", "2", "-1")
        return self.pick(f"{self.owner()}.part", f"{self.owner()}.amount", "0.0", "0.5", "1.0", "0.333333")

    def function(self, kind: str, depth: int) -> str:
        if kind == "double":
            of = self.pick("int", "double")
            return self.pick(
                f"double({self.number('int', depth - 1)})",
                f"ratio({self.number(of, depth - 1)}, {self.number(of, depth - 1)})",
                f"-({self.number('double', depth - 1)})",
            )
        return self.pick(
            f"int({self.number('double', depth - 1)})",
            f"days({self.day(0)}, {self.day(depth - 1)})",
            f"age({self.day(depth - 1)})",
            f"days({self.owner()}.moment, as_of)",
            f"age({self.owner()}.moment)",
            f"size({self.owner()}.{self.pick('refs', 'name')})",
            f"-({self.number('int', depth - 1)})",
        )

    def aggregate(self, kind: str, depth: int) -> str:
        source = self.source(depth - 1)
        if kind == "int" and self.random.random() < 0.5:
            if self.random.random() < 0.4:
                return f"{source}.size()"
            return self.with_row(source, lambda row: f"{source}.count({row}, {self.condition(depth - 1)})")
        if self.random.random() < 0.25:
            return self.with_row(source, lambda row: f"{source}.peak({row}, {self.loaded(row, kind)})")
        name = self.pick("sum", "min", "max", "latest", *(("share", "share", "avg", "avg") if kind == "double" else ()))
        if name == "share":
            tolerant = self.pick("", ", 2", ", 3")
            return self.with_row(source, lambda row: f"{source}.share({row}, {self.condition(depth - 1)}{tolerant})")
        date = "{0}.due, " if name == "latest" else ""
        of = self.pick("int", "double") if name == "avg" else kind
        return self.with_row(
            source, lambda row: f"{source}.{name}({row}, {date.format(row)}{self.number(of, depth - 1)})"
        )

    def loaded(self, row: str, kind: str) -> str:
        """From when to when, and with what load: mostly the row's own."""
        start, finish = self.pick(
            f"{row}.due, {row}.until",
            f"{row}.moment, {row}.over",
            f"{row}.due, {self.day(0)}",
            f"{self.day(1)}, {row}.until",
        ).split(", ", 1)
        owner = self.owner()
        of_kind = {
            "int": (
                f"{owner}.few",
                f"{owner}.few * 2",
                "1",
                f"size({owner}.refs)",
                f"items.count(i, i.few < {owner}.few)",
            ),
            "double": (f"{owner}.part", f"{owner}.part * 0.5", "0.5", f"ratio({owner}.few, {owner}.few)"),
        }
        return f"{start}, {finish}, {self.pick(*of_kind[kind])}"

    # ------------------------------------------------------------ rows

    def owner(self) -> str:
        """What a field is taken of: mostly the innermost row."""
        if self.rows and self.random.random() < 0.85:
            return self.rows[-1] if self.random.random() < 0.7 else self.pick(*self.rows)
        return "project"

    def source(self, depth: int) -> str:
        source = self.pick(*TABLES, *self.groups * 4)
        if depth > 0 and self.random.random() < 0.4:
            return self.with_row(source, lambda row: f"{source}.filter({row}, {self.condition(depth - 1)})")
        return source

    def with_row(self, source: str, text: object) -> str:
        row = self.new_name("r")
        self.rows.append(row)
        drawn: str = text(row)  # type: ignore[operator]
        self.rows.pop()
        return drawn
