"""`cases/equivalent.yaml`: the mutants of a pack that mean the same as the rule, so that no case can kill them."""

from __future__ import annotations

from pathlib import Path

from riskcheck.errors import Diagnostic, PackError
from riskcheck.frozen import frozen
from riskcheck.model.place import Location
from riskcheck.packs.entry import Entry
from riskcheck.packs.openfile import open_file
from riskcheck.packs.packfiles import EQUIVALENT_FILE, read_case_files
from riskcheck.packs.problems import FileProblems, in_order
from riskcheck.packs.rulepack import RulePack
from riskcheck.yamltree import YamlNode

_KEYS = ("check", "mutant", "reason")


@frozen
class Equivalent:
    """A mutant of `check` that means the same, by its text, and the reason why; `location` is where that is said."""

    check: str
    mutant: str
    reason: str
    location: Location


def load_equivalents(pack: RulePack) -> tuple[Equivalent, ...]:
    """The mutants that a pack lists as equivalent. Raises PackError with all that is wrong with the list."""
    read = read_case_files(Path(pack.root), pack.root)
    opened = [open_file(file) for file in read.files if file.path == EQUIVALENT_FILE]
    of_files = [each.read(lambda tree, problems: _read(tree, problems, pack)) for each in opened]
    problems = [problem for each in opened for problem in each.problems.found]
    if problems:
        raise PackError(in_order(problems))
    return tuple(one for each in of_files if each for one in each)


def listing_problem(equivalent: Equivalent, code: str, message: str) -> Diagnostic:
    """A problem with the entry of a mutant, shown at its place."""
    return Diagnostic(code, f"{equivalent.check}: {message}", equivalent.location, (equivalent.mutant,))


def _read(tree: YamlNode, problems: FileProblems, pack: RulePack) -> tuple[Equivalent, ...]:
    file = Entry(problems, tree, "the list of equivalent mutants", ("equivalent",))
    found: dict[tuple[str, str], Equivalent] = {}
    for node in file.items("equivalent"):
        entry = Entry(problems, node, "an equivalent mutant", _KEYS)
        check = entry.word("check", pack.check_by_id, "check")
        each = Equivalent(check, entry.text("mutant"), entry.text("reason"), problems.place(node))
        if found.setdefault((each.check, each.mutant), each) is not each:
            entry.report("mutant", "duplicate-mutant", "this mutant is listed already")
    return tuple(found.values())
