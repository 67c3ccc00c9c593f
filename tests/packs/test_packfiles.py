"""What of a folder is read, and what a stranger's folder cannot make the reader do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from riskcheck.packs import packfiles
from riskcheck.packs.packfiles import FilesRead, read_case_files, read_rule_files


def read(root: Path, *, trusted: bool = False) -> FilesRead:
    return read_rule_files(root, "mine", trusted=trusted)


def problems(root: Path) -> list[str]:
    return [problem.render() for problem in read(root).problems]


def test_rule_files_come_in_path_order_without_cases_and_hidden_ones(tiny: Path) -> None:
    for path in ("plan-b.yml", "plan/A.YAML", ".hidden.yaml", ".git/x.yaml", "README.md", "plan/cases/deep.yaml"):
        (tiny / path).parent.mkdir(exist_ok=True)
        (tiny / path).write_text("x: 1")
    found = read(tiny)
    assert [file.path for file in found.files] == [
        "compounds.yaml",
        "facts.yaml",
        "pack.yaml",
        "plan-b.yml",
        "plan/A.YAML",
        "plan/PLN-1.yaml",
        "plan/cases/deep.yaml",
    ]
    assert [file.name for file in found.files][-1] == str(Path("mine/plan/cases/deep.yaml"))
    assert not found.problems


def test_case_files_are_read_apart(tiny: Path) -> None:
    assert [file.path for file in read_case_files(tiny, "mine").files] == ["cases/PLN-1.yaml"]


def test_a_pack_without_cases_has_none(tmp_path: Path) -> None:
    assert read_case_files(tmp_path, "mine") == FilesRead((), ())


def test_the_folder_in_which_one_stands_is_not_named(tiny: Path) -> None:
    assert read_rule_files(tiny, ".", trusted=False).files[0].name == "compounds.yaml"


def test_a_link_that_leaves_the_pack_is_not_followed(tiny: Path) -> None:
    secret = tiny.parent / "secret.yaml"
    secret.write_text("password: x")
    (tiny / "linked.yaml").symlink_to(secret)
    assert problems(tiny) == [
        "mine/linked.yaml: is a symbolic link that leads out of the pack; put a copy of the file here"
    ]
    assert "linked.yaml" in [file.path for file in read(tiny, trusted=True).files]


def test_a_link_to_a_folder_is_not_followed(tiny: Path) -> None:
    (tiny / "again").symlink_to(tiny)
    assert problems(tiny) == [
        "mine/again: is a symbolic link to a folder, which is not followed; put the files themselves here"
    ]


def test_a_link_to_a_file_of_the_pack_is_a_file(tiny: Path) -> None:
    (tiny / "same.yaml").symlink_to(tiny / "plan" / "PLN-1.yaml")
    assert "same.yaml" in [file.path for file in read(tiny).files]


def test_a_link_to_nothing_is_told(tiny: Path) -> None:
    (tiny / "gone.yaml").symlink_to(tiny / "nothing.yaml")
    assert problems(tiny) == ["mine/gone.yaml: cannot be read: no such file or directory"]


def test_a_pipe_is_not_waited_for(tiny: Path) -> None:
    os.mkfifo(tiny / "pipe.yaml")
    assert problems(tiny) == ["mine/pipe.yaml: is no ordinary file"]


def test_a_folder_that_looks_like_a_file_is_a_folder(tiny: Path) -> None:
    (tiny / "odd.yaml").mkdir()
    assert not problems(tiny)


def test_a_large_file_is_refused(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packfiles, "MAX_BYTES", 2 * 2**20)
    (tiny / "large.yaml").write_bytes(b"#" * (2 * 2**20 + 1))
    assert problems(tiny) == ["mine/large.yaml: has more than 2 MiB; split it"]


def test_many_files_are_refused(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packfiles, "MAX_FILES", 3)
    assert problems(tiny) == ["mine: the pack has more than 3 YAML files; split it"]


def test_deep_folders_are_refused(tiny: Path) -> None:
    (tiny / "/".join("abcdefghi")).mkdir(parents=True)
    assert problems(tiny) == ["mine/a/b/c/d/e/f/g/h/i: folders of a pack nest at most 8 deep; move the files up"]


@pytest.mark.parametrize("name", ["line\nbreak.yaml", "bell\a.yaml", os.fsdecode(b"\xff.yaml")])
def test_unprintable_names_are_refused(tiny: Path, name: str) -> None:
    (tiny / name).write_text("x: 1")
    (problem,) = problems(tiny)
    assert problem == f"mine: the file name {name!a} has characters that cannot be printed; rename it"


def test_an_unreadable_file_is_told(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packfiles, "_start_of", _refuse)
    assert problems(tiny)[0] == "mine/compounds.yaml: cannot be read: permission denied"


def _refuse(*_: object) -> None:
    raise PermissionError(13, "Permission denied")


def test_large_packs_are_refused(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packfiles, "MAX_ALL_BYTES", 2**20)
    for name in "abc":
        (tiny / f"{name}.yaml").write_bytes(b"#" * 600_000)
    assert problems(tiny) == ["mine: the pack has more than 1 MiB of YAML; split it"]
