"""What all tests share: a cache folder of their own, so that no run sees another one's compiled packs; no deadline; and
validators of other makers behind all that is rendered.

A property that holds on a busy machine later than on an idle one still holds.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests import foreign

foreign.watch()  # before a test module imports a renderer by its name
settings.register_profile("riskcheck", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("riskcheck")


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    before = os.environ.get("XDG_CACHE_HOME")
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))
    yield
    if before is None:
        del os.environ["XDG_CACHE_HOME"]
    else:
        os.environ["XDG_CACHE_HOME"] = before


@pytest.fixture(autouse=True)
def _foreign_validators() -> Iterator[None]:
    """Fail a test that made a document which a validator that is not ours refuses."""
    yield
    said, foreign.complaints[:] = tuple(foreign.complaints), []
    assert not said, "\n".join(said)
