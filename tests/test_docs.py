"""What the documentation shows is what happens."""

from __future__ import annotations

import doctest
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "docs" / "example-pack"
PAGES = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md", ROOT / "README.zh.md", ROOT / "CONTRIBUTING.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_examples_give_what_they_show(page: Path) -> None:
    failed, _ = doctest.testfile(str(page), module_relative=False)
    assert failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_named_files_exist(page: Path) -> None:
    text = page.read_text("utf-8")
    targets = [link for link in re.findall(r"\]\(([^)#]+)", text) if not link.startswith("http")]
    assert [link for link in targets if not (page.parent / link).exists()] == []
    named = re.findall(r"`((?:riskcheck|rules|tests|samples|docs)/[\w./-]+\.(?:py|ya?ml|md|json|xlsx))`", text)
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_addition_to_the_language_is_in_the_user_guide() -> None:
    from riskcheck.expr.typed import AggregateName

    guide = (ROOT / "docs" / "conditions.md").read_text("utf-8")
    assert [name.value for name in AggregateName if not re.search(rf"\b{name.value}\b", guide)] == []


def test_the_readme_shows_what_the_sample_gives() -> None:
    from riskcheck.assessment import assess
    from riskcheck.facts.load import load_facts
    from riskcheck.packs.load import load_pack
    from riskcheck.reports import Style, render

    shown = re.search(r"```\n( FAIL .*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert shown is not None
    pack = load_pack("deployment")
    facts = load_facts(ROOT / "samples" / "unclear-sla-zh.xlsx", pack.schema)
    printed = render("terminal", assess(facts, pack), Style()).decode().splitlines()
    lines = [line for line in shown[1].splitlines() if line.strip() not in ("", "...")]
    assert [line for line in lines if line not in printed] == []


def test_the_two_commands_stand_in_the_first_thirty_lines() -> None:
    first = (ROOT / "README.md").read_text("utf-8").splitlines()[:30]
    assert "<!-- two commands -->" in first
    assert "<!-- end -->" in first


# ------------------------------------------------------------ the example pack, and the keys of packs


def run(*args: str) -> Result:
    from riskcheck.cli.group import cli

    return CliRunner().invoke(cli, args, standalone_mode=False)


def test_the_example_pack_lints_clean() -> None:
    assert run("rules", "lint", str(EXAMPLE)).output == "supplier 1.0.0: 3 checks, 1 compound rule, no problems\n"


def test_the_cases_of_the_example_pack_hold_and_notice_every_mutant() -> None:
    done = run("rules", "test", str(EXAMPLE), "--mutate")
    first, last = done.output.splitlines()
    assert first.endswith("3 checks: 0 do not hold; 0 outcomes without a case")
    assert last.endswith("0 listed as equivalent, 0 survive")
    assert done.return_value == 0


def test_the_example_facts_give_what_the_guide_says() -> None:
    from riskcheck.assessment import assess
    from riskcheck.facts.load import load_facts
    from riskcheck.model.number import floor_text
    from riskcheck.packs.load import load_pack

    said = re.search(r"The last gives (\w+) with a score of ([\d.]+)", guide_to_rules())
    pack = load_pack(EXAMPLE)
    result = assess(load_facts(ROOT / "docs" / "example-facts.yaml", pack.schema), pack)
    assert said is not None
    assert result.score is not None
    assert (result.verdict.value, floor_text(result.score.low)) == said.groups()
    assert [each.text.en for each in result.input_problems] == []
    assert [finding.check for finding in result.findings if finding.outcome.value == "warn"] == ["SUP-01.a"]


@pytest.mark.parametrize(
    ("section", "file", "text"),
    [
        (("`pack.yaml`", ""), "pack.yaml", "zzz: 1"),
        (("`pack.yaml`", "scoring."), "pack.yaml", "scoring: {zzz: 1}"),
        (("`pack.yaml`", "vague_terms."), "pack.yaml", "vague_terms: {zzz: 1}"),
        (("A table", ""), "facts.yaml", "tables: {project: {zzz: 1}}"),
        (("A field", ""), "facts.yaml", "tables: {project: {fields: {name: {zzz: 1}}}}"),
        (("An item", ""), "SUP-01.yaml", "item: {zzz: 1}"),
        (("A check", ""), "SUP-01.yaml", "checks: [{zzz: 1}]"),
        (("A limit", ""), "SUP-01.yaml", "checks: [{limits: {late: {zzz: 1}}}]"),
        (("Compound rules", ""), "compounds.yaml", "compounds: [{zzz: 1}]"),
        (("A case file", ""), "cases/SUP-01.yaml", "zzz: 1"),
        (("A case", ""), "cases/SUP-01.yaml", "cases: [{zzz: 1}]"),
    ],
)
def test_every_key_of_a_pack_is_in_the_guide_and_marked_if_it_is_needed(
    section: tuple[str, str], file: str, text: str, tmp_path: Path
) -> None:
    needed = keys_of_section(*section)
    allowed, lacking = keys_of_loader(Path(shutil.copytree(EXAMPLE, tmp_path / "pack")), file, text)
    assert set(needed) == allowed
    assert {key for key, how in needed.items() if how == "yes"} == lacking


def test_every_type_of_a_field_is_in_the_guide() -> None:
    from riskcheck.model.schema import FieldType

    types = guide_to_rules().split("| type | in conditions |")[1].split("\n\n")[0]
    assert re.findall(r"^\| `(\w+)`", types, re.MULTILINE) == [each.value for each in FieldType]


def guide_to_rules() -> str:
    return (ROOT / "docs" / "rules.md").read_text("utf-8")


def keys_of_section(heading: str, prefix: str) -> dict[str, str]:
    """The keys in a table of the guide that begin with `prefix`, without it, and whether each is needed."""
    section = re.search(rf"^##+ {re.escape(heading)}\n(.*?)(?=^##)", guide_to_rules(), re.DOTALL | re.MULTILINE)
    assert section is not None
    return dict(re.findall(rf"^\| `{re.escape(prefix)}(\w+)` \| ([^|]*?) ?\|", section[1], re.MULTILINE))


def keys_of_loader(pack: Path, file: str, text: str) -> tuple[set[str], set[str]]:
    """The keys allowed beside `zzz`, and those required, as the loader names them when it meets `text`."""
    from riskcheck.errors import PackError
    from riskcheck.packtest import run_cases

    (pack / file).write_text(text, "utf-8")
    with pytest.raises(PackError) as refused:
        run_cases(pack)
    unknown = next(each for each in refused.value.diagnostics if 'unknown key "zzz"' in each.message)
    what = unknown.message.removeprefix('unknown key "zzz" in ')
    lacks = f"{what} has no "
    lacking = next(each.message for each in refused.value.diagnostics if each.message.startswith(lacks))
    allowed = unknown.hints[0].removeprefix("allowed here: ").split(", ")
    return set(allowed), set(re.findall(r'"(\w+)"', lacking.removeprefix(lacks)))
