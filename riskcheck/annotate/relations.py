"""What the parts of a package refer to, and of which types they are: reading it, and adding to it."""

from __future__ import annotations

from posixpath import dirname, relpath

from riskcheck.annotate.draft import Draft
from riskcheck.annotate.tags import escaped, spans
from riskcheck.facts.partxml import RELATIONSHIPS
from riskcheck.facts.workbookparts import relationships_part, target_of
from riskcheck.frozen import frozen
from riskcheck.model.text import Text

TYPES = "[content_types].xml"
_CONTENTTYPES = frozenset({"http://schemas.openxmlformats.org/package/2006/content-types"})
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@frozen
class Relation:
    """What a part refers to: the relationship's id and type, and the part's name, None for what is outside."""

    id: str
    type: str
    part: str | None

    @property
    def kind(self) -> str:
        """The end of the type: `comments`, `vmlDrawing` …"""
        return self.type.rpartition("/")[2]


def relations(draft: Draft, source: str) -> tuple[Relation, ...]:
    """What part `source` refers to; the package itself is the source `""`."""
    part = relationships_part(source)
    if part not in draft.names:
        return ()
    found = spans(draft.read(part), part, draft.at, ("Relationship",), RELATIONSHIPS)
    return tuple(_relation(source, each.attributes) for each in found)


def _relation(source: str, attributes: dict[str, str]) -> Relation:
    outside = attributes.get("TargetMode") == "External"
    part = None if outside else target_of(source, attributes.get("Target", ""))
    return Relation(attributes.get("Id", ""), attributes.get("Type", ""), part)


def related(draft: Draft, source: str, kind: str) -> str | None:
    """The first part of a kind that part `source` refers to; None if there is none."""
    return next((each.part for each in relations(draft, source) if each.kind == kind and each.part), None)


def relate(draft: Draft, source: str, *targets: tuple[str, str]) -> list[str]:
    """Let part `source` refer to `targets`, each a type and the name of a part; gives the relationships' ids."""
    new_ids = draft.new_relations.setdefault(source, set())
    taken = new_ids | {each.id for each in relations(draft, source)}
    ids: list[str] = []
    for _ in targets:
        number = 1
        while f"rId{number}" in taken:
            number += 1
        taken.add(f"rId{number}")
        new_ids.add(f"rId{number}")
        ids.append(f"rId{number}")
    folder = dirname(draft.written_name(source)) or "."
    new = [
        f'Relationship Id="{each}" Type="{kind}" Target="{escaped(relpath(name, folder))}"/>'.encode()
        for each, (kind, name) in zip(ids, targets, strict=True)
    ]
    _add_relationships(draft, source, new)
    return ids


def _add_relationships(draft: Draft, source: str, new: list[bytes]) -> None:
    part = relationships_part(source)
    if part in draft.names:
        found = spans(draft.read(part), part, draft.at, ("Relationships",), RELATIONSHIPS)
        if not found:
            raise draft.damaged(Text(f'the part "{part}" holds no relationships', f"部件“{part}”中没有关系"))
        draft.append(part, found[0], b"".join(b"<" + found[0].prefix + each for each in new))
        return
    (namespace,) = RELATIONSHIPS
    content = b"".join(b"<" + each for each in new).decode()
    whole = f'{_HEAD}<Relationships xmlns="{namespace}">{content}</Relationships>'
    draft.put(relationships_part(draft.written_name(source)), whole.encode())


def declare(draft: Draft, name: str, content_type: str) -> None:
    """Say of which type the part `name` is."""
    found = spans(draft.read(TYPES), TYPES, draft.at, ("Types", "Default", "Override"), _CONTENTTYPES)
    if not found or found[0].name != "Types":
        raise draft.damaged(Text("it does not say of which types its parts are", "没有说明各部件的类型"))
    new = f'Override PartName="/{escaped(name)}" ContentType="{content_type}"/>'
    draft.append(TYPES, found[0], b"<" + found[0].prefix + new.encode())
