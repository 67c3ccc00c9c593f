"""The schema of the files of a rule pack: `pack.yaml`, `facts.yaml`, rules, compound rules, cases and profiles.

One schema for them all: which file it is shows in its keys. What each key means is told in `docs/rules.md`.
"""

from __future__ import annotations

from riskcheck.model.finding import Band, Outcome
from riskcheck.model.schema import FieldType
from riskcheck.schemas import DRAFT
from riskcheck.schemas.parts import (
    BOTH,
    CONDITION,
    DAY,
    FLAG,
    ID,
    NAME,
    TEXT,
    WHOLE,
    Schema,
    listed,
    mapping,
    named,
    one_of,
    told,
    within,
)

_ORIGIN = one_of("sourced", "mixed", "judgement")
_GROUP: Schema = {"$ref": "#/$defs/group"}
_REMARK: Schema = {"anyOf": [BOTH, TEXT]}
_SOURCES = told(listed(ID), "Sources of the pack; needed unless the origin is judgement.")
_SCORE = within(0, 100)
_RATED: dict[str, Schema] = {
    "likelihood": told(within(1, 5), "That it goes wrong if the check fails."),
    "impact": told(within(1, 5), "How bad that is."),
}


def pack_schema() -> Schema:
    """The schema of any one file of a pack."""
    files = {
        "pack": _pack(),
        "facts": mapping({"tables": named({"$ref": "#/$defs/table"}, NAME)}),
        "rules": mapping({"item": {"$ref": "#/$defs/item"}}, {"checks": listed({"$ref": "#/$defs/check"})}),
        "compounds": mapping({"compounds": listed({"$ref": "#/$defs/compound"})}),
        "cases": mapping({"cases": listed({"$ref": "#/$defs/case"})}, {"as_of": DAY, "rows": {"type": "object"}}),
        "equivalents": mapping({"equivalent": listed(mapping({"check": ID, "mutant": TEXT, "reason": TEXT}))}),
        "profile": _profile(),
    }
    return {
        "$schema": DRAFT,
        "title": "A file of a riskcheck rule pack",
        "anyOf": [{"$ref": f"#/$defs/{name}_file"} for name in files],
        "$defs": {
            "both": told(mapping({"en": TEXT, "zh": TEXT}), "A text in English and Chinese."),
            "item": _item(),
            "check": _check(),
            "limit": _limit(),
            "table": _table(),
            "field": _field(),
            "compound": _compound(),
            "group": _group(),
            "case": _case(),
            **{f"{name}_file": schema for name, schema in files.items()},
        },
    }


def _pack() -> Schema:
    gate = mapping({"en": TEXT, "zh": TEXT}, {"phase": told(ID, "The phase that the gate closes.")})
    weights = mapping({band.value: within(1, 1000) for band in reversed(Band)})
    scoring = mapping(
        {
            "weights": told(weights, "The weight of a check by its band."),
            "pass_score": told(_SCORE, "Below it the verdict is CONDITIONAL at best."),
            "open_score": told(_SCORE, "Below it the gate stays shut."),
            "element_floor": told(_SCORE, "Below it an element makes the verdict CONDITIONAL."),
            "coverage_floor": told(within(0, 1, "number"), "The share of the weight that must be judged."),
        }
    )
    required = {
        "id": ID,
        "version": TEXT,
        "title": BOTH,
        "phases": named(BOTH),
        "elements": named(BOTH),
        "gates": told(named(gate), "In the order in which they are passed."),
        "owners": named(BOTH),
        "sources": named(mapping({"title": BOTH, "where": _REMARK})),
        "scoring": scoring,
    }
    words = listed(TEXT)
    return mapping(required, {"vague_terms": mapping({"zh": words, "en": words}, {"zh_exceptions": words})})


def _item() -> Schema:
    optional = {
        "phase": told(ID, "Left out for what runs through all phases."),
        "cause": BOTH,
        "consequence": BOTH,
        "source_lines": listed({**WHOLE, "minimum": 1}),
    }
    return mapping({"id": ID, "kind": NAME, "elements": listed(ID), "title": BOTH}, optional)


