"""Waivers through the command line: written, heeded, refused with the reason, and shown in every report."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
import yaml

from riskcheck.waivers.fingerprint import covers
from tests.cli.test_check import run

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "riskcheck" / "reports" / "report.schema.json").read_text("utf-8"))
SAMPLE = "conditional-en.yaml"
GIVEN = ("--reason", "agreed: see minutes", "--approver", "Ann Li", "--role", "sponsor", "--waivers", "w.yaml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The sample that opens conditionally, with a must-meet check of the execution phase made to fail."""
    text = (ROOT / "samples" / SAMPLE).read_text("utf-8")
    (tmp_path / "facts.yaml").write_text(text, "utf-8")
    return tmp_path


def document(folder: Path, *args: str) -> Any:
    done = run("check", "facts.yaml", "--format", "json", *args, cwd=folder)
    found = json.loads(done.stdout)
    jsonschema.validate(found, SCHEMA)
    assert done.returncode == {"PASS": 0, "CONDITIONAL": 0, "FAIL": 1, "CANNOT_JUDGE": 4}[found["verdict"]]
    return found


def failed(folder: Path) -> list[Any]:
    return [each for each in document(folder)["findings"] if each["outcome"] in ("fail", "warn")]


def test_a_waiver_is_written_and_heeded(folder: Path) -> None:
    check = failed(folder)[0]["check"]
    done = run("waive", "facts.yaml", check, *GIVEN, "--role", "sponsor", "--expires", expiry(folder), cwd=folder)
    assert done.returncode == 0, done.stderr
    assert f"waived {check} (".encode() in done.stderr
    (entry,) = yaml.safe_load((folder / "w.yaml").read_text("utf-8"))["waivers"]
    assert (entry["check_id"], entry["reason"]) == (check, "agreed: see minutes")
    found = document(folder, "--waivers", "w.yaml")
    (use,) = found["waivers"]["entries"]
    assert use["state"] in ("in_force", "pending")
    assert use["fingerprint"] == use["fingerprint_now"] == entry["fingerprint"]
    assert list(use) == list(SCHEMA["properties"]["waivers"]["properties"]["entries"]["items"]["properties"])
    assert found["score"] == document(folder)["score"]


def expiry(folder: Path) -> str:
    return (date.fromisoformat(document(folder)["as_of"]) + timedelta(days=60)).isoformat()


def test_more_waivers_are_added_and_the_file_stays_as_it_is(folder: Path) -> None:
    checks = [each["check"] for each in failed(folder)[:2]]
    (folder / "w.yaml").write_text("# kept by the PMO\nwaivers:\n  - {check_id: CH-01, reason: old}\n", "utf-8")
    before = (folder / "w.yaml").read_text("utf-8")
    done = run("waive", "facts.yaml", *checks, *GIVEN, "--expires", expiry(folder), cwd=folder)
    assert done.returncode == 0, done.stderr
    after = (folder / "w.yaml").read_text("utf-8")
    assert after.startswith(before)
    assert [each["check_id"] for each in yaml.safe_load(after)["waivers"]] == ["CH-01", *checks]


@pytest.mark.parametrize("content", ["waivers: []\n", "waivers:\n- {check_id: CH-01}\n"])
def test_a_file_that_cannot_be_added_to_is_left_alone(folder: Path, content: str) -> None:
    (folder / "w.yaml").write_text(content, "utf-8")
    check = failed(folder)[0]["check"]
    done = run("waive", "facts.yaml", check, *GIVEN, "--expires", expiry(folder), cwd=folder)
    assert done.returncode == 2
    assert b"add this to the list yourself" in done.stderr
    assert (folder / "w.yaml").read_text("utf-8") == content


def test_what_cannot_be_waived_is_refused_with_every_reason(folder: Path) -> None:
    passing = next(e["check"] for e in document(folder)["findings"] if e["outcome"] == "pass")
    failing = failed(folder)[0]["check"]
    done = run("waive", "facts.yaml", passing, failing, "NO-1.a", *GIVEN, "--expires", "2031-01-01", cwd=folder)
    assert done.returncode == 2
    said = done.stderr.decode()
    assert f"{passing}: nothing fails here any more" in said
    assert re.search(rf"{failing}: it runs \d+ days; 90 are the most", said)
    assert 'there is no check "NO-1.a"' in said
    assert not (folder / "w.yaml").exists()


