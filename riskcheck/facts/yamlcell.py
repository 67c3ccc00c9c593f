"""A YAML node as a raw cell."""

from __future__ import annotations

from riskcheck.facts.rawcell import Listed, RawCell, Structure
from riskcheck.yamltree import YamlNode, YamlScalar, YamlSequence


def raw_of_node(node: YamlNode) -> RawCell:
    """The text of a scalar (`""` for nothing), the texts of a list, or what else stands where a cell should be."""
    match node:
        case YamlScalar():
            return "" if node.is_nothing else node.text
        case YamlSequence(items) if all(isinstance(item, YamlScalar) for item in items):
            return Listed(tuple(str(raw_of_node(item)) for item in items))
        case YamlSequence():
            return Structure("[…]")
        case _:
            return Structure("{…}")
