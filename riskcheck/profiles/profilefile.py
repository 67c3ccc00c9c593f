"""A profile file: read with its places, all problems at once, and checked against the pack that it is for."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction

from riskcheck.model.number import SCALE, to_grid
from riskcheck.model.schema import EVIDENCE
from riskcheck.packs.entry import Entry
from riskcheck.packs.problems import FileProblems, kind_of
from riskcheck.packs.rulepack import RulePack
from riskcheck.packs.vocabulary import is_id, read_sources
from riskcheck.profiles.overrides import read_overrides
from riskcheck.profiles.profile import Drop, EvidenceFloor, Profile
from riskcheck.yamltree import YamlMapping, YamlNode, YamlScalar

OLDEST = 36_500
"""The greatest age in days that may be set."""
_KEYS = (
    ("id", "title"),
    ("limits", "weights", "drop", "complete", "max_age_days", "evidence_floor", "sources"),
)
_MULTIPLIERS = {"0.5": Fraction(1, 2), "1": Fraction(1), "1.0": Fraction(1), "1.5": Fraction(3, 2)}


def read_profile(tree: YamlNode, problems: FileProblems, pack: RulePack, sha256: str, name: str | None) -> Profile:
    """The profile in `tree`, for `pack`; what is wrong goes to `problems`. `name` is the id it must have."""
    entry = Entry(problems, tree, "the profile", *_KEYS)
    return _Reader(entry, pack).profile(sha256, name)


class _Reader:
    def __init__(self, entry: Entry, pack: RulePack) -> None:
        self.entry, self.pack = entry, pack
        self.tables = tuple(pack.schema.by_name)
        self.read = tuple(name for name in self.tables if any(name in check.reads for check in pack.checks))
        self.drops = self.read_drops()
        self.dropped_tables = {name for drop in self.drops for name in drop.tables}
        named = {name for drop in self.drops for name in drop.checks}
        self.kept = {
            check.id: check
            for check in pack.checks
            if check.id not in named and self.dropped_tables.isdisjoint(check.reads)
        }

    def profile(self, sha256: str, name: str | None) -> Profile:
        entry, pack = self.entry, self.pack
        if pack.checks and not self.kept and not entry.problems.found:
            entry.report("drop", "nothing-left", "nothing is left: every check of the pack is dropped")
        sources = read_sources(entry, bilingual=False)
        items, elements = self.weights()
        return Profile(
            id=self.id(name),
            title=entry.titles("title"),
            option=name or entry.problems.file.name,
            file=entry.problems.file.name,
            sha256=sha256,
            pack_sha256=pack.sha256,
            limits=tuple(read_overrides(entry, pack, self.kept, sources)),
            items=items,
            elements=elements,
            drops=self.drops,
            complete=self.complete(),
            max_age_days=tuple(self.max_ages()),
            evidence_floor=self.evidence_floor(),
            sources=sources,
        )

    def id(self, name: str | None) -> str:
        given = self.entry.text("id")
        if given and not is_id(given):
            message = f'"{given}" cannot be an id: use letters, digits, dot, hyphen, underscore'
            self.entry.report("id", "wrong-value", message)
        elif given and name not in (None, given):
            self.entry.report("id", "id-of-file", f'its id must be the name of its file, "{name}", not "{given}"')
        return given

    # ------------------------------------------------------------ what is dropped

    def read_drops(self) -> tuple[Drop, ...]:
        return tuple(self.drop(node) for node in self.entry.items("drop"))

    def drop(self, node: YamlNode) -> Drop:
        keys = ("tables", "all_tables_but", "checks")
        entry = Entry(self.entry.problems, node, "an entry of drop", ("reason",), keys)
        if isinstance(node, YamlMapping) and not any(key in entry.values for key in keys):
            message = "an entry of drop says what is dropped: tables, all_tables_but or checks"
            entry.problems.at(node, "missing-key", message)
        if "tables" in entry.values and "all_tables_but" in entry.values:
            entry.report("all_tables_but", "wrong-key", "tables and all_tables_but exclude each other")
        tables = self.tables_dropped(entry)
        if "all_tables_but" in entry.values:
            kept = entry.words("all_tables_but", self.tables, "table")
            tables = tuple(name for name in self.read if name not in kept)
        checks = entry.words("checks", self.pack.check_by_id, "check")
        return Drop(tables, checks, entry.remark("reason"))

    def tables_dropped(self, entry: Entry) -> tuple[str, ...]:
        """The tables that are named; one that no check reads cannot be dropped."""
        named = entry.word_places("tables", self.tables, "table")
        for name, place in named.items():
            if name not in self.read:
                message = f"no check reads the table {name}, so dropping it changes nothing"
                entry.problems.at(place, "useless-drop", message, "take it out")
        return tuple(named)

    # ------------------------------------------------------------ weights

    def weights(self) -> tuple[tuple[tuple[str, Fraction], ...], tuple[tuple[str, Fraction], ...]]:
        """The multipliers of items and of elements."""
        node = self.entry.values.get("weights")
        if node is None:
            return (), ()
        entry = Entry(self.entry.problems, node, "weights", (), ("items", "elements"))
        judged = self.kept.values()
        items, elements = {check.item for check in judged}, {name for check in judged for name in check.elements}
        known = [each.id for each in self.pack.elements]
        return (
            tuple(self.multipliers(entry, "items", "item", self.pack.item_by_id, items)),
            tuple(self.multipliers(entry, "elements", "element", known, elements)),
        )

    def multipliers(
        self, entry: Entry, key: str, role: str, allowed: Collection[str], judged: Collection[str]
    ) -> Iterator[tuple[str, Fraction]]:
        """The multipliers under `key`; `judged` are the items or elements of which a check is left."""
        for name, place, node in entry.named(key, role):
            if not entry.check_word(place, name, allowed, role):
                continue
            if name not in judged:
                message = f"no check of {role} {name} is judged, so weighing it changes nothing"
                entry.problems.at(place, "useless-weight", message, "take it out")
            found = _MULTIPLIERS.get(node.text) if isinstance(node, YamlScalar) else None
            if found is None:
                message = f"the weight of {role} {name} is multiplied by 0.5, 1 or 1.5, not by {kind_of(node)}"
                entry.problems.at(node, "wrong-value", message)
            else:
                yield name, found

    # ------------------------------------------------------------ facts

    def complete(self) -> tuple[str, ...]:
        named = self.entry.word_places("complete", self.tables, "table")
        for name, place in named.items():
            self.refuse_dropped(name, place, "complete")
        return tuple(name for name in self.tables if name in named)

    def max_ages(self) -> Iterator[tuple[str, int]]:
        for name, place, node in self.entry.named("max_age_days", "table"):
            if not self.entry.check_word(place, name, self.tables, "table"):
                continue
            self.refuse_dropped(name, place, "max_age_days")
            days = node.text if isinstance(node, YamlScalar) and node.plain else ""
            if days.isascii() and days.isdigit() and len(days) <= 5 and int(days) <= OLDEST:
                yield name, int(days)
            else:
                message = f"the age of table {name} is a whole number of days up to {OLDEST}, not {kind_of(node)}"
                self.entry.problems.at(node, "wrong-value", message)

    def refuse_dropped(self, table: str, place: YamlNode, key: str) -> None:
        if table in self.dropped_tables:
            message = f"{key} names the table {table}, which this profile drops"
            self.entry.problems.at(place, "dropped", message, "keep the table, or take this out")

    def evidence_floor(self) -> EvidenceFloor | None:
        node = self.entry.values.get("evidence_floor")
        if node is None:
            return None
        entry = Entry(self.entry.problems, node, "evidence_floor", ("gate", "grade"))
        if not self.pack.schema.has_evidence:
            message = f"the facts of the pack have no table {EVIDENCE} with fact and kind, so no check could meet it"
            self.entry.report("evidence_floor", "no-evidence", message)
        gate = entry.word("gate", [each.id for each in self.pack.gates], "gate")
        return EvidenceFloor(gate, _grade(entry))


def _grade(entry: Entry) -> Fraction:
    node = entry.values.get("grade")
    grid = to_grid(node.text) if isinstance(node, YamlScalar) and node.plain else None
    if grid is not None and 0 < grid <= SCALE:
        return Fraction(grid, SCALE)
    if node is not None:
        message = (
            f'"grade" must be a number above 0 and at most 1, not {kind_of(node)}',
            "system exports and signed documents have grade 1, other documents 0.8, statements 0.5, no evidence 0.3",
        )
        entry.report("grade", "wrong-value", *message)
    return Fraction(1)
