"""The report for people at a terminal: verdict first, then why, what was found, and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from riskcheck.model.assessment import Assessment, Confidence, Score, Verdict
from riskcheck.model.factset import InputProblem
from riskcheck.model.finding import CompoundFinding, CompoundState, Evidence, Finding, Missing, Outcome
from riskcheck.model.number import floor_text
from riskcheck.model.text import Text
from riskcheck.reports import Style, phrases
from riskcheck.reports.display import clean, pad, shorten, width, wrap
from riskcheck.reports.findinglines import marks, place, to_do
from riskcheck.reports.findingtext import and_more, limits_text, reasons, unlisted_needs
from riskcheck.reports.nextfacts import MAX_PLACES, facts_to_supply
from riskcheck.reports.terminalpen import TerminalPen

MAX_CELLS = 4
"""How many deciding cells a finding shows here; the JSON and Excel reports have up to twenty."""
OVERVIEW_ABOVE = 10
"""With more open findings than this, a line for each stands above their details."""

MAX_NEEDS = 3
"""How many of the things to supply an unknown finding names here."""
MAX_FACTS = 10
"""How many facts to fill in next are listed here."""
MAX_PROBLEMS = 15
"""How many input problems are listed here."""
_WORST_FIRST = ("error", "warning", "note")

COLORS: dict[object, str] = {
    Verdict.PASS: "1;30;42",
    Verdict.CONDITIONAL: "1;30;43",
    Verdict.FAIL: "1;37;41",
    Verdict.CANNOT_JUDGE: "1;37;100",
    Outcome.FAIL: "31",
    Outcome.ERROR: "31",
    Outcome.UNKNOWN: "36",
    Outcome.WARN: "33",
    Outcome.PASS: "32",
    Outcome.NOT_APPLICABLE: "90",
    CompoundState.FIRED: "31",
    CompoundState.POSSIBLE: "36",
}


def render(assessment: Assessment, style: Style) -> bytes:
    """The report as UTF-8 text for `style.width` columns, with ANSI colours if `style.color`."""
    lines = _Terminal(assessment, style).lines()
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


class _Terminal(TerminalPen):
    def __init__(self, assessment: Assessment, style: Style) -> None:
        super().__init__(style)
        self.assessment = assessment

    def lines(self) -> Iterator[str]:
        yield from self.head()
        yield from self.undeclared()
        yield from self.why()
        yield from self.scores()
        yield from self.open_findings()
        yield from self.compounds()
        yield from self.next_facts()
        yield from self.waivers()
        yield from self.actions()
        yield from self.problems()
        yield from self.profile()

    # ------------------------------------------------------------ pieces

    def paint(self, text: str, key: object) -> str:
        return self.colored(text, COLORS.get(key))

    def heading(self, title: str, detail: str = "") -> Iterator[str]:
        yield ""
        yield self.bold(title) + (f"  {detail}" if detail else "")

    # ------------------------------------------------------------ sections

    def head(self) -> Iterator[str]:
        seen = self.assessment
        verdict = self.say(phrases.VERDICT[seen.verdict])
        colon = self.t(": ", "：")
        gate = f"{seen.gate} {self.say(seen.gate_title)}{colon}{self.say(phrases.GATE_STATE[seen.verdict.opens])}"
        gate = shorten(clean(gate), self.style.width - width(verdict) - 4)
        yield f"{self.paint(f' {verdict} ', seen.verdict)}  {gate}"
        named = [clean(part) for part in (seen.project_id, seen.project_name) if part]
        yield from self.indented(
            self.t("Project ", "项目 ") + (" ".join(named) or self.t("(not named)", "（未命名）")), 1
        )
        pack = f"{seen.pack.id} {seen.pack.version} ({seen.pack.sha256[:12]})"
        yield from self.indented(
            self.t(f"As of {seen.as_of}, rules {pack}", f"评审日期 {seen.as_of}，规则包 {pack}"), 1
        )
        if seen.profile is not None:
            from riskcheck.reports.profileuse import headline

            said = f"{self.say(headline(seen.profile))} ({seen.profile.sha256[:12]})"
            yield from self.indented(self.t("Profile ", "裁剪方案 ") + said, 1)
        for each in seen.inputs:
            by = self.t(f", read with {each.reader}", f"，由 {each.reader} 读取") if each.reader else ""
            yield from self.indented(self.t("Facts ", "资料 ") + f"{clean(each.file)} ({each.sha256[:12]}){by}", 1)
        if seen.mapping is not None:
            mapping = f"{clean(seen.mapping.file)} ({seen.mapping.sha256[:12]})"
            yield from self.indented(self.t("Mapping ", "映射 ") + mapping, 1)
        for assumption in seen.assumptions:
            yield from self.indented("! " + self.say(assumption.text), 1, 2)
        if seen.waivers is not None:
            from riskcheck.reports.waiverwords import without

            yield from self.indented("! " + self.say(without(seen.waivers)), 1, 2)

    def undeclared(self) -> Iterator[str]:
        tables = self.assessment.undeclared
        if not tables:
            return
        yield ""
        names = self.t(", ", "、").join(self.say(each.title) for each in tables)
        yield from self.indented(
            self.t(
                f"The one thing that keeps this from being judged: not declared complete are the tables {names}. "
                "Declare them in the sheet table_status; or, if you know that no rows are left out, run:",
                f"无法判定的唯一原因是以下 {len(tables)} 张表未声明完整：{names}。"
                "请在 table_status 表中声明；若确认没有遗漏的行，也可运行：",
            ),
            1,
        )
        files = [each.file for each in self.assessment.inputs]
        profile = self.assessment.profile.option if self.assessment.profile else None
        mapping = self.assessment.mapping.file if self.assessment.mapping else None
        yield "   " + clean(phrases.declaring_command(files, [each.name for each in tables], profile, mapping))

    def why(self) -> Iterator[str]:
        yield from self.heading(self.t("Why", "理由"))
        for reason in self.assessment.reasons:
            about = f" ({reason.check})" if reason.check else ""
            yield from self.indented(f"- {self.say(reason.text)}{about}", 1, 2)

    def scores(self) -> Iterator[str]:
        seen = self.assessment
        musts = Counter(finding.outcome for finding in seen.findings if finding.must_meet)
        yield from self.heading(self.t("Score", "得分"), self.score_text(seen.score, bar=False))
        listed = ", ".join(f"{count} {self.say(phrases.OUTCOME[o])}" for o, count in _in_order(musts))
        heading = phrases.MUST_MEETS[seen.partly_shown]
        yield " " + self.t(heading.en, heading.zh) + (listed or "-")
        if seen.confidence is not None:
            yield " " + self.confidence(seen.confidence)
        parts = (*seen.phases, *seen.elements)
        columns = max((width(self.say(part.title)) for part in parts), default=0)
        for part in parts:
            yield f" {pad(self.say(part.title), columns)}  {self.score_text(part.score, bar=True)}"

    def confidence(self, confidence: Confidence) -> str:
        overall, musts = (
            "-" if grade is None else floor_text(grade) for grade in (confidence.overall, confidence.must_meet)
        )
        return self.t(
            f"Evidence: grade {overall} of 1 on average, {musts} for must-meet checks",
            f"证据等级：平均 {overall}（满分 1），必须满足项 {musts}",
        )

    def score_text(self, score: Score | None, *, bar: bool) -> str:
        if score is None:
            return "-"
        low, high, judged = floor_text(score.low), floor_text(score.high), floor_text(score.coverage, 100)
        interval = low if low == high else f"{low}{self.t(' to ', ' ~ ')}{high}"
        text = self.t(f"{judged} % judged", f"已判定 {judged}%")
        if not bar:
            return f"{interval}{self.t(' of 100, ', '（满分 100），')}{text}"
        sure, maybe = score.low.floor(20) // 100, score.high.floor(20) // 100
        drawn = "█" * sure + "░" * (maybe - sure) + "·" * (20 - maybe)
        return f"{drawn} {pad(interval, 15)} {text}"

    def open_findings(self) -> Iterator[str]:
        counts = Counter(finding.outcome for finding in self.assessment.findings)
        detail = ", ".join(f"{count} {self.say(phrases.OUTCOME[o])}" for o, count in _in_order(counts))
        yield from self.heading(self.t("Findings", "发现项"), detail)
        opened = [finding for finding in self.assessment.findings if finding.is_open]
        if len(opened) > OVERVIEW_ABOVE:
            yield from self.overview(opened)
        for finding in opened:
            yield from self.finding(finding)

    def overview(self, findings: list[Finding]) -> Iterator[str]:
        """A line for each finding: outcome, check, and as much of its title as fits."""
        columns = max(width(finding.check) for finding in findings)
        for finding in findings:
            label = self.paint(pad(self.say(phrases.OUTCOME[finding.outcome]), 8), finding.outcome)
            title = shorten(self.say(finding.title), self.style.width - 1 - 8 - columns - 2)
            yield f" {label}{pad(finding.check, columns)}  {title}"

    def finding(self, finding: Finding) -> Iterator[str]:
        outcome = self.say(phrases.OUTCOME[finding.outcome])
        label = self.paint(pad(outcome, 8), finding.outcome)
        yield ""
        tail = f"  [{marks(self.assessment, finding, self.style.language)}]"
        space = self.style.width - 1 - 8 - width(finding.check) - 2
        first, *rest = wrap(self.say(finding.title) + tail, space)
        yield f" {label}{self.bold(finding.check)}  {first}"
        for line in rest:
            yield " " * (11 + width(finding.check)) + line
        yield from self.body(finding)

    def body(self, finding: Finding) -> Iterator[str]:
        if finding.outcome is Outcome.UNKNOWN:
            yield from self.body_of_unknown(finding)
            return
        for reason in reasons(finding):
            yield from self.indented(self.say(reason), 9)
        for evidence in finding.evidence[:MAX_CELLS]:
            yield from self.indented(self.evidence(evidence), 9, 2)
        yield from self.more(finding.evidence_count - MAX_CELLS, 9)
        yield from self.indented(to_do(finding, self.style.language), 9, 2)

    def body_of_unknown(self, finding: Finding) -> Iterator[str]:
        """What is still possible and what would settle it, briefly: there may be many."""
        yield from self.indented(self.say(finding.reasons[0]), 9)
        shown = [self.missing(each) for each in finding.missing[:MAX_NEEDS]]
        rest = finding.missing_count - MAX_NEEDS
        shown += [self.say(each) for each in and_more(rest)]
        if finding.limits:
            yield from self.indented(self.say(limits_text(finding.limits)), 9)
        if shown:
            yield from self.indented(self.t("Needs: ", "需要：") + self.t("; ", "；").join(shown), 9, 2)

    def more(self, count: int, indent: int) -> Iterator[str]:
        for each in and_more(count):
            yield " " * indent + self.say(each)

    def evidence(self, evidence: Evidence) -> str:
        shown = self.say(evidence.shown or phrases.STATE[evidence.state])
        raw = self.quoted(evidence.raw if evidence.state == "missing" else None)
        row = f"{shorten(clean(evidence.key), 16)}  " if evidence.key else ""
        return f"{place(evidence, self.style.language)}  {row}{self.say(evidence.title)} = {shorten(shown, 40)}{raw}"

    def missing(self, missing: Missing) -> str:
        has_cell = missing.location and missing.need not in ("close", "add", "rows")
        where = f" ({place(missing, self.style.language)})" if has_cell else ""
        need = self.say(phrases.NEED[missing.need]) + self.quoted(missing.raw)
        return f"{self.say(missing.title)}{where}{self.t(': ', '：')}{need}"

    def quoted(self, raw: str | None) -> str:
        """What stands in a cell that could not be taken, to be shown behind it."""
        return self.t(" (now {})", "（现为“{}”）").format(shorten(clean(raw), 24)) if raw else ""

    def compounds(self) -> Iterator[str]:
        live = [each for each in self.assessment.compounds if each.state is not CompoundState.CLEAR]
        if not live:
            return
        yield from self.heading(self.t("Compound risks", "复合风险"))
        for compound in live:
            yield from self.compound(compound)

    def compound(self, compound: CompoundFinding) -> Iterator[str]:
        state = self.paint(pad(self.say(phrases.COMPOUND[compound.state]), 8), compound.state)
        if compound.part_of:
            part = self.t(f"part of {compound.part_of}", f"包含于 {compound.part_of}")
            yield f" {state} {compound.id}  {part}"
            return
        blocks = f"  [{self.say(phrases.BLOCKS_GATE)}]" if compound.blocks_gate else ""
        first, *rest = wrap(f"{self.say(compound.title)}{blocks}", self.style.width - 17)
        yield f" {state} {self.bold(compound.id)}  {first}"
        for line in rest:
            yield " " * 17 + line
        yield from self.indented(self.say(compound.consequence), 10)
        yield from self.indented(", ".join(compound.failing), 10)
        yield from self.indented(f"→ {self.say(compound.control)}", 10, 2)

    def next_facts(self) -> Iterator[str]:
        wanted = facts_to_supply(self.assessment)
        if not wanted:
            return
        yield from self.heading(
            self.t("Fill in next", "下一步请补充"), self.t("(what decides most comes first)", "（按可判定权重排序）")
        )
        for each in wanted[:MAX_FACTS]:
            count = len(each.checks)
            checks = self.t(f", for {count} check{'s' if count > 1 else ''}", f"，涉及 {count} 项检查")
            name = self.named(each.table, each.title)
            what = f"{name}{self.t(': ', '：')}{self.say(phrases.NEED[each.need])}{checks}"
            where = self.where(each.locations, each.count) if each.table != each.title else ""
            yield from self.indented(f"- {what}{where}", 1, 2)
        yield from self.more(len(wanted) - MAX_FACTS, 1)
        for note in unlisted_needs(self.assessment):
            yield from self.indented(self.say(note), 1)

    def named(self, table: Text, field: Text) -> str:
        """A field with its table, or just the table."""
        return self.say(table) if field == table else f"{self.say(table)} · {self.say(field)}"

    def where(self, locations: tuple[str, ...], count: int) -> str:
        if not locations:
            return ""
        more = self.t(f" and {count - len(locations)} more", f" 等 {count} 处") if count > len(locations) else ""
        return f" ({clean(', '.join(locations))}{more})"

    def waivers(self) -> Iterator[str]:
        """What became of each waiver."""
        account = self.assessment.waivers
        if account is None:
            return
        from riskcheck.reports import waiverwords as words

        yield from self.heading(self.say(words.HEADING), clean(account.file or ""))
        for use in account.uses:
            name = clean(use.waiver.check or "?")
            state, why = self.say(words.STATE[use.state]), self.say(words.why(use))
            yield from self.indented(f"- {name} {state}{self.t(': ', '：')}{why}", 1, 2)
            yield from self.indented(self.say(words.approval(use)), 3, 2)
        if not account.uses:
            yield self.t(" none", " 无")
        for problem in account.problems:
            where = clean(str(problem.location)) if problem.location else ""
            yield from self.indented(f"- {where}{self.t(': ', '：')}{self.say(problem.text)}", 1, 2)

    def actions(self) -> Iterator[str]:
        """What an older report says about the open findings."""
        if self.assessment.actions is None:
            return
        from riskcheck.reports.terminalactions import action_lines

        yield from self.heading(self.t("Actions", "整改措施"))
        for line in action_lines(self.assessment, self.assessment.actions):
            yield from self.indented(f"- {self.say(line)}", 1, 2)

    def problems(self) -> Iterator[str]:
        problems = self.assessment.input_problems
        if not problems:
            return
        yield from self.heading(self.t("Input problems", "资料问题"), str(len(problems)))
        alike: dict[tuple[str, Text], list[InputProblem]] = {}
        for problem in sorted(problems, key=lambda each: _WORST_FIRST.index(each.severity)):
            alike.setdefault((problem.severity, problem.text), []).append(problem)
        for (severity, text), group in list(alike.items())[:MAX_PROBLEMS]:
            places = tuple(each.location.within_file for each in group if each.location is not None)
            where = f"{clean(', '.join(places[:MAX_PLACES]))}" if places else ""
            rest = len(group) - MAX_PLACES
            more = self.t(f" and {rest} more", f" 等 {len(group)} 处") if rest > 0 else ""
            said = f"{self.say(phrases.SEVERITY[severity])}{self.t(': ', '：')}{self.say(text)}"
            yield from self.indented(f"- {where}{more}{self.t(': ', '：') if where else ''}{said}", 1, 2)
        yield from self.more(len(alike) - MAX_PROBLEMS, 1)

    def profile(self) -> Iterator[str]:
        """Everything that the profile changes."""
        use = self.assessment.profile
        if use is None:
            return
        from riskcheck.reports.profileuse import changes

        yield from self.heading(
            self.t("Profile", "裁剪方案"), self.say(Text(f"{use.id} {use.title.en}", f"{use.id} {use.title.zh}"))
        )
        yield from self.indented(clean(use.file), 1)
        yield f" SHA-256 {use.sha256}"
        for each in changes(use):
            why = f"{self.t(': ', '：')}{self.say(each.why)}" if each.why else ""
            yield from self.indented(f"- {self.say(each.kind)}{self.t(': ', '：')}{self.say(each.what)}{why}", 1, 2)


def _in_order(counts: Counter[Outcome]) -> list[tuple[Outcome, int]]:
    order = (Outcome.FAIL, Outcome.ERROR, Outcome.UNKNOWN, Outcome.WARN, Outcome.PASS, Outcome.NOT_APPLICABLE)
    return [(outcome, counts[outcome]) for outcome in order if counts[outcome]]
