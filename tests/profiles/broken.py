"""The broken profiles of `errors/`, for the pack `tests/gate/smallpack`: `NAME.yaml` is one, `NAME.out` what is said.

`python -m tests.profiles.broken --update` writes every `.out` anew; read what it changed.
"""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

from riskcheck.errors import RiskcheckError
from riskcheck.packs.load import load_pack
from riskcheck.profiles.load import load_profile

HERE = Path(__file__).parent
SMALL = HERE.parent / "gate" / "smallpack"
BROKEN = tuple(sorted((HERE / "errors").glob("*.yaml")))


def messages(broken: Path) -> str:
    """What the user reads who gives that profile."""
    with contextlib.chdir(broken.parent):
        try:
            load_profile(broken.name, load_pack(SMALL))
        except RiskcheckError as error:
            return f"{error}\n"
    return "no problem\n"


if __name__ == "__main__":
    if sys.argv[1:] != ["--update"]:
        sys.exit(__doc__)
    for each in BROKEN:
        each.with_suffix(".out").write_text(messages(each), "utf-8")
