"""Packs are found by name and by path, from a checkout and from an installed package alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskcheck.errors import PackError
from riskcheck.packs import locate
from riskcheck.packs.locate import find_pack, is_shipped, shipped_packs


def test_a_shipped_pack_is_found_by_name() -> None:
    root = find_pack("deployment")
    assert (Path(root) / "pack.yaml").is_file()
    assert is_shipped(root)
    assert "deployment" in shipped_packs()


def test_a_folder_is_found_by_path(tiny: Path) -> None:
    assert find_pack(str(tiny)) == str(tiny)
    assert find_pack(f"{tiny}/./") == str(tiny)
    assert find_pack(tiny) == str(tiny)
    assert not is_shipped(str(tiny))


def test_a_name_wins_over_a_folder_of_that_name(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tiny.rename(tiny.parent / "deployment")
    monkeypatch.chdir(tiny.parent)
    assert is_shipped(find_pack("deployment"))
    assert find_pack("./deployment") == "deployment"


def test_a_folder_of_another_name_needs_no_dot(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tiny.parent)
    assert find_pack("tiny") == "tiny"


@pytest.mark.parametrize("inside", [True, False])
def test_packs_lie_in_the_installed_package_or_beside_it(
    tiny: Path, monkeypatch: pytest.MonkeyPatch, inside: bool
) -> None:
    package = tiny.parent / "site" / "riskcheck"
    rules = (package if inside else package.parent) / "rules"
    package.mkdir(parents=True)
    rules.mkdir()
    tiny.rename(rules / "tiny")
    (rules / "no-pack").mkdir()
    monkeypatch.setattr(locate, "PACKAGE", str(package))
    assert find_pack("tiny") == str(rules / "tiny")
    assert shipped_packs() == ("tiny",)


def message(given: str | Path) -> str:
    with pytest.raises(PackError) as caught:
        find_pack(given)
    assert caught.value.exit_code == 2
    return str(caught.value)


def test_an_unknown_name_lists_what_is_there() -> None:
    first, second = message("deploiment").splitlines()
    assert first.startswith('there is no rule pack "deploiment", neither as a folder nor among the shipped ones')
    assert first.endswith('; did you mean "deployment"?')
    assert second == "  shipped packs: deployment"


def test_nothing_shipped_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locate, "PACKAGE", str(tmp_path / "riskcheck"))
    assert message("x").endswith("no packs are shipped with this installation")


def test_a_file_is_no_pack(tiny: Path) -> None:
    text = message(tiny / "pack.yaml")
    assert "is a file; a rule pack is a folder" in text
    assert "give the folder that holds pack.yaml" in text


def test_a_folder_without_pack_file_is_no_pack(tmp_path: Path) -> None:
    text = message(tmp_path)
    assert "has no pack.yaml" in text
    assert "a rule pack is a folder with a pack.yaml in it" in text


@pytest.mark.parametrize("given", ["", ".", "..", "a\0b", "x" * 5000, "no/such/folder", "deployment/.."])
def test_odd_names_are_refused(given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert message(given)
