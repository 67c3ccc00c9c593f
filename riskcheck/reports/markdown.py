"""The report as Markdown: a comment on a pull request, or the summary of a job.

It stays below what a comment may hold; what is left out for that is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from riskcheck.model.assessment import Assessment, Score, Verdict
from riskcheck.model.finding import OUTCOMES_WORST_FIRST, CompoundState, Finding
from riskcheck.model.number import floor_text
from riskcheck.model.text import Text
from riskcheck.reports import Style, phrases
from riskcheck.reports.display import shorten
from riskcheck.reports.findinglines import details, marks, place, why
from riskcheck.reports.markdowntext import escaped, table
from riskcheck.reports.nextfacts import facts_to_supply
from riskcheck.reports.sincebaseline import since_baseline
from riskcheck.reports.waived import is_waived, waiver_lines

MAX_CHARACTERS = 60_000
"""A comment on GitHub holds 65,536 characters; GitLab and job summaries hold more."""
MAX_REASONS = 10
MAX_ROWS = 50
"""How many findings the table lists."""
MAX_NAME = 200
"""How many columns of a project's id or name are shown."""
MAX_FACTS = 10
"""How many facts to fill in next are listed."""
MARK = "<!-- riskcheck -->"
"""The first line, by which a script finds the comment of an earlier run."""

_SIGNS = {Verdict.PASS: "✅", Verdict.CONDITIONAL: "🟡", Verdict.FAIL: "❌", Verdict.CANNOT_JUDGE: "❔"}


def render(assessment: Assessment, style: Style) -> bytes:
    """The assessment as GitHub-flavoured Markdown, UTF-8, at most `MAX_CHARACTERS` long."""
    return _Page(assessment, style).text().encode("utf-8", "replace")


