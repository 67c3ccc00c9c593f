"""The command line. Commands parse, call and turn the answer into an exit code; they decide nothing.

Exit codes: 0 gate open (PASS, CONDITIONAL) or done; 1 FAIL; 2 usage, configuration or rule-pack error; 3 facts cannot
be read; 4 CANNOT_JUDGE; 5 internal error; 130 interrupted, 141 the reader of the output went away. click is imported
only for what is not plainly the main job (see `riskcheck.cli.plain`).
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

INTERNAL_ERROR = 5
INTERRUPTED = 130
PIPE_CLOSED = 141


def main() -> None:
    """The program's entry: runs the command and turns every error into a message and an exit code."""
    _open_closed_streams()
    try:
        code = _run()
        sys.stdout.flush()
    except KeyboardInterrupt:
        print(file=sys.stderr)
        code = interrupted()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = PIPE_CLOSED
    except Exception as error:
        code = _report(error)
    _leave(code)


def interrupted() -> int:
    """Say that the run was interrupted; gives the exit code for it."""
    _say("interrupted", "已中断")
    return INTERRUPTED


def _run() -> int:
    from riskcheck.cli.plain import check_values

    values = check_values(sys.argv[1:], os.environ)
    if values is None:
        from riskcheck.cli.group import run

        return run()
    from riskcheck.cli.judging import CheckOptions, check_facts

    return check_facts(CheckOptions(**values))


def _open_closed_streams() -> None:
    """Python has no stream where the caller closed one (`>&-`); what is written there goes nowhere."""
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - open to the end of the process
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def _leave(code: int) -> NoReturn:
    """End the process at once: everything is written, and taking apart what it built took a tenth of a run."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # the reader went away, or the disk is full, which was told
        pass
    os._exit(code)


def _report(error: Exception) -> int:
    from click import echo

    from riskcheck.cli.language import spoken
    from riskcheck.errors import RiskcheckError

    if isinstance(error, RiskcheckError):
        for diagnostic in error.diagnostics:
            echo(_printable(diagnostic.render(spoken())), err=True)
        if len(error.diagnostics) > 1:
            _say(f"{len(error.diagnostics)} problems", f"共 {len(error.diagnostics)} 个问题")
        return error.exit_code
    if os.environ.get("RISKCHECK_DEBUG"):
        raise error
    what = _printable(f"{type(error).__name__}: {error}")
    _say(
        f"internal error: {what}\n  please report it; RISKCHECK_DEBUG=1 shows where it happened",
        f"内部错误：{what}\n  请反馈此问题；设置 RISKCHECK_DEBUG=1 可查看出错位置",
    )
    return INTERNAL_ERROR


def _say(en: str, zh: str) -> None:
    from riskcheck.cli.language import say
    from riskcheck.model.text import Text

    say(Text(en, zh))


def _printable(text: str) -> str:
    """`text` without what could steer a terminal or a runner of GitHub; lines and tabs stay."""
    from riskcheck.cli.language import no_command

    return no_command("".join(c if c in "\n\t" or c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text))
