"""The digits are those of hashlib, whichever implementation gives them."""

from __future__ import annotations

import hashlib

import pytest

from riskcheck import checksum


@pytest.mark.parametrize("pieces", [(), (b"",), (b"a", b"b"), (bytes(checksum.SMALL), b"x")])
@pytest.mark.parametrize("own", [checksum._OWN, (), ("no_such_module",)])
def test_the_digits_are_those_of_hashlib(
    pieces: tuple[bytes, ...], own: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checksum, "_OWN", own)
    assert checksum.sha256_of(*pieces) == hashlib.sha256(b"".join(pieces)).hexdigest()
