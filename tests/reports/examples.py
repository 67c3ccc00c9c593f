"""A hand-made assessment with one finding of each outcome and hostile text in it, its waivers, and judged samples."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from riskcheck.assessment import assess
from riskcheck.facts.load import load_facts
from riskcheck.model.assessment import (
    Assessment,
    Assumption,
    PackRef,
    PartScore,
    Reason,
    Score,
    TableTitle,
    Verdict,
)
from riskcheck.model.factset import InputFile, InputProblem
from riskcheck.model.finding import (
    Band,
    CompoundFinding,
    CompoundState,
    Due,
    Evidence,
    Finding,
    LimitUse,
    Missing,
    Outcome,
)
from riskcheck.model.number import DecimalText, Ratio
from riskcheck.model.place import Location
from riskcheck.model.text import Text
from riskcheck.model.waiver import Waiver, WaiverAccount, WaiverState, WaiverUse
from riskcheck.packs.load import load_pack

SAMPLES = Path(__file__).parents[2] / "samples"
TASKS = Text("Tasks", "任务")
OWNER = Text("Owner", "负责人")
HOSTILE = '=HYPERLINK("http://x.invalid","click")\x1b[31m\u202e'


_PLACE = Location("plan.xlsx", "任务", "D14")
_EVIDENCE = Evidence("tasks.owner", OWNER, 3, HOSTILE, "value", HOSTILE, Text(HOSTILE, HOSTILE), HOSTILE, _PLACE)
_MISSING = (
    Missing("close", "tasks", TASKS, TASKS, None, None, None, Location("plan.xlsx", "任务")),
    Missing("fill", "tasks.owner", TASKS, OWNER, 4, "T4", HOSTILE, _PLACE),
)


def finding(check: str, outcome: Outcome, *, must_meet: bool = False) -> Finding:
    opened = outcome not in (Outcome.PASS, Outcome.NOT_APPLICABLE)
    return Finding(
        id=f"{check}@P-1",
        check=check,
        item="A-1",
        phase="planning",
        elements=("people", "process"),
        outcome=outcome,
        possible=(Outcome.PASS, Outcome.FAIL) if outcome is Outcome.UNKNOWN else (outcome,),
        band=Band.HIGH,
        likelihood=3,
        impact=4,
        rating=12,
        must_meet=must_meet,
        due_gate="G1",
        title=Text(f"Title of {check}", f"{check}的标题"),
        item_title=Text("The item", "条目"),
        reasons=(Text("The requirement is not met.", "要求未满足。"),) if opened else (),
        limits=(),
        measure="0.2143" if outcome is Outcome.FAIL else None,
        evidence=(_EVIDENCE,) if opened else (),
        evidence_count=25 if outcome is Outcome.FAIL else int(opened),
        missing=_MISSING if outcome is Outcome.UNKNOWN else (),
        missing_count=2 if outcome is Outcome.UNKNOWN else 0,
        control=Text("Name one person.", "指定一名负责人。"),
        owner="lead",
        owner_title=Text("Lead", "负责人"),
        due=Due(date(2026, 7, 14), Text("2026-07-14", "2026-07-14")) if opened else None,
    )


def limited(check: str) -> Finding:

    from riskcheck.frozen import replace

    use = LimitUse(
        "late",
        Text("late share, at most", "逾期比例上限"),
        DecimalText("0.05"),
        Text("0.05 (5 %)", "0.05（5%）"),
        "sourced",
        ("DCMA",),
        overridden=False,
    )
    return replace(finding(check, Outcome.FAIL, must_meet=True), limits=(use,))


def assessment() -> Assessment:
    score = Score(Ratio(200, 3), Ratio(250, 3), Ratio(5, 6))
    return Assessment(
        tool_version="0.1.0",
        project_id="P-1",
        project_name=HOSTILE,
        as_of=date(2026, 6, 30),
        gate="G1",
        gate_title=Text("Gate 1", "关口一"),
        pack=PackRef("small", "1.0.0", "ab" * 32, Text("Small", "小")),
        inputs=(InputFile("plan.xlsx", "cd" * 32),),
        assumptions=(Assumption("assume-complete", Text("Assumed: tasks", "假定：任务"), ("tasks",)),),
        verdict=Verdict.FAIL,
        reasons=(Reason("must-meet-failed", Text("Must-meet check failed: x", "必须满足项不通过：某项"), "A-1.a"),),
        score=score,
        phases=(
            PartScore("planning", Text("Planning", "计划"), score),
            PartScore("execution", Text("Doing", "执行"), None),
        ),
        elements=(
            PartScore("people", Text("People", "人员"), score),
            PartScore("process", Text("Process", "过程"), score),
        ),
        findings=(
            limited("A-1.a"),
            finding("A-1.b", Outcome.ERROR),
            finding("A-1.c", Outcome.UNKNOWN),
            finding("A-1.d", Outcome.WARN),
            finding("A-1.e", Outcome.PASS),
            finding("A-1.f", Outcome.NOT_APPLICABLE),
        ),
        compounds=tuple(
            CompoundFinding(
                id=f"CH-{number}",
                state=state,
                blocks_gate=number == 1,
                likelihood=4,
                impact=5,
                title=Text("Two failures meet", "两项叠加"),
                consequence=Text("the project stops", "项目停滞"),
                control=Text("Step in.", "介入处理。"),
                members=("A-1.a", "A-1.c"),
                failing=("A-1.a",) if state is not CompoundState.CLEAR else (),
                part_of=None,
            )
            for number, state in enumerate(CompoundState, 1)
        ),
        input_problems=(
            InputProblem(
                "unreadable-cell",
                "error",
                Text(f"cannot be read: {HOSTILE}", f"无法读取：{HOSTILE}"),
                Location("plan.xlsx", "任务", "E7"),
            ),
        ),
        undeclared=(TableTitle("tasks", Text("Tasks", "任务")),),
        tables=(TableTitle("tasks", Text("Tasks", "任务")),),
    )


def waivers(state: WaiverState, rule: str = "A-1.a", **said: Any) -> WaiverAccount:
    """One waiver of a rule in that state."""
    known: dict[str, Any] = dict.fromkeys(Waiver.__match_args__)
    known |= {"check": rule, "reason": "agreed", "approver": "Ann", "approver_role": "sponsor"}
    known |= {"granted_on": date(2026, 6, 1), "expires_on": date(2026, 7, 31), **said}
    use = WaiverUse(Waiver(**known), state, Text("why", "原因"), False, None)
    return WaiverAccount(None, None, (use,), Verdict.FAIL, (), ())


@cache
def judged_sample(name: str) -> Assessment:
    """The assessment of a sample workbook by the pack `deployment`; nobody changes it."""
    pack = load_pack("deployment")
    return assess(load_facts(SAMPLES / f"{name}.xlsx", pack.schema), pack)
