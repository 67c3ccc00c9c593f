"""Zip archives: a plain directory is read as `zipfile` reads it, any other one by `zipfile` itself."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskcheck.facts import archive
from riskcheck.facts.archive import Entry, directory, stored

SAMPLES = sorted((Path(__file__).parent.parent.parent / "samples").glob("*.xlsx"))


def by_zipfile(data: bytes) -> tuple[Entry, ...] | str:
    """The directory as `zipfile` reads it, or the kind of its error."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as opened:
            found = opened.infolist()
    except Exception as error:
        return type(error).__name__
    return tuple(
        Entry(each.filename, each.flag_bits, each.compress_type, each.CRC, each.compress_size, each.header_offset)
        for each in found
    )


def made(names: list[str], comment: bytes = b"") -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as opened:
        for number, name in enumerate(names):
            method = zipfile.ZIP_DEFLATED if number % 2 else zipfile.ZIP_STORED
            opened.writestr(zipfile.ZipInfo(name), b"<x>content</x>" * number, method)
        opened.comment = comment
    return out.getvalue()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_what_spreadsheet_programs_write_is_plain(sample: Path) -> None:
    data = sample.read_bytes()
    assert archive._plain_directory(data) == by_zipfile(data)


@pytest.mark.parametrize(
    ("names", "comment"),
    [(["资料.xml"], b""), (["a.xml"], b"made by a program"), (["a.xml", "b.xml"], b"PK\x05\x06" + bytes(18))],
)
def test_what_is_not_plain_is_read_by_zipfile(names: list[str], comment: bytes) -> None:
    data = made(names, comment)
    assert archive._plain_directory(data) is None
    assert directory(data) == by_zipfile(data)


def test_an_archive_behind_other_bytes_is_read_by_zipfile() -> None:
    data = b"#!/bin/sh\n" + made(["a.xml"])
    assert archive._plain_directory(data) is None
    assert directory(data) == by_zipfile(data)


def test_large_archives_are_read_by_zipfile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 10)
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 1)
    data = made(["a.xml", "b.xml", "c.xml"])
    assert archive._plain_directory(data) is None
    assert directory(data) == by_zipfile(data)


WHOLE = made(["a.xml", "xl/workbook.xml", "c"])


@given(st.data())
def test_damaged_directories_are_read_as_by_zipfile_or_not_at_all(data: st.DataObject) -> None:
    start = WHOLE.index(archive.CENTRAL)
    damaged = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(start, len(WHOLE) - 1))
        damaged[place] = data.draw(st.sampled_from((0, 1, 2, 8, 20, 45, 255, damaged[place] ^ 1)))
    cut = data.draw(st.sampled_from((0, 0, 0, 1, 22, 40)))
    content = bytes(damaged[: len(damaged) - cut])
    plain = archive._plain_directory(content)
    if plain is not None:
        assert plain == by_zipfile(content)


@given(st.integers(0, len(WHOLE)))
def test_cut_archives_are_refused(length: int) -> None:
    if length < len(WHOLE):
        assert archive._plain_directory(WHOLE[:length]) is None


@given(st.lists(st.lists(st.binary(max_size=20), max_size=3), max_size=5))
def test_what_is_written_is_an_archive(contents: list[list[bytes]]) -> None:
    data = stored((f"xl/{number}.xml", pieces) for number, pieces in enumerate(contents))
    with zipfile.ZipFile(BytesIO(data)) as opened:
        assert opened.testzip() is None
        assert [opened.read(name) for name in opened.namelist()] == [b"".join(pieces) for pieces in contents]
        assert opened.namelist() == [f"xl/{number}.xml" for number in range(len(contents))]
    assert archive._plain_directory(data) == by_zipfile(data)
