"""The process in which durable-rules runs. It imports nothing of riskcheck, as it may end at any time.

It reads lines of JSON and answers each with one. `{"rulesets": […]}` makes sets of rules, in place of those before;
a rule may have `asserts`, the fact that it adds when it matches. `{"sid": …, "facts": [[…], …]}` asserts facts in each
set, and is answered by the names of the rules that matched, and by `fault`, what went wrong, if anything did.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import Any


class _Matched:
    """The rules that have matched for one project, and what went wrong."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.fault: str | None = None

    def start(self) -> None:
        self.names, self.fault = [], None

    def failed(self, error: BaseException | None) -> None:
        if error is not None and self.fault is None:
            self.fault = f"{type(error).__name__}: {getattr(error, 'message', None) or error}"[:300]


def _action(name: str, asserts: dict[str, Any] | None, matched: _Matched) -> Callable[[Any], None]:
    from durable.engine import MessageNotHandledException, MessageObservedException

    def run(closure: Any) -> None:
        matched.names.append(name)
        if asserts is None:
            return
        try:
            closure.assert_fact(dict(asserts))
        except (MessageNotHandledException, MessageObservedException):
            pass  # no rule reads it, or another rule has added it
        except Exception as error:
            matched.failed(error)

    return run


def _ruleset(number: int, rules: dict[str, Any], matched: _Matched) -> Any:
    """A set of rules. Without a host, whose timer threads are what crashes."""
    from durable.engine import Ruleset

    made = {
        name: {"all": rule["all"], "run": _action(name, rule.get("asserts"), matched)} for name, rule in rules.items()
    }
    return Ruleset(f"riskcheck-{number}", None, made)


def _judge(rulesets: list[Any], asked: dict[str, Any], matched: _Matched) -> dict[str, Any]:
    matched.start()
    sid = asked["sid"]
    for ruleset, facts in zip(rulesets, asked["facts"], strict=True):
        if not facts:
            continue
        try:
            found = ruleset.assert_facts([{"sid": sid, **fact} for fact in facts])
            ruleset.do_actions(found, lambda error, _: matched.failed(error))
        except Exception as error:
            matched.failed(error)
        finally:
            ruleset.delete_state(sid)
    return {"matched": sorted(set(matched.names)), "fault": matched.fault}


def main() -> None:
    """Answer until there is nothing more to read."""
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)  # what the library prints is no answer
    matched, rulesets, made = _Matched(), [], 0
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            if "rulesets" in asked:
                rulesets = [_ruleset(made + number, rules, matched) for number, rules in enumerate(asked["rulesets"])]
                made += len(rulesets)
                answer: dict[str, Any] = {"matched": [], "fault": None}
            else:
                answer = _judge(rulesets, asked, matched)
        except Exception as error:
            answer = {"matched": [], "fault": f"{type(error).__name__}: {error}"[:300]}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
