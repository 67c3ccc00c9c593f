"""Texts that try to run something in a page, and an assessment with them wherever facts, packs and files put text."""

from __future__ import annotations

from collections.abc import Sequence

from riskcheck.frozen import replace
from riskcheck.model.assessment import Assessment, Assumption, Reason
from riskcheck.model.factset import InputFile, InputProblem
from riskcheck.model.finding import Finding, Outcome
from riskcheck.model.place import Location
from riskcheck.model.text import Text
from tests.reports.examples import assessment, finding

PAYLOADS = (
    "<script>fired(1)</script>",
    "</script><script>fired(2)</script>",
    "</style><script>fired(3)</script>",
    "</title><script>fired(4)</script>",
    "<img src=x onerror=fired(5)>",
    "<svg onload=fired(6)>",
    '" onmouseover="fired(7)" x="',
    "' onfocus='fired(8)' autofocus='",
    "<iframe srcdoc='<script>parent.fired(9)</script>'></iframe>",
    '<a href="javascript:fired(10)">x</a>',
    "--><script>fired(11)</script><!--",
    "]]><script>fired(12)</script>",
    "&lt;script&gt;fired(13)&lt;/script&gt;",
    "<details open ontoggle=fired(14)>",
    "<style>@import 'http://x.invalid/'</style>",
    "<meta http-equiv=refresh content='0;url=http://x.invalid/'>",
    "<base href='http://x.invalid/'>",
    "<link rel=stylesheet href=http://x.invalid/a.css>",
    "<math><mtext><table><mglyph><style><img src=x onerror=fired(15)>",
    "<svg><script>fired(16)</script></svg>",
    "<form action=http://x.invalid/><button>x</button></form>",
    "{{constructor.constructor('fired(17)')()}}",
    "${fired(18)}",
    "<plaintext>",
    "<!--",
    "<textarea>",
    '<noscript><p title="</noscript><img src=x onerror=fired(19)>">',
)
"""None has a character that a page leaves out, so each must be found in the text of the page."""


def hostile(payloads: Sequence[str] = PAYLOADS) -> Assessment:
    """The example assessment with a payload in each place; `payloads` are dealt out in turn."""
    seen = assessment()
    deal = _Dealer(payloads)
    return replace(
        seen,
        project_id=deal.next(),
        project_name=deal.next(),
        gate_title=deal.both(),
        inputs=(InputFile(deal.next(), "cd" * 32),),
        assumptions=(Assumption("assume-complete", deal.both(), ("tasks",)),),
        reasons=(Reason("x", deal.both(), "A-1.a"), *(Reason("x", Text(each, each)) for each in payloads)),
        findings=tuple(_hostile_finding(each, deal) for each in (*seen.findings, finding("A-1.g", Outcome.UNKNOWN))),
        compounds=tuple(
            replace(each, title=deal.both(), consequence=deal.both(), control=deal.both()) for each in seen.compounds
        ),
        input_problems=tuple(
            InputProblem("x", "error", Text(f"{at} {each}", f"{at} {each}"), Location(each, each, each))
            for at, each in enumerate(payloads)
        ),
    )


class _Dealer:
    def __init__(self, payloads: Sequence[str]) -> None:
        self.payloads, self.at = payloads, 0

    def next(self) -> str:
        self.at += 1
        return self.payloads[self.at % len(self.payloads)]

    def both(self) -> Text:
        text = self.next()
        return Text(f"en {text}", f"中 {text}")


def _hostile_finding(one: Finding, deal: _Dealer) -> Finding:
    place = Location(deal.next(), deal.next(), deal.next())
    return replace(
        one,
        title=deal.both(),
        item_title=deal.both(),
        reasons=(deal.both(),),
        control=deal.both(),
        owner_title=deal.both(),
        owner=deal.next(),
        measure=deal.next(),
        evidence=tuple(
            replace(each, title=deal.both(), key=deal.next(), shown=deal.both(), raw=deal.next(), location=place)
            for each in one.evidence
        ),
        missing=tuple(
            replace(each, title=deal.both(), table=deal.both(), key=deal.next(), raw=deal.next(), location=place)
            for each in one.missing
        ),
    )
