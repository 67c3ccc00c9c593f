"""A baseline: the state of a project that is taken as known. Only what is new since then breaks the build."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from riskcheck.comparison.changes import OPEN, changes
from riskcheck.comparison.record import BASELINE_KIND, read_record, record_of
from riskcheck.errors import Diagnostic, UsageError
from riskcheck.frozen import replace
from riskcheck.model.assessment import Assessment, Assumption
from riskcheck.model.comparison import BaselineUse, ChangeKind, Record
from riskcheck.model.place import Location
from riskcheck.model.text import Text
from riskcheck.reports.comparison import KINDS
from riskcheck.reports.json import document as report_document
from riskcheck.reports.json import json_bytes

SCHEMA_VERSION = 1
_KEPT = ("project", "as_of", "gate", "pack", "profile", "inputs", "mapping", "assumptions", "verdict", "score")
_NAMED = 20
"""How many new findings the note in a report names."""


def baseline_bytes(assessment: Assessment, older: Record | None) -> bytes:
    """The baseline file of an assessment: its findings without evidence, and what was open in the `older` baseline."""
    whole = report_document(assessment)
    profile = whole["profile"]
    written: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "kind": BASELINE_KIND,
        "tool": whole["tool"],
        **{key: whole[key] for key in _KEPT},
        "profile": None if profile is None else {"id": profile["id"], "sha256": profile["sha256"]},
        "waivers": None if whole["waivers"] is None else _only(whole["waivers"], "verdict_without"),
        "once_open": _once_open(assessment, older),
        "findings": [_only(each, "check", "outcome", "must_meet", "title") for each in whole["findings"]],
        "compounds": [_only(each, "id", "state", "blocks_gate", "title") for each in whole["compounds"]],
    }
    return json_bytes(written)


def _only(entry: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: entry[key] for key in keys}


def _once_open(assessment: Assessment, older: Record | None) -> list[str]:
    """The rules that were open once and are not now, as far as the older baseline knows."""
    if older is None:
        return []
    known = {*older.once_open, *(each.rule for each in older.rules if each.state in OPEN)}
    still = {each.rule for each in record_of(assessment, "").rules if each.state in OPEN}
    return sorted(known - still)


def held_to(assessment: Assessment, path: Path) -> Assessment:
    """The assessment with what became of each rule since the baseline in `path`. Verdict, score and findings stay.

    Raises UsageError if the file is no baseline, or one of another project.
    """
    baseline, sha256 = read_record(path)
    now = record_of(assessment, "")
    refuse_partial(baseline)
    refuse_other_project(baseline, assessment)
    since = changes(baseline, now)
    use = BaselineUse(str(path), sha256, baseline.as_of, baseline.judged_by == now.judged_by, since)
    note = Assumption("baseline", _note(use), ())
    return replace(assessment, baseline=use, assumptions=(*assessment.assumptions, note))


def refuse_other_project(baseline: Record, assessment: Assessment) -> None:
    """Refuse (UsageError) a baseline of another project than the one that was judged."""
    if baseline.project != assessment.project_id:
        raise UsageError(_other_project(baseline, assessment.project_id))


def refuse_partial(record: Record) -> None:
    """Refuse (UsageError) a report that does not show all findings."""
    if record.partial:
        message = Text(
            "this report shows only a part of the findings; write it without --select and --ignore",
            "该报告只显示了部分发现项；请不带 --select 和 --ignore 重新生成",
        )
        raise UsageError(Diagnostic("partial-report", message, Location(record.file)))


def _note(use: BaselineUse) -> Text:
    counts = Counter(each.kind for each in use.changes)
    told = [kind for kind in ChangeKind if counts[kind] and kind is not ChangeKind.UNCHANGED]
    en = ", ".join(f"{counts[kind]} {KINDS[kind].en}" for kind in told) or "nothing open"
    zh = "、".join(f"{KINDS[kind].zh} {counts[kind]} 项" for kind in told) or "没有未关闭项"
    names = [each.rule for each in use.changes if each.kind.breaks]
    named = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
    end_en = f" Not known before: {named}." if names else " Nothing is new, so the exit code is 0."
    end_zh = f"此前未知：{named}。" if names else "没有新增，退出码为 0。"
    other_en = "" if use.same_rules else " The rules, the profile or the gate are others since."
    other_zh = "" if use.same_rules else "此后规则、裁剪方案或关口有变化。"
    return Text(
        f"Held to the baseline {use.file} as of {use.as_of}: {en}.{other_en}{end_en}",
        f"与基线 {use.file}（评审日期 {use.as_of}）相比：{zh}。{other_zh}{end_zh}",
    )


def _other_project(baseline: Record, project: str | None) -> Diagnostic:
    there, here = baseline.project or "-", project or "-"
    message = Text(
        f"this baseline is of project {there}, the facts are of {here}; write one for each project",
        f"该基线属于项目 {there}，而资料属于 {here}；请为每个项目分别生成基线",
    )
    return Diagnostic("other-project", message, Location(baseline.file))
