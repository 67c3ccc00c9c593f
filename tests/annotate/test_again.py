"""Annotating an annotated copy replaces the marks, also after a program saved it and people worked in it."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from openpyxl.comments import Comment

from riskcheck.annotate import annotate
from riskcheck.annotate.record import read_record
from tests.annotate.marking import FILE, facts_of, load_workbook, marked, marking, of_findings, package
from tests.facts_workbook.packages import Parts, unzipped, zipped

SHEET, FINDINGS = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Id</t></is></c><c r="C1" s="2"><v>1</v></c></row>'
    '<row r="3"><c r="A3" s="1"><v>0.25</v></c><c r="B3"><v>5</v></c></row><row r="5"/>'
)
CELLS = ("A1", "C1", "A3", "B3", "C3", "B5", "D9")


def test_other_marks_replace_the_first_to_the_byte() -> None:
    before = package(ROWS)
    again = marked(marked(before, *CELLS), "A3", "E5")
    assert unzipped(again) == unzipped(marked(before, "A3", "E5"))


def test_nothing_is_left_of_marks_where_all_is_well() -> None:
    before = zipped(package(ROWS))
    nothing = annotate(before, FILE, of_findings(), "en")
    again = annotate(marked(before, *CELLS), FILE, of_findings(), "en")
    assert unzipped(again) == unzipped(nothing)
    assert unzipped(again)[SHEET] == unzipped(before)[SHEET]


def test_the_language_may_change() -> None:
    before = package(ROWS)
    chinese = marked(marked(before, *CELLS), *CELLS, language="zh")
    assert unzipped(chinese) == unzipped(marked(before, *CELLS, language="zh"))
    assert load_workbook(BytesIO(chinese)).sheetnames == ["Risks", "# 检查结果"]


def saved(copy: bytes, *, work: object = None) -> bytes:
    """The copy as another program saved it: all parts written anew, after `work` was done in it."""
    book = load_workbook(BytesIO(copy))
    if callable(work):
        work(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def fills_and_comments(data: bytes) -> dict[str, tuple[str | None, str | None]]:
    """Of each cell that has one: its fill's colour and its comment."""
    found = {}
    for row in load_workbook(BytesIO(data))["Risks"].iter_rows():
        for cell in row:
            color = cell.fill.fgColor.rgb if cell.fill.fill_type else None
            text = cell.comment.text if cell.comment else None
            if color or text:
                found[cell.coordinate] = (color, text)
    return found


def test_marks_are_taken_away_after_another_program_saved_the_copy() -> None:
    other = saved(marked(package(ROWS), *CELLS))
    again = annotate(other, FILE, of_findings(), "en")
    assert fills_and_comments(again) == {"C1": ("FFFFFF00", None)}
    assert facts_of(again) == facts_of(other)
    cell = load_workbook(BytesIO(again))["Risks"]["C1"]
    assert (cell.number_format, cell.font.b, cell.hyperlink) == ("mm-dd-yy", True, None)


def test_marks_are_replaced_after_another_program_saved_the_copy() -> None:
    other = saved(marked(package(ROWS), *CELLS))
    again = marked(other, "A3", "C1")
    found = fills_and_comments(again)
    assert sorted(found) == ["A3", "C1"]
    assert all(text.count("▼ riskcheck") == 1 for _, text in found.values() if text)
    book = load_workbook(BytesIO(again))
    assert book.sheetnames == ["Risks", "# Findings"]
    assert book["Risks"]["A3"].hyperlink.location == "'# Findings'!A7"
    assert marked(again, "A3", "C1") == again
    assert unzipped(marked(again, "B3")) == unzipped(marked(other, "B3"))


def test_marks_are_found_where_their_cells_were_moved_to() -> None:
    other = saved(marked(package(ROWS), *CELLS), work=lambda book: book["Risks"].insert_rows(1, 4))
    assert fills_and_comments(annotate(other, FILE, of_findings(), "en")) == {"C5": ("FFFFFF00", None)}


def test_what_people_wrote_into_comments_stays() -> None:
    def work(book: object) -> None:
        sheet = book["Risks"]  # type: ignore[index]
        sheet["A3"].comment = Comment("see mail\n\n" + sheet["A3"].comment.text + "\nAnn: done", "Ann")
        sheet["B3"].comment = Comment(sheet["B3"].comment.text.replace("▲ riskcheck", ""), "Ann")

    found = fills_and_comments(annotate(saved(marked(package(ROWS), *CELLS), work=work), FILE, of_findings(), "en"))
    assert found["A3"] == (None, "see mail\nAnn: done")
    assert "[fail] A-1.a" in (found["B3"][1] or ""), "without its end, a block may hold what people wrote"


def test_a_fill_that_people_chose_stays() -> None:
    from openpyxl.styles import PatternFill

    def work(book: object) -> None:
        book["Risks"]["A3"].fill = PatternFill("solid", fgColor="FF00FF00")  # type: ignore[index]

    found = fills_and_comments(annotate(saved(marked(package(ROWS), *CELLS), work=work), FILE, of_findings(), "en"))
    assert found == {"C1": ("FFFFFF00", None), "A3": ("FF00FF00", None)}


