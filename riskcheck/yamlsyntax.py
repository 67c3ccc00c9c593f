"""What a YAML syntax error means for the person who wrote the file."""

from __future__ import annotations

from typing import Any

from riskcheck.frozen import frozen
from riskcheck.model.text import Text

MAX_DEPTH = 40
"""Deepest nesting that is read, where a pack needs about ten; some versions of the parser have a limit of their own."""
TOO_DEEP = Text(f"nested deeper than {MAX_DEPTH} levels", f"嵌套超过 {MAX_DEPTH} 层")
_QUOTES = Text('put the text into quotes: "…"', '请给文本加引号："…"')
_TAB = (
    Text("a tab stands where only spaces may", "只能用空格的位置出现了制表符"),
    Text("indent with spaces, not tabs", "请用空格缩进，不要用制表符"),
)
_MEANINGS: tuple[tuple[str, Text, Text | None], ...] = (
    (
        "found unexpected end of stream",
        Text("the quote that opens here is never closed", "此处的引号没有闭合"),
        Text("close it", "请补上结束引号"),
    ),
    (
        "mapping values are not allowed",
        Text("no key may stand here", "此处不能出现键"),
        Text(
            'text with ": " in it needs quotes; write a colon and a space after each key; '
            "indent keys of a mapping alike",
            "含“: ”的文本须加引号；每个键后请写英文冒号和空格；同一映射的键缩进须一致",
        ),
    ),
    (
        "could not find expected ':'",
        Text("a colon is expected after the key", "键后应有冒号"),
        Text("write a colon and a space after the key", "请在键后写英文冒号和空格"),
    ),
    ("alphabetic or numeric character", Text("a lone * or & stands here", "此处有单独的 * 或 &"), _QUOTES),
    (
        "did not find expected key",
        Text("a key is expected here", "此处应为键"),
        Text(
            "indent all keys of a mapping alike; write nothing after a closing quote or bracket",
            "同一映射的键缩进须一致；结束引号或括号后不要再写内容",
        ),
    ),
    (
        "did not find expected '-' indicator",
        Text("an item of the list is expected here", "此处应为列表项"),
        Text(
            "indent all items alike and begin each with a hyphen and a space",
            "各列表项缩进须一致，并以连字符加空格开头",
        ),
    ),
    (
        "expected ',' or '}'",
        Text("a comma or a closing } is expected here", "此处应为逗号或右花括号 }"),
        Text("close the bracket, or put a comma before this", "请补上右括号，或在此前加逗号"),
    ),
    (
        "expected ',' or ']'",
        Text("a comma or a closing ] is expected here", "此处应为逗号或右方括号 ]"),
        Text("close the bracket, or put a comma before this", "请补上右括号，或在此前加逗号"),
    ),
    ("cannot start any token", Text("no text may begin with this character", "文本不能以该字符开头"), _QUOTES),
    (
        "invalid Unicode character escape code",
        Text("this escape is no character", "该转义不对应任何字符"),
        Text(
            "write the character itself, or its one escape: \\U0001F600, not \\ud83d\\ude00",
            "请直接写该字符，或用单个转义：写 \\U0001F600，不写 \\ud83d\\ude00",
        ),
    ),
    (
        "expected hexdecimal number",
        Text("this escape has too few digits", "该转义的位数不足"),
        Text(
            "write two backslashes for a backslash, or two digits after \\x, four after \\u, eight after \\U",
            "反斜杠请写两个；或在 \\x 后写两位、\\u 后写四位、\\U 后写八位十六进制数字",
        ),
    ),
    (
        "incompatible YAML document",
        Text("this version of YAML is not read", "不支持该 YAML 版本"),
        Text("take the line out; YAML 1.1 and 1.2 are read", "请删去该行；支持 YAML 1.1 和 1.2"),
    ),
    (
        "duplicate %",
        Text("this line with a % stands here again", "以 % 开头的该行重复出现"),
        Text("take it out", "请删去"),
    ),
    (
        "scanning a %YAML directive",
        Text("the version of YAML cannot be read here", "此处的 YAML 版本无法读取"),
        Text("take the line out", "请删去该行"),
    ),
    (
        "scanning a directive",
        Text("a line that begins with % may only name the version of YAML", "以 % 开头的行只能用于写明 YAML 版本"),
        Text("take it out", "请删去"),
    ),
    (
        "unknown escape character",
        Text("this backslash means nothing", "此处的反斜杠没有意义"),
        Text("write two backslashes, or use single quotes", "请写两个反斜杠，或改用单引号"),
    ),
    (
        "sequence entries are not allowed",
        Text("no list may begin here", "此处不能开始列表"),
        Text("begin it on a line of its own, under the key", "请在键的下一行另起列表"),
    ),
    (
        "expected node content",
        Text("a value or a closing bracket is expected here", "此处应为值或右括号"),
        Text("write it, or take out the bracket", "请补上，或删去左括号"),
    ),
    (
        "expected <document start>",
        Text("nothing may follow here", "此处之后不能再有内容"),
        Text("take it out", "请删去"),
    ),
    ("exceeded maximum nesting depth", TOO_DEEP, None),
    (
        "expected comment or line break",
        Text("only a line break may follow | or >", "| 或 > 后只能换行"),
        Text("begin the text on the next line", "请从下一行开始写文本"),
    ),
)
"""Words of the parser's message, what they mean, and how to mend it."""


@frozen
class SyntaxProblem:
    """What is wrong, where (line and column from 1), and how to mend it."""

    message: Text
    hint: Text | None = None
    line: int | None = None
    column: int | None = None


def explain_syntax(error: Any, lines: list[str]) -> SyntaxProblem:
    """The parser's `error` (a `yaml.MarkedYAMLError`) in the text of `lines`, explained."""
    mark = error.problem_mark or error.context_mark
    said = ", ".join(part for part in (error.problem, error.context) if part)
    if mark is None:
        return SyntaxProblem(_as_said(said))
    if "quoted scalar" in said and "end of stream" in said:
        mark = error.context_mark
    line, column = mark.line, mark.column
    if line >= len(lines) > 0:  # at the end of the file: show its last line
        line, column = len(lines) - 1, len(lines[-1])
    message, hint = _meaning(said, lines[max(0, line - 1) : line + 1], column)
    return SyntaxProblem(message, hint, line + 1, column + 1)


def _meaning(said: str, near: list[str], column: int) -> tuple[Text, Text | None]:
    """What the parser said about `column` of the last of the lines `near`: message and hint."""
    if "tab" in said or (near and near[-1][column : column + 1] == "\t"):
        return _TAB
    message, hint = next(
        ((message, hint) for words, message, hint in _MEANINGS if words in said), (_as_said(said), None)
    )
    if any("：" in line and ": " not in line and not line.endswith(":") for line in near):
        hint = Text("after a key write a colon and a space, not ：", "键后请写英文冒号和空格，不要写“：”")
    return message, hint


def _as_said(said: str) -> Text:
    """What the parser said, where its meaning is not known here."""
    return Text(said, f"YAML 语法错误：{said}")
