"""The typed tree: a condition whose every name is resolved and whose every node has a type.

The checker builds it, engines lower or evaluate it. Sources (rows of a table, filters, groups) are apart from
expressions, so that an engine meets each of the language's constructs exactly once.
"""

from __future__ import annotations

from datetime import date
from enum import Enum

from riskcheck.expr.syntax import Span
from riskcheck.frozen import frozen
from riskcheck.model.schema import Field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal


class Kind(Enum):
    """The kinds of value an expression can have."""

    __hash__ = object.__hash__  # that of `Enum` is no built-in one, and each look at a table of meanings takes it

    BOOL = "bool"
    INT = "int"
    DOUBLE = "double"
    STRING = "string"
    ENUM = "enum"
    DATE = "date"
    DATETIME = "datetime"
    LIST = "list"


ORDERED = (Kind.INT, Kind.DOUBLE, Kind.DATE, Kind.DATETIME)
"""The kinds whose values are held as whole numbers."""
TEXTS = (Kind.STRING, Kind.ENUM)
"""The kinds whose values are held as texts."""


@frozen
class Type:
    """A type. `words` are an enum's allowed values; `item` is a list's element type (None for `[]`)."""

    kind: Kind
    words: tuple[str, ...] = ()
    item: Type | None = None


BOOL, INT, DOUBLE, STRING = Type(Kind.BOOL), Type(Kind.INT), Type(Kind.DOUBLE), Type(Kind.STRING)
DATE, DATETIME = Type(Kind.DATE), Type(Kind.DATETIME)

# ---------------------------------------------------------------- expressions


@frozen
class Constant:
    """A literal; a double is a grid integer, a date literal a date."""

    span: Span
    type: Type
    value: bool | int | str | date


@frozen
class ListOf:
    """A list literal."""

    span: Span
    type: Type
    items: tuple[Expression, ...]


@frozen
class RowCell:
    """`variable.field`: a cell of the row that the variable stands for."""

    span: Span
    type: Type
    variable: str
    table: str
    field: Field


@frozen
class SingleCell:
    """`project.field`: the cell of a one-row table."""

    span: Span
    type: Type
    table: str
    field: Field


@frozen
class AsOf:
    """`as_of`, the review date."""

    span: Span
    type: Type = DATE


@frozen
class LimitRef:
    """`limit.name`."""

    span: Span
    type: Type
    name: str


@frozen
class Variable:
    """The element variable of a quantifier over a list, or a name bound by the caller of `riskcheck.evaluate`."""

    span: Span
    type: Type
    name: str


@frozen
class Not:
    """`!operand`."""

    span: Span
    operand: Expression
    type: Type = BOOL


@frozen
class And:
    """`a && b && …`, flattened."""

    span: Span
    parts: tuple[Expression, ...]
    type: Type = BOOL


@frozen
class Or:
    """`a || b || …`, flattened."""

    span: Span
    parts: tuple[Expression, ...]
    type: Type = BOOL


@frozen
class If:
    """`test ? then : otherwise`."""

    span: Span
    type: Type
    test: Expression
    then: Expression
    otherwise: Expression


@frozen
class Compare:
    """A comparison; one side may be INT where the other is DOUBLE, else the kinds agree."""

    span: Span
    operator: Literal["==", "!=", "<", "<=", ">", ">="]
    left: Expression
    right: Expression
    type: Type = BOOL


CONTRARY = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
"""The operator that holds where another does not."""
TURNED = {"==": "==", "!=": "!=", "<": ">", ">=": "<=", ">": "<", "<=": ">="}
"""The operator that says the same with its sides exchanged."""


@frozen
class In:
    """`item in list`."""

    span: Span
    item: Expression
    container: Expression
    type: Type = BOOL


@frozen
class Arithmetic:
    """`left operator right` on two ints (`+ - * %`) or two doubles (`+ - * /`), or `+` on two strings or lists."""

    span: Span
    type: Type
    operator: Literal["+", "-", "*", "/", "%"]
    left: Expression
    right: Expression


