"""Whether an annotated copy kept every byte that it need not change. It knows nothing of how copies are made."""

from __future__ import annotations

import re
import struct
from io import BytesIO
from zipfile import ZipFile

from tests.facts_workbook.packages import Parts

_TOKEN = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<[^<>]*>|[^<]+", re.DOTALL)
_CHANGED_VALUE = re.compile(rb"""\s(?:s|count)\s*=\s*(?:"[0-9]*"|'[0-9]*')""")
_NAME = re.compile(rb"</?(?:[\w.-]+:)?([\w.-]+)")
_ADDED_ELEMENTS = {
    "sheet": {b"row", b"c", b"hyperlinks", b"hyperlink", b"legacyDrawing"},
    "styles": {
        *(b"fonts font b u sz name family color fills fill patternFill fgColor bgColor cellXfs xf alignment").split(),
        *b"protection borders border left right top bottom diagonal extLst ext".split(),
    },
    "comments": set(b"author comment text r rPr b sz color rFont family t".split()),
    "workbook": {b"sheet"},
    "rels": {b"Relationship"},
    "types": {b"Override", b"Default"},
}


def assert_lossless(before: bytes, after: bytes) -> None:
    """Assert that all parts are there, equal but for the kinds that are spliced, and those only spliced."""
    with ZipFile(BytesIO(before)) as one, ZipFile(BytesIO(after)) as other:
        names = one.namelist()
        assert [name for name in other.namelist() if name in names] == names, "parts are lost, or in another order"
        for name in names:
            was, now = one.read(name), other.read(name)
            if was == now:
                assert _packed(before, one, name) == _packed(after, other, name), f"{name} was packed anew"
            else:
                _assert_spliced(name, was, now)


def changed_parts(before: Parts, after: Parts) -> set[str]:
    """The names of parts that are not equal."""
    return {name for name in before if before[name] != after[name]}


def _packed(data: bytes, archive: ZipFile, name: str) -> bytes:
    entry = archive.getinfo(name)
    start = entry.header_offset + 30 + sum(struct.unpack_from("<HH", data, entry.header_offset + 26))
    return data[start : start + entry.compress_size]


def _assert_spliced(name: str, was: bytes, now: bytes) -> None:
    if name.endswith(".vml"):
        assert now.startswith(was[: was.rindex(b"</")]), f"{name} is not only appended to"
        assert now.endswith(was[was.rindex(b"</") :])
        return
    allowed = set(_ADDED_ELEMENTS[_kind(name)])
    left = [each.group() for each in _TOKEN.finditer(was)]
    place, within_text = 0, False
    for token in (each.group() for each in _TOKEN.finditer(now)):
        found = _NAME.match(token)
        if place < len(left) and _plain(token) == _plain(left[place]):
            if found and left[place].endswith(b"/>") and not token.endswith(b"/>"):
                allowed.add(found.group(1))  # it had no content, and has some now
            place, within_text = place + 1, False
            continue
        is_allowed = within_text or (found is not None and found.group(1) in allowed)
        assert is_allowed, f"{name}: {token[:80]!r} where there was {left[place : place + 1]}"
        within_text = found is not None and found.group(1) in (b"t", b"author") and not token.startswith(b"</")
    assert place == len(left), f"{name}: {left[place][:80]!r} is lost"


def _kind(name: str) -> str:
    if name.endswith(".rels"):
        return "rels"
    for word in ("Content_Types", "workbook", "styles", "comments", "sheet"):
        if word.lower() in name.lower().rsplit("/", 1)[-1]:
            return {"Content_Types": "types"}.get(word, word)
    raise AssertionError(f"{name} was changed")


def _plain(token: bytes) -> bytes:
    """A token without what may change in it: a style, a count, and whether it ends at once."""
    if not token.startswith(b"<") or token.startswith((b"<!", b"<?")):
        return token
    kept = _CHANGED_VALUE.sub(b"", token)
    return (kept[:-2] if kept.endswith(b"/>") else kept[:-1]).rstrip()
