"""The one file of the main job's modules, as a wheel has it, does what the modules themselves do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
NOT_IN_IT = {"riskcheck", "riskcheck.version", "riskcheck.start", "riskcheck.together", "riskcheck.mainjob"}
"""What is imported before the file is, and the file."""
PLACED = """
import importlib.util, sys
import riskcheck
spec = importlib.util.spec_from_file_location("riskcheck.mainjob", sys.argv.pop(1))
sys.modules[spec.name] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sys.modules[spec.name])
"""
"""Gives the file its place in the package."""
CHECK = """
import json, os, sys
def leave(code):
    own = {n: type(m.__spec__.loader).__name__ for n, m in sys.modules.items() if n.partition(".")[0] == "riskcheck"}
    print(json.dumps([code, own]), file=sys.stderr)
os._exit = leave
from riskcheck.start import main
main()
"""
SIGNATURES = """
import importlib, inspect, json, sys
from riskcheck.together import use
use()
found = {}
for name in sorted(sys.modules["riskcheck.mainjob"].CODE):
    for each in vars(importlib.import_module(name)).values():
        if isinstance(each, type) and each.__module__ == name and "__match_args__" in vars(each):
            given = inspect.signature(each.__init__).parameters.values()
            found[f"{name}.{each.__qualname__}"] = [(each.name, repr(each.default)) for each in given]
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The one file, made of this checkout."""
    script = (
        "import sys; sys.path.insert(0, '.'); from pathlib import Path; from hatch_modules import one_file;"
        "sys.stdout.buffer.write(one_file(Path()).encode())"
    )
    made = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True)
    file = tmp_path_factory.mktemp("wheel") / "mainjob.py"
    file.write_bytes(made.stdout)
    return file


def run(script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT.anchor,  # no configuration of a checkout is read there
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )


@pytest.mark.parametrize("sample", ["conditional-en", "platform-zh", "unclear-sla-zh"])
def test_a_check_takes_all_its_modules_from_the_file_and_says_the_same(file: Path, sample: str) -> None:
    arguments = ("check", str(ROOT / "samples" / f"{sample}.xlsx"), "--format", "json")
    plain = run(CHECK, *arguments)
    together = run(PLACED + CHECK, str(file), *arguments)
    assert together.stdout == plain.stdout
    (code, loaders), (expected, _) = (json.loads(each.stderr) for each in (together, plain))
    assert code == expected
    assert {name for name, loader in loaders.items() if loader != "_Together"} <= NOT_IN_IT


def test_it_is_left_aside_where_tracebacks_are_asked_for(file: Path) -> None:
    arguments = ("check", str(ROOT / "samples" / "conditional-en.xlsx"), "--format", "json")
    loaders = json.loads(run(PLACED + CHECK, str(file), *arguments, RISKCHECK_DEBUG="1").stderr)[1]
    assert "_Together" not in loaders.values()


def test_frozen_classes_take_the_same_values(file: Path) -> None:
    def signatures(**environment: str) -> Any:
        return json.loads(run(PLACED + SIGNATURES, str(file), **environment).stdout)

    found = signatures()
    assert len(found) > 100
    assert found == signatures(RISKCHECK_DEBUG="1")
