"""What a profile changed, in words: the same for every report that people read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from riskcheck.frozen import frozen, replace
from riskcheck.model.number import floor_text
from riskcheck.model.profile import AgedTable, ChangedLimit, DroppedRule, DroppedTable, FloorUse, ProfileUse
from riskcheck.model.text import Text
from riskcheck.reports.phrases import ORIGIN


@frozen
class Change:
    """One thing that a profile changes. `kind` says what it is about, `what` what is changed, `why` the reason."""

    kind: Text
    what: Text
    why: Text | None = None


def headline(use: ProfileUse) -> Text:
    """A line that says which profile it is and how much it changes."""
    counts = (
        (len(use.limits), "limit changed", "limits changed", "项限值变更"),
        (len(use.weights), "weight multiplied", "weights multiplied", "项权重调整"),
        (len(use.tables), "table dropped", "tables dropped", "张表剔除"),
        (len(use.checks), "check dropped", "checks dropped", "项检查剔除"),
        (len(use.complete), "table declared complete", "tables declared complete", "张表声明完整"),
        (len(use.ages), "table that ages", "tables that age", "张表设有时效"),
        (int(use.floor is not None), "demand on evidence", "", "项证据要求"),
    )
    said = [(f"{count} {one if count == 1 else many}", f"{count} {zh}") for count, one, many, zh in counts if count]
    en = ", ".join(each for each, _ in said) or "nothing changed"
    zh = "，".join(each for _, each in said) or "无变更"
    return Text(f"{use.id} {use.title.en}: {en}", f"{use.id} {use.title.zh}：{zh}")


def changes(use: ProfileUse) -> Iterator[Change]:
    """All that the profile changes, in the order of its keys; what is dropped for one reason in one entry."""
    for limit in use.limits:
        yield Change(_LIMIT, _limit(limit), limit.reason)
    for each in use.weights:
        times = floor_text(each.multiplier)
        yield Change(_WEIGHT, Text(f"{each.id} {each.title.en}: × {times}", f"{each.id} {each.title.zh}：× {times}"))
    yield from _dropped_tables(use.tables)
    yield from _dropped_checks(use.checks)
    if use.compounds:
        names = ", ".join(use.compounds)
        yield Change(_COMPOUND, Text(names, names), _CANNOT_FIRE)
    for closed in use.complete:
        why = _KEPT_OPEN if closed.kept_open else None
        yield Change(_COMPLETE, Text(f"{closed.name} {closed.title.en}", f"{closed.name} {closed.title.zh}"), why)
    for aged in use.ages:
        yield Change(_AGE, *_age(aged))
    if use.floor is not None:
        yield Change(_FLOOR, _floor(use.floor))
    for source in use.sources:
        yield Change(_SOURCE, Text(f"{source.id} {source.title.en}", f"{source.id} {source.title.zh}"), source.where)


def changes_of(use: ProfileUse, rule: str, item: str) -> Iterator[Change]:
    """What the profile changes about one check, compound rule or item; `item` is that of a check."""
    yield from changes(
        replace(
            use,
            limits=tuple(each for each in use.limits if each.check == rule),
            weights=tuple(each for each in use.weights if each.id in (rule, item)),
            tables=(),
            checks=tuple(each for each in use.checks if each.id == rule),
            compounds=tuple(each for each in use.compounds if each == rule),
            complete=(),
            ages=(),
            floor=None,
            sources=(),
        )
    )


def _limit(each: ChangedLimit) -> Text:
    origin, named = ORIGIN[each.origin], f" {', '.join(each.sources)}" if each.sources else ""
    return Text(
        f"{each.check} {each.title.en}: {each.pack_shown.en} → {each.shown.en} ({origin.en}{named})",
        f"{each.check} {each.title.zh}：{each.pack_shown.zh} → {each.shown.zh}（{origin.zh}{named}）",
    )


def _dropped_tables(tables: Iterable[DroppedTable]) -> Iterator[Change]:
    """The tables by reason."""
    alike: dict[Text, list[DroppedTable]] = {}
    for table in tables:
        alike.setdefault(table.reason, []).append(table)
    for reason, found in alike.items():
        en = ", ".join(f"{table.name} ({table.title.en})" for table in found)
        zh = "、".join(f"{table.name}（{table.title.zh}）" for table in found)
        yield Change(_TABLES, Text(en, zh), reason)


def _dropped_checks(checks: Iterable[DroppedRule]) -> Iterator[Change]:
    """The checks by reason, and by whether they are named themselves or read a dropped table."""
    alike: dict[tuple[Text, bool], list[DroppedRule]] = {}
    for check in checks:
        alike.setdefault((check.reason, bool(check.tables)), []).append(check)
    for (reason, by_table), found in alike.items():
        names = ", ".join(check.id for check in found)
        kind = _CHECKS_OF_TABLES if by_table else _CHECKS
        yield Change(kind, Text(names, names), reason)


def _age(each: AgedTable) -> tuple[Text, Text | None]:
    what = Text(
        f"{each.name} {each.title.en}: at most {each.most} days old",
        f"{each.name} {each.title.zh}：不超过 {each.most} 天",
    )
    if each.too_old is None:
        return what, None
    if each.as_of is None:
        return what, _NO_DAY
    days = each.days or 0
    if days < 0:
        return what, Text(
            f"of {each.as_of}, after the review; taken as unknown", f"截至 {each.as_of}，晚于评审日期，按未知处理"
        )
    known = Text(f"of {each.as_of}, {days} days old", f"截至 {each.as_of}，已有 {days} 天")
    return what, Text(f"{known.en}; taken as unknown", f"{known.zh}，按未知处理") if each.too_old else known


def _floor(floor: FloorUse) -> Text:
    grade = floor_text(floor.grade)
    text = Text(
        f"must-meet checks need evidence of grade {grade} from gate {floor.gate} on",
        f"自关口 {floor.gate} 起，必须满足项的证据等级不得低于 {grade}",
    )
    return text if floor.applies else Text(f"{text.en} (not at this gate)", f"{text.zh}（本关口不适用）")


_LIMIT = Text("Limit changed", "限值变更")
_WEIGHT = Text("Weight multiplied", "权重调整")
_TABLES = Text("Tables dropped", "剔除的表")
_CHECKS = Text("Checks dropped", "剔除的检查")
_CHECKS_OF_TABLES = Text("Checks dropped with tables", "随表剔除的检查")
_COMPOUND = Text("Compound risks dropped", "剔除的复合风险")
_COMPLETE = Text("Table declared complete", "声明完整的表")
_AGE = Text("Age of facts", "资料时效")
_FLOOR = Text("Evidence", "证据要求")
_SOURCE = Text("Source", "来源")
_CANNOT_FIRE = Text("a check that they need is dropped", "其所需的检查已剔除")
_KEPT_OPEN = Text(
    "stays open: the facts say that it is not complete, or rows of it may not have been read",
    "仍按不完整处理：资料中声明其不完整，或其中可能有未读取的行",
)
_NO_DAY = Text(
    "of no known day, neither in table_status nor in evidence; taken as unknown",
    "table_status 和证据中均无日期，按未知处理",
)
