"""The XML parts of an Office package, read by a full XML parser within bounds: no document type, and so no entities."""

from __future__ import annotations

from collections.abc import Collection
from pyexpat import ExpatError, ParserCreate, XMLParserType

from riskcheck.errors import FactsError
from riskcheck.facts.refusal import SAVE_AGAIN, damage, refusal
from riskcheck.frozen import frozen
from riskcheck.model.place import Location
from riskcheck.model.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

_TRANSITIONAL = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
MAIN = frozenset({_TRANSITIONAL + "spreadsheetml/2006/main", _STRICT + "spreadsheetml/main"})
"""The namespaces of workbooks, sheets, styles and shared strings."""
RELATIONSHIPS = frozenset({_TRANSITIONAL + "package/2006/relationships"})
"""The namespace of relationship parts."""
_RELATIONSHIP_IDS = (
    _TRANSITIONAL + "officeDocument/2006/relationships id",
    _STRICT + "officeDocument/relationships id",
)

MAX_ELEMENTS = 2_000_000
"""Most elements in one part."""
MAX_FOUND = 100_000
"""Most elements that `elements` gives; a workbook has at most some 65,000 styles."""
MAX_DEPTH = 100
_TOO_MANY_ELEMENTS = Text("too many elements", "元素过多")


class PartReader:
    """Reads one part: subclasses see the elements in one of `namespaces` by `start` and `end`, and text by `text`."""

    most_bytes = 32 * 2**20
    """Largest part that is read."""

    def __init__(self, part: str, at: Location, namespaces: Collection[str] = MAIN) -> None:
        self.part, self.at = part, at
        self._namespaces = namespaces
        self.count = self.depth = 0
        self._parser: XMLParserType | None = None

    @property
    def position(self) -> int:
        """Where in the bytes of the part the tag begins that is being read."""
        return self._parser.CurrentByteIndex if self._parser else 0

    def run(self, data: bytes) -> None:
        """Read all of `data`; raises FactsError if it is no valid XML, too large, or has a document type."""
        if len(data) > self.most_bytes:
            size = f"{self.most_bytes // 2**20} MiB"
            raise self.too_large(Text(f"more than {size}", f"超过 {size}"))
        parser = ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_document_type
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.text
        self._parser = parser
        try:
            parser.Parse(data, True)
        except (ExpatError, LookupError, ValueError) as error:
            what = Text(
                f'the part "{self.part}" is no valid XML ({error})', f"部件“{self.part}”不是有效的 XML（{error}）"
            )
            raise damage(what, at=self.at) from None
        finally:
            self._parser = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; `name` is its local name."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, characters: str) -> None:
        """Text between two tags."""

    def too_large(self, what: Text) -> FactsError:
        """The error for a part that has `what`."""
        message = Text(
            f'the part "{self.part}", which is not written as spreadsheet programs write it, has {what.en}',
            f"部件“{self.part}”不是表格软件通常的写法，且{what.zh}",
        )
        return refusal("workbook-too-large", message, SAVE_AGAIN, at=self.at)

    def _start(self, qualified: str, attributes: dict[str, str]) -> None:
        self.count += 1
        self.depth += 1
        if self.count > MAX_ELEMENTS or self.depth > MAX_DEPTH:
            raise self.too_large(_TOO_MANY_ELEMENTS)
        namespace, _, name = qualified.rpartition(" ")
        if namespace in self._namespaces:
            self.start(name, attributes)

    def _end(self, qualified: str) -> None:
        namespace, _, name = qualified.rpartition(" ")
        if namespace in self._namespaces:
            self.end(name)
        self.depth -= 1

    def _refuse_document_type(self, *_: object) -> NoReturn:
        message = Text(
            f'the part "{self.part}" declares a document type (DOCTYPE), which workbooks never do',
            f"部件“{self.part}”声明了文档类型（DOCTYPE），正常的工作簿不会这样",
        )
        cure = Text("do not trust the file; ask its author for a new copy", "该文件不可信；请向作者索取新的文件")
        raise refusal("workbook-doctype", message, cure, at=self.at)


@frozen
class Element:
    """An element: local names of its parent and itself, and its attributes; `r:id` is a relationship's id."""

    parent: str
    name: str
    attributes: dict[str, str]


class _Finder(PartReader):
    def __init__(self, part: str, at: Location, wanted: Collection[str], namespaces: Collection[str]) -> None:
        super().__init__(part, at, namespaces)
        self.wanted = wanted
        self.found: list[Element] = []
        self.path = [""]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in self.wanted:
            if len(self.found) == MAX_FOUND:
                raise self.too_large(_TOO_MANY_ELEMENTS)
            self.found.append(Element(self.path[-1], name, with_relationship_id(attributes)))
        self.path.append(name)

    def end(self, name: str) -> None:
        self.path.pop()


def elements(
    data: bytes, part: str, at: Location, wanted: Collection[str], namespaces: Collection[str] = MAIN
) -> list[Element]:
    """The elements of part `part` with a local name in `wanted` and a namespace in `namespaces`, in document order."""
    finder = _Finder(part, at, wanted, namespaces)
    finder.run(data)
    return finder.found


def with_relationship_id(attributes: dict[str, str]) -> dict[str, str]:
    """`attributes` with the relationship's id, whatever its namespace, as `r:id`."""
    for qualified in _RELATIONSHIP_IDS:
        if qualified in attributes:
            return attributes | {"r:id": attributes[qualified]}
    return attributes
