"""A rule file: one item of the source, and the checks that judge it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from riskcheck.expr.shares import limits_of_shares
from riskcheck.expr.syntax import Span
from riskcheck.expr.typed import BOOL, Constant
from riskcheck.frozen import replace
from riskcheck.model.place import Location
from riskcheck.model.text import Text
from riskcheck.packs.conditions import Conditions, KnownFacts, read_conditions
from riskcheck.packs.entry import Entry
from riskcheck.packs.ids import Ids
from riskcheck.packs.limits import read_limits, read_origin
from riskcheck.packs.problems import FileProblems, kind_of, shorten
from riskcheck.packs.rulepack import Check, Condition, Item, Limit
from riskcheck.packs.trees import fields_of
from riskcheck.packs.vocabulary import Words
from riskcheck.yamltree import YamlMapping, YamlNode, YamlScalar

_KIND = re.compile(r"[a-z][a-z0-9_]*")
_LINE = re.compile(r"[1-9][0-9]{0,6}")
_ITEM_KEYS = (("id", "kind", "elements", "title"), ("phase", "cause", "consequence", "source_lines"))
_CHECK_KEYS = (
    ("id", "title", "pass_if", "likelihood", "impact", "owner", "due_gate", "origin", "evidence", "control"),
    ("also_items", "applies_when", "rows", "measure", "warn_if", "limits", "must_meet", "sources"),
)
_NO_ITEM = Item("", "", None, (), Text("", ""), None, None, ())
_NO_CONDITION = Condition("", Location(""), Constant(Span(0, 0), BOOL, False))


@dataclass(frozen=True)
class RuleReader:
    """Reads the rule files of a pack one after another; `rule_ids` and `item_ids` span them all."""

    words: Words
    facts: KnownFacts
    item_ids: Ids = field(default_factory=lambda: Ids("item"))
    rule_ids: Ids = field(default_factory=lambda: Ids("rule"))
    named_items: list[tuple[Entry, dict[str, YamlNode]]] = field(default_factory=list)
    """The checks whose `also_items` are not looked up yet, each with the places of these."""

    def read(self, tree: YamlNode, problems: FileProblems) -> tuple[Item, tuple[Check, ...]]:
        """The item and the checks of one file; what is wrong goes to `problems`."""
        entry = Entry(problems, tree, "a rule file", ("item",), ("checks",))
        item = self.item(entry)
        return item, tuple(self.check(problems, node, item) for node in entry.items("checks"))

    def report_unknown_items(self) -> None:
        """Report every item that a check names and no file holds; to be called after the last file."""
        for check, places in self.named_items:
            for name, node in places.items():
                check.check_word(node, name, tuple(self.item_ids), "item")

    def item(self, file: Entry) -> Item:
        if "item" not in file.values:
            return _NO_ITEM
        entry = Entry(file.problems, file.values["item"], "the item", *_ITEM_KEYS)
        kind = entry.text("kind")
        if kind and not _KIND.fullmatch(kind):
            entry.report(
                "kind", "wrong-value", f'kind "{kind}" must be one word of small letters and _, as in risk_control'
            )
        return Item(
            id=self.item_ids.take(entry),
            kind=kind,
            phase=entry.word_or_none("phase", self.words.phases, "phase"),
            elements=entry.words("elements", self.words.elements, "element"),
            title=entry.titles("title"),
            cause=entry.titles_or_none("cause"),
            consequence=entry.titles_or_none("consequence"),
            source_lines=read_lines(entry),
        )

    def check(self, problems: FileProblems, node: YamlNode, item: Item) -> Check:
        entry = Entry(problems, node, label("check", node), *_CHECK_KEYS)
        check_id = self.rule_ids.take(entry)
        if check_id and item.id and not check_id.startswith(f"{item.id}."):
            entry.report("id", "id-of-item", f'the id of a check begins with that of its item: "{item.id}."')
        limits = read_limits(entry, self.words.sources)
        conditions = read_conditions(entry, limits, self.facts)
        basis, sources = read_origin(entry, self.words.sources)
        due_gate = entry.word("due_gate", self.words.gates, "gate")
        return Check(
            id=check_id,
            item=item.id,
            also_items=self.items_besides(entry, item),
            phase=self.phase(entry, item, due_gate),
            elements=item.elements,
            title=entry.titles("title"),
            evidence=entry.titles("evidence"),
            control=entry.titles("control"),
            applies_when=conditions.applies_when,
            rows=conditions.rows,
            measure=conditions.measure,
            pass_if=conditions.pass_if or _NO_CONDITION,
            warn_if=conditions.warn_if,
            limits=tuple(_with_shares(limits.limits, conditions)),
            likelihood=entry.whole("likelihood", 1, 5),
            impact=entry.whole("impact", 1, 5),
            must_meet=entry.flag("must_meet"),
            owner=entry.word("owner", self.words.owners, "owner"),
            due_gate=due_gate,
            basis=basis,
            sources=sources,
            reads=conditions.reads(self.facts.schema) if self.facts.schema else (),
            fields=tuple(sorted(fields_of(conditions))),
            location=problems.place(node),
        )

    def items_besides(self, entry: Entry, item: Item) -> tuple[str, ...]:
        places = entry.word_places("also_items")
        if item.id in places:
            message = f'{entry.what}: "{item.id}" is its own item, which it judges anyway'
            entry.problems.at(places.pop(item.id), "own-item", message, "take it out of also_items")
        self.named_items.append((entry, places))
        return tuple(places)

    def phase(self, entry: Entry, item: Item, due_gate: str) -> str:
        """The phase that a check belongs to: its item's, else the one that its gate closes."""
        if item.phase is not None or not due_gate or self.words.gates is None:
            return item.phase or ""
        phase = dict(self.words.closed_phases).get(due_gate)
        if phase is None:
            message = f"its item has no phase, and gate {due_gate} does not say which one it closes"
            entry.report("due_gate", "no-phase", message, "give the item a phase, or the gate in pack.yaml")
        return phase or ""


def _with_shares(limits: tuple[Limit, ...], conditions: Conditions) -> Iterator[Limit]:
    """The limits, told of which of them shares are compared with."""
    judged = [each.expression for each in (conditions.pass_if, conditions.warn_if) if each is not None]
    of_shares = frozenset[str]().union(*map(limits_of_shares, judged))
    for limit in limits:
        yield replace(limit, of_share=True) if limit.name in of_shares else limit


def label(role: str, node: YamlNode) -> str:
    """What messages call an entry: `check PLN-RC-01.d`, or `a check` if it has no readable id."""
    name = node.get("id") if isinstance(node, YamlMapping) else None
    return f"{role} {shorten(name.text)}" if isinstance(name, YamlScalar) and name.text.strip() else f"a {role}"


def read_lines(entry: Entry) -> tuple[int, ...]:
    """The `source_lines` of an entry: whole numbers from 1."""
    found = []
    for node in entry.items("source_lines"):
        if isinstance(node, YamlScalar) and _LINE.fullmatch(node.text):
            found.append(int(node.text))
        else:
            message = f"{entry.what}: source_lines are whole numbers from 1, not {kind_of(node)}"
            entry.problems.at(node, "wrong-value", message)
    return tuple(found)