def with_table(folder: Path, *rows: str) -> None:
    text = (ROOT / "samples" / SAMPLE).read_text("utf-8")
    kept = re.sub(r"(?m)^(waivers|Waivers):\n(?:[ #-].*\n|\n)*", "", text)
    (folder / "facts.yaml").write_text(kept + "\nwaivers:\n" + "".join(f"  - {row}\n" for row in rows), "utf-8")


def test_the_table_of_the_facts_is_heeded_unless_forbidden_or_replaced(folder: Path) -> None:
    with_table(folder, "{waiver_id: W-9, check_id: NO-1.a}")
    (entry,) = document(folder)["waivers"]["entries"]
    assert (entry["id"], entry["state"]) == ("W-9", "refused")
    assert document(folder, "--no-table-waivers")["waivers"] is None
    (folder / "w.yaml").write_text("waivers:\n  - {check_id: NO-2.a}\n", "utf-8")
    (entry,) = document(folder, "--waivers", "w.yaml")["waivers"]["entries"]
    assert entry["check"] == "NO-2.a"
    (folder / "riskcheck.toml").write_text("no-table-waivers = true\n", "utf-8")
    assert document(folder)["waivers"] is None


def test_a_waiver_without_fingerprint_is_told_what_it_lacks(folder: Path) -> None:
    check = failed(folder)[0]["check"]
    with_table(folder, f"{{check_id: {check}, reason: r, approver: A, approver_role: 发起人, granted_on: 2026-01-01}}")
    (entry,) = document(folder)["waivers"]["entries"]
    assert entry["why"]["en"] == (
        f"it does not say: last day, gate, fingerprint; for the facts of now the gate is {document(folder)['gate']}, "
        f"the fingerprint {entry['fingerprint_now']}"
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_report_for_people_shows_them(folder: Path, lang: str) -> None:
    with_table(folder, "{waiver_id: W-9, check_id: NO-1.a, reason: '=1+1'}")
    run("check", "facts.yaml", "-q", "-o", "r.txt", "-o", "r.xlsx", "--lang", lang, cwd=folder)
    text = (folder / "r.txt").read_text("utf-8")
    assert {"en": "! Waivers do not change the verdict", "zh": "! 豁免不影响结论"}[lang] in text
    assert {"en": "- NO-1.a refused: there is no check", "zh": "- NO-1.a 不接受：没有检查"}[lang] in text
    run("check", "facts.yaml", "-q", "-o", "r.md", "-o", "r.html", "-o", "r.junit.xml", "--lang", lang, cwd=folder)
    assert {"en": "> - NO-1.a refused: ", "zh": "> - NO-1.a 不接受："}[lang] in (folder / "r.md").read_text("utf-8")
    page = (folder / "r.html").read_text("utf-8")
    assert 'id="waivers"' in page
    assert "Waivers do not change the verdict" in page
    assert 'name="verdict.without-waivers"' in (folder / "r.junit.xml").read_text("utf-8")
    book = openpyxl.load_workbook(folder / "r.xlsx")
    verdict_page = [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]
    assert {"en": "Waivers do not change the verdict", "zh": "豁免不影响结论"}[lang] in verdict_page
    sheet = book[{"en": "Waivers", "zh": "豁免"}[lang]]
    assert [cell.value for cell in sheet[2]][:4:3] == [{"en": "refused", "zh": "不接受"}[lang], "W-9"]
    assert sheet["E2"].data_type == "s"


@pytest.mark.parametrize(("name", "content"), [("no.yaml", None), ("w.yaml", "a: [")])
def test_a_file_that_cannot_be_read_is_refused(folder: Path, name: str, content: str | None) -> None:
    if content is not None:
        (folder / name).write_text(content, "utf-8")
    done = run("check", "facts.yaml", "--waivers", name, cwd=folder)
    assert done.returncode in (2, 3)
    assert name.encode() in done.stderr
    assert b"Traceback" not in done.stderr


def test_vetoes_are_lifted_by_rank_and_customer_and_the_unknown_stays(tmp_path: Path) -> None:
    """On the large sample, whose gate is shut by checks of the acceptance phase and one compound rule."""
    sample = str(ROOT / "samples" / "platform-zh.yaml")
    names = ("ACC-PUR-01.a", "ACC-RC-04.b", "TEC-04.a", "CH-22")
    asked = ("waive", sample, "--reason", "r", "--waivers", "w.yaml", "--expires", "2026-10-31")
    by_rank = run(*asked, *names, "--approver", "A", "--role", "sponsor", cwd=tmp_path)
    assert b"it needs a second waiver, by somebody else: Customer acceptor" in by_rank.stderr
    shut = run("check", sample, "--waivers", "w.yaml", "-q", cwd=tmp_path)
    assert shut.returncode == 1
    customer = run(*asked, *names[:3], "--approver", "B", "--role", "customer_acceptor", cwd=tmp_path)
    assert customer.returncode == 0, customer.stderr
    assert b"needs a second waiver" not in customer.stderr, "the first one stands in the file"
    done = run("check", sample, "--waivers", "w.yaml", "--format", "json", cwd=tmp_path)
    found = json.loads(done.stdout)
    assert (done.returncode, found["verdict"], found["waivers"]["verdict_without"]) == (4, "CANNOT_JUDGE", "FAIL")
    assert [each["check"] for each in found["reasons"]] == ["CH-16"], "a possible compound risk cannot be waived"
    assert {each["state"] for each in found["waivers"]["entries"]} == {"relied_on"}
    sarif = json.loads(run("check", sample, "--waivers", "w.yaml", "--format", "sarif", cwd=tmp_path).stdout)
    results = sarif["runs"][0]["results"]
    assert {each["ruleId"] for each in results if each["suppressions"]} == set(names)
    text = run("check", sample, "--waivers", "w.yaml", cwd=tmp_path).stdout.decode()
    assert "! Rests on 4 waivers; without: FAIL" in text


def test_one_person_does_not_approve_twice(tmp_path: Path) -> None:
    (tmp_path / "facts.yaml").write_text((ROOT / "samples" / "unclear-sla-zh.yaml").read_text("utf-8"), "utf-8")
    for role, name in (("sponsor", "Wang Li"), ("customer_acceptor", "wang  li")):
        asked = ("waive", "facts.yaml", "ACC-RC-01.a", "--waivers", "w.yaml", "--reason", "r", "--approver", name)
        done = run(*asked, "--role", role, "--expires", "2026-07-31", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    states = {each["state"] for each in document(tmp_path, "--waivers", "w.yaml")["waivers"]["entries"]}
    assert states == {"pending"}


@pytest.mark.parametrize("owner", ["Ann  Li", "ann li.", "AnnLi"])
def test_an_owner_does_not_approve_by_another_spelling(folder: Path, owner: str) -> None:
    check = failed(folder)[0]["check"]
    done = run("waive", "facts.yaml", check, *GIVEN, "--owner", owner, "--expires", expiry(folder), cwd=folder)
    assert done.returncode == 2
    assert b"its owner may not approve it" in done.stderr


@pytest.mark.parametrize("reason", ["甲，乙；（丙）：丁！", "Ｆｕｌｌ width ", "客户已口头确认。"])
def test_a_second_waiver_may_have_any_punctuation(folder: Path, reason: str) -> None:
    for check in [each["check"] for each in failed(folder)[:2]]:
        done = run("waive", "facts.yaml", check, *GIVEN, "--reason", reason, "--expires", expiry(folder), cwd=folder)
        assert done.returncode == 0, done.stderr.decode()
    entries = yaml.safe_load((folder / "w.yaml").read_text("utf-8"))["waivers"]
    assert [each["reason"] for each in entries] == [reason, reason]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (("--waivers", "w.xlsx"), b"waivers are written as YAML"),
        (("--reason", "none"), b"could not be read again (reason)"),
        (("--reason", "a\x7fb"), b"could not be read again"),
    ],
)
def test_what_check_could_not_read_is_not_written(folder: Path, changed: tuple[str, ...], said: bytes) -> None:
    check = failed(folder)[0]["check"]
    done = run("waive", "facts.yaml", check, *GIVEN, *changed, "--expires", expiry(folder), cwd=folder)
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["facts.yaml"]


