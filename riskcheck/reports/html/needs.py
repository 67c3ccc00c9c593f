"""What to fill in next, and what of the input could not be taken."""

from __future__ import annotations

from collections.abc import Iterator

from riskcheck.model.assessment import Assessment
from riskcheck.model.factset import InputProblem
from riskcheck.model.text import Text
from riskcheck.reports import phrases
from riskcheck.reports.findingtext import and_more, unlisted_needs
from riskcheck.reports.html.anchors import Entries
from riskcheck.reports.html.markup import Markup, element, joined
from riskcheck.reports.html.section import Section, place, row, table
from riskcheck.reports.nextfacts import FactToSupply, facts_to_supply

MAX_FACTS = 300
"""How many facts to supply are listed."""
MAX_PROBLEMS = 300
"""How many different input problems are listed."""
_MAX_CHECKS = 12
_MAX_PLACES = 12
_WORST_FIRST = ("error", "warning", "note")


def needs_section(assessment: Assessment, entries: Entries) -> Iterator[Section]:
    """The facts to supply and the input problems, as far as there are any."""
    wanted = facts_to_supply(assessment)
    if wanted:
        heads = (
            Text("What to supply", "需补充"),
            Text("What to do", "需要做什么"),
            Text("Where", "位置"),
            Text("Checks that wait for it", "涉及的检查"),
        )
        rows = (_fact(entries, each) for each in wanted[:MAX_FACTS])
        notes = (*and_more(len(wanted) - MAX_FACTS), *unlisted_needs(assessment))
        content = joined((table(heads, rows, _SUPPLY, "needs"), *(element("p", each, class_="cut") for each in notes)))
        lead = Text("What decides most comes first.", "按可判定权重排序。")
        yield Section("supply", _SUPPLY, content, lead, count=len(wanted))
    if assessment.input_problems:
        yield _problems(assessment)


_SUPPLY = Text("Fill in next", "下一步请补充")


def _fact(entries: Entries, fact: FactToSupply) -> Markup:
    is_field = fact.table != fact.title
    name = Text(f"{fact.table.en} · {fact.title.en}", f"{fact.table.zh} · {fact.title.zh}") if is_field else fact.table
    rest = len(fact.checks) - _MAX_CHECKS
    checks = joined(
        (
            *(entries.link(each) for each in fact.checks[:_MAX_CHECKS]),
            *(element("span", each, class_="cut") for each in and_more(rest)),
        ),
        " ",
    )
    return row(name, phrases.NEED[fact.need], _places(fact.locations, fact.count) if is_field else None, checks)


def _places(shown: tuple[str, ...], count: int) -> Markup:
    more = and_more(count - len(shown)) if shown else ()
    return joined((*map(place, shown), *(element("span", each, class_="cut") for each in more)), " ")


def _problems(assessment: Assessment) -> Section:
    """Problems with the same words stand in one row, worst first."""
    alike: dict[tuple[str, Text], list[InputProblem]] = {}
    for problem in sorted(assessment.input_problems, key=lambda each: _WORST_FIRST.index(each.severity)):
        alike.setdefault((problem.severity, problem.text), []).append(problem)
    heads = (Text("Severity", "程度"), Text("Where", "位置"), Text("Problem", "问题"))
    rows = (_problem(severity, text, group) for (severity, text), group in list(alike.items())[:MAX_PROBLEMS])
    title = Text("Input problems", "资料问题")
    content = joined(
        (
            table(heads, rows, title, "problems"),
            *(element("p", each, class_="cut") for each in and_more(len(alike) - MAX_PROBLEMS)),
        )
    )
    lead = Text(
        "What could not be taken as it stands; what was lost by it is not known.",
        "未能按原样读取的内容；由此缺失的值按未知处理。",
    )
    return Section("problems", title, content, lead, count=len(assessment.input_problems))


def _problem(severity: str, text: Text, group: list[InputProblem]) -> Markup:
    places = tuple(dict.fromkeys(each.location.within_file for each in group if each.location is not None))
    return row(
        element("span", phrases.SEVERITY[severity], class_=f"badge {severity}-problem"),
        _places(places[:_MAX_PLACES], len(places)),
        text,
    )
