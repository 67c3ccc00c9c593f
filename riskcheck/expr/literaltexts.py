"""Literal texts beside enums and beside text fields: each must be something that the facts can hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from riskcheck.celltext import NONE_WORDS, clean
from riskcheck.errors import did_you_mean
from riskcheck.expr.scope import ElementName, Mistake
from riskcheck.expr.typed import Constant, Expression, If, Kind, ListOf, RowCell, SingleCell, Type, Variable
from riskcheck.expr.wording import listed, quoted, suggestion
from riskcheck.frozen import replace

if TYPE_CHECKING:
    from riskcheck.expr.checker import Checker


def as_words(checker: Checker, left: Expression, right: Expression) -> tuple[Expression, Expression]:
    """Both sides of a comparison, literal texts on one side being words of the enum on the other.

    Refuses literals that are none of the enum's words, and beside a text field those that no text of the facts equals.
    """
    left_enum, right_enum = _enum(left.type), _enum(right.type)
    if left_enum is not None and right_enum is None:
        return left, _words(checker, right, left_enum, left)
    if right_enum is not None and left_enum is None:
        return _words(checker, left, right_enum, right), right
    if isinstance(left, RowCell | SingleCell):
        _expect_as_read(checker, right)
    if isinstance(right, RowCell | SingleCell):
        _expect_as_read(checker, left)
    return left, right


def _expect_as_read(checker: Checker, literals: Expression) -> None:
    """Refuse literal texts that no text of the facts can equal, because texts are trimmed and normalised on reading."""
    for text in _texts(checker, literals):
        if text is None:
            continue
        written = str(text.value)
        read = clean(written)
        if not read:
            message = f"no text of the facts is {quoted(written)}"
            raise checker.mistake("unmatched-text", message, text.span, "whether a field is empty: blank(x)")
        if read != written:
            message = f"no text of the facts equals {quoted(written)}; such a text is read as {quoted(read)}"
            raise checker.mistake("unmatched-text", message, text.span, f"write {quoted(read)}")


def expect_part_as_read(checker: Checker, text: Expression, part: Expression) -> None:
    """Refuse a literal that is part of no text of the facts, for `contains` and the like."""
    if isinstance(text, RowCell | SingleCell) and isinstance(part, Constant):
        from unicodedata import normalize

        written = str(part.value)
        read = normalize("NFKC", written)
        if read != written:
            message = f"no text of the facts holds {quoted(written)}; such a text is read as {quoted(read)}"
            raise checker.mistake("unmatched-text", message, part.span, f"write {quoted(read)}")


def _enum(type_: Type) -> Type | None:
    """The enum type of a value or of a list's elements."""
    if type_.kind is Kind.ENUM:
        return type_
    return _enum(type_.item) if type_.item is not None else None


def _words(checker: Checker, literals: Expression, enum: Type, beside: Expression) -> Expression:
    """`literals` as words of the enum; as it is if it is not made of literal texts alone."""
    texts = list(_texts(checker, literals))
    if None in texts:
        return literals
    wrong = [text for text in texts if text is not None and text.value not in enum.words]
    for text in wrong:
        _report_word(checker, text, enum, beside)
    if wrong:
        raise Mistake
    return _retyped(literals, enum)


def _texts(checker: Checker, expression: Expression) -> Iterator[Constant | None]:
    """The literal texts that an expression is made of; None for each part that is no literal text."""
    match expression:
        case Constant(type=Type(kind=Kind.STRING)):
            yield expression
        case ListOf(items=items):
            for item in items:
                yield from _texts(checker, item)
        case If(then=then, otherwise=otherwise):
            yield from _texts(checker, then)
            yield from _texts(checker, otherwise)
        case Variable(name=name):
            meaning = checker.locals.get(name)
            literals = meaning.literals if isinstance(meaning, ElementName) else ()
            yield from literals or (None,)
        case _:
            yield None


def _retyped(expression: Expression, enum: Type) -> Expression:
    """An expression made of literal texts, typed as words of the enum."""
    match expression:
        case ListOf(items=items):
            return replace(
                expression,
                type=Type(Kind.LIST, item=enum if items else None),
                items=tuple([_retyped(item, enum) for item in items]),
            )
        case If(then=then, otherwise=otherwise):
            return replace(expression, type=enum, then=_retyped(then, enum), otherwise=_retyped(otherwise, enum))
        case Constant() | Variable():
            return replace(expression, type=enum)
    return expression


def _report_word(checker: Checker, text: Constant, enum: Type, beside: Expression) -> None:
    """A literal that is no word of the enum beside it."""
    written = str(text.value)
    if isinstance(beside, RowCell | SingleCell):
        owner = f"{beside.table}.{beside.field.name}"
        close = suggestion(written, beside.field.allowed)
    else:
        owner, close = "this field", did_you_mean(written, enum.words)
    hint = f"words of {owner}: {listed(enum.words)}"
    if written.strip().casefold() in ("", *NONE_WORDS):
        close, hint = "", "whether a field is empty: blank(x)"
    checker.report("unknown-word", f"{owner} is never {quoted(written)}{close}", text.span, hint)
