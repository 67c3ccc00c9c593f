"""What is wrong with a cell, for the person who keeps the file: in both languages, with what to write instead."""

from __future__ import annotations

from collections.abc import Iterable

from riskcheck.errors import nearest
from riskcheck.facts.numberadvice import number_advice
from riskcheck.facts.spelling import shorten
from riskcheck.facts.unread import Doubted, Reason, Unread
from riskcheck.model.factset import InputProblem
from riskcheck.model.number import LARGEST, grid_text
from riskcheck.model.place import Location
from riskcheck.model.schema import EnumWord, Field, FieldType, Table
from riskcheck.model.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

_CODES = {
    Reason.PLACEHOLDER: "placeholder",
    Reason.ERROR_VALUE: "error-value",
    Reason.NOT_STORED: "formula-without-value",
    Reason.MERGED: "merged-cell",
    Reason.PERCENT_UNCLEAR: "unclear-percent",
    Reason.DAY_OR_MONTH: "ambiguous-date",
    Reason.OUT_OF_RANGE: "out-of-range",
    Reason.UNKNOWN_WORD: "unknown-word",
}
"""The codes of input problems; all other reasons are `unreadable-cell`."""

_WHY = {
    Reason.PLACEHOLDER: Text(
        "{raw} is a placeholder and counts as missing; write the answer, or none if there is none",
        "{raw}是占位符，按缺失处理；请填写实际内容，确实没有的填“无”",
    ),
    Reason.ERROR_VALUE: Text(
        "the cell holds the error {raw}; mend its formula or write the value",
        "单元格是错误值{raw}；请修正公式或直接填写",
    ),
    Reason.NOT_STORED: Text(
        "the result of the formula is not stored in the file; open the file in Excel, WPS or LibreOffice and save it",
        "文件中没有保存公式的结果；请用 Excel、WPS 或 LibreOffice 打开并重新保存",
    ),
    Reason.MERGED: Text(
        "{raw} stands in merged cells, and whether it is meant here, too, is not known; split them and fill in each",
        "{raw}位于合并单元格中，无法确定是否也适用于此单元格；请取消合并并逐格填写",
    ),
    Reason.NOT_NUMBER: Text(
        "{raw} is not {number}; write one, for example {example}", "{raw}不是{number}；请填写{number}，例如 {example}"
    ),
    Reason.NOT_WHOLE: Text(
        "{raw} is not a whole number; write one, for example 12", "{raw}不是整数；请填写整数，例如 12"
    ),
    Reason.SEPARATORS: Text(
        "{raw} can be read as more than one number; write it with a decimal point and without other separators",
        "{raw}可以读成不同的数；请只用小数点，不用其他分隔符",
    ),
    Reason.WITH_UNIT: Text("{raw} is more than a number; {advice}", "{raw}除数字外还有其他内容；请{advice}"),
    Reason.RAISED_DIGIT: Text(
        "{raw} has a raised, lowered or circled digit in its number; write plain digits, without the mark of a note",
        "{raw}中含有上标、下标或带圈的数字；请去掉注释标记，只填普通数字",
    ),
    Reason.PERCENT_SIGN: Text(
        "{raw} is a percentage, but the field is a plain number; {advice}",
        "{raw}是百分数，而该字段是普通数字；请{advice}",
    ),
    Reason.PERCENT_FORMAT: Text(
        "{raw} stands in a cell with a percent format, but the field is a plain number; set the format of the cell to "
        "General, then {advice}",
        "{raw}所在单元格为百分比格式，而该字段是普通数字；请先将单元格格式改为“常规”，再{advice}",
    ),
    Reason.COMPARED: Text(
        "{raw} begins with a comparison sign, and a number alone is read; leave the sign out: {advice}",
        "{raw}带有比较符号，而此处只读取数字；请去掉比较符号，{advice}",
    ),
    Reason.PERCENT_UNCLEAR: Text(
        "{raw} may be a fraction or a number of percent, as the numbers here without a percent sign are small; "
        "write it with the sign, for example 85%",
        "{raw}可能是比例，也可能是百分数：该列不带百分号的数值都很小；请带百分号填写，例如 85%",
    ),
    Reason.TOO_LARGE: Text("{raw} is too large; at most {largest} is read", "{raw}过大；最大可读取 {largest}"),
    Reason.OUT_OF_RANGE: Text("{raw} is out of range; allowed: {range}", "{raw}超出范围；允许：{range}"),
    Reason.DATE_AS_NUMBER: Text(
        "{raw} is a date or time, but a number is meant; format the cell as a number and write it again",
        "{raw}是日期或时间，此处应为数字；请将单元格格式改为数字后重新填写",
    ),
    Reason.NOT_DATE: Text(
        "{raw} is not a date; write one, for example {example}", "{raw}不是日期；请填写日期，例如 {example}"
    ),
    Reason.DAY_OR_MONTH: Text(
        "{raw} does not say which number is the year, the month and the day; write it so, for example: {example}; or "
        "say the order in a mapping (dates: dmy)",
        "{raw}无法分辨年、月、日；请按年、月、日填写，例如 {example}；或在映射中写明顺序（如 dates: dmy）",
    ),
    Reason.NO_SUCH_DAY: Text(
        "{raw} is no day of the calendar since 1900; write one, for example {example}",
        "{raw}不是日历上（1900 年以后）的日期；请填写日期，例如 {example}",
    ),
    Reason.TIME_OF_DAY: Text(
        "{raw} has a time of day, but a day is meant; write the day alone, for example {example}",
        "{raw}带有时刻，此处应为日期；请只填日期，例如 {example}",
    ),
    Reason.NUMBER_AS_DATE: Text(
        "{raw} is a plain number, not a date; format the cell as a date, or write one, for example {example}",
        "{raw}是普通数字，不是日期；请将单元格格式改为日期，或按日期填写，例如 {example}",
    ),
    Reason.NOT_BOOL: Text(
        "{raw} is neither yes nor no; write yes or no (also Y/N, TRUE/FALSE, √/×, 是/否)",
        "{raw}既不是“是”也不是“否”；请填“是”或“否”（也可填 Y/N、TRUE/FALSE、√/×）",
    ),
    Reason.UNKNOWN_WORD: Text(
        "{raw} is not among the allowed words{nearest}; allowed: {words}", "{raw}不在允许的词中{nearest}；允许：{words}"
    ),
    Reason.FRACTION_IN_TEXT: Text(
        "the number {raw} in a text field may have lost final zeros (1.1 or 1.10?); format the cell as text and write "
        "it again",
        "文本字段中的数字{raw}可能丢失了末尾的零（1.1 还是 1.10？）；请将单元格格式改为文本后重新填写",
    ),
    Reason.DATE_IN_TEXT: Text(
        "{raw} is a date or time in a text field, where Excel may have changed what was typed; format the cell as text "
        "and write it again",
        "{raw}是文本字段中的日期或时间，可能已被 Excel 自动改写；请将单元格格式改为文本后重新填写",
    ),
    Reason.DIGITS_LOST: Text(
        "the number {raw} has more digits than Excel keeps; format the cell as text and write it again",
        "数字{raw}超过 Excel 能保留的位数；请将单元格格式改为文本后重新填写",
    ),
    Reason.LIST_FOR_VALUE: Text(
        "the list {raw} stands where one value is meant; write one value", "{raw}是列表，此处应为单个值；请只填一个值"
    ),
    Reason.STRUCTURE: Text(
        "{raw} stands where a value is meant; write the value alone", "{raw}处应为单个值；请只填该值"
    ),
    Reason.UNSURE_ITEM: Text(
        "{raw} mixes items with a placeholder or none; write the items alone, or none if there are none",
        "{raw}把内容与占位符或“无”混在一起；请只列内容，确实没有的填“无”",
    ),
}


