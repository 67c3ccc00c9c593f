"""The little pack of `tests/gate` with a table of evidence: what many test files need, written in one place."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from riskcheck.packs.load import load_pack
from riskcheck.packs.rulepack import RulePack
from tests.profiles.written import SMALL

TABLE = """\
  evidence:
    title: {en: Evidence, zh: 证据}
    fields:
      fact: {type: string, title: {en: Fact, zh: 所证资料}}
      kind:
        type: enum
        title: {en: Kind, zh: 种类}
        allowed:
          system_export: {en: system export, zh: 系统导出}
          signed_document: {en: signed document, zh: 签字文件}
          document: {en: document, zh: 文件}
          statement: {en: statement, zh: 口头陈述}
      ref: {type: string, title: {en: Reference, zh: 编号}}
      as_of: {type: date, title: {en: As of, zh: 截至日期}}
      sha256: {type: string, title: {en: SHA-256, zh: SHA-256}}
"""


@cache
def evidence_pack() -> RulePack:
    """The pack; read anew by each process of a test run."""
    folder = Path(mkdtemp()) / "pack"
    try:
        shutil.copytree(SMALL, folder)
        facts = folder / "facts.yaml"
        facts.write_text(facts.read_text("utf-8") + TABLE, "utf-8")
        return load_pack(folder, cache=False)
    finally:
        shutil.rmtree(folder.parent)
