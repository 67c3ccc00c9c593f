"""Whatever a pack holds, it is loaded or refused: never a traceback, and nothing that a terminal would obey."""

from __future__ import annotations

import random
import re
from pathlib import Path

from riskcheck.errors import RiskcheckError
from riskcheck.packs.load import load_pack
from riskcheck.packtest import run

ODD = (
    "",
    "[]",
    "{}",
    "~",
    "x",
    "-1",
    "1e9",
    '"\\e[31m"',
    "[[]]",
    "{a: b}",
    "none",
    "9" * 20,
    "中" * 5,
    "''",
    "- x",
    "{n}",
)
MARKS = "{}[]:,\"'|>#&*!%@`\t ("


def mutated(text: str, chance: random.Random) -> str:
    """The text with one line lost, doubled, given another value or another character."""
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    match chance.randrange(4):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, chance.choice(lines))
        case 2:
            lines[at] = re.sub(r": .*", lambda _: f": {chance.choice(ODD)}", lines[at], count=1)
        case _:
            column = chance.randrange(len(lines[at]) + 1)
            lines[at] = lines[at][:column] + chance.choice(MARKS) + lines[at][column:]
    return "\n".join(lines)


def test_mutated_packs_are_loaded_or_refused(tiny: Path) -> None:
    chance = random.Random(2026)
    files = sorted(tiny.rglob("*.yaml"))
    for _ in range(400):
        file = chance.choice(files)
        sound = file.read_text("utf-8")
        file.write_text(mutated(sound, chance), "utf-8")
        try:
            told = "\n".join(result.explanation for result in run(load_pack(tiny)))
        except RiskcheckError as error:
            told = str(error)
        assert "\x1b" not in told
        file.write_text(sound, "utf-8")
