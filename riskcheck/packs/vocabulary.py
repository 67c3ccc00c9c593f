"""`pack.yaml`: what the pack is called, the words its rules may use, and the numbers of its score."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from riskcheck.celltext import clean
from riskcheck.frozen import frozen
from riskcheck.model.finding import Band
from riskcheck.model.number import to_grid
from riskcheck.model.schema import VagueTerms
from riskcheck.model.text import Text
from riskcheck.packs.entry import Entry
from riskcheck.packs.problems import FileProblems, kind_of
from riskcheck.packs.rulepack import Gate, Named, ScoreModel, Source
from riskcheck.yamltree import YamlNode, YamlScalar

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,6})?")
_MAX_WEIGHT = 1000


@frozen
class Vocabulary:
    """What `pack.yaml` says. `vague_terms` has the word lists and no fields; None if the pack has no lists."""

    id: str
    version: str
    title: Text
    phases: tuple[Named, ...]
    elements: tuple[Named, ...]
    gates: tuple[Gate, ...]
    owners: tuple[Named, ...]
    sources: tuple[Source, ...]
    scoring: ScoreModel
    vague_terms: VagueTerms | None


@frozen
class Words:
    """The ids that rules may use; None where it is not known which, so that nothing is said about them."""

    phases: tuple[str, ...] | None = None
    elements: tuple[str, ...] | None = None
    gates: tuple[str, ...] | None = None
    owners: tuple[str, ...] | None = None
    sources: tuple[str, ...] | None = None
    closed_phases: tuple[tuple[str, str], ...] = ()
    """Gates, each with the phase that it closes."""


def words_of(vocabulary: Vocabulary | None) -> Words:
    """The ids that a pack's rules may use; `vocabulary` is None if `pack.yaml` cannot be read."""
    if vocabulary is None:
        return Words()
    return Words(
        phases=_ids(vocabulary.phases),
        elements=_ids(vocabulary.elements),
        gates=_ids(vocabulary.gates),
        owners=_ids(vocabulary.owners),
        sources=_ids(vocabulary.sources),
        closed_phases=tuple((gate.id, gate.phase) for gate in vocabulary.gates if gate.phase is not None),
    )


def _ids(named: Iterable[Named | Gate | Source]) -> tuple[str, ...] | None:
    return tuple([each.id for each in named]) or None


def read_vocabulary(tree: YamlNode, problems: FileProblems) -> Vocabulary:
    """Read `pack.yaml`; what is wrong goes to `problems`."""
    required = ("id", "version", "title", "phases", "elements", "gates", "owners", "sources", "scoring")
    entry = Entry(problems, tree, "the pack", required, ("vague_terms",))
    pack_id = entry.text("id")
    if pack_id and not is_id(pack_id):
        entry.report("id", "wrong-value", f'"{pack_id}" cannot be an id: use letters, digits, dot, hyphen, underscore')
    phases = _named(entry, "phases", "phase")
    return Vocabulary(
        id=pack_id,
        version=entry.text("version"),
        title=entry.titles("title"),
        phases=phases,
        elements=_named(entry, "elements", "element"),
        gates=_gates(entry, _ids(phases)),
        owners=_named(entry, "owners", "owner"),
        sources=read_sources(entry),
        scoring=_scoring(entry),
        vague_terms=_vague_terms(entry),
    )


def is_id(text: str) -> bool:
    """Whether a text may be an id: letters, digits, dot, hyphen and underscore."""
    return _ID.fullmatch(text) is not None


def _named(entry: Entry, key: str, role: str) -> tuple[Named, ...]:
    found = _titled(entry, key, role)
    return tuple(Named(name, Text(title.text("en"), title.text("zh"))) for name, title in found)


def _gates(entry: Entry, phases: tuple[str, ...] | None) -> tuple[Gate, ...]:
    return tuple(
        Gate(name, Text(gate.text("en"), gate.text("zh")), gate.word_or_none("phase", phases, "phase"))
        for name, gate in _titled(entry, "gates", "gate", ("phase",))
    )


def _titled(entry: Entry, key: str, role: str, optional: tuple[str, ...] = ()) -> Iterator[tuple[str, Entry]]:
    """The ids of a mapping, each with its description, which has a title in both languages."""
    for name, place, node in entry.named(key, role):
        if not is_id(name):
            message = f'{role} "{name}" cannot be an id: use letters, digits, dot, hyphen, underscore'
            entry.problems.at(place, "wrong-value", message)
        yield name, Entry(entry.problems, node, f"{role} {name}", ("en", "zh"), optional)


def read_sources(entry: Entry, *, bilingual: bool = True) -> tuple[Source, ...]:
    """The `sources` of a pack or profile, by id; `where` may be one text, such as an address, for both languages.

    So may the title, unless it must be `bilingual`.
    """
    found: list[Source] = []
    for name, _, node in entry.named("sources", "source"):
        source = Entry(entry.problems, node, f"source {name}", ("title", "where"))
        found.append(
            Source(name, source.titles("title") if bilingual else source.remark("title"), source.remark("where"))
        )
    return tuple(found)


def _scoring(entry: Entry) -> ScoreModel:
    keys = ("weights", "pass_score", "open_score", "element_floor", "coverage_floor")
    node = entry.values.get("scoring")
    scoring = Entry(entry.problems, node, "scoring", keys) if node is not None else None
    if scoring is None:
        return ScoreModel((), 0, 0, 0, 0)
    pass_score, open_score = scoring.whole("pass_score", 0, 100, 100), scoring.whole("open_score", 0, 100)
    if open_score > pass_score > 0:
        scoring.report("open_score", "wrong-value", f"open_score {open_score} is above pass_score {pass_score}")
    return ScoreModel(
        weights=_weights(scoring),
        pass_score=pass_score,
        open_score=open_score,
        element_floor=scoring.whole("element_floor", 0, 100),
        coverage_floor=_share(scoring, "coverage_floor"),
    )


def _weights(scoring: Entry) -> tuple[tuple[Band, int], ...]:
    node = scoring.values.get("weights")
    if node is None:
        return ()
    bands = (Band.CRITICAL, Band.HIGH, Band.MEDIUM, Band.LOW)
    weights = Entry(scoring.problems, node, "weights", tuple(band.value for band in bands))
    return tuple((band, weights.whole(band.value, 1, _MAX_WEIGHT)) for band in bands)


def _share(entry: Entry, key: str) -> int:
    """A number from 0 to 1, as a grid integer."""
    node = entry.values.get(key)
    if node is None:
        return 0
    if isinstance(node, YamlScalar) and node.plain and _NUMBER.fullmatch(node.text):
        grid = to_grid(node.text)
        if grid is not None and grid <= (to_grid(1) or 0):
            return grid
    entry.report(key, "wrong-value", f'"{key}" must be a number from 0 to 1, not {kind_of(node)}')
    return 0


def _vague_terms(entry: Entry) -> VagueTerms | None:
    node = entry.values.get("vague_terms")
    if node is None:
        return None
    terms = Entry(entry.problems, node, "vague_terms", ("zh", "en"), ("zh_exceptions",))
    words, exceptions = terms.words("zh"), terms.word_places("zh_exceptions")
    for exception, place in exceptions.items():
        if words and not any(word in exception for word in words):
            message = f'vague_terms: the exception "{exception}" holds none of the words in "zh", so it has no effect'
            entry.problems.at(place, "useless-exception", message)
    lists = (words, exceptions, terms.words("en"))
    return VagueTerms((), *(tuple(map(clean, words)) for words in lists))
