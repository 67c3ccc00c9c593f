"""The words of plain sentences, in both languages, construct by construct.

What stands in `{…}` is put in by the writer. Complements (`filled`, `at most …`) stand behind a subject and "is".
"""

from __future__ import annotations

from typing import Final

from riskcheck.model.text import Text

COMPLEMENTS: Final = {
    "filled": Text("filled in", "已填写"),
    "empty": Text("empty", "为空"),
    "yes": Text("yes", "为“是”"),
    "no": Text("no", "为“否”"),
    "is": Text("{x}", "为{x}"),
    "is not": Text("not {x}", "不是{x}"),
    "same": Text("the same as {x}", "与{x}相同"),
    "other": Text("different from {x}", "与{x}不同"),
    "among": Text("among the entries of {x}", "在{x}之列"),
    "not among": Text("not among the entries of {x}", "不在{x}之列"),
    "found": Text("found in {ref} of at least one of {rows}", "出现在至少一条{rows}的{ref}中"),
    "not found": Text("found in {ref} of none of {rows}", "未出现在任何{rows}的{ref}中"),
    "contains": Text("a text that contains {x}", "包含{x}"),
    "not contains": Text("not a text that contains {x}", "不包含{x}"),
    "startsWith": Text("a text that begins with {x}", "以{x}开头"),
    "not startsWith": Text("not a text that begins with {x}", "不以{x}开头"),
    "endsWith": Text("a text that ends with {x}", "以{x}结尾"),
    "not endsWith": Text("not a text that ends with {x}", "不以{x}结尾"),
    "matches": Text("a text that matches the pattern {x}", "符合模式{x}"),
    "not matches": Text("not a text that matches the pattern {x}", "不符合模式{x}"),
}
"""What is said of a subject, by what it is."""

ORDER: Final = {
    "number": {
        "==": Text("{x}", "为{x}"),
        "!=": Text("not {x}", "不为{x}"),
        "<": Text("less than {x}", "低于{x}"),
        "<=": Text("at most {x}", "不超过{x}"),
        ">": Text("more than {x}", "超过{x}"),
        ">=": Text("at least {x}", "不低于{x}"),
    },
    "other number": {
        "==": Text("equal to {x}", "等于{x}"),
        "!=": Text("not equal to {x}", "不等于{x}"),
        "<": Text("less than {x}", "低于{x}"),
        "<=": Text("at most {x}", "不超过{x}"),
        ">": Text("more than {x}", "超过{x}"),
        ">=": Text("at least {x}", "不低于{x}"),
    },
    "date": {
        "==": Text("the same day as {x}", "与{x}为同一天"),
        "!=": Text("not the same day as {x}", "与{x}不是同一天"),
        "<": Text("before {x}", "早于{x}"),
        "<=": Text("not after {x}", "不晚于{x}"),
        ">": Text("after {x}", "晚于{x}"),
        ">=": Text("not before {x}", "不早于{x}"),
    },
    "datetime": {
        "==": Text("the same moment as {x}", "与{x}为同一时刻"),
        "!=": Text("not the same moment as {x}", "与{x}不是同一时刻"),
        "<": Text("before {x}", "早于{x}"),
        "<=": Text("not after {x}", "不晚于{x}"),
        ">": Text("after {x}", "晚于{x}"),
        ">=": Text("not before {x}", "不早于{x}"),
    },
    "age": {
        "==": Text("{n} before the review date", "距评审日期恰为{n}"),
        "!=": Text("not {n} before the review date", "距评审日期不是{n}"),
        "<": Text("less than {n} before the review date", "距评审日期不到{n}"),
        "<=": Text("at most {n} before the review date", "距评审日期不超过{n}"),
        ">": Text("more than {n} before the review date", "距评审日期已超过{n}"),
        ">=": Text("at least {n} before the review date", "距评审日期已满{n}"),
    },
    "days after": {
        "==": Text("exactly {n} after {x}", "恰在{x}之后{n}"),
        "!=": Text("not exactly {n} after {x}", "不是恰在{x}之后{n}"),
        "<": Text("earlier than {n} after {x}", "早于{x}之后的第{n}"),
        "<=": Text("no later than {n} after {x}", "不晚于{x}之后的第{n}"),
        ">": Text("more than {n} after {x}", "晚于{x}超过{n}"),
        ">=": Text("at least {n} after {x}", "晚于{x}至少{n}"),
    },
    "days before": {
        "==": Text("exactly {n} before {x}", "恰在{x}之前{n}"),
        "!=": Text("not exactly {n} before {x}", "不是恰在{x}之前{n}"),
        "<": Text("later than {n} before {x}", "晚于{x}之前的第{n}"),
        "<=": Text("no earlier than {n} before {x}", "不早于{x}之前的第{n}"),
        ">": Text("more than {n} before {x}", "早于{x}超过{n}"),
        ">=": Text("at least {n} before {x}", "早于{x}至少{n}"),
    },
}
"""Comparisons, by what is compared. `{n}` is a number of days."""

