"""What the sheets say and allow: gates, help, protection, filters, panes and print."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from riskcheck.model.text import Language
from riskcheck.packs.load import load_pack
from riskcheck.template.selection import select
from riskcheck.template.workbook import render_template
from tests.template.written import SMALL, header_row, opened, shipped, tables, template, texts


def small(language: Language, gate: str | None = None) -> Any:
    pack = load_pack(SMALL)
    return opened(render_template(pack, select(pack, gate), language))


def test_each_column_says_which_gate_needs_it_first_and_what_a_blank_means() -> None:
    book = small("en")
    assert texts(book["Tasks"], 2) == ["# G1: needed", "G1: blank = none", "G1: needed", "G1: needed"]
    assert texts(book["Parts"], 2) == ["# G2: needed", "G2: needed", "G2: needed"]
    project = {row[0].value: row[2].value for row in book["Project"].iter_rows(min_row=3)}
    assert project == {
        "Project id": "for the report",
        "Name": "for the report",
        "Gate": "G1: needed",
        "As of": "G1: needed",
        "Has parts": "G2: needed",
        "Planned": "G2: needed",
        "Earned": "G2: needed",
        "Signed on": "G1: blank = none",
        "Manager": "G1: blank = none",
    }
    assert texts(small("zh")["任务"], 2) == ["# G1 必填", "G1 空=无", "G1 必填", "G1 必填"]


def test_columns_of_one_gate_have_one_colour_which_the_legend_shows() -> None:
    book = small("en")
    tasks, parts = ({cell.fill.fgColor.rgb for cell in book[name][5] if cell.value} for name in ("Tasks", "Parts"))
    legend = {
        row[0].value: row[0].fill.fgColor.rgb
        for row in book.worksheets[0].iter_rows()
        if str(row[0].value).startswith(("G1 ", "G2 "))
    }
    assert [{color} for color in legend.values()] == [tasks, parts]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_headers_and_help_are_protected_and_nothing_else(language: Language) -> None:
    for sheet in tables(opened(template(language))):
        protection = sheet.protection
        assert protection.sheet
        assert not protection.password
        for allowed in ("insertRows", "deleteRows", "formatColumns", "formatRows", "sort", "autoFilter"):
            assert not getattr(protection, allowed), allowed
        for row in sheet.iter_rows(max_row=header_row(sheet)):
            assert all(cell.protection.locked for cell in row if cell.value is not None)


def test_a_whole_row_below_the_header_may_be_changed_and_deleted() -> None:
    """Excel deletes a row of a protected sheet only if no cell of it is locked, up to column XFD."""
    columns = opened(template("en"))["Tasks"].column_dimensions.values()
    assert not any(column.protection.locked for column in columns)
    styles = zipfile.ZipFile(io.BytesIO(template("en"))).read("xl/styles.xml").decode()
    default = styles.partition("<cellXfs")[2].partition("<xf ")[2].partition("</xf>")[0]
    assert '<protection locked="0"/>' in default


def test_rows_are_filtered_below_the_header_and_the_header_stays_in_sight() -> None:
    for sheet in tables(opened(template("zh")))[1:3]:
        row = header_row(sheet)
        assert sheet.auto_filter.ref.startswith(f"A{row}:")
        assert sheet.freeze_panes == f"B{row + 1}"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_sheet_prints_landscape_as_wide_as_the_page_with_header_name_and_page(language: Language) -> None:
    for sheet in opened(template(language)):
        if sheet.sheet_state != "visible":
            continue
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
        assert sheet.oddHeader.right.text == "&A"
        assert "&P" in sheet.oddFooter.center.text
        if not sheet.title.startswith("#"):
            assert sheet.print_title_rows == f"${header_row(sheet)}:${header_row(sheet)}"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_list_of_columns_tells_of_each_what_to_enter_and_which_checks_read_it(language: Language) -> None:
    pack = load_pack(SMALL)
    sheet = next(each for each in small(language) if each.title in ("# Columns", "# 栏目说明"))
    lines = {(row[0].value, row[1].value): [cell.value for cell in row[2:]] for row in sheet.iter_rows(min_row=3)}
    assert len(lines) == sum(len(table.fields) for table in pack.schema.tables)
    tasks, owner, late = ("Tasks", "Owner", "Late") if language == "en" else ("任务", "负责人", "延期")
    readers = ("A-1.a", "B-1.d")
    assert lines[tasks, owner][3] == "\n".join(
        f"{name} {pack.check_by_id[name].title.of(language)}" for name in readers
    )
    assert lines[tasks, late][3] == f"A-1.b {pack.check_by_id['A-1.b'].title.of(language)}"
    assert lines[tasks, late][1] == ("yes or no" if language == "en" else "是或否")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_cover_lists_all_sheets_with_links_that_lead_somewhere(language: Language) -> None:
    book = opened(template(language))
    cover, names = book.worksheets[0], set(book.sheetnames)
    links = [cell.hyperlink for row in cover.iter_rows() for cell in row if cell.hyperlink]
    assert len(links) == len(shipped().schema.tables) + 2
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.hyperlink:
                    assert cell.hyperlink.location.rpartition("!")[0].strip("'").replace("''", "'") in names


def test_the_status_sheet_counts_the_rows_filled_in() -> None:
    sheet = opened(template("en"))["Table status"]
    counts = {row[0].value: row[4].value for row in sheet.iter_rows(min_row=4) if row[0].value}
    assert counts["Tasks"] == "=COUNTA('Tasks'!A5:A2000)-1"
    assert counts["Project"] is None
