"""The annotated copy: the user's own workbook, with the cells that decided marked, and a findings sheet behind.

It is lossless. Parts that need not change are copied as they are packed; in the others, bytes are spliced in and all
else stays. openpyxl, for one, loses shapes, sparklines, slicers and stored results when it loads and saves a workbook.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from riskcheck.annotate import findingssheet
from riskcheck.annotate.areas import position_of
from riskcheck.annotate.draft import Draft
from riskcheck.annotate.items import Item, items_of
from riskcheck.annotate.notetext import Entry
from riskcheck.annotate.paint import Paint
from riskcheck.annotate.record import record_xml
from riskcheck.annotate.relations import related, relations
from riskcheck.annotate.sheetmarker import SheetMarker
from riskcheck.annotate.stylebook import StyleBook, new_styles
from riskcheck.annotate.unmark import Unmarked, unmarked
from riskcheck.annotate.workbookxml import SHEET_TYPE, STYLES_TYPE, WorkbookXml
from riskcheck.facts.refusal import refusal
from riskcheck.facts.sheet import Position
from riskcheck.facts.workbook import uncollected
from riskcheck.facts.workbookparts import SheetPart, main_part, read_parts
from riskcheck.model.assessment import Assessment
from riskcheck.model.place import cell_name
from riskcheck.model.text import Language, Text

Entries = Mapping[str, Mapping[Position, Sequence[Entry]]]


def annotate(data: bytes, file: str, assessment: Assessment, language: Language) -> bytes:
    """The workbook `data` with the cells that decided `assessment` marked, as the bytes of a workbook of the same kind.

    `file` is the name under which the assessment's places know the workbook. Marks of an earlier run are replaced.
    The same input gives the same bytes. Raises FactsError if the workbook cannot be annotated, with the reason.
    """
    return uncollected(lambda: _annotated(unmarked(data, file), file, assessment, language))


def _annotated(before: Unmarked, file: str, assessment: Assessment, language: Language) -> bytes:
    draft = before.draft
    _refuse_what_would_break(draft)
    book = WorkbookXml(draft)
    said = items_of(assessment, file, language)
    sheets = read_parts(draft).sheets
    styles = StyleBook(draft, _styles_part(book))
    paint = Paint(styles)
    shown = findingssheet.sheet_styles(styles, paint, assessment.verdict)
    findings = before.findings or _new_findings(book, language)
    sheet = findingssheet.FindingsSheet(assessment, said, shown, language)
    entries = _entries(said, findingssheet.first_rows(said))
    threads = []
    for number, each in enumerate(sheets):
        if each.name in entries and each.part != findings.part:
            marker = SheetMarker(book, each, number, findings.name, language)
            threads += [(each.name, cell_name(*cell)) for cell in marker.mark(entries[each.name], paint)]
    styles.finish()
    sheet.hidden = frozenset(each.name for each in sheets if not each.visible)
    sheet.threads = frozenset(threads)
    draft.put(findings.part, sheet.render(book.namespace, paint.colors(), record_xml(draft.changes())))
    return draft.to_bytes()


def _refuse_what_would_break(draft: Draft) -> None:
    """Refuse workbooks that a change would invalidate."""
    signatures = any(each.type.endswith("/digital-signature/origin") for each in relations(draft, ""))
    if signatures or any(each.startswith("_xmlsignatures/") for each in draft.names):
        message = Text(
            "the workbook is signed; an annotated copy would break the signature",
            "工作簿已数字签名；批注副本会使签名失效",
        )
        cure = Text(
            "annotate a copy from which the signature was removed (in Excel: File, Info, View Signatures)",
            "请先删除签名后另存，再生成批注副本（Excel：文件 > 信息 > 查看签名）",
        )
        raise refusal("cannot-annotate", message, cure, at=draft.at)
    if any(each.kind == "revisionHeaders" for each in relations(draft, main_part(draft))):
        message = Text(
            "the workbook is shared and tracks changes; a sheet that is added would not fit its records",
            "工作簿处于共享并跟踪更改的状态；新增的工作表与其修订记录不符",
        )
        cure = Text("stop sharing it, and save it", "请取消共享工作簿后保存")
        raise refusal("cannot-annotate", message, cure, at=draft.at)


def _styles_part(book: WorkbookXml) -> str:
    """The styles of the workbook; one that has none gets some."""
    draft = book.draft
    part = related(draft, book.part, "styles")
    if part is not None and part in draft.names:
        return part
    name = book.folder + "styles.xml"
    if name.lower() in draft.names:
        name = draft.free_name(book.folder + "styles{}.xml")
    draft.put(name, new_styles(book.namespace))
    book.relate(("styles", name, STYLES_TYPE))
    return name.lower()


def _new_findings(book: WorkbookXml, language: Language) -> SheetPart:
    """A findings sheet behind the other sheets."""
    part = book.draft.free_name(book.folder + "worksheets/sheet{}.xml")
    name = book.free_sheet_name(findingssheet.NAME.of(language))
    (relation,) = book.relate(("worksheet", part, SHEET_TYPE))
    book.add_sheet(name, relation)
    return SheetPart(name, True, part)


def _entries(said: Sequence[Item], rows: Sequence[int]) -> Entries:
    """By sheet and cell what is said of it."""
    found: dict[str, dict[Position, list[Entry]]] = {}
    for item, first in zip(said, rows, strict=True):
        for row, place in enumerate(item.places if item.kind.marks else (), first):
            at = place.location
            position = position_of(at.cell) if at is not None and at.cell else None
            if at is not None and at.sheet and position is not None:
                found.setdefault(at.sheet, {}).setdefault(position, []).append(Entry(item, place, row))
    return found
