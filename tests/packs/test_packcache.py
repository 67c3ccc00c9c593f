"""The compiled form of a pack: the same pack, found only by what it was made from, ignored if stale or damaged."""

from __future__ import annotations

import os
import shutil
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from riskcheck.assessment import assess
from riskcheck.errors import PackError
from riskcheck.expr.syntax import Span
from riskcheck.facts.load import load_facts
from riskcheck.packs import compiled, packcache
from riskcheck.packs.load import load_pack
from riskcheck.reports import Style, render

SMALL = Path(__file__).parent.parent / "gate" / "smallpack"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("RISKCHECK_NO_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "riskcheck"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    shutil.copytree(SMALL, tmp_path / "pack")
    return tmp_path / "pack"


def entries(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.pack"))


def without_spans(value: Any) -> Any:
    """The value with every node of a condition at the same place."""
    if isinstance(value, tuple):
        return tuple(without_spans(item) for item in value)
    names = getattr(type(value), "__match_args__", ())
    if not names or isinstance(value, Span):
        return Span(0, 0) if isinstance(value, Span) else value
    return type(value), tuple(without_spans(getattr(value, name)) for name in names)


@pytest.mark.parametrize("name", ["deployment", str(SMALL)])
def test_what_is_decoded_is_what_was_encoded(name: str) -> None:
    pack = load_pack(name, cache=False)
    taken = compiled.decode(compiled.encode(pack), pack.root)
    assert without_spans(taken) == without_spans(pack)
    assert compiled.encode(taken) == compiled.encode(pack)


def test_what_was_compiled_for_other_classes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = compiled.encode(load_pack(SMALL, cache=False))
    monkeypatch.setattr(compiled, "_LAYOUT", compiled._LAYOUT.replace("'cause', ", ""))
    with pytest.raises(ValueError, match="for other classes"):
        compiled.decode(data, "")


def test_a_compiled_pack_judges_the_same(folder: Path) -> None:
    read = load_pack("deployment", cache=False)
    load_pack("deployment")
    taken = load_pack("deployment")
    assert len(entries(folder)) == 1
    sample = next((SMALL.parent.parent.parent / "samples").glob("*.yaml"))

    def report(pack: Any) -> bytes:
        return render(
            "json", assess(load_facts(sample, pack.schema), pack, gate="G3", as_of=date(2026, 6, 30)), Style()
        )

    assert report(taken) == report(read)


def test_the_second_load_reads_the_entry(folder: Path, pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load_pack(pack)
    monkeypatch.setattr("riskcheck.packs.reading.read_pack", lambda *_: pytest.fail("the pack was read again"))
    assert load_pack(pack).sha256 == first.sha256


def test_a_changed_pack_is_read_again(folder: Path, pack: Path) -> None:
    before = load_pack(pack)
    facts = pack / "rules.yaml"
    facts.write_text(facts.read_text("utf-8").replace("value: 0.25", "value: 0.35"), "utf-8")
    after = load_pack(pack)
    assert after.sha256 != before.sha256
    assert after.check_by_id["A-1.b"].limits[0].value == 350_000
    assert len(entries(folder)) == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-40],
        lambda data: b"",
        lambda data: data.replace(b"Small", b"Smell"),
        lambda data: b"\x80\x04" + data,
        lambda data: data.partition(b"\n")[0] + b"\n[[],[1]]",
        lambda data: b"%08x\n[[],[1]]" % zlib.crc32(b"[[],[1]]"),
    ],
)
def test_a_damaged_entry_is_ignored_and_rebuilt(folder: Path, pack: Path, damage: Any) -> None:
    load_pack(pack)
    (entry,) = entries(folder)
    whole = entry.read_bytes()
    entry.write_bytes(damage(whole))
    assert load_pack(pack).title.en == "Small pack"
    assert entry.read_bytes() == whole


def test_an_entry_that_others_may_write_to_is_ignored(folder: Path, pack: Path) -> None:
    load_pack(pack)
    (entry,) = entries(folder)
    entry.chmod(0o666)
    assert packcache.CacheEntry(str(entry), str(pack)).read() is None


def test_nothing_beside_a_pack_is_read(folder: Path, pack: Path) -> None:
    load_pack(pack)
    (entry,) = entries(folder)
    shutil.move(entry, pack / entry.name)
    load_pack(pack)
    assert entries(folder) == [entry], "the entry was made anew in the user's own folder"


def test_an_invalid_pack_leaves_no_entry(folder: Path, pack: Path) -> None:
    (pack / "rules.yaml").write_text("item: {}\n", "utf-8")
    with pytest.raises(PackError, match="the item has no"):
        load_pack(pack)
    assert entries(folder) == []


def test_without_a_folder_all_still_works(pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RISKCHECK_NO_CACHE", "1")
    assert packcache.cache_folder() is None
    assert load_pack(pack).id == "small"
    monkeypatch.delenv("RISKCHECK_NO_CACHE")
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert load_pack(pack).id == "small"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.delenv("HOME", raising=False)
    assert load_pack(pack).id == "small"


def test_old_entries_go(folder: Path, pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packcache, "MAX_ENTRIES", 2)
    for number in range(4):
        link = pack.parent / f"pack{number}"
        shutil.copytree(pack, link)
        load_pack(link)
        for age, entry in enumerate(entries(folder)):
            os.utime(entry, (age, age + number))
    assert len(entries(folder)) == 2


def test_nothing_is_compiled_for_a_folder_that_cannot_be_written(
    folder: Path, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr(compiled, "encode", lambda _: pytest.fail("compiled for nothing"))
    assert load_pack(pack).id == "small"
    assert entries(folder) == []
