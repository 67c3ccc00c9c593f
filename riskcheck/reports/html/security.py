"""What the page may run and load: its own style sheet and script, known by their digests, and nothing else."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files


@cache
def asset(name: str) -> str:
    """One of the files that the page embeds, as it stands there."""
    return files(__package__).joinpath(name).read_text("utf-8").strip().replace("\r\n", "\n")


def policy() -> str:
    """The content security policy: no network, no plug-ins, no forms, no inline handlers or styles.

    Trusted types are not among it: the script makes no markup of text, and the checker of the W3C does not know them.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src {_digest('page.css')}",
            f"script-src {_digest('page.js')}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _digest(name: str) -> str:
    return f"'sha256-{b64encode(sha256(asset(name).encode()).digest()).decode()}'"