def shares_waived(folder: Path, *checks: str) -> tuple[Any, str]:
    """The facts of a project whose failed shares and age are waived, and the last day of those waivers."""
    facts = yaml.safe_load((ROOT / "samples" / "unclear-sla-zh.yaml").read_text("utf-8"))
    (folder / "facts.yaml").write_text(yaml.safe_dump(facts, allow_unicode=True, sort_keys=False), "utf-8")
    asked = ("waive", "facts.yaml", *(checks or SHARES), *GIVEN, "--expires", expiry(folder))
    done = run(*asked, cwd=folder)
    assert done.returncode == 0, done.stderr.decode()
    return facts, document(folder)["as_of"]


SHARES = ("EXE-RC-04.b", "EXE-RC-08.a", "EXE-RC-08.d")
"""A share of the SLA's items; a share of the team, by the review date; the age of a review."""


def states(folder: Path, *args: str) -> dict[str, str]:
    entries = document(folder, "--waivers", "w.yaml", *args)["waivers"]["entries"]
    return {each["check"]: each["state"] for each in entries}


def write(folder: Path, facts: Any) -> None:
    (folder / "facts.yaml").write_text(yaml.safe_dump(facts, allow_unicode=True, sort_keys=False), "utf-8")


def test_a_waiver_of_a_share_lapses_when_rows_that_pass_are_taken_away(tmp_path: Path) -> None:
    facts, _ = shares_waived(tmp_path)
    assert states(tmp_path) == dict.fromkeys(SHARES, "in_force")
    for table, title, good in (("服务级别协议", "条目编号", "SLA-03"), ("项目团队", "姓名", "吴桐")):
        left = [each for each in facts[table] if each[title] != good]
        assert len(left) == len(facts[table]) - 1
        facts[table] = left
    write(tmp_path, facts)
    assert states(tmp_path) == {"EXE-RC-04.b": "lapsed", "EXE-RC-08.a": "lapsed", "EXE-RC-08.d": "in_force"}


