"""The record of an assessment: taken from it, or read from a JSON report or a baseline, which have the same keys."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from riskcheck.checksum import sha256_of
from riskcheck.errors import Diagnostic, UsageError
from riskcheck.model.assessment import PARTLY_SHOWN, Assessment, Score
from riskcheck.model.comparison import Interval, Record, RuleState
from riskcheck.model.factset import InputFile
from riskcheck.model.finding import CompoundState, Outcome
from riskcheck.model.place import Location
from riskcheck.model.text import Text

MAX_BYTES = 64 * 2**20
"""Largest file that is read."""
BASELINE_KIND = "riskcheck-baseline"
_ASSUMED = "assume-complete"
_STATES = frozenset(each.value for each in (*Outcome, *CompoundState))
_HUNDREDTHS = 100


def record_of(assessment: Assessment, file: str) -> Record:
    """The record of an assessment of the facts in `file`."""
    checks = [RuleState(each.check, each.outcome.value, each.title, each.must_meet) for each in assessment.findings]
    compounds = [RuleState(each.id, each.state.value, each.title, each.blocks_gate) for each in assessment.compounds]
    assumed = [table for each in assessment.assumptions if each.code == _ASSUMED for table in each.tables]
    profile = assessment.profile
    return Record(
        file=file,
        project=assessment.project_id,
        as_of=assessment.as_of,
        gate=assessment.gate,
        pack=assessment.pack.id,
        pack_sha256=assessment.pack.sha256,
        profile=profile.id if profile else None,
        profile_sha256=profile.sha256 if profile else None,
        verdict=assessment.verdict.value,
        verdict_without=assessment.waivers.verdict_without.value if assessment.waivers else None,
        score=_interval(assessment.score),
        inputs=assessment.inputs,
        mapping=assessment.mapping,
        assumed_complete=tuple(assumed),
        rules=(*checks, *compounds),
        once_open=(),
        partial=assessment.partly_shown,
    )


def _interval(score: Score | None) -> Interval | None:
    return None if score is None else Interval(score.low.floor(_HUNDREDTHS), score.high.floor(_HUNDREDTHS))


def read_record(path: Path) -> tuple[Record, str]:
    """The record in a JSON report or baseline, and the SHA-256 of the file. Raises UsageError if it is neither."""
    shown = str(path)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        cause = error.strerror or error
        _refuse(shown, Text(f"this file cannot be read: {cause}", f"无法读取该文件：{cause}"))
    if len(data) > MAX_BYTES:
        _refuse(shown, Text("this file has more than 64 MiB", "该文件超过 64 MiB"))
    try:
        tree = json.loads(data.decode("utf-8-sig"))
        return _Reader(shown, tree).record(), sha256_of(data)
    except _WrongShape as wrong:
        _refuse(shown, Text(f'"{wrong}" is missing or of the wrong kind', f"“{wrong}”缺失或类型不符"))
    except RecursionError:
        _refuse(shown, Text("it is nested too deeply", "嵌套过深"))
    except ValueError as error:  # no UTF-8, no JSON, or a number of too many digits
        _refuse(shown, Text(f"it is not JSON: {error}", f"不是有效的 JSON：{error}"))


class _WrongShape(Exception):  # noqa: N818 - caught in this module, and told as a UsageError
    pass


class _Reader:
    """Takes from the tree of a report what a record holds; whatever is of the wrong kind is named by its path."""

    def __init__(self, file: str, tree: Any) -> None:
        self.file, self.tree = file, tree

    def record(self) -> Record:
        profile, mapping, waivers = (self.maybe(self.tree, key, dict) for key in ("profile", "mapping", "waivers"))
        assumptions = self.listed(self.tree, "assumptions")
        findings, compounds = self.listed(self.tree, "findings"), self.listed(self.tree, "compounds")
        checks = [self.state(each, "check", "outcome", "must_meet") for each in findings]
        return Record(
            file=self.file,
            project=self.maybe(self.get(self.tree, "project", dict), "id", str),
            as_of=self.day(),
            gate=self.get(self.tree, "gate", str),
            pack=self.get(self.get(self.tree, "pack", dict), "id", str),
            pack_sha256=self.get(self.get(self.tree, "pack", dict), "sha256", str),
            profile=self.get(profile, "id", str) if profile is not None else None,
            profile_sha256=self.get(profile, "sha256", str) if profile is not None else None,
            verdict=self.get(self.tree, "verdict", str),
            verdict_without=self.get(waivers, "verdict_without", str) if waivers is not None else None,
            score=self.score(),
            inputs=tuple(InputFile(*self.named(each)) for each in self.listed(self.tree, "inputs")),
            assumed_complete=tuple(
                self.checked(table, "tables", str)
                for each in assumptions
                if each.get("code") == _ASSUMED
                for table in self.get(each, "tables", list)
            ),
            rules=(*checks, *(self.state(each, "id", "state", "blocks_gate") for each in compounds)),
            mapping=InputFile(*self.named(mapping)) if mapping is not None else None,
            once_open=tuple(self.checked(each, "once_open", str) for each in self.once_open()),
            partial=any(each.get("code") == PARTLY_SHOWN for each in assumptions),
        )

    def once_open(self) -> list[Any]:
        """What an older baseline had open; reports do not say so."""
        return list(self.get(self.tree, "once_open", list)) if "once_open" in self.tree else []

    def state(self, entry: dict[str, Any], name: str, state: str, must_meet: str) -> RuleState:
        found = self.get(entry, state, str)
        if found not in _STATES:
            raise _WrongShape(state)
        title = self.get(entry, "title", dict)
        texts = Text(self.get(title, "en", str), self.get(title, "zh", str))
        return RuleState(self.get(entry, name, str), found, texts, self.get(entry, must_meet, bool))

    def score(self) -> Interval | None:
        score = self.maybe(self.tree, "score", dict)
        if score is None:
            return None
        low, high = (self.hundredths(score, end) for end in ("low", "high"))
        return Interval(low, high)

    def named(self, entry: dict[str, Any]) -> tuple[str, str]:
        return self.get(entry, "file", str), self.get(entry, "sha256", str)

    def hundredths(self, score: dict[str, Any], end: str) -> int:
        value = score.get(end)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 100:
            raise _WrongShape(f"score.{end}")
        return round(value * _HUNDREDTHS)

    def day(self) -> date:
        try:
            return date.fromisoformat(self.get(self.tree, "as_of", str))
        except ValueError:
            raise _WrongShape("as_of") from None

    # ------------------------------------------------------------ kinds

    def get(self, entry: Any, key: str, kind: type) -> Any:
        """What `key` holds, of that kind."""
        if not isinstance(entry, dict):
            raise _WrongShape(key)
        return self.checked(entry.get(key), key, kind)

    def maybe(self, entry: Any, key: str, kind: type) -> Any:
        """The same; None if it is null or not there."""
        if isinstance(entry, dict) and entry.get(key) is None:
            return None
        return self.get(entry, key, kind)

    def listed(self, entry: Any, key: str) -> list[dict[str, Any]]:
        """The objects in a list."""
        return [self.checked(each, key, dict) for each in self.get(entry, key, list)]

    def checked(self, value: Any, key: str, kind: type) -> Any:
        if not isinstance(value, kind):
            raise _WrongShape(key)
        return value


def _refuse(file: str, what: Text) -> NoReturn:
    message = Text(
        f"this is no JSON report and no baseline of riskcheck: {what.en}",
        f"该文件不是 riskcheck 的 JSON 报告或基线：{what.zh}",
    )
    cure = Text(
        "write one with: riskcheck baseline FACTS -o baseline.json, or riskcheck check FACTS -o report.json",
        "可用以下命令生成：riskcheck baseline 资料 -o baseline.json，或 riskcheck check 资料 -o report.json",
    )
    raise UsageError(Diagnostic("bad-record", message, Location(file), hints=(cure,)))
