"""The first sheet: how to fill in the others. Its name begins with #, so that readers of facts pass it by."""

from __future__ import annotations

from riskcheck.model.text import Text
from riskcheck.profiles.profile import Profile
from riskcheck.template.pen import Pen

NAME = Text("# How to fill in", "# 填写说明")
_GUIDE = (
    Text(
        "Fill in one sheet after the other. Rows whose first cell begins with # are help and are not read.",
        "请逐表填写。首格以 # 开头的行是说明，不会被读取。",
    ),
    Text(
        "An empty cell means: not known. A check that needs it stays undecided. Write none where there is nothing "
        "(nobody, no date, not happened).",
        "空白表示“不清楚”，相关检查将无法判定。确实没有（无此人、无此日期、尚未发生）时请填“无”。",
    ),
    Text(
        "When a list has all its rows, say so in the sheet table_status: one row for the table with yes. One row "
        "with * declares all tables of the workbook. A list that is not declared complete cannot pass a check that "
        "looks at all rows, for rows may have been left out.",
        "某张表的行已填全时，请在 table_status 表中对应行填“是”；用一行 * 可声明本工作簿的所有表。"
        "未声明完整的表可能有遗漏的行，因此凡要求“全部满足”的检查都无法通过。",
    ),
    Text(
        "Dates: 2026-03-31, 2026/3/31 and 2026年3月31日 are read; 03/05/2026 is not, as nobody can tell the month.",
        "日期可写作 2026-03-31、2026/3/31、2026年3月31日；03/05/2026 无法分辨月和日，不予读取。",
    ),
    Text(
        "In the project sheet fill in at least the gate and the day the facts are as of; without them nothing can be "
        "judged. Then run: riskcheck check THIS_FILE.xlsx",
        "“项目”表中至少要填写评审关口和数据截止日期，否则无法判定。填好后运行：riskcheck check 本文件.xlsx",
    ),
)


def write_cover(pen: Pen, profile: Profile | None) -> None:
    """Write the sheet, with how to judge by `profile` if the template is for one."""
    sheet = pen.book.add_worksheet(pen.say(NAME))
    sheet.set_column(0, 0, 100, pen.theme.guide)
    for row, text in enumerate(_GUIDE if profile is None else (*_GUIDE, _guide_to_profile(profile))):
        sheet.write_string(row, 0, pen.say(text))


def _guide_to_profile(profile: Profile) -> Text:
    command = f"riskcheck check FILE.xlsx --profile {profile.option}"
    return Text(
        f"This workbook is made for the profile {profile.id} ({profile.title.en}); judge it with it: {command}",
        f"本工作簿按裁剪方案 {profile.id}（{profile.title.zh}）生成，请用该方案判定：{command}",
    )
