"""The checker of the W3C has nothing to say of the HTML report. The strict parser that looks at all tests sees less.

It is the Nu Html Checker (`vnu.jar`, from npm `vnu-jar` or github.com/validator/validator), and needs Java. The tests
run where RISKCHECK_VNU names the file.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from riskcheck.model.assessment import Assessment
from riskcheck.reports import Style, render

NAMES = ("platform-zh", "half-blank-zh", "healthy-en", "example", "hostile")

needs_checker = pytest.mark.skipif("RISKCHECK_VNU" not in os.environ, reason="set RISKCHECK_VNU to the path of vnu.jar")


def said(*pages: Path) -> str:
    """What the checker says of pages: errors and warnings."""
    command = ["java", "-Xss4m", "-jar", os.environ["RISKCHECK_VNU"], "--stdout", *map(str, pages)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


@needs_checker
def test_the_checker_of_the_w3c_has_nothing_to_say(judged: Callable[[str], Assessment], tmp_path: Path) -> None:
    pages = []
    for name in NAMES:
        for language in ("en", "zh"):
            pages.append(tmp_path / f"{name}.{language}.html")
            pages[-1].write_bytes(render("html", judged(name), Style(language)))  # type: ignore[arg-type]
    assert said(*pages) == ""


@needs_checker
def test_the_checker_would_notice(judged: Callable[[str], Assessment], tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.html"
    wrong.write_bytes(render("html", judged("example"), Style()).replace(b'aria-live="polite"', b'aria-live="yes"'))
    assert "aria-live" in said(wrong)
