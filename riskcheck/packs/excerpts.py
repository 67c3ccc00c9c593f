"""Where in the files of a loaded pack a part of a condition stands."""

from __future__ import annotations

from riskcheck.errors import Diagnostic
from riskcheck.expr.source import SourceText
from riskcheck.expr.syntax import Span
from riskcheck.packs.locate import named
from riskcheck.packs.packfiles import PackFile, read_rule_files
from riskcheck.packs.rulepack import Condition, RowsJudged, RulePack


def files_of(pack: RulePack) -> tuple[PackFile, ...]:
    """The rule files of a loaded pack, read again, with the names that its own messages gave them."""
    shown, shipped = named(pack.root)
    return read_rule_files(pack.root, shown, trusted=shipped).files


class Excerpts:
    """The lines of a pack's rule files, to show parts of its conditions in messages."""

    def __init__(self, pack: RulePack) -> None:
        self.lines = {file.name: file.data.decode("utf-8-sig", "replace").splitlines() for file in files_of(pack)}

    def diagnostic(self, code: str, message: str, part: Condition | RowsJudged, span: Span, *hints: str) -> Diagnostic:
        """A problem with the stretch `span` of a condition: its place, the line, and a caret."""
        source = SourceText(part.text, part.location, self.lines.get(part.location.file, ()))
        return source.diagnostic(code, message, span, *hints)
