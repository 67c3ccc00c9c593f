"""`riskcheck rules reference`: the pages of a pack, and how a folder of them is kept up to date."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner, Result

from riskcheck.cli.group import cli
from riskcheck.errors import UsageError
from riskcheck.model.finding import Outcome
from riskcheck.packs.load import load_pack
from riskcheck.packtest import ready_cases
from riskcheck.rulebook.examples import Example, examples
from riskcheck.rulebook.pages import page_of, pages

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "docs" / "rules"
REGENERATE = "riskcheck rules reference rules/deployment -o docs/rules"


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, ["rules", "reference", *args], standalone_mode=False)


def pages_of(pack: Path) -> dict[str, str]:
    loaded = load_pack(pack, cache=False)
    return {page.path: page.text for page in pages(loaded, ready_cases(loaded), ("en", "zh"))}


def examples_of(pack: Path, check: str) -> dict[Outcome, Example]:
    loaded = load_pack(pack, cache=False)
    found = examples(loaded.check_by_id[check], ready_cases(loaded))
    return {example.outcome: example for example in found}


# ------------------------------------------------------------ the shipped reference


def test_the_reference_of_the_shipped_pack_is_up_to_date() -> None:
    loaded = load_pack(ROOT / "rules" / "deployment", cache=False)
    made = {page.path: page.text for page in pages(loaded, ready_cases(loaded), ("en", "zh"))}
    there = {path.relative_to(SHIPPED).as_posix(): path.read_text("utf-8") for path in SHIPPED.rglob("*.md")}
    stale = sorted(name for name in {*made, *there} if made.get(name) != there.get(name))
    assert stale == [], f"run: {REGENERATE}"


def test_the_way_to_bring_it_up_to_date_is_told() -> None:
    assert REGENERATE in (ROOT / "CONTRIBUTING.md").read_text("utf-8")


def test_every_link_of_the_reference_leads_somewhere() -> None:
    texts = {path.relative_to(SHIPPED).as_posix(): path.read_text("utf-8") for path in SHIPPED.rglob("*.md")}
    assert dangling(texts) == []


def dangling(texts: dict[str, str]) -> list[tuple[str, str]]:
    """Links to pages or anchors that there are not."""
    found = []
    for name, text in texts.items():
        for target in re.findall(r"(?<!\\)\]\(([^)]+)\)", text):
            page, _, anchor = target.partition("#")
            parts = (Path(name).parent / page).parts
            path = "/".join(
                part for number, part in enumerate(parts) if part != ".." and parts[number + 1 :][:1] != ("..",)
            )
            if path not in texts or (anchor and f'<a id="{anchor}"></a>' not in texts[path]):
                found.append((name, target))
    return found


def test_chinese_pages_have_no_english_sentences() -> None:
    said = re.compile(r"^\*\*(?:适用条件|通过条件|预警条件)：\*\* (.*)$", re.MULTILINE)
    for path in (SHIPPED / "zh").glob("*.md"):
        for sentence in said.findall(path.read_text("utf-8")):
            assert not re.search("[A-Za-z]{4,}", re.sub("“[^”]*”", "", sentence)), (path.name, sentence)


# ------------------------------------------------------------ what pages say


def test_a_page_tells_all_about_its_checks(pack: Path) -> None:
    page = pages_of(pack)["en/PLN-1.md"]
    lines = page.splitlines()
    for line in (
        "[中文](../zh/PLN-1.md) · [All items](README.md)",
        "# PLN-1 Tasks are owned",
        "| Risk control | Planning | People, Process |",
        '<a id="PLN-1.a"></a>',
        "### PLN-1.a Open tasks have an owner",
        "**Passes if:** For at most 5 % of the tasks for which “Status” is “Open”: “Owner” is empty.",
        "**Warns if:** The same share is at most 10 %.",
        "Where there are none, the check fails.",
        "**If it fails:** Name an owner for each open task",
        "| G1 Gate 1 | yes | 3 × 4 = 12 (high) | PMO | partly sourced | Open tasks without an owner |",
        'rows: tasks.filter(task, task.status == "open")',
        "| share without owner, at most | `unowned` | 0.05 (5 %) | sourced | GAO: Schedule Assessment Guide |",
        "**Tasks** (`tasks`; also read as Task list; at least 1 row)",
        "| Owner | `owner` |  | text; none if there is none |",
        "| Status | `status` |  | choose: Open, Done |",
        "- GAO: Schedule Assessment Guide, GAO-16-89G",
        "- [CH-1](compounds.md#CH-1) Nobody in charge: Work stands still",
    ):
        assert line in lines, line


def test_an_item_judged_elsewhere_links_there(pack: Path) -> None:
    made = pages_of(pack)
    lines = made["en/ACT-1.md"].splitlines()
    assert lines[lines.index("- [PLN-1.b](PLN-1.md#PLN-1.b) The contract is signed (G2)") + 2] == (
        "  **Passes if:** The project's “Signed on” is filled in and not after the review date."
    )
    assert "- [PLN-1.b](PLN-1.md#PLN-1.b) 合同已签署（G2）" in made["zh/ACT-1.md"].splitlines()
    assert dangling(made) == []


def test_an_item_that_nothing_judges_says_so(pack: Path) -> None:
    item = (pack / "plan" / "ACT-1.yaml").read_text("utf-8")
    (pack / "plan" / "ACT-2.yaml").write_text(item.replace("ACT-1", "ACT-2"), "utf-8")
    assert "No check judges this item." in pages_of(pack)["en/ACT-2.md"]


def test_examples_are_the_simplest_failure_and_what_is_nearest_to_it(pack: Path) -> None:
    found = examples_of(pack, "PLN-1.a")
    assert {outcome: example.name for outcome, example in found.items()} == {
        Outcome.PASS: "one of twenty lacks one",
        Outcome.WARN: "one of ten lacks one",
        Outcome.FAIL: "one of two lacks one",
    }
    assert [row.count for row in found[Outcome.WARN].tables[0].rows] == [9, 1]


def test_rows_that_are_alike_stand_in_one_line(pack: Path) -> None:
    lines = pages_of(pack)["en/PLN-1.md"].splitlines()
    start = lines.index("**Warns**: one of ten lacks one")
    assert lines[start + 2 : start + 8] == [
        "Tasks (declared complete)",
        "",
        "| Task ID | Owner | Status | Rows |",
        "| --- | --- | --- | --- |",
        "| T1 … T9 | Li | Open | 9 |",
        "| T1 | none | Open | 1 |",
    ]


def test_the_name_of_a_case_is_shown_in_its_own_language_only(pack: Path) -> None:
    assert "one of ten lacks one" not in pages_of(pack)["zh/PLN-1.md"]
    cases = next((pack / "cases").iterdir())
    cases.write_text(cases.read_text("utf-8").replace("one of ten lacks one", "十项中缺一"), "utf-8")
    made = pages_of(pack)
    assert "**预警**：十项中缺一" in made["zh/PLN-1.md"]
    assert "十项中缺一" not in made["en/PLN-1.md"]


def test_a_pack_without_cases_has_no_examples(pack: Path) -> None:
    for file in (pack / "cases").iterdir():
        file.unlink()
    assert "Examples" not in pages_of(pack)["en/PLN-1.md"]


def test_no_text_of_a_pack_is_mark_up(pack: Path) -> None:
    rules = pack / "plan" / "PLN-1.yaml"
    text = rules.read_text("utf-8").replace("Open tasks have an owner", "'<img src=x> | [x](javascript:y) `z`'")
    rules.write_text(text.replace("pass_if: |", "pass_if: |\n      // ```\n"), "utf-8")
    page = pages_of(pack)["en/PLN-1.md"]
    assert r"\<img src=x\> \| \[x\](javascript:y) \`z\`" in page
    assert "<img" not in page.replace(r"\<img", "")


def test_an_item_called_like_the_index_gets_another_page() -> None:
    assert (page_of("README"), page_of("Compounds"), page_of("PLN-1")) == ("README_.md", "Compounds_.md", "PLN-1.md")


# ------------------------------------------------------------ the folder


def test_pages_are_written_once_and_then_left_alone(pack: Path, tmp_path: Path) -> None:
    folder = tmp_path / "book"
    assert run(str(pack), "-o", str(folder)).output == f"{folder}: 8 pages, 8 written, 0 removed\n"
    assert run(str(pack), "-o", str(folder)).output == f"{folder}: 8 pages, 0 written, 0 removed\n"
    assert sorted(path.name for path in (folder / "zh").iterdir()) == [
        "ACT-1.md",
        "PLN-1.md",
        "README.md",
        "compounds.md",
    ]


def test_old_pages_go_and_other_files_stay(pack: Path, tmp_path: Path) -> None:
    folder = tmp_path / "book"
    run(str(pack), "-o", str(folder))
    (folder / "en" / "notes.md").write_text("mine", "utf-8")
    (pack / "plan" / "ACT-1.yaml").unlink()
    rules = pack / "plan" / "PLN-1.yaml"
    rules.write_text(
        rules.read_text("utf-8").replace("also_items: [ACT-1]", "also_items: []").replace("    also_items: []\n", "")
    )
    assert run(str(pack), "-o", str(folder)).output.endswith("2 removed\n")
    assert sorted(path.name for path in (folder / "en").iterdir()) == [
        "PLN-1.md",
        "README.md",
        "compounds.md",
        "notes.md",
    ]


def test_a_file_of_another_hand_is_not_overwritten(pack: Path, tmp_path: Path) -> None:
    (tmp_path / "book" / "en").mkdir(parents=True)
    (tmp_path / "book" / "en" / "PLN-1.md").write_text("mine", "utf-8")
    refused = run(str(pack), "-o", str(tmp_path / "book")).exception
    assert isinstance(refused, UsageError)
    assert "not made by riskcheck rules reference" in str(refused)
    assert [path.name for path in (tmp_path / "book").rglob("*.md")] == ["PLN-1.md"]


def test_check_names_stale_pages_and_writes_nothing(pack: Path, tmp_path: Path) -> None:
    folder = tmp_path / "book"
    run(str(pack), "-o", str(folder), "--lang", "en")
    assert run(str(pack), "-o", str(folder), "--lang", "en", "--check").return_value == 0
    page = folder / "en" / "PLN-1.md"
    page.write_text(page.read_text("utf-8") + "more\n", "utf-8")
    done = run(str(pack), "-o", str(folder), "--lang", "en", "--check")
    assert (done.output, done.return_value) == (f"stale: {page}\n", 1)
    assert page.read_text("utf-8").endswith("more\n")


def test_one_language_alone_has_no_links_to_the_other(pack: Path, tmp_path: Path) -> None:
    run(str(pack), "-o", str(tmp_path), "--lang", "zh")
    assert not (tmp_path / "en").exists()
    texts = [path.read_text("utf-8") for path in (tmp_path / "zh").iterdir()]
    assert len(texts) == 4
    assert [text for text in texts if "../en/" in text] == []
