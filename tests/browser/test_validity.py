"""Whole samples through the strict parser of html5lib: too slow for the ordinary tests, quick enough here."""

from __future__ import annotations

from collections.abc import Callable

import html5lib
import pytest

from riskcheck.model.assessment import Assessment
from riskcheck.reports import Style, render


@pytest.mark.parametrize("name", ["platform-zh", "half-blank-zh", "healthy-en"])
def test_a_strict_parser_has_nothing_to_say_of_samples(name: str, judged: Callable[[str], Assessment]) -> None:
    html5lib.HTMLParser(strict=True).parse(render("html", judged(name), Style("zh")), transport_encoding="utf-8")
