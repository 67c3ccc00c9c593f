"""The shipped packs in compiled form: made when the wheel is built, and part of it.

They lie in the package, apart from the rules. The name of one is a digest over what it was made from: the pack's name,
the digest of its rule files and the version of riskcheck. So a pack whose files were changed since finds none, and is
read anew. A checkout has none.
"""

from __future__ import annotations

import os

from riskcheck.checksum import sha256_of
from riskcheck.packs.locate import PACKAGE, shipped_packs
from riskcheck.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from riskcheck.packs.rulepack import RulePack

FOLDER = "compiled-packs"
"""Where they are in the package."""


def compiled_form(name: str, pack_digest: str, root: str) -> RulePack | None:
    """The shipped pack `name`, which lies in `root`; None if there is no compiled form of these files that is whole."""
    from riskcheck.packs.compiled import decode

    try:
        with open(os.path.join(PACKAGE, FOLDER, _file_name(name, pack_digest)), "rb") as file:
            return decode(file.read(), root)
    except (OSError, ValueError):
        return None


def compile_all() -> dict[str, bytes]:
    """For the build of a wheel: the compiled forms of all shipped packs, by the name of the file for each.

    Raises PackError if one is not valid.
    """
    from riskcheck.packs.compiled import encode
    from riskcheck.packs.load import load_pack

    packs = {name: load_pack(name, cache=False) for name in shipped_packs()}
    return {_file_name(name, pack.sha256): encode(pack) for name, pack in packs.items()}


def _file_name(name: str, pack_digest: str) -> str:
    made_from = "\0".join((name, pack_digest, __version__))
    return f"{sha256_of(made_from.encode())}.pack"
