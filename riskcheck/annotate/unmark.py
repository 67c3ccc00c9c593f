"""Taking the marks out of an annotated copy, so that it can be annotated anew.

If the copy is as riskcheck wrote it, its record undoes every change to the byte. If a spreadsheet program has saved it
since, all parts are written anew; then comments are found by their text, fills by their colours, which the findings
sheet lists with the fills below them, and links by where they lead.
"""

from __future__ import annotations

from collections.abc import Mapping

from riskcheck.annotate import vml
from riskcheck.annotate.comments import BEGIN, Comments
from riskcheck.annotate.draft import Draft
from riskcheck.annotate.paint import unpaint
from riskcheck.annotate.record import read_record
from riskcheck.annotate.relations import related
from riskcheck.annotate.sheetcells import SheetXml
from riskcheck.annotate.splice import Splice
from riskcheck.annotate.stylebook import StyleBook
from riskcheck.annotate.undo import undo
from riskcheck.facts.grid import is_comment
from riskcheck.facts.workbook import read_package
from riskcheck.facts.workbookparts import SheetPart, main_part, read_parts, relationships_part
from riskcheck.frozen import frozen
from riskcheck.model.place import Location

SIGNATURE = "riskcheck annotation 1"
"""What stands above the colours in the findings sheet."""


@frozen
class Unmarked:
    """A workbook without marks, and its findings sheet if it keeps one, to be written anew."""

    draft: Draft
    findings: SheetPart | None


def unmarked(data: bytes, file: str) -> Unmarked:
    """The workbook `data` without what an earlier run marked in it. Raises FactsError if it cannot be read."""
    draft = Draft(data, file)
    sheets = read_parts(draft).sheets
    own = [each for each in sheets if is_comment(each.name)]
    for sheet in own:
        record = read_record(draft.read(sheet.part), sheet.part, draft.at)
        if record is not None:
            if undo(draft, record) is not None:
                return Unmarked(draft, _kept(draft, sheet))
            draft = Draft(data, file)
    colors, findings = _colors(draft, own) if own else ({}, None)
    _unmark(draft, sheets, colors, findings)
    return Unmarked(draft, findings)


def _kept(draft: Draft, sheet: SheetPart) -> SheetPart | None:
    """The findings sheet, if it was there before the copy was annotated last."""
    if sheet.part in draft.names and any(each.part == sheet.part for each in read_parts(draft).sheets):
        return sheet
    draft.drop(sheet.part)
    return None


def _colors(draft: Draft, own: list[SheetPart]) -> tuple[dict[str, str], SheetPart | None]:
    """The colours of the marks and the fills below them, and the findings sheet, which lists them."""
    by_name = {each.name: each for each in read_package(draft)}
    for part in own:
        rows = by_name[part.name].rows
        for column, cell in enumerate(rows[0] if rows else ()):
            if cell == SIGNATURE:
                listed = (str(row[column]).partition(" ") for row in rows[1:] if row[column])
                return {color: fill for color, _, fill in listed}, part
    return {}, None


def _unmark(draft: Draft, sheets: tuple[SheetPart, ...], colors: Mapping[str, str], findings: SheetPart | None) -> None:
    if colors and (part := related(draft, main_part(draft), "styles")) is not None:
        styles = StyleBook(draft, part)
        unpaint(styles, colors)
        styles.finish()
    for sheet in sheets:
        if findings is None or sheet.part != findings.part:
            _remove_comments(draft, sheet)
            if findings is not None:
                _remove_links(draft, sheet, findings.name)
    if findings is not None:
        draft.drop(relationships_part(findings.part))
    draft.settle()


def _remove_comments(draft: Draft, sheet: SheetPart) -> None:
    part, drawing = (related(draft, sheet.part, kind) for kind in ("comments", "vmlDrawing"))
    if part is None or part not in draft.names or BEGIN.encode() not in draft.read(part):
        return
    emptied = Comments(draft, part).without_blocks()
    if emptied and drawing is not None and drawing in draft.names:
        shapes = vml.note_shapes(draft.read(drawing))
        draft.splice(drawing, [shapes[each] for each in emptied if each in shapes])


def _remove_links(draft: Draft, sheet: SheetPart, findings: str) -> None:
    xml = SheetXml(draft.read(sheet.part), sheet.part, Location(draft.at.file, sheet.name))
    begin = "'" + findings.replace("'", "''") + "'!"
    links = xml.named("hyperlink")
    ours = [each for each in links if each.attributes.get("location", "").startswith(begin)]
    gone = xml.named("hyperlinks") if ours and len(ours) == len(links) else ours
    draft.splice(sheet.part, [Splice(each.start, each.end, b"") for each in gone])
