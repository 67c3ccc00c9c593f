"""The language in which the command line speaks: that of `--lang`, else of the environment, else English."""

from __future__ import annotations

import os

from riskcheck.model.text import LANGUAGES, Language, Text

ENVIRONMENT = "RISKCHECK_LANG"
_noted: list[Language] = []


def language_of(name: str) -> Language | None:
    """The language that begins the name of a locale, such as `zh_CN.UTF-8`; None if riskcheck does not speak it."""
    spoken = next((each for each in LANGUAGES if name[:2].lower() == each), None)
    return spoken if name[2:3] in ("", "_", "-", ".") else None


def note(language: Language) -> None:
    """Remember the language of the command, for what goes wrong later."""
    _noted[:] = [language]


def spoken() -> Language:
    """The language to say now what goes wrong."""
    return _noted[0] if _noted else language_of(os.environ.get(ENVIRONMENT, "")) or "en"


def say(text: Text) -> None:
    """Tell the user `text`, on standard error."""
    from click import echo

    echo(no_command(text.of(spoken())), err=True)


def no_command(text: str) -> str:
    """`text` in which no line is a command of a GitHub runner (`::error::`, `##[error]`), whatever facts say."""
    if "::" not in text and "##[" not in text:
        return text
    lines = text.replace("##[", "# #[").splitlines()
    return "\n".join(line.replace("::", ": :", 1) if line.lstrip().startswith("::") else line for line in lines)
