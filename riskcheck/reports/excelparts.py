"""How phases, elements and bands came out: a table of scores and counts, and the charts that are drawn of it."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import Any, Final

from riskcheck.model.assessment import Score
from riskcheck.model.finding import Band, Outcome
from riskcheck.model.number import floor_text
from riskcheck.model.text import Text
from riskcheck.reports import phrases
from riskcheck.reports.excelcolumn import Column
from riskcheck.reports.excelplaces import PARTS
from riskcheck.reports.excelsheet import Row, SheetWriter

_OUTCOMES: Final = tuple(Outcome)
_FIRST_OUTCOME: Final = 4
_DRAWN: Final = {
    Outcome.FAIL: "#C62828",
    Outcome.ERROR: "#6A1B9A",
    Outcome.UNKNOWN: "#9AA3AB",
    Outcome.WARN: "#F2B134",
    Outcome.PASS: "#7CB78A",
}
"""The outcomes that charts show, from the left, and their colours."""
_BANDS: Final = tuple(reversed(Band))
_BY_BAND: Final = Text("Checks by risk band and outcome", "各风险等级的检查结果")
_BY_PART: Final = Text("Checks by phase, element and outcome", "各阶段与各要素的检查结果")


class PartsSheet(SheetWriter):
    """Writes the sheet, and charts of its rows into it and into others."""

    def write(self) -> None:
        columns = (
            Column(Text("Phase or element", "阶段或要素"), 24),
            Column(Text("Low (sure)", "下限（已确定）"), 14),
            Column(Text("High (at best)", "上限（最好情形）"), 16),
            Column(Text("Judged", "已判定"), 10, percent=True),
            *(Column(phrases.OUTCOME[outcome], 12) for outcome in _OUTCOMES),
        )
        listing = self.listing(self.say(PARTS), columns, self.rows, freeze_columns=1)
        self.print_with_charts(listing.sheet, listing.count, len(columns))
        self.outcome_chart(listing.sheet, listing.count + 2, 0, 1, self.part_count, _BY_PART)

    @cached_property
    def rows(self) -> list[Row]:
        """The rows of the table: phases, elements, bands."""
        counts: Counter[tuple[Any, Outcome]] = Counter()
        for each in self.seen.findings:
            for part in {each.phase, *each.elements, each.band}:
                counts[part, each.outcome] += 1
        parts = [
            (self.say(part.title), *_score_numbers(part.score), *(counts[part.id, outcome] for outcome in _OUTCOMES))
            for part in (*self.seen.phases, *self.seen.elements)
        ]
        bands = [
            (self.say(_named(band)), *_score_numbers(None), *(counts[band, outcome] for outcome in _OUTCOMES))
            for band in _BANDS
        ]
        return [*parts, *bands]

    @property
    def part_count(self) -> int:
        return len(self.seen.phases) + len(self.seen.elements)

    def print_with_charts(self, sheet: Any, row_count: int, width: int) -> None:
        """Print the chart below the table, too."""
        sheet.print_area(0, 0, row_count + 22, width - 1)

    def band_chart(self, sheet: Any, row: int, column: int, **options: Any) -> None:
        """The checks of each band by outcome, in another sheet, from the rows of this one."""
        first = self.part_count + 1
        self.outcome_chart(sheet, row, column, first, first + len(_BANDS) - 1, _BY_BAND, **options)

    def outcome_chart(
        self, sheet: Any, row: int, column: int, first: int, last: int, title: Text, **options: Any
    ) -> None:
        """A bar for each of the rows `first` to `last` of the table, parted by outcome."""
        name = self.say(PARTS)
        rows = self.rows[first - 1 : last]
        chart = self.book.writer.add_chart({"type": "bar", "subtype": "stacked"})
        found = {finding.outcome for finding in self.seen.findings}
        for outcome, color in _DRAWN.items():
            if outcome not in found:
                continue
            source = _FIRST_OUTCOME + _OUTCOMES.index(outcome)
            chart.add_series(
                {
                    "name": self.say(phrases.OUTCOME[outcome]),
                    "categories": [name, first, 0, last, 0],
                    "values": [name, first, source, last, source],
                    # What some programs show until they have read the cells; XlsxWriter does not know these rows.
                    "categories_data": [row[0] for row in rows],
                    "values_data": [row[source] for row in rows],
                    "fill": {"color": color},
                    "gap": 60,
                }
            )
        chart.set_x_axis({"num_format": "0", "major_gridlines": {"visible": True, "line": {"color": "#E3E8ED"}}})
        chart.set_y_axis({"reverse": True})
        chart.set_title({"name": self.say(title), "name_font": {"size": 11}})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 500, "height": 220 + 10 * (last - first)} | options.pop("size", {}))
        sheet.insert_chart(row, column, chart, {"description": self.say(title), **options})


def _named(band: Band) -> Text:
    word = phrases.BAND[band]
    return Text(f"Risk band: {word.en}", f"风险等级：{word.zh}")


def _score_numbers(score: Score | None) -> Row:
    if score is None:
        return ("–", "–", "–")
    return (
        float(floor_text(score.low)),
        float(floor_text(score.high)),
        score.coverage.floor(10_000) / 10_000,
    )
