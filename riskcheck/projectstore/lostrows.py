"""Rows that are of no project, or of one that the table of projects does not have: none is dropped silently."""

from __future__ import annotations

from riskcheck.database import Connection
from riskcheck.errors import guess, nearest
from riskcheck.facts.manyprojects import KEY, of_no_project
from riskcheck.facts.spelling import shorten
from riskcheck.facts.tablestatus import STATUS
from riskcheck.model.factset import InputProblem
from riskcheck.model.text import Text
from riskcheck.projectstore.staging import LostRows

_LOOKED_AT = 10_000
"""So many ids are looked at for the nearest one."""


def lost_rows(lost: LostRows) -> InputProblem:
    """Rows whose project cannot be read: their table is complete for no project."""
    if lost.head.table.name != STATUS:
        return of_no_project(lost.head.table, lost.count, lost.head.cell_location(lost.first, KEY))
    count = lost.count
    text = Text(
        f"{count} {'row' if count == 1 else 'rows'} of table_status are for no project that can be read; they declare "
        "no table complete; write * for all projects",
        f"table_status 有 {count} 行的项目编号无法读取，不视为完整性声明；对所有项目适用时请填 *",
    )
    return InputProblem("row-of-no-project", "error", text, lost.head.cell_location(lost.first, KEY))


def not_in_project(lost: LostRows, connection: Connection) -> InputProblem:
    """Rows of projects of which the table of projects has no row."""
    known = [name for (name,) in connection.execute(f"SELECT id FROM ids LIMIT {_LOOKED_AT}").fetchall()]
    written = lost.ids[0][0]
    meant = guess(nearest(written, [each for each in known if each != written]) if len(written) < 60 else None)
    title = lost.head.table.title
    shown = ", ".join(shorten(each, 40) for each, _ in lost.ids)
    rows, cure = _cure(lost)
    text = Text(
        f'"{title.en}": {rows.en} that "project" does not have: {shown}{meant.en}; {cure.en}',
        f"表“{title.zh}”：{rows.zh}：{shown}{meant.zh}；{cure.zh}",
    )
    return InputProblem("project-not-listed", "error", text, lost.head.cell_location(lost.first, KEY))


def _cure(lost: LostRows) -> tuple[Text, Text]:
    count = lost.count
    rows = Text(
        f"{count} {'row is of a project' if count == 1 else 'rows are of projects'}",
        f"有 {count} 行所属的项目不在项目表中",
    )
    if lost.head.table.name == STATUS:
        return rows, Text("these rows declare nothing", "这些行未生效")
    return rows, Text(
        "these projects are judged by what other tables say of them; add them to it, or mend the ids",
        "这些项目仅按其他表的内容判定；请在项目表中补充，或更正项目编号",
    )
