"""Arguments that are refused: in the language that is spoken, and never taken for something else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from riskcheck.cli.declared import CHECK, Option
from tests.cli.test_check import run

VALUED = [option for option in CHECK if not option.flag]


@pytest.mark.parametrize("option", VALUED, ids=[option.key for option in VALUED])
def test_an_option_at_the_end_without_its_value_is_refused(option: Option) -> None:
    from click.testing import CliRunner

    from riskcheck.cli.check import check

    done = CliRunner().invoke(check, ["facts.yaml", option.names[-1]], env={option.environment: ""})
    assert done.exit_code == 2
    assert "requires an argument" in done.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("chek",), "错误：没有命令“chek”；是否为“check”？（命令：check, "),
        (("check", "--foo"), "错误：没有选项 --foo"),
        (("check", "--fail-onn", "high"), "错误：没有选项 --fail-onn；是否为 --fail-on"),
        (("check",), "错误：缺少参数 FACTS..."),
        (("waive", "f.yaml", "X"), "错误：缺少选项 --"),
        (
            ("check", "f.yaml", "--format", "foo"),
            "错误：选项 --format 的值不对：'foo' 不在可选值之内；可选：terminal、json",
        ),
        (("check", "f.yaml", "--verify", "x"), "错误：选项 --verify 的值不对：'x' 不是整数"),
        (("check", "f.yaml", "--verify", "-1"), "错误：选项 --verify 的值不对：-1 超出范围 0 至 "),
        (("check", "f.yaml", "--as-of", "昨天"), "错误：选项 --as-of 的值不对：“昨天”不是日期"),
        (("check", "f.yaml", "--gate"), "错误：选项 --gate 后面要写值"),
        (("check", "f.yaml", "--quiet=1"), "错误：选项 --quiet 不带值"),
        (("compare", "a", "b", "c"), "错误：多出参数：c"),
        (("rules", "foo"), "错误：没有命令 'foo'"),
        (("schema", "foo"), "错误：参数 {pack|facts|report|config} 的值不对：'foo' 不在可选值之内"),
    ],
)
def test_what_is_refused_is_told_in_chinese(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run(*arguments, cwd=tmp_path, RISKCHECK_LANG="zh")
    assert done.returncode == 2
    *_, last = done.stderr.decode().splitlines()
    assert last.startswith(said)
    assert not re.search(r"[a-z]{3,} [a-z]{3,}", last.partition("（命令")[0].partition("可选")[0])
    assert "Usage" not in done.stderr.decode()


def test_in_english_click_speaks(tmp_path: Path) -> None:
    done = run("check", "--foo", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[-1].startswith("Error: No such option")
