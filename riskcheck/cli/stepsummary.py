"""`riskcheck check --step-summary`: the report on the page of a GitHub job."""

from __future__ import annotations

import os

from riskcheck.cli.language import say
from riskcheck.errors import Diagnostic, UsageError
from riskcheck.model.text import Text

ENVIRONMENT = "GITHUB_STEP_SUMMARY"


def add_summary(content: bytes) -> None:
    """Add `content` to the summary file that GitHub Actions names; outside of it, say that there is none."""
    path = os.environ.get(ENVIRONMENT)
    if not path:
        say(
            Text(
                f"--step-summary: no summary is written, as {ENVIRONMENT} is not set; GitHub Actions sets it",
                f"--step-summary：未写入摘要，因为没有设置 {ENVIRONMENT}（由 GitHub Actions 设置）",
            )
        )
        return
    try:
        with open(path, "ab") as file:
            file.write(content)
    except OSError as error:
        cause = error.strerror or error
        message = Text(f"{path}: the summary cannot be written: {cause}", f"{path}：无法写入摘要：{cause}")
        raise UsageError(Diagnostic("output-failed", message)) from None
