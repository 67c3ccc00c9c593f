"""The packs are in the wheel, and are found there by name."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from riskcheck.packs.load import load_pack
from riskcheck.packs.locate import shipped_packs

CHECKOUT = Path(__file__).parent.parent.parent
LOAD = """
import riskcheck
from riskcheck.packs.load import load_pack
from riskcheck.packs.locate import shipped_packs
print(riskcheck.__file__)
for name in shipped_packs():
    print(name, load_pack(name).sha256, load_pack(name).root)
"""

pytestmark = [
    pytest.mark.wheel,
    pytest.mark.skipif("RISKCHECK_TEST_WHEEL" not in os.environ, reason="set RISKCHECK_TEST_WHEEL to build the wheel"),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel of this checkout is installed."""
    built, site = tmp_path_factory.mktemp("built"), tmp_path_factory.mktemp("site")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", str(built), str(CHECKOUT)], check=True)
    (wheel,) = built.glob("*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--target", str(site), str(wheel)], check=True)
    return site


def test_an_installed_package_finds_the_packs_of_the_checkout(site: Path, tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", LOAD],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site)},
        check=True,
        capture_output=True,
        text=True,
    )
    package, *packs = run.stdout.splitlines()
    assert Path(package).is_relative_to(site)
    expected = [(name, load_pack(name).sha256, str(site / "riskcheck" / "rules" / name)) for name in shipped_packs()]
    assert [tuple(pack.split(maxsplit=2)) for pack in packs] == expected


def test_the_packs_are_compiled_in_the_wheel(site: Path, tmp_path: Path) -> None:
    script = (
        "from riskcheck.packs.load import load_pack; import sys; load_pack('deployment'); print('yaml' in sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": str(site), "RISKCHECK_NO_CACHE": "1"}
    run = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env=environment, check=True, capture_output=True)
    assert run.stdout.strip() == b"False"


def test_cases_come_with_the_packs(site: Path) -> None:
    for name in shipped_packs():
        assert list((site / "riskcheck" / "rules" / name / "cases").glob("*.yaml"))
