"""A comparison of two assessments, for people: verdicts, why the score moved, and what became of findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from riskcheck.model.assessment import Verdict
from riskcheck.model.comparison import Change, ChangeKind, Comparison, Interval, Record
from riskcheck.model.finding import CompoundState, Outcome
from riskcheck.model.text import Text
from riskcheck.reports import Style, phrases
from riskcheck.reports.display import clean, pad, shorten, width, wrap
from riskcheck.reports.terminalpen import TerminalPen

KINDS = {
    ChangeKind.NEW: Text("new", "新增"),
    ChangeKind.RELAPSED: Text("relapsed", "复发"),
    ChangeKind.WORSE: Text("worse", "恶化"),
    ChangeKind.GONE_DARK: Text("gone dark", "变为未知"),
    ChangeKind.LASTING: Text("lasting", "持续"),
    ChangeKind.FIXED: Text("fixed", "已解决"),
    ChangeKind.NOT_JUDGED: Text("no longer judged", "不再判定"),
    ChangeKind.UNCHANGED: Text("unchanged", "无变化"),
}
_COLORS = {
    ChangeKind.NEW: "31",
    ChangeKind.RELAPSED: "31",
    ChangeKind.WORSE: "31",
    ChangeKind.GONE_DARK: "36",
    ChangeKind.FIXED: "32",
}
_STATES: dict[str, Text] = {
    **{each.value: text for each, text in phrases.OUTCOME.items()},
    **{each.value: text for each, text in phrases.COMPOUND.items()},
}
_VERDICTS = {each.value: text for each, text in phrases.VERDICT.items()}
assert len(_STATES) == len(Outcome) + len(CompoundState)
assert len(_VERDICTS) == len(Verdict)


_NO_VERDICT = Text("-", "-")


def render(comparison: Comparison, style: Style) -> bytes:
    """The comparison as UTF-8 text for `style.width` columns."""
    return ("\n".join(_Page(comparison, style).lines()) + "\n").encode("utf-8", "replace")


class _Page(TerminalPen):
    def __init__(self, comparison: Comparison, style: Style) -> None:
        super().__init__(style)
        self.seen = comparison

    def lines(self) -> Iterator[str]:
        old, new = self.seen.old, self.seen.new
        yield f" {self.t('Project ', '项目 ')}{clean(new.project or '-')}"
        yield from self.side(self.t("old", "旧"), old)
        yield from self.side(self.t("new", "新"), new)
        yield from self.score()
        yield from self.findings()

    def side(self, name: str, record: Record) -> Iterator[str]:
        """The file, and below it what came of it, on as many lines as that takes."""
        verdict = self.say(_VERDICTS.get(record.verdict, Text(record.verdict, record.verdict)))
        if record.verdict_without not in (None, record.verdict):
            without = self.say(_VERDICTS.get(record.verdict_without or "", _NO_VERDICT))
            verdict += self.t(f" ({without} without waivers)", f"（无豁免：{without}）")
        rules = f"{clean(record.pack)} ({clean(record.pack_sha256)[:12]})"
        if record.profile is not None:
            rules += f" {clean(record.profile)}"
        said = f"{verdict}  {self.interval(record.score)}  {record.as_of}  {clean(record.gate)}  {rules}"
        indent = width(name) + 3
        yield f" {name}  {shorten(clean(record.file), self.style.width - indent)}"
        for line in wrap(said, self.style.width - indent):
            yield " " * indent + line

    def interval(self, score: Interval | None) -> str:
        if score is None:
            return "-"
        low, high = _points(score.low), _points(score.high)
        return low if low == high else f"{low}{self.t(' to ', ' ~ ')}{high}"

    def score(self) -> Iterator[str]:
        change = self.seen.score
        yield ""
        if change is None:
            yield self.t("Score  cannot be compared: one of the two has none", "得分  无法比较：其中一次没有得分")
            return
        before, after = _points(change.before.low), _points(change.after.low)
        total = _signed(change.after.low - change.before.low)
        yield f"{self.t('Score', '得分')}  {before} → {after}  ({total}){self.t(', the low end', '，按下限')}"
        by_rules = self.t("by other rules, profile or gate", "因规则、裁剪方案或关口变化")
        by_data = self.t("by other facts", "因资料变化")
        if self.seen.old.as_of != self.seen.new.as_of:
            by_data = self.t("by other facts and the other day", "因资料及日期变化")
        columns = max(width(by_rules), width(by_data))
        yield f"  {pad(by_rules, columns)}  {_signed(change.rules)}"
        yield f"  {pad(by_data, columns)}  {_signed(change.data)}"
        if self.seen.old.verdict_without is not None or self.seen.new.verdict_without is not None:
            yield f"  {pad(self.t('by waivers (never)', '因豁免（从不影响）'), columns)}  ±0"

    def findings(self) -> Iterator[str]:
        listed = [each for each in self.seen.changes if each.kind is not ChangeKind.UNCHANGED]
        counts = Counter(each.kind for each in listed)
        told = [self.counted(kind, counts[kind]) for kind in ChangeKind if counts[kind]]
        yield ""
        detail = self.t(", ", "，").join(told) or self.t("nothing open, before or now", "前后均无未关闭项")
        yield f"{self.t('Findings', '发现项')}  {detail}"
        kinds = max((width(self.say(KINDS[each.kind])) for each in listed), default=0)
        rules = max((width(each.rule) for each in listed), default=0)
        for each in listed:
            yield from self.change(each, kinds, rules)

    def counted(self, kind: ChangeKind, count: int) -> str:
        return self.t(f"{count} {KINDS[kind].en}", f"{KINDS[kind].zh} {count}")

    def change(self, change: Change, kinds: int, rules: int) -> Iterator[str]:
        states = " → ".join(self.state(each) for each in (change.before, change.after))
        marks = [self.say(phrases.MUST_MEET)] if change.must_meet else []
        marks += [self.t("by the rules", "因规则变化")] if change.by_rules else []
        tail = f"  [{', '.join(marks)}]" if marks else ""
        label = self.colored(pad(self.say(KINDS[change.kind]), kinds), _COLORS.get(change.kind))
        head = f" {label}  {pad(clean(change.rule), rules)}  {states}{tail}"
        title = self.say(change.title)
        if kinds + rules + width(states) + width(tail) + width(title) + 7 <= self.style.width:
            yield f"{head}  {title}"
            return
        indent = kinds + 3
        yield head
        for line in wrap(title, self.style.width - indent):
            yield " " * indent + line

    def state(self, state: str | None) -> str:
        return self.t("not judged", "未判定") if state is None else self.say(_STATES[state])


def _points(hundredths: int) -> str:
    whole, part = divmod(hundredths, 100)
    return f"{whole}.{part:02d}".rstrip("0").rstrip(".")


def _signed(hundredths: int) -> str:
    sign = "-" if hundredths < 0 else "+" if hundredths else "±"
    return sign + _points(abs(hundredths))
