"""From the files of a pack to its typed rules, or to all its problems at once."""

from __future__ import annotations

from riskcheck.errors import Diagnostic, PackError
from riskcheck.model.place import Location
from riskcheck.model.schema import VagueTerms
from riskcheck.packs.compounds import CompoundReader, strata_of
from riskcheck.packs.conditions import KnownFacts
from riskcheck.packs.digest import digest
from riskcheck.packs.factschema import SchemaRead, read_schema
from riskcheck.packs.ids import Ids
from riskcheck.packs.locate import PACK_FILE
from riskcheck.packs.openfile import open_file
from riskcheck.packs.packfiles import FilesRead, shown_path
from riskcheck.packs.problems import in_order
from riskcheck.packs.rulefile import RuleReader
from riskcheck.packs.rulepack import Check, Compound, Item, RulePack
from riskcheck.packs.vocabulary import Vocabulary, read_vocabulary, words_of

FACTS_FILE = "facts.yaml"
COMPOUNDS_FILE = "compounds.yaml"


def read_pack(root: str, shown: str, files: FilesRead) -> RulePack:
    """The pack whose rule files these are, called `shown` in messages.

    Raises PackError with all its problems, in the order of its files.
    """
    reading = _Reading(shown, files)
    vocabulary = reading.vocabulary()
    schema = reading.schema(vocabulary)
    items, checks, compounds = reading.rules(vocabulary, schema)
    problems = reading.problems()
    if problems or vocabulary is None or schema is None:
        raise PackError(problems)
    phases = [phase.id for phase in vocabulary.phases]
    return RulePack(
        id=vocabulary.id,
        version=vocabulary.version,
        title=vocabulary.title,
        sha256=digest(files.files),
        schema=schema.schema,
        phases=vocabulary.phases,
        elements=vocabulary.elements,
        gates=vocabulary.gates,
        owners=vocabulary.owners,
        sources=vocabulary.sources,
        items=tuple(sorted(items, key=lambda item: phases.index(item.phase) if item.phase else len(phases))),
        checks=tuple(sorted(checks, key=lambda check: phases.index(check.phase))),
        compounds=compounds,
        strata=strata_of(compounds),
        scoring=vocabulary.scoring,
        root=root,
    )


class _Reading:
    """The files of a pack while they are read, part by part; later parts go on where earlier ones have problems."""

    def __init__(self, shown: str, files: FilesRead) -> None:
        self.missing: list[Diagnostic] = list(files.problems)
        self.shown = shown
        self.opened = {file.path: open_file(file) for file in files.files}
        self.rule_files = [
            opened for path, opened in self.opened.items() if path not in (PACK_FILE, FACTS_FILE, COMPOUNDS_FILE)
        ]

    def vocabulary(self) -> Vocabulary | None:
        opened = self.opened.get(PACK_FILE)
        return opened.read(read_vocabulary) if opened else None

    def schema(self, vocabulary: Vocabulary | None) -> SchemaRead | None:
        opened = self.opened.get(FACTS_FILE)
        if opened is None:
            self.lack(FACTS_FILE, "the pack has no facts.yaml", "it says which tables and fields the conditions read")
            return None
        vague_terms = self.vague_terms(vocabulary)
        return opened.read(lambda tree, problems: read_schema(tree, problems, vague_terms))

    def vague_terms(self, vocabulary: Vocabulary | None) -> VagueTerms | None:
        """The pack's word lists; empty ones if `pack.yaml` has problems, so that their absence is not told again."""
        if vocabulary is None or self.opened[PACK_FILE].problems.found:
            return VagueTerms((), (), (), ())
        return vocabulary.vague_terms

    def rules(
        self, vocabulary: Vocabulary | None, schema: SchemaRead | None
    ) -> tuple[list[Item], list[Check], tuple[Compound, ...]]:
        facts = KnownFacts(schema.schema, schema.doubtful) if schema else KnownFacts(None, frozenset())
        reader = RuleReader(words_of(vocabulary), facts)
        read = [opened.read(reader.read) for opened in self.rule_files]
        if not read:
            self.lack("", "the pack has no rules", "put one file for each item, with its checks, into the folder")
        if None not in read and not self.missing:
            reader.report_unknown_items()
        items = [each[0] for each in read if each]
        checks = [check for each in read if each for check in each[1]]
        return items, checks, self.compounds(reader.rule_ids, checks_known=None not in read and not self.missing)

    def compounds(self, rule_ids: Ids, *, checks_known: bool) -> tuple[Compound, ...]:
        opened = self.opened.get(COMPOUNDS_FILE)
        if opened is None:
            return ()
        compounds = opened.read(lambda tree, problems: CompoundReader(problems, rule_ids, checks_known).read(tree))
        return compounds or ()

    def lack(self, path: str, message: str, hint: str) -> None:
        place = Location(shown_path(self.shown, path))
        if not any(each.location == place for each in self.missing):
            self.missing.append(Diagnostic("missing-file", message, place, (hint,)))

    def problems(self) -> tuple[Diagnostic, ...]:
        found = (problem for opened in self.opened.values() for problem in opened.problems.found)
        return in_order((*self.missing, *found))
