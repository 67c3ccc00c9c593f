"""`--select` and `--ignore`: which findings are shown. All is judged all the same, and what is not shown counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fnmatch import fnmatchcase

from riskcheck.cli.values import listed
from riskcheck.errors import Diagnostic, UsageError, guess, nearest
from riskcheck.frozen import frozen, replace
from riskcheck.model.assessment import PARTLY_SHOWN, Assessment, Assumption
from riskcheck.model.finding import CompoundState, Outcome
from riskcheck.model.text import Text
from riskcheck.packs.rulepack import RulePack
from riskcheck.reports import phrases

_PATTERN = frozenset("*?[")


@frozen
class Selection:
    """What is shown: rules that a pattern of `select` fits, or all if there is none, but for those of `ignore`.

    A pattern is the id of a rule, the beginning of one up to a `-` or `.` (`EXE-RC` fits `EXE-RC-04.a`), or has `*`,
    `?` or `[…]` in it. Upper and lower case are alike.
    """

    select: tuple[str, ...]
    ignore: tuple[str, ...]

    def shows(self, rule: str) -> bool:
        """Whether findings of the rule are shown."""
        return (not self.select or _fits_any(rule, self.select)) and not _fits_any(rule, self.ignore)

    def options(self) -> str:
        """The options that say so."""
        parts = (("--select", self.select), ("--ignore", self.ignore))
        return " ".join(f"{name} {','.join(patterns)}" for name, patterns in parts if patterns)


def selection(select: Iterable[str], ignore: Iterable[str], pack: RulePack) -> Selection:
    """The selection of these options. Raises UsageError for a pattern that fits no rule of the pack."""
    chosen = Selection(listed(select), listed(ignore))
    rules = [check.id for check in pack.checks] + [compound.id for compound in pack.compounds]
    items = [item.id for item in pack.items]
    idle = [each for each in (*chosen.select, *chosen.ignore) if not any(_fits(rule, each) for rule in rules)]
    if idle:
        raise UsageError([_no_such_rule(each, pack, [*rules, *items]) for each in idle])
    return chosen


def shown(assessment: Assessment, chosen: Selection) -> Assessment:
    """The assessment with the chosen findings only, and a note of how many are not shown. Verdict and score stay."""
    findings = tuple(each for each in assessment.findings if chosen.shows(each.check))
    compounds = tuple(each for each in assessment.compounds if chosen.shows(each.id))
    left_out = [each for each in assessment.findings if not chosen.shows(each.check)]
    hidden = Counter(each.outcome for each in left_out)
    must_meet = sum(each.must_meet for each in left_out)
    fired = Counter(each.state for each in assessment.compounds if not chosen.shows(each.id))
    note = Assumption(PARTLY_SHOWN, _note(chosen, hidden, must_meet, fired), ())
    return replace(assessment, findings=findings, compounds=compounds, assumptions=(*assessment.assumptions, note))


def _note(chosen: Selection, hidden: Counter[Outcome], must_meet: int, fired: Counter[CompoundState]) -> Text:
    checks, compounds = sum(hidden.values()), sum(fired.values())
    outcomes = _counted((phrases.OUTCOME[each], hidden[each]) for each in Outcome)
    states = _counted((phrases.COMPOUND[each], fired[each]) for each in CompoundState)
    en = f"{checks} checks{outcomes.en}, {must_meet} of them must-meet, and {compounds} compound risks{states.en}"
    zh = f"检查 {checks} 项{outcomes.zh}，其中必须满足项 {must_meet} 项；复合风险 {compounds} 条{states.zh}"
    return Text(
        f"Judged in full, but shown only in part ({chosen.options()}). Not shown: {en}.",
        f"全部已判定，但只显示一部分（{chosen.options()}）。未显示：{zh}。",
    )


def _counted(counts: Iterable[tuple[Text, int]]) -> Text:
    """The counts in brackets, but for those of nothing."""
    found = [(word, count) for word, count in counts if count]
    if not found:
        return Text("", "")
    en = ", ".join(f"{count} {word.en}" for word, count in found)
    zh = "、".join(f"{word.zh} {count}" for word, count in found)
    return Text(f" ({en})", f"（{zh}）")


def _fits_any(rule: str, patterns: Iterable[str]) -> bool:
    return any(_fits(rule, pattern) for pattern in patterns)


def _fits(rule: str, pattern: str) -> bool:
    name, wanted = rule.casefold(), pattern.casefold()
    if _PATTERN.intersection(wanted):
        return fnmatchcase(name, wanted)
    return name == wanted or name.startswith((f"{wanted}.", f"{wanted}-"))


def _no_such_rule(pattern: str, pack: RulePack, known: list[str]) -> Diagnostic:
    hint = guess(nearest(pattern, known))
    message = Text(
        f'no rule of the pack "{pack.id}" fits "{pattern}"{hint.en}',
        f"规则包“{pack.id}”中没有与“{pattern}”相符的规则{hint.zh}",
    )
    cure = Text(
        "write an id (EXE-RC-04.a), the beginning of one (EXE-RC-04, EXE), or a pattern ('*-RC-*')",
        "请写规则编号（EXE-RC-04.a）、编号的开头（EXE-RC-04、EXE）或通配形式（'*-RC-*'）",
    )
    return Diagnostic("no-such-rule", message, hints=(cure,))
