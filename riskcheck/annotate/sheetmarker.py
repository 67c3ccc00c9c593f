"""Marking the cells of one sheet: fills, comments with their boxes, and links to the findings sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from riskcheck.annotate import vml
from riskcheck.annotate.areas import TooManyAreas, area_of, covering
from riskcheck.annotate.comments import Comments, block, new_comments
from riskcheck.annotate.notebox import NoteBoxes, height_of
from riskcheck.annotate.notetext import Entry, NoteTexts, worst
from riskcheck.annotate.paint import Paint
from riskcheck.annotate.relations import declare, relate, relations
from riskcheck.annotate.sheetcells import OUTSIDE, CellSite, SheetXml
from riskcheck.annotate.splice import Splice
from riskcheck.annotate.tags import escaped
from riskcheck.annotate.workbookxml import COMMENTS_TYPE, DRAWING_TYPE, WorkbookXml
from riskcheck.facts.refusal import damage
from riskcheck.facts.sheet import Area, Position
from riskcheck.facts.workbookparts import SheetPart
from riskcheck.frozen import replace
from riskcheck.model.place import Location, cell_name
from riskcheck.model.text import Language, Text

_MOST_LINKS = 65_000
"""Excel takes 65,530 links on a sheet."""


class SheetMarker:
    """Marks one sheet, the `number`th of the workbook from 0."""

    def __init__(self, book: WorkbookXml, sheet: SheetPart, number: int, findings: str, language: Language) -> None:
        self.book, self.draft, self.sheet, self.number = book, book.draft, sheet, number
        self.findings, self.language = findings, language
        self.at = Location(self.draft.at.file, sheet.name)
        self.xml = SheetXml(self.draft.read(sheet.part), sheet.part, self.at)

    def mark(self, entries: Mapping[Position, Sequence[Entry]], paint: Paint) -> frozenset[Position]:
        """Mark the cells of which something is said; gives those that have no comment, since they have a thread."""
        of_cells = self._of_first_cells(entries)
        sites = self.xml.sites(of_cells)
        splices = [site.styled(paint.marked(site.style, worst(of_cells[site.position]).item.kind)) for site in sites]
        self.draft.splice(self.sheet.part, splices)
        self._link_back(sites, of_cells)
        return self._comment(of_cells)

    def _of_first_cells(self, entries: Mapping[Position, Sequence[Entry]]) -> dict[Position, list[Entry]]:
        """What is said of each cell, that of cells merged with one before them said of that one, which is seen."""
        merged = self._covering("mergeCell", entries)
        found: dict[Position, list[Entry]] = {}
        for position, said in sorted(entries.items()):
            first = merged[position][:2] if position in merged else position
            here = said if first == position else [replace(each, cell=cell_name(*position)) for each in said]
            found.setdefault(first, []).extend(here)
        return found

    def _covering(self, element: str, positions: Mapping[Position, object]) -> dict[Position, Area]:
        areas = (area_of(each.attributes.get("ref", "")) for each in self.xml.named(element))
        try:
            return covering((each for each in areas if each is not None), positions.keys())
        except TooManyAreas:
            raise damage(Text("areas of cells lie over each other", "单元格区域相互重叠"), at=self.at) from None

    # ------------------------------------------------------------ links

    def _link_back(self, sites: Sequence[CellSite], entries: Mapping[Position, Sequence[Entry]]) -> None:
        """Link cells that hold something, and have no link, to the findings sheet. Empty ones are there to type in."""
        linked = self._covering("hyperlink", entries)
        wanted = {site.position for site in sites if site.filled and site.position not in linked}
        if not wanted or len(wanted) + len(self.xml.named("hyperlink")) > _MOST_LINKS:
            return
        lists = [each for each in self.xml.named("hyperlinks") if each.depth == 2]
        prefix = lists[0].prefix if lists else self.xml.prefix
        sheet = quoted(self.findings)
        links = [
            f'hyperlink ref="{cell_name(*each)}" location="{sheet}!A{worst(entries[each]).row}" display="{sheet}"/>'
            for each in sorted(wanted)
        ]
        content = b"".join(b"<" + prefix + each.encode() for each in links)
        if lists:
            self.draft.append(self.sheet.part, lists[0], content)
        else:
            tag = prefix + b"hyperlinks"
            self._insert("hyperlinks", b"<" + tag + b">" + content + b"</" + tag + b">")

    def _insert(self, name: str, element: bytes) -> None:
        """Put an element where a worksheet has those of its name."""
        before = OUTSIDE[: OUTSIDE.index(name)]
        place = max(each.end for each in self.xml.named(*before) if each.depth == 2)
        self.draft.splice(self.sheet.part, [Splice(place, place, element)])

    # ------------------------------------------------------------ comments

    def _comment(self, entries: Mapping[Position, Sequence[Entry]]) -> frozenset[Position]:
        notes = NoteTexts(self.findings, self.language)
        texts = {each: block(notes.text(entries[each])) for each in sorted(entries)}
        found = {each.kind: each.part for each in relations(self.draft, self.sheet.part)}
        targets: list[tuple[str, str]] = []
        threads: frozenset[Position] = frozenset()
        if found.get("comments"):
            part = self._existing(found["comments"])
            comments = Comments(self.draft, part)
            threads = frozenset(cell for cell, each in comments.by_position.items() if comments.is_thread(each))
            new = comments.add({cell: text for cell, text in texts.items() if cell not in threads})
        else:
            new = list(texts)
            name = self.draft.free_name(self.book.folder + "comments{}.xml")
            self._put(name, new_comments(texts, self.book.namespace), COMMENTS_TYPE)
            targets.append(("comments", name))
        if new:
            targets += self._draw({each: texts[each] for each in new})
        self._relate(targets)
        return threads & texts.keys()

    def _draw(self, texts: Mapping[Position, str]) -> list[tuple[str, str]]:
        """Draw boxes for new comments; gives the drawing if it is new."""
        boxes = NoteBoxes(self.xml)
        heights = {each: height_of(text) for each, text in texts.items()}
        notes = [(each, boxes.anchor(each, height), height) for each, height in heights.items()]
        drawings = [each for each in self.xml.named("legacyDrawing") if each.depth == 2]
        if not drawings:
            name = self.draft.free_name(self.book.folder + "drawings/vmlDrawing{}.vml")
            self._put(name, vml.new_drawing(notes, self.number), DRAWING_TYPE)
            return [("vmlDrawing", name)]
        wanted = drawings[0].attributes.get("r:id", "")
        parts = [each.part for each in relations(self.draft, self.sheet.part) if each.id == wanted]
        part = self._existing(parts[0] if parts else None)
        splice = vml.with_notes(self.draft.read(part), notes)
        if splice is None:
            raise damage(Text(f'the part "{part}" is no drawing', f"部件“{part}”不是绘图"), at=self.at)
        self.draft.splice(part, [splice])
        return []

    def _put(self, name: str, content: bytes, content_type: str) -> None:
        self.draft.put(name, content)
        declare(self.draft, name, content_type)

    def _relate(self, targets: Sequence[tuple[str, str]]) -> None:
        """Let the sheet refer to new parts, and show a new drawing."""
        if not targets:
            return
        types = self.book.relation_types
        ids = relate(self.draft, self.sheet.part, *((f"{types}/{kind}", name) for kind, name in targets))
        for (kind, _), identifier in zip(targets, ids, strict=True):
            if kind == "vmlDrawing":
                tag = b"<" + self.xml.prefix + b"legacyDrawing"
                self._insert("legacyDrawing", tag + f' xmlns:r="{types}" r:id="{identifier}"/>'.encode())

    def _existing(self, part: str | None) -> str:
        if part is None or part not in self.draft.names:
            raise damage(Text("its comments or their drawing are missing", "其批注或批注绘图缺失"), at=self.at)
        return part


def quoted(sheet: str) -> str:
    """A sheet's name as a link has it, as XML."""
    return escaped("'" + sheet.replace("'", "''") + "'")
