"""The door to rule packs: by name or folder, compiled if that was done before, else read and checked.

Reading a pack's YAML, parsing and typing its conditions takes longer than the whole of the rest, and imports more. So a
pack that was found sound is kept in compiled form (see `riskcheck.packs.packcache`), and the modules that read packs
are imported only if there is none.
"""

from __future__ import annotations

from pathlib import Path

from riskcheck.packs import packcache
from riskcheck.packs.digest import digest
from riskcheck.packs.locate import find_pack, is_shipped
from riskcheck.packs.packfiles import read_rule_files
from riskcheck.packs.rulepack import RulePack


def load_pack(name_or_path: str | Path, *, cache: bool = True) -> RulePack:
    """The pack of that name or in that folder. Raises PackError with all its problems, in the order of its files.

    With `cache`, a pack that the same tool has already found sound is taken in its compiled form.
    """
    root = find_pack(name_or_path)
    shipped = is_shipped(root)
    shown = root.name if shipped else str(name_or_path)
    files = read_rule_files(root, shown, trusted=shipped)
    entry = packcache.entry(digest(files.files), str(root), shown) if cache and not files.problems else None
    compiled = entry.read() if entry else None
    if compiled is not None:
        return compiled
    from riskcheck.packs.reading import read_pack

    pack = read_pack(root, shown, files)
    if entry is not None:
        entry.write(pack)
    return pack
