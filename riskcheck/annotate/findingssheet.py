"""The findings sheet of an annotated copy: the verdict, and each finding with links to the cells that decided it.

All text is written as text, so that nothing from the facts can run as a formula. Nothing depends on the name of the
file or on marks that it had before, so annotating a copy again gives the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from riskcheck.annotate.items import Item, Kind, Place
from riskcheck.annotate.notebox import lines_of
from riskcheck.annotate.paint import COLORS, Paint
from riskcheck.annotate.sheetmarker import quoted
from riskcheck.annotate.stylebook import StyleBook
from riskcheck.annotate.tags import escaped, shown_text
from riskcheck.annotate.unmark import SIGNATURE
from riskcheck.frozen import frozen
from riskcheck.model.assessment import Assessment, Verdict
from riskcheck.model.number import floor_text
from riskcheck.model.place import column_letters
from riskcheck.model.text import Language, Text
from riskcheck.reports import phrases
from riskcheck.reports.display import printable
from riskcheck.reports.excelheight import row_height
from riskcheck.reports.exceltheme import VERDICT_COLORS

NAME = Text("# Findings", "# 检查结果")
_COLUMNS = (
    (Text("Outcome", "结果"), 11),
    (Text("Check", "检查"), 15),
    (Text("What is checked", "检查内容"), 38),
    (Text("Why", "理由"), 44),
    (Text("What to do", "整改措施"), 46),
    (Text("Owner", "责任人"), 18),
    (Text("Due", "期限"), 14),
    (Text("Cell", "单元格"), 26),
    (Text("What it says", "内容"), 46),
)
_RECORD = len(_COLUMNS)
"""The hidden column with the colours of the marks."""
_LINK, _SAYS = 7, 8
_SAID = 5
"""The first row of an item says so many things that the others do not."""
_LETTERS = tuple(map(column_letters, range(_RECORD + 1)))
_ROW = "\0"
"""Stands in XML where the number of a row belongs."""
_HEAD_ROWS = 6
_MOST_LINES = 20
_LONGEST = 32_000


@frozen
class Styles:
    """The formats of the sheet's cells."""

    banner: int
    plain: int
    header: int
    text: int
    link: int
    outcomes: dict[Kind, int]


@frozen
class _Said:
    """The cells of a row but those of its place: pieces of XML between which its number belongs, and their lines."""

    pieces: tuple[str, ...]
    lines: int


def first_rows(items: Sequence[Item]) -> list[int]:
    """The row (from 1) in which each item begins; its places follow from there, one in each row."""
    rows, row = [], _HEAD_ROWS + 1
    for item in items:
        rows.append(row)
        row += _row_count(item)
    return rows


def sheet_styles(styles: StyleBook, paint: Paint, verdict: Verdict) -> Styles:
    """Append the formats that the sheet needs."""
    line = '<{0} style="thin"><color rgb="FFC9D3DD"/></{0}>'
    sides = "".join(line.format(side) for side in ("left", "right", "top", "bottom"))
    border = styles.add("borders", f"<border>{sides}<diagonal/></border>")
    white = styles.add("fonts", _font("<b/>", 11, "FFFFFFFF"))
    large = styles.add("fonts", _font("<b/>", 16, "FFFFFFFF"))
    blue = styles.add("fonts", _font("<u/>", 11, "FF0563C1"))
    black = styles.add("fonts", _font("", 11, "FF000000"))

    def format_(font: int, fill: int, edge: int, wrap: bool = True, across: str = "top") -> int:
        aligned = f'<alignment vertical="{across}"{" wrapText=" + chr(34) + "1" + chr(34) if wrap else ""}/>'
        applied = 'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"'
        ids = f'numFmtId="49" fontId="{font}" fillId="{fill}" borderId="{edge}"'
        return styles.add("cellXfs", f'<xf {ids} xfId="0" {applied}>{aligned}</xf>')

    banner = paint.fill(int(VERDICT_COLORS[verdict][1:], 16))
    return Styles(
        banner=format_(large, banner, 0, wrap=False, across="center"),
        plain=format_(black, 0, 0, wrap=False),
        header=format_(white, paint.fill(0x1F4E78), border),
        text=format_(black, 0, border),
        link=format_(blue, 0, border),
        outcomes={kind: format_(black, paint.fill(color), border) for kind, color in COLORS.items()},
    )


def _font(more: str, size: int, color: str) -> str:
    return f'<font>{more}<sz val="{size}"/><color rgb="{color}"/><name val="Calibri"/><family val="2"/></font>'


def _row_count(item: Item) -> int:
    return max(1, len(item.places) + (item.more > 0))


