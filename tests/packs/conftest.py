"""A sound little pack to load, change and break: a copy of `tests/errors/pack`."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

SOUND = Path(__file__).parent.parent / "errors" / "pack"


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """The folder of a sound pack with two checks and two compound rules."""
    return Path(shutil.copytree(SOUND, tmp_path / "tiny"))


def pytest_configure(config: pytest.Config) -> None:
    """Tests marked `wheel` build and install the package, so they run only where RISKCHECK_TEST_WHEEL is set."""
    config.addinivalue_line("markers", "wheel: builds and installs the package (set RISKCHECK_TEST_WHEEL to run)")
