"""A coverage for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from riskcheck.model.text import Text, counted
from riskcheck.packs.rulepack import Check, Item, RulePack
from riskcheck.packs.rulewords import RULE_WORDS, kind_text
from riskcheck.reports import Style
from riskcheck.reports.display import clean, pad, width, wrap
from riskcheck.rulebook.coverage import By, CoveredItem, Totals, coverage, grouped, not_covered, totals


def coverage_text(pack: RulePack, by: By, style: Style) -> str:
    """Item by item which checks judge it, at which gate, from which tables; then the totals."""
    return "\n".join(_Coverage(pack, style).lines(by)) + "\n"


class _Coverage:
    def __init__(self, pack: RulePack, style: Style) -> None:
        self.pack, self.style, self.language = pack, style, style.language
        self.covered = coverage(pack)
        self.elements = {each.id: each.title for each in pack.elements}
        self.phases = {each.id: each.title for each in pack.phases}
        self.check_width = max((len(check.id) for check in pack.checks), default=0)
        self.gate_width = max(len(gate.id) for gate in pack.gates)

    def lines(self, by: By) -> Iterator[str]:
        yield self.bold(clean(f"{self.pack.id} {self.pack.version}  {self.say(self.pack.title)}"))
        for group in grouped(self.pack, self.covered, by):
            yield ""
            yield self.bold(f"{clean(self.say(group.title))}")
            for each in group.items:
                yield from self.item(each)
        yield ""
        yield from self.totals(totals(self.pack, self.covered))
        yield from self.lacking(not_covered(self.covered))

    # ------------------------------------------------------------ items and checks

    def item(self, covered: CoveredItem) -> Iterator[str]:
        item = covered.item
        yield from self.beside(f" {item.id}  ", self.say(item.title), hang=3)
        yield from self.beside("   ", self.about(item))
        for check in covered.checks:
            yield from self.check(check)
        if not covered.checks:
            yield "   " + self.t("! no check judges this item", "！没有检查判定该条目")

    def about(self, item: Item) -> str:
        """Kind, phase, elements and lines of the source."""
        phase = self.say(self.phases[item.phase] if item.phase is not None else RULE_WORDS["all_phases"])
        parts = [self.say(kind_text(item.kind)), phase, self.listed(self.say(self.elements[e]) for e in item.elements)]
        if item.source_lines:
            lines = self.listed(map(str, item.source_lines))
            word = "line" if len(item.source_lines) == 1 else "lines"
            parts.append(self.t(f"source {word} {lines}", f"来源第 {lines} 行"))
        return " · ".join(parts)

    def check(self, check: Check) -> Iterator[str]:
        """A check, the gate at which it is due, whether it is must-meet, and the tables that it reads."""
        must_meet = self.say(RULE_WORDS["must_meet"])
        shut = pad(must_meet if check.must_meet else "", width(must_meet))
        head = f"   {check.id.ljust(self.check_width)}  {check.due_gate.ljust(self.gate_width)}  {shut}  "
        yield from self.beside(
            head, self.listed(self.say(self.pack.schema.by_name[name].title) for name in check.reads)
        )

    # ------------------------------------------------------------ totals

    def totals(self, found: Totals) -> Iterator[str]:
        items = [f"{self.say(kind_text(kind))} {number}" for kind, number in found.by_kind]
        phases = [
            f"{self.say(self.phases[phase] if phase is not None else RULE_WORDS['all_phases'])} {number}"
            for phase, number in found.by_phase
        ]
        must_meet = self.say(RULE_WORDS["must_meet"])
        gates = [
            self.t(f"{gate} {number} ({shut} {must_meet})", f"{gate} {number}（{must_meet} {shut}）")
            for gate, number, shut in found.by_gate
        ]
        head = self.t(f"{counted(found.items, 'item')}   ", f"条目 {found.items}  ")
        yield from self.beside(head, self.listed(items))
        yield from self.beside(" " * width(head), self.listed(phases))
        head = self.t(f"{counted(found.checks, 'check')}  ", f"检查 {found.checks}  ")
        yield from self.beside(head, self.listed(gates))
        shut = self.t(f"{found.must_meet} {must_meet}", f"{must_meet} {found.must_meet}")
        tables = self.t(f"{counted(found.tables, 'table')} read", f"读取的表 {found.tables}")
        yield from self.beside(" " * width(head), self.listed((shut, tables)))

    def lacking(self, items: tuple[Item, ...]) -> Iterator[str]:
        if not items:
            yield self.t("Every item is judged by a check.", "每个条目均有检查判定。")
            return
        names = self.listed(item.id for item in items)
        number = len(items)
        text = self.t(f"No check judges {number} of the items: {names}", f"有 {number} 个条目没有检查判定：{names}")
        yield from self.beside("", text, hang=2)

    # ------------------------------------------------------------ words

    def say(self, text: Text) -> str:
        return text.of(self.language)

    def t(self, en: str, zh: str) -> str:
        return zh if self.language == "zh" else en

    def listed(self, texts: Iterable[str]) -> str:
        return self.t(", ", "、").join(texts)

    def bold(self, text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if self.style.color else text

    def beside(self, head: str, text: str, hang: int | None = None) -> Iterator[str]:
        """A text beside its head, its further lines below its beginning (or `hang` columns from the left)."""
        hang = width(head) if hang is None else hang
        first, *_ = wrap(clean(text), max(self.style.width - width(head), 20))
        yield head + first
        rest = clean(text)[len(first) :].lstrip()
        for line in wrap(rest, max(self.style.width - hang, 20)) if rest else ():
            yield " " * hang + line
