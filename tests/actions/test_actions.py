"""Owners, days, states and remarks of an older report stand in the new one, whatever people did to its sheet."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

import jsonschema
import openpyxl
import pytest

from riskcheck.actions.carry import with_actions
from riskcheck.actions.read import read_report
from riskcheck.errors import UsageError
from riskcheck.frozen import replace
from riskcheck.model.actions import ActionStatus, Agreed, Left
from riskcheck.model.assessment import Assessment
from riskcheck.model.finding import Outcome
from riskcheck.model.text import Language
from riskcheck.reports import Style, render
from tests.cli.test_check import FACTS, run
from tests.reports.examples import assessment, finding

ROOT = Path(__file__).parents[2]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
OPEN, CLOSED = {"en": "Actions", "zh": "整改措施"}, {"en": "Closed actions", "zh": "已关闭措施"}
OWNER, DUE, STATUS, REMARK = 11, 12, 13, 14
FILLED = Agreed("张三", date(2026, 7, 1), "", ActionStatus.IN_PROGRESS, "", "call the customer")
WORDS = {"en": "In progress", "zh": "进行中"}


def written(
    path: Path, seen: Assessment, language: Language, change: Callable[[Any], None] = lambda book: None
) -> Path:
    """A report at `path`, changed as people change it."""
    path.write_bytes(render("excel", seen, Style(language)))
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def fill(sheet: Any, row: int, owner: object, due: object, status: object, remark: object) -> None:
    for column, value in zip((OWNER, DUE, STATUS, REMARK), (owner, due, status, remark), strict=True):
        sheet.cell(row, column).value = value


def filled(language: Language) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        fill(book[OPEN[language]], 3, "张三", date(2026, 7, 1), WORDS[language], "call the customer")

    return change


def carried(path: Path, seen: Assessment | None = None) -> Any:
    actions = with_actions(seen or assessment(), read_report(path)).actions
    assert actions is not None
    return actions


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filled_in_is_read_back(tmp_path: Path, language: Language) -> None:
    actions = carried(written(tmp_path / "r.xlsx", assessment(), language, filled(language)))
    assert {each.id: each.agreed for each in actions.open if not each.agreed.is_blank} == {"A-1.b@P-1": FILLED}
    assert [each.id for each in actions.open] == ["A-1.a@P-1", "A-1.b@P-1", "A-1.c@P-1", "A-1.d@P-1"]
    assert actions.closed == actions.problems == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("new", LANGUAGES)
def test_it_stands_in_the_new_report_of_either_language(tmp_path: Path, language: Language, new: Language) -> None:
    first = written(tmp_path / "r.xlsx", assessment(), language, filled(language))
    seen = with_actions(assessment(), read_report(first))
    second = written(tmp_path / "s.xlsx", seen, new)
    sheet = openpyxl.load_workbook(second)[OPEN[new]]
    owner, due, status, remark = (sheet.cell(3, column).value for column in (OWNER, DUE, STATUS, REMARK))
    assert (owner, due, remark) == ("张三", datetime(2026, 7, 1), "call the customer")
    assert status == {"en": "in progress", "zh": "进行中"}[new]
    assert carried(second).open == seen.actions.open  # type: ignore[union-attr]


def test_sorting_hiding_moving_and_rows_of_their_own_do_not_matter(tmp_path: Path) -> None:
    plain = written(tmp_path / "r.xlsx", assessment(), "zh", filled("zh"))
    expected = carried(plain).open
    for seed in range(20):
        random = Random(seed)

        def change(book: Any, random: Random = random) -> None:
            sheet = book[OPEN["zh"]]
            fill(
                sheet,
                3,
                "张三",
                random.choice([date(2026, 7, 1), "2026年7月1日", "2026/7/1"]),
                "进行中",
                "call the customer",
            )
            rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
            random.shuffle(rows)
            rows.insert(random.randrange(len(rows)), [None] * 14)
            rows.insert(random.randrange(len(rows)), ["本周例会", *[None] * 13])
            order = random.sample(range(14), 14)
            titles = [cell.value for cell in sheet[1]]
            sheet.delete_rows(1, sheet.max_row)
            above = random.randrange(4)
            for _ in range(above):
                sheet.append(["整改清单"])
            for row in (titles, *rows):
                sheet.append([None, *(row[column] for column in order)])
            sheet.row_dimensions[above + 2].hidden = True
            sheet.title = random.choice([OPEN["zh"], "整改（7月）"])

        moved = written(tmp_path / f"{seed}.xlsx", assessment(), "zh", change)
        assert carried(moved).open == expected
        assert carried(moved).problems == ()


def test_cells_that_cannot_be_taken_are_told_with_their_place_and_handed_on(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        fill(book["Actions"], 2, "Ann", "end of July", "half way", None)
        fill(book["Actions"], 3, "#N/A", "46000", "done", "=1+1")
        book["Actions"]["A6"], book["Actions"]["N6"] = "mine", "my own row"
        book["Actions"]["A7"], book["Actions"]["K7"] = "A-1.a@P-1", "Bob"
        book["Actions"]["O1"], book["Actions"]["O3"] = "Progress", "50%"

    actions = carried(written(tmp_path / "r.xlsx", assessment(), "en", change))
    assert actions.open[0].agreed == Agreed("Ann", None, "end of July", ActionStatus.OPEN, "half way", "")
    assert actions.open[1].agreed == Agreed("", None, "46000", ActionStatus.DONE, "", "")
    assert [(each.code, each.location.cell) for each in actions.problems] == [
        ("action-column-unknown", "O1"),
        ("action-no-day", "L2"),
        ("action-no-status", "M2"),
        ("action-no-day", "L3"),
        ("action-unreadable", "K3"),
        ("action-unreadable", "N3"),
        ("action-without-id", "A6"),
        ("action-twice", "A7"),
    ]
    again = with_actions(assessment(), read_report(tmp_path / "r.xlsx"))
    sheet = openpyxl.load_workbook(written(tmp_path / "s.xlsx", again, "zh"))[OPEN["zh"]]
    assert [sheet.cell(2, column).value for column in (OWNER, DUE, STATUS)] == ["Ann", "end of July", "half way"]


def test_what_is_closed_since_stays_listed_and_comes_back_if_it_opens_again(tmp_path: Path) -> None:
    first = written(tmp_path / "1.xlsx", assessment(), "en", filled("en"))
    passes = replace(
        assessment(),
        as_of=date(2026, 7, 31),
        findings=(
            finding("A-1.a", Outcome.FAIL),
            finding("A-1.b", Outcome.PASS),
            finding("A-1.d", Outcome.NOT_APPLICABLE),
        ),
    )
    actions = carried(first, passes)
    closed = {each.id: (each.why, each.closed, each.agreed) for each in actions.closed}
    assert closed == {
        "A-1.b@P-1": (Left.PASSES, date(2026, 7, 31), FILLED),
        "A-1.c@P-1": (Left.NOT_JUDGED, date(2026, 7, 31), Agreed()),
        "A-1.d@P-1": (Left.NOT_APPLICABLE, date(2026, 7, 31), Agreed()),
    }
    second = written(tmp_path / "2.xlsx", with_actions(passes, read_report(first)), "zh")
    later = replace(passes, as_of=date(2026, 8, 31))
    assert {each.id: (each.why, each.closed, each.agreed) for each in carried(second, later).closed} == closed
    relapsed = carried(second, replace(assessment(), as_of=date(2026, 9, 30)))
    assert relapsed.closed == ()
    again = next(each for each in relapsed.open if each.id == "A-1.b@P-1")
    assert again.agreed == Agreed(owner="张三", remark="call the customer")
    assert again.since == date(2026, 9, 30)


def test_a_deadline_and_the_first_day_do_not_move_with_the_review(tmp_path: Path) -> None:
    first = written(tmp_path / "1.xlsx", assessment(), "en")
    later = replace(assessment(), as_of=date(2026, 7, 20))
    actions = carried(first, later)
    assert {each.since for each in actions.open} == {date(2026, 6, 30)}
    assert {each.proposed_due for each in actions.open} == {date(2026, 7, 14)}
    assert all(each.is_overdue(later.as_of) for each in actions.open)
    text = render("terminal", with_actions(later, read_report(first)), Style()).decode()
    assert "- Overdue since 2026-07-14: A-1.a@P-1" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_actions_of_findings_that_a_report_does_not_show_are_not_lost(tmp_path: Path, language: Language) -> None:
    first = written(tmp_path / "1.xlsx", assessment(), "en", filled("en"))
    seen = with_actions(assessment(), read_report(first))
    part = replace(seen, findings=tuple(each for each in seen.findings if each.check != "A-1.b"))
    second = written(tmp_path / "2.xlsx", part, language)
    actions = carried(second)
    assert [(each.id, each.agreed) for each in actions.open] == [(each.id, each.agreed) for each in seen.actions.open]  # type: ignore[union-attr]
    assert actions.closed == ()


def test_the_verdict_does_not_depend_on_actions(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        for row in range(2, 6):
            fill(book["Actions"], row, "Ann", None, "dropped", "accepted")

    seen = with_actions(assessment(), read_report(written(tmp_path / "r.xlsx", assessment(), "en", change)))
    assert replace(seen, actions=None) == assessment()
    text = render("terminal", seen, Style()).decode()
    assert "4 dropped" in text
    assert '- Said to be "dropped", but the finding is open still: A-1.a@P-1' in text


def test_json_says_the_actions_as_the_schema_has_them(tmp_path: Path) -> None:
    first = written(tmp_path / "r.xlsx", assessment(), "zh", filled("zh"))
    document = json.loads(render("json", with_actions(assessment(), read_report(first)), Style()))
    schema = json.loads((ROOT / "riskcheck" / "reports" / "report.schema.json").read_text("utf-8"))
    jsonschema.validate(document, schema)
    described = schema["properties"]["actions"]["properties"]
    assert list(document["actions"]) == list(described)
    assert list(document["actions"]["open"][1]) == list(described["open"]["items"]["properties"])
    assert document["actions"]["open"][1]["owner"] == "张三"


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_text_in_an_older_report_stays_text(tmp_path: Path, language: Language) -> None:
    def change(book: Any) -> None:
        sheet = book[OPEN[language]]
        for column in (OWNER, DUE, STATUS, REMARK):
            sheet.cell(2, column).value = "'=cmd|' /C calc'!A0"
            sheet.cell(2, column).data_type = "s"
            sheet.cell(2, column).value = "+1\x9b31m"

    seen = with_actions(assessment(), read_report(written(tmp_path / "r.xlsx", assessment(), language, change)))
    book = openpyxl.load_workbook(written(tmp_path / "s.xlsx", seen, language))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert "\x9b" not in render("terminal", seen, Style(language)).decode()


# ------------------------------------------------------------ refusals


def test_actions_of_another_project_are_refused(tmp_path: Path) -> None:
    first = written(tmp_path / "r.xlsx", assessment(), "en")
    with pytest.raises(UsageError, match="actions of another project: P-1; the facts are of P-2"):
        with_actions(replace(assessment(), project_id="P-2"), read_report(first))


def test_two_lists_that_could_be_meant_are_refused(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book.copy_worksheet(book["Actions"])
        book["Actions"].title = "July"

    with pytest.raises(UsageError, match="two sheets are lists of actions: July, Actions Copy"):
        read_report(written(tmp_path / "r.xlsx", assessment(), "en", change))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "facts.yaml").write_text(FACTS, "utf-8")
    run("check", "facts.yaml", "-q", "-o", "r.xlsx", cwd=tmp_path)
    return tmp_path


def touch(folder: Path, column: str = "K", value: object = "Ann") -> bytes:
    book = openpyxl.load_workbook(folder / "r.xlsx")
    book["Actions"][f"{column}2"] = value
    book.save(folder / "r.xlsx")
    return (folder / "r.xlsx").read_bytes()


def test_a_report_with_filled_in_actions_is_not_written_over(folder: Path) -> None:
    assert run("check", "facts.yaml", "-q", "-o", "r.xlsx", cwd=folder).returncode == 1, "nothing is filled in"
    before = touch(folder)
    done = run("check", "facts.yaml", "-q", "-o", "r.xlsx", "-o", "r.json", cwd=folder)
    assert done.returncode == 2
    assert b'carry them over with --actions "r.xlsx"' in done.stderr
    assert (folder / "r.xlsx").read_bytes() == before
    assert not (folder / "r.json").exists()
    other = run("check", "facts.yaml", "-q", "-o", "r.xlsx", "--actions", "none.xlsx", cwd=folder)
    assert other.returncode == 2
    assert run("check", "facts.yaml", "-q", "-o", "r.xlsx", "--actions", "./r.xlsx", cwd=folder).returncode == 1
    assert openpyxl.load_workbook(folder / "r.xlsx")["Actions"]["K2"].value == "Ann"


def test_a_report_is_not_replaced_by_itself_if_something_would_be_lost(folder: Path) -> None:
    touch(folder, "O", "50 %")
    book = openpyxl.load_workbook(folder / "r.xlsx")
    book["Actions"]["O1"] = "Progress"
    book.save(folder / "r.xlsx")
    before = (folder / "r.xlsx").read_bytes()
    done = run("check", "facts.yaml", "-q", "-o", "r.xlsx", "--actions", "r.xlsx", cwd=folder)
    assert done.returncode == 2
    assert b"r.xlsx!Actions!O1" in done.stderr
    assert (folder / "r.xlsx").read_bytes() == before
    assert run("check", "facts.yaml", "-q", "-o", "new.xlsx", "--actions", "r.xlsx", cwd=folder).returncode == 1


def test_an_existing_workbook_that_cannot_be_read_is_not_written_over(folder: Path) -> None:
    (folder / "r.xlsx").write_bytes(b"\xd0\xcf\x11\xe0 encrypted")
    done = run("check", "facts.yaml", "-q", "-o", "r.xlsx", cwd=folder)
    assert done.returncode == 2
    assert b"nobody can tell whether actions" in done.stderr


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("no.xlsx", None, b"no such file"), ("facts.yaml", None, b"report workbook"), ("x.xlsx", b"text", b"x.xlsx")],
)
def test_what_is_no_report_is_refused(folder: Path, name: str, content: bytes | None, said: bytes) -> None:
    if content is not None:
        (folder / name).write_bytes(content)
    done = run("check", "facts.yaml", "-q", "--actions", name, cwd=folder)
    assert done.returncode == 2
    assert said in done.stderr
    assert b"Traceback" not in done.stderr


def test_facts_are_no_report(folder: Path) -> None:
    sample = ROOT / "samples" / "healthy-en.xlsx"
    done = run("check", "facts.yaml", "-q", "--actions", str(sample), cwd=folder)
    assert (done.returncode, b"has no list of actions" in done.stderr) == (2, True)
