"""A check as Markdown: what it demands, the facts that it reads, examples, and what to do if it fails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from riskcheck.model.schema import Field, Table
from riskcheck.model.text import Language, Text
from riskcheck.packs.fieldhints import entry_hint
from riskcheck.packs.rulepack import Check, Limit, RulePack
from riskcheck.packs.rulewords import RULE_WORDS
from riskcheck.packs.sentences import sentences_of
from riskcheck.packs.trees import fields_of
from riskcheck.packtest import ReadyCase
from riskcheck.rulebook.examples import examples
from riskcheck.rulebook.exampletext import example_lines
from riskcheck.rulebook.markdown import address, anchor, capital, code, escaped, sentence_lines, table
from riskcheck.rulebook.words import CHINESE, COUNTED, LABELS, WORDS
from riskcheck.sentences.sentence import Sentence

_KEYS = ("applies_when", "rows", "measure", "pass_if", "warn_if")


class CheckText:
    """Writes the checks of a pack in one language; `cases` are those of the pack, with their facts."""

    def __init__(self, pack: RulePack, cases: Iterable[ReadyCase], language: Language) -> None:
        self.pack, self.language = pack, language
        self.cases: dict[str, list[ReadyCase]] = {}
        for each in cases:
            self.cases.setdefault(each.case.check, []).append(each)
        self.owners = {each.id: each.title for each in pack.owners}
        self.gates = {each.id: each.title for each in pack.gates}
        self.sources = {each.id: each for each in pack.sources}

    def section(self, check: Check) -> Iterator[str]:
        """The section of a check on the page of its item."""
        yield f"{anchor(check.id)}"
        yield ""
        yield f"### {escaped(check.id)} {escaped(self.say(check.title))}"
        yield ""
        yield from self.in_words(check)
        yield ""
        yield from table(*self.about(check))
        yield from self.part("condition", code(_condition(check), "yaml"))
        if check.limits:
            yield from self.part("limits", self.limits(check.limits))
        yield from self.part("facts", self.facts(check))
        yield from self.examples(check)
        named = dict.fromkeys((*check.sources, *(source for limit in check.limits for source in limit.sources)))
        if named:
            yield from self.part("sources", (self.source(source) for source in named))

    # ------------------------------------------------------------ parts

    def in_words(self, check: Check) -> Iterator[str]:
        """The conditions as sentences."""
        said = sentences_of(check, self.pack.schema, self.language)
        for key, label in LABELS.items():
            sentence: Sentence | None = getattr(said, key)
            if sentence is not None:
                yield from sentence_lines(self.say(label), sentence)
                yield ""
        if said.no_rows is not None:
            yield escaped(said.no_rows.text)
            yield ""
        yield f"**{self.say(WORDS['what_to_do'])}{self.t(':', '：')}** {escaped(self.say(check.control))}"

    def passing(self, check: Check) -> list[str]:
        """When a check passes, as a sentence."""
        said = sentences_of(check, self.pack.schema, self.language)
        return sentence_lines(self.say(LABELS["pass_if"]), said.pass_if)

    def about(self, check: Check) -> tuple[list[str], list[list[str]]]:
        """Gate, risk, owner and so on, as a table of one row."""
        band = self.say(RULE_WORDS[check.band.value])
        product = f"{check.likelihood} × {check.impact} = {check.likelihood * check.impact}"
        risk = f"{product} ({band})" if self.language == "en" else f"{product}（{band}）"
        facts = {
            "due": f"{check.due_gate} {self.say(self.gates[check.due_gate])}",
            "must_meet": self.say(RULE_WORDS["yes" if check.must_meet else "no"]),
            "likelihood_impact": risk,
            "owner": self.say(self.owners[check.owner]),
            "origin": self.say(RULE_WORDS[check.basis]),
            "evidence": self.say(check.evidence),
        }
        return [self.word(name) for name in facts], [[escaped(value) for value in facts.values()]]

    def limits(self, limits: Iterable[Limit]) -> list[str]:
        rows = [
            [
                escaped(self.say(limit.title)),
                f"`{limit.name}`",
                escaped(self.say(limit.shown)),
                escaped(self.say(RULE_WORDS[limit.basis])),
                self.titles(limit),
            ]
            for limit in limits
        ]
        return table([self.word(word) for word in ("limit", "field", "value", "origin", "sources")], rows)

    def titles(self, limit: Limit) -> str:
        """The sources of a limit, by id and title."""
        return self.t("; ", "；").join(self.called(name) for name in limit.sources)

    def source(self, name: str) -> str:
        source = self.sources[name]
        return f"- {self.called(name)}{self.t(', ', '，')}{address(self.say(source.where))}"

    def called(self, source: str) -> str:
        """A source's id and title."""
        return f"{escaped(source)}{self.t(': ', '：')}{escaped(self.say(self.sources[source].title))}"

    def examples(self, check: Check) -> Iterator[str]:
        """A few cases, if the pack has any."""
        for number, each in enumerate(examples(check, self.cases.get(check.id, ()))):
            lines = example_lines(each, self.language)
            yield from ("", *lines) if number else self.part("examples", lines)

    # ------------------------------------------------------------ facts

    def facts(self, check: Check) -> Iterator[str]:
        """Sheet by sheet the columns that the check reads."""
        read = fields_of(check)
        for number, name in enumerate(check.reads):
            sheet = self.pack.schema.by_name[name]
            yield from ("",) if number else ()
            yield self.sheet(sheet)
            rows = [self.column(sheet, field) for field in sheet.fields if (name, field.name) in read]
            if rows:
                yield ""
                yield from table([self.word(word) for word in ("column", "field", "also_read", "enter")], rows)

    def sheet(self, sheet: Table) -> str:
        """A table's title, its name in conditions, and what else its sheet may be called."""
        also = self.spellings(sheet.aliases)
        about = f"`{sheet.name}`" + (self.t(f"; also read as {also}", f"；也可写作{also}") if also else "")
        if sheet.min_rows and not sheet.one_row:
            about += self.t(
                f"; at least {sheet.min_rows} row{'' if sheet.min_rows == 1 else 's'}", f"；至少 {sheet.min_rows} 行"
            )
        return f"**{escaped(self.say(sheet.title))}**" + self.t(f" ({about})", f"（{about}）")

    def titles_of(self, sheet: Table, names: Iterable[str]) -> Iterator[str]:
        return (f"“{self.say(sheet.by_name[name].title)}”" for name in names)

    def column(self, sheet: Table, field: Field) -> list[str]:
        """Title, name in conditions, other titles, and what to enter."""
        if field.derived is not None:
            hint = self.say(COUNTED).format(
                fields=self.listed(self.titles_of(sheet, field.derived.fields), escape=False)
            )
        else:
            hint = entry_hint(field, self.language)
            words = [self.say(word.title) for word in field.allowed]
            hint += self.t(": ", "：") + self.listed(words, escape=False) if words else ""
        return [escaped(self.say(field.title)), f"`{field.name}`", self.spellings(field.aliases), escaped(hint)]

    def spellings(self, aliases: Iterable[str]) -> str:
        """The other names of a sheet or column that belong to the language; abbreviations belong to both."""
        chinese = self.language == "zh"
        return self.listed(each for each in aliases if each.isupper() or (CHINESE.search(each) is not None) == chinese)

    # ------------------------------------------------------------ words

    def part(self, word: str, lines: Iterable[str]) -> Iterator[str]:
        """A part under its heading."""
        yield ""
        yield f"#### {self.word(word)}"
        yield ""
        yield from lines

    def say(self, text: Text) -> str:
        return text.of(self.language)

    def t(self, en: str, zh: str) -> str:
        return zh if self.language == "zh" else en

    def word(self, word: str) -> str:
        """A word of the reference, with a capital letter."""
        return capital(self.say(WORDS.get(word) or RULE_WORDS[word]))

    def listed(self, texts: Iterable[str], escape: bool = True) -> str:
        return self.t(", ", "、").join(escaped(text) if escape else text for text in texts)


def _condition(check: Check) -> str:
    """The conditions as they stand in the rule file."""
    lines = []
    for key in _KEYS:
        part = getattr(check, key)
        if part is not None:
            text: str = part.text
            lines.append(f"{key}: {text}" if "\n" not in text else f"{key}: |\n  " + text.replace("\n", "\n  "))
    return "\n".join(lines)
