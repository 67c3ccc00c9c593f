"""Do the cases of a pack notice when one of its checks is wrong?

Each check is changed in one small thing at a time (see `riskcheck.packs.mutants`), and its own cases run on what that
gives. A mutant that all cases still accept shows a mistake that nobody would have noticed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from riskcheck.errors import Diagnostic
from riskcheck.frozen import frozen
from riskcheck.packs.equivalents import Equivalent, listing_problem, load_equivalents
from riskcheck.packs.excerpts import Excerpts
from riskcheck.packs.mutants import Mutant, mutants
from riskcheck.packs.problems import in_order
from riskcheck.packs.rulepack import RulePack
from riskcheck.packtest import ReadyCase


@frozen
class MutationResult:
    """How many mutants were `made` and `killed`; `survivors` that the pack does not list, and what is `stale` in its
    list: mutants that a case kills or that there are not. `equivalent` counts those rightly listed."""

    made: int
    killed: int
    equivalent: int
    survivors: tuple[Diagnostic, ...]
    stale: tuple[Diagnostic, ...]


@frozen
class _Fate:
    """What became of a mutant: the case that killed it, if one did."""

    mutant: Mutant
    killer: ReadyCase | None


def run_mutants(pack: RulePack, cases: Iterable[ReadyCase]) -> MutationResult:
    """Run the cases of each check on all its mutants.

    `pack` must come from its text (`load_pack(…, cache=False)`), and its `cases` must hold. Raises PackError for
    mistakes in its list of equivalent mutants.
    """
    of_check: dict[str, list[ReadyCase]] = defaultdict(list)
    for each in cases:
        of_check[each.case.check].append(each)
    listed = {(each.check, each.mutant): each for each in load_equivalents(pack)}
    fates = [
        _Fate(mutant, _killer(mutant, of_check.get(check.id, ()))) for check in pack.checks for mutant in mutants(check)
    ]
    known = {_name(fate.mutant): fate for fate in fates}
    survivors = [fate.mutant for fate in fates if fate.killer is None]
    excerpts = Excerpts(pack)
    return MutationResult(
        made=len(fates),
        killed=len(fates) - len(survivors),
        equivalent=sum(_name(mutant) in listed for mutant in survivors),
        survivors=tuple(_survivor(mutant, excerpts) for mutant in survivors if _name(mutant) not in listed),
        stale=in_order(_stale(listed, known)),
    )


def _name(mutant: Mutant) -> tuple[str, str]:
    """The check, and the text on one line as a list of equivalent mutants has it."""
    return mutant.check.id, " ".join(mutant.text.split())


def _killer(mutant: Mutant, cases: Sequence[ReadyCase]) -> ReadyCase | None:
    """The first case whose expectation the mutant does not meet."""
    return next((each for each in cases if not each.expects(each.outcomes(mutant.check))), None)


def _survivor(mutant: Mutant, excerpts: Excerpts) -> Diagnostic:
    message = f"{mutant.check.id}: no case notices that {mutant.what}"
    return excerpts.diagnostic("mutant-survives", message, getattr(mutant.check, mutant.key), mutant.span, mutant.text)


def _stale(listed: dict[tuple[str, str], Equivalent], known: dict[tuple[str, str], _Fate]) -> Iterator[Diagnostic]:
    """What is wrong with the list of equivalent mutants."""
    for name, each in listed.items():
        fate = known.get(name)
        if fate is None:
            yield listing_problem(each, "no-such-mutant", "there is no such mutant; take it off the list")
        elif fate.killer is not None:
            case = fate.killer.case
            by = f'the case "{case.name}" ({case.file}:{case.line})'
            yield listing_problem(each, "mutant-killed", f"{by} kills this mutant, so it does not mean the same")