class FindingsSheet:
    """Writes the sheet."""

    def __init__(self, seen: Assessment, items: Sequence[Item], styles: Styles, language: Language) -> None:
        self.seen, self.items, self.styles, self.language = seen, items, styles, language
        self.hidden: Collection[str] = ()
        """The names of hidden sheets, to which no link leads."""
        self.threads: Collection[tuple[str, str]] = ()
        """Sheet and name of the cells that have a thread, and so no comment of ours."""
        self._links: list[str] = []
        self._quoted: dict[str, str] = {}

    def render(self, namespace: str, colors: dict[str, str], record: str) -> bytes:
        """The worksheet; `colors` and `record` are what it remembers of the marks."""
        self._remembered = [SIGNATURE, *(f"{color} {fill}" for color, fill in colors.items())]
        rows = "".join((*self._head(), *self._body(), *self._remaining()))
        links = f"<hyperlinks>{''.join(self._links)}</hyperlinks>" if self._links else ""
        return "".join(
            (
                '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
                f'<worksheet xmlns="{namespace}"><sheetPr><tabColor rgb="FF{VERDICT_COLORS[self.seen.verdict][1:]}"/>',
                '<pageSetUpPr fitToPage="1"/></sheetPr>',
                f'<sheetViews><sheetView showGridLines="0" workbookViewId="0"><pane ySplit="{_HEAD_ROWS}" ',
                f'topLeftCell="A{_HEAD_ROWS + 1}" activePane="bottomLeft" state="frozen"/>',
                '<selection pane="bottomLeft"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>',
                f"<cols>{self._columns()}</cols><sheetData>{rows}</sheetData>{links}",
                '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>',
                '<pageSetup paperSize="8" orientation="landscape" fitToHeight="0"/>',
                f"{record}</worksheet>",
            )
        ).encode()

    def say(self, text: Text) -> str:
        return text.of(self.language)

    def t(self, en: str, zh: str) -> str:
        return zh if self.language == "zh" else en

    def _columns(self) -> str:
        widths = [
            f'<col min="{n}" max="{n}" width="{wide}" customWidth="1"/>' for n, (_, wide) in enumerate(_COLUMNS, 1)
        ]
        return "".join(widths) + f'<col min="{_RECORD + 1}" max="{_RECORD + 1}" width="9" hidden="1" customWidth="1"/>'

    # ------------------------------------------------------------ head

    def _head(self) -> Iterator[str]:
        seen = self.seen
        verdict, state = self.say(phrases.VERDICT[seen.verdict]), self.say(phrases.GATE_STATE[seen.verdict.opens])
        banner = f"{verdict}  {seen.gate} {self.say(seen.gate_title)}{self.t(': ', '：')}{state}"
        yield self._row(1, [(n, banner if n == 0 else "", self.styles.banner) for n in range(len(_COLUMNS))], 30)
        for number, line in enumerate((self._project(), self._score(), self._counts(), self._how()), 2):
            yield self._row(number, [(0, line, self.styles.plain)], 16)
        titles = [(n, self.say(title), self.styles.header) for n, (title, _) in enumerate(_COLUMNS)]
        yield self._row(_HEAD_ROWS, titles, 18)

    def _project(self) -> str:
        seen = self.seen
        named = printable(seen.named) or "-"
        pack = f"{seen.pack.id} {seen.pack.version} ({seen.pack.sha256[:12]})"
        return self.t(
            f"Project {named}   as of {seen.as_of}   rules {pack}",
            f"项目 {named}   评审日期 {seen.as_of}   规则包 {pack}",
        )

    def _score(self) -> str:
        said = [self.say(each.text) for each in self.seen.assumptions]
        if self.seen.score is not None:
            low, high = floor_text(self.seen.score.low), floor_text(self.seen.score.high)
            interval = low if low == high else f"{low}{self.t(' to ', ' ~ ')}{high}"
            said.insert(0, self.t(f"Score {interval} of 100", f"得分 {interval}（满分 100）"))
        return "   ".join(said)

    def _counts(self) -> str:
        counts = Counter(finding.outcome for finding in self.seen.findings)
        listed = ", ".join(f"{count} {self.say(phrases.OUTCOME[each])}" for each, count in counts.items())
        places = {each.location for item in self.items if item.kind.marks for each in item.places if _is_cell(each)}
        more = sum(item.more for item in self.items)
        left = self.t(f"; {more} further places are not listed", f"；另有 {more} 处未列出") if more else ""
        return self.t(
            f"Checks: {listed}. Cells marked: {len(places)}{left}.",
            f"检查：{listed}。已标记单元格：{len(places)} 个{left}。",
        )

    def _how(self) -> str:
        return self.t(
            "Cells that decided are coloured and have a comment. Links lead to them; marked cells that hold something "
            "lead back here by a click. Check the workbook again after mending it: the marks are replaced.",
            "决定结果的单元格已着色并加批注。点击链接可跳转到单元格；单击有内容的已标记单元格可返回此处。"
            "修改后请重新检查，标记会随之更新。",
        )

    # ------------------------------------------------------------ items

    def _body(self) -> Iterator[str]:
        for item, first in zip(self.items, first_rows(self.items), strict=True):
            said = self._said(item, self._told(item))
            for number in range(_row_count(item)):
                if number == 1:
                    said = self._said(item, ("",) * _SAID)
                place = item.places[number] if number < len(item.places) else None
                yield self._line(said, first + number, item, place)

    def _remaining(self) -> Iterator[str]:
        """Rows for colours that the hidden column has no row for yet."""
        below = _HEAD_ROWS + sum(map(_row_count, self.items))
        return (self._row(number, [], 15) for number in range(below + 1, len(self._remembered) + 1))

    @staticmethod
    def _told(item: Item) -> tuple[str, ...]:
        """What the first row of an item says of it."""
        return item.title, "\n".join(item.why), item.todo, item.owner, item.due

    def _said(self, item: Item, told: tuple[str, ...]) -> _Said:
        """The cells of an item that are the same in several rows."""
        cells = [
            (item.word, self.styles.outcomes[item.kind]),
            *((each, self.styles.text) for each in (item.check, *told)),
        ]
        pieces = "".join(f'<c r="{_LETTERS[n]}{_ROW}{_content(*cell)}' for n, cell in enumerate(cells))
        lines = max(lines_of(text, _COLUMNS[n][1]) for n, (text, _) in enumerate(cells) if text)
        return _Said(tuple(pieces.split(_ROW)), lines)

    def _line(self, said: _Said, row: int, item: Item, place: Place | None) -> str:
        cells = self._place_cells(item, row, place)
        lines = max([said.lines, *(lines_of(text, _COLUMNS[n][1]) for n, text, _ in cells if text)])
        return self._row(row, cells, row_height(min(lines, _MOST_LINES)), str(row).join(said.pieces))

    def _place_cells(self, item: Item, row: int, place: Place | None) -> list[tuple[int, str, int]]:
        text = self.styles.text
        if place is None:
            more = self.t(f"… and {item.more} more, not marked", f"……另有 {item.more} 处，未标记") if item.more else ""
            return [(_LINK, "", text), (_SAYS, more, text)]
        at = place.location
        if at is None or at.sheet is None:
            absent = self.t("(not in the file)", "（文件中没有）")
            return [(_LINK, absent, text), (_SAYS, place.says, text)]
        says = place.says
        if (at.sheet, at.cell) in self.threads:
            says += self.t(" (the cell has a thread, which is left alone)", "（该单元格有会话批注，未作改动）")
        if at.sheet in self.hidden:
            shown = at.within_file + self.t(" (hidden)", "（隐藏）")
            return [(_LINK, shown, text), (_SAYS, says, text)]
        if at.sheet not in self._quoted:
            self._quoted[at.sheet] = quoted(at.sheet)
        target, shown = f"{self._quoted[at.sheet]}!{at.cell or 'A1'}", at.within_file
        link = f'<hyperlink ref="{_LETTERS[_LINK]}{row}" location="{target}" display="{escaped(shown)}"/>'
        self._links.append(link)
        return [(_LINK, shown, self.styles.link), (_SAYS, says, text)]

    # ------------------------------------------------------------ rows

    def _row(self, number: int, cells: Sequence[tuple[int, str, int]], height: int, before: str = "") -> str:
        """A row of these cells, with others, as XML, before them."""
        written = "".join([f'<c r="{_LETTERS[column]}{number}{_content(text, style)}' for column, text, style in cells])
        if number <= len(self._remembered):
            remembered = _content(self._remembered[number - 1], self.styles.plain)
            written += f'<c r="{_LETTERS[_RECORD]}{number}{remembered}'
        return f'<row r="{number}" ht="{height}" customHeight="1">{before}{written}</row>'


def _content(text: str, style: int) -> str:
    """A cell with a text, from the end of its name on."""
    if not text:
        return f'" s="{style}"/>'
    shown = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    return f'" s="{style}" t="inlineStr"><is><t xml:space="preserve">{shown_text(shown)}</t></is></c>'


def _is_cell(place: Place) -> bool:
    return place.location is not None and place.location.cell is not None