def _check() -> Schema:
    required = {
        "id": told(ID, "The item's id, a dot and more."),
        "title": told(BOTH, "What is required, not the defect."),
        "pass_if": CONDITION,
        **_RATED,
        "owner": ID,
        "due_gate": told(ID, "Judged at this gate and all later ones."),
        "origin": told(_ORIGIN, "Where the test comes from."),
        "evidence": told(BOTH, "What the finding shows."),
        "control": told(BOTH, "What to do about it."),
    }
    optional = {
        "also_items": told(listed(ID), "Other items that the check judges, too."),
        "applies_when": told(CONDITION, "False means not applicable."),
        "rows": told(CONDITION, "The rows judged: tasks.filter(task, …)."),
        "measure": told(CONDITION, "A value, which pass_if or warn_if call measure."),
        "warn_if": told(CONDITION, "Counts only where pass_if is not true."),
        "limits": named({"$ref": "#/$defs/limit"}, NAME),
        "must_meet": told(FLAG, "True: it shuts the gate on its own."),
        "sources": _SOURCES,
    }
    return mapping(required, optional)


def _limit() -> Schema:
    value: Schema = {"type": ["number", "boolean", "string"]}
    return mapping({"value": value, "origin": _ORIGIN}, {"title": BOTH, "sources": _SOURCES})


def _table() -> Schema:
    optional = {
        "aliases": told(listed(TEXT), "Other names for the sheet."),
        "one_row": told(FLAG, "True: one value for each field."),
        "min_rows": within(0, 1000),
        "note": told(BOTH, "Help in the template."),
    }
    return mapping({"title": BOTH, "fields": named({"$ref": "#/$defs/field"}, NAME)}, optional)


def _field() -> Schema:
    number: Schema = {"type": "number"}
    word = mapping({"en": TEXT, "zh": TEXT}, {"aliases": listed(TEXT)})
    optional = {
        "aliases": told(listed(TEXT), "Other names for the column."),
        "allowed": told(named(word), "The words of an enum."),
        "optional": told(FLAG, "True: nothing in the cell is an answer, once the table is complete."),
        "event": told(FLAG, "On an optional date: until it is filled in, the thing has not happened."),
        "min": number,
        "max": number,
        "none_is": told(number, "The number that a written none stands for."),
        "derived": mapping({"vague_terms": listed(NAME)}),
        "unit": BOTH,
        "note": told(BOTH, "Help in the template."),
        "carried": told(FLAG, "On a text: no check reads it; people say in it what a row is about."),
    }
    return mapping({"type": one_of(*(each.value for each in FieldType)), "title": BOTH}, optional)


def _compound() -> Schema:
    required = {
        "id": ID,
        "title": BOTH,
        "consequence": told(BOTH, "What comes of it."),
        "control": told(BOTH, "What to do about it."),
        "when": _GROUP,
        **_RATED,
        "blocks_gate": told(FLAG, "True: it shuts the gate when it fires."),
        "basis": one_of("stated", "implied"),
    }
    return mapping(required, {"source_lines": listed({**WHOLE, "minimum": 1})})


def _group() -> Schema:
    members = {**listed({"anyOf": [ID, _GROUP]}), "minItems": 1}
    return told({"anyOf": [mapping({"all": members}), mapping({"any": members})]}, "all and any over ids of rules.")


def _case() -> Schema:
    outcomes = [each.value for each in Outcome if each is not Outcome.ERROR]
    required = {
        "check": ID,
        "name": told(TEXT, "What the case shows."),
        "facts": told({"type": "object"}, "Tables with their rows."),
        "expect": one_of(*outcomes),
    }
    optional = {
        "as_of": DAY,
        "complete": {"anyOf": [{"const": "all"}, listed(NAME)]},
        "possible": listed(one_of(*(each for each in outcomes if each != Outcome.UNKNOWN.value))),
        "problems": told(FLAG, "True: the facts have input problems on purpose."),
    }
    return mapping(required, optional)


def _profile() -> Schema:
    value: Schema = {"type": ["number", "boolean", "string"]}
    limit = mapping({"value": value, "origin": _ORIGIN, "reason": _REMARK}, {"sources": _SOURCES})
    drop = {"tables": listed(NAME), "all_tables_but": listed(NAME), "checks": listed(ID)}
    multipliers = named({"enum": [0.5, 1, 1.5]})
    optional = {
        "limits": told(named(named(limit)), "By check, then by limit."),
        "weights": mapping({}, {"items": multipliers, "elements": multipliers}),
        "drop": listed(mapping({"reason": _REMARK}, drop)),
        "complete": {"anyOf": [{"const": "all"}, listed(NAME)]},
        "max_age_days": named(within(0, 36_500)),
        "evidence_floor": mapping({"gate": ID, "grade": within(0, 1, "number")}),
        "sources": named(mapping({"title": _REMARK, "where": _REMARK})),
    }
    return mapping({"id": ID, "title": BOTH}, optional)
