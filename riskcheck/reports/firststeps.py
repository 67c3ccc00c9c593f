"""What to do first: the few things that stand between the project and its gate, in the order to do them."""

from __future__ import annotations

from collections.abc import Iterator

from riskcheck.frozen import frozen
from riskcheck.model.assessment import Assessment
from riskcheck.model.finding import CompoundFinding, CompoundState, Finding, Outcome
from riskcheck.model.text import Text
from riskcheck.reports import phrases
from riskcheck.reports.nextfacts import FactToSupply, facts_to_supply

TO_MEND = (Outcome.FAIL, Outcome.ERROR, Outcome.WARN)
"""What a control mends. What is unknown may turn out to be met: it needs facts first."""


@frozen
class FirstStep:
    """One thing to do: a control to take, or a fact to supply.

    `check` is the check or compound rule that it mends, `serves` how many checks a fact serves; `places` are the first
    cells to fill in. `command` declares tables complete, where nothing else keeps the verdict from being given.
    """

    what: Text
    check: str | None = None
    owner: Text | None = None
    due: Text | None = None
    serves: int = 0
    places: tuple[str, ...] = ()
    command: str | None = None


def first_steps(assessment: Assessment) -> tuple[FirstStep, ...]:
    """What the reasons for the verdict ask for; where they ask for nothing, whatever is left to do.

    A finding that only waits for facts has no control here: once they are known, it may turn out to be met.
    """
    named = tuple(dict.fromkeys(each.check for each in assessment.reasons if each.check is not None))
    declared = {each.name for each in assessment.undeclared}
    facts = [each for each in facts_to_supply(assessment) if not (each.need == "close" and each.fact in declared)]
    urgent = [each for each in facts if not set(named).isdisjoint(each.checks)]
    asked = (*_declaring(assessment), *_controls(assessment, named), *map(_supplying, urgent))
    return tuple(dict.fromkeys(asked or (*_other_controls(assessment), *map(_supplying, facts))))


def _declaring(assessment: Assessment) -> Iterator[FirstStep]:
    tables = assessment.undeclared
    if not tables:
        return
    en, zh = ", ".join(each.title.en for each in tables), "、".join(each.title.zh for each in tables)
    files = [each.file for each in assessment.inputs]
    profile = assessment.profile.option if assessment.profile else None
    mapping = assessment.mapping.file if assessment.mapping else None
    yield FirstStep(
        Text(
            f"Declare these tables complete in the sheet table_status, since nothing else is lacking: {en}. "
            "If no rows are left out, this does it, too:",
            f"请在 table_status 表中声明以下各表完整，除此之外不缺其他资料：{zh}。若确认没有遗漏的行，也可运行：",
        ),
        command=phrases.declaring_command(files, [each.name for each in tables], profile, mapping),
    )


def _controls(assessment: Assessment, named: tuple[str, ...]) -> Iterator[FirstStep]:
    """What mends the findings and compound rules that the reasons name."""
    findings = {each.check: each for each in assessment.findings}
    compounds = {each.id: each for each in assessment.compounds}
    for name in named:
        if name in findings and findings[name].outcome in TO_MEND:
            yield _mending(findings[name])
        elif name in compounds and compounds[name].state is CompoundState.FIRED:
            yield _breaking(compounds[name])


def _other_controls(assessment: Assessment) -> Iterator[FirstStep]:
    return (_mending(each) for each in assessment.findings if each.outcome in TO_MEND)


def _mending(finding: Finding) -> FirstStep:
    return FirstStep(finding.control, finding.check, finding.owner_title, finding.due.text if finding.due else None)


def _breaking(compound: CompoundFinding) -> FirstStep:
    return FirstStep(compound.control, compound.id)


def _supplying(fact: FactToSupply) -> FirstStep:
    need = phrases.NEED[fact.need]
    name = fact.title
    if fact.table != fact.title:
        name = Text(f"{fact.table.en} · {fact.title.en}", f"{fact.table.zh} · {fact.title.zh}")
    places = fact.locations if fact.table != fact.title else ()
    return FirstStep(Text(f"{name.en}: {need.en}", f"{name.zh}：{need.zh}"), serves=len(fact.checks), places=places)
