"""The outcomes of a portfolio as Parquet, for tools: a row for each project and check, the worst projects first.

Words are those of JSON, the same in every language. What could not be judged has a row whose outcome is NULL.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from riskcheck.database import Connection, database, failure, literal
from riskcheck.model.assessment import Score
from riskcheck.model.number import floor_text
from riskcheck.model.portfolio import CheckOutcome, NotJudged, Portfolio, ProjectResult
from riskcheck.reports import Style
from riskcheck.reports.display import clean

MEMORY: Final = "512MiB"
_AT_ONCE: Final = 2_000
_CHUNK: Final = 2**20
_PROJECT: Final = {
    "project_id": "VARCHAR",
    "project_name": "VARCHAR",
    "file": "VARCHAR",
    "gate": "VARCHAR",
    "as_of": "VARCHAR",
    "verdict": "VARCHAR",
    "score_low": "VARCHAR",
    "score_high": "VARCHAR",
    "coverage": "VARCHAR",
    "outcomes": "VARCHAR",
    "why_not_judged": "VARCHAR",
}
_WRITTEN: Final = """
SELECT project_id, project_name, file, gate, as_of::DATE AS as_of, verdict, score_low::DOUBLE AS score_low,
    score_high::DOUBLE AS score_high, coverage::DOUBLE AS coverage, list_extract($items, k) AS item,
    list_extract($checks, k) AS "check", list_extract($musts, k) AS must_meet, list_extract($found, k) AS outcome,
    why_not_judged
FROM (SELECT *, unnest(string_split(outcomes, ','))::INTEGER AS k FROM projects) q
"""


def render(portfolio: Portfolio, style: Style) -> bytes:
    """The whole of `parts`."""
    return b"".join(parts(portfolio, style))


def parts(portfolio: Portfolio, style: Style) -> Iterator[bytes]:
    """The file, piece by piece; the same in every language. Raises OSError if there is no room for it."""
    with TemporaryDirectory(prefix="riskcheck-") as folder, database(MEMORY, in_file=True) as connection:
        file = Path(folder) / "outcomes.parquet"
        try:
            _write(connection, portfolio, file)
        except failure() as error:
            raise OSError(str(error).partition("\n")[0]) from None
        with open(file, "rb") as stream:
            while piece := stream.read(_CHUNK):
                yield piece


def _write(connection: Connection, portfolio: Portfolio, file: Path) -> None:
    connection.execute("SET threads = 1")  # so that rows stand in order, and groups of them are always the same
    columns = ", ".join(f"{name} {kind}" for name, kind in _PROJECT.items())
    connection.execute(f"CREATE TABLE projects ({columns})")
    numbers: dict[CheckOutcome, int] = {}
    judged = (_project(each, numbers) for each in portfolio.projects)
    records = chain(judged, map(_not_judged, portfolio.not_judged))
    while rows := list(islice(records, _AT_ONCE)):
        _insert(connection, rows)
    words: dict[str, list[str] | list[bool]] = {
        "items": [each.item for each in numbers],
        "checks": [each.check for each in numbers],
        "musts": [each.must_meet for each in numbers],
        "found": [each.outcome.value for each in numbers],
    }
    lists = {
        name: f"[{', '.join(literal(value) if isinstance(value, str) else str(value) for value in values)}]::{kind}[]"
        for (name, values), kind in zip(words.items(), ("VARCHAR", "VARCHAR", "BOOLEAN", "VARCHAR"), strict=True)
    }
    select = _WRITTEN
    for name, sql in lists.items():
        select = select.replace(f"${name}", sql)
    connection.execute(f"COPY ({select}) TO {literal(str(file))} (FORMAT parquet, COMPRESSION zstd)")


def _insert(connection: Connection, rows: Sequence[tuple[str | None, ...]]) -> None:
    read = ", ".join(f"unnest($a{number}::{kind}[])" for number, kind in enumerate(_PROJECT.values()))
    values: dict[str, Any] = {f"a{number}": list(column) for number, column in enumerate(zip(*rows, strict=True))}
    connection.execute(f"INSERT INTO projects SELECT {read}", values)


def _project(each: ProjectResult, numbers: dict[CheckOutcome, int]) -> tuple[str | None, ...]:
    """A row of `projects`: the outcomes as their numbers, counted from 1."""
    outcomes = [str(numbers.setdefault(outcome, len(numbers) + 1)) for outcome in each.outcomes]
    return (
        _text(each.project_id),
        _text(each.project_name),
        _text(each.source),
        each.gate,
        each.as_of.isoformat(),
        each.verdict.value,
        *_score(each.score),
        ",".join(outcomes) or "0",
        None,
    )


def _score(score: Score | None) -> tuple[str | None, str | None, str | None]:
    if score is None:
        return None, None, None
    return floor_text(score.low), floor_text(score.high), floor_text(score.coverage)


def _not_judged(each: NotJudged) -> tuple[str | None, ...]:
    why = " ".join(text.en for text in each.why)
    return _text(each.project_id), None, _text(each.source), *[None] * 6, "0", _text(why)


def _text(text: str | None) -> str | None:
    """A text without half characters, which no database takes."""
    return None if text is None else clean(text).encode("utf-8", "replace").decode("utf-8")
