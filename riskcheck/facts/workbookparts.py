"""What a workbook says about itself: its worksheets, its date system, its styles, where its parts lie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath
from types import MappingProxyType

from riskcheck.errors import FactsError
from riskcheck.facts.numberformat import BUILTIN_PERCENT, is_percent
from riskcheck.facts.package import Package
from riskcheck.facts.partxml import RELATIONSHIPS, Element, elements
from riskcheck.facts.refusal import damage, refusal
from riskcheck.frozen import frozen
from riskcheck.model.place import Location
from riskcheck.model.text import Text


@frozen
class SheetPart:
    """A worksheet in the order of the tabs: its name, whether it is shown, and the name of its part."""

    name: str
    visible: bool
    part: str


@frozen
class Styles:
    """The number formats of cells. A cell's style is an index into `format_ids`; `codes` spells out some formats."""

    format_ids: tuple[int, ...] = ()
    codes: Mapping[int, str] = MappingProxyType({})

    def percent(self) -> frozenset[int]:
        """The styles that show a number as a percentage."""
        ids = (BUILTIN_PERCENT - self.codes.keys()) | {
            number for number, code in self.codes.items() if is_percent(code)
        }
        return frozenset(style for style, number in enumerate(self.format_ids) if number in ids)


@frozen
class WorkbookParts:
    """A workbook without its cells."""

    sheets: tuple[SheetPart, ...]
    date_1904: bool
    """Whether days count from 1904, as old Macintosh workbooks do."""
    calculated: bool
    """False if the program that wrote the workbook leaves its calculation to the one that opens it."""
    shared_strings: str | None
    """The part that holds the texts of cells."""
    styles: Styles


def read_parts(package: Package) -> WorkbookParts:
    """Read what `package` says about its workbook; raises FactsError if it holds none, or none with worksheets."""
    main = main_part(package)
    found = elements(package.read(main), main, package.at, ("workbook", "workbookPr", "calcPr", "sheet"))
    if not found or found[0].name != "workbook":
        raise not_a_workbook(package)
    related = {each.attributes["Id"]: each for each in relationships(package, main) if "Id" in each.attributes}
    sheets = tuple(_sheets(package, main, found, related))
    if not sheets:
        raise no_worksheets(package.at)
    shared_strings = _related_part(main, related, "/sharedStrings")
    return WorkbookParts(
        sheets=sheets,
        date_1904=any(is_true(each.attributes.get("date1904")) for each in found if each.name == "workbookPr"),
        calculated=not any(is_true(each.attributes.get("fullCalcOnLoad")) for each in found if each.name == "calcPr"),
        shared_strings=shared_strings if shared_strings in package.names else None,
        styles=_styles(package, _related_part(main, related, "/styles")),
    )


def no_worksheets(at: Location) -> FactsError:
    """The error for a workbook that has no worksheets."""
    message = Text("the workbook has no worksheets", "工作簿中没有工作表")
    cure = Text("put the facts on worksheets, one for each table", "请把资料填写在工作表中，每张表一个工作表")
    return refusal("workbook-no-sheets", message, cure, at=at)


def main_part(package: Package) -> str:
    """The part that is the workbook; raises FactsError if there is none."""
    for each in relationships(package, ""):
        if each.attributes.get("Type", "").endswith("/officeDocument"):
            main = target_of("", each.attributes.get("Target", ""))
            if main.endswith(".bin"):
                raise not_a_workbook(package)
            return main
    raise not_a_workbook(package)


def not_a_workbook(package: Package) -> FactsError:
    """The error for a package that holds no .xlsx workbook."""
    from riskcheck.facts.filekind import not_a_workbook as as_what_it_is

    return as_what_it_is(package.names, package.at.file)


def relationships_part(source: str) -> str:
    """The part that holds what part `source` refers to."""
    folder, _, name = source.rpartition("/")
    return join(folder, "_rels", f"{name}.rels")


def relationships(package: Package, source: str) -> list[Element]:
    """What part `source` refers to; the package itself is the source `""`."""
    part = relationships_part(source)
    if part not in package.names:
        return []
    found = elements(package.read(part), part, package.at, ("Relationship",), RELATIONSHIPS)
    return [each for each in found if each.attributes.get("TargetMode") != "External"]


def target_of(source: str, target: str) -> str:
    """The name of the part that the relationship of part `source` with `target` means."""
    path = target.replace("\\", "/").lower()
    return normpath(join("/", dirname(source), path)).lstrip("/")


def _related_part(main: str, related: Mapping[str, Element], kind: str) -> str | None:
    return next(
        (
            target_of(main, each.attributes.get("Target", ""))
            for each in related.values()
            if each.attributes.get("Type", "").endswith(kind)
        ),
        None,
    )


def _sheets(package: Package, main: str, found: list[Element], related: Mapping[str, Element]) -> Iterator[SheetPart]:
    """The worksheets; sheets of other kinds (charts, dialogs, macros) hold no facts and are passed over."""
    parts = set()
    for each in found:
        if (each.parent, each.name) != ("sheets", "sheet"):
            continue
        name = each.attributes.get("name", "")
        relationship = related.get(each.attributes.get("r:id", ""))
        if relationship is None:
            cure = Text(
                "open it in Excel, WPS or LibreOffice, delete the sheet, and save it",
                "请用 Excel、WPS 或 LibreOffice 打开，删除该工作表并保存",
            )
            what = Text("this sheet has no content", "该工作表没有内容")
            raise damage(what, cure, at=Location(package.at.file, name))
        if not relationship.attributes.get("Type", "").endswith("/worksheet"):
            continue
        part = target_of(main, relationship.attributes.get("Target", ""))
        if part in parts:
            raise package.damaged(
                Text(f'two sheets have the same content, "{part}"', f"两个工作表指向同一内容“{part}”")
            )
        parts.add(part)
        yield SheetPart(name, each.attributes.get("state", "visible") == "visible", part)


def number_formats(package: Package, main: str) -> Styles:
    """The number formats that cells of the workbook in part `main` refer to."""
    related = {str(number): each for number, each in enumerate(relationships(package, main))}
    return _styles(package, _related_part(main, related, "/styles"))


def _styles(package: Package, part: str | None) -> Styles:
    if part is None:
        return Styles()
    found = elements(package.read(part), part, package.at, ("styleSheet", "numFmt", "xf"))
    if not found or found[0].name != "styleSheet":
        raise package.damaged(Text(f'the part "{part}" holds no styles', f"部件“{part}”中没有样式"))
    format_ids, codes = [], {}
    for each in found:
        number = each.attributes.get("numFmtId", "0")
        identifier = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
        if (each.parent, each.name) == ("cellXfs", "xf"):
            format_ids.append(identifier)
        elif each.parent == "numFmts":
            codes[identifier] = each.attributes.get("formatCode", "")
    return Styles(tuple(format_ids), codes)


def is_true(text: str | None) -> bool:
    """Whether an attribute says yes."""
    return text in ("1", "true", "on")