def cell_problem(field: Field, table: Table, unread: Unread, location: Location | None) -> InputProblem:
    """What is wrong with a cell of `field` in `table`, for the person who keeps the file."""
    text = _WHY[unread.reason]
    raw, advice = shorten(unread.raw), number_advice(field, table, unread.raw)
    return InputProblem(
        problem_code(unread),
        _severity(unread),
        Text(
            f"{field.title.en}: "
            + text.en.format_map(_details_en(field, unread) | {"raw": f'"{raw}"', "advice": advice.en}),
            f"{field.title.zh}："
            + text.zh.format_map(_details_zh(field, unread) | {"raw": f"“{raw}”", "advice": advice.zh}),
        ),
        location,
    )


def further_cells(field: Field, unread: Unread, count: int, location: Location | None) -> InputProblem:
    """That `count` further cells of `field`, the first of them at `location`, are like `unread` and are not listed."""
    return InputProblem(
        problem_code(unread),
        _severity(unread),
        Text(
            f"{field.title.en}: {count} further cells have the same kind of problem and count as missing; the first of "
            "them stands here",
            f"{field.title.zh}：另有 {count} 个单元格有同类问题，按缺失处理；此处为其中第一个",
        ),
        location,
    )


def doubted_cells(field: Field, doubted: Doubted, count: int, location: Location | None) -> InputProblem:
    """That `count` cells of `field` are read, but may be meant otherwise; the first of them stands at `location`."""
    raw = shorten(doubted.raw)
    return InputProblem(
        "days-as-working-days",
        "warning",
        Text(
            f'{field.title.en}: "{raw}" is read in working days, as the field is; if calendar days are meant, convert '
            f"it (cells like this: {count}; the first of them stands here)",
            f"{field.title.zh}：“{raw}”按工作日读取；如为自然日，请换算为工作日"
            f"（此类单元格共 {count} 个，此处为其中第一个）",
        ),
        location,
    )


