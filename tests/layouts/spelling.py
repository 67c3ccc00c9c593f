"""The many ways to write a header or a cell that all mean the same."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from riskcheck.model.factset import EMPTY
from riskcheck.model.schema import Field, FieldType
from tests.layouts.canvas import Share
from tests.layouts.world import Unreadable

_WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


def wide(text: str) -> str:
    """`text` in full-width characters."""
    return text.translate(_WIDE)


def header(field: Field, rng: Random, language: str, noise: bool) -> str:
    """A header of `field`."""
    spellings = [field.title.zh, *(each for each in field.aliases if not each.isascii())]
    if language == "en":
        spellings = [field.title.en, *(each for each in field.aliases if each.isascii())]
    text = rng.choice(spellings)
    if not noise:
        return text
    if field.unit is not None and rng.random() < 0.5:
        text += f"（{field.unit.zh}）" if language == "zh" else f" ({field.unit.en})"
    half = len(text) // 2
    return rng.choice(
        [
            text + "  ",
            f" {text}\n",
            text + " *",
            text + "：",
            wide(text) if text.isascii() and " " not in text else text,
            text.replace(" ", "\n") if " " in text else f"{text[:half]}\n{text[half:]}" if not text.isascii() else text,
        ]
    )


class Speller:
    """Writes the cells of one table. The shape of percentages is that of the column, since they are read so."""

    def __init__(self, rng: Random, plain: bool) -> None:
        self.rng, self.plain = rng, plain
        self.percent = rng.choice(["format", "text", "number"])

    def cell(self, field: Field, value: Any) -> Any:
        """What is written for `value`, and whether it is told that days are taken for working days."""
        if isinstance(value, Unreadable):
            return value.written
        if value is EMPTY:
            return "" if self.plain or self.rng.random() < 0.5 else self.rng.choice(["无", "none"])
        if self.plain:
            return self._plain(field, value)
        return self._any(field, value)

    def _plain(self, field: Field, value: Any) -> Any:
        if field.type is FieldType.LIST:
            return ", ".join(value)
        if field.type is FieldType.PERCENT:
            return Share(value / 100)
        return next((word.title.en for word in field.allowed if word.name == value), value)

    def _any(self, field: Field, value: Any) -> Any:
        rng = self.rng
        match field.type:
            case FieldType.DATE:
                return rng.choice([value, *_dates(value)])
            case FieldType.PERCENT:
                text = rng.choice([f"{value}%", f"{value} %", wide(f"{value}%")])
                return {"format": Share(value / 100), "text": text, "number": value}[self.percent]
            case FieldType.BOOL:
                return rng.choice(["是", "yes", "Y", "√", True] if value else ["否", "No", "N", "×", False])
            case FieldType.ENUM:
                (word,) = (word for word in field.allowed if word.name == value)
                return rng.choice(
                    [
                        word.title.en,
                        word.title.zh,
                        word.name,
                        word.title.en.upper(),
                        f" {word.title.zh} ",
                        *word.aliases,
                    ]
                )
            case FieldType.LIST:
                marks = ["、", ", ", "；", "\n", "，"]
                if field.name == "predecessors":  # these part ids, which are known
                    marks += ["/", " & ", "+", " and ", "和"]
                return rng.choice(marks).join(value)
            case FieldType.DOUBLE:
                return rng.choice([value, str(value), wide(str(value)), *_with_unit(field, value, rng)])
            case _:
                return rng.choice([value, f" {value}", f"{value}\u3000"])


def _dates(value: date) -> list[str]:
    year, month, day = value.year, value.month, value.day
    return [
        value.isoformat(),
        f"{year}/{month}/{day}",
        f"{year}.{month}.{day}",
        f"{year}年{month}月{day}日",
        wide(f"{year}-{month:02}-{day:02}"),
    ]


def _with_unit(field: Field, value: float, rng: Random) -> list[str]:
    if field.unit is None:
        return []
    if field.unit.en == "hours":
        return [f"{value}h", f"{value} hours", f"{value}小时", f"{value * 60} min"]
    if field.unit.en == "working days":
        return [f"{value}个工作日", f"{value}天", f"{value} days"]
    if field.unit.en == "calendar days":
        weeks = [f"{value // 7}W", f"{value // 7} weeks", f"{value // 7}周"] if value % 7 == 0 else []
        return [f"{value} days", f"{value}天", f"{value}自然日", wide(f"{value}d"), *weeks]
    return [f"{value:,}", f"{value}元"]


def is_days(written: Any) -> bool:
    """Whether a cell of working days says days only."""
    return isinstance(written, str) and written.rstrip().endswith(("天", "days")) and "工作" not in written
