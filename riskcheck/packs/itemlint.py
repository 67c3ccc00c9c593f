"""Items of a pack that no check judges: what the source names, a review would then pass over in silence."""

from __future__ import annotations

from riskcheck.errors import Diagnostic
from riskcheck.packs.rulepack import RulePack


def unjudged_items(pack: RulePack) -> tuple[Diagnostic, ...]:
    """A problem for each item that has no check of its own and that no other item's check names in also_items."""
    judged = {name for check in pack.checks for name in (check.item, *check.also_items)}
    cure = "give it a check, or name it in also_items of the check that judges it, too"
    return tuple(
        Diagnostic("item-without-check", f"no check judges the item {item.id} ({item.title.en})", hints=(cure,))
        for item in pack.items
        if item.id not in judged
    )
