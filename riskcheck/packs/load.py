"""The door to rule packs: by name or folder, in compiled form if there is one that fits, else read and checked.

Reading a pack's YAML, parsing and typing its conditions takes longer than the whole of the rest, and imports more. So
the shipped packs come with a compiled form (see `riskcheck.packs.shipped`), one of any other pack that was found sound
is kept (see `riskcheck.packs.packcache`), and the modules that read packs are imported only where neither helps.
"""

from __future__ import annotations

import os

from riskcheck.packs import packcache, shipped
from riskcheck.packs.digest import digest
from riskcheck.packs.locate import find_pack, is_shipped
from riskcheck.packs.packfiles import read_rule_files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from riskcheck.packs.rulepack import RulePack


def load_pack(name_or_path: str | Path, *, cache: bool = True) -> RulePack:
    """The pack of that name or in that folder. Raises PackError with all its problems, in the order of its files.

    With `cache`, a pack that the same tool has already found sound is taken in its compiled form.
    """
    root = find_pack(name_or_path)
    trusted = is_shipped(root)
    shown = os.path.basename(root) if trusted else str(name_or_path)
    files = read_rule_files(root, shown, trusted=trusted)
    key = digest(files.files) if cache and not files.problems else None
    compiled = shipped.compiled_form(shown, key, root) if key and trusted else None
    if compiled is not None:
        return compiled
    entry = packcache.entry(key, root, shown) if key else None
    compiled = entry.read() if entry else None
    if compiled is not None:
        return compiled
    from riskcheck.packs.reading import read_pack

    pack = read_pack(root, shown, files)
    if entry is not None:
        entry.write(pack)
    return pack
