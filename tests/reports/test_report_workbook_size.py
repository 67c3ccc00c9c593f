"""Large report workbooks: memory that does not grow with them, and what a sheet can hold."""

from __future__ import annotations

import errno
import io
import tracemalloc
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest

from riskcheck.errors import UsageError
from riskcheck.frozen import replace
from riskcheck.model.assessment import Assessment
from riskcheck.model.finding import Outcome
from riskcheck.model.text import Text
from riskcheck.reports import Style, excelbook, excelplaces, excelrows, excelsheet, render
from riskcheck.reports.excelheight import lines_in
from tests.reports.examples import assessment, finding
from tests.reports.reportworkbook import cells_below, with_findings, workbook


def many(count: int) -> Assessment:
    """An assessment with so many failed checks, each with reasons and a cell of its own."""
    one = finding("A-1.a", Outcome.FAIL)
    return with_findings(
        *(
            replace(
                one,
                id=f"A-1.{number}@P",
                check=f"A-1.{number}",
                reasons=(Text(f"Reason {number}. " * 20, f"理由{number}。" * 20),),
            )
            for number in range(count)
        )
    )


def test_memory_does_not_grow_with_the_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excelbook, "_IN_MEMORY", 1 << 12)
    render("excel", many(10), Style())
    peaks = []
    for count in (800, 2_000):
        seen = many(count)
        tracemalloc.start()
        render("excel", seen, Style())
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    # What is left of growth is where each finding stands, and the packed workbook: its cells take ten times as much.
    assert peaks[1] - peaks[0] < 1_200 * 1_000, peaks


def test_a_listing_on_disk_is_the_listing_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    in_memory = render("excel", many(50), Style())
    monkeypatch.setattr(excelbook, "_IN_MEMORY", 1)
    monkeypatch.setattr(excelrows, "_BLOCK", 100)
    assert render("excel", many(50), Style()) == in_memory


def test_a_sheet_says_how_many_rows_it_has_no_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (excelsheet, excelplaces):
        monkeypatch.setattr(module, "MAX_LISTED", 3)
    book = openpyxl.load_workbook(io.BytesIO(render("excel", many(7), Style())))
    findings = book.worksheets[1]
    assert cells_below(findings, 1)[:3] == ["A-1.0", "A-1.1", "A-1.2"]
    assert cells_below(findings, 0)[3:] == ["… and 4 more than a sheet has rows for"]
    actions = book["Actions"]
    assert cells_below(actions, 0)[3:] == ["… and 4 more than a sheet has rows for"]


def test_beyond_the_links_of_a_sheet_texts_stand_without_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excelrows, "MAX_LINKS", 3)
    book = openpyxl.load_workbook(io.BytesIO(render("excel", many(3), Style())))
    cells = [cell for row in book.worksheets[1].iter_rows(min_row=2, max_col=2) for cell in row]
    assert [cell.hyperlink is not None for cell in cells] == [True] * 3 + [False] * 3
    assert cells[-1].value == "A-1.2"
    assert cells[-1].font.underline is None


def test_texts_are_shown_as_they_are() -> None:
    plain = (" blanks before", "_x000D_ is no line end", "a < b & c > d", "=1+1", "line\nline ")
    texts = (*plain, "bell \x07 and \u202e turn")
    one = finding("A-1.a", Outcome.FAIL)
    seen = with_findings(
        *(replace(one, check=f"A-{number}", title=Text(text, text)) for number, text in enumerate(texts))
    )
    shown = openpyxl.load_workbook(io.BytesIO(render("excel", seen, Style()))).worksheets[1]
    read = [row[2].value for row in shown.iter_rows(min_row=2)]
    # openpyxl leaves Excel's escapes as they stand.
    assert [text.replace("_x005F_", "_") for text in read] == [*plain, "bell  and  turn"]
    assert all(row[2].data_type == "s" for row in shown.iter_rows(min_row=2))


def test_a_full_disk_is_told_with_its_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.BytesIO):
        def write(self, _: Any) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(excelbook, "SpooledTemporaryFile", lambda _: Full())
    with pytest.raises(UsageError) as told:
        render("excel", many(1), Style())
    (diagnostic,) = told.value.diagnostics
    assert diagnostic.code == "no-temporary-file"
    assert "No space left on device" in diagnostic.render()
    assert "TMPDIR" in diagnostic.render()


def chart_numbers(chart: str) -> Iterator[float]:
    for part in chart.split("<c:numCache>")[1:]:
        for point in part.partition("</c:numCache>")[0].split("<c:v>")[1:]:
            yield float(point.partition("<")[0])


def test_charts_carry_their_numbers_for_programs_that_read_no_cells() -> None:
    with zipfile.ZipFile(io.BytesIO(render("excel", assessment(), Style()))) as package:
        charts = sorted(name for name in package.namelist() if name.startswith("xl/charts/chart"))
        by_band = package.read(charts[1]).decode()
    assert sum(chart_numbers(by_band)) == len(
        [each for each in assessment().findings if each.outcome is not Outcome.NOT_APPLICABLE]
    )
    assert "Risk band: critical" in by_band


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_sheet_tells_its_size(language: Any) -> None:
    for sheet in workbook(language).worksheets[1:]:
        filled = [cell.row for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert sheet.calculate_dimension().rpartition(":")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == str(max(filled))


def test_a_line_of_both_scripts_is_measured_by_both() -> None:
    """Half Latin letters: the line stands in a column that one of Chinese characters alone does not fit in."""
    assert lines_in("服务级别协议!E2  SLA-01  不包含范围 = 空白或无", 48) == 1
    assert lines_in("字" * 23, 46) == 2
    assert lines_in("字" * 20, 46) == 1
    assert lines_in("word " * 10, 46) == 1
    assert lines_in("word " * 11, 46) == 2
