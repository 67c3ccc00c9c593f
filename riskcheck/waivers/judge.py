"""Whether a waiver is in force, by the first rule that says no."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from riskcheck.celltext import clean
from riskcheck.errors import guess, nearest
from riskcheck.frozen import frozen
from riskcheck.model.text import Text
from riskcheck.model.waiver import ROLES, Waiver, WaiverState, WaiverUse
from riskcheck.waivers.fingerprint import covers
from riskcheck.waivers.subject import CUSTOMER, Subject

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

MAX_DAYS: Final = 90
"""The longest that a waiver runs."""
SOON: Final = 30
"""A waiver with no more days than this is told to end soon."""

Ruling = tuple[WaiverState, Text]


@frozen
class Bench:
    """What waivers are judged by: the project, the gate and the pack's gates in order, the day, and what came out."""

    project: str
    gate: str
    gates: tuple[str, ...]
    as_of: date
    subjects: Mapping[str, Subject]
    known: tuple[str, ...]
    """The ids of all checks and compound rules of the pack."""


def judged(waivers: Sequence[Waiver], bench: Bench) -> tuple[WaiverUse, ...]:
    """Each waiver with its state, in their order. What is in force is not yet told to be relied on."""
    first = [_use(each, bench, _ruling(each, bench)) for each in waivers]
    return tuple(_with_second_approval(each, first, bench) for each in first)


def _use(waiver: Waiver, bench: Bench, ruling: Ruling | None) -> WaiverUse:
    state, why = ruling or (WaiverState.IN_FORCE, _IN_FORCE)
    subject = bench.subjects.get(waiver.check or "")
    days = (waiver.expires_on - bench.as_of).days if waiver.expires_on else 0
    return WaiverUse(waiver, state, why, state.holds and days <= SOON, subject.fingerprint if subject else None)


def _ruling(waiver: Waiver, bench: Bench) -> Ruling | None:
    """The first rule that keeps a waiver from being in force; None if none does."""
    return next((ruling for rule in _RULES if (ruling := rule(waiver, bench)) is not None), None)


def _of_project(waiver: Waiver, bench: Bench) -> Ruling | None:
    if waiver.project is None or waiver.project == bench.project:
        return None
    return WaiverState.UNUSED, Text(f"it is for project {waiver.project}", f"属于项目 {waiver.project}")


def _of_a_check(waiver: Waiver, bench: Bench) -> Ruling | None:
    if waiver.check is None:
        return WaiverState.REFUSED, Text("it names no check", "没有写明检查编号")
    if waiver.check in bench.subjects:
        return None
    if waiver.check in bench.known:
        return WaiverState.UNUSED, Text("the check is not judged here", "本次不判定该检查")
    meant = guess(nearest(waiver.check, bench.known))
    en, zh = f'there is no check "{waiver.check}"{meant.en}', f"没有检查“{waiver.check}”{meant.zh}"
    return WaiverState.REFUSED, Text(en, zh)


def _needed(waiver: Waiver, bench: Bench) -> Ruling | None:
    subject = bench.subjects[waiver.check or ""]
    if subject.open is None:
        return WaiverState.REFUSED, Text(
            "what is not known cannot be waived; supply the facts", "结果未知，不能豁免；请补充资料"
        )
    return None if subject.open else (WaiverState.UNUSED, Text("nothing fails here any more", "已无不符合，不再需要"))


def _complete(waiver: Waiver, bench: Bench) -> Ruling | None:
    lacking = [title for title, value in _wanted(waiver) if not value]
    if not lacking:
        return None
    subject = bench.subjects[waiver.check or ""]
    en, zh = ", ".join(each.en for each in lacking), "、".join(each.zh for each in lacking)
    now = Text("", "")
    if waiver.gate is None or waiver.fingerprint is None:
        print_now = subject.fingerprint or "-"
        now = Text(
            f"; for the facts of now the gate is {bench.gate}, the fingerprint {print_now}",
            f"；按当前资料，关口为 {bench.gate}，指纹为 {print_now}",
        )
    return WaiverState.REFUSED, Text(f"it does not say: {en}{now.en}", f"缺少：{zh}{now.zh}")


def _wanted(waiver: Waiver) -> Iterator[tuple[Text, object]]:
    yield Text("reason", "豁免理由"), waiver.reason
    yield Text("approver", "批准人"), waiver.approver
    yield Text("role of the approver", "批准人角色"), waiver.approver_role
    yield Text("day of approval", "批准日期"), waiver.granted_on
    yield Text("last day", "到期日期"), waiver.expires_on
    yield Text("gate", "关口"), waiver.gate
    yield Text("fingerprint", "资料指纹"), waiver.fingerprint


