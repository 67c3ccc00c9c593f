"""A sound little pack, to write templates of."""

from tests.packs.conftest import tiny as tiny
