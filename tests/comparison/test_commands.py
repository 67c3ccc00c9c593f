"""`baseline`, `check --baseline` and `compare`, through the command line, on the pack of the documentation."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from riskcheck.cli.group import cli
from riskcheck.errors import UsageError
from riskcheck.reports.display import width

ROOT = Path(__file__).parents[2]
PACK = ROOT / "docs" / "example-pack"
SIGNED = "{contract_signed_on: 2026-05-01, has_personal_data: yes, data_agreement_on: 2026-05-02}"
GOOD = f"""\
project: {{project_id: P-1, gate: G1, as_of: 2026-06-30}}
table_status:
  - {{table: "*", complete: yes}}
supplier: {SIGNED}
documents:
  - {{document_id: D1, required: yes, received_on: 2026-06-01}}
"""
UNSIGNED = GOOD.replace("contract_signed_on: 2026-05-01", "contract_signed_on: none")
BLANK = GOOD.replace("contract_signed_on: 2026-05-01", "contract_signed_on: 待定")
NO_AGREEMENT = GOOD.replace("data_agreement_on: 2026-05-02", "data_agreement_on: none")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(PACK, tmp_path / "pack")
    for name in ("GOOD", "UNSIGNED", "BLANK", "NO_AGREEMENT"):
        (tmp_path / f"{name.lower()}.yaml").write_text(globals()[name], "utf-8")
    return tmp_path


def run(command: str, *arguments: str) -> Result:
    done = CliRunner().invoke(cli, [command, *arguments, "--pack", "pack", "--config", "none"], standalone_mode=False)
    if isinstance(done.exception, UsageError):
        raise done.exception
    assert done.exception is None, done.exception
    return done


def check(facts: str, *arguments: str) -> tuple[int, dict[str, Any]]:
    done = run("check", facts, "--format", "json", *arguments)
    return done.return_value, json.loads(done.stdout)


def baseline_of(facts: str) -> None:
    run("baseline", facts, "-o", "base.json")


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("good", "good", 0),
        ("unsigned", "unsigned", 0),
        ("good", "unsigned", 1),
        ("unsigned", "good", 0),
        ("unsigned", "no_agreement", 1),
        ("good", "blank", 1),
        ("unsigned", "blank", 1),
        ("blank", "unsigned", 0),
        ("blank", "blank", 0),
    ],
)
def test_only_what_is_new_breaks_the_build(folder: Path, before: str, after: str, code: int) -> None:
    baseline_of(f"{before}.yaml")
    found, report = check(f"{after}.yaml", "--baseline", "base.json")
    assert found == code
    assert report["baseline"]["breaks"] is (code == 1)
    _, plain = check(f"{after}.yaml")
    assert report["verdict"] == plain["verdict"], "the verdict itself stays"
    assert report["findings"] == plain["findings"]


def test_a_json_report_is_a_baseline_too(folder: Path) -> None:
    run("check", "unsigned.yaml", "-q", "-o", "report.json")
    assert check("unsigned.yaml", "--baseline", "report.json")[0] == 0
    assert check("no_agreement.yaml", "--baseline", "report.json")[0] == 1


def test_the_report_says_what_the_baseline_did(folder: Path) -> None:
    baseline_of("unsigned.yaml")
    _, report = check("unsigned.yaml", "--baseline", "base.json")
    schema = json.loads((ROOT / "riskcheck" / "reports" / "report.schema.json").read_text("utf-8"))
    jsonschema.validate(report, schema)
    assert [each["kind"] for each in report["baseline"]["changes"]] == ["lasting"]
    assert "Nothing is new" in report["assumptions"][-1]["text"]["en"]
    sarif = json.loads(run("check", "unsigned.yaml", "--baseline", "base.json", "--format", "sarif").stdout)
    states = {each["ruleId"]: each["baselineState"] for each in sarif["runs"][0]["results"]}
    assert set(states.values()) == {"unchanged"}
    junit = run("check", "unsigned.yaml", "--baseline", "base.json", "--format", "junit").stdout
    assert "<failure" not in junit
    assert "known in the baseline" in junit
    notices = run("check", "unsigned.yaml", "--baseline", "base.json", "--format", "github").stdout.splitlines()
    assert [line.split(" ")[0] for line in notices if line.startswith("::")] == ["::notice"]


def test_what_comes_back_is_told_as_relapsed(folder: Path) -> None:
    baseline_of("unsigned.yaml")
    baseline_of("good.yaml")
    assert json.loads((folder / "base.json").read_text("utf-8"))["once_open"] == ["SUP-01.b"]
    _, report = check("unsigned.yaml", "--baseline", "base.json")
    assert [each["kind"] for each in report["baseline"]["changes"]] == ["relapsed"]
    baseline_of("unsigned.yaml")
    assert json.loads((folder / "base.json").read_text("utf-8"))["once_open"] == []


def test_a_baseline_of_another_project_is_refused(folder: Path) -> None:
    baseline_of("good.yaml")
    (folder / "other.yaml").write_text(GOOD.replace("P-1", "P-2"), "utf-8")
    with pytest.raises(UsageError, match=r"this baseline is of project P-1, the facts are of P-2"):
        check("other.yaml", "--baseline", "base.json")


def test_the_score_still_counts_and_the_verdict_does_not(folder: Path) -> None:
    baseline_of("unsigned.yaml")
    assert check("unsigned.yaml", "--baseline", "base.json", "--fail-under", "99")[0] == 1
    assert check("unsigned.yaml", "--baseline", "base.json", "--fail-on", "low")[0] == 0


def test_the_same_facts_give_the_same_baseline(folder: Path) -> None:
    baseline_of("unsigned.yaml")
    first = (folder / "base.json").read_bytes()
    baseline_of("unsigned.yaml")
    assert (folder / "base.json").read_bytes() == first


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"gate": 1}',
        b'{"x": 1e999999}',
        b"9" * 10_000,
        b'{"kind": "riskcheck-baseline", "findings": [1]}',
    ],
)
def test_what_is_no_baseline_is_refused_in_plain_words(folder: Path, content: bytes) -> None:
    (folder / "base.json").write_bytes(content)
    with pytest.raises(UsageError, match="no JSON report and no baseline"):
        check("good.yaml", "--baseline", "base.json")
    with pytest.raises(UsageError, match="no JSON report and no baseline"):
        baseline_of("good.yaml")
    assert (folder / "base.json").read_bytes() == content, "what is no baseline is not replaced"


@pytest.mark.parametrize("key", ["as_of", "gate", "pack", "score", "findings", "compounds", "inputs", "verdict"])
@pytest.mark.parametrize("value", [7, "x", [], {}, [7], True])
def test_a_key_of_the_wrong_kind_ends_in_no_traceback(folder: Path, key: str, value: object) -> None:
    baseline_of("good.yaml")
    tree = json.loads((folder / "base.json").read_text("utf-8"))
    tree[key] = value
    (folder / "base.json").write_text(json.dumps(tree), "utf-8")
    try:
        check("good.yaml", "--baseline", "base.json")
    except UsageError:
        return
    assert (key, value) in [("findings", []), ("compounds", []), ("inputs", []), ("gate", "x"), ("verdict", "x")]


def test_a_report_that_shows_a_part_cannot_be_compared(folder: Path) -> None:
    run("check", "good.yaml", "-q", "-o", "part.json", "--select", "SUP-01.a")
    with pytest.raises(UsageError, match="only a part of the findings"):
        run("compare", "part.json", "good.yaml")
    with pytest.raises(UsageError, match="only a part of the findings"):
        check("good.yaml", "--baseline", "part.json")


# ------------------------------------------------------------ compare


def compared(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("compare", *arguments, "--format", "json").stdout)
    return found


@pytest.mark.parametrize("old", ["unsigned.yaml", "old.json"])
@pytest.mark.parametrize("new", ["no_agreement.yaml", "new.json"])
def test_facts_and_reports_compare_alike(folder: Path, old: str, new: str) -> None:
    run("check", "unsigned.yaml", "-q", "-o", "old.json")
    run("check", "no_agreement.yaml", "-q", "-o", "new.json")
    found = compared(old, new)
    kinds = {each["rule"]: each["kind"] for each in found["changes"]}
    assert kinds == {"SUP-01.c": "new", "SUP-01.b": "fixed"}
    change = found["score_change"]
    assert change["rules"] == 0
    assert change["data"] == change["total"] == round(found["new"]["score"]["low"] - found["old"]["score"]["low"], 2)


def harder_pack(folder: Path) -> None:
    """The pack, with a limit that nobody meets."""
    rules = folder / "pack" / "SUP-01.yaml"
    rules.write_text(
        rules.read_text("utf-8").replace("pass_if: has(supplier.contract", "pass_if: false && has(supplier.contract"),
        "utf-8",
    )


def test_other_rules_are_told_from_other_facts(folder: Path) -> None:
    run("check", "good.yaml", "-q", "-o", "old.json")
    harder_pack(folder)
    found = compared("old.json", "no_agreement.yaml")
    assert found["old"]["pack"] != found["new"]["pack"]
    causes = {each["rule"]: (each["kind"], each["by_rules"]) for each in found["changes"]}
    assert causes == {"SUP-01.b": ("new", True), "SUP-01.c": ("new", False)}
    change = found["score_change"]
    assert change["rules"] < 0
    assert change["data"] < 0
    assert round(change["rules"] + change["data"], 2) == change["total"]


def test_without_the_old_facts_no_line_is_drawn_across_rules(folder: Path) -> None:
    run("check", "good.yaml", "-q", "-o", "old.json")
    harder_pack(folder)
    (folder / "good.yaml").rename(folder / "moved.yaml")
    with pytest.raises(UsageError, match="not judged by the same rules"):
        compared("old.json", "no_agreement.yaml")
    assert compared("old.json", "no_agreement.yaml", "--old-facts", "moved.yaml")["score_change"]["rules"] < 0
    (folder / "moved.yaml").write_text(UNSIGNED, "utf-8")
    with pytest.raises(UsageError, match="not there as it was"):
        compared("old.json", "no_agreement.yaml", "--old-facts", "moved.yaml")


def test_two_reports_by_other_rules_need_the_pack_of_the_new_one(folder: Path) -> None:
    run("check", "good.yaml", "-q", "-o", "old.json")
    shutil.copytree(folder / "pack", folder / "first")
    harder_pack(folder)
    run("check", "no_agreement.yaml", "-q", "-o", "new.json")
    assert compared("old.json", "new.json")["score_change"]["rules"] < 0
    shutil.rmtree(folder / "pack")
    (folder / "first").rename(folder / "pack")
    with pytest.raises(UsageError, match="--pack is supplier"):
        compared("old.json", "new.json")


@pytest.mark.parametrize(("language", "word"), [("en", "gone dark"), ("zh", "变为未知")])
def test_the_text_tells_the_story(folder: Path, language: str, word: str) -> None:
    text = run("compare", "good.yaml", "blank.yaml", "--lang", language).stdout
    assert word in text
    assert "SUP-01.b" in text
    assert "→" in text
    assert [line for line in text.splitlines() if width(line) > 80] == []


def test_two_projects_are_not_compared(folder: Path) -> None:
    (folder / "other.yaml").write_text(GOOD.replace("P-1", "P-2"), "utf-8")
    with pytest.raises(UsageError, match="compare two of one project"):
        compared("good.yaml", "other.yaml")


def test_a_baseline_of_another_project_is_not_replaced(folder: Path) -> None:
    baseline_of("good.yaml")
    (folder / "other.yaml").write_text(GOOD.replace("P-1", "P-2"), "utf-8")
    before = (folder / "base.json").read_bytes()
    with pytest.raises(UsageError, match="this baseline is of project P-1, the facts are of P-2"):
        baseline_of("other.yaml")
    assert (folder / "base.json").read_bytes() == before


def test_a_report_is_not_written_over_the_baseline(folder: Path) -> None:
    baseline_of("good.yaml")
    with pytest.raises(UsageError, match="this is the input file"):
        run("check", "unsigned.yaml", "--baseline", "base.json", "-o", "base.json")


@pytest.mark.parametrize("wrong", [5, None, "abc", [1]])
def test_once_open_of_the_wrong_kind_is_told(folder: Path, wrong: Any) -> None:
    baseline_of("good.yaml")
    tree = json.loads((folder / "base.json").read_text("utf-8"))
    (folder / "base.json").write_text(json.dumps({**tree, "once_open": wrong}), "utf-8")
    with pytest.raises(UsageError, match="once_open"):
        run("check", "good.yaml", "--baseline", "base.json")


def test_facts_may_be_compared_on_another_day(folder: Path) -> None:
    found = json.loads(run("compare", "good.yaml", "unsigned.yaml", "--format", "json", "--as-of", "2026-08-20").output)
    assert (found["old"]["as_of"], found["new"]["as_of"]) == ("2026-08-20", "2026-08-20")


def test_what_moved_comes_before_what_lasts(folder: Path) -> None:
    late = UNSIGNED.replace("received_on: 2026-06-01", "received_on: none")
    Path("before.yaml").write_text(late.replace("data_agreement_on: 2026-05-02", "data_agreement_on: none"), "utf-8")
    lines = run("compare", "before.yaml", "unsigned.yaml").output.splitlines()
    kinds = [line.split()[0] for line in lines if line.split()[:1] in (["fixed"], ["lasting"])]
    assert kinds[0] == "fixed"
    assert kinds[-1] == "lasting"


def test_a_long_title_is_wrapped_not_cut(folder: Path) -> None:
    text = run("compare", "good.yaml", "unsigned.yaml").output
    assert "…" not in text
    assert max(map(width, text.splitlines())) <= 80
