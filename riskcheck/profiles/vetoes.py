"""That a profile leaves out must-meet checks, which then keep no gate shut: no reader of a verdict may miss it."""

from __future__ import annotations

from collections.abc import Sequence

from riskcheck.model.assessment import Reason
from riskcheck.model.text import Text, counted


def left_out(profile: str, checks: Sequence[str]) -> tuple[Reason, ...]:
    """The line among the verdict's reasons, if `profile` leaves out must-meet checks of this review."""
    if not checks:
        return ()
    text = Text(
        f"The profile {profile} leaves out {counted(len(checks), 'must-meet check')}: {', '.join(checks)}.",
        f"裁剪方案 {profile} 剔除了 {len(checks)} 项必须满足项：{'、'.join(checks)}。",
    )
    return (Reason("must-meet-left-out", text),)
