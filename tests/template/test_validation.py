"""Dropdowns, input messages and checks of what is typed: sound for Excel, and true to what riskcheck reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from riskcheck.model.schema import FieldType
from riskcheck.model.text import Language
from riskcheck.packs.load import load_pack
from riskcheck.packs.rulepack import RulePack
from riskcheck.template.selection import select
from riskcheck.template.workbook import render_template
from tests.template.written import header_row, opened, shipped, template, texts

LANGUAGES: tuple[Language, ...] = ("en", "zh")
MANY = "{" + ", ".join(f"w{n}: {{en: Word number {n}, zh: 第{n}个词}}" for n in range(40)) + "}"


def validations(book: Any) -> Iterator[tuple[Any, Any]]:
    """Each validation with its sheet."""
    for sheet in book:
        for each in sheet.data_validations.dataValidation:
            yield sheet, each


def of_column(sheet: Any, title: str) -> Any:
    """The validation of a column."""
    column = texts(sheet, header_row(sheet)).index(title) + 1
    return next(each for each in sheet.data_validations.dataValidation if each.sqref.sorted()[0].min_col == column)


def words(book: Any, validation: Any) -> list[str]:
    """What a dropdown offers, from itself or from the sheet that it refers to."""
    formula = validation.formula1
    if formula.startswith('"'):
        return list(formula.strip('"').split(","))
    name, _, cells = formula.rpartition("!")
    return [row[0].value for row in book[name.strip("'")][cells.replace("$", "")]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_has_its_validation_within_the_bounds_of_excel(language: Language) -> None:
    book = opened(template(language))
    found = list(validations(book))
    assert len(found) == sum(len(table.fields) for table in select(shipped()).tables) + 1
    for sheet, each in found:
        where = (sheet.title, str(each.sqref))
        assert each.prompt, where
        assert 0 < len(each.promptTitle) <= 32, where
        assert len(each.prompt) <= 255, where
        assert len(each.formula1 or "") <= 257, where
        assert each.showInputMessage, where
        assert each.errorStyle in ("warning", None), where
        if not sheet.title.startswith("#"):
            assert each.sqref.sorted()[0].min_row > header_row(sheet), where


@pytest.mark.parametrize("language", LANGUAGES)
def test_dropdowns_offer_the_words_of_the_field_in_the_language_and_none_where_that_is_an_answer(
    language: Language,
) -> None:
    book = opened(template(language))
    none, yes_no = ("none", ["yes", "no"]) if language == "en" else ("无", ["是", "否"])
    for table in select(shipped()).tables:
        if table.one_row:
            continue
        for field in table.fields:
            if field.type in (FieldType.ENUM, FieldType.BOOL):
                each = of_column(book[table.title.of(language)[:31]], field.title.of(language))
                allowed = [word.title.of(language) for word in field.allowed] or yes_no
                assert words(book, each) == [*allowed, *([none] if field.optional else [])]


def with_fields(tiny: Path, *fields: str) -> RulePack:
    """The tiny pack with other fields in the table `tasks`."""
    facts = (tiny / "facts.yaml").read_text("utf-8")
    more = "".join(f"      {field}\n" for field in fields)
    (tiny / "facts.yaml").write_text(facts + more, "utf-8")
    return load_pack(tiny)


def test_long_lists_stand_on_a_hidden_sheet_that_is_not_read(tiny: Path) -> None:
    names = [f"state_{number}" for number in range(30)]
    lines = [f"{n}: {{type: enum, title: {{en: {n}, zh: 字段{n}}}, allowed: {MANY}}}" for n in names]
    pack = with_fields(tiny, *lines)
    book = opened(render_template(pack, select(pack), "en"))
    assert book["# lists"].sheet_state == "hidden"
    for name in names:
        assert words(book, of_column(book["Tasks"], name)) == [f"Word number {n}" for n in range(40)]


def test_a_word_with_a_comma_is_one_word_of_the_list(tiny: Path) -> None:
    pack = with_fields(
        tiny,
        "kind: {type: enum, title: {en: Kind, zh: 类别}, allowed: {a: {en: 'Big, red', zh: 大}, b: {en: B, zh: 小}}}",
    )
    book = opened(render_template(pack, select(pack), "en"))
    assert words(book, of_column(book["Tasks"], "Kind")) == ["Big, red", "B"]


def test_numbers_and_dates_are_checked_by_formulas_that_admit_none(tiny: Path) -> None:
    pack = with_fields(
        tiny,
        "share: {type: percent, title: {en: Share, zh: 占比}, min: 0, max: 100}",
        "cost: {type: double, title: {en: Cost, zh: 费用}, min: -0.5}",
        "effect: {type: double, title: {en: Effect, zh: 影响}}",
        "seen_at: {type: datetime, title: {en: Seen at, zh: 时间}, optional: true}",
    )
    sheet = opened(render_template(pack, select(pack), "en"))["Tasks"]
    formulas = {
        title: re.sub(r"\b[A-Z]6\b", "X", of_column(sheet, title).formula1)
        for title in ("Hours", "Finished on", "Share", "Cost", "Effect", "Seen at")
    }
    none = 'OR(TRIM(X)="none",TRIM(X)="无")'
    assert formulas == {
        "Hours": f"IF(ISNUMBER(X),AND(X=INT(X),X>=0,X<=1000),{none})",
        "Finished on": f"IF(ISNUMBER(X),AND(X=INT(X),YEAR(X)>=1900),{none})",
        "Share": f"IF(ISNUMBER(X),AND(X>=0,X<=100),{none})",
        "Cost": f"IF(ISNUMBER(X),AND(X>=-0.5),{none})",
        "Effect": f"IF(ISNUMBER(X),TRUE,{none})",
        "Seen at": f"IF(ISNUMBER(X),YEAR(X)>=1900,{none})",
    }
    assert of_column(sheet, "Hours").sqref.sorted()[0].coord == "D6:D2000"
    assert of_column(sheet, "Owner").type is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_prompt_says_what_to_enter_which_gate_needs_it_and_what_for(language: Language) -> None:
    book = opened(template(language))
    sheet = book["Tasks" if language == "en" else "任务"]
    title, check = ("Owner", "PLN-RC-01.a") if language == "en" else ("负责人", "PLN-RC-01.a")
    prompt = of_column(sheet, title).prompt
    readers = [each for each in shipped().checks if "tasks" in each.reads]
    assert any(each.title.of(language) in prompt for each in readers), (check, prompt)
    assert "G1" in prompt


def test_a_prompt_that_would_be_too_long_is_cut_at_a_whole_title_and_says_how_many_more() -> None:
    sheet = opened(template("en"))["Tasks"]
    titles = {each.title.en for each in shipped().checks}
    prompt = of_column(sheet, "Status").prompt
    asked = prompt.partition("Asked for by: ")[2]
    shown, _, more = asked.rpartition(" and ")
    assert re.fullmatch(r"\d+ more", more)
    assert set(shown.split("; ")) <= titles
