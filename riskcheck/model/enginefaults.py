"""What can go wrong with an engine that runs code which is not trusted: the `error` of a judgement, and its words."""

from __future__ import annotations

from typing import Final

from riskcheck.model.text import Text

WORKER_LOST: Final = "rete-worker-lost"
TOO_SLOW: Final = "rete-too-slow"
REFUSED: Final = "rete-refused"
SILENT: Final = "rete-silent"
BOTH_WAYS: Final = "rete-both-ways"
FALSE_MATCH: Final = "rete-false-match"
MISSED: Final = "rete-missed"

_WORDS: Final = {
    WORKER_LOST: Text("the process in which durable-rules ran has ended", "运行 durable-rules 的进程已中止"),
    TOO_SLOW: Text("durable-rules did not answer in time", "durable-rules 未在时限内应答"),
    REFUSED: Text("durable-rules refused the rules or facts", "durable-rules 拒绝了规则或事实"),
    SILENT: Text("durable-rules did not match a rule that always matches", "durable-rules 未匹配必然匹配的规则"),
    BOTH_WAYS: Text("durable-rules matched a condition and its opposite", "durable-rules 同时匹配了条件及其反面"),
    FALSE_MATCH: Text(
        "durable-rules matched a rule that the facts do not meet", "durable-rules 匹配了事实并不满足的规则"
    ),
    MISSED: Text("durable-rules missed a rule that the facts meet", "durable-rules 漏掉了事实所满足的规则"),
}
_CURE: Final = Text("judge with another engine: --engine python", "请改用其他引擎：--engine python")

FAULTS: Final = frozenset(_WORDS)
"""The errors by which an engine says that it cannot tell: counted, but no disagreement."""


def fault_words(error: str) -> Text | None:
    """An error in words, with what to do about it; None if it is no fault of an engine."""
    words = _WORDS.get(error)
    return Text(f"{words.en} ({error}); {_CURE.en}", f"{words.zh}（{error}）；{_CURE.zh}") if words else None
