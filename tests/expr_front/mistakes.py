"""The mistakes of the folder `errors`: each file holds a condition, `NAME.out` what its author reads.

    NAME.cel         a condition, alone in its file
    NAME.rows.cel    the same for `rows:`
    NAME.yaml        conditions under the keys of a mapping, as they stand in a pack

`python -m tests.expr_front.mistakes --update` writes every `.out` anew; read what it changed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from riskcheck.errors import ConditionError
from riskcheck.expr.checker import check_condition, check_rows
from riskcheck.expr.source import SourceText
from riskcheck.model.place import Location
from riskcheck.yamltree import YamlMapping, YamlScalar, read_yaml
from tests.expr_front.example import SCOPE

HERE = Path(__file__).parent / "errors"
MISTAKES = tuple(sorted(path for path in HERE.iterdir() if path.suffix in (".cel", ".yaml")))


def messages(mistake: Path) -> str:
    """What the author of that file reads."""
    check = check_rows if mistake.name.endswith(".rows.cel") else check_condition
    found: list[str] = []
    for source in _sources(mistake):
        try:
            check(source, SCOPE)
        except ConditionError as error:
            found.append(str(error))
    return "\n".join(found or ["no problem"]) + "\n"


def _sources(mistake: Path) -> Iterator[SourceText]:
    text = mistake.read_text("utf-8")
    lines = tuple(text.split("\n"))
    if mistake.suffix == ".cel":
        yield SourceText(text.removesuffix("\n"), Location(mistake.name, line=1, column=1), lines)
        return
    tree = read_yaml(text.encode(), mistake.name)
    assert isinstance(tree, YamlMapping)
    for _, value in tree.entries:
        assert isinstance(value, YamlScalar)
        yield SourceText(value.text, Location(mistake.name, line=value.line, column=value.column), lines)


def golden(mistake: Path) -> Path:
    """The file that holds the expected messages."""
    return mistake.with_name(mistake.name.split(".")[0] + ".out")


if __name__ == "__main__":
    if sys.argv[1:] != ["--update"]:
        sys.exit(__doc__)
    for each in MISTAKES:
        golden(each).write_text(messages(each), "utf-8")
