"""The lines of one field in a proposed mapping: its column, and what of its cells is doubtful."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from riskcheck.facts.column import read_column
from riskcheck.facts.rawcell import RawCell
from riskcheck.facts.unitfactors import factor_between
from riskcheck.facts.units import unit_of_word
from riskcheck.facts.unread import Reason
from riskcheck.frozen import frozen
from riskcheck.mapping.speaking import Speaker, out
from riskcheck.mapping.yamltext import comment, scalar
from riskcheck.model.schema import Field, FieldType

MOST_WORDS = 40
_MANY_CELLS = 100_000
_BRACKETS = "()[]【】 "


@frozen
class Doubts:
    """What of the cells of a field is not understood: words, a date without order, percent without scale, a unit."""

    words: tuple[str, ...] = ()
    date: str | None = None
    percent: str | None = None
    unit: str | None = None


NO_DOUBTS = Doubts()


def doubts_of(field: Field, raws: Sequence[RawCell]) -> Doubts:
    """What is doubtful about the cells of a field, by the first of them."""
    words: dict[str, None] = {}
    date = percent = None
    for _, unread in read_column(field, raws[:_MANY_CELLS]).unread:
        if unread.reason in (Reason.UNKNOWN_WORD, Reason.NOT_BOOL):
            words[" ".join(unread.raw.split())] = None
        elif unread.reason is Reason.DAY_OR_MONTH:
            date = date or unread.raw
        elif unread.reason is Reason.PERCENT_UNCLEAR:
            percent = percent or unread.raw
    return Doubts(tuple(words), date, percent)


def field_lines(speak: Speaker, field: Field, key: str, text: str, where: str, doubts: Doubts) -> Iterator[str]:
    """The lines at the indentation of fields: `key` and `text` name its column, which stands at `where`."""
    title = f"{speak.say(field.title)}, {where}"
    if doubts == NO_DOUBTS:
        value = scalar(text) if key == "header" else f"{{{key}: {text}}}"
        yield f"      {field.name}: {value}  # {title}"
        return
    yield f"      {field.name}:  # {title}"
    yield f"        {key}: {scalar(text) if key == 'header' else text}"
    yield from _doubt_lines(speak, field, doubts)


def _doubt_lines(speak: Speaker, field: Field, doubts: Doubts) -> Iterator[str]:
    if doubts.words:
        allowed = _allowed(speak, field)
        yield speak.remark(8, f"words not understood; each is one of {allowed}", f"无法识别的词；每个词应为：{allowed}")
        words = [f"          {scalar(word)}: ?" for word in doubts.words[:MOST_WORDS] if len(word) < 200]
        yield from out(["        words:", *words], 8)
        if len(doubts.words) > MOST_WORDS:
            more = len(doubts.words) - MOST_WORDS
            yield speak.remark(8, f"… and {more} more", f"……另有 {more} 个")
    if doubts.date is not None:
        yield speak.remark(
            8,
            f'day or month first in "{doubts.date}"? dmy, mdy or ymd',
            f"“{doubts.date}”先日还是先月？dmy、mdy 或 ymd",
        )
        yield from out(["        dates: dmy"], 8)
    if doubts.percent is not None:
        yield speak.remark(
            8, f"is {doubts.percent} a share of 1, or percent?", f"{doubts.percent} 是以 1 为整体，还是百分数？"
        )
        yield from out(["        percent: 0-1"], 8)
    if doubts.unit is not None:
        yield from _unit_lines(speak, field, doubts.unit)


def _unit_lines(speak: Speaker, field: Field, unit: str) -> Iterator[str]:
    own = speak.say(field.unit) if field.unit else "%"
    if factor_between(unit, field) is not None:
        yield speak.remark(8, f"needed in {own}; this converts it", f"须以“{own}”为单位；以下一行用于换算")
        yield from out([f"        unit: {scalar(unit)}"], 8)
        return
    yield speak.remark(8, f"needed in {own}: how many of them is one?", f"须以“{own}”为单位：一个等于多少{own}？")
    yield from out([f"        unit: {scalar(unit)}", "        factor: ?"], 8)


def unit_in(note: str, field: Field) -> str | None:
    """The unit in the bracket of a header, if it names another one than the field's."""
    if field.type not in (FieldType.INT, FieldType.DOUBLE, FieldType.PERCENT):
        return None
    word = comment(note.strip(_BRACKETS))
    return word if word and (unit_of_word(word) is not None or field.unit is not None) else None


def _allowed(speak: Speaker, field: Field) -> str:
    if field.type is FieldType.BOOL:
        return speak.t("yes, no, none", "yes（是）、no（否）、none（无）")
    names = [word.name for word in field.allowed]
    return speak.names([*names, "none"], 15)
