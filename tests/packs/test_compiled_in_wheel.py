"""The compiled forms that come with the tool are taken if they fit the rules that lie there, and only then."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from riskcheck.packs import locate, shipped
from riskcheck.packs.load import load_pack
from riskcheck.packs.rulepack import RulePack

SMALL = Path(__file__).parent.parent / "gate" / "smallpack"


class PackWasReadError(Exception):
    """The YAML of a pack was read."""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed package with one shipped pack in compiled form, in which reading a pack's YAML is an error."""
    package = tmp_path / "riskcheck"
    shutil.copytree(SMALL, package / "rules" / "small")
    monkeypatch.setenv("RISKCHECK_NO_CACHE", "1")
    monkeypatch.setattr(locate, "PACKAGE", str(package))
    monkeypatch.setattr(shipped, "PACKAGE", str(package))
    (package / shipped.FOLDER).mkdir()
    for name, content in shipped.compile_all().items():
        (package / shipped.FOLDER / name).write_bytes(content)
    monkeypatch.setattr("riskcheck.packs.reading.read_pack", _must_not_be_read)
    return package


def _must_not_be_read(*_: object) -> RulePack:
    raise PackWasReadError


def only_form(package: Path) -> Path:
    (form,) = (package / shipped.FOLDER).iterdir()
    return form


def test_the_compiled_form_is_taken_without_reading_the_rules(package: Path) -> None:
    pack = load_pack("small")
    assert (pack.id, pack.root) == ("small", str(package / "rules" / "small"))
    assert {check.location.file for check in pack.checks} == {"small/execution.yaml", "small/rules.yaml"}


def test_it_is_the_pack_that_would_be_read(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = load_pack("small")
    monkeypatch.undo()
    read = load_pack(SMALL)
    assert (taken.sha256, taken.items, taken.schema) == (read.sha256, read.items, read.schema)
    assert [check.id for check in taken.checks] == [check.id for check in read.checks]


@pytest.mark.parametrize("change", [("value: 0.25", "value: 0.35"), ("value: 0.25", "value: 0.5")])
def test_changed_rules_are_read_anew(package: Path, change: tuple[str, str]) -> None:
    rules = package / "rules" / "small" / "rules.yaml"
    rules.write_text(rules.read_text("utf-8").replace(*change), "utf-8")
    with pytest.raises(PackWasReadError):
        load_pack("small")


def test_a_further_rule_file_is_read(package: Path) -> None:
    (package / "rules" / "small" / "more.yaml").write_text("item: {}\n", "utf-8")
    with pytest.raises(PackWasReadError):
        load_pack("small")


def test_another_version_of_the_tool_reads_anew(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped, "__version__", "99.0")
    with pytest.raises(PackWasReadError):
        load_pack("small")


@pytest.mark.parametrize("kept", [0, 8, 1000])
def test_a_damaged_form_is_ignored(package: Path, kept: int) -> None:
    form = only_form(package)
    form.write_bytes(form.read_bytes()[:kept])
    with pytest.raises(PackWasReadError):
        load_pack("small")


def test_a_form_beside_the_rules_is_not_read(package: Path) -> None:
    form = only_form(package)
    form.rename(package / "rules" / "small" / form.name)
    with pytest.raises(PackWasReadError):
        load_pack("small")


def test_a_copy_of_a_shipped_pack_has_no_compiled_form(package: Path, tmp_path: Path) -> None:
    shutil.copytree(package / "rules" / "small", tmp_path / "copy" / "small")
    with pytest.raises(PackWasReadError):
        load_pack(tmp_path / "copy" / "small")


def test_lint_reads_the_rules_themselves(package: Path) -> None:
    with pytest.raises(PackWasReadError):
        load_pack("small", cache=False)
