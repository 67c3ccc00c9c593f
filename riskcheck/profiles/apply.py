"""A review as a profile has it: what the profile leaves of pack and facts, and the account of it."""

from __future__ import annotations

from datetime import date

from riskcheck.errors import Diagnostic, UsageError
from riskcheck.frozen import frozen
from riskcheck.model.factset import FactSet
from riskcheck.model.profile import ProfileUse
from riskcheck.model.text import Text
from riskcheck.packs.rulepack import RulePack
from riskcheck.profiles.account import account_of_review
from riskcheck.profiles.ageing import prepared
from riskcheck.profiles.profile import Profile
from riskcheck.profiles.tailor import tailored


@frozen
class Applied:
    """The pack and the facts to judge, and what the profile changed about them."""

    pack: RulePack
    facts: FactSet
    use: ProfileUse


def applied(profile: Profile, pack: RulePack, facts: FactSet, gate: str, day: date) -> Applied:
    """What there is to judge at `gate` on `day`. Raises UsageError if the profile was read for another pack."""
    if profile.pack_sha256 != pack.sha256:
        message = Text(
            f"profile {profile.id} was read for another pack than {pack.id} {pack.version}; load it for this one",
            f"裁剪方案 {profile.id} 并非针对规则包 {pack.id} {pack.version} 读取；请针对该规则包重新读取",
        )
        raise UsageError(Diagnostic("profile-of-another-pack", message))
    use = account_of_review(profile, pack, facts, gate, day)
    return Applied(tailored(pack, profile), prepared(facts, profile, day), use)
