"""Validators that are not ours, held against every document that any test produces.

`watch()` puts itself behind the renderers and behind `subprocess.run`: what a renderer returns, and what a process
prints or writes into its working directory, goes through the validator of its kind, each different document once. The
fixture `_foreign_validators` in `tests/conftest.py` then fails the test that made a document which is not valid.
"""

from __future__ import annotations

import functools
import io
import json
import subprocess
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import html5lib
import jsonschema
import xmlschema

ROOT = Path(__file__).parents[1]
SCHEMAS = ROOT / "tests" / "reports" / "schemas"
_REPORTS = ROOT / "riskcheck" / "reports"
RENDERERS = {
    "riskcheck.reports.json": "report",
    "riskcheck.reports.sarif": "sarif",
    "riskcheck.reports.junit": "junit",
    "riskcheck.reports.html": "html",
    "riskcheck.reports.inspectionjson": "inspection",
    "riskcheck.reports.jsoncomparison": "json",
    "riskcheck.reports.portfoliojson": "jsonlines",
}
"""The modules whose `render` makes what others read by a standard or a schema, and the kind of document."""
_SUFFIXES = (".sarif", ".sarif.json", ".junit.xml", ".html", ".json")

complaints: list[str] = []
"""What validators said of documents that were made since somebody last emptied the list."""
_known: set[int] = set()
_most_said = 400


def check(kind: str, content: bytes) -> None:
    """Complain about a document that the validator of its kind refuses. A document that was seen before is no news."""
    name = hash((kind, content))
    if name in _known:
        return
    _known.add(name)
    try:
        _VALIDATORS[kind](content)
    except Exception as error:
        complaints.append(f"{kind}: {type(error).__name__}: {str(error)[:_most_said]}")


def kind_of(content: bytes) -> str | None:
    """What a document of riskcheck is, by how it begins; None for what is none of those that are validated."""
    if content.startswith(b"<!DOCTYPE html>"):
        return "html"
    if content.startswith(b"<?xml") and b"<testsuites" in content[:200]:
        return "junit"
    if not content.startswith(b"{"):
        return None
    if b'"version": "2.1.0"' in content[:400]:
        return "sarif"
    if b'"schema_version"' not in content[:60] or b'"old"' in content[:120]:
        return None
    return "inspection" if b'"sheets": [' in content and b'"verdict"' not in content else "report"


# ------------------------------------------------------------ where documents are made


def watch() -> None:
    """From now on look at what is made. To be called before anything imports a renderer by its name."""
    for module, kind in RENDERERS.items():
        found = import_module(module)
        found.render = watched(kind, found.render)  # type: ignore[attr-defined]
    subprocess.run = _watched_process(subprocess.run)  # type: ignore[assignment]


def watched(kind: str, render: Callable[..., bytes]) -> Callable[..., bytes]:
    """`render`, with all that it returns looked at."""

    @functools.wraps(render)
    def rendered(*arguments: Any, **named: Any) -> bytes:
        content = render(*arguments, **named)
        check(kind, content)
        return content

    return rendered


def _watched_process(run: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(run)
    def ran(*arguments: Any, **named: Any) -> Any:
        folder = Path(named.get("cwd") or ".").resolve()
        before = dict(_files(folder))
        done = run(*arguments, **named)
        printed = done.stdout.encode() if isinstance(done.stdout, str) else done.stdout or b""
        written = [path.read_bytes() for path, state in _files(folder) if before.get(path) != state]
        for content in (printed, *written):
            kind = kind_of(content)
            if kind is not None:
                check(kind, content)
        return done

    return ran


def _files(folder: Path) -> Iterator[tuple[Path, tuple[int, int]]]:
    """The reports in a folder of a test, each with what tells whether it was written anew."""
    if folder == ROOT or folder in ROOT.parents:
        return
    for path in folder.rglob("*"):
        if path.name.endswith(_SUFFIXES) and path.is_file():
            state = path.stat()
            yield path, (state.st_mtime_ns, state.st_size)


# ------------------------------------------------------------ validators


def _json(content: bytes) -> Any:
    return json.loads(content.decode("utf-8"), parse_constant=_no_number, object_pairs_hook=_no_key_twice)


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no number in JSON")


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError(f"a key stands there twice: {[key for key, _ in pairs]}")
    return found


def _lines(content: bytes) -> None:
    for line in content.decode("utf-8").split("\n"):
        if line:
            _json(line.encode())


def _html(content: bytes) -> None:
    html5lib.HTMLParser(strict=True).parse(content, transport_encoding="utf-8")


@functools.cache
def _junit_schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(str(SCHEMAS / "junit-10.xsd"))


@functools.cache
def _json_schema(path: Path) -> Any:
    schema = json.loads(path.read_text("utf-8"))
    by_draft = jsonschema.validators.validator_for(schema)
    by_draft.check_schema(schema)
    return by_draft(schema, format_checker=jsonschema.FormatChecker())


def _by(path: Path) -> Callable[[bytes], None]:
    def validate(content: bytes) -> None:
        error = jsonschema.exceptions.best_match(_json_schema(path).iter_errors(_json(content)))
        if error is not None:
            raise ValueError(f"{error.json_path}: {error.message}")

    return validate


_VALIDATORS: Mapping[str, Callable[[bytes], None]] = {
    "report": _by(_REPORTS / "report.schema.json"),
    "inspection": _by(_REPORTS / "inspection.schema.json"),
    "sarif": _by(SCHEMAS / "sarif-2.1.0-rtm.5.json"),
    "junit": lambda content: _junit_schema().validate(io.BytesIO(content)),
    "html": _html,
    "json": lambda content: _json(content),
    "jsonlines": _lines,
}
