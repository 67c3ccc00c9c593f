"""What a finding says: reasons, cells and what is missing, as the person who must mend it needs them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from riskcheck.assessment import assess
from riskcheck.facts.load import load_facts
from riskcheck.model.assessment import Assessment, Verdict
from riskcheck.model.finding import Finding, Outcome
from riskcheck.packs.load import load_pack
from tests.gate.worlds import SMALL

PROJECT = "project: {project_id: P-1, gate: G2, as_of: 2026-06-30, has_parts: no, planned: 5, earned: 5"


def judge(tmp_path: Path, text: str, pack: str | Path = SMALL, **options: object) -> Assessment:
    facts = tmp_path / "facts.yaml"
    facts.write_text(text, "utf-8")
    loaded = load_pack(pack)
    return assess(load_facts(facts, loaded.schema), loaded, **options)  # type: ignore[arg-type]


def of(assessment: Assessment, check: str) -> Finding:
    return next(finding for finding in assessment.findings if finding.check == check)


def test_a_failing_row_is_named_by_its_cell_and_by_what_it_calls_itself(tmp_path: Path) -> None:
    judged = judge(
        tmp_path,
        PROJECT + "}\ntable_status: [{table: '*', complete: yes}]\n"
        "tasks:\n  - {task_id: T1, owner: A, late: no, status: done}\n"
        "  - {task_id: T2, owner: 无, late: no, status: done}\n",
    )
    found = of(judged, "A-1.a")
    assert found.outcome is Outcome.FAIL
    (cell,) = found.evidence
    assert (cell.fact, cell.row, cell.key, cell.state, cell.raw) == ("tasks.owner", 2, "T2", "empty", "无")
    assert str(cell.location).endswith("facts.yaml:5:26")
    assert [reason.en for reason in found.reasons] == ["The requirement is not met.", '1 row of "Tasks" concerned.']
    assert found.due is not None
    assert found.due.text.zh == "过关前"


def test_what_cannot_be_read_is_quoted_among_what_is_missing(tmp_path: Path) -> None:
    judged = judge(tmp_path, PROJECT + ", signed_on: 03/05/2026}\ntable_status: [{table: project, complete: yes}]\n")
    (missing,) = of(judged, "A-1.c").missing
    assert (missing.need, missing.fact, missing.raw) == ("fill", "project.signed_on", "03/05/2026")


def test_a_computed_field_asks_for_the_text_it_is_computed_from(tmp_path: Path) -> None:
    row = "{sla_item_id: S-1, in_scope: 尽量及时处理, out_of_scope: 待定}"
    text = f"project: {{project_id: P-1}}\nsla_items: [{row}]\ntable_status: [{{table: sla_items, complete: yes}}]\n"
    found = of(judge(tmp_path, text, "deployment", gate="G1", as_of=date(2026, 6, 30)), "EXE-RC-04.b")
    assert found.outcome is Outcome.UNKNOWN
    assert [missing.fact for missing in found.missing] == ["sla_items.out_of_scope"]


def test_tables_to_declare_come_first_and_blank_cells_that_would_fail_are_named(tmp_path: Path) -> None:
    judged = judge(tmp_path, PROJECT + ", manager: }\n")
    assert [(each.need, each.fact) for each in of(judged, "A-1.d").missing] == [
        ("close", "project"),
        ("fill", "project.manager"),
    ]


def test_where_there_are_too_few_rows_for_good_only_applicability_is_asked_for(tmp_path: Path) -> None:
    text = "parts: [{part_id: P1, stock: 1}]\ntable_status: [{table: project, complete: yes}]\n"
    found = of(judge(tmp_path, text, gate="G2", as_of=date(2026, 6, 30)), "B-1.b")
    assert found.possible == (Outcome.FAIL, Outcome.NOT_APPLICABLE)
    assert '"Project" has 0 of the at least 1 rows that are needed to judge.' in [each.en for each in found.reasons]
    assert [(each.need, each.fact) for each in found.missing] == [("fill", "project.has_parts")]


def test_declaring_is_advised_only_where_it_decides(tmp_path: Path) -> None:
    rows = "tasks: [{task_id: T1, owner: A, late: no, status: done}]\n"
    signed = PROJECT + ", signed_on: 2026-06-01, manager: M}\n"
    whole = judge(tmp_path, signed + rows)
    assert whole.verdict is Verdict.CANNOT_JUDGE
    assert [table.name for table in whole.undeclared] == ["tasks"]
    hole = judge(tmp_path, signed + rows.replace("owner: A", "owner: 待定"))
    assert hole.verdict is Verdict.CANNOT_JUDGE
    assert hole.undeclared == ()


def test_a_compound_that_is_part_of_a_blocking_one_is_told_once(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    for file in SMALL.iterdir():
        (pack / file.name).write_bytes(file.read_bytes())
    compounds = pack / "compounds.yaml"
    wider = "{all: [{any: [A-1.a, A-1.d]}, {any: [A-1.b, B-1.a]}, {any: [A-1.c]}]}"
    changed = compounds.read_text("utf-8").replace("{all: [CH-1, {any: [B-1.b, B-1.c]}]}", wider)
    compounds.write_text(changed.replace("blocks_gate: false", "blocks_gate: true"), "utf-8")
    judged = judge(
        tmp_path,
        PROJECT.replace("earned: 5", "earned: 1") + ", signed_on: none, manager: none}\n"
        "table_status: [{table: '*', complete: yes}]\ntasks: [{task_id: T1, owner: A, late: no, status: done}]\n",
        pack,
    )
    assert {compound.id: compound.part_of for compound in judged.compounds} == {"CH-2": None, "CH-1": "CH-2"}
    assert [reason.check for reason in judged.reasons if reason.code == "blocking-compound-fired"] == ["CH-2"]


def test_both_languages_are_always_there(tmp_path: Path) -> None:
    judged = judge(tmp_path, PROJECT + "}\n")
    texts = [reason.text for reason in judged.reasons]
    texts += [text for finding in judged.findings for text in (finding.title, finding.control, *finding.reasons)]
    assert all(text.en.strip() and text.zh.strip() and text.en.isascii() for text in texts)


def test_cells_without_a_value_are_shown_before_those_with_one(tmp_path: Path) -> None:
    rows = "reports:\n" + "".join(
        f"  - {{report_id: R{month}, type: period, due_on: 2026-0{month}-01, sent_on: {sent}}}\n"
        for month, sent in ((1, "2026-01-01"), (2, "2026-02-01"), (3, "none"))
    )
    text = "project: {project_id: P-1}\ntable_status: [{table: reports, complete: yes}]\n" + rows
    found = of(judge(tmp_path, text, "deployment", gate="G3", as_of=date(2026, 6, 30)), "ACC-RC-03.a")
    assert found.outcome is Outcome.FAIL
    first = found.evidence[0]
    assert (first.fact, first.key) == ("reports.sent_on", "R3")


def test_a_share_is_told_in_percent_too(tmp_path: Path) -> None:
    rows = "".join(f"  - {{task_id: T{n}, owner: A, late: {'yes' if n else 'no'}, status: open}}\n" for n in range(3))
    judged = judge(tmp_path, PROJECT + "}\ntable_status: [{table: '*', complete: yes}]\ntasks:\n" + rows)
    assert "Measured 0.666667 (66.67 %). Limit: share of late tasks, at most 0.25 (25 %)." in [
        each.en for each in of(judged, "A-1.b").reasons
    ]
    assert of(judged, "A-1.b").measure == "0.666667"