def _at_its_gate(waiver: Waiver, bench: Bench) -> Ruling | None:
    if waiver.gate == bench.gate:
        return None
    if waiver.gate not in bench.gates:
        return WaiverState.REFUSED, Text(f'there is no gate "{waiver.gate}"', f"没有关口“{waiver.gate}”")
    if bench.gates.index(waiver.gate) < bench.gates.index(bench.gate):
        return WaiverState.EXPIRED, Text(
            f"it was given at the gate {waiver.gate} and ended with it", f"该豁免用于关口 {waiver.gate}，过关即失效"
        )
    return WaiverState.NOT_YET, Text(f"it is for the gate {waiver.gate}", f"该豁免用于关口 {waiver.gate}")


def _in_its_days(waiver: Waiver, bench: Bench) -> Ruling | None:
    first, last = waiver.granted_on, waiver.expires_on
    if first is None or last is None:
        return None
    if last < first:
        return WaiverState.REFUSED, Text("it ends before it begins", "到期日期早于批准日期")
    if (last - first).days > MAX_DAYS:
        return WaiverState.REFUSED, Text(
            f"it runs {(last - first).days} days; {MAX_DAYS} are the most",
            f"期限 {(last - first).days} 天，最长 {MAX_DAYS} 天",
        )
    if bench.as_of < first:
        return WaiverState.NOT_YET, Text(f"it begins on {first}", f"自 {first} 起生效")
    if bench.as_of > last:
        return WaiverState.EXPIRED, Text(f"its last day was {last}", f"已于 {last} 到期")
    return None


def _by_rank(waiver: Waiver, bench: Bench) -> Ruling | None:
    subject = bench.subjects[waiver.check or ""]
    roles = (*subject.roles, *((CUSTOMER,) if subject.by_customer else ()))
    if waiver.approver_role in roles:
        return None
    en = ", ".join(ROLES[each].en for each in roles)
    zh = "、".join(ROLES[each].zh for each in roles)
    return WaiverState.REFUSED, Text(f"this role may not waive it; that may: {en}", f"该角色无权豁免此项；有权者：{zh}")


def _by_another(waiver: Waiver, _: Bench) -> Ruling | None:
    same = waiver.owner is not None and _person(waiver.owner) == _person(waiver.approver)
    return (WaiverState.REFUSED, Text("its owner may not approve it", "负责人不能自己批准")) if same else None


def _person(name: str | None) -> str:
    """What tells people apart: letters and digits of their names, not blanks, dots or capitals."""
    return "".join(char for char in clean(name or "").casefold() if char.isalnum())


def _of_these_facts(waiver: Waiver, bench: Bench) -> Ruling | None:
    now = bench.subjects[waiver.check or ""].fingerprint
    if waiver.fingerprint is not None and now is not None and covers(waiver.fingerprint, now):
        return None
    return WaiverState.LAPSED, Text(
        f"what it was given for has changed since; the fingerprint is now {now}",
        f"所豁免的内容已变化；当前指纹为 {now}",
    )


_RULES: Final[tuple[Callable[[Waiver, Bench], Ruling | None], ...]] = (
    _of_project,
    _of_a_check,
    _needed,
    _complete,
    _at_its_gate,
    _in_its_days,
    _by_rank,
    _by_another,
    _of_these_facts,
)


def _with_second_approval(use: WaiverUse, all_uses: Sequence[WaiverUse], bench: Bench) -> WaiverUse:
    """An acceptance check is waived by two people: one of the rank, and the customer's acceptor."""
    subject = bench.subjects.get(use.waiver.check or "")
    if use.state is not WaiverState.IN_FORCE or subject is None or not subject.by_customer:
        return use
    roles = {
        each.waiver.approver_role
        for each in all_uses
        if each.state is WaiverState.IN_FORCE
        and each.waiver.check == use.waiver.check
        and _person(each.waiver.approver) != _person(use.waiver.approver)
    }
    wanted = subject.roles if use.waiver.approver_role == CUSTOMER else (CUSTOMER,)
    if not roles.isdisjoint(wanted):
        return use
    en, zh = (" or ".join(ROLES[each].en for each in wanted), "或".join(ROLES[each].zh for each in wanted))
    why = Text(f"it needs a second waiver, by somebody else: {en}", f"还需由另一人批准一份豁免：{zh}")
    return WaiverUse(use.waiver, WaiverState.PENDING, why, False, use.fingerprint)


_IN_FORCE: Final = Text("the verdict does not rest on it", "结论不依赖该豁免")
