"""The schemas that are printed accept what is shipped, refuse what is wrong, and name every key that readers know."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from riskcheck.cli.configured import BY_KEY
from riskcheck.cli.schema import schema as command
from riskcheck.packs import casefile, compounds, factschema, rulefile
from riskcheck.profiles import profilefile

ROOT = Path(__file__).parents[2]
PACK_FILES = [
    *(ROOT / "rules" / "deployment").glob("*.yaml"),
    *(ROOT / "rules" / "deployment").glob("*/EXE-RC-0*.yaml"),
    *(ROOT / "rules" / "deployment" / "cases").glob("e*.yaml"),
    *(ROOT / "rules" / "deployment" / "profiles").glob("*.yaml"),
    *(ROOT / "docs" / "example-pack").rglob("*.yaml"),
]
SAMPLES = ["conditional-en", "half-blank-zh", "unclear-sla-zh"]


class _Loader(yaml.SafeLoader):
    """Reads dates as texts, as YAML 1.2 does."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith("timestamp")]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def printed(*arguments: str) -> dict[str, Any]:
    done = CliRunner().invoke(command, [*arguments, "--config", "none"])
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.output)
    jsonschema.Draft202012Validator.check_schema(found)
    return found


def load(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), _Loader)


PACK = jsonschema.Draft202012Validator(printed("pack"))


def test_every_shipped_file_of_a_pack_is_valid() -> None:
    assert len(PACK_FILES) > 25
    assert [path.name for path in PACK_FILES if not PACK.is_valid(load(path))] == []


@pytest.mark.parametrize(
    ("change", "to"),
    [
        (("checks", 0, "pass_if"), None),
        (("checks", 0, "likelihood"), 6),
        (("checks", 0, "must_met"), True),
        (("checks", 0, "title"), {"en": "only one language"}),
        (("item", "elements"), "people"),
        (("itm",), {}),
    ],
)
def test_what_is_wrong_in_a_rule_file_is_refused(change: tuple[Any, ...], to: Any) -> None:
    tree = load(ROOT / "docs" / "example-pack" / "SUP-01.yaml")
    assert PACK.is_valid(tree)
    *path, last = change
    part = tree
    for step in path:
        part = part[step]
    part[last] = to
    assert not PACK.is_valid(tree)


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("check", rulefile._CHECK_KEYS),
        ("item", rulefile._ITEM_KEYS),
        ("table", (("title", "fields"), factschema._TABLE_KEYS)),
        ("field", (("type", "title"), factschema._FIELD_KEYS)),
        ("compound", compounds._KEYS),
        ("case", casefile._KEYS),
        ("profile_file", profilefile._KEYS),
    ],
)
def test_the_schema_has_the_keys_that_readers_know(name: str, keys: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    found = PACK.schema["$defs"][name]
    assert set(found["properties"]) == {*keys[0], *keys[1]}
    assert set(found["required"]) == set(keys[0])


@pytest.mark.parametrize("name", SAMPLES)
def test_sample_facts_are_valid(name: str) -> None:
    jsonschema.validate(load(ROOT / "samples" / f"{name}.yaml"), printed("facts"))


def test_facts_schema_knows_words_and_refuses_what_is_no_cell() -> None:
    found = printed("facts")
    gate = found["properties"]["project"]["anyOf"][0]["properties"]["gate"]
    assert gate["anyOf"][0] == {"enum": ["G1", "G2", "G3"]}
    assert not jsonschema.Draft202012Validator(found).is_valid({"project": {"name": {"en": "x"}}})
    assert "table_status" in found["properties"]


def test_reports_are_valid_against_the_printed_schema() -> None:
    report = json.loads((ROOT / "samples" / "reports" / "conditional-en.json").read_text("utf-8"))
    jsonschema.validate(report, printed("report"))


def test_the_config_schema_has_every_key() -> None:
    found = printed("config")
    assert list(found["properties"]) == list(BY_KEY)
    check = jsonschema.Draft202012Validator(found)
    assert check.is_valid({"fail-on": "high", "fail-under": 72.5, "select": ["EXE"], "quiet": True, "lang": "zh"})
    assert not check.is_valid({"fail-on": "huge"})
    assert not check.is_valid({"verify": "many"})
    assert not check.is_valid({"fail_on": "high"})


KEPT = {
    "pack.schema.json": ("pack",),
    "facts.schema.json": ("facts",),
    "example-facts.schema.json": ("facts", "--pack", str(ROOT / "docs" / "example-pack")),
}


@pytest.mark.parametrize("name", KEPT)
def test_a_schema_in_the_documentation_is_the_one_that_is_printed(name: str) -> None:
    kept = json.loads((ROOT / "docs" / "schemas" / name).read_text("utf-8"))
    assert kept == printed(*KEPT[name]), f"write it anew: riskcheck schema {' '.join(KEPT[name])} > docs/schemas/{name}"


@pytest.mark.parametrize(
    ("files", "schema"),
    [
        ("rules/**/*.yaml", "pack.schema.json"),
        ("docs/example-pack/**/*.yaml", "pack.schema.json"),
        ("samples/*.yaml", "facts.schema.json"),
        ("docs/example-facts.yaml", "example-facts.schema.json"),
    ],
)
def test_every_shipped_file_names_its_schema_in_its_first_line(files: str, schema: str) -> None:
    found = sorted(ROOT.glob(files))
    assert found
    for path in found:
        line = path.read_text("utf-8").splitlines()[0]
        assert line.startswith("# yaml-language-server: $schema="), path
        named = path.parent / line.partition("=")[2]
        assert named.resolve() == (ROOT / "docs" / "schemas" / schema).resolve(), path