class _Page:
    def __init__(self, assessment: Assessment, style: Style) -> None:
        self.seen, self.language = assessment, style.language
        self.opened = [each for each in assessment.findings if each.is_open]

    def t(self, en: str, zh: str) -> str:
        return zh if self.language == "zh" else en

    def say(self, text: Text) -> str:
        return escaped(text.of(self.language))

    def text(self) -> str:
        """Everything but the details of findings always, and as many of those as there is room for."""
        above = [*self.head(), *self.why(), *self.findings()]
        below = [*self.compounds(), *self.next_facts(), *self.parts(), *self.foot()]
        room = MAX_CHARACTERS - sum(len(line) + 1 for line in (*above, *below)) - 200
        shown: list[str] = []
        count = 0
        for block in map(self.unfolded, self.opened):
            room -= len(block) + 1
            if room < 0:
                break
            shown.append(block)
            count += 1
        left = len(self.opened) - count
        if left:
            shown.append(
                self.t(f"… and the details of {left} more findings.", f"……另有 {left} 项的详情未列出。") + "\n"
            )
        return "\n".join((*above, *shown, *below)) + "\n"

    # ------------------------------------------------------------ sections

    def head(self) -> Iterator[str]:
        seen = self.seen
        state = self.say(phrases.GATE_STATE[seen.verdict.opens])
        gate = f"{escaped(seen.gate)} {self.say(seen.gate_title)}"
        verdict = self.say(phrases.VERDICT[seen.verdict])
        yield MARK
        yield f"## {_SIGNS[seen.verdict]} {verdict}{self.t(' — ', '　')}{gate}{self.t(': ', '：')}{state}"
        yield ""
        named = [escaped(shorten(part, MAX_NAME)) for part in (seen.project_id, seen.project_name) if part]
        project = " ".join(named) or self.t("(not named)", "（未命名）")
        yield f"**{project}**{self.t(f', as of {seen.as_of}', f'，评审日期 {seen.as_of}')}"
        yield ""
        yield f"**{self.t('Score', '得分')}** {self.score(seen.score)}"
        for assumption in seen.assumptions:
            yield ""
            yield f"> ⚠️ {self.say(assumption.text)}"
        yield from self.waivers()
        yield ""

    def waivers(self) -> Iterator[str]:
        """The verdict without waivers, and what became of each."""
        account = self.seen.waivers
        if account is None:
            return
        from riskcheck.reports import waiverwords as words

        yield ""
        yield f"> ⚠️ {self.say(words.without(account))}"
        for use in account.uses[:MAX_REASONS]:
            name, state = escaped(use.waiver.check or "?"), self.say(words.STATE[use.state])
            colon, comma = self.t(": ", "："), self.t("; ", "；")
            yield f"> - {name} {state}{colon}{self.say(words.why(use))}{comma}{self.say(words.approval(use))}"
        rest = len(account.uses) - MAX_REASONS
        if rest > 0:
            yield self.t(f"> - … and {rest} more", f"> - ……另有 {rest} 项")

    def score(self, score: Score | None) -> str:
        if score is None:
            return "-"
        low, high, judged = floor_text(score.low), floor_text(score.high), floor_text(score.coverage, 100)
        interval = low if low == high else f"{low}{self.t(' to ', ' ~ ')}{high}"
        return self.t(f"{interval} of 100, {judged} % judged", f"{interval}（满分 100），已判定 {judged}%")

    def why(self) -> Iterator[str]:
        yield f"### {self.t('Why', '理由')}"
        yield ""
        for reason in self.seen.reasons[:MAX_REASONS]:
            about = f" ({escaped(reason.check)})" if reason.check else ""
            yield f"- {self.say(reason.text)}{about}"
        yield from self.more(len(self.seen.reasons) - MAX_REASONS)
        yield ""

    def findings(self) -> Iterator[str]:
        counts = Counter(finding.outcome for finding in self.seen.findings)
        listed = [f"{counts[each]} {self.say(phrases.OUTCOME[each])}" for each in OUTCOMES_WORST_FIRST if counts[each]]
        yield f"### {self.t('Findings', '发现项')}{self.t(': ', '：')}{self.t(', ', '，').join(listed)}"
        yield ""
        if not self.opened:
            return
        header = [self.t("Outcome", "结果"), self.t("Check", "检查"), self.t("What", "内容")]
        header += [self.t("Risk", "风险"), self.t("First cell", "首个单元格")]
        yield from table(header, [self.row(each) for each in self.opened[:MAX_ROWS]])
        yield ""
        if len(self.opened) > MAX_ROWS:
            yield from self.more(len(self.opened) - MAX_ROWS)
            yield ""

    def row(self, finding: Finding) -> list[str]:
        first = next((each for each in finding.cells if each.location is not None), None)
        where = escaped(place(first, self.language)) if first else ""
        outcome = self.say(phrases.OUTCOME[finding.outcome])
        if is_waived(self.seen, finding.check):
            outcome += self.t(", waived", "，已豁免")
        marked = marks(self.seen, finding, self.language)
        return [outcome, escaped(finding.check), self.say(finding.title), marked, where]

    def unfolded(self, finding: Finding) -> str:
        """A finding to unfold: its reasons, cells, what to supply and what to do."""
        outcome = self.say(phrases.OUTCOME[finding.outcome])
        head = f"{outcome} <b>{escaped(finding.check)}</b> {self.say(finding.title)}"
        lines = [why(finding, self.language), *details(finding, self.language)]
        lines += waiver_lines(self.seen, finding.check, self.language)
        body = "\n".join(f"- {escaped(line)}" for line in lines if line)
        return f"<details><summary>{head}</summary>\n\n{body}\n\n</details>\n"

    def compounds(self) -> Iterator[str]:
        live = [each for each in self.seen.compounds if each.state is not CompoundState.CLEAR]
        if not live:
            return
        yield f"### {self.t('Compound risks', '复合风险')}"
        yield ""
        for each in live:
            state = self.say(phrases.COMPOUND[each.state])
            blocks = f" [{self.say(phrases.BLOCKS_GATE)}]" if each.blocks_gate else ""
            since = since_baseline(self.seen, each.id)
            blocks += f" [{self.say(since)}]" if since else ""
            failing = escaped(", ".join(each.failing))
            told = self.t(": ", "：").join((f"{self.say(each.title)}{blocks}", self.say(each.consequence)))
            yield f"- {state} **{escaped(each.id)}** {told} ({failing})"
        yield ""

    def next_facts(self) -> Iterator[str]:
        wanted = facts_to_supply(self.seen)
        if not wanted:
            return
        yield f"### {self.t('Fill in next', '下一步请补充')}"
        yield ""
        for each in wanted[:MAX_FACTS]:
            name = self.say(each.title)
            if each.table != each.title:
                name = f"{self.say(each.table)} · {name}"
            where = f" ({escaped(', '.join(each.locations))})" if each.locations else ""
            yield f"- {name}{self.t(': ', '：')}{self.say(phrases.NEED[each.need])}{where}"
        yield from self.more(len(wanted) - MAX_FACTS)
        yield ""

    def parts(self) -> Iterator[str]:
        header = [self.t("Part", "部分"), self.t("Score", "得分")]
        rows = [[self.say(each.title), self.score(each.score)] for each in (*self.seen.phases, *self.seen.elements)]
        title = self.t("Scores by phase and element", "各阶段与要素得分")
        yield f"<details><summary>{title}</summary>"
        yield ""
        yield from table(header, rows)
        yield ""
        yield "</details>"
        yield ""

    def foot(self) -> Iterator[str]:
        seen = self.seen
        rules = f"{escaped(seen.pack.id)} {escaped(seen.pack.version)} ({seen.pack.sha256[:12]})"
        said = [f"riskcheck {escaped(seen.tool_version)}", f"{self.t('rules', '规则包')} {rules}"]
        if seen.profile is not None:
            said.append(f"{self.t('profile', '裁剪方案')} {escaped(seen.profile.id)} ({seen.profile.sha256[:12]})")
        said += [f"{self.t('facts', '资料')} {escaped(each.file)} ({each.sha256[:12]})" for each in seen.inputs]
        if seen.mapping is not None:
            said.append(f"{self.t('mapping', '映射')} {escaped(seen.mapping.file)} ({seen.mapping.sha256[:12]})")
        if seen.input_problems:
            count = len(seen.input_problems)
            said.append(self.t(f"input problems: {count}", f"资料问题 {count} 处"))
        yield f"<sub>{self.t(', ', '，').join(said)}</sub>"

    def more(self, count: int) -> Iterator[str]:
        if count > 0:
            yield self.t(f"- … and {count} more", f"- ……另有 {count} 项")