def test_a_findings_sheet_that_people_renamed_or_moved_keeps_name_and_place() -> None:
    def work(book: object) -> None:
        book["# Findings"].title = "#audit | July"  # type: ignore[index]
        book.move_sheet("#audit | July", -1)  # type: ignore[attr-defined]

    book = load_workbook(BytesIO(marked(saved(marked(package(ROWS), *CELLS), work=work), "A3")))
    assert book.sheetnames == ["#audit | July", "Risks"]
    assert book["#audit | July"]["H7"].hyperlink.location == "'Risks'!A3"
    assert "#audit | July, row 7" in book["Risks"]["A3"].comment.text


def test_comments_are_replaced_even_if_people_deleted_the_findings_sheet() -> None:
    other = saved(marked(package(ROWS), *CELLS), work=lambda book: book.remove(book["# Findings"]))
    texts = {cell: text for cell, (_, text) in fills_and_comments(marked(other, "A3")).items() if text}
    assert list(texts) == ["A3"]
    assert texts["A3"].count("▼ riskcheck") == 1


def test_a_sheet_of_the_name_that_is_not_ours_is_left_alone() -> None:
    parts = package(ROWS)
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'name="Risks"', b'name="# findings"')
    copy = annotate(zipped(parts), FILE, of_findings(), "en")
    assert load_workbook(BytesIO(copy)).sheetnames == ["# findings", "# Findings (2)"]


# ------------------------------------------------------------ records that lie


def tampered(parts: Parts, old: bytes, new: bytes) -> bytes:
    """A copy whose record says something else."""
    assert parts[FINDINGS].count(old) == 1
    return zipped(parts | {FINDINGS: parts[FINDINGS].replace(old, new)})


def undo_of(parts: Parts, part: str, what: bytes, was: bytes = b"") -> bytes:
    """A splice of the record that would replace `what` in a part."""
    return b'<rc:undo at="%d" length="%d" was="%s"/>' % (parts[part].index(what), len(what), was.hex().encode())


LIES = {
    "a value": (SHEET, b"0.25", b"0.75"),
    "a value gone": (SHEET, b"<v>0.25</v>", b""),
    "a cell gone": (SHEET, b'<c r="B3" s="4"><v>5</v></c>', b""),
    "another number format": (SHEET, b's="1"', b's="0"'),
    "an attribute": (SHEET, b' r="3"', b' r="4"'),
    "another system of dates": ("xl/workbook.xml", b"<sheets>", b'<workbookPr date1904="1"/><sheets>'),
    "another name": ("xl/workbook.xml", b"Risks", b"Tasks"),
    "another format": ("xl/styles.xml", b"0.0%", b"0.00"),
}


@pytest.mark.parametrize("name", LIES)
def test_a_record_cannot_change_what_the_workbook_says(name: str) -> None:
    part, what, was = LIES[name]
    parts = unzipped(marked(package(ROWS), "C3", "B3"))
    if what not in parts[part]:
        what = re.search(rb'<c r="B3" s="[0-9]+"><v>5</v></c>', parts[part]).group()  # type: ignore[union-attr]
    begin = b'<rc:part name="%s" sha256="' % part.encode()
    place = parts[FINDINGS].index(begin) + len(begin) + 64 + len(b'">')
    old = parts[FINDINGS][place : parts[FINDINGS].index(b"</rc:part>", place)]
    lying = parts | {FINDINGS: parts[FINDINGS].replace(old, undo_of(parts, part, what, was))}
    assert read_record(lying[FINDINGS], FINDINGS, None) is not None  # type: ignore[arg-type]
    again = marked(zipped(lying), "A3")
    assert facts_of(again) == facts_of(marked(package(ROWS), "A3"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'<rc:part name="xl/comments1.xml"', b'<rc:part name="xl/theme/theme1.xml"'),
        (b'<rc:part name="xl/comments1.xml"', b'<rc:part name="xl/worksheets/sheet1.xml"'),
        (b"</rc:record>", b"<rc:part/></rc:record>"),
        (b"</rc:record>", b'<rc:part name="xl/styles.xml" sha256="x"/></rc:record>'),
        (b"</rc:record>", b'<rc:undo at="1e9" length="-4" was="zz"/></rc:record>'),
        (b"</rc:record>", b"&x;</rc:record>"),
        (b"</rc:record>", b""),
    ],
)
def test_a_record_that_makes_no_sense_is_not_used(old: bytes, new: bytes) -> None:
    again = marked(tampered(unzipped(marked(package(ROWS), *CELLS)), old, new), "A3")
    assert {cell for cell, (_, text) in fills_and_comments(again).items() if text} == {"A3"}
    assert facts_of(again) == facts_of(marked(package(ROWS), "A3"))


def test_findings_of_two_checks_in_one_cell_stand_in_one_comment() -> None:
    from riskcheck.model.finding import Outcome

    one = marking({"Risks": ["A3"]}, Outcome.WARN, check="A-1.b").findings
    other = marking({"Risks": ["A3"]}, Outcome.FAIL, check="A-1.a").findings
    copy = annotate(zipped(package(ROWS)), FILE, of_findings(*one, *other), "en")
    color, text = fills_and_comments(copy)["A3"]
    assert color == "FFF5B7B1"
    assert text is not None
    assert text.index("[fail] A-1.a") < text.index("[warn] A-1.b")
    assert load_workbook(BytesIO(copy))["Risks"]["A3"].hyperlink.location == "'# Findings'!A8"
