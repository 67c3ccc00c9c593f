"""Comments that are there are kept and merged, with their boxes, whatever else is drawn on the sheet."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
import xlsxwriter

from riskcheck.errors import FactsError
from tests.annotate.lossless import assert_lossless
from tests.annotate.marking import facts_of, load_workbook, marked, package
from tests.facts_workbook.packages import MAIN, OFFICE, Parts, relationships, unzipped, zipped

SHEET, COMMENTS, DRAWING = "xl/worksheets/sheet1.xml", "xl/comments7.xml", "xl/drawings/vmlDrawing7.vml"
V = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
CONTROL = (  # as Excel writes it: no valid XML
    f'<xml {V} xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t201"/>'
    '<v:shape id="_x0000_s2050" type="#_x0000_t201"><v:textbox><div>two<br>lines</div></v:textbox>'
    '<x:ClientData ObjectType="Button"><x:Row>0</x:Row><x:Column>0</x:Column></x:ClientData></v:shape></xml>'
).encode()


def with_comments(listed: str, *, authors: str = "<author>Ann</author>", drawing: bytes | None = CONTROL) -> Parts:
    """A workbook with these comments (as XML) on its sheet, and what is drawn there."""
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    xml = f'<comments xmlns="{MAIN}"><authors>{authors}</authors><commentList>{listed}</commentList></comments>'
    parts = package(rows) | {COMMENTS: xml.encode()}
    related = [("rId1", "comments", f"/{COMMENTS}")]
    if drawing is not None:
        parts[DRAWING] = drawing
        shown = f'<legacyDrawing xmlns:r="{OFFICE}" r:id="rId8"/></worksheet>'.encode()
        parts[SHEET] = parts[SHEET].replace(b"</worksheet>", shown)
        related.append(("rId8", "vmlDrawing", "../drawings/vmlDrawing7.vml"))
    return parts | {"xl/worksheets/_rels/sheet1.xml.rels": relationships(*related)}


def comment(cell: str, text: str) -> str:
    return f'<comment ref="{cell}" authorId="0">{text}</comment>'


def copy_of(parts: Parts, *cells: str) -> bytes:
    """The copy, which lost nothing, says the same, and is the same when it is annotated again."""
    before = zipped(parts)
    copy = marked(parts, *cells)
    assert_lossless(before, copy)
    assert facts_of(copy) == facts_of(before)
    assert marked(copy, *cells) == copy
    return copy


TEXTS = {
    "plain": "<text><t>mine</t></text>",
    "runs": "<text><r><t>mi</t></r><r><rPr><b/></rPr><t>ne</t></r></text>",
    "plain and runs": "<text><t>mi</t><r><t>ne</t></r></text>",
    "with a reading": '<text><t>mine</t><rPh sb="0" eb="1"><t>read</t></rPh><phoneticPr fontId="1"/></text>',
    "with a remark": "<text><!-- <t>not</t> --><t>mine</t></text>",
    "with CDATA": "<text><t><![CDATA[mine]]></t></text>",
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_comment_is_kept_and_the_finding_stands_behind_it(name: str) -> None:
    copy = copy_of(with_comments(comment("A1", TEXTS[name])), "A1")
    found = load_workbook(BytesIO(copy))["Risks"]["A1"].comment
    assert found.author == "Ann"
    kept, _, added = found.text.partition("▼ riskcheck")
    assert kept.strip() == "mine"
    assert added.startswith("\n[fail] A-1.a")
    assert added.endswith("▲ riskcheck")


@pytest.mark.parametrize("text", ["", "<text/>", "<text></text>"])
def test_a_comment_without_text_gets_some(text: str) -> None:
    xml = '<comment ref="A1" authorId="0"/>' if not text else comment("A1", text)
    copy = copy_of(with_comments(xml), "A1")
    assert "[fail] A-1.a" in load_workbook(BytesIO(copy))["Risks"]["A1"].comment.text


def test_other_comments_and_all_that_is_drawn_stay() -> None:
    parts = with_comments(comment("C9", TEXTS["plain"]))
    copy = copy_of(parts, "A1", "B1")
    sheet = load_workbook(BytesIO(copy))["Risks"]
    assert sheet["C9"].comment.text == "mine"
    assert "[fail]" in sheet["A1"].comment.text
    assert sheet["A1"].comment.author == "riskcheck"
    drawing = unzipped(copy)[DRAWING]
    assert drawing.count(b'type="#_x0000_t202"') == 2, "a new box for each new comment"
    numbers = re.findall(rb'id="_x0000_s([0-9]+)"', drawing)
    assert numbers == [b"2050", b"2051", b"2052"], "numbered behind those there"
    assert drawing.count(b'<v:shapetype id="_x0000_t202"') == 1
    assert sorted(name for name in unzipped(copy) if "omments" in name or "vml" in name) == [COMMENTS, DRAWING]


def test_comments_without_a_drawing_get_one() -> None:
    copy = copy_of(with_comments(comment("C9", TEXTS["plain"]), drawing=None), "A1")
    assert "xl/drawings/vmlDrawing1.vml" in unzipped(copy)


def test_a_thread_is_left_alone_and_that_is_told() -> None:
    thread = comment("A1", "<text><t>[Threaded comment]</t></text>")
    parts = with_comments(thread, authors="<author>tc={1}</author>")
    copy = copy_of(parts, "A1")
    assert unzipped(copy)[COMMENTS] == parts[COMMENTS]
    book = load_workbook(BytesIO(copy))
    assert book["Risks"]["A1"].fill.fgColor.rgb == "FFF5B7B1"
    assert "has a thread" in book["# Findings"]["I7"].value


def test_an_author_of_the_name_is_not_added_again() -> None:
    parts = with_comments("", authors="<author>riskcheck</author>")
    assert unzipped(copy_of(parts, "A1"))[COMMENTS].count(b"<author>") == 1


def test_a_prefix_in_comments_is_kept() -> None:
    parts = with_comments(comment("A1", TEXTS["plain"]))
    xml = parts[COMMENTS].replace(b"<", b"<x:").replace(b"<x:/", b"</x:").replace(b"xmlns=", b"xmlns:x=")
    copy = copy_of(parts | {COMMENTS: xml}, "A1", "B1")
    assert load_workbook(BytesIO(copy))["Risks"]["A1"].comment.text.startswith("mine\n\n▼ riskcheck")
    assert b'<x:comment ref="B1"' in unzipped(copy)[COMMENTS]


def test_comments_that_xlsxwriter_wrote() -> None:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Risks")
        sheet.write("A1", "x")
        sheet.write_comment("A1", "old one", {"author": "Ann"})
        sheet.write_comment("B9", "other")
    copy = marked(out.getvalue(), "A1", "A2")
    assert_lossless(out.getvalue(), copy)
    found = load_workbook(BytesIO(copy))["Risks"]
    assert found["A1"].comment.text.startswith("old one\n\n▼ riskcheck")
    assert found["B9"].comment.text == "other"


def test_what_is_said_cannot_end_a_block_before_its_end() -> None:
    from riskcheck.annotate import annotate
    from tests.annotate.marking import FILE, marking

    seen = marking({"Risks": ["A1"]}, says="▲ riskcheck\n▼ riskcheck <b>&amp;_x0041_")
    copy = annotate(zipped(package('<row r="1"><c r="A1"/></row>')), FILE, seen, "en")
    text = load_workbook(BytesIO(copy))["Risks"]["A1"].comment.text
    assert (text.count("▼"), text.count("▲")) == (1, 1)
    assert "<b>&amp;" in text


DAMAGED = {
    "no drawing": ({DRAWING: b""}, "is no drawing"),
    "no comments": ({COMMENTS: f'<comments xmlns="{MAIN}"/>'.encode()}, "holds no comments"),
    "no XML": ({COMMENTS: b"<comments"}, "no valid XML"),
    "entities": ({COMMENTS: b'<!DOCTYPE x [<!ENTITY a "b">]><comments/>'}, "DOCTYPE"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_comments_are_refused_with_the_reason(name: str) -> None:
    changed, said = DAMAGED[name]
    with pytest.raises(FactsError, match=said):
        marked(with_comments(comment("C9", TEXTS["plain"])) | changed, "A1")


@pytest.mark.parametrize("part", [COMMENTS, DRAWING])
def test_missing_parts_are_refused_with_the_reason(part: str) -> None:
    parts = with_comments(comment("C9", TEXTS["plain"]))
    del parts[part]
    with pytest.raises(FactsError, match="missing"):
        marked(parts, "A1")
