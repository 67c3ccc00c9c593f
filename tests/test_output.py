"""Files appear whole or not at all, and never over the input."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from riskcheck.errors import UsageError
from riskcheck.output import check_target, write_all_whole, write_whole


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    target.write_bytes(b"old")
    write_whole(target, b"new")
    assert target.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["report.json"]


def test_a_failed_write_leaves_the_old_file_and_nothing_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "report.json"
    target.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UsageError, match="No space left"):
        write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["report.json"]


def test_a_link_is_followed_not_replaced(tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_bytes(b"old")
    link.symlink_to(real)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


@pytest.mark.parametrize(("name", "message"), [("no/such/r.json", "does not exist"), (".", "this is a folder")])
def test_bad_targets_are_refused_before_any_work(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        check_target(tmp_path / name)


def test_a_long_name_is_written(tmp_path: Path) -> None:
    target = tmp_path / ("报告" * 41 + ".json")  # 251 bytes, of 255 that a name may have
    write_whole(target, b"new")
    assert os.listdir(tmp_path) == [target.name]


@pytest.mark.parametrize("write", [check_target, lambda path: write_whole(path, b"new")])
def test_a_name_that_is_too_long_is_refused(tmp_path: Path, write: Callable[[Path], None]) -> None:
    with pytest.raises(UsageError, match="cannot be written: File name too long"):
        write(tmp_path / ("a" * 300 + ".json"))


def test_the_input_is_never_a_target(tmp_path: Path) -> None:
    facts = tmp_path / "facts.xlsx"
    facts.write_bytes(b"facts")
    link = tmp_path / "same.xlsx"
    link.hardlink_to(facts)
    for target in (facts, link):
        with pytest.raises(UsageError, match="never changed"):
            check_target(target, (facts,))


def test_of_several_files_all_are_written_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [(tmp_path / name, b"new") for name in ("a.json", "b.xlsx")]
    (tmp_path / "a.json").write_bytes(b"old")
    synced = os.fsync
    calls: list[int] = []

    def full_at_the_second(number: int) -> None:
        calls.append(number)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        synced(number)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full_at_the_second)
        with pytest.raises(UsageError, match=r"b\.xlsx: cannot be written: No space left"):
            write_all_whole(files)
    assert os.listdir(tmp_path) == ["a.json"]
    assert (tmp_path / "a.json").read_bytes() == b"old"
    write_all_whole(files)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.json": b"new", "b.xlsx": b"new"}


def test_a_file_that_is_replaced_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "report.md"
    target.write_bytes(b"old")
    target.chmod(0o600)
    write_whole(target, b"new")
    assert (target.read_bytes(), target.stat().st_mode & 0o777) == (b"new", 0o600)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_a_pipe_is_refused_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "report.md"
    os.mkfifo(pipe)
    with pytest.raises(UsageError, match="a pipe or a device"):
        check_target(pipe)
    assert pipe.is_fifo()
