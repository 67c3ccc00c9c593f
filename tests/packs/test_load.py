"""A sound pack becomes typed rules."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from riskcheck.errors import PackError
from riskcheck.expr import typed
from riskcheck.model.finding import Band
from riskcheck.model.schema import FieldType
from riskcheck.model.text import Text
from riskcheck.packs.itemlint import unjudged_items
from riskcheck.packs.load import load_pack
from riskcheck.packs.rulepack import AllOf, AnyOf, Gate, Limit, Member


def edit(root: Path, path: str, change: Callable[[str], str]) -> None:
    file = root / path
    file.write_text(change(file.read_text("utf-8")), "utf-8")


def test_what_the_pack_says_of_itself(tiny: Path) -> None:
    pack = load_pack(tiny)
    assert (pack.id, pack.version, pack.title) == ("tiny", "1.0", Text("Tiny pack", "小规则包"))
    assert pack.gates == (Gate("G1", Text("Gate 1", "关口1"), None), Gate("G2", Text("Gate 2", "关口2"), None))
    assert pack.scoring.weights == ((Band.CRITICAL, 8), (Band.HIGH, 4), (Band.MEDIUM, 2), (Band.LOW, 1))
    assert (pack.scoring.pass_score, pack.scoring.coverage_floor) == (85, 800_000)
    assert pack.root == str(tiny)


def test_fields_are_typed_and_bounded(tiny: Path) -> None:
    schema = load_pack(tiny).schema
    assert [table.name for table in schema.tables] == ["project", "tasks"]
    project, tasks = schema.tables
    assert (project.one_row, project.min_rows, tasks.min_rows) == (True, 1, 1)
    assert project.by_name["budget"].minimum == 0
    hours = tasks.by_name["hours"]
    assert (hours.type, hours.minimum, hours.maximum, hours.none_is) == (FieldType.INT, 0, 1000, 0)
    assert [word.name for word in tasks.by_name["status"].allowed] == ["open", "done"]
    vague = tasks.by_name["scope_vague"].derived
    assert vague is not None
    assert (vague.fields, vague.words_zh, vague.exceptions_zh) == (("scope",), ("等", "适当"), ("等级",))


def test_bounds_of_decimals_are_held_like_their_values(tiny: Path) -> None:
    edit(tiny, "facts.yaml", lambda text: text.replace("预算}, min: 0}", "预算}, min: -0.5, max: 2.25}"))
    budget = load_pack(tiny).schema.by_name["project"].by_name["budget"]
    assert (budget.minimum, budget.maximum) == (-500_000, 2_250_000)


def test_a_check_has_its_item_limits_and_typed_conditions(tiny: Path) -> None:
    check = load_pack(tiny).check_by_id["PLN-1.a"]
    assert (check.item, check.phase, check.elements) == ("PLN-1", "plan", ("people", "process"))
    assert check.limits == (
        Limit(
            "unowned",
            Text("share without owner, at most", "无负责人占比上限"),
            typed.DOUBLE,
            50_000,
            "sourced",
            ("GAO",),
            of_share=True,
        ),
        Limit(
            "unowned_warn", Text("unowned_warn", "unowned_warn"), typed.DOUBLE, 100_000, "judgement", (), of_share=True
        ),
    )
    assert (check.must_meet, check.owner, check.due_gate, check.basis) == (True, "pmo", "G1", "mixed")
    assert check.reads == ("tasks",)
    assert check.rows is not None
    assert check.measure is not None
    assert isinstance(check.rows.source, typed.FilterRows)
    assert isinstance(check.measure.expression, typed.Aggregate)
    assert isinstance(check.pass_if.expression, typed.Compare)
    assert (check.location.line, check.location.column) == (9, 5)


def test_a_condition_keeps_its_lines(tiny: Path) -> None:
    condition = load_pack(tiny).check_by_id["PLN-1.b"].pass_if
    assert condition.text == "has(project.signed_on)\n  && project.signed_on <= as_of"
    assert condition.location.line == 30


@pytest.mark.parametrize(
    ("spelled", "kind", "value"),
    [
        ("7", typed.INT, 7),
        ("-7", typed.INT, -7),
        ("0.05", typed.DOUBLE, 50_000),
        ("true", typed.BOOL, True),
        ('"7"', typed.STRING, "7"),
        ("'true'", typed.STRING, "true"),
    ],
)
def test_the_type_of_a_limit_is_that_of_its_spelling(tiny: Path, spelled: str, kind: typed.Type, value: object) -> None:
    uses = {
        typed.INT: "project.budget > limit.x",
        typed.DOUBLE: "project.budget > limit.x",
        typed.BOOL: "has(project.signed_on) == limit.x",
        typed.STRING: "project.project_id == limit.x",
    }

    def change(text: str) -> str:
        old = "pass_if: |\n      has(project.signed_on)\n        && project.signed_on <= as_of"
        return text.replace(old, f"pass_if: {uses[kind]}\n    limits: {{x: {{value: {spelled}, origin: judgement}}}}")

    edit(tiny, "plan/PLN-1.yaml", change)
    (limit,) = load_pack(tiny).check_by_id["PLN-1.b"].limits
    assert (limit.type, limit.value) == (kind, value)


def test_tables_are_read_in_the_order_of_the_schema(tiny: Path) -> None:
    old = "&& project.signed_on <= as_of"
    edit(tiny, "plan/PLN-1.yaml", lambda text: text.replace(old, "&& tasks.size() > 0 && project.budget > 0.0"))
    assert load_pack(tiny).check_by_id["PLN-1.b"].reads == ("project", "tasks")


def test_items_and_checks_come_in_the_order_of_phases_then_of_files(tiny: Path) -> None:
    edit(tiny, "pack.yaml", lambda text: text.replace("phases:\n", "phases:\n  first: {en: First, zh: 第一}\n"))
    rule_file = tiny / "plan" / "PLN-1.yaml"
    for number, phase in ((0, "plan"), (2, "first"), (3, "plan")):
        text = rule_file.read_text("utf-8").replace("PLN-1", f"PLN-{number}").replace("phase: plan", f"phase: {phase}")
        (tiny / f"PLN-{number}.yaml").write_text(text, "utf-8")
    pack = load_pack(tiny)
    assert [item.id for item in pack.items] == ["PLN-2", "PLN-0", "PLN-3", "PLN-1"]
    assert [check.item for check in pack.checks] == [item for item in pack.item_by_id for _ in range(2)]


def test_checks_of_an_item_without_phase_belong_to_the_phase_that_their_gate_closes(tiny: Path) -> None:
    def change(text: str) -> str:
        text = text.replace("phases:\n", "phases:\n  first: {en: First, zh: 第一}\n")
        return text.replace("关口1}", "关口1, phase: first}").replace("关口2}", "关口2, phase: plan}")

    edit(tiny, "pack.yaml", change)
    edit(tiny, "plan/PLN-1.yaml", lambda text: text.replace("  phase: plan\n", ""))
    pack = load_pack(tiny)
    assert [(check.due_gate, check.phase) for check in pack.checks] == [("G1", "first"), ("G2", "plan")]
    assert pack.item_by_id["PLN-1"].phase is None


def test_an_item_may_leave_its_judgement_to_checks_of_other_items(tiny: Path) -> None:
    item = "item: {id: PLN-2, kind: activity, phase: plan, elements: [people], title: {en: Work, zh: 工作}}\n"
    (tiny / "plan" / "PLN-2.yaml").write_text(item, "utf-8")
    assert [each.code for each in unjudged_items(load_pack(tiny))] == ["item-without-check"]
    edit(
        tiny,
        "plan/PLN-1.yaml",
        lambda text: text.replace("  - id: PLN-1.b\n", "  - id: PLN-1.b\n    also_items: [PLN-2]\n"),
    )
    pack = load_pack(tiny)
    assert unjudged_items(pack) == ()
    assert [check.id for check in pack.judges("PLN-2")] == ["PLN-1.b"]
    assert [check.id for check in pack.judges("PLN-1")] == ["PLN-1.a", "PLN-1.b"]


def test_compound_rules_come_with_their_strata(tiny: Path) -> None:
    pack = load_pack(tiny)
    first, second = pack.compounds
    assert first.when == AllOf((AnyOf((Member("PLN-1.a"),)), Member("PLN-1.b")))
    assert second.source_lines == (12, 13)
    assert pack.strata == (("CH-1",), ("CH-2",))


def test_a_pack_needs_no_compound_rules(tiny: Path) -> None:
    (tiny / "compounds.yaml").unlink()
    pack = load_pack(tiny)
    assert (pack.compounds, pack.strata) == ((), ())


def test_every_problem_is_told_at_once_and_in_order(tiny: Path) -> None:
    """Fourteen mistakes of different kinds in four files; two of them break what names them."""
    mistakes = {
        "pack.yaml": [("pass_score: 85", "pass_score: 850"), ("G2: {en", "G 2: {en")],
        "facts.yaml": [("预算}, min: 0", "预算}, min: none"), ("optional: true, event: true", "event: true")],
        "plan/PLN-1.yaml": [
            ("phase: plan", "phase: plans"),
            ("pass_if: measure <= limit.unowned\n", "pass_if: measure <= limit.unowned &&\n"),
            ("warn_if: measure <= limit.unowned_warn", "warn_if: measure"),
            ("likelihood: 3", "likelihood: 0"),
            ("owner: pmo", "owner: PMO"),
            ("control: {en: Name an owner for each open task, zh: 为每项未完成任务指定负责人}", "controls: [x]"),
            ("has(project.signed_on)", "has(project.signed_by)"),
            ("impact: 5", "impact: five"),
        ],
        "compounds.yaml": [("when: {any: [CH-1]}", "when: {any: []}"), ("basis: implied", "basis: hearsay")],
    }
    for path, changes in mistakes.items():
        for find, put in changes:
            edit(tiny, path, lambda text, find=find, put=put: text.replace(find, put))
    with pytest.raises(PackError) as caught:
        load_pack(tiny)
    problems = caught.value.diagnostics
    places = [
        (each.location.file, each.location.line or 0, each.location.column or 0) for each in problems if each.location
    ]
    assert places == sorted(places)
    assert len(places) == len(problems) == 16
    told = {Path(file).name: sum(place[0] == file for place in places) for file, _, _ in places}
    assert told == {"pack.yaml": 2, "facts.yaml": 2, "PLN-1.yaml": 10, "compounds.yaml": 2}
    assert caught.value.exit_code == 2


def test_a_file_full_of_problems_is_left_after_a_hundred(tiny: Path) -> None:
    edit(
        tiny,
        "facts.yaml",
        lambda text: text.replace("fields:", "fields:\n" + "".join(f"      F{n}: x\n" for n in range(90)), 1),
    )
    edit(tiny, "plan/PLN-1.yaml", lambda text: text.replace("likelihood: 3", "likelihood: 0"))
    with pytest.raises(PackError) as caught:
        load_pack(tiny)
    *of_facts, of_rules = caught.value.diagnostics
    assert len(of_facts) == 101
    assert of_facts[0].message == ("here are the first 100 problems of this file; mend them, then see what is left")
    assert of_rules.location is not None
    assert of_rules.location.file.endswith("PLN-1.yaml")


def test_a_compound_rule_of_many_members_is_read_in_time(tiny: Path) -> None:
    members = ", ".join(["PLN-1.a", "PLN-1.b", *(f"X{n}" for n in range(50_000))])
    edit(tiny, "compounds.yaml", lambda text: text.replace("{any: [CH-1]}", f"{{any: [{members}]}}"))
    with pytest.raises(PackError) as caught:
        load_pack(tiny)
    assert len(caught.value.diagnostics) == 101
