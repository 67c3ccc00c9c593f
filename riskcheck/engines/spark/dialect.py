"""Spark SQL where it differs. ANSI mode is off, so that what would go wrong in a branch not taken does no harm."""

from __future__ import annotations

from typing import Final

from riskcheck.engines.sql.dialect import Dialect
from riskcheck.engines.sql.numbers import FURTHEST, NotInSql

PLAIN_PASS: Final = 240
"""The code of a check that applies, has its rows and passes, of which nothing else has to be known."""


class SparkDialect(Dialect):
    """How Spark writes it. Whole numbers of more than 64 bits are decimals of 38 digits."""

    def parameter(self, name: str) -> str:
        return f":{name}"

    def make(self, table: str, select: str) -> str:
        return select

    def codes(self, names: list[str], select: str, first: int) -> str:
        """A row for each check and code: how many projects have it, and which, unless it is that of a plain pass."""
        pairs = ", ".join(f"{first + number}, {name}" for number, name in enumerate(names))
        which = f"collect_list(CASE WHEN code <> {PLAIN_PASS} THEN p_0 END)"
        long = f"SELECT p_0, stack({len(names)}, {pairs}) AS (number, code) FROM ({select}) q"
        return f"SELECT number, code, count(*), {which} FROM ({long}) c GROUP BY number, code"

    def wide(self, number: str) -> str:
        return f"CAST({number} AS DECIMAL(38, 0))"

    def quotient(self, number: str, divisor: str) -> str:
        return f"({number} DIV {divisor})"

    def wide_quotient(self, number: str, divisor: str) -> str:
        """Decimals are divided to six digits, rounded: the floor may be 1 too much. What is too great is FURTHEST."""
        fits = f"{number} < {2**63} AND {divisor} < {2**63}"
        floor = self.wide(f"floor({number} / {divisor})")
        return (
            f"(CASE WHEN {fits} THEN {self.wide(f'CAST({number} AS BIGINT) DIV CAST({divisor} AS BIGINT)')} "
            f"WHEN CAST({number} AS DOUBLE) / CAST({divisor} AS DOUBLE) >= 1e29 THEN {self.wide(str(FURTHEST))} "
            f"ELSE {floor} - (CASE WHEN {floor} * {divisor} > {number} THEN 1 ELSE 0 END) END)"
        )

    def sum(self, number: str) -> str:
        return f"sum({self.wide(number)})"

    def small(self, number: str) -> str:
        return f"CAST({number} AS INT)"

    def list_of(self, items: list[str]) -> str:
        return f"CAST(array({', '.join(items)}) AS ARRAY<STRING>)"

    def list_size(self, found: str) -> str:
        return f"array_size({found})"

    def list_holds(self, found: str, item: str) -> str:
        return f"array_contains({found}, {item})"

    def elements(self, found: str, element: str, place: str) -> str:
        return f"posexplode({found}) AS ({place}, {element})"

    def element(self, found: str) -> str:
        return f"explode({found})"

    def text_test(self, name: str, text: str, part: str) -> str:
        """Its regular expressions are those of Java, and no RE2."""
        if name == "matches":
            raise NotInSql("matches")
        return f"{name.lower()}({text}, {part})"