@frozen
class Negate:
    """`-operand`."""

    span: Span
    type: Type
    operand: Expression


@frozen
class CellTest:
    """`has(cell)` (`present`) or `blank(cell)`."""

    span: Span
    cell: RowCell | SingleCell | Variable
    present: bool
    type: Type = BOOL


@frozen
class Days:
    """`days(start, end)`: calendar days from start to end, an int."""

    span: Span
    start: Expression
    end: Expression
    type: Type = INT


@frozen
class Age:
    """`age(moment)`: calendar days from moment to as_of, undefined if moment is later."""

    span: Span
    moment: Expression
    type: Type = INT


@frozen
class Ratio:
    """`ratio(numerator, denominator)` as double, of two ints or two doubles; undefined if the divisor may be 0."""

    span: Span
    numerator: Expression
    denominator: Expression
    type: Type = DOUBLE


@frozen
class Function:
    """A plain CEL function: `size contains startsWith endsWith matches int double string`; the target comes first."""

    span: Span
    type: Type
    name: str
    args: tuple[Expression, ...]


@frozen
class ListQuantifier:
    """`list.all|exists|exists_one(variable, condition)` over a list of values."""

    span: Span
    name: Literal["all", "exists", "exists_one"]
    container: Expression
    variable: str
    condition: Expression
    type: Type = BOOL


class AggregateName(Enum):
    """The macros over rows that give one value."""

    __hash__ = object.__hash__

    ALL = "all"
    EXISTS = "exists"
    EXISTS_ONE = "exists_one"
    COUNT = "count"
    SIZE = "size"
    SHARE = "share"
    SUM = "sum"
    MIN = "min"
    MAX = "max"
    AVG = "avg"
    LATEST = "latest"
    PEAK = "peak"
    LINKED = "linked"
    UNIQUE = "unique"
    ACYCLIC = "acyclic"


@frozen
class Aggregate:
    """`source.name(variable, args…)`.

    args by name: all, exists, exists_one, count: (condition); size: (); share: (bad) or (bad, n), n an INT
    constant or limit; sum, min, max, avg: (value); latest: (date, value); peak: (start, finish, load), the first two
    of one kind and the load never negative; linked: (ref, key) where key may not use the variable; unique: (key);
    acyclic: (key, refs). `variable` is "" for size.
    """

    span: Span
    type: Type
    name: AggregateName
    source: Source
    variable: str
    args: tuple[Expression, ...]


@frozen
class GroupQuantifier:
    """`source.groups(variable, key).all|exists(group, condition)`.

    In the condition `GroupRows(group)` is the group's rows.
    """

    span: Span
    name: Literal["all", "exists"]
    source: Source
    variable: str
    key: Expression
    group: str
    condition: Expression
    type: Type = BOOL


Expression = (
    Constant
    | ListOf
    | RowCell
    | SingleCell
    | AsOf
    | LimitRef
    | Variable
    | Not
    | And
    | Or
    | If
    | Compare
    | In
    | Arithmetic
    | Negate
    | CellTest
    | Days
    | Age
    | Ratio
    | Function
    | ListQuantifier
    | Aggregate
    | GroupQuantifier
)

# ---------------------------------------------------------------- sources of rows


@frozen
class TableRows:
    """All rows of a table."""

    span: Span
    table: str


@frozen
class FilterRows:
    """`source.filter(variable, condition)`; a row whose condition is unknown is a maybe-row."""

    span: Span
    source: Source
    variable: str
    condition: Expression

    @property
    def table(self) -> str:
        """The table whose rows these are."""
        return self.source.table


@frozen
class GroupRows:
    """The rows of the group that a `groups` variable stands for."""

    span: Span
    variable: str
    table: str


Source = TableRows | FilterRows | GroupRows
