"""Rules as text for people: one line each, or all about one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import indent

from riskcheck.errors import Diagnostic, UsageError, guess, nearest
from riskcheck.model.finding import band_of
from riskcheck.model.text import Language, Text
from riskcheck.packs.patterns import patterns_left
from riskcheck.packs.rulepack import (
    AnyOf,
    Check,
    Compound,
    Condition,
    Gate,
    Item,
    Limit,
    Member,
    Named,
    Pattern,
    RowsJudged,
    RulePack,
    Source,
)
from riskcheck.packs.rulewords import RULE_WORDS
from riskcheck.packs.sentences import sentences_of
from riskcheck.packs.trees import fields_of
from riskcheck.sentences.sentence import Sentence


def list_pack(pack: RulePack, language: Language, gate: str | None = None) -> str:
    """The checks and compound rules of a pack, one a line; with a gate, those due there or before.

    A line has the id, the gate at which the rule is due, its band, whether it can shut the gate, and its title.
    Raises UsageError if the pack has no such gate.
    """
    return "\n".join(_Describer(pack, language).lines(gate))


def describe_rule(pack: RulePack, rule: str, language: Language) -> str:
    """All about a check, compound rule or item. Raises UsageError if the pack has none of that id.

    The pack must come from its text (`load_pack(…, cache=False)`), for its conditions to be said in words.
    """
    describer = _Describer(pack, language)
    if rule in pack.check_by_id:
        return "\n".join(describer.check(pack.check_by_id[rule]))
    for compound in pack.compounds:
        if compound.id == rule:
            return "\n".join(describer.compound(compound))
    if rule in pack.item_by_id:
        return "\n".join(describer.item(pack.item_by_id[rule]))
    known = (*pack.check_by_id, *(compound.id for compound in pack.compounds), *pack.item_by_id)
    meant = guess(nearest(rule, known))
    message = Text(
        f'pack {pack.id} has no check, compound rule or item "{rule}"{meant.en}',
        f"规则包 {pack.id} 中没有编号为“{rule}”的检查、组合规则或条目{meant.zh}",
    )
    hint = Text("riskcheck rules list prints the ids", "用 riskcheck rules list 可列出全部编号")
    raise UsageError(Diagnostic("unknown-rule", message, hints=(hint,)))


class _Describer:
    """Writes about the rules of a pack in one language."""

    def __init__(self, pack: RulePack, language: Language) -> None:
        self.pack, self.language = pack, language

    def say(self, word: str) -> str:
        return RULE_WORDS[word].of(self.language)

    # ------------------------------------------------------------ lists

    def lines(self, gate: str | None) -> Iterator[str]:
        checks = self.pack.checks if gate is None else self.pack.due_at(gate)
        due = {check.id for check in checks}
        due.update(patterns_left(self.pack, due))
        longest = max((len(rule) for rule in due), default=0)
        for check in checks:
            shut = self.say("must_meet") if check.must_meet else ""
            yield self.line(check.id.ljust(longest), check.due_gate, check.band.value, shut, check.title)
        no_gate = "-" * len(self.pack.gates[0].id)
        for compound in self.pack.compounds:
            if compound.id in due:
                band = band_of(compound.likelihood, compound.impact).value
                shut = self.say("blocks") if compound.blocks_gate else ""
                yield self.line(compound.id.ljust(longest), no_gate, band, shut, compound.title)

    def line(self, name: str, gate: str, band: str, shut: str, title: Text) -> str:
        shown = title.of(self.language) + (f" [{shut}]" if shut else "")
        band = self.say(band) if self.language == "zh" else f"{self.say(band):8}"
        return f"{name}  {gate}  {band}  {shown}"

    # ------------------------------------------------------------ one rule

    def check(self, check: Check) -> Iterator[str]:
        item = self.pack.item_by_id[check.item]
        yield f"{check.id}  {check.title.of(self.language)}"
        yield self.fact("item", f"{item.id}  {item.title.of(self.language)}")
        yield self.fact("phase", self.titles(self.pack.phases, (check.phase,)))
        yield self.fact("elements", self.titles(self.pack.elements, check.elements))
        yield self.fact("due", self.titles(self.pack.gates, (check.due_gate,)))
        yield self.fact("owner", self.titles(self.pack.owners, (check.owner,)))
        yield self.risk(check.likelihood, check.impact)
        yield self.fact("must_meet", self.say("yes" if check.must_meet else "no"))
        yield ""
        for key in ("applies_when", "rows", "measure", "pass_if", "warn_if"):
            condition: Condition | RowsJudged | None = getattr(check, key)
            if condition is not None:
                yield from self.block(key, condition.text)
        yield from self.block("in_words", "\n".join(self.in_words(check)))
        yield from self.limits(check)
        yield from self.reads(check)
        yield from self.block("evidence", check.evidence.of(self.language))
        yield from self.block("control", check.control.of(self.language))
        yield from self.origin(check)
        yield self.fact("file", str(check.location))

    def in_words(self, check: Check) -> Iterator[str]:
        """The conditions as plain sentences."""
        said = sentences_of(check, self.pack.schema, self.language)
        for word in ("applies_when", "pass_if", "warn_if"):
            sentence: Sentence | None = getattr(said, word)
            if sentence is not None:
                first, *points = sentence.lines()
                yield self.fact(word, first)
                yield from (f"  {line}" for line in points)
        if said.no_rows is not None:
            yield said.no_rows.text

    def compound(self, compound: Compound) -> Iterator[str]:
        yield f"{compound.id}  {compound.title.of(self.language)}"
        yield self.risk(compound.likelihood, compound.impact)
        yield self.fact("blocks", self.say("yes" if compound.blocks_gate else "no"))
        yield self.fact("origin", self.say(compound.basis))
        yield ""
        yield from self.block("when", "\n".join(self.pattern(compound.when)))
        yield from self.block("consequence", compound.consequence.of(self.language))
        yield from self.block("control", compound.control.of(self.language))
        yield self.fact("file", str(compound.location))

    def item(self, item: Item) -> Iterator[str]:
        yield f"{item.id}  {item.title.of(self.language)}"
        yield self.fact("phase", self.titles(self.pack.phases, (item.phase,)) if item.phase else self.say("all_phases"))
        yield self.fact("elements", self.titles(self.pack.elements, item.elements))
        yield ""
        for key, text in (("cause", item.cause), ("consequence", item.consequence)):
            if text is not None:
                yield from self.block(key, text.of(self.language))
        checks = self.pack.judges(item.id)
        yield from self.block("checks", "\n".join(f"{each.id}  {each.title.of(self.language)}" for each in checks))

    # ------------------------------------------------------------ parts

    def fact(self, word: str, value: str) -> str:
        colon = "：" if self.language == "zh" else ": "
        return f"{self.say(word)}{colon}{value}"

    def block(self, word: str, text: str) -> Iterator[str]:
        yield self.say(word)
        yield indent(text, "    ")

    def titles(self, named: Iterable[Named | Gate], ids: Iterable[str]) -> str:
        """What the ids are called, with the id of gates and the like where it is not in the title."""
        by_id = {each.id: each.title.of(self.language) for each in named}
        return ("、" if self.language == "zh" else ", ").join(by_id[each] for each in ids)

    def risk(self, likelihood: int, impact: int) -> str:
        band = self.say(band_of(likelihood, impact).value)
        parts = f"{self.say('likelihood')} {likelihood} x {self.say('impact')} {impact} = {likelihood * impact}"
        return self.fact("risk", f"{parts} ({band})" if self.language == "en" else f"{parts}（{band}）")

    def limits(self, check: Check) -> Iterator[str]:
        if check.limits:
            yield from self.block("limits", "\n".join(self.limit(each) for each in check.limits))

    def limit(self, limit: Limit) -> str:
        title = limit.title.of(self.language)
        name = "" if title == limit.name else limit.name
        called = f"{title} ({name})" if self.language == "en" and name else f"{title}（{name}）" if name else title
        return f"{called} = {limit.shown.of(self.language)}  {self.sourced(limit.basis, limit.sources)}"

    def sourced(self, basis: str, sources: tuple[str, ...]) -> str:
        return self.say(basis) + (f" ({', '.join(sources)})" if sources else "")

    def reads(self, check: Check) -> Iterator[str]:
        """The fields that the conditions read, table by table, with their titles."""
        read = fields_of(check)
        lines = []
        for name in check.reads:
            table = self.pack.schema.by_name[name]
            fields = [
                f"{field.name} ({field.title.of(self.language)})"
                for field in table.fields
                if (name, field.name) in read
            ]
            lines.append(f"{name} ({table.title.of(self.language)}): {', '.join(fields) or '-'}")
        yield from self.block("reads", "\n".join(lines))

    def origin(self, check: Check) -> Iterator[str]:
        yield self.fact("origin", self.sourced(check.basis, ()))
        named = dict.fromkeys((*check.sources, *(source for limit in check.limits for source in limit.sources)))
        lines = [self.source(each) for each in self.pack.sources if each.id in named]
        if lines:
            yield from self.block("sources", "\n".join(lines))

    def source(self, source: Source) -> str:
        comma = "，" if self.language == "zh" else ", "
        return f"{source.id}  {source.title.of(self.language)}{comma}{source.where.of(self.language)}"

    def pattern(self, pattern: Pattern) -> Iterator[str]:
        if isinstance(pattern, Member):
            titles = {check.id: check.title for check in self.pack.checks}
            titles.update((compound.id, compound.title) for compound in self.pack.compounds)
            yield f"{pattern.id}  {titles[pattern.id].of(self.language)}"
            return
        yield self.say("any" if isinstance(pattern, AnyOf) else "all")
        for part in pattern.parts:
            for line in self.pattern(part):
                yield f"  {line}"
