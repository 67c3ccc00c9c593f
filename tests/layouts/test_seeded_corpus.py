"""Workbooks of every layout, one by one and several at once, with known defects: see `corpus`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from tests.layouts.corpus import Book, mixed, run
from tests.layouts.drawing import Style
from tests.layouts.forms import FORMS

LAYOUTS: dict[str, Style] = {
    "plain": Style(),
    "plain in Chinese": Style(language="zh"),
    **{f"header in row {above + 1}": Style(above=above) for above in (1, 2, 5, 9, 12, 18, 31)},
    "from column C": Style(left=2),
    "from column B, header in row 4": Style(left=1, above=3),
    "line breaks, blanks and marks in headers": Style(noise=True),
    "the same in Chinese": Style(noise=True, language="zh"),
    "cells in any spelling": Style(spelled=True),
    "columns in any order": Style(shuffled=True),
    "header of two rows": Style(header_rows=2),
    "header of two rows in Chinese": Style(header_rows=2, language="zh"),
    "header of three rows": Style(header_rows=3, above=2),
    "header of two rows, not merged": Style(header_rows=2, unmerged=True),
    "header in both languages": Style(other_language_below=True),
    "running numbers": Style(numbered=True),
    "rows numbered ahead": Style(numbered=True, numbered_ahead=20),
    "rows with preset words": Style(numbered=True, numbered_ahead=20, preset=True),
    "merged groups": Style(grouped=True),
    "merged groups behind running numbers": Style(grouped=True, numbered=True),
    "header repeated": Style(repeated=True),
    "header of two rows repeated": Style(repeated=True, header_rows=2),
    "totals": Style(totals=True),
    "headings across": Style(bands=True),
    "blank rows": Style(blank_rows=True),
    "comments": Style(comments=True),
    "an unknown column": Style(remark=True),
    "a blank column within": Style(spacer=True),
    "an empty second column for a field": Style(twin=True),
    "two columns for a field": Style(rival=True),
    "days in the header": Style(days_in_header=True),
    "a list of words above": Style(above=6, above_kind="words"),
    "totals above": Style(above=6, above_kind="totals"),
    **{f"beside: {kind}": Style(beside=kind) for kind in ("named", "free", "bare", "totals")},
    **{f"below: {kind}": Style(below=kind) for kind in ("notes", "sentence", "words", "signature")},
}
BOOKS = {
    "percentages from 0 to 1": Book(ratio=True),
    "a cover sheet": Book(cover=True),
    "a hidden sheet": Book(hidden=True),
    "a hidden twin": Book(hidden_twin=True),
}
SEEDS = range(4)
MIXED_SEEDS = range(100)


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout(name: str, tmp_path: Path) -> None:
    for seed in SEEDS:
        rng = Random(f"{name} {seed}")
        run(tmp_path, rng, Book(LAYOUTS[name], rng.choice(FORMS[:3])), defects=seed * 2)


@pytest.mark.parametrize("name", BOOKS)
def test_a_book(name: str, tmp_path: Path) -> None:
    for seed in SEEDS:
        rng = Random(f"{name} {seed}")
        run(tmp_path, rng, replace(BOOKS[name], style=Style(language=rng.choice(("en", "zh")))), defects=seed * 2)


@pytest.mark.parametrize("form", FORMS)
def test_a_form(form: str, tmp_path: Path) -> None:
    for seed in SEEDS:
        rng = Random(f"{form} {seed}")
        run(tmp_path, rng, Book(Style(language=rng.choice(("en", "zh"))), form), defects=seed * 2)


@pytest.mark.parametrize("seed", MIXED_SEEDS)
def test_layouts_mixed(seed: int, tmp_path: Path) -> None:
    rng = Random(seed)
    run(tmp_path, rng, mixed(rng), defects=rng.randint(0, 6))
