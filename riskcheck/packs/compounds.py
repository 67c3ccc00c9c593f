"""`compounds.yaml`: the compound rules, and the order in which they can be decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from riskcheck.errors import did_you_mean
from riskcheck.frozen import frozen
from riskcheck.packs.entry import Entry
from riskcheck.packs.ids import Ids
from riskcheck.packs.patterns import members_of
from riskcheck.packs.problems import FileProblems, kind_of, shorten
from riskcheck.packs.rulefile import label, read_lines
from riskcheck.packs.rulepack import AllOf, AnyOf, Compound, Member, Pattern
from riskcheck.yamltree import YamlMapping, YamlNode, YamlScalar, YamlSequence

_KEYS = (
    ("id", "title", "consequence", "control", "when", "likelihood", "impact", "blocks_gate", "basis"),
    ("source_lines",),
)
_BASES = ("stated", "implied")
_SHAPE = 'write {all: [{any: [ID, ID]}, ID]}: "all" and "any" over the ids of checks and compound rules'


@frozen
class _Named:
    """A rule named in a pattern, and where."""

    id: str
    node: YamlScalar


@dataclass
class CompoundReader:
    """Reads the compound rules; `rule_ids` holds the checks, all of them if `checks_known`."""

    problems: FileProblems
    rule_ids: Ids
    checks_known: bool
    named: dict[str, list[_Named]] = field(default_factory=dict)

    def read(self, tree: YamlNode) -> tuple[Compound, ...]:
        """The compound rules of the file; what is wrong goes to `problems`."""
        nodes = Entry(self.problems, tree, "compounds.yaml", ("compounds",)).items("compounds")
        compounds = tuple(self.compound(node) for node in nodes)
        self.check_members()
        return compounds

    def compound(self, node: YamlNode) -> Compound:
        entry = Entry(self.problems, node, label("compound rule", node), *_KEYS)
        name = self.rule_ids.take(entry)
        when = entry.values.get("when")
        members = self.named.setdefault(name or entry.what, [])
        return Compound(
            id=name,
            title=entry.titles("title"),
            consequence=entry.titles("consequence"),
            control=entry.titles("control"),
            when=self.pattern(entry, when, members) if when is not None else AnyOf(()),
            likelihood=entry.whole("likelihood", 1, 5),
            impact=entry.whole("impact", 1, 5),
            blocks_gate=entry.flag("blocks_gate"),
            basis=entry.word("basis", _BASES, "basis"),
            source_lines=read_lines(entry),
            location=self.problems.place(node),
        )

    def pattern(self, entry: Entry, node: YamlNode, members: list[_Named]) -> Pattern:
        """pattern ::= ID | {all: [pattern, …]} | {any: [pattern, …]}"""
        if isinstance(node, YamlScalar) and node.text.strip():
            members.append(_Named(node.text.strip(), node))
            return Member(node.text.strip())
        if isinstance(node, YamlMapping) and len(node.entries) == 1:
            key, parts = node.entries[0]
            if key.text in ("all", "any") and isinstance(parts, YamlSequence):
                return self.group(entry, key, parts, members)
        self.problems.at(node, "wrong-type", f"{entry.what}: {_what_is_wrong(node)}", _SHAPE)
        return AnyOf(())

    def group(self, entry: Entry, key: YamlScalar, parts: YamlSequence, members: list[_Named]) -> Pattern:
        if not parts.items:
            self.problems.at(parts, "empty-group", f'{entry.what}: "{key.text}" of nothing', _SHAPE)
        read: list[Pattern] = []
        named: set[str] = set()
        for part in parts:
            pattern = self.pattern(entry, part, members)
            read.append(pattern)
            if isinstance(pattern, Member) and pattern.id in named:
                self.problems.at(part, "duplicate-word", f'{entry.what}: "{pattern.id}" stands twice in one group')
            elif isinstance(pattern, Member):
                named.add(pattern.id)
        return AllOf(tuple(read)) if key.text == "all" else AnyOf(tuple(read))

    def check_members(self) -> None:
        """Report members that are no rules, and rules that wait for each other."""
        for name, members in self.named.items():
            for member in members:
                self.check_member(name, member)
        graph = {name: tuple(each.id for each in members if each.id != name) for name, members in self.named.items()}
        for cycle in cycles(graph):
            node = next(each.node for each in self.named[cycle[0]] if each.id == cycle[1])
            message = f"compound rules wait for each other: {' -> '.join((*cycle, cycle[0]))}"
            hint = "a rule may build only on rules that do not build on it; take one of the names out"
            self.problems.at(node, "rule-cycle", message, hint)

    def check_member(self, name: str, member: _Named) -> None:
        if member.id == name:
            message = f"compound rule {name} names itself"
            self.problems.at(member.node, "names-itself", message, "take it out of its own pattern")
        elif member.id not in self.rule_ids and self.checks_known:
            message = f'compound rule {name}: there is no check or compound rule "{shorten(member.id)}"'
            self.problems.at(member.node, "unknown-rule", message + did_you_mean(member.id, self.rule_ids))


def strata_of(compounds: Iterable[Compound]) -> tuple[tuple[str, ...], ...]:
    """The ids by depth: those of a stratum name only checks and compound rules of earlier strata. Free of cycles."""
    graph = {compound.id: members_of(compound.when) for compound in compounds}
    depths = _depths(graph)
    strata: list[list[str]] = [[] for _ in range(max(depths.values(), default=-1) + 1)]
    for name in graph:
        if name in depths:
            strata[depths[name]].append(name)
    return tuple(tuple(stratum) for stratum in strata)


def cycles(graph: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Cycles of a graph that maps each node to those it needs: one at least of each knot, no two with a common node."""
    settled = _depths(graph)
    seen: set[str] = set()
    for start in graph:
        path: dict[str, None] = {}
        node = start
        while node not in settled and node not in seen and node not in path:
            path[node] = None
            node = next(each for each in graph[node] if each in graph and each not in settled)
        if node in path:
            names = list(path)
            yield tuple(names[names.index(node) :])
        seen.update(path)


def _depths(graph: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """How deep each node lies above those that need no other of the graph; nodes of and above cycles are left out."""
    needs = {name: {each for each in needed if each in graph} for name, needed in graph.items()}
    needed_by: dict[str, list[str]] = {name: [] for name in graph}
    for name, needed in needs.items():
        for each in needed:
            needed_by[each].append(name)
    depths: dict[str, int] = {name: 0 for name, needed in needs.items() if not needed}
    ready = list(depths)
    for name in ready:
        for above in needed_by[name]:
            needs[above].discard(name)
            if not needs[above]:
                depths[above] = depths[name] + 1
                ready.append(above)
    return depths


def _what_is_wrong(node: YamlNode) -> str:
    if isinstance(node, YamlMapping) and len(node.entries) == 1:
        key, parts = node.entries[0]
        if key.text in ("all", "any"):
            return f'"{key.text}" must be a list, not {kind_of(parts)}'
        return f'"{shorten(key.text)}" is neither "all" nor "any"; compound rules know no negation'
    if isinstance(node, YamlMapping):
        return "a group has one key"
    return f"a group or the id of a rule is expected, not {kind_of(node)}"
