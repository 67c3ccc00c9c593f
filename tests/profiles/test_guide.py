"""What `docs/profiles.md` says about profiles is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from riskcheck.errors import ProfileError
from riskcheck.packs.load import load_pack
from riskcheck.profiles.load import load_profile, profile_names
from riskcheck.profiles.tailor import tailored

GUIDE = (Path(__file__).parents[2] / "docs" / "profiles.md").read_text("utf-8")


def test_the_example_is_a_profile_of_the_shipped_pack(tmp_path: Path) -> None:
    example = re.search(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    assert example is not None
    (tmp_path / "small.yaml").write_text(example[1], "utf-8")
    profile = load_profile(tmp_path / "small.yaml", load_pack("deployment"))
    assert profile.id == "small"
    assert len(profile.limits) == 2


def test_every_key_is_in_the_guide_and_marked_if_it_is_needed(tmp_path: Path) -> None:
    table = GUIDE.split("| key | needed | holds |")[1].split("\n\n")[0]
    needed = dict(re.findall(r"^\| `(\w+)` \| ([^|]*?) ?\|", table, re.MULTILINE))
    (tmp_path / "p.yaml").write_text("zzz: 1", "utf-8")
    with pytest.raises(ProfileError) as refused:
        load_profile(tmp_path / "p.yaml", load_pack("deployment"))
    lacking, unknown = sorted(refused.value.diagnostics, key=lambda each: each.code)
    assert [f"allowed here: {', '.join(needed)}"] == list(unknown.hints)
    assert set(re.findall(r'no "(\w+)"', str(lacking.message))) == {key for key, how in needed.items() if how == "yes"}


def test_the_guide_counts_the_tables_of_core() -> None:
    pack = load_pack("deployment")
    said = re.search(r"by a check of its own: (\d+) of (\d+) \|", GUIDE)
    left, whole = tailored(pack, load_profile("core", pack)), pack
    counts = tuple(str(len({name for check in each.checks for name in check.reads})) for each in (left, whole))
    assert said is not None
    assert said.groups() == counts


def test_every_profile_of_the_shipped_pack_is_in_the_guide() -> None:
    assert re.findall(r"^\| `([\w.-]+)` \| ", GUIDE.split("## An example")[0], re.MULTILINE) == sorted(
        profile_names(load_pack("deployment")), key=["full", "core", "readiness"].index
    )
