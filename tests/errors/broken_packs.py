"""The broken packs of this folder: `pack/` is a sound little pack, `NAME.yaml` breaks it, `NAME.out` is the message.

    about: what is wrong
    edit: {FILE: [[FIND, PUT], …]}     the text FIND, which stands there once, becomes PUT
    write: {FILE: TEXT}                a file is written anew
    delete: [FILE]                     a file is left out
    cases: true                        the pack's cases are read as well

`python -m tests.errors.broken_packs --update` writes every `.out` anew; read what it changed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

from riskcheck.errors import PackError
from riskcheck.packs.casefile import load_cases
from riskcheck.packs.load import load_pack

HERE = Path(__file__).parent
BROKEN = tuple(sorted(HERE.glob("*.yaml")))


def messages(broken: Path) -> str:
    """What the user reads who loads that pack as `mine`."""
    spec = yaml.safe_load(broken.read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder, _inside(folder):
        shutil.copytree(HERE / "pack", "mine")
        _break(Path("mine"), spec)
        try:
            pack = load_pack("mine")
            if spec.get("cases"):
                load_cases(pack, "mine")
        except PackError as error:
            return f"{error}\n"
    return "no problem\n"


@contextlib.contextmanager
def _inside(folder: str) -> Any:
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def _break(pack: Path, spec: dict[str, Any]) -> None:
    for name, changes in spec.get("edit", {}).items():
        text = (pack / name).read_text("utf-8")
        for find, put in changes:
            assert text.count(find) == 1, f"{find!r} stands {text.count(find)} times in {name}"
            text = text.replace(find, put)
        (pack / name).write_text(text, "utf-8")
    for name, text in spec.get("write", {}).items():
        (pack / name).parent.mkdir(parents=True, exist_ok=True)
        (pack / name).write_text(text, "utf-8")
    for name in spec.get("delete", []):
        (pack / name).unlink()


if __name__ == "__main__":
    if sys.argv[1:] != ["--update"]:
        sys.exit(__doc__)
    for each in BROKEN:
        each.with_suffix(".out").write_text(messages(each), "utf-8")