def problem_code(unread: Unread) -> str:
    """The code of the input problem about a cell."""
    return _CODES.get(unread.reason, "unreadable-cell")


def _severity(unread: Unread) -> Literal["error", "note"]:
    return "note" if unread.reason is Reason.PLACEHOLDER else "error"


def _details_en(field: Field, unread: Unread) -> dict[str, str]:
    match = _nearest_word(field, unread)
    return {
        "number": "a whole number" if field.type is FieldType.INT else "a number",
        "example": _example(field),
        "largest": f"{LARGEST:,}",
        "range": _range(field, "at least {}", "at most {}", "{} to {}"),
        "nearest": f'; did you mean "{match}"?' if match else "",
        "words": _words((word.title.en for word in field.allowed), ", "),
    }


def _details_zh(field: Field, unread: Unread) -> dict[str, str]:
    match = _nearest_word(field, unread)
    return {
        "number": "整数" if field.type is FieldType.INT else "数字",
        "example": _example(field),
        "largest": f"{LARGEST:,}",
        "range": _range(field, "不小于 {}", "不大于 {}", "{} 至 {}"),
        "nearest": f"（是否为“{match}”？）" if match else "",
        "words": _words((word.title.zh for word in field.allowed), "、"),
    }


def _example(field: Field) -> str:
    match field.type:
        case FieldType.DATE:
            return "2026-03-05"
        case FieldType.DATETIME:
            return "2026-03-05 14:30"
        case FieldType.PERCENT:
            return "85%"
        case _:
            return "12"


def _range(field: Field, at_least: str, at_most: str, between: str) -> str:
    low, high = (
        None if bound is None else grid_text(bound) if field.type.on_grid else str(bound)
        for bound in (field.minimum, field.maximum)
    )
    if high is None:
        return at_least.format(low)
    return at_most.format(high) if low is None else between.format(low, high)


def _nearest_word(field: Field, unread: Unread) -> str | None:
    if unread.reason is not Reason.UNKNOWN_WORD or len(unread.raw) > 60:
        return None
    return nearest(unread.raw, [word for each in field.allowed for word in _spellings(each)])


def _spellings(word: EnumWord) -> tuple[str, ...]:
    return (word.title.en, word.title.zh, word.name, *word.aliases)


def _words(words: Iterable[str], comma: str) -> str:
    listed = list(words)
    return comma.join(listed) if len(listed) <= 30 else comma.join([*listed[:30], "…"])
