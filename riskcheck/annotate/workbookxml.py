"""The workbook part: which sheets there are, and adding one behind them."""

from __future__ import annotations

from posixpath import dirname

from riskcheck.annotate.draft import Draft
from riskcheck.annotate.relations import declare, relate
from riskcheck.annotate.tags import escaped, spans
from riskcheck.facts.workbookparts import main_part
from riskcheck.model.text import Text

_STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"
SHEET_TYPE, COMMENTS_TYPE, STYLES_TYPE = _TYPE.format("worksheet"), _TYPE.format("comments"), _TYPE.format("styles")
DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"


class WorkbookXml:
    """The workbook part of a package, in the older (Transitional) or the Strict form of the standard."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.part = draft, main_part(draft)
        self.data = draft.read(self.part)
        is_strict = bool(spans(self.data, self.part, draft.at, ("workbook",), {_STRICT_MAIN}))
        self.namespace = _STRICT_MAIN if is_strict else _MAIN
        """The namespace of sheets, styles and comments."""
        self.relation_types = _STRICT if is_strict else _TRANSITIONAL
        """What the types of relationships begin with; the namespace of their ids, too."""
        found = spans(self.data, self.part, draft.at, ("sheets", "sheet"))
        self._list = next((each for each in found if each.name == "sheets" and each.depth == 2), None)
        self._sheets = [each.attributes for each in found if (each.parent, each.name) == ("sheets", "sheet")]

    @property
    def folder(self) -> str:
        """The folder of the workbook part, as the package spells it, with a slash if it is not the root."""
        folder = dirname(self.draft.written_name(self.part))
        return f"{folder}/" if folder else ""

    def free_sheet_name(self, name: str) -> str:
        """`name`, with a number if there is such a sheet."""
        taken = {each.get("name", "").casefold() for each in self._sheets}
        number, found = 1, name
        while found.casefold() in taken:
            number += 1
            found = f"{name} ({number})"
        return found

    def relate(self, *targets: tuple[str, str, str]) -> list[str]:
        """Let the workbook refer to new parts, each a kind, the part's name and its content type."""
        for _, name, content_type in targets:
            declare(self.draft, name, content_type)
        return relate(self.draft, self.part, *((f"{self.relation_types}/{kind}", name) for kind, name, _ in targets))

    def add_sheet(self, name: str, relation: str) -> None:
        """Add a sheet behind the others."""
        if self._list is None:
            raise self.draft.damaged(Text("it lists no sheets", "没有工作表清单"))
        numbers = [each.get("sheetId", "") for each in self._sheets]
        number = 1 + max((int(each) for each in numbers if each.isdigit() and len(each) < 10), default=0)
        element = f'sheet xmlns:r="{self.relation_types}" name="{escaped(name)}" sheetId="{number}"'
        written = b"<" + self._list.prefix + f'{element} r:id="{relation}"/>'.encode()
        self.draft.append(self.part, self._list, written)
