"""Cycles in a graph of links, without recursion: a plan may chain a hundred thousand tasks."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    Node = TypeVar("Node", bound=Hashable)


def on_cycles(links: Mapping[Node, Sequence[Node]]) -> frozenset[Node]:
    """The nodes from which following links returns to them. A link to what is no key of `links` ends there.

    Tarjan's strongly connected components, in time linear in nodes and links.
    """
    search = _Search(links)
    for node in links:
        if node not in search.order:
            search.explore(node)
    return frozenset(search.cyclic)


class _Search:
    """One depth-first walk. `order` counts the nodes as they are met; `reach` is the first of the open nodes (those
    still on `open`) that is known to be reached from a node."""

    def __init__(self, links: Mapping[Any, Sequence[Any]]) -> None:
        self.links = links
        self.order: dict[Any, int] = {}
        self.reach: dict[Any, int] = {}
        self.open: dict[Any, None] = {}
        self.path: list[tuple[Any, Iterator[Any]]] = []
        self.cyclic: set[Any] = set()

    def explore(self, root: Any) -> None:
        self.enter(root)
        while self.path:
            node, targets = self.path[-1]
            for target in targets:
                if target in self.links and target not in self.order:
                    self.enter(target)
                    break
                if target in self.open:
                    self.reach[node] = min(self.reach[node], self.order[target])
            else:
                self.leave(node)

    def enter(self, node: Any) -> None:
        self.order[node] = self.reach[node] = len(self.order)
        self.open[node] = None
        self.path.append((node, iter(self.links[node])))

    def leave(self, node: Any) -> None:
        self.path.pop()
        if self.path:
            before = self.path[-1][0]
            self.reach[before] = min(self.reach[before], self.reach[node])
        if self.reach[node] == self.order[node]:
            self.close(node)

    def close(self, first: Any) -> None:
        """Close the component that `first` was met first of."""
        component = [self.open.popitem()[0]]
        while component[-1] != first:
            component.append(self.open.popitem()[0])
        if len(component) > 1 or first in self.links[first]:
            self.cyclic.update(component)
