"""Profiles on the command line of commands that speak of rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from riskcheck.model.profile import ProfileUse
from riskcheck.model.text import Language
from riskcheck.packs.rulepack import RulePack
from riskcheck.profiles.account import account
from riskcheck.profiles.load import load_profile
from riskcheck.profiles.tailor import tailored
from riskcheck.reports.profileuse import Change


def with_profile(name: str, pack: RulePack) -> tuple[RulePack, ProfileUse]:
    """What the profile of that name leaves of the pack, and what it changes."""
    profile = load_profile(name, pack)
    return tailored(pack, profile), account(profile, pack)


def lines_of(changes: Iterable[Change], lang: Language) -> Iterator[str]:
    """A line for each change, with its reason."""
    colon = "：" if lang == "zh" else ": "
    for each in changes:
        why = f"{colon}{each.why.of(lang)}" if each.why else ""
        yield f"{each.kind.of(lang)}{colon}{each.what.of(lang)}{why}"
