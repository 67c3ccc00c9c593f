"""The JSON Schema of a configuration file, from the declared options."""

from __future__ import annotations

from typing import Any

from riskcheck.cli.configured import BY_KEY
from riskcheck.cli.declared import AS_OF, FAIL_UNDER, VERIFY, Option
from riskcheck.cli.values import HIGHEST_SCORE
from riskcheck.schemas import DRAFT
from riskcheck.schemas.parts import listed, mapping, one_of, told, within


def config_schema() -> dict[str, Any]:
    """The schema of `riskcheck.toml`, and of the table `[tool.riskcheck]`."""
    keys = {key: told(_value(option), option.help) for key, option in BY_KEY.items()}
    return {"$schema": DRAFT, "title": "Configuration of riskcheck", **mapping({}, keys)}


def _value(option: Option) -> dict[str, Any]:
    if option.flag:
        return {"type": "boolean"}
    if option.choices:
        return one_of(*option.choices)
    if option is VERIFY:
        return {"type": "integer", "minimum": 0}
    if option is FAIL_UNDER:
        return within(0, HIGHEST_SCORE, "number")
    text: dict[str, Any] = {"type": "string", "minLength": 1}
    if option is AS_OF:
        return {**text, "format": "date"}
    return {"anyOf": [text, listed(text)]} if option.multiple else text
