"""The digest says which rules judged."""

from __future__ import annotations

import hashlib
from pathlib import Path

from riskcheck.packs.digest import digest
from riskcheck.packs.load import load_pack
from riskcheck.packs.packfiles import PackFile


def test_the_recipe_as_documented() -> None:
    files = [PackFile("b/y.yaml", "", b"2\r\n3\r4\n"), PackFile("a.yaml", "", "中".encode())]
    expected = hashlib.sha256(b"a.yaml\0" + "中".encode() + b"\0" + b"b/y.yaml\0" + b"2\n3\n4\n" + b"\0")
    assert digest(files) == expected.hexdigest()


def test_line_ends_and_cases_do_not_count(tiny: Path) -> None:
    before = load_pack(tiny).sha256
    rule_file = tiny / "plan" / "PLN-1.yaml"
    rule_file.write_bytes(rule_file.read_bytes().replace(b"\n", b"\r\n"))
    (tiny / "cases" / "PLN-1.yaml").unlink()
    assert load_pack(tiny).sha256 == before


def test_any_other_change_counts(tiny: Path) -> None:
    digests = {load_pack(tiny).sha256}
    rule_file = tiny / "plan" / "PLN-1.yaml"
    rule_file.write_text(rule_file.read_text("utf-8") + "# a comment\n", "utf-8")
    digests.add(load_pack(tiny).sha256)
    rule_file.rename(tiny / "PLN-1.yaml")
    digests.add(load_pack(tiny).sha256)
    (tiny / "compounds.yaml").unlink()
    digests.add(load_pack(tiny).sha256)
    assert len(digests) == 4
