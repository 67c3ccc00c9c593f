"""What the first sheet of a template says, in both languages."""

from __future__ import annotations

from typing import Final, NamedTuple

from riskcheck.model.text import Text


class Row(NamedTuple):
    """Something that may be seen, and what it means."""

    name: Text
    meaning: Text


class Colors(NamedTuple):
    """What the colours of headers mean: that of a gate, and that of columns which no check reads."""

    gate: Text
    none: Row


STEPS: Final = (
    Text(
        "Begin with the sheet Project: without the gate and the day the facts are as of nothing can be judged.",
        "先填“项目”表：没有评审关口和数据截止日期就无法判定。",
    ),
    Text(
        "Fill in the other sheets, one row for each thing, below the header. Above it each column says which gate "
        "needs it first, what to enter, and an example; lines that begin with # are never read. Click into a cell to "
        "see what it is for; where there is a list, choose from it.",
        "再填其他各表，在列名行下方逐行填写。列名上方依次说明该栏最早由哪个关口需要、填什么，并给出示例；"
        "以 # 开头的行一律不读取。点选单元格可看到该栏的用途；有下拉列表的请从中选择。",
    ),
    Text(
        "Rows may be inserted, deleted, filtered and sorted, and columns made wider. Headers and help are protected "
        "without a password (Review, Unprotect Sheet). A column of your own goes to the right of the table; begin its "
        "header with #.",
        "可以插入、删除、筛选、排序各行，也可调整列宽。列名和说明受保护，但没有密码（审阅 → 撤销工作表保护）。"
        "自己加的列请放在表的右侧，列名以 # 开头。",
    ),
    Text(
        "When a table has all its rows, say so in the sheet Table status: yes beside the table. Until then further "
        "rows may exist, so that nothing which must hold of all rows can be proved. An empty table with yes says that "
        "there is nothing of the kind.",
        "某张表的行已填全时，请在“表状态”中该表右侧填“是”。在此之前，该表可能还有别的行，凡须“全部满足”的检查都无法通过。"
        "空表填“是”，表示确实没有此类内容。",
    ),
    Text(
        "Save, and run: riskcheck check FILE.xlsx. The report names each cell that is still needed.",
        "保存后运行：riskcheck check 文件.xlsx --lang zh。报告会列出尚需填写的每个单元格。",
    ),
)
CELLS: Final = (
    Row(
        Text("a value", "具体内容"),
        Text(
            "The fact. Dates: 2026-03-31, 2026/3/31 or 2026年3月31日 (03/05/2026 is not read: which is the month?). "
            "Percent: 85 or 85%. Words and yes or no may be in English or Chinese.",
            "即该项事实。日期可写作 2026-03-31、2026/3/31 或 2026年3月31日（03/05/2026 分不清月和日，不读取）；"
            "百分数写 85 或 85%；选项和“是/否”中英文均可。",
        ),
    ),
    Row(
        Text("none", "无"),
        Text(
            "It is known that there is nothing: nobody, no date, it has not happened.",
            "明确没有：没有此人、没有此日期、尚未发生。",
        ),
    ),
    Row(
        Text("nothing (blank)", "空白"),
        Text(
            "Not known: a check that needs it stays undecided. Only in columns marked “blank = none” or “blank = not "
            "yet” it means none, once the table is declared complete.",
            "尚不清楚：需要它的检查无法判定。只有标明“空=无”或“空=未发生”的栏，在该表声明完整之后，空白才表示“无”。",
        ),
    ),
    Row(
        Text("TBD, N/A, /, -", "待定、待补、/、-"),
        Text(
            "Not known, whatever the column; the report lists the cell, so that it is not forgotten.",
            "一律按不清楚处理；报告会列出该单元格，以免遗漏。",
        ),
    ),
    Row(
        Text("anything else", "其他内容"),
        Text(
            "What cannot be read as the column wants it counts as not known, and is reported with its cell.",
            "不符合该栏要求、无法读取的内容，按不清楚处理，并在报告中列出其单元格。",
        ),
    ),
)
COLORS: Final = Colors(
    Text(
        "Needed first at {gate}. Bold: must be filled in. Not bold: may be blank, and that is an answer.",
        "最早由 {gate} 需要。粗体：必填；非粗体：可以留空，留空也是一种回答。",
    ),
    Row(
        Text("no gate", "不限关口"),
        Text(
            "No check of these gates reads the column. It makes the report easier to read, or is riskcheck's own.",
            "这些关口的检查不读取该栏；它便于理解报告，或供 riskcheck 自身使用。",
        ),
    ),
)
