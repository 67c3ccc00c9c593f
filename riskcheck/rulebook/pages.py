"""The pages of the rule reference in one language: one for each item, one for the compound risks, and an index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from riskcheck.frozen import frozen
from riskcheck.model.finding import band_of
from riskcheck.model.text import Language
from riskcheck.packs.patterns import members_of
from riskcheck.packs.rulepack import AnyOf, Check, Compound, Item, Member, Pattern, RulePack
from riskcheck.packs.rulewords import RULE_WORDS, kind_text
from riskcheck.packtest import ReadyCase
from riskcheck.rulebook.checktext import CheckText
from riskcheck.rulebook.coverage import coverage, grouped
from riskcheck.rulebook.markdown import anchor, capital, escaped, link, table
from riskcheck.rulebook.words import INTRODUCTION, MARK, NOT_JUDGED, READING

INDEX: Final = "README.md"
"""The index is called so that a folder shows it on the usual sites."""
COMPOUNDS: Final = "compounds.md"


@frozen
class Page:
    """One page: its path below the folder of the reference, with `/`, and its text."""

    path: str
    text: str


def mark_of(pack: RulePack) -> str:
    """The first line of every page of a pack."""
    return MARK.format(pack=pack.id)


def page_of(rule: str) -> str:
    """The name of the page of an item; one that is called like another page gets a sign more."""
    return f"{rule}_.md" if f"{rule}.md".casefold() in (INDEX.casefold(), COMPOUNDS) else f"{rule}.md"


def pages(pack: RulePack, cases: Iterable[ReadyCase], languages: tuple[Language, ...]) -> tuple[Page, ...]:
    """All pages, in the order of their paths. The pack must come from its text (`load_pack(…, cache=False)`)."""
    known = tuple(cases)
    found = [page for language in languages for page in _Pages(pack, known, language, languages).write()]
    return tuple(sorted(found, key=lambda page: page.path))


class _Pages:
    def __init__(
        self, pack: RulePack, cases: tuple[ReadyCase, ...], language: Language, languages: tuple[Language, ...]
    ) -> None:
        self.pack, self.language = pack, language
        self.checks = CheckText(pack, cases, language)
        self.others = tuple(each for each in languages if each != language)
        self.titles = {check.id: check.title for check in pack.checks}
        self.titles |= {compound.id: compound.title for compound in pack.compounds}
        self.say, self.t, self.word = self.checks.say, self.checks.t, self.checks.word

    def write(self) -> Iterator[Page]:
        yield self.page(INDEX, self.index())
        if self.pack.compounds:
            yield self.page(COMPOUNDS, self.compounds())
        for item in self.pack.items:
            yield self.page(page_of(item.id), self.item(item))

    def page(self, name: str, lines: Iterable[str]) -> Page:
        """A page under its mark, with links to the index and to the same page in the other language."""
        links = [link(self.word("other_language"), f"../{each}/{name}") for each in self.others]
        if name != INDEX:
            links.append(link(self.word("all_items"), INDEX))
        head = [mark_of(self.pack), "", *([" · ".join(links), ""] if links else [])]
        return Page(f"{self.language}/{name}", "\n".join((*head, *lines)) + "\n")

    # ------------------------------------------------------------ index

    def index(self) -> Iterator[str]:
        pack = self.pack
        yield f"# {escaped(self.say(pack.title))}"
        yield ""
        numbers = {"items": len(pack.items), "checks": len(pack.checks), "compounds": len(pack.compounds)}
        yield escaped(self.say(INTRODUCTION).format(pack=pack.id, version=pack.version, **numbers))
        yield ""
        yield self.say(READING)
        for phase in grouped(pack, coverage(pack), "item"):
            yield ""
            yield f"## {escaped(self.say(phase.title))}"
            kinds = dict.fromkeys(each.item.kind for each in phase.items)
            for kind in kinds:
                yield ""
                yield f"### {escaped(capital(self.say(kind_text(kind))))}"
                yield ""
                rows = [self.row(each.item, each.checks) for each in phase.items if each.item.kind == kind]
                yield from table([self.word(word) for word in ("item", "title", "checks")], rows)
        if pack.compounds:
            yield ""
            yield f"## {self.word('compounds')}"
            yield ""
            yield from (f"- {self.rule(each)} {escaped(self.say(each.title))}" for each in pack.compounds)

    def row(self, item: Item, checks: Iterable[Check]) -> list[str]:
        """An item and the checks that judge it, with links."""
        links = (link(check.id, self.target(check)) for check in checks)
        return [link(item.id, page_of(item.id)), escaped(self.say(item.title)), " ".join(links)]

    # ------------------------------------------------------------ items

    def item(self, item: Item) -> Iterator[str]:
        own = [check for check in self.pack.checks if check.item == item.id]
        others = [check for check in self.pack.judges(item.id) if check.item != item.id]
        yield f"# {escaped(item.id)} {escaped(self.say(item.title))}"
        yield ""
        yield from table(*self.about(item))
        yield from self.why(item)
        if own:
            yield from self.heading("checks")
        for number, check in enumerate(own):
            yield from ("",) if number else ()
            yield from self.checks.section(check)
        if others:
            yield from self.heading("judged_elsewhere")
        for number, check in enumerate(others):
            yield from ("",) if number else ()
            yield from self.elsewhere(check)
        if not own and not others:
            yield ""
            yield self.say(NOT_JUDGED)
        judging = {check.id for check in (*own, *others)}
        yield from self.takes_part(judging)

    def elsewhere(self, check: Check) -> Iterator[str]:
        """A check that is told on another page: its title, its gate, and when it passes."""
        must_meet = self.t(", ", "，") + self.say(RULE_WORDS["must_meet"]) if check.must_meet else ""
        gate = self.t(f" ({check.due_gate}{must_meet})", f"（{check.due_gate}{must_meet}）")
        yield f"- {self.rule(check)} {escaped(self.say(check.title))}{gate}"
        yield ""
        for line in self.checks.passing(check):
            yield f"  {line}" if line else ""

    def about(self, item: Item) -> tuple[list[str], list[list[str]]]:
        phases = {each.id: each.title for each in self.pack.phases}
        elements = {each.id: each.title for each in self.pack.elements}
        phase = self.say(phases[item.phase] if item.phase is not None else RULE_WORDS["all_phases"])
        facts = {
            "kind": capital(self.say(kind_text(item.kind))),
            "phase": phase,
            "elements": self.t(", ", "、").join(self.say(elements[each]) for each in item.elements),
        }
        if item.source_lines:
            facts["source_lines"] = self.t(", ", "、").join(map(str, item.source_lines))
        return [self.word(name) for name in facts], [[escaped(value) for value in facts.values()]]

    def why(self, item: Item) -> Iterator[str]:
        """Cause and consequence, if the pack tells them."""
        told = [(word, text) for word, text in (("cause", item.cause), ("consequence", item.consequence)) if text]
        if told:
            yield from self.heading("why")
            colon = self.t(": ", "：")
            yield from (f"- {self.word(word)}{colon}{escaped(self.say(text))}" for word, text in told)

    def takes_part(self, judging: set[str]) -> Iterator[str]:
        """The compound risks that name one of the checks."""
        found = [each for each in self.pack.compounds if not judging.isdisjoint(members_of(each.when))]
        if found:
            yield from self.heading("compounds")
        for each in found:
            title, consequence = escaped(self.say(each.title)), escaped(self.say(each.consequence))
            yield f"- {self.rule(each)} {title}{self.t(': ', '：')}{consequence}"

    # ------------------------------------------------------------ compound risks

    def compounds(self) -> Iterator[str]:
        yield f"# {self.word('compounds')}"
        for compound in self.pack.compounds:
            yield ""
            yield from self.compound(compound)

    def compound(self, compound: Compound) -> Iterator[str]:
        yield anchor(compound.id)
        yield ""
        yield f"## {escaped(compound.id)} {escaped(self.say(compound.title))}"
        yield ""
        band = self.say(RULE_WORDS[band_of(compound.likelihood, compound.impact).value])
        product = f"{compound.likelihood} × {compound.impact} = {compound.likelihood * compound.impact}"
        facts = {
            "likelihood_impact": f"{product} ({band})" if self.language == "en" else f"{product}（{band}）",
            "blocks_gate": self.say(RULE_WORDS["yes" if compound.blocks_gate else "no"]),
            "origin": self.say(RULE_WORDS[compound.basis]),
        }
        if compound.source_lines:
            facts["source_lines"] = self.t(", ", "、").join(map(str, compound.source_lines))
        yield from table([self.word(name) for name in facts], [[escaped(value) for value in facts.values()]])
        colon = self.t(":", "：")
        for word, text in (("consequence", compound.consequence), ("control", compound.control)):
            yield ""
            yield f"**{self.word(word)}{colon}** {escaped(self.say(text))}"
        yield ""
        yield f"**{self.word('fires')}**"
        yield ""
        yield from self.pattern(compound.when, "")

    def pattern(self, pattern: Pattern, indent: str) -> Iterator[str]:
        """What must come together, as a list with links."""
        if isinstance(pattern, Member):
            yield f"{indent}- {self.rule_of(pattern.id)} {escaped(self.say(self.titles[pattern.id]))}"
            return
        yield f"{indent}- {self.say(RULE_WORDS['any' if isinstance(pattern, AnyOf) else 'all'])}"
        for part in pattern.parts:
            yield from self.pattern(part, indent + "  ")

    # ------------------------------------------------------------ links and headings

    def rule_of(self, name: str) -> str:
        """A link to a check or compound risk."""
        check = self.pack.check_by_id.get(name)
        return link(name, self.target(check) if check is not None else f"{COMPOUNDS}#{name}")

    def rule(self, rule: Check | Compound) -> str:
        return self.rule_of(rule.id)

    def target(self, check: Check) -> str:
        """Where a check is told: on the page of its item."""
        return f"{page_of(check.item)}#{check.id}"

    def heading(self, word: str) -> Iterator[str]:
        yield ""
        yield f"## {self.word(word)}"
        yield ""
