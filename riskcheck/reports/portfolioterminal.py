"""The portfolio for people at a terminal: how many stand how, the worst projects, where they fail, whom they share."""

from __future__ import annotations

from collections.abc import Iterator

from riskcheck.model.finding import Outcome
from riskcheck.model.portfolio import WORST_FIRST, Portfolio, ProjectResult
from riskcheck.reports import Style, phrases
from riskcheck.reports.display import clean, pad, shorten, width, wrap
from riskcheck.reports.findingtext import interval_text
from riskcheck.reports.portfoliowords import LEGEND, OVER, SAME_PERSON, SIGNS, first_reason, rules, total
from riskcheck.reports.terminal import COLORS
from riskcheck.reports.terminalpen import TerminalPen

MOST_PROJECTS = 40
"""So many projects are listed here; the other reports have them all."""
MOST_ITEMS = 25
MOST_SHARED = 15
MOST_NOTES = 15
_LABEL = 12
_BAD = (Outcome.FAIL, Outcome.ERROR, Outcome.UNKNOWN, Outcome.WARN)


def render(portfolio: Portfolio, style: Style) -> bytes:
    """The report as UTF-8 text for `style.width` columns, with ANSI colours if `style.color`."""
    lines = _Terminal(portfolio, style).lines()
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


class _Terminal(TerminalPen):
    def __init__(self, portfolio: Portfolio, style: Style) -> None:
        super().__init__(style)
        self.seen = portfolio

    def lines(self) -> Iterator[str]:
        yield from self.head()
        yield from self.not_judged()
        yield from self.projects()
        yield from self.heat_map()
        yield from self.shared()
        yield from self.notes()

    # ------------------------------------------------------------ pieces

    def paint(self, text: str, key: object) -> str:
        return self.colored(text, COLORS.get(key))

    def heading(self, title: str, detail: str = "") -> Iterator[str]:
        yield ""
        yield self.bold(title)
        if detail:
            yield from self.indented(detail, 1)

    def more(self, count: int, shown: int) -> Iterator[str]:
        if count > shown:
            left = count - shown
            yield " " + self.t(f"… and {left} more, in the other reports", f"……另有 {left} 个，见其他格式的报告")

    # ------------------------------------------------------------ sections

    def head(self) -> Iterator[str]:
        seen = self.seen
        count = len(seen.projects)
        yield self.t(f"{count} project{'s' * (count != 1)} judged", f"共判定 {count} 个项目")
        for verdict in WORST_FIRST:
            word = pad(self.say(phrases.VERDICT[verdict]), 14)
            yield f" {seen.count(verdict):>6}  {self.paint(f' {word}', verdict)}"
        if seen.not_judged:
            yield f" {len(seen.not_judged):>6}   {self.t('not judged', '未能判定')}"
        yield from self.indented(self.say(rules(seen)), 1)

    def not_judged(self) -> Iterator[str]:
        if not self.seen.not_judged:
            return
        yield from self.heading(self.t("Not judged", "未能判定"))
        for each in self.seen.not_judged[:MOST_NOTES]:
            name = " ".join(part for part in (each.project_id, each.source) if part)
            yield " " + self.paint("!", Outcome.FAIL) + " " + shorten(clean(name), self.style.width - 3)
            for text in each.why[:2]:
                yield from self.indented(self.say(text), 3)
        yield from self.more(len(self.seen.not_judged), MOST_NOTES)

    def projects(self) -> Iterator[str]:
        if not self.seen.projects:
            return
        yield from self.heading(self.t("Projects, the worst first", "各项目（由差到好）"))
        for number, project in enumerate(self.seen.projects[:MOST_PROJECTS], 1):
            yield from self.project(number, project)
        yield from self.more(len(self.seen.projects), MOST_PROJECTS)

    def project(self, number: int, project: ProjectResult) -> Iterator[str]:
        verdict = self.paint(f" {self.say(phrases.VERDICT[project.verdict])} ", project.verdict)
        gap = " " * (14 - width(self.say(phrases.VERDICT[project.verdict])))
        named = " ".join(clean(part) for part in (project.project_id, project.project_name) if part)
        room = self.style.width - 38 - len(project.gate)
        score = self.score(project)
        name = pad(shorten(named or clean(project.source), room), room)
        yield f"{number:>4} {verdict}{gap}{name} {project.gate}  {score}"
        yield from self.indented(self.say(first_reason(project)), 5)

    def score(self, project: ProjectResult) -> str:
        return "-" if project.score is None else self.say(interval_text(project.score))

    def heat_map(self) -> Iterator[str]:
        """Items down, projects across by their number above: as many as fit, the worst ones."""
        seen = self.seen
        items = [each for each in seen.items_worst_first if any(seen.count_in(each.id, bad) for bad in _BAD)]
        if not items:
            return
        shown = seen.projects[: max(1, self.style.width - _LABEL - 2)]
        yield from self.heading(self.t("Where they fail", "问题分布"), self.say(LEGEND))
        numbers = [str(number) for number in range(1, len(shown) + 1)]
        digits = max(map(len, numbers))
        for line in range(digits):
            yield " " * (_LABEL + 1) + "".join(each.rjust(digits)[line] for each in numbers)
        for item in items[:MOST_ITEMS]:
            found = [project.of_item(item.id) for project in shown]
            signs = "".join(" " if each is None else self.paint(SIGNS[each], each) for each in found)
            yield f" {pad(shorten(item.id, _LABEL - 1), _LABEL)}{signs}"
        yield from self.more(len(items), MOST_ITEMS)

    def shared(self) -> Iterator[str]:
        shared = self.seen.shared
        if not shared:
            return
        beyond = [each for each in shared if each.over is not Outcome.PASS]
        count, over = len(shared), len(beyond)
        detail = self.t(
            f"{count} in several projects, {over} over the limit or perhaps",
            f"{count} 人跨项目，其中 {over} 人超限或可能超限",
        )
        yield from self.heading(self.t("Shared people", "共用人员"), detail)
        for each in beyond[:MOST_SHARED]:
            projects = ", ".join(f"{name} {load}" for name, load in each.projects)
            line = self.t(
                f"{each.who}: {self.say(total(each))} at one time, limit {each.limit} ({each.check}): {projects}",
                f"{each.who}：同一时间合计 {self.say(total(each))}，限值 {each.limit}（{each.check}）：{projects}",
            )
            first, *rest = wrap(clean(line), self.style.width - 15)
            yield f" {self.paint(pad(self.say(OVER[each.over]), 13), each.over)} {first}"
            for other in rest:
                yield " " * 15 + other
        yield from self.more(over, MOST_SHARED)
        yield from self.indented(self.say(SAME_PERSON), 1)

    def notes(self) -> Iterator[str]:
        if not self.seen.notes:
            return
        yield from self.heading(self.t("About the files", "关于文件"))
        for note in sorted(self.seen.notes, key=lambda each: not each.is_error)[:MOST_NOTES]:
            first, *rest = wrap(self.say(note.text), self.style.width - 3)
            yield f" {'!' if note.is_error else '-'} {first}"
            for line in rest:
                yield "   " + line
        yield from self.more(len(self.seen.notes), MOST_NOTES)
