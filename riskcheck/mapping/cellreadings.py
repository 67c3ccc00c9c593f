"""How cells of a field are understood, as a mapping says it: words, the order of dates, units, percent."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from riskcheck.celltext import clean
from riskcheck.errors import guess, nearest
from riskcheck.facts.cellvalue import reader_for
from riskcheck.facts.names import spellings_of
from riskcheck.facts.unitfactors import factor_between
from riskcheck.facts.unread import Unread
from riskcheck.mapping.keys import Keys, text_of
from riskcheck.mapping.problems import MappingProblems
from riskcheck.model.mapping import CellReading, DateOrder, PercentScale, UnitScale
from riskcheck.model.schema import Field, FieldType
from riskcheck.model.text import Text
from riskcheck.yamltree import YamlNode, shorten

KEYS = ("words", "dates", "unit", "factor", "percent")
_NUMBERS = (FieldType.INT, FieldType.DOUBLE, FieldType.PERCENT)
_DATES = (FieldType.DATE, FieldType.DATETIME)
_LARGEST, _SMALLEST = Decimal(10) ** 12, Decimal(10) ** -12
_TYPES = {
    FieldType.STRING: Text("a text", "文本"),
    FieldType.INT: Text("a whole number", "整数"),
    FieldType.DOUBLE: Text("a number", "数值"),
    FieldType.PERCENT: Text("a percentage", "百分比"),
    FieldType.BOOL: Text("yes or no", "是或否"),
    FieldType.DATE: Text("a date", "日期"),
    FieldType.DATETIME: Text("a date and time", "日期时间"),
    FieldType.ENUM: Text("one of its words", "可选词之一"),
    FieldType.LIST: Text("a list", "列表"),
}


def cell_reading(keys: Keys, field: Field) -> CellReading:
    """What the keys `words`, `dates`, `unit`, `factor`, `percent` say of the cells of `field`."""
    dates = keys.word("dates", DateOrder)
    percent = keys.word("percent", PercentScale)
    _only_for(keys, "dates", field, field.type in _DATES)
    _only_for(keys, "percent", field, field.type is FieldType.PERCENT)
    for key in ("unit", "factor"):
        _only_for(keys, key, field, field.type in _NUMBERS)
    unit = _unit(keys, field) if field.type in _NUMBERS else None
    return CellReading(tuple(_words(keys, field)), dates, unit, percent)


def check_value(problems: MappingProblems, node: YamlNode, text: str, field: Field) -> None:
    """Report `text` if it is no value of `field`."""
    if not isinstance(reader_for(field)(text), Unread):
        return
    kind, title, shown = _TYPES[field.type], field.title, shorten(text)
    spellings = [each for word in field.allowed for each in spellings_of(word)]
    meant = guess(nearest(text, spellings)) if spellings else Text("", "")
    message = Text(
        f'"{shown}" cannot be read as {title.en}, which holds {kind.en}{meant.en}',
        f"“{shown}”不能作为“{title.zh}”的值（应为{kind.zh}）{meant.zh}",
    )
    hints: tuple[Text, ...] = ()
    if field.allowed:
        hints = (
            Text(
                "allowed: " + ", ".join(f"{word.name} ({word.title.en})" for word in field.allowed),
                "可用：" + "、".join(f"{word.name}（{word.title.zh}）" for word in field.allowed),
            ),
        )
    problems.at(node, "no-value", message, *hints)


def _words(keys: Keys, field: Field) -> list[tuple[str, str]]:
    found = []
    for key, node in keys.entries("words"):
        text = text_of(
            keys.problems, node, Text(f'the word for "{shorten(key.text)}"', f"“{shorten(key.text)}”对应的值")
        )
        if text is None:
            continue
        if not clean(key.text):
            keys.report("words", "wrong-type", Text("a blank cell has no word", "空白单元格不能对应词语"))
            continue
        check_value(keys.problems, node, text, field)
        found.append((key.text, text))
    return found


def _only_for(keys: Keys, key: str, field: Field, fits: bool) -> None:
    if key in keys.values and not fits:
        kind, title = _TYPES[field.type], field.title
        message = Text(
            f'"{key}" does not fit {title.en}, which holds {kind.en}', f"“{key}”不适用于“{title.zh}”（{kind.zh}）"
        )
        keys.report(key, "unfit-key", message)


def _unit(keys: Keys, field: Field) -> UnitScale | None:
    """The unit of a column: `factor` says how many of the field's own unit one of it is, unless that is certain."""
    word = keys.text("unit")
    written = keys.text("factor")
    if "factor" in keys.values:
        factor = None if written is None else _factor(keys, written)
        return None if factor is None else UnitScale(word or "", factor)
    if word is None:
        return None
    known = factor_between(word, field)
    if known is not None:
        return UnitScale(word, known)
    own = field.unit or Text("its own unit", "字段自身的单位")
    message = Text(
        f'how many {own.en} one "{shorten(word)}" is, is not certain', f"一“{shorten(word)}”等于多少{own.zh}并不确定"
    )
    hint = Text(
        f'say it as "factor": the number of {own.en} in one {shorten(word)}',
        f"请用“factor”写明：一{shorten(word)}等于多少{own.zh}",
    )
    keys.report("unit", "unknown-unit", message, hint)
    return None


def _factor(keys: Keys, written: str) -> Decimal | None:
    try:
        factor = Decimal(written) if len(written) <= 30 and written.isascii() else None
    except InvalidOperation:
        factor = None
    if factor is not None and factor.is_finite() and _SMALLEST <= factor <= _LARGEST:
        return factor
    message = Text(
        f'"factor" is a number above 0, such as 8 or 0.001, not "{shorten(written)}"',
        f"“factor”应为大于 0 的数，如 8 或 0.001，而不是“{shorten(written)}”",
    )
    keys.report("factor", "wrong-type", message)
    return None