def test_a_waiver_of_a_share_lapses_when_rows_that_pass_are_judged_no_more(tmp_path: Path) -> None:
    """They stay in the table: who has left carries no load, so the share of those with a high load grows."""
    facts, _ = shares_waived(tmp_path, "EXE-RC-06.a")
    assert states(tmp_path) == {"EXE-RC-06.a": "in_force"}
    (good,) = (each for each in facts["项目团队"] if each["姓名"] == "吴桐")
    good["离岗日期"] = "2026-05-20"
    write(tmp_path, facts)
    assert states(tmp_path) == {"EXE-RC-06.a": "lapsed"}


def test_a_waiver_of_a_share_holds_when_more_rows_pass(tmp_path: Path) -> None:
    facts, _ = shares_waived(tmp_path)
    (good,) = (each for each in facts["服务级别协议"] if each["条目编号"] == "SLA-03")
    facts["服务级别协议"].append({**good, "条目编号": "SLA-99"})
    write(tmp_path, facts)
    assert states(tmp_path) == dict.fromkeys(SHARES, "in_force")


@pytest.mark.parametrize(
    ("given", "now", "is_covered"),
    [
        ("AB", "ab", True),
        ("ab-3", "ab-3", True),
        ("ab-3", "ab-4", True),
        ("ab-3", "ab-2", False),
        ("ab", "ab-3", False),
        ("ab-3", "ab", False),
        ("ab-", "ab-3", False),
        ("ab-x", "ab-3", False),
        ("ab-1000000000", "ab-200000000", False),
        ("ab--1", "ab-3", False),
        ("ac-3", "ab-3", False),
    ],
)
def test_a_fingerprint_covers_the_same_and_more_rows(given: str, now: str, is_covered: bool) -> None:
    assert covers(given, now) is is_covered


def test_a_waiver_does_not_lapse_by_the_day_alone(tmp_path: Path) -> None:
    _, day = shares_waived(tmp_path)
    next_week = (date.fromisoformat(day) + timedelta(days=7)).isoformat()
    assert states(tmp_path, "--as-of", next_week) == dict.fromkeys(SHARES, "in_force")