AMOUNT: Final = {
    "==": Text("exactly {n}", "恰为{n}"),
    "!=": Text("more or fewer than {n}", "不是{n}"),
    "<": Text("fewer than {n}", "少于{n}"),
    "<=": Text("at most {n}", "不超过{n}"),
    ">": Text("more than {n}", "多于{n}"),
    ">=": Text("at least {n}", "不少于{n}"),
}
"""How many rows."""

PORTION: Final = {
    "==": Text("exactly {n}", "恰为{n}"),
    "!=": Text("more or less than {n}", "不是{n}"),
    "<": Text("less than {n}", "低于{n}"),
    "<=": Text("at most {n}", "不超过{n}"),
    ">": Text("more than {n}", "超过{n}"),
    ">=": Text("at least {n}", "不低于{n}"),
}
"""How large a part of the rows."""

TOLERATED: Final = Text("(or one, where there are fewer than {n})", "（不足{n}条时允许有1条）")
BEYOND_TOLERANCE: Final = Text("(and more than one, where there are fewer than {n})", "（不足{n}条时还须多于1条）")
"""What the third argument of `share` lets pass, and what does not come under it."""

VALUES: Final = {
    "as_of": Text("the review date", "评审日期"),
    "true": Text("true", "真"),
    "false": Text("false", "假"),
    "element": Text("that value", "该值"),
    "element n": Text("value {n}", "值{n}"),
    "percent": Text("{n} %", "{n}%"),
    "no entries": Text("an empty list", "空列表"),
    "age": Text("the number of days from {x} to the review date", "从{x}到评审日期的天数"),
    "days": Text("the number of days from {x} to {y}", "从{x}到{y}的天数"),
    "ratio": Text("the ratio of {x} to {y}", "{x}与{y}之比"),
    "length": Text("the number of characters in {x}", "{x}的字符数"),
    "entries": Text("the number of entries in {x}", "{x}的项数"),
    "int": Text("{x} cut to a whole number", "{x}取整"),
    "double": Text("{x}", "{x}"),
    "string": Text("{x} as text", "{x}的文本"),
    "%": Text("the remainder of {x} ÷ {y}", "{x}÷{y}的余数"),
    "followed": Text("{x} followed by {y}", "{x}后接{y}"),
    "choice": Text("({x} if {claim}; otherwise {y})", "（若{claim}，则为{x}；否则为{y}）"),
    "truth": Text("whether ({claim})", "（{claim}）是否成立"),
    "count": Text("the number of {rows}", "{rows}数"),
    "share": Text("the share of those among {rows} for which ({claim})", "{rows}中{such}的占比"),
    "share n": Text(
        "the share (taken as 0 if it is one of fewer than {n}) of those among {rows} for which ({claim})",
        "{rows}中{such}的占比（不足{n}条且至多1条时按0计）",
    ),
    "sum": Text("the sum of {x} over {rows}", "{rows}的{x}之和"),
    "avg": Text("the average of {x} over {rows}", "{rows}的{x}平均值"),
    "min": Text("the smallest {x} among {rows}", "{rows}中{x}的最小值"),
    "max": Text("the greatest {x} among {rows}", "{rows}中{x}的最大值"),
    "min date": Text("the earliest {x} among {rows}", "{rows}中{x}的最早日期"),
    "max date": Text("the latest {x} among {rows}", "{rows}中{x}的最晚日期"),
    "latest": Text("{x} in the one with the latest {date} among {rows}", "{rows}中{date}最近一条的{x}"),
    "peak": Text(
        "the largest sum of {x} over those of {rows} that run at the same time (from {start} to {finish})",
        "{rows}中同时进行（自{start}至{finish}）者的{x}之和的最大值",
    ),
    "same share": Text("the same share", "该占比"),
    "same value": Text("the same value", "该值"),
}
"""Values, by what they are; `{such}` is a claim before a noun."""

