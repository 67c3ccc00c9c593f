"""All in which one SQL differs from another: a dialect for other databases overrides what these say otherwise."""

from __future__ import annotations


class Dialect:
    """How DuckDB writes what is not the same everywhere. Arguments are SQL, results too."""

    def parameter(self, name: str) -> str:
        """A value that is handed over beside the text."""
        return f"${name}"

    def make(self, table: str, select: str) -> str:
        """The statement that makes a table of a SELECT."""
        return f"CREATE OR REPLACE TEMP TABLE {table} AS {select}"

    def codes(self, names: list[str], select: str, first: int) -> str:
        """The SELECT of codes, of which `select` has the columns `names`: a row for each project, in order.

        `first`: the number of the first of these checks.
        """
        return f"SELECT {', '.join(names)} FROM ({select}) q ORDER BY p_0"

    def wide(self, number: str) -> str:
        """A whole number of 128 bits, so that sums and products of 64 bits are exact."""
        return f"({number})::HUGEINT"

    def quotient(self, number: str, divisor: str) -> str:
        """The whole quotient of two numbers of which neither is below 0."""
        return f"({number} // {divisor})"

    def wide_quotient(self, number: str, divisor: str) -> str:
        """The same of numbers of 128 bits, both named; by 64 bits where these do, as division is much slower in 128."""
        fits = f"{number} < {2**63} AND {divisor} < {2**63}"
        return f"(CASE WHEN {fits} THEN {number}::BIGINT // {divisor}::BIGINT ELSE {number} // {divisor} END)"

    def sum(self, number: str) -> str:
        """The sum of whole numbers, exact in 128 bits."""
        return f"sum({number})"

    def small(self, number: str) -> str:
        """A number below 256."""
        return f"({number})::UTINYINT"

    def list_of(self, items: list[str]) -> str:
        """A list of texts."""
        return f"[{', '.join(items)}]::VARCHAR[]"

    def list_size(self, found: str) -> str:
        """The number of elements of a list."""
        return f"len({found})"

    def list_holds(self, found: str, item: str) -> str:
        """Whether a list holds a text."""
        return f"list_contains({found}, {item})"

    def elements(self, found: str, element: str, place: str) -> str:
        """The columns of a SELECT that has one row for each element of a list: the element, and its place."""
        return f"unnest({found}) AS {element}, generate_subscripts({found}, 1) AS {place}"

    def element(self, found: str) -> str:
        """The column of a SELECT that has one row for each element of a list."""
        return f"unnest({found})"

    def text_size(self, text: str) -> str:
        """The number of code points of a text."""
        return f"length({text})"

    def text_test(self, name: str, text: str, part: str) -> str:
        """`contains`, `startsWith`, `endsWith` or `matches` (RE2)."""
        called = {
            "contains": "contains",
            "startsWith": "starts_with",
            "endsWith": "ends_with",
            "matches": "regexp_matches",
        }[name]
        return f"{called}({text}, {part})"
