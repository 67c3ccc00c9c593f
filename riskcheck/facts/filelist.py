"""The files of facts that are meant when several files, or a folder, are named."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator

from riskcheck.errors import FactsError
from riskcheck.model.text import Text

MAX_FILES = 200
"""Most files of one project."""

_Refusal = Callable[..., FactsError]


def files_named(paths: Iterable[str | os.PathLike[str]], refusal: _Refusal) -> Iterator[tuple[str, bool]]:
    """The files, and of each whether only its folder was named; `refusal` makes the error for what cannot be read.

    Of a folder these are its CSV files in the order of their names, but for hidden ones. A file may be named once.
    """
    seen: dict[str, str] = {}
    for path in paths:
        file = os.fspath(path)
        is_folder = os.path.isdir(file)
        for each in _csv_files(file, refusal) if is_folder else (file,):
            key = os.path.normcase(os.path.realpath(each)) if each != "-" else each
            if key in seen:
                message = Text("this file is named twice", "同一文件写了两次")
                raise refusal("file-twice", message, each, Text("name each file once", "每个文件请只写一次"))
            seen[key] = each
            if len(seen) > MAX_FILES:
                message = Text(f"these are more than {MAX_FILES} files", f"文件超过 {MAX_FILES} 个")
                raise refusal(
                    "too-many-files", message, file, Text("name those of one project", "请只写一个项目的文件")
                )
            yield each, is_folder


def _csv_files(folder: str, refusal: _Refusal) -> list[str]:
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        cause = error.strerror or error
        message = Text(f"the folder cannot be read: {cause}", f"无法读取文件夹：{cause}")
        raise refusal("unreadable-file", message, folder) from error
    found = [name for name in names if name.lower().endswith(".csv") and not name.startswith((".", "~"))]
    if not found:
        message = Text("this is a folder without CSV files", "该文件夹中没有 CSV 文件")
        cure = Text("name the file that is meant", "请写明要检查的文件名")
        raise refusal("is-a-folder", message, folder, cure)
    return [os.path.join(folder, name) for name in found]
