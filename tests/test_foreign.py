"""The validators that look at what all tests make would notice a fault, and they look at every format there is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from riskcheck.reports import FORMATS, Style, render
from tests import foreign
from tests.reports.examples import assessment

NOT_BY_A_STANDARD = {"terminal", "markdown", "csv", "github", "excel"}
FAULTS = {
    "sarif": (b'"level": "error"', b'"level": "grave"'),
    "junit": (b"<testcase ", b"<test "),
    "html": (b"</section>", b""),
    "json": (b'"verdict": "FAIL"', b'"verdict": "SO-SO"'),
}


def complaints() -> list[str]:
    """What was said of faults made on purpose; afterwards nothing was said."""
    said, foreign.complaints[:] = list(foreign.complaints), []
    return said


def test_every_format_is_watched_or_has_no_standard() -> None:
    for each in FORMATS:
        assert (each.module in foreign.RENDERERS) is (each.name not in NOT_BY_A_STANDARD), each.name


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_a_document_is_noticed(name: str) -> None:
    kind = foreign.RENDERERS[next(each.module for each in FORMATS if each.name == name)]
    content = render(name, assessment(), Style())
    assert foreign.kind_of(content) == kind
    right, wrong = FAULTS[name]
    assert right in content
    made = foreign.watched(kind, lambda: content.replace(right, wrong))
    assert complaints() == []
    made()
    (said,) = complaints()
    assert said.startswith(f"{kind}: ")


@pytest.mark.parametrize("name", FAULTS)
def test_what_renderers_return_goes_through_the_validators(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setattr(foreign, "check", lambda kind, content: seen.append(kind))
    render(name, assessment(), Style())
    assert seen == [foreign.RENDERERS[next(each.module for each in FORMATS if each.name == name)]]


@pytest.mark.parametrize("how", ["printed", "written"])
def test_what_a_process_prints_or_writes_goes_through_them(how: str, tmp_path: Path) -> None:
    faulty = render("html", assessment(), Style()).replace(b"</section>", f"<!-- {how} -->".encode(), 1)
    (tmp_path / "page").write_bytes(faulty)
    (tmp_path / "older.html").write_bytes(b"<!DOCTYPE html><p></b>")
    copy = "import sys; sys.stdout.write(open('page', encoding='utf-8').read())"
    if how == "written":
        copy = "import shutil; shutil.copy('page', 'r.html')"
    subprocess.run([sys.executable, "-X", "utf8", "-c", copy], cwd=tmp_path, capture_output=True, check=True)
    (said,) = complaints()
    assert said.startswith("html: ")


def test_two_keys_and_no_numbers_are_no_json() -> None:
    for wrong in (b'{"a": 1, "a": 2}', b'{"a": NaN}'):
        foreign.check("json", wrong)
        foreign.check("jsonlines", b'{"a": 1}\n' + wrong)
    assert len(complaints()) == 4
