"""The door to profiles: one of a pack's own by its name, or a file."""

from __future__ import annotations

import os
from stat import S_ISREG
from typing import NoReturn

from riskcheck.checksum import sha256_of
from riskcheck.errors import Diagnostic, ProfileError, UsageError, guess, nearest
from riskcheck.model.place import Location
from riskcheck.model.text import Text
from riskcheck.packs.locate import named
from riskcheck.packs.openfile import open_file
from riskcheck.packs.packfiles import MAX_BYTES, PROFILES, FilesRead, PackFile, read_profile_files
from riskcheck.packs.problems import in_order
from riskcheck.packs.rulepack import RulePack
from riskcheck.profiles.profile import Profile
from riskcheck.profiles.profilefile import read_profile


def load_profile(name_or_path: str | os.PathLike[str], pack: RulePack) -> Profile:
    """The profile of that name in the pack's folder `profiles/`, or in that file, checked against `pack`.

    A name of the pack's own wins over a file of that name; write `./name` for the file. Raises UsageError if there is
    none, ProfileError with all that is wrong with it.
    """
    own = _own_files(pack)
    given = os.fspath(name_or_path)
    chosen = next((file for file in own.files if profile_name(file) == given), None)
    if chosen is not None:
        return _read(chosen, pack)
    return _read(_file(given, pack, own), pack)


def profile_names(pack: RulePack) -> tuple[str, ...]:
    """The names of the profiles that come with a pack."""
    return tuple(profile_name(file) for file in _own_files(pack).files)


def own_profiles(pack: RulePack) -> tuple[Profile, ...]:
    """The profiles that come with a pack. Raises ProfileError with all that is wrong with any of them."""
    own = _own_files(pack)
    problems, profiles = list(own.problems), []
    for file in own.files:
        try:
            profiles.append(_read(file, pack))
        except ProfileError as error:
            problems.extend(error.diagnostics)
    if problems:
        raise ProfileError(in_order(problems))
    return tuple(profiles)


def profile_name(file: PackFile) -> str:
    """The name by which a file in the folder `profiles/` is called."""
    return os.path.splitext(file.path.removeprefix(f"{PROFILES}/"))[0]


def _own_files(pack: RulePack) -> FilesRead:
    shown, shipped = named(pack.root)
    return read_profile_files(pack.root, shown, trusted=shipped)


def _file(given: str, pack: RulePack, own: FilesRead) -> PackFile:
    """The file that the user names, within bounds."""
    try:
        about = os.stat(given)
        if not S_ISREG(about.st_mode):
            _refuse("no-file", given, Text("this is no ordinary file", "这不是普通文件"))
        with open(given, "rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        _refuse_unknown(given, pack, own)
    except (OSError, ValueError) as error:
        cause = getattr(error, "strerror", None) or error
        _refuse("unreadable-file", given, Text(f"the profile cannot be read: {cause}", f"无法读取裁剪方案：{cause}"))
    if len(data) > MAX_BYTES:
        size = f"{MAX_BYTES // 2**20} MiB"
        _refuse("file-too-large", given, Text(f"the file has more than {size}", f"文件超过 {size}"))
    return PackFile("", given, data)


def _refuse_unknown(given: str, pack: RulePack, own: FilesRead) -> NoReturn:
    if own.problems:
        raise ProfileError(own.problems)
    names = tuple(map(profile_name, own.files))
    meant = guess(nearest(given, names))
    message = Text(
        f'there is no profile "{given}", neither in pack {pack.id} nor as a file{meant.en}',
        f"没有裁剪方案“{given}”：规则包 {pack.id} 中没有，也没有这个文件{meant.zh}",
    )
    known = Text(f"profiles of the pack: {', '.join(names) or '-'}", f"规则包自带的裁剪方案：{'、'.join(names) or '-'}")
    raise UsageError(Diagnostic("no-such-profile", message, hints=(known,)))


def _refuse(code: str, given: str, message: Text) -> NoReturn:
    raise UsageError(Diagnostic(code, message, Location(given)))


def _read(file: PackFile, pack: RulePack) -> Profile:
    """The profile in a file. Its digest is over the content with line ends made LF, like that of a pack."""
    digest = sha256_of(file.data.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
    name = profile_name(file) if file.path else None
    opened = open_file(file)
    profile = opened.read(lambda tree, problems: read_profile(tree, problems, pack, digest, name))
    if opened.problems.found or profile is None:
        raise ProfileError(in_order(opened.problems.found))
    return profile
