"""The HTML report in a real browser: Debian's Chromium or any other, driven by playwright.

These tests run where RISKCHECK_TEST_BROWSER is set, and are skipped with the reason where Chromium or playwright is
missing: `apt install chromium`, `pip install '.[test-browser]'`, `RISKCHECK_TEST_BROWSER=1 pytest -rs tests/browser`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from riskcheck.frozen import replace
from riskcheck.model.assessment import Assessment, Verdict
from riskcheck.model.comparison import BaselineUse, Change, ChangeKind
from riskcheck.model.text import Language, Text
from riskcheck.reports import Style, render
from tests.browser.watched import Watched
from tests.reports.examples import assessment, judged_sample
from tests.reports.payloads import hostile

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: drives a real Chromium (set RISKCHECK_TEST_BROWSER to run)")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of this folder need a browser."""
    here = [item for item in items if Path(__file__).parent in item.path.parents]
    for item in here:
        item.add_marker(pytest.mark.browser)
        if "RISKCHECK_TEST_BROWSER" not in os.environ:
            item.add_marker(pytest.mark.skip(reason="set RISKCHECK_TEST_BROWSER to test in a real browser"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A running headless Chromium. Whoever asked for these tests is told what they lack, by an error."""
    from playwright import sync_api as playwright  # pip install '.[test-browser]'

    path = os.environ.get("RISKCHECK_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.fail("no Chromium on the path: apt install chromium, or set RISKCHECK_CHROMIUM")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def axe() -> Any:
    """What looks for faults that keep people out."""
    from axe_playwright_python.sync_playwright import Axe  # pip install '.[test-browser]'

    return Axe()


def held() -> Assessment:
    """A sample held to a baseline: of what is open there, every third is new, every third gone dark, the rest lasts."""
    found = judged_sample("platform-zh")
    kinds = (ChangeKind.NEW, ChangeKind.GONE_DARK, ChangeKind.LASTING)
    names = [each.check for each in found.findings if each.is_open]
    changes = tuple(Change(name, Text(name, name), False, kinds[n % 3], "pass", "fail") for n, name in enumerate(names))
    return replace(found, baseline=BaselineUse("base.json", "ef" * 32, found.as_of, True, changes))


@pytest.fixture(scope="session")
def judged() -> Callable[[str], Assessment]:
    """The assessment of a sample; or `example`, also by another verdict of it; or `hostile`; or `held`."""
    made = {each.value: replace(assessment(), verdict=each) for each in Verdict}
    made |= {"example": assessment(), "hostile": hostile(), "held": held()}

    def judge(name: str) -> Assessment:
        return made[name] if name in made else judged_sample(name)

    return judge


@pytest.fixture
def opened(chromium: Any, judged: Callable[[str], Assessment], tmp_path: Path) -> Iterator[Callable[..., Watched]]:
    """Opens a report from disk in a window of its own, and sees to it that it did nothing but show itself."""
    seen: list[Watched] = []

    def open_report(name: str, language: Language = "en", *, at: str = "", **options: Any) -> Watched:
        file = tmp_path / f"{name}.{language}.html"
        if not file.exists():
            file.write_bytes(render("html", judged(name), Style(language)))
        options.setdefault("viewport", {"width": 1280, "height": 800})
        watched = Watched(chromium.new_context(**options))
        seen.append(watched)
        watched.open(f"{file.as_uri()}{at}")
        return watched

    yield open_report
    for each in seen:
        each.close()
    for each in seen:
        assert each.complaints == []
        assert each.foreign_requests == []
