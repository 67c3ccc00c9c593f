"""Where a rule pack is: a folder that the user names, or one that is shipped with the tool.

Shipped packs lie in `rules/` inside the installed package; in a checkout (and an editable install of it)
`rules/` lies beside the package.
"""

from __future__ import annotations

from pathlib import Path

from riskcheck.errors import Diagnostic, PackError, did_you_mean

PACK_FILE = "pack.yaml"
_PACKAGE = Path(__file__).resolve().parent.parent


def find_pack(name_or_path: str | Path) -> Path:
    """The folder of a pack, given by the name of a shipped pack or by a path.

    A name of a shipped pack wins over a folder of that name; write `./name` for the folder. Raises PackError.
    """
    given = str(name_or_path)
    shipped = _shipped_folder()
    if isinstance(name_or_path, str) and _is_name(given) and shipped is not None:
        folder = shipped / given
        if _is_pack(folder):
            return folder
    path = Path(given)
    if _is_pack(path):
        return path
    raise PackError(_not_a_pack(given, path))


def is_shipped(root: Path) -> bool:
    """Whether the folder `root`, as `find_pack` gave it, is that of a shipped pack."""
    return root.parent == _shipped_folder()


def shipped_packs() -> tuple[str, ...]:
    """The names of the packs that come with the tool, sorted."""
    shipped = _shipped_folder()
    if shipped is None:
        return ()
    return tuple(sorted(folder.name for folder in shipped.iterdir() if _is_pack(folder)))


def _shipped_folder() -> Path | None:
    for folder in (_PACKAGE / "rules", _PACKAGE.parent / "rules"):
        if folder.is_dir():
            return folder
    return None


def _is_name(given: str) -> bool:
    return given not in ("", ".", "..") and not any(separator in given for separator in "/\\\0")


def _is_pack(folder: Path) -> bool:
    try:
        return (folder / PACK_FILE).is_file()
    except (OSError, ValueError):
        return False


def _not_a_pack(given: str, path: Path) -> Diagnostic:
    """Why `given` names no pack, and what would."""
    try:
        is_folder, exists = path.is_dir(), path.exists()
    except (OSError, ValueError):
        is_folder = exists = False
    if given and is_folder:
        cure = (f"a rule pack is a folder with a {PACK_FILE} in it",)
        return Diagnostic("not-a-pack", f'folder "{given}" has no {PACK_FILE}, so it is no rule pack', hints=cure)
    if given and exists:
        cure = (f"give the folder that holds {PACK_FILE}, or the name of a shipped pack",)
        return Diagnostic("not-a-pack", f'"{given}" is a file; a rule pack is a folder', hints=cure)
    names = shipped_packs()
    listed = f"shipped packs: {', '.join(names)}" if names else "no packs are shipped with this installation"
    message = (
        f'there is no rule pack "{given}", neither as a folder nor among the shipped ones{did_you_mean(given, names)}'
    )
    return Diagnostic("no-such-pack", message, hints=(listed,))
