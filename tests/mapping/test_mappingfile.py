"""Mapping files that are not right are refused with all that is wrong, each with its line, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from riskcheck.errors import MappingError
from riskcheck.mapping.load import load_mapping, mapping_of
from riskcheck.mapping.problems import MOST_PROBLEMS
from riskcheck.packs.load import load_pack
from tests.mapping.mapped import SCHEMA, mapping, refused

PARTS = "mapping: 1\nsheets:\n- {sheet: A, table: tasks, header: 1, rows: "
ONE = "mapping: 1\nsheets:\n  - "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[]", ["1 wrong-type"]),
        ("mapping", ["1 wrong-type"]),
        ("sheets: []", ["1 missing-key"]),
        ("mapping: 2", ["1 unknown-version"]),
        ("mapping: {}", ["1 wrong-type"]),
        ("mapping: 1\nsheet: []", ["2 unknown-key"]),
        ("mapping: 1\nsheets: {}", ["2 wrong-type"]),
        ("mapping: 1\nsheets: x", ["2 wrong-type"]),
        ("mapping: 1\nsheets:", []),
        ("mapping: 1\nsheets: [1, [], {}]", ["2 wrong-type", "2 wrong-type", "2 missing-key"]),
        ("mapping: 1\nonly: maybe", ["2 wrong-type"]),
        ("mapping: 1\ndates: dym", ["2 unknown-word"]),
        ("mapping: 1\nconstants: []", ["2 wrong-type"]),
        ("mapping: 1\nconstants: {task: {}}", ["2 unknown-table"]),
        ("mapping: 1\nconstants: {table_status: {complete: yes}}", ["2 unknown-table"]),
        ("mapping: 1\nconstants: {tasks: []}", ["2 wrong-type"]),
        ("mapping: 1\nconstants: {tasks: {ownr: x}}", ["2 unknown-field"]),
        ("mapping: 1\nconstants: {tasks: {owner: []}}", ["2 wrong-type"]),
        ("mapping: 1\nconstants: {tasks: {status: finished}}", ["2 no-value"]),
        ("mapping: 1\nconstants: {tasks: {owner: a, 负责人: b}}", ["2 stands-twice"]),
        ("mapping: 1\nconstants: {tasks: {}, 任务: {}}", ["2 stands-twice"]),
        ("mapping: 1\ncomplete: {tasks: {by: x}}", ["2 missing-key"]),
        ("mapping: 1\ncomplete: {tasks: {by: x, on: 1.2.2026}}", ["2 wrong-type"]),
        ("mapping: 1\ncomplete: {tasks: {by: x, on: 2026-02-30}}", ["2 wrong-type"]),
        ("mapping: 1\ncomplete: [tasks]", ["2 wrong-type"]),
        ("mapping: 1\ncomplete: {tasks: yes}", ["2 wrong-type"]),
        (ONE + "{sheet: A}", ["3 missing-key"]),
        (ONE + "{sheet: [], table: tasks}", ["3 wrong-type"]),
        (ONE + "{sheet: A, table: task}", ["3 unknown-table"]),
        (ONE + "{sheet: A, ignore: true}", []),
        (ONE + "{sheet: A, ignore: false}", ["3 missing-key"]),
        (ONE + "{sheet: A, ignore: true, table: tasks}", ["3 excluding-keys"]),
        (ONE + "{sheet: A, table: tasks, header: x}", ["3 wrong-type"]),
        (ONE + "{sheet: A, table: tasks, header: 0}", ["3 wrong-type"]),
        (ONE + "{sheet: A, table: tasks, header: 4-3}", ["3 wrong-type"]),
        (ONE + "{sheet: A, table: tasks, header: 3-}", ["3 wrong-type"]),
        (ONE + "{sheet: A, table: tasks, header: 1-99}", ["3 wrong-type"]),
        (ONE + "{sheet: A, table: tasks, header: 99999999}", ["3 wrong-type"]),
        (ONE + "{sheet: A, table: tasks, rows: 2-3}", ["3 missing-key"]),
        (ONE + "{sheet: A, table: tasks, header: 3, rows: 2-9}", ["3 excluding-keys"]),
        (ONE + "{sheet: A, table: tasks, columns: A-B}", ["3 unfit-key"]),
        (ONE + "{sheet: A, table: tasks, transposed: true, header: A, columns: C-, rows: 3}", ["3 unfit-key"]),
        (ONE + "{sheet: A, table: tasks, transposed: true, header: 3}", ["3 wrong-type"]),
        (ONE + "{sheet: A, table: project, header: 3}", ["3 unfit-key"]),
        (ONE + "{sheet: A, table: tasks, fields: [a]}", ["3 wrong-type"]),
        (ONE + "{sheet: A, table: tasks, fields: {ownr: A}}", ["3 unknown-field"]),
        (ONE + "{sheet: A, table: tasks, fields: {vague: A}}", ["3 computed-field"]),
        (ONE + "{sheet: A, table: tasks, fields: {owner: A, 责任人: B}}", ["3 stands-twice"]),
        (ONE + "{sheet: A, table: tasks, fields: {owner: }}", ["3 wrong-type"]),
        (ONE + "{sheet: A, table: tasks, fields: {owner: []}}", ["3 wrong-type"]),
        (ONE + "{sheet: A, table: tasks, fields: {owner: {head: A}}}", ["3 unknown-key"]),
        (ONE + "{sheet: A, table: tasks, fields: {owner: {header: A, column: B}}}", ["3 excluding-keys"]),
        (ONE + "{sheet: A, table: tasks, fields: {owner: {column: 3}}}", ["3 wrong-type"]),
        (ONE + "{sheet: A, table: tasks, fields: {owner: {column: ABCD}}}", ["3 wrong-type"]),
        (ONE + "{sheet: A, table: tasks, fields: {owner: {row: 3}}}", ["3 unknown-key"]),
        (ONE + "{sheet: A, table: tasks, transposed: true, fields: {owner: {row: x}}}", ["3 wrong-type"]),
        (ONE + "{sheet: A, table: project, fields: {name: {cell: 5}}}", ["3 wrong-type"]),
        (ONE + "{sheet: A, table: tasks, fields: {status: {value: finished}}}", ["3 no-value"]),
        (ONE + "{sheet: A, table: tasks, fields: {status: {value: done, words: {a: done}}}}", ["3 excluding-keys"]),
        (ONE + "{sheet: A, table: tasks, fields: {status: {words: {a: finished}}}}", ["3 no-value"]),
        (ONE + "{sheet: A, table: tasks, fields: {status: {words: [a]}}}", ["3 wrong-type"]),
        (ONE + "{sheet: A, table: tasks, fields: {status: {words: {a: }}}}", ["3 wrong-type"]),
        (ONE + "{sheet: A, table: tasks, fields: {status: {words: {'': done}}}}", ["3 wrong-type"]),
        (ONE + "{sheet: A, table: tasks, fields: {status: {dates: dmy}}}", ["3 unfit-key"]),
        (ONE + "{sheet: A, table: tasks, fields: {owner: {unit: days}}}", ["3 unfit-key"]),
        (ONE + "{sheet: A, table: tasks, fields: {cost: {percent: 0-1}}}", ["3 unfit-key"]),
        (ONE + "{sheet: A, table: tasks, fields: {load: {percent: 0-10}}}", ["3 unknown-word"]),
        (ONE + "{sheet: A, table: tasks, fields: {cost: {unit: USD}}}", ["3 unknown-unit"]),
        (ONE + "{sheet: A, table: tasks, fields: {cost: {unit: USD, factor: 7.2}}}", []),
        (ONE + "{sheet: A, table: tasks, fields: {cost: {factor: 0}}}", ["3 wrong-type"]),
        (ONE + "{sheet: A, table: tasks, fields: {cost: {factor: 1e999}}}", ["3 wrong-type"]),
        (ONE + "{sheet: A, table: tasks, fields: {cost: {factor: nan}}}", ["3 wrong-type"]),
        (ONE + "{sheet: A, table: tasks, fields: {cost: {factor: [1]}}}", ["3 wrong-type"]),
        (ONE + "{sheet: A, table: tasks, ignore: [[], {column: 5}, {}]}", ["3 wrong-type", "3 wrong-type"]),
        (ONE + "{sheet: A, table: raci, matrix: x}", ["3 wrong-type"]),
        (ONE + "{sheet: A, table: raci, matrix: {across: role}}", ["3 missing-key"]),
        (ONE + "{sheet: A, table: raci, matrix: {across: role, cells: kode}}", ["3 unknown-field"]),
        (ONE + "{sheet: A, table: raci, matrix: {across: role, cells: role}}", ["3 excluding-keys"] * 2),
        (ONE + "{sheet: A, table: raci, matrix: {across: role, cells: {}}}", ["3 missing-key"]),
        (ONE + "{sheet: A, table: raci, transposed: true, matrix: {across: role, cells: code}}", ["3 excluding-keys"]),
        (ONE + "{sheet: A, table: raci, fields: {code: x}, matrix: {across: role, cells: code}}", ["3 excluding-keys"]),
        (ONE + "{sheet: A, table: raci, matrix: {across: role, cells: code, columns: 3}}", ["3 wrong-type"]),
        (ONE + "{sheet: A, table: raci, matrix: {across: role, cells: code, columns: {PM: []}}}", ["3 wrong-type"]),
        (ONE + "{sheet: A, table: tasks, matrix: {across: level, cells: status}}", ["3 unfit-key"]),
        ("mapping: 1\nsheets:\n- {sheet: A, table: tasks}\n- {sheet: a, ignore: true}", ["4 stands-twice"]),
        ("mapping: 1\nsheets:\n- {sheet: A, table: tasks}\n- {sheet: A, table: tasks}", ["4 stands-twice"]),
        ("mapping: 1\nsheets:\n- {sheet: A, table: tasks}\n- {sheet: A, table: changes}", []),
        ("mapping: 1\nsheets:\n- {sheet: A, ignore: true, file: a}\n- {sheet: A, ignore: true, file: b}", []),
        (f"{PARTS}2-5}}\n- {{sheet: A, table: tasks, header: 1, rows: 6-}}", []),
        (f"{PARTS}2-}}\n- {{sheet: A, table: tasks, header: 1, rows: 6-7}}", ["4 stands-twice"]),
        ("mapping: 1\nmapping: 1", ["2 yaml-duplicate-key"]),
        ("a: &x [1]\nb: *x", ["1 yaml-anchor", "2 yaml-alias"]),
        ("mapping: !!python/object:os.system 1", ["1 yaml-tag"]),
        ("mapping: 1\n  sheets: []", ["2 yaml-syntax"]),
        ("[" * 50 + "]" * 50, ["1 yaml-too-deep"]),
        ("", ["None yaml-empty"]),
    ],
)
def test_each_thing_that_is_wrong_is_told_with_its_line(text: str, expected: list[str]) -> None:
    assert refused(text) == expected


def test_names_of_tables_and_fields_may_be_titles_in_either_language() -> None:
    said = mapping(ONE + "{sheet: A, table: 任务, fields: {负责人: 谁, Planned start: Begin}}")
    (entry,) = said.sheets
    assert (entry.table, [source.field for source in entry.sources]) == ("tasks", ["owner", "planned_start"])


def test_a_message_says_what_is_meant_perhaps_and_what_is_allowed() -> None:
    with pytest.raises(MappingError) as error:
        mapping(ONE + "{sheet: A, table: tasks, fields: {status: {words: {○: don}}}}")
    (problem,) = error.value.diagnostics
    assert problem.render() == (
        'map.yaml:3:59: "don" cannot be read as Status, which holds one of its words; did you mean "Done"?\n'
        "  allowed: not_started (Not started), in_progress (In progress), done (Done)\n"
        "     3 |   - {sheet: A, table: tasks, fields: {status: {words: {○: don}}}}\n"
        "       | " + " " * 58 + "^^^"
    )
    assert problem.render("zh").splitlines()[0] == (
        "map.yaml:3:59: “don”不能作为“状态”的值（应为可选词之一）；是否为“Done”？"
    )


def test_a_file_with_very_many_problems_is_read_no_further() -> None:
    text = "mapping: 1\nsheets:\n" + "  - {sheet: A, table: nix}\n" * 500
    found = refused(text)
    assert len(found) == MOST_PROBLEMS + 1
    assert found[-1] == "None too-many-problems"


def test_long_lists_are_read_and_too_many_sheets_refused() -> None:
    words = "".join(f"        w{number}: done\n" for number in range(20_000))
    said = mapping(f"mapping: 1\nsheets:\n- sheet: A\n  table: tasks\n  fields:\n    status:\n      words:\n{words}")
    assert len(said.sheets[0].sources[0].reading.words) == 20_000
    sheets = "".join(f"- {{sheet: A{number}, ignore: true}}\n" for number in range(2001))
    assert refused("mapping: 1\nsheets:\n" + sheets) == ["3 too-many-sheets"]


def test_long_texts_are_refused() -> None:
    assert refused(f"mapping: 1\nsheets: [{{sheet: {'x' * 600}, ignore: true}}]") == ["2 text-too-long"]


def test_what_is_no_mapping_file_is_said(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(MappingError, match="no such mapping file"):
        load_mapping(tmp_path / "none.yaml", SCHEMA)
    with pytest.raises(MappingError, match="no ordinary file"):
        load_mapping(tmp_path, SCHEMA)
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04rest")
    with pytest.raises(MappingError, match="an Office file"):
        load_mapping(tmp_path / "a.xlsx", SCHEMA)
    with pytest.raises(MappingError, match="is not UTF-8"):
        mapping_of("mapping: 1 # 映射".encode("gbk"), "m.yaml", SCHEMA)


def test_every_example_of_the_documentation_is_a_mapping() -> None:
    schema = load_pack("deployment").schema
    page = (Path(__file__).parent.parent.parent / "docs" / "mapping.md").read_text("utf-8")
    first, *others = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert [source.field for source in mapping(first, schema).sheets[0].sources] == [
        *("risk_id", "likelihood", "owner", "status"),
    ]
    assert len(others) >= 2
    for text in others:
        assert mapping("mapping: 1\nsheets:\n" + text, schema).sheets
