"""Writes waivers into a file of them, behind those that stand there; the rest of the file stays as it is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from riskcheck.errors import Diagnostic, UsageError
from riskcheck.frozen import replace
from riskcheck.model.place import Location
from riskcheck.model.text import Text
from riskcheck.model.waiver import Waiver
from riskcheck.waivers.table import load_waivers

_KEYS: Final = {
    "waiver_id": "id",
    "check_id": "check",
    "project": "project",
    "gate": "gate",
    "reason": "reason",
    "compensating_control": "compensating_control",
    "approver": "approver",
    "approver_role": "approver_role",
    "granted_on": "granted_on",
    "expires_on": "expires_on",
    "time_zone": "time_zone",
    "owner": "owner",
    "fix_due_on": "fix_due_on",
    "fingerprint": "fingerprint",
}
"""The keys of an entry, and the fields of a waiver that stand there."""


def entry(waiver: Waiver) -> str:
    """One waiver as an entry of the list, in YAML."""
    lines = [
        f"{key}: {value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)}"
        for key, name in _KEYS.items()
        if (value := getattr(waiver, name)) is not None
    ]
    return "  - " + "\n    ".join(lines) + "\n"


def waivers_in(path: Path) -> tuple[Waiver, ...]:
    """The waivers that stand in the file, which need not exist. Raises UsageError if none could be added to it."""
    _refuse_other_suffix(path)
    return load_waivers(path).waivers if path.exists() else ()


def with_waivers(path: Path, before: Sequence[Waiver], waivers: Iterable[Waiver]) -> bytes:
    """The content of the file `path`, in which those `before` stand (`waivers_in`), with more waivers in it.

    Raises UsageError if they cannot be put there.
    """
    new = tuple(waivers)
    text = "".join(map(entry, new))
    alone = f"waivers:\n{text}".encode("utf-8", "replace")
    as_read = _read_again(path.name, alone)
    _refuse_unreadable(path, new, as_read)
    if not path.exists():
        return alone
    old = path.read_bytes()
    content = old + (b"" if old.endswith(b"\n") else b"\n") + text.encode("utf-8", "replace")
    if _read_again(path.name, content) != (*_bare(before), *(as_read or ())):
        message = Text(
            "the list of waivers does not end this file, or is not indented by two blanks, so nothing is added to it",
            "该文件不是以缩进两格的豁免清单结尾，未添加内容",
        )
        cure = Text(f"add this to the list yourself:\n{text}", f"请自行添加以下内容：\n{text}")
        raise UsageError(Diagnostic("waivers-not-added", message, Location(str(path)), (cure,)))
    return content


def _refuse_other_suffix(path: Path) -> None:
    """Refuse to write YAML into what is read as something else."""
    if path.suffix.lower() in (".yaml", ".yml"):
        return
    message = Text(
        "waivers are written as YAML; name a file that ends in .yaml, or fill in the table of a workbook yourself",
        "豁免写成 YAML 文件；文件名请以 .yaml 结尾，或自行填写工作簿中的豁免表",
    )
    raise UsageError(Diagnostic("waivers-not-yaml", message, Location(str(path))))


def _refuse_unreadable(path: Path, wanted: tuple[Waiver, ...], read: tuple[Waiver, ...] | None) -> None:
    """Refuse a text that reads as nothing (`none`, 待定), or that no file of facts may have (control characters)."""
    lost = sorted(
        {
            key
            for key, name in _KEYS.items()
            for one, other in zip(wanted, read or (), strict=bool(read))
            if getattr(one, name) is not None and getattr(other, name) is None
        }
    )
    if read and not lost:
        return
    named = ", ".join(lost) or "reason, approver, compensating_control"
    message = Text(
        f"a waiver with these words could not be read again ({named}): say something in printable characters",
        f"这样的内容写入后无法读出（{named}）：请用可显示的字符写明内容",
    )
    raise UsageError(Diagnostic("waivers-not-readable", message, Location(str(path))))


def _read_again(name: str, content: bytes) -> tuple[Waiver, ...] | None:
    """The waivers in `content`; None if it cannot be read."""
    from riskcheck.errors import FactsError

    with TemporaryDirectory() as folder:
        copy = Path(folder) / name
        copy.write_bytes(content)
        try:
            return _bare(load_waivers(copy).waivers)
        except FactsError:
            return None


def _bare(waivers: Sequence[Waiver]) -> tuple[Waiver, ...]:
    return tuple(replace(each, location=None) for each in waivers)
