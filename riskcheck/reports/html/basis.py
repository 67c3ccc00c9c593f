"""What the verdict rests on: the profile, and the files by their digests."""

from __future__ import annotations

from collections.abc import Iterator

from riskcheck.model.assessment import Assessment
from riskcheck.model.profile import ProfileUse
from riskcheck.model.text import Text
from riskcheck.reports.html.markup import Markup, element, joined, quoted
from riskcheck.reports.html.section import Section, pairs, row, table


def basis_sections(assessment: Assessment) -> Iterator[Section]:
    """The profile, if one was used, and the audit trail."""
    if assessment.profile is not None:
        yield _profile(assessment.profile)
    yield _audit_trail(assessment)


def _profile(use: ProfileUse) -> Section:
    """Everything that the profile changes, with its reasons."""
    from riskcheck.reports.profileuse import changes

    title = Text("Profile", "裁剪方案")
    heads = (
        Text("What is changed", "变更类别"),
        Text("Change", "变更内容"),
        Text("Reason or state", "原因或状态"),
    )
    rows = (row(each.kind, each.what, each.why) for each in changes(use))
    content = joined((_named(use), table(heads, rows, title, "profile")))
    return Section("profile", title, content)


def _named(use: ProfileUse) -> Markup:
    said = Text(f"{use.id} {use.title.en}", f"{use.id} {use.title.zh}")
    return element("p", said, " ", element("code", quoted(use.file)))


def _audit_trail(assessment: Assessment) -> Section:
    """What was judged by what: enough to run it again, and to see that nothing was changed."""
    pack = assessment.pack
    facts = Text("Facts", "资料")
    entries = [
        (
            Text("Rule pack", "规则包"),
            joined((f"{pack.id} {pack.version} ", pack.title, " ", element("code", pack.sha256))),
        ),
        *((facts, joined((quoted(each.file), " ", element("code", each.sha256)))) for each in assessment.inputs),
        (Text("Tool", "工具"), joined((f"riskcheck {assessment.tool_version}",))),
    ]
    if assessment.profile is not None:
        used = assessment.profile
        entries.insert(1, (Text("Profile", "裁剪方案"), joined((f"{used.id} ", element("code", used.sha256)))))
    if assessment.mapping is not None:
        mapping = assessment.mapping
        entries.insert(
            -1, (Text("Mapping", "映射"), joined((quoted(mapping.file), " ", element("code", mapping.sha256))))
        )
    lead = Text(
        "The same facts, rules and review date give the same report, to the byte. Digests are SHA-256.",
        "相同的资料、规则和评审日期生成逐字节相同的报告。摘要算法为 SHA-256。",
    )
    return Section("audit", Text("Audit trail", "审计信息"), element("div", pairs(entries), class_="audit"), lead)
