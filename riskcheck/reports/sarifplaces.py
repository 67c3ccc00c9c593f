"""Places of facts in SARIF: the file by its relative address, the cell as a logical location."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from riskcheck.model.factset import InputFile
from riskcheck.model.place import Location, column_number_of

_KEPT = "/-._~!$&'()*+,;=@"
"""What need not be escaped in a path of a URI (RFC 3986, 3.3), but for the colon, which could end a scheme."""


def artifact_location(file: str) -> dict[str, Any]:
    """The file as the user named it: a relative reference, or a file URI if the path is absolute."""
    path = file.replace("\\", "/")
    windows = len(path) > 2 and path[0].isalpha() and path[1:3] == ":/"
    if windows:
        return {"uri": f"file:///{path[0]}:{_escaped(path[2:])}"}
    return {"uri": f"file://{_escaped(path)}" if path.startswith("/") else _escaped(path)}


def _escaped(path: str) -> str:
    return quote(path, safe=_KEPT, errors="replace")


def locations(
    places: Iterable[tuple[Location | None, str | None]], inputs: Sequence[InputFile]
) -> list[dict[str, Any]]:
    """A location for each place and the fact that stands there (`tasks[T4].owner`), each place once."""
    facts: dict[Location, str | None] = {}
    for place, fact in places:
        if place is not None:
            facts.setdefault(place, fact)
    index = {each.file: number for number, each in enumerate(inputs)}
    return [_location(place, fact, index) for place, fact in facts.items()]


def whole_file(inputs: Sequence[InputFile]) -> list[dict[str, Any]]:
    """The location of what has no place of its own: the first file that was judged."""
    return locations([(Location(inputs[0].file), None)], inputs) if inputs else []


def _location(place: Location, fact: str | None, index: dict[str, int]) -> dict[str, Any]:
    artifact = artifact_location(place.file)
    if place.file in index:
        artifact["index"] = index[place.file]
    named = []
    if place.sheet is not None:
        named.append({"name": place.cell or place.sheet, "fullyQualifiedName": place.within_file, "kind": "cell"})
    if fact is not None:
        named.append({"fullyQualifiedName": fact, "kind": "property"})
    physical = {"artifactLocation": artifact, "region": region(place)}
    return {"physicalLocation": physical, **({"logicalLocations": named} if named else {})}


def region(place: Location) -> dict[str, int]:
    """Line and column; of a cell its row and column in the sheet, as code hosts demand a line of every result."""
    if place.cell is not None:
        letters = place.cell.rstrip("0123456789")
        column, row = column_number_of(letters), place.cell[len(letters) :]
        return {"startLine": int(row), "startColumn": column + 1} if row and column is not None else {"startLine": 1}
    region = {"startLine": place.line or 1}
    return {**region, "startColumn": place.column} if place.column else region
