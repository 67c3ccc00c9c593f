"""Random sheets, written in random ways, lose nothing, say the same, and are the same when annotated again."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from riskcheck.frozen import replace
from riskcheck.model.place import cell_name
from tests.annotate.lossless import assert_lossless
from tests.annotate.marking import facts_of, marked, package
from tests.annotate.test_comments import CONTROL
from tests.facts_workbook.packages import MAIN, OFFICE, Parts, relationships, unzipped, zipped

_CONTENTS = (
    "/>",
    "></c>",
    "><v>1</v></c>",
    '><f>A1+"&gt;"</f><v>2</v></c>',
    ' t="inlineStr"><is><t>a&lt;b</t></is></c>',
)
_BETWEEN = ("", "", "", " ", "\n  ", '<!-- <row r="1"> -->', "<?pi <c?>")
_BEHIND = (
    '<conditionalFormatting sqref="A1"/>',
    '<hyperlinks><hyperlink ref="A1:B2" location="Risks!A1"/></hyperlinks>',
    '<pageMargins left="1"/>',
    '<tableParts count="0"/>',
    '<extLst><ext uri="x"/></extLst>',
)
cells_to_mark = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 6)), min_size=1, max_size=12, unique=True)


@st.composite
def cells(draw: st.DrawFn, row: int, prefix: str) -> str:
    """The cells of a row, now and then without a place, with or without a style."""
    out, column = [], 0
    for _ in range(draw(st.integers(0, 4))):
        gap = draw(st.sampled_from([0, 0, 1, 2]))
        column += gap
        place = f' r="{cell_name(row - 1, column)}"' if gap or draw(st.booleans()) else ""
        style = draw(st.sampled_from(["", "", ' s="0"', ' s="1"', " s='2'", ' s=""', ' s="9"']))
        both = draw(st.permutations([place, style]))
        content = draw(st.sampled_from(_CONTENTS))
        out.append(f"<{prefix}c{''.join(both)}{_prefixed(content, prefix)}{draw(st.sampled_from(_BETWEEN))}")
        column += 1
    return "".join(out)


@st.composite
def sheets(draw: st.DrawFn) -> bytes:
    """A worksheet."""
    prefix = draw(st.sampled_from(["", "", "x:"]))
    rows, number = [], 0
    for _ in range(draw(st.integers(0, 5))):
        gap = draw(st.sampled_from([1, 1, 2]))
        number += gap
        place = f' r="{number}"' if gap > 1 or draw(st.booleans()) else ""
        more = draw(st.sampled_from(["", ' ht="30" customHeight="1"', ' s="2" customFormat="1"', " spans='1:3'"]))
        inside = draw(cells(number, prefix))
        tag = f"<{prefix}row{''.join(draw(st.permutations([place, more])))}"
        rows.append(f"{tag}>{inside}</{prefix}row>" if inside or draw(st.booleans()) else f"{tag}/>")
        rows.append(draw(st.sampled_from(_BETWEEN)))
    data = f"<sheetData>{''.join(rows)}</sheetData>" if rows or draw(st.booleans()) else "<sheetData/>"
    before = draw(st.sampled_from(["", '<sheetPr/><cols><col min="2" max="4" style="1" width="3"/></cols>']))
    behind = "".join(each for each in _BEHIND if draw(st.booleans()))
    whole = before + data.replace("sheetData", f"{prefix}sheetData") + behind
    if prefix:
        whole = whole.replace(before, _prefixed(before, prefix), 1) if before else whole
        whole = whole.replace(behind, _prefixed(behind, prefix), 1) if behind else whole
    spaces = f'xmlns{":x" if prefix else ""}="{MAIN}" xmlns:r="{OFFICE}"'
    return f"<{prefix}worksheet {spaces}>{whole}</{prefix}worksheet>".encode()


@st.composite
def workbooks(draw: st.DrawFn) -> Parts:
    """A workbook with a random sheet, which may have comments, and a drawing."""
    parts = package() | {"xl/worksheets/sheet1.xml": draw(sheets())}
    if draw(st.booleans()):
        where = draw(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 6)), max_size=4, unique=True))
        text = draw(st.sampled_from(["<text><t>mine</t></text>", "<text><r><t>mine</t></r></text>", "<text/>"]))
        listed = "".join(f'<comment ref="{cell_name(*each)}" authorId="0">{text}</comment>' for each in where)
        authors = "<authors><author>A</author></authors>"
        xml = f'<comments xmlns="{MAIN}">{authors}<commentList>{listed}</commentList></comments>'
        parts["xl/comments1.xml"] = xml.encode()
        parts["xl/worksheets/_rels/sheet1.xml.rels"] = relationships(("rId1", "comments", "../comments1.xml"))
    elif draw(st.booleans()):
        parts["xl/media/any.vml"] = CONTROL
    return parts


@settings(max_examples=150)
@given(workbooks(), cells_to_mark, cells_to_mark)
def test_laws_of_copies(parts: Parts, first: list[tuple[int, int]], second: list[tuple[int, int]]) -> None:
    before = zipped(parts)
    one, other = [cell_name(*each) for each in first], [cell_name(*each) for each in second]
    copy = marked(before, *one)
    assert_lossless(before, copy)
    assert [replace(each, merged=()) for each in facts_of(copy)] == [
        replace(each, merged=()) for each in facts_of(before)
    ]
    assert marked(copy, *one) == copy
    assert unzipped(marked(copy, *other)) == unzipped(marked(before, *other))


def _prefixed(xml: str, prefix: str) -> str:
    return xml.replace("<", f"<{prefix}").replace(f"<{prefix}/", f"</{prefix}") if prefix else xml
