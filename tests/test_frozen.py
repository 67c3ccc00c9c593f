"""Frozen value classes behave as the standard library's frozen dataclasses do."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from riskcheck.frozen import frozen, replace


@frozen
class Point:
    x: int
    y: int = 2
    names: tuple[str, ...] = ()


@frozen
class Nothing:
    pass


@frozen
class Identity:
    x: int

    __eq__ = object.__eq__
    __hash__ = object.__hash__


def test_fields_are_given_by_place_or_name_and_have_defaults() -> None:
    assert Point(1) == Point(x=1, y=2, names=())
    assert Point(1, 3, ("a",)).names == ("a",)
    assert repr(Point(1)) == "Point(x=1, y=2, names=())"
    assert Nothing() == Nothing()


@pytest.mark.parametrize("arguments", [(), (1, 2, (), 4)])
def test_wrong_arguments_are_refused(arguments: tuple[object, ...]) -> None:
    with pytest.raises(TypeError):
        Point(*arguments)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Point(1, z=3)  # type: ignore[call-arg]


def test_values_are_equal_and_hashed_by_their_fields() -> None:
    assert Point(1) != Point(2)
    assert Point(1) != (1, 2, ())
    assert len({Point(1), Point(1, 2), Point(2)}) == 2
    assert Identity(1) != Identity(1)
    assert len({Identity(1), Identity(1)}) == 2


def test_values_cannot_be_changed() -> None:
    with pytest.raises(AttributeError, match="Point is frozen: x cannot be changed"):
        Point(1).x = 2  # type: ignore[misc]
    with pytest.raises(AttributeError, match="frozen"):
        del Point(1).x


def test_replace_gives_a_changed_copy() -> None:
    before = Point(1, names=("a",))
    assert replace(before, y=5) == Point(1, 5, ("a",))
    assert before.y == 2
    with pytest.raises(TypeError):
        replace(before, z=1)


def test_patterns_match_by_place() -> None:
    match Point(1, 4):
        case Point(x, y):
            assert (x, y) == (1, 4)


def test_a_mapping_as_default_is_shared_safely() -> None:
    @frozen
    class Holder:
        value: MappingProxyType[str, int] = MappingProxyType({})

    assert Holder().value == {}
