"""How functions and macros are called: their names and the number of their arguments."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from riskcheck.expr.syntax import Call, Name

if TYPE_CHECKING:
    from riskcheck.expr.checker import Checker

Check = TypeVar("Check")


class Signature(NamedTuple, Generic[Check]):
    """A function: how it is called (`share(row, bad[, n])`), and what types a call with that many arguments."""

    usage: str
    least: int
    most: int
    check: Check

    def expect(self, checker: Checker, call: Call) -> None:
        """Refuse a call with more or fewer arguments than the function takes."""
        count = len(call.args)
        if not self.least <= count <= self.most:
            takes = str(self.least) if self.least == self.most else f"{self.least} or {self.most}"
            message = f"{call.function} takes {takes} {'argument' if takes == '1' else 'arguments'}, not {count}"
            usage = self.usage
            if isinstance(call.target, Name):
                usage = f"{call.target.name}.{usage.partition('.')[2]}"
            raise checker.mistake("wrong-arguments", message, call.function_span, f"it is called as {usage}")


def listed_in(signatures: dict[str, Signature[Check]], usage: str) -> Callable[[Check], Check]:
    """A decorator that lists a check in `signatures`; name and arguments are read from `usage`."""
    before, _, arguments = usage.removesuffix(")").partition("(")
    needed, _, optional = arguments.partition("[")
    least = len(needed.split(",")) if needed else 0
    most = least + optional.count(",")

    def add(check: Check) -> Check:
        signatures[before.rpartition(".")[2]] = Signature(usage, least, most, check)
        return check

    return add
