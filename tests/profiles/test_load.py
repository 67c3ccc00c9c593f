"""Finding a profile by name or file, what it holds, and its digest."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from pathlib import Path

import pytest

from riskcheck.assessment import assess
from riskcheck.errors import ProfileError, RiskcheckError, UsageError
from riskcheck.frozen import replace
from riskcheck.model.text import Text
from riskcheck.packs.load import load_pack
from riskcheck.profiles.load import load_profile, own_profiles, profile_names
from tests.profiles.written import AS_OF, COMPLETE, FACTS, SMALL, TITLE, facts, profile

WHOLE = """\
limits:
  A-1.b:
    late: {value: 1, origin: sourced, sources: [HB], reason: {en: the firm allows it, zh: 公司允许}}
weights: {items: {B-1: 1.5}, elements: {people: 0.5, process: 1}}
drop:
  - {tables: [parts], reason: none are delivered}
  - {checks: [B-1.d], reason: not asked}
complete: [tasks, project]
max_age_days: {tasks: 30}
sources: {HB: {title: {en: Handbook, zh: 手册}, where: chapter 3}}
"""


@pytest.fixture
def pack_folder(tmp_path: Path) -> Path:
    """A copy of the little pack with two profiles of its own."""
    folder = tmp_path / "pack"
    (folder / "profiles").mkdir(parents=True)
    for file in SMALL.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    for name in ("lean", "full"):
        (folder / "profiles" / f"{name}.yaml").write_text(f"id: {name}\n{TITLE}", "utf-8")
    return folder


def test_what_a_profile_holds(tmp_path: Path) -> None:
    found = profile(tmp_path, WHOLE.replace("value: 1,", "value: 0.5,"))
    assert (found.id, found.title) == ("mine", Text("Small project", "小型项目"))
    (limit,) = found.limits
    assert (limit.check, limit.limit.name, limit.limit.value, limit.limit.sources) == (
        "A-1.b",
        "late",
        500_000,
        ("HB",),
    )
    assert limit.reason == Text("the firm allows it", "公司允许")
    assert found.items == (("B-1", Fraction(3, 2)),)
    assert found.elements == (("people", Fraction(1, 2)), ("process", Fraction(1)))
    assert [(each.tables, each.checks) for each in found.drops] == [(("parts",), ()), ((), ("B-1.d",))]
    assert found.drops[0].reason == Text("none are delivered", "none are delivered")
    assert found.complete == ("project", "tasks")
    assert found.max_age_days == (("tasks", 30),)


def test_a_whole_number_is_read_in_the_type_of_the_pack(tmp_path: Path) -> None:
    said = "limits: {B-1.a: {pace: {value: 1, origin: judgement, reason: all of it}}}"
    (limit,) = profile(tmp_path, said).limits
    assert limit.limit.value == 1_000_000
    assert limit.limit.spelled == "1"
    assert limit.limit.overridden


def test_all_tables_but_some(tmp_path: Path) -> None:
    said = "drop: [{all_tables_but: [project], reason: a small project}]"
    assert profile(tmp_path, said).drops[0].tables == ("tasks", "parts")


def test_the_digest_is_over_the_file_whatever_its_line_ends(tmp_path: Path) -> None:
    found = profile(tmp_path, WHOLE.replace("value: 1,", "value: 0.5,"))
    content = (tmp_path / "mine.yaml").read_bytes()
    assert found.sha256 == hashlib.sha256(content).hexdigest()
    (tmp_path / "mine.yaml").write_bytes(content.replace(b"\n", b"\r\n"))
    assert load_profile(tmp_path / "mine.yaml", load_pack(SMALL)) == found


def test_own_profiles_go_by_their_names_and_are_no_part_of_the_pack(pack_folder: Path) -> None:
    pack = load_pack(pack_folder)
    assert pack.sha256 == load_pack(SMALL).sha256
    assert profile_names(pack) == ("full", "lean")
    lean = load_profile("lean", pack)
    assert (lean.id, lean.option) == ("lean", "lean")
    assert lean.file == str(pack_folder / "profiles" / "lean.yaml")
    assert [each.id for each in own_profiles(pack)] == ["full", "lean"]


def test_a_name_of_the_packs_own_wins_over_a_file(pack_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(pack_folder)
    Path("lean").write_text(f"id: other\n{TITLE}", "utf-8")
    pack = load_pack(pack_folder)
    assert load_profile("lean", pack).id == "lean"
    assert load_profile("./lean", pack).id == "other"


def test_a_profile_that_there_is_not(pack_folder: Path) -> None:
    with pytest.raises(UsageError) as refused:
        load_profile("laen", load_pack(pack_folder))
    assert refused.value.exit_code == 2
    (problem,) = refused.value.diagnostics
    assert problem.render() == (
        'there is no profile "laen", neither in pack small nor as a file; did you mean "lean"?\n'
        "  profiles of the pack: full, lean"
    )
    assert problem.render("zh").startswith("没有裁剪方案“laen”：规则包 small 中没有，也没有这个文件；是否为“lean”？")


@pytest.mark.parametrize("name", [".", "no\0name", "", "x" * 5000])
def test_what_is_no_file_is_refused(name: str) -> None:
    with pytest.raises(UsageError):
        load_profile(name, load_pack(SMALL))


def test_all_problems_of_all_own_profiles_are_told_at_once(pack_folder: Path) -> None:
    (pack_folder / "profiles" / "lean.yaml").write_text(f"id: thin\n{TITLE}complete: [task]\n", "utf-8")
    (pack_folder / "profiles" / "full.yaml").write_text("id: full\n", "utf-8")
    with pytest.raises(ProfileError) as refused:
        own_profiles(load_pack(pack_folder))
    assert [each.code for each in refused.value.diagnostics] == ["missing-key", "id-of-file", "unknown-table"]
    assert refused.value.exit_code == 2


def test_a_link_out_of_the_pack_is_not_followed(pack_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text(f"id: secret\n{TITLE}", "utf-8")
    (pack_folder / "profiles" / "secret.yaml").symlink_to(tmp_path / "secret.yaml")
    with pytest.raises(ProfileError) as refused:
        load_profile("secret", load_pack(pack_folder))
    assert [each.code for each in refused.value.diagnostics] == ["link-leaves-pack"]


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"a: [", b"{" * 10_000, b"&a [*a]", b"id: \x00", "id: 中".encode("gbk")]
)
def test_hostile_files_end_in_a_message(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_bytes(data)
    with pytest.raises(RiskcheckError) as refused:
        load_profile(tmp_path / "bad.yaml", load_pack(SMALL))
    assert refused.value.exit_code == 2


def test_a_profile_is_used_with_the_pack_that_it_was_read_for(tmp_path: Path) -> None:
    pack = load_pack(SMALL)
    other = replace(pack, sha256="0" * 64)
    with pytest.raises(UsageError) as refused:
        assess(facts(tmp_path, FACTS + COMPLETE), other, as_of=AS_OF, profile=profile(tmp_path, ""))
    assert refused.value.diagnostics[0].code == "profile-of-another-pack"
