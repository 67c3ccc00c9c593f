"""Facts that are too old for a profile count as unknown."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskcheck.model.finding import Outcome
from riskcheck.reports import Style, render
from tests.profiles.written import COMPLETE, FACTS, judge, of

THIRTY = "max_age_days: {tasks: 30}\n"


def status(*rows: str) -> str:
    return "table_status:\n" + "".join(f"  - {row}\n" for row in rows)


ALL = "{table: '*', complete: yes}"


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        (("{table: tasks, complete: yes, as_of: 2026-05-31}",), True),  # 30 days
        (("{table: tasks, complete: yes, as_of: 2026-05-30}",), False),
        (("{table: tasks, complete: yes, as_of: 2026-06-30}",), True),
        (("{table: tasks, complete: yes, as_of: 2026-07-01}",), False),  # after the review
        (("{table: tasks, complete: yes}",), False),  # no day at all
        ((ALL,), False),
        (("{table: '*', complete: yes, as_of: 2026-06-01}",), True),
        (("{table: '*', complete: yes, as_of: 2026-06-01}", "{table: tasks, as_of: 2026-01-01}"), False),
        (("{table: '*', complete: yes, as_of: 2026-01-01}", "{table: tasks, as_of: 2026-06-01}"), True),
        (("{table: '*', complete: yes, as_of: 2026-06-01}", "{table: tasks, as_of: soon}"), False),
        ((ALL, "{table: tasks, as_of: 2026-06-01}", "{table: tasks, as_of: 2026-01-01}"), False),
    ],
)
def test_the_age_counts_from_the_day_in_table_status(rows: tuple[str, ...], kept: bool, tmp_path: Path) -> None:
    judged = judge(tmp_path, FACTS + status(*rows), THIRTY)
    assert of(judged, "A-1.a").outcome is (Outcome.PASS if kept else Outcome.UNKNOWN)


def test_old_facts_fail_nothing_either(tmp_path: Path) -> None:
    unowned = FACTS.replace("owner: A", "owner: none")
    assert of(judge(tmp_path, unowned + COMPLETE, None), "A-1.a").outcome is Outcome.FAIL
    assert of(judge(tmp_path, unowned + COMPLETE, THIRTY), "A-1.a").outcome is Outcome.UNKNOWN


def test_what_to_do_is_to_renew_the_table_and_not_to_declare_it(tmp_path: Path) -> None:
    judged = judge(tmp_path, FACTS + COMPLETE, THIRTY)
    found = of(judged, "A-1.a")
    assert [(each.need, each.fact) for each in found.missing] == [("renew", "tasks")]
    assert '"Tasks" counts as unknown: it is too old, or of no known day.' in [each.en for each in found.reasons]
    assert judged.undeclared == ()
    text = render("terminal", judged, Style()).decode()
    assert "Tasks: bring it up to date, and give the day in table_status, for 3 checks" in " ".join(text.split())


def test_the_fields_that_say_which_review_this_is_do_not_age(tmp_path: Path) -> None:
    judged = judge(tmp_path, FACTS + COMPLETE, "max_age_days: {project: 5}\n")
    assert judged.project_id == "P-1"
    assert {each.id for each in judged.findings if each.outcome is Outcome.UNKNOWN} == {
        f"{check}@P-1" for check in ("A-1.c", "A-1.d", "B-1.a", "B-1.b", "B-1.c")
    }
    assert [(each.need, each.fact) for each in of(judged, "B-1.a").missing] == [("renew", "project")]


def test_a_table_that_is_complete_by_the_profile_ages_all_the_same(tmp_path: Path) -> None:
    judged = judge(tmp_path, FACTS, "complete: [tasks]\n" + THIRTY)
    assert of(judged, "A-1.a").outcome is Outcome.UNKNOWN


def test_a_table_without_a_limit_of_age_does_not_age(tmp_path: Path) -> None:
    rows = status("{table: '*', complete: yes, as_of: 2000-01-01}")
    assert of(judge(tmp_path, FACTS + rows, "max_age_days: {parts: 1}\n"), "A-1.a").outcome is Outcome.PASS
