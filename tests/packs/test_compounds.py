"""The order of compound rules, and the cycles that would leave none."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from riskcheck.model.place import Location
from riskcheck.model.text import Text
from riskcheck.packs.compounds import cycles, strata_of
from riskcheck.packs.patterns import members_of
from riskcheck.packs.rulepack import AllOf, AnyOf, Compound, Member


def compound(name: str, *members: str) -> Compound:
    text = Text("x", "x")
    when = AllOf(tuple(Member(member) for member in members))
    return Compound(name, text, text, text, when, 1, 1, False, "stated", (), Location("x"))


def test_strata_follow_the_longest_way_down() -> None:
    rules = [compound("D", "A", "C"), compound("A", "c.1"), compound("B", "A", "c.2"), compound("C", "B")]
    assert strata_of(rules) == (("A",), ("B",), ("C",), ("D",))


def test_rules_of_a_stratum_keep_their_order() -> None:
    assert strata_of([compound("B", "c"), compound("A", "c"), compound("C", "A", "B")]) == (("B", "A"), ("C",))


def test_a_long_chain_is_no_trouble() -> None:
    rules = [compound(f"R{n}", f"R{n + 1}" if n < 4999 else "c") for n in range(5000)]
    assert len(strata_of(rules)) == 5000


def test_members_are_named_once() -> None:
    pattern = AnyOf((Member("a"), AllOf((Member("b"), Member("a"))), Member("c")))
    assert members_of(pattern) == ("a", "b", "c")


def test_cycles_are_named_from_their_first_rule() -> None:
    graph = {"A": ("c.1",), "B": ("A", "C"), "C": ("D",), "D": ("B",), "E": ("F",), "F": ("E", "B")}
    assert list(cycles(graph)) == [("B", "C", "D"), ("E", "F")]


graphs = st.dictionaries(
    st.sampled_from("ABCDEFG"), st.lists(st.sampled_from("ABCDEFGxyz"), max_size=4).map(tuple), max_size=7
).map(lambda graph: {name: tuple(each for each in needed if each != name) for name, needed in graph.items()})


@settings(derandomize=True, max_examples=300)
@given(graphs)
def test_either_there_is_a_cycle_or_every_rule_has_its_stratum(graph: dict[str, tuple[str, ...]]) -> None:
    found = list(cycles(graph))
    for cycle in found:
        for name, needed in zip(cycle, (*cycle[1:], cycle[0]), strict=True):
            assert needed in graph[name]
    strata = strata_of([compound(name, *needed) for name, needed in graph.items()])
    placed = {name: depth for depth, stratum in enumerate(strata) for name in stratum}
    assert (len(placed) == len(graph)) == (not found)
    for name in placed:
        assert all(placed[each] < placed[name] for each in graph[name] if each in graph)
