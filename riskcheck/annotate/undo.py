"""Undoing what an annotated copy remembers, if that is true and touches marks only.

A record is input, and input may lie. It must not turn the workbook that was judged into one that says something else:
sheets may lose fills, blank cells, links and comments, and nothing that facts are read from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import NamedTuple

from riskcheck.annotate.draft import Change, Draft
from riskcheck.annotate.relations import TYPES, relations
from riskcheck.annotate.splice import Splice, spliced
from riskcheck.checksum import sha256_of
from riskcheck.errors import FactsError
from riskcheck.facts.grid import is_comment
from riskcheck.facts.workbookparts import WorkbookParts, main_part, read_parts, relationships_part

_P = rb"(?:[\w.-]+:)?"
_BLANK_CELLS = rb'>?(?:<%brow r="[0-9]+">)?<%bc r="[A-Z]+[0-9]+" s="[0-9]+"/>(?:</%brow>)?(?:</%bsheetData>)?' % (
    (_P,) * 4
)
_LINKS = rb"(?:<%bhyperlinks>)?(?:<%bhyperlink [^<>]*/>)+(?:</%bhyperlinks>)?|<%blegacyDrawing [^<>]*/>" % ((_P,) * 4)
_ADDED = re.compile(_BLANK_CELLS + rb"|" + _LINKS)
_STYLE = re.compile(rb' s="([0-9]{1,9})"')
_SPREADSHEET_KINDS = ("comments", "vmlDrawing")


class _Formats(NamedTuple):
    """The number formats of the styles before and after."""

    before: tuple[int, ...]
    after: tuple[int, ...]

    def agree(self, before: bytes, after: bytes) -> bool:
        """Whether two styles, each a number as it is written, have one number format."""
        return _format(before, self.before) == _format(after, self.after)


def _format(style: bytes, formats: tuple[int, ...]) -> int:
    number = int(style) if style.isdigit() and len(style) < 10 else 0
    return formats[number] if number < len(formats) else 0


def undo(draft: Draft, changes: Sequence[Change]) -> Draft | None:
    """`draft` with the changes taken back; None if that is not what was written, or not only marks.

    If it is None, `draft` is not to be used any more.
    """
    if not _is_true(draft, changes):
        return None
    before = read_parts(draft)
    sheets = {each.part: draft.read(each.part) for each in before.sheets}
    if not {change.part for change in changes} <= _parts_that_change(draft, sheets.keys()):
        return None
    for change in changes:
        if change.undo is None:
            draft.drop(change.part)
        else:
            draft.splice(change.part, change.undo)
    draft.settle()
    try:
        after = read_parts(draft)
    except FactsError:
        return None
    formats = _Formats(before.styles.format_ids, after.styles.format_ids)
    splices = ((sheets[each.part], splice) for each in changes if each.part in sheets for splice in each.undo or ())
    only_marks = all(_unmarks(sheet, splice, formats) for sheet, splice in splices)
    return draft if only_marks and _same_workbook(before, after) else None


def _is_true(draft: Draft, changes: Sequence[Change]) -> bool:
    """Whether the parts are what was written, and the splices fit them."""
    for change in changes:
        if change.part not in draft.names or sha256_of(draft.read(change.part)) != change.now:
            return False
        try:
            spliced(draft.read(change.part), change.undo or ())
        except ValueError:
            return False
    return True


def _parts_that_change(draft: Draft, sheets: Set[str]) -> set[str]:
    """The parts that are changed, or added, when a workbook is annotated."""
    main = main_part(draft)
    styles = {each.part for each in relations(draft, main) if each.kind == "styles" and each.part}
    beside = {
        each.part
        for sheet in sheets
        for each in relations(draft, sheet)
        if each.kind in _SPREADSHEET_KINDS and each.part
    }
    return {TYPES, main, relationships_part(main), *map(relationships_part, sheets), *styles, *beside, *sheets}


def _unmarks(sheet: bytes, splice: Splice, formats: _Formats) -> bool:
    """Whether a splice of a sheet takes only marks away: each cell keeps what it holds, and its number format."""
    gone = sheet[splice.start : splice.end]
    if splice.new in (b"", b"/>") and _ADDED.fullmatch(gone):
        return True
    if attribute := _STYLE.fullmatch(gone):
        return splice.new == b"" and formats.agree(attribute.group(1), b"0")
    is_style = sheet[splice.start - 4 : splice.start - 1] == b" s=" and gone.isdigit()
    return is_style and formats.agree(gone, splice.new or b"0")


def _same_workbook(before: WorkbookParts, after: WorkbookParts) -> bool:
    """Whether the workbooks have the same sheets of facts, and their cells the same meaning."""
    one, other = ([each for each in book.sheets if not is_comment(each.name)] for book in (before, after))
    count = len(after.styles.format_ids)
    return (
        one == other
        and before.date_1904 == after.date_1904
        and before.calculated == after.calculated
        and before.shared_strings == after.shared_strings
        and before.styles.format_ids[:count] == after.styles.format_ids
        and (not count or before.styles.codes == after.styles.codes)
    )
