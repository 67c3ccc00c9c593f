"""Where a rule pack is: a folder that the user names, or one that is shipped with the tool.

Shipped packs lie in `rules/` inside the installed package; in a checkout (and an editable install of it)
`rules/` lies beside the package.
"""

from __future__ import annotations

import os

from riskcheck.errors import Diagnostic, PackError, did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

PACK_FILE = "pack.yaml"
PACKAGE = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))


def find_pack(name_or_path: str | Path) -> str:
    """The folder of a pack, given by the name of a shipped pack or by a path.

    A name of a shipped pack wins over a folder of that name; write `./name` for the folder. Raises PackError.
    """
    given = str(name_or_path)
    shipped = _shipped_folder()
    if isinstance(name_or_path, str) and _is_name(given) and shipped is not None:
        folder = os.path.join(shipped, given)
        if _is_pack(folder):
            return folder
    if not _is_pack(given or "."):
        raise PackError(_not_a_pack(given))
    from pathlib import Path

    return str(Path(given))


def is_shipped(root: str) -> bool:
    """Whether the folder `root`, as `find_pack` gave it, is that of a shipped pack."""
    return os.path.dirname(root) == _shipped_folder()


def named(root: str) -> tuple[str, bool]:
    """What messages call the pack in `root`, as `find_pack` gave it, and whether it is a shipped one."""
    shipped = is_shipped(root)
    return (os.path.basename(root) if shipped else root), shipped


def shipped_packs() -> tuple[str, ...]:
    """The names of the packs that come with the tool, sorted."""
    shipped = _shipped_folder()
    if shipped is None:
        return ()
    return tuple(sorted(name for name in os.listdir(shipped) if _is_pack(os.path.join(shipped, name))))


def _shipped_folder() -> str | None:
    folders = (os.path.join(place, "rules") for place in (PACKAGE, os.path.dirname(PACKAGE)))
    return next((folder for folder in folders if os.path.isdir(folder)), None)


def _is_name(given: str) -> bool:
    return given not in ("", ".", "..") and not any(separator in given for separator in "/\\\0")


def _is_pack(folder: str) -> bool:
    return os.path.isfile(os.path.join(folder, PACK_FILE))


def _not_a_pack(given: str) -> Diagnostic:
    """Why `given` names no pack, and what would."""
    if os.path.isdir(given):
        cure = (f"a rule pack is a folder with a {PACK_FILE} in it",)
        return Diagnostic("not-a-pack", f'folder "{given}" has no {PACK_FILE}, so it is no rule pack', hints=cure)
    if os.path.exists(given):
        cure = (f"give the folder that holds {PACK_FILE}, or the name of a shipped pack",)
        return Diagnostic("not-a-pack", f'"{given}" is a file; a rule pack is a folder', hints=cure)
    names = shipped_packs()
    listed = f"shipped packs: {', '.join(names)}" if names else "no packs are shipped with this installation"
    message = (
        f'there is no rule pack "{given}", neither as a folder nor among the shipped ones{did_you_mean(given, names)}'
    )
    return Diagnostic("no-such-pack", message, hints=(listed,))
