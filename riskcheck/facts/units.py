"""Words for units, as people write them in the brackets of a header, in both languages.

Nothing is converted, so two words mean the same unit only if a number means the same beside either. Left out are words
that have other meanings in brackets: `s` (a plural), `M` (mandatory), `分` (minutes or points), 个 and other counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto

from riskcheck.celltext import clean
from riskcheck.facts.cellnumber import spellings_of_unit
from riskcheck.facts.spelling import fold
from riskcheck.model.schema import Field, FieldType

_WORDS = {
    "CNY": "CNY, RMB, yuan, Chinese yuan, ¥, 元, 人民币, 人民币元, 圆",
    "thousand CNY": "thousand CNY, thousand yuan, thousand, k, kCNY, CNY k, kRMB, RMB k, CNY thousand, "
    "千元, 千, 人民币千元",
    "ten thousand CNY": "ten thousand CNY, ten thousand yuan, 10k CNY, CNY 10k, 10k RMB, RMB 10k, 10k yuan, 10k, wan, "
    "万元, 万, 人民币万元, 万人民币, 万元人民币",
    "million CNY": "million CNY, CNY million, million RMB, RMB million, million yuan, million, mCNY, CNY m, RMB m, "
    "百万元, 百万, 人民币百万元",
    "hundred million CNY": "hundred million CNY, hundred million yuan, 亿元, 亿, 人民币亿元",
    "USD": "USD, US$, $, dollars, US dollars, 美元, 美金",
    "ten thousand USD": "ten thousand USD, 10k USD, 万美元",
    "thousand USD": "thousand USD, k USD, USD k, k$, 千美元",
    "EUR": "EUR, €, euro, euros, 欧元",
    "HKD": "HKD, HK$, 港元, 港币",
    "JPY": "JPY, yen, 日元",
    "GBP": "GBP, £, pounds, 英镑",
    "seconds": "seconds, sec, secs, 秒, 秒钟",
    "minutes": "minutes, minute, min, mins, 分钟",
    "hours": "hours, hour, hrs, hr, h, person-hours, man-hours, staff-hours, labour hours, labor hours, "
    "小时, 时, 钟头, 工时, 人时, 人小时, 人/时, 人/小时, 人·时",
    "days": "days, day, d, 天, 日",
    "working days": "working days, working day, workdays, work days, business days, wd, 工作日, 个工作日, 工作天",
    "calendar days": "calendar days, calendar day, elapsed days, 自然日, 自然天, 日历天, 日历日, 公历日",
    "person-days": "person-days, person-day, man-days, man-day, staff-days, pd, "
    "人天, 人日, 工日, 人/天, 人/日, 人·天, 人·日",
    "weeks": "weeks, week, wks, wk, 周, 星期, 个星期",
    "person-weeks": "person-weeks, man-weeks, 人周, 人/周",
    "months": "months, month, mths, mth, mo, 月, 个月",
    "person-months": "person-months, man-months, 人月, 人/月, 人·月",
    "quarters": "quarters, 季度",
    "years": "years, year, yrs, yr, 年",
    "person-years": "person-years, man-years, fte, 人年, 人/年",
    "percent": "percent, per cent, pct, percentage, %, 百分比, 百分数, 百分之",
    "per mille": "per mille, permille, ‰, 千分比, 千分数, 千分之",
}
"""The known units, each with its spellings."""
_UNIT_OF = {fold(word): unit for unit, words in _WORDS.items() for word in words.split(", ")}
_BRACKETED = re.compile(r"[()\[\]【】]+")
_PARTS = re.compile(r"[,;:、/]+")
_BESIDE_A_UNIT = re.compile(r"^(?:in |以|按)|计$")
_HEADINGS = frozenset(
    map(fold, ["unit", "units", "单位", "计量单位", "金额单位", "货币单位", "货币", "币种", "currency"])
)
"""Words that say that a unit follows: `单位：万元`."""


class NoteUnit(Enum):
    """What the brackets at the end of a header say of the unit of its field."""

    OWN = auto()
    """The field's unit and nothing else."""
    OTHER = auto()
    """A known unit that is not the field's."""
    UNCLEAR = auto()
    """Something else."""


_AMONG_DAYS = {
    ("working days", "days"): NoteUnit.UNCLEAR,
    ("days", "calendar days"): NoteUnit.OWN,
    ("calendar days", "days"): NoteUnit.OWN,
}
"""Days by the field's unit and the one written: days are calendar days, but people call working days days, too."""


def units_of(field: Field) -> frozenset[str]:
    """The known units that the unit of `field` is."""
    own = frozenset(_UNIT_OF[word] for word in spellings_of_unit(field.unit) if word in _UNIT_OF)
    return own | {"percent"} if field.type is FieldType.PERCENT else own


def unit_of_word(word: str) -> str | None:
    """The known unit that a word means."""
    return _UNIT_OF.get(fold(clean(word)))


def unit_in_note(note: str, field: Field) -> NoteUnit:
    """What `note`, the brackets at the end of a header, says of the unit of `field`."""
    own, own_units = spellings_of_unit(field.unit), units_of(field)
    said = {_meaning(word, own, own_units) for word in _words(note, own)}
    if NoteUnit.OTHER in said:
        return NoteUnit.OTHER
    return NoteUnit.OWN if said == {NoteUnit.OWN} else NoteUnit.UNCLEAR


def _words(note: str, own: frozenset[str]) -> Iterator[str]:
    """The folded words in the brackets: of each the whole, if that is a unit (`人/天`), else its parts."""
    for bracket in filter(None, _BRACKETED.split(clean(note))):
        whole = fold(_bare(bracket))
        if whole in own or whole in _UNIT_OF:
            yield whole
        else:
            yield from (word for part in _PARTS.split(bracket) if (word := fold(_bare(part))) not in _HEADINGS)


def _bare(text: str) -> str:
    return _BESIDE_A_UNIT.sub("", text.strip()).strip()


def _meaning(word: str, own: frozenset[str], own_units: frozenset[str]) -> NoteUnit:
    unit = _UNIT_OF.get(word)
    if word in own or unit in own_units:
        return NoteUnit.OWN
    if unit is None:
        return NoteUnit.UNCLEAR
    among_days = {_AMONG_DAYS[each, unit] for each in own_units if (each, unit) in _AMONG_DAYS}
    return min(among_days, key=lambda each: each.value, default=NoteUnit.OTHER)
