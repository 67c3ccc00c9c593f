"""Standard output: how a report is styled for it, and how it is written there."""

from __future__ import annotations

import os
import sys

from riskcheck.model.text import Language
from riskcheck.reports import Style


def terminal_style(lang: Language, color: str, security_severity: bool = False) -> Style:
    """The style for standard output: colour and width as the terminal has them, plain and 80 columns in a pipe."""
    tty = sys.stdout.isatty()
    if color == "auto":
        wanted = bool(os.environ.get("FORCE_COLOR")) or (tty and os.environ.get("TERM") != "dumb")
        colored = wanted and not os.environ.get("NO_COLOR")
    else:
        colored = color == "always"
    return Style(lang, colored, _width() if tty else 80, security_severity)


def _width() -> int:
    import shutil

    return min(max(shutil.get_terminal_size().columns, 60), 120)


def folded(text: str) -> str:
    """`text` with long lines broken at the width of the terminal, 80 columns in a pipe."""
    from riskcheck.reports.display import fold

    return fold(text, _width() if sys.stdout.isatty() else 80)


def print_bytes(content: bytes) -> None:
    """Write a report to standard output as it is. A reader that goes away (`| head`) does not change the exit code."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        from riskcheck.errors import Diagnostic, UsageError
        from riskcheck.model.text import Text

        cause = error.strerror or error
        message = Text(f"standard output cannot be written: {cause}", f"无法写入标准输出：{cause}")
        raise UsageError(Diagnostic("output-failed", message)) from None
