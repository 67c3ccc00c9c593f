"""Writing files whole or not at all: beside the target first, then renamed over it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Sequence
from pathlib import Path

from riskcheck.errors import Diagnostic, UsageError
from riskcheck.model.place import Location
from riskcheck.model.text import Text


def check_target(path: Path, inputs: Iterable[Path] = ()) -> None:
    """Refuse (UsageError) a target that cannot be written or is one of `inputs`, before any work is done."""
    shown = Location(str(path))
    try:
        is_folder = path.is_dir()
    except OSError as error:
        raise _failed(path, error) from None
    if is_folder:
        message = Text("this is a folder; name a file in it", "这是文件夹；请写明其中的文件名")
        raise UsageError(Diagnostic("output-is-folder", message, shown))
    if path.exists() and not path.is_file():
        message = Text(
            "this is a pipe or a device, which a whole file cannot replace; name a file, or write to standard output",
            "这是管道或设备，不能用文件替换；请写明文件名，或输出到标准输出",
        )
        raise UsageError(Diagnostic("output-not-a-file", message, shown))
    folder = path.parent
    if not folder.is_dir():
        message = Text(f'the folder "{folder}" does not exist; create it first', f"文件夹“{folder}”不存在；请先创建")
        raise UsageError(Diagnostic("output-no-folder", message, shown))
    if not os.access(folder, os.W_OK):
        message = Text(f'the folder "{folder}" is not writable', f"文件夹“{folder}”没有写入权限")
        raise UsageError(Diagnostic("output-not-writable", message, shown))
    if any(same_file(path, each) for each in inputs):
        message = Text(
            "this is the input file, which is never changed; choose another name",
            "这是输入文件，不会改动；请换一个文件名",
        )
        raise UsageError(Diagnostic("output-is-input", message, shown))


def check_not_there(path: Path, *, force: bool) -> None:
    """Refuse (UsageError) a target that exists, unless it is to be replaced."""
    if path.exists() and not force:
        message = Text(
            f"{path}: this file exists; choose another name, or --force to replace it",
            f"{path}：文件已存在；请换一个文件名，或用 --force 覆盖",
        )
        raise UsageError(Diagnostic("output-exists", message))


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` to `path` so that a reader sees the old file or the new one, never a part. Raises UsageError."""
    write_all_whole([(path, content)])


def write_all_whole(files: Sequence[tuple[Path, bytes | Iterable[bytes]]]) -> None:
    """Write several files: all beside their targets first, so that one that cannot be written leaves none behind.

    The content of a file comes whole or in pieces.
    """
    written: list[tuple[Path, Path, Path]] = []
    try:
        for path, content in files:
            target = Path(os.path.realpath(path))
            beside = target.with_name(f".{target.name[:40]}.{os.getpid()}.{len(written)}.tmp")
            written.append((path, beside, target))
            _write_beside(path, beside, content)
            _keep_mode(target, beside)
        for path, beside, target in written:
            try:
                os.replace(beside, target)
            except OSError as error:
                raise _failed(path, error) from None
    finally:
        for _, beside, _ in written:
            beside.unlink(missing_ok=True)


def _write_beside(path: Path, beside: Path, content: bytes | Iterable[bytes]) -> None:
    try:
        with open(beside, "xb") as file:
            for piece in (content,) if isinstance(content, bytes) else content:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise _failed(path, error) from None


def _keep_mode(target: Path, beside: Path) -> None:
    """Give the new file the mode of the one that it replaces: what only its owner may read stays so."""
    try:
        os.chmod(beside, stat.S_IMODE(target.stat().st_mode))
    except OSError:
        return


def _failed(path: Path, error: OSError) -> UsageError:
    cause = error.strerror or error
    message = Text(f"cannot be written: {cause}", f"无法写入：{cause}")
    return UsageError(Diagnostic("output-failed", message, Location(str(path))))


def same_file(one: Path, other: Path) -> bool:
    """Whether the two are one file; no if either cannot be looked at."""
    try:
        return one.samefile(other)
    except OSError:
        return False