ROWS: Final = {
    "them": Text("them", "记录"),
    "group": Text("the rows of that group", "组内记录"),
    "group n": Text("the rows of group {n}", "组{n}内记录"),
    "inline": Text("{rows} (only those for which {claim})", "{such}的{rows}"),
    "last": Text("{rows} for which {claim}", "{such}的{rows}"),
    "called": Text("{rows} (each as record {n})", "{rows}（记为记录{n}）"),
    "called group": Text(" (as group {n})", "（记为组{n}）"),
    "called element": Text(" (as value {n})", "（记为值{n}）"),
}
"""Rows, by what they are."""

CLAIMS: Final = {
    "always": Text("this holds in any case", "始终成立"),
    "never": Text("this never holds", "始终不成立"),
    "unique": Text("no two of {rows} have the same {key}", "{rows}的{key}互不重复"),
    "not unique": Text("at least two of {rows} have the same {key}", "{rows}中至少有两条的{key}相同"),
    "acyclic": Text(
        "following {refs} from one of {rows} to the next (by {key}) never leads back to where it began",
        "{rows}沿{refs}逐条追溯（按{key}对应），不会回到起点",
    ),
    "not acyclic": Text(
        "following {refs} from one of {rows} to the next (by {key}) leads back to where it began somewhere",
        "{rows}沿{refs}逐条追溯（按{key}对应），会在某处回到起点",
    ),
    "if": Text("if {test}, then {then}; otherwise {otherwise}", "若{test}，则{then}；否则{otherwise}"),
    "alike": Text("both or neither of these hold: {x}; {y}", "以下两项同时成立或同时不成立：{x}；{y}"),
    "unlike": Text("exactly one of these holds: {x}; {y}", "以下两项恰有一项成立：{x}；{y}"),
}
"""Whole statements."""

QUANTIFIED: Final = {
    "each": Text("for each of {rows}", "每条{rows}均满足"),
    "some": Text("for at least one of {rows}", "至少有一条{rows}满足"),
    "none": Text("for none of {rows}", "没有任何一条{rows}满足"),
    "one": Text("for exactly one of {rows}", "恰有一条{rows}满足"),
    "not one": Text("for none or several of {rows}", "没有或有多条{rows}满足"),
    "each value": Text("for each value in {list}", "{list}中的每个值均满足"),
    "some value": Text("for at least one value in {list}", "{list}中至少有一个值满足"),
    "none value": Text("for no value in {list}", "{list}中没有任何值满足"),
    "one value": Text("for exactly one value in {list}", "{list}中恰有一个值满足"),
    "not one value": Text("for none or several of the values in {list}", "{list}中没有或有多个值满足"),
    "each listed": Text("for each of {list}", "{list}中的每一个均满足"),
    "some listed": Text("for at least one of {list}", "{list}中至少有一个满足"),
    "none listed": Text("for none of {list}", "{list}中没有任何一个满足"),
    "one listed": Text("for exactly one of {list}", "{list}中恰有一个满足"),
    "not one listed": Text("for none or several of {list}", "{list}中没有或有多个满足"),
    "each group": Text("for each group with the same {key} among {rows}", "按{key}分组的{rows}，每组均满足"),
    "some group": Text(
        "for at least one group with the same {key} among {rows}", "按{key}分组的{rows}，至少有一组满足"
    ),
    "none group": Text("for no group with the same {key} among {rows}", "按{key}分组的{rows}，没有任何一组满足"),
}
"""The beginnings of claims about rows, values and groups, by how many are meant."""

AMONG: Final = Text("among {rows}", "在{rows}中")
"""The beginning of a sentence about rows that are named once and then called "them"."""

HOLD: Final = {
    "and": Text("all of these hold", "以下各项均成立"),
    "both": Text("both of these hold", "以下两项均成立"),
    "or": Text("at least one of these holds", "以下至少一项成立"),
}
MET: Final = {
    "and": Text("all of these hold", "以下各项"),
    "both": Text("both of these hold", "以下两项"),
    "or": Text("at least one of these holds", "以下至少一项"),
}
"""What announces a list of points, alone and behind a beginning."""
