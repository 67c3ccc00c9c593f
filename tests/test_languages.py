"""What those who fill in facts are told comes in both languages; what only authors of rules meet is in English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import riskcheck
from riskcheck.errors import Diagnostic, did_you_mean, guess, worded
from riskcheck.facts.load import load_facts
from riskcheck.facts.sheet import Sheet
from riskcheck.facts.yamlfacts import facts_from_tree
from riskcheck.model.text import Text
from riskcheck.yamlsyntax import explain_syntax
from riskcheck.yamltree import YamlError, read_yaml
from tests.facts.smallschema import SCHEMA, of_sheets, sheet

ROOT = Path(riskcheck.__file__).parent
FOR_AUTHORS = ("packs", "expr")
FOR_AUTHORS_FILES = ("errors.py", "evaluation.py", "inspection.py", "mutation.py", "packtest.py")
FOR_BOTH = (ROOT / "packs" / "rulepack.py", ROOT / "packs" / "describe.py")
MODULES = sorted(
    {
        path
        for path in ROOT.rglob("*.py")
        if path.relative_to(ROOT).parts[0] not in FOR_AUTHORS and path.name not in FOR_AUTHORS_FILES
    }
    | set(FOR_BOTH)
)


def calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    """The calls of the function or class `name`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def is_one_language(node: ast.AST, function: ast.AST) -> bool:
    """Whether an expression in `function` is a plain string, also by way of a variable."""
    if isinstance(node, ast.Name):
        assigned = (
            each.value
            for each in ast.walk(function)
            if isinstance(each, ast.Assign)
            for target in each.targets
            if isinstance(target, ast.Name) and target.id == node.id
        )
        return any(is_one_language(value, ast.Module([], [])) for value in assigned)
    if isinstance(node, ast.Tuple):
        return any(is_one_language(each, function) for each in node.elts)
    if isinstance(node, ast.BinOp):
        return is_one_language(node.left, function) or is_one_language(node.right, function)
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def english_only(path: Path) -> list[int]:
    """The lines of a module with a diagnostic whose message or hints are plain strings."""
    tree = ast.parse(path.read_text("utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    found = []
    for function in functions:
        for call in calls(function, "Diagnostic"):
            hints = [each.value for each in call.keywords if each.arg in ("message", "hints")]
            if any(is_one_language(each, function) for each in (*call.args[1:2], *call.args[3:4], *hints)):
                found.append(call.lineno)
    return found


def literal(node: ast.AST) -> str | None:
    """The characters that are written in a literal or formatted string; None for any other expression."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    written = [each.value for each in parts if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    return "".join(written) if written else None


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_diagnostic_of_facts_is_in_english_alone(path: Path) -> None:
    assert not english_only(path)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_text_has_chinese_where_it_has_english_words(path: Path) -> None:
    for call in calls(ast.parse(path.read_text("utf-8")), "Text"):
        if len(call.args) == 2:
            en, zh = map(literal, call.args)
            if en and zh and re.search("[A-Za-z] ?[a-z]", en):
                assert is_chinese(zh), f"{path.name}:{call.lineno}"


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text)


def test_the_scan_finds_what_is_in_english_alone(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text('def f():\n    message = f"a {1}"\n    Diagnostic("code", message)\n', "utf-8")
    assert english_only(module) == [3]
    module.write_text('def f():\n    Diagnostic("code", Text("a", "一"), None, ("hint",))\n', "utf-8")
    assert english_only(module) == [2]


def test_a_diagnostic_is_rendered_in_english_unless_asked_otherwise() -> None:
    both = Diagnostic("code", Text("no such file", "文件不存在"), hints=(Text("look", "请查看"), "English"))
    assert both.render() == "no such file\n  look\n  English"
    assert both.render("zh") == "文件不存在\n  请查看\n  English"
    assert worded("English", "zh") == "English"


def test_the_nearest_word_is_asked_for_in_both_languages() -> None:
    assert guess("tasks") == Text('; did you mean "tasks"?', "；是否为“tasks”？")
    assert guess(None) == Text("", "")
    assert did_you_mean("taks", ["tasks"]) == '; did you mean "tasks"?'


YAML = [
    ("tasks: &a [1]", "f.yaml:1:8: 此处不支持锚点（&a）\n  请删去；以 & 开头的文本须加引号"),
    ("a: 1\na: 2", "f.yaml:2:1: 键“a”在此重复出现（首次在第 1 行）\n  请只保留一个"),
    ("a:\n\t- b", "f.yaml:2:1: 只能用空格的位置出现了制表符\n  请用空格缩进，不要用制表符"),
    ("a：\n  b: 1", "f.yaml:2:4: 此处不能出现键\n  键后请写英文冒号和空格，不要写“：”"),
    ('a: "b', "f.yaml:1:4: 此处的引号没有闭合\n  请补上结束引号"),
    ("[1, 2]", "f.yaml:1:1: 文件内容是列表，而资料应为以表名为键的映射\n  请以表名为键，以列表写出表中各行："),
    ("tasks: {task_id: T1}", "f.yaml:1:8: “任务”表应为行的列表\n  请以表名为键，以列表写出表中各行："),
    ("tasks: []\n任务: []", "f.yaml:2:1: “任务”表写了两次：第 1 行的“tasks”和此处的“任务”\n  请只保留一个"),
    ("taks: []", "f.yaml: 文件中没有任何键是资料表\n  现有：“taks”\n  “taks”：是否为“tasks”？\n  应为："),
]


@pytest.mark.parametrize(("text", "expected"), YAML)
def test_what_is_said_of_yaml(text: str, expected: str) -> None:
    with pytest.raises((YamlError, riskcheck.FactsError)) as refused:
        facts_from_tree(read_yaml(text.encode(), "f.yaml"), "f.yaml", SCHEMA)
    assert refused.value.diagnostics[0].render("zh").startswith(expected)


def test_what_a_parser_says_that_is_not_known_here_is_quoted() -> None:
    class Unknown:
        problem, context, problem_mark, context_mark = "something new", None, None, None

    assert explain_syntax(Unknown(), []).message == Text("something new", "YAML 语法错误：something new")


FILES = [
    ("facts.et", "不能从 .et 文件读取资料\n  请用 WPS 打开并另存为 .xlsx"),
    ("facts.xlsx", "文件不存在\n  是否为“"),
    (".", "该文件夹中没有 CSV 文件\n  请写明要检查的文件名"),
]


@pytest.mark.parametrize(("name", "expected"), FILES)
def test_what_is_said_of_files(name: str, expected: str, tmp_path: Path) -> None:
    for each in ("facts.et", "fact.xlsx"):
        (tmp_path / each).write_bytes(b"")
    with pytest.raises(riskcheck.FactsError) as refused:
        load_facts(tmp_path / name, SCHEMA)
    assert refused.value.diagnostics[0].render("zh").startswith(f"{tmp_path / name}: {expected}")


SHEETS = [
    (
        [sheet("Tasks", ["计划"], ["编号", "负责人", "x"], ["T1", "a", "b"], ["负责人", "编号", "x"])],
        "f.xlsx!Tasks!A2: “任务”表的列名行可能是第 2 行或第 4 行：各有 2 个列名\n"
        "  请将不属于该表的内容移到其他工作表，或在其各行第一个单元格前加 #",
    ),
    (
        [sheet("Tasks", ["ID"]), sheet("任务", ["ID"])],
        "f.xlsx!任务: 有两个工作表对应“任务”表：“Tasks”和“任务”\n  请删除其中一个，或在其名称前加 # 以忽略",
    ),
    (
        [sheet("任务", ["本周任务"], ["事项", "负责人"])],
        "f.xlsx!任务!A2: “任务”表没有列名行：工作表上部没有任何一行是该表的列名\n"
        "  第 2 行有列名“负责人”（B2）；如其为列名行，请将其他列也改为该表的列名，或删除其上方各行\n"
        "  也可用映射文件说明读法：riskcheck map f.xlsx -o mapping.yaml 可生成映射，供 check --mapping 使用\n"
        "  现有：“事项”、“负责人”\n",
    ),
    (
        [sheet("Sheet1", ["x"])],
        "f.xlsx: 工作簿中没有任何资料表\n"
        "  请以表名命名各工作表；用 riskcheck template --lang zh -o FILE.xlsx 可生成待填写的工作簿，"
        "用 riskcheck inspect 可查看各工作表像哪张表\n"
        "  也可用映射文件说明读法：riskcheck map f.xlsx -o mapping.yaml 可生成映射，供 check --mapping 使用\n"
        "  现有：“Sheet1”\n  应为：项目、任务、",
    ),
]


@pytest.mark.parametrize(("sheets", "expected"), SHEETS)
def test_what_is_said_of_sheets(sheets: list[Sheet], expected: str) -> None:
    with pytest.raises(riskcheck.FactsError) as refused:
        of_sheets(*sheets)
    assert refused.value.diagnostics[0].render("zh").startswith(expected)
