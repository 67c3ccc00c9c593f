"""Frozen value classes that are quick to define.

`@frozen` gives what `@dataclass(frozen=True)` gives: `__init__`, `__repr__`, `__eq__`, `__hash__`, `__match_args__`,
and no assignment. The standard decorator compiles six functions for each class, about half a millisecond; riskcheck
defines more than a hundred such classes before it reads its first cell, and that was a third of a whole run. This
one compiles next to nothing. Fields have plain defaults only, and value classes do not inherit from each other.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from types import CodeType, FunctionType

TYPE_CHECKING = False
"""Modules of the main job say so themselves: importing `typing` for it takes as long as ten of them."""
if TYPE_CHECKING:
    from typing import Any, TypeVar, dataclass_transform

    _T = TypeVar("_T")
else:

    def dataclass_transform(**_):  # what type checkers go by, and nothing else
        return lambda decorator: decorator


@dataclass_transform(frozen_default=True)
def frozen(cls: type[_T]) -> type[_T]:
    """Make `cls` a frozen value class of the fields that its annotations name, in their order."""
    names = tuple(cls.__annotations__)
    values = _values_of(names)

    def __eq__(self: _T, other: object) -> bool:  # noqa: N807
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: _T) -> int:  # noqa: N807
        return hash(values(self))

    made: dict[str, Any] = {
        "__eq__": __eq__,
        "__hash__": __hash__,
        "__repr__": _repr,
        "__setattr__": _refuse_assignment,
        "__delattr__": _refuse_assignment,
        "__match_args__": names,
    }
    if "__init__" not in cls.__dict__:  # a wheel has it written out
        made["__init__"] = _init(names, tuple(cls.__dict__[name] for name in names if name in cls.__dict__))
    for name, value in made.items():
        if cls.__dict__.get(name) is None:
            setattr(cls, name, value)
    return cls


def replace(value: _T, /, **changes: Any) -> _T:
    """A copy of a value of a frozen class with some fields changed."""
    kept = {name: getattr(value, name) for name in type(value).__match_args__ if name not in changes}  # type: ignore[attr-defined]
    return type(value)(**kept, **changes)


def _values_of(names: tuple[str, ...]) -> Callable[[Any], Any]:
    """A function that gives a value's fields, to compare and to hash."""
    return attrgetter(*names) if names else lambda _: ()


def _init(names: tuple[str, ...], defaults: tuple[Any, ...]) -> Callable[..., None]:
    """An `__init__` that sets these fields; `defaults` are those of the last ones."""
    code = _init_code(len(names))
    renamed = dict(zip(code.co_varnames[1:], names, strict=False))
    constants = tuple(renamed.get(each, each) for each in code.co_consts)
    named = code.replace(co_varnames=("self", *names, *code.co_varnames[1 + len(names) :]), co_consts=constants)
    return FunctionType(named, {}, "__init__", defaults)


@cache
def _init_code(count: int) -> CodeType:
    """The code of an `__init__` of `count` fields: compiled once for all classes of so many, and renamed for each.

    It fills the value's dict, which takes half the time of `object.__setattr__` for each field.
    """
    names = [f"field_{number}" for number in range(count)]
    body = "; ".join(["fields_ = self.__dict__", *(f"fields_[{name!r}] = {name}" for name in names)])
    made: dict[str, Any] = {}
    exec(f"def __init__({', '.join(['self', *names])}): {body}", made)
    code: CodeType = made["__init__"].__code__
    return code


def _repr(self: Any) -> str:
    fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in type(self).__match_args__)
    return f"{type(self).__qualname__}({fields})"


def _refuse_assignment(self: Any, name: str, *_: Any) -> None:
    raise AttributeError(f"{type(self).__qualname__} is frozen: {name} cannot be changed")
