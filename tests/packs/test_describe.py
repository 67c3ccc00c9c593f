"""Rules as text: what `riskcheck rules list` and `show` print."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskcheck.errors import UsageError
from riskcheck.packs.describe import describe_rule, list_pack
from riskcheck.packs.load import load_pack
from riskcheck.packs.rulepack import RulePack


@pytest.fixture
def pack(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> RulePack:
    monkeypatch.chdir(tiny.parent)
    return load_pack("tiny", cache=False)


def test_a_rule_a_line(pack: RulePack) -> None:
    assert list_pack(pack, "en").splitlines() == [
        "PLN-1.a  G1  high      Open tasks have an owner [must-meet]",
        "PLN-1.b  G2  medium    The contract is signed",
        "CH-1     --  high      Nobody in charge [blocks the gate]",
        "CH-2     --  high      Standstill",
    ]


def test_at_a_gate_only_what_is_due(pack: RulePack) -> None:
    assert list_pack(pack, "zh", "G1") == "PLN-1.a  G1  高  未完成任务有负责人 [必须满足]"


def test_an_unknown_gate_is_told(pack: RulePack) -> None:
    with pytest.raises(UsageError, match='unknown gate "g1"; did you mean "G1"'):
        list_pack(pack, "en", "g1")


def test_all_about_a_check(pack: RulePack) -> None:
    assert describe_rule(pack, "PLN-1.a", "en") == (
        """PLN-1.a  Open tasks have an owner
item: PLN-1  Tasks are owned
phase: Planning
elements: People, Process
due at: Gate 1
owner: PMO
risk: likelihood 3 x impact 4 = 12 (high)
must-meet: yes

rows judged
    tasks.filter(task, task.status == "open")
measure
    rows.share(task, blank(task.owner))
passes if
    measure <= limit.unowned
warns if
    measure <= limit.unowned_warn
in plain words
    passes if: For at most 5 % of the tasks for which “Status” is “Open”: “Owner” is empty.
    warns if: The same share is at most 10 %.
    Where there are none, the check fails.
limits
    share without owner, at most (unowned) = 0.05 (5 %)  sourced (GAO)
    unowned_warn = 0.1 (10 %)  judgement
facts read
    tasks (Tasks): owner (Owner), status (Status)
evidence
    Open tasks without an owner
control
    Name an owner for each open task
origin: partly sourced
sources
    GAO  Schedule Assessment Guide, GAO-16-89G
    J  Judgement of the authors, this pack
file: tiny/plan/PLN-1.yaml:9:5"""
    )


def test_all_about_a_compound_rule_in_chinese(pack: RulePack) -> None:
    assert describe_rule(pack, "CH-1", "zh") == (
        """CH-1  无人负责
风险：可能性 4 x 影响 4 = 16（高）
阻断关口：是
依据：由来源推出

触发条件
    全部满足：
      任一满足：
        PLN-1.a  未完成任务有负责人
      PLN-1.b  合同已签署
后果
    工作停滞
控制措施
    召开职责澄清会
文件：tiny/compounds.yaml:2:5"""
    )


def test_all_about_an_item(pack: RulePack) -> None:
    assert describe_rule(pack, "PLN-1", "en").splitlines()[-2:] == [
        "    PLN-1.a  Open tasks have an owner",
        "    PLN-1.b  The contract is signed",
    ]


def test_an_unknown_rule_is_told(pack: RulePack) -> None:
    with pytest.raises(UsageError, match=r'no check, compound rule or item "PLN-1\.aa"; did you mean "PLN-1\.a"'):
        describe_rule(pack, "PLN-1.aa", "en")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_shipped_rule_can_be_described(language: str) -> None:
    pack = load_pack("deployment", cache=False)
    ids = [*pack.check_by_id, *pack.item_by_id, *(compound.id for compound in pack.compounds)]
    assert all(describe_rule(pack, rule, "zh" if language == "zh" else "en") for rule in ids)
