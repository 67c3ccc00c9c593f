"""The command line as a whole process: what is printed where, the exit codes, and that nothing ends in a traceback."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from riskcheck.packs.load import load_pack

FACTS = """\
project: {project_id: P-1, name: A project, gate: G1, as_of: 2026-06-30, baseline_version: none}
table_status:
  - {table: "*", complete: yes}
tasks:
  - {task_id: T1, owner: 待定, planned_start: 03/05/2026, is_milestone: no, status: done}
"""


def run(*args: str, cwd: Path, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run `riskcheck` in `cwd` as a process of its own."""
    env = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR", "RISKCHECK_LANG")}
    root = str(Path(__file__).parent.parent.parent)
    return subprocess.run(
        [sys.executable, "-m", "riskcheck", *args],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env={**env, "PYTHONPATH": root, **environment},
        timeout=120,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "facts.yaml").write_text(FACTS, "utf-8")
    return tmp_path


def test_the_report_is_on_stdout_and_the_exit_code_is_the_verdict(folder: Path) -> None:
    done = run("check", "facts.yaml", "--format", "json", cwd=folder)
    document = json.loads(done.stdout)
    assert document["verdict"] == "FAIL"
    assert done.returncode == 1
    assert done.stderr == b""


def test_without_declared_tables_it_cannot_be_judged(folder: Path) -> None:
    (folder / "open.yaml").write_text(FACTS.replace("yes}", "no}").replace("baseline_version: none", ""), "utf-8")
    done = run("check", "open.yaml", cwd=folder)
    assert done.returncode == 4
    assert b"CANNOT JUDGE" in done.stdout


def test_facts_come_from_standard_input(folder: Path) -> None:
    done = run("check", "-", "--format", "json", cwd=folder, stdin=FACTS.encode())
    assert json.loads(done.stdout)["project"]["id"] == "P-1"
    assert done.returncode == 1


def test_gate_and_day_on_the_command_line_win(folder: Path) -> None:
    done = run("check", "facts.yaml", "--gate", "G2", "--as-of", "2026-07-31", "--format", "json", cwd=folder)
    document = json.loads(done.stdout)
    assert (document["gate"], document["as_of"]) == ("G2", "2026-07-31")


def test_assumptions_stand_in_the_report(folder: Path) -> None:
    (folder / "open.yaml").write_text(FACTS.replace("complete: yes", "complete: no"), "utf-8")
    done = run("check", "open.yaml", "--assume-complete", "tasks", "--format", "json", cwd=folder)
    (assumption,) = json.loads(done.stdout)["assumptions"]
    assert assumption["tables"] == ["tasks"]


def test_outputs_by_suffix_and_quiet(folder: Path) -> None:
    before = (folder / "facts.yaml").read_bytes()
    done = run("check", "facts.yaml", "-q", "-o", "r.json", "-o", "r.xlsx", "-o", "r.txt", "--lang", "zh", cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")
    assert json.loads((folder / "r.json").read_text("utf-8"))["verdict"] == "FAIL"
    assert (folder / "r.xlsx").read_bytes()[:2] == b"PK"
    assert "不通过" in (folder / "r.txt").read_text("utf-8")
    assert (folder / "facts.yaml").read_bytes() == before
    assert sorted(os.listdir(folder)) == ["facts.yaml", "r.json", "r.txt", "r.xlsx"]


def test_the_same_input_gives_the_same_bytes(folder: Path) -> None:
    for name in ("a", "b"):
        run("check", "facts.yaml", "-q", "-o", f"{name}.json", "-o", f"{name}.xlsx", "-o", f"{name}.txt", cwd=folder)
    for suffix in ("json", "xlsx", "txt"):
        assert (folder / f"a.{suffix}").read_bytes() == (folder / f"b.{suffix}").read_bytes()


def test_a_reader_that_goes_away_does_not_open_the_gate(folder: Path) -> None:
    command = f'"{sys.executable}" -m riskcheck check facts.yaml | head -n 1; exit ${{PIPESTATUS[0]}}'
    root = str(Path(__file__).parent.parent.parent)
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, capture_output=True, env={**os.environ, "PYTHONPATH": root}, check=False
    )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr


def test_color_when_asked_for_and_never_in_a_pipe(folder: Path) -> None:
    assert b"\x1b[" not in run("check", "facts.yaml", cwd=folder).stdout
    assert b"\x1b[" in run("check", "facts.yaml", "--color", "always", cwd=folder).stdout
    assert b"\x1b[" in run("check", "facts.yaml", cwd=folder, FORCE_COLOR="1").stdout
    assert b"\x1b[" not in run("check", "facts.yaml", cwd=folder, FORCE_COLOR="1", NO_COLOR="1").stdout


def test_the_language_comes_from_the_environment_too(folder: Path) -> None:
    assert "不通过".encode() in run("check", "facts.yaml", cwd=folder, RISKCHECK_LANG="zh").stdout


ERRORS_IN_CHINESE = [
    (["check", "nosuch.yaml"], "nosuch.yaml: 文件不存在"),
    (["check", "facts.yaml", "--gate", "G9"], "没有关口“G9”\n  规则包中的关口：G1、G2、G3"),
    (["check", "facts.yaml", "--as-of", "2026-3-1"], "“2026-3-1”不是日期；请写成 2026-03-31 的形式"),
    (["check", "facts.yaml", "--assume-complete", "taks"], "没有名为“taks”的表；是否为“tasks”？"),
    (["check", "facts.yaml", "--assume-complete", ","], "--assume-complete 没有写明任何表"),
    (["check", "facts.yaml", "-o", "no/such/r.json"], "no/such/r.json: 文件夹“no/such”不存在；请先创建"),
    (["check", "facts.yaml", "-o", "r.json", "-o", "r.json"], "r.json：该输出文件写了两次"),
    (["check", "facts.yaml", "-o", "r.doc"], "r.doc：不支持输出“.doc”格式的报告"),
    (
        ["check", "nogate.yaml"],
        ": 关口未知：“评审关口”没有填写\n  请在“项目”表中填写“评审关口”\n  或用 --gate",
    ),
    (["check", "two.yaml"], "共 2 个问题"),
    (["template", "-o", "t.doc"], "t.doc：模板是工作簿，文件名请以 .xlsx 结尾"),
    (["template", "-o", "t.xlsx"], "已写入 t.xlsx"),
]


@pytest.mark.parametrize(("arguments", "said"), ERRORS_IN_CHINESE)
def test_errors_are_in_the_language_that_is_asked_for(arguments: list[str], said: str, folder: Path) -> None:
    (folder / "nogate.yaml").write_text("project: {project_id: P-1, gate: , as_of: 2026-06-30}\n", "utf-8")
    (folder / "two.yaml").write_text("tasks: {a: 1}\n项目: {}\nproject: {}\n", "utf-8")
    assert said in run(*arguments, "--lang", "zh", cwd=folder).stderr.decode()


@pytest.mark.parametrize("language", ["zh", "zh_CN", "zh-CN", "zh_CN.UTF-8", "ZH"])
def test_the_language_of_errors_may_be_named_as_a_locale(language: str, folder: Path) -> None:
    assert "文件不存在" in run("check", "no.yaml", cwd=folder, RISKCHECK_LANG=language).stderr.decode()
    assert "文件不存在" in run("eval", "1", "no.yaml", cwd=folder, RISKCHECK_LANG=language).stderr.decode()


def test_a_language_on_the_command_line_counts_more_than_the_environment(folder: Path) -> None:
    assert b"no such file" in run("check", "no.yaml", "--lang", "en", cwd=folder, RISKCHECK_LANG="zh").stderr


def test_a_language_that_is_not_spoken_is_refused(folder: Path) -> None:
    for name in ("fr", "zhx", "english"):
        assert f"'{name}' is not one of 'en', 'zh'".encode() in run("check", "x", "--lang", name, cwd=folder).stderr


USAGE = [
    (["check"], "Missing argument"),
    (["check", "facts.yaml", "--gate", "G9"], 'unknown gate "G9"'),
    (["check", "facts.yaml", "--as-of", "31.03.2026"], "write it as 2026-03-31"),
    (["check", "facts.yaml", "--assume-complete", "task"], 'did you mean "tasks"?'),
    (["check", "facts.yaml", "--assume-complete", ","], "names no table"),
    (["check", "facts.yaml", "--pack", "deploymnt"], 'did you mean "deployment"?'),
    (["check", "facts.yaml", "-o", "no/such/r.json"], 'the folder "no/such" does not exist'),
    (["check", "facts.yaml", "-o", "."], "the suffix chooses among"),
    (["check", "facts.yaml", "-o", "r.pdf"], 'no report is written as ".pdf"'),
    (["check", "facts.yaml", "-o", "r.json", "-o", "./r.json"], "named twice"),
    (["check", "facts.yaml", "--lang", "fr"], "is not one of"),
    (["chek", "facts.yaml"], 'did you mean "check"?'),
    (["template"], "Missing option"),
    (["template", "-o", "facts.yaml"], "name it FILE.xlsx"),
    (["template", "-o", "t.xlsx", "--gate", "G4"], 'unknown gate "G4"'),
    (["rules", "lint", "no/such"], "there is no rule pack"),
    (["rules", "show", "PLN-RC-01.z"], "did you mean"),
    (["eval", "tasks.count(t, t.ownr == 1) > 0", "facts.yaml"], "owner"),
    (["eval", "1 +", "facts.yaml"], "^"),
]


@pytest.mark.parametrize(
    ("args", "message"), USAGE, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_usage_errors_end_with_2_and_say_the_cure(folder: Path, args: list[str], message: str) -> None:
    done = run(*args, cwd=folder)
    assert done.returncode == 2
    assert message in done.stderr.decode()
    assert done.stdout == b""
    assert "Traceback" not in done.stderr.decode()


UNREADABLE = [
    ("nothing.xlsx", None, "no such file"),
    ("folder.xlsx", "folder", "folder"),
    ("empty.xlsx", b"", "empty"),
    ("empty.yaml", b"", "empty"),
    ("text.xlsx", b"just text", "text.xlsx"),
    ("list.yaml", b"- a\n- b\n", "mapping"),
    ("latin.yaml", "project: {name: caf\xe9}\n".encode("latin-1"), "UTF-8"),
    ("tab.yaml", b"project:\n\tname: x\n", "tab"),
    ("twice.yaml", b"project: {name: a}\nproject: {name: b}\n", "again"),
    ("tag.yaml", b"project: !!python/object/apply:os.system [id]\n", "!!python"),
    ("bomb.yaml", b"a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "anchors (&a) are not read here"),
    ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".xlsx"),
    ("cut.xlsx", b"PK\x03\x04" + bytes(100), "cut.xlsx"),
]


@pytest.mark.parametrize(("name", "content", "message"), UNREADABLE, ids=[each[0] for each in UNREADABLE])
def test_unreadable_facts_end_with_3(folder: Path, name: str, content: bytes | str | None, message: str) -> None:
    if content == "folder":
        (folder / name).mkdir()
    elif isinstance(content, bytes):
        (folder / name).write_bytes(content)
    done = run("check", name, "--gate", "G1", "--as-of", "2026-06-30", cwd=folder)
    assert done.returncode == 3
    assert message.lower() in done.stderr.decode().lower()
    assert "Traceback" not in done.stderr.decode()


def test_gate_and_day_missing_both_ways_is_said(folder: Path) -> None:
    (folder / "bare.yaml").write_text("project: {project_id: P-1}\n", "utf-8")
    assert "--as-of" in run("check", "bare.yaml", "--gate", "G1", cwd=folder).stderr.decode()
    assert "--gate" in run("check", "bare.yaml", "--as-of", "2026-06-30", cwd=folder).stderr.decode()


def test_the_input_cannot_be_the_output(folder: Path) -> None:
    (folder / "facts.json").write_text("{}")
    done = run("check", "facts.json", "-o", "facts.json", cwd=folder)
    assert done.returncode == 2
    assert "never changed" in done.stderr.decode()


def test_a_template_can_be_read_back_and_cannot_be_judged(folder: Path) -> None:
    for language in ("en", "zh"):
        assert run("template", "-o", f"{language}.xlsx", "--lang", language, cwd=folder).returncode == 0
        args = ("check", f"{language}.xlsx", "--gate", "G3", "--as-of", "2026-06-30", "--format", "json")
        done = run(*args, cwd=folder)
        document = json.loads(done.stdout)
        assert (done.returncode, document["verdict"]) == (4, "CANNOT_JUDGE")
        assert document["input_problems"] == []
        assert document["coverage"] == 0
        assert document["undeclared"] == []


def test_a_template_is_not_written_over_a_file_without_force(folder: Path) -> None:
    (folder / "t.xlsx").write_bytes(b"mine")
    done = run("template", "-o", "t.xlsx", cwd=folder)
    assert done.returncode == 2
    assert "--force" in done.stderr.decode()
    assert (folder / "t.xlsx").read_bytes() == b"mine"
    assert run("template", "-o", "t.xlsx", "--force", cwd=folder).returncode == 0
    assert (folder / "t.xlsx").read_bytes()[:2] == b"PK"


def test_eval_shows_truth_value_cells_and_what_is_missing(folder: Path) -> None:
    done = run("eval", "tasks.all(t, has(t.owner))", "facts.yaml", cwd=folder)
    assert done.returncode == 0
    assert done.stdout.decode().splitlines() == ["truth    unknown", "missing  facts.yaml:5:26  tasks.owner: fill in"]
    assert run("eval", "tasks.size() + 1", "facts.yaml", cwd=folder).stdout.decode().startswith("value    2")


def test_rules_commands(folder: Path) -> None:
    assert b"PLN-RC-01.a" in run("rules", "list", cwd=folder).stdout
    assert "通过条件".encode() in run("rules", "show", "EXE-RC-06.a", "--lang", "zh", cwd=folder).stdout
    assert f" {len(load_pack('deployment').checks)} checks, ".encode() in run("rules", "lint", cwd=folder).stdout


@pytest.mark.parametrize("args", [["--version"], ["-h"], ["check", "-h"], ["rules", "-h"], ["completion", "bash"]])
def test_help_and_version(folder: Path, args: list[str]) -> None:
    done = run(*args, cwd=folder)
    assert done.returncode == 0
    assert done.stdout


def test_an_internal_error_is_said_in_a_line_and_ends_with_5(folder: Path) -> None:
    script = (
        "import riskcheck.cli, riskcheck.packs.load as load, sys\n"
        "def broken(*args, **named): raise RuntimeError('oh\\x1b[31m')\n"
        "load.load_pack = broken\n"
        "sys.argv = ['riskcheck', 'check', 'facts.yaml']\n"
        "riskcheck.cli.main()\n"
    )
    root = str(Path(__file__).parent.parent.parent)
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": root},
        check=False,
    )
    assert done.returncode == 5
    assert done.stderr.decode().startswith("internal error: RuntimeError: oh")
    assert "Traceback" not in done.stderr.decode()
    assert "\x1b" not in done.stderr.decode()


def shell(command: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """Run a line of a shell in which `riskcheck` is the program."""
    root = Path(__file__).parent.parent.parent
    line = command.replace("riskcheck", f"{shlex.quote(sys.executable)} -m riskcheck")
    return subprocess.run(
        line, shell=True, cwd=cwd, capture_output=True, env={**os.environ, "PYTHONPATH": str(root)}, check=False
    )


needs_shell = pytest.mark.skipif(os.name == "nt", reason="closes streams as a POSIX shell does")


@needs_shell
@pytest.mark.parametrize(
    ("command", "code", "message"),
    [
        ("riskcheck check facts.yaml >&-", 1, b""),
        ("riskcheck check facts.yaml -q >&- 2>&-", 1, b""),
        ("riskcheck check no.yaml 2>&-", 3, b""),
        ("riskcheck check - <&-", 3, b"-: standard input is closed\n"),
    ],
)
def test_closed_streams_do_not_change_the_exit_code(folder: Path, command: str, code: int, message: bytes) -> None:
    done = shell(command, folder)
    assert (done.returncode, done.stderr) == (code, message)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device that is always full")
def test_a_full_disk_behind_standard_output_is_told(folder: Path) -> None:
    done = shell("riskcheck check facts.yaml > /dev/full", folder)
    assert done.returncode == 2
    assert done.stderr == b"standard output cannot be written: No space left on device\n"


UNCLEAR = [
    ("gate: 执行结束了, as_of: 2026-06-30", 3, 'Gate (评审关口) says "执行结束了"'),
    ("gate: G1, as_of: 2026年6月", 3, 'Facts as of (数据截止日期) says "2026年6月"'),
    ("gate: , as_of: 2026-06-30", 2, "Gate (评审关口) is not filled in"),
    ("gate: 待定, as_of: 2026-06-30", 3, "待定"),
]


@pytest.mark.parametrize(("project", "code", "message"), UNCLEAR, ids=[each[0] for each in UNCLEAR])
def test_a_gate_or_day_that_cannot_be_taken_is_quoted_with_its_place(
    folder: Path, project: str, code: int, message: str
) -> None:
    (folder / "unclear.yaml").write_text(f"project: {{project_id: P-1, {project}}}\n", "utf-8")
    done = run("check", "unclear.yaml", cwd=folder)
    assert done.returncode == code
    assert message in done.stderr.decode()
    assert "unclear.yaml:1:" in done.stderr.decode()


def test_a_project_table_by_another_name_is_asked_for(folder: Path) -> None:
    (folder / "named.yaml").write_text("项目基本信息表: {评审关口: G1}\ntasks: []\n", "utf-8")
    done = run("check", "named.yaml", cwd=folder)
    assert done.returncode == 2
    assert 'did you mean "项目基本信息"?' in done.stderr.decode()


def test_the_gate_is_read_in_the_words_of_the_report(folder: Path) -> None:
    (folder / "words.yaml").write_text("项目: {评审关口: G2 执行阶段结束, 数据截止日期: 2026-06-30}\n", "utf-8")
    done = run("check", "words.yaml", "--format", "json", cwd=folder)
    assert json.loads(done.stdout)["gate"] == "G2"


def test_no_message_is_a_command_of_a_github_runner(folder: Path) -> None:
    """The runner takes lines of standard error for commands, too."""
    for field, other in (("gate", "as_of: 2026-06-30"), ("as_of", "gate: G1")):
        text = f'project: {{project_id: P-1, {other}, {field}: "X\\n::error::boo\\n##[error]x"}}\n'
        (folder / "f.yaml").write_text(text, "utf-8")
        done = run("check", "f.yaml", cwd=folder)
        assert done.returncode in (2, 3)
        told = done.stderr.decode()
        assert "boo" in told
        assert not [line for line in told.splitlines() if line.lstrip().startswith("::") or "##[" in line]


def test_standard_input_may_have_a_name_and_any_format(folder: Path) -> None:
    sample = Path(__file__).parents[2] / "samples" / "conditional-en.xlsx"
    asked = ("--format", "sarif", "--stdin-filename", "project/plan.xlsx")
    done = run("check", "-", *asked, cwd=folder, stdin=sample.read_bytes())
    (artifact,) = json.loads(done.stdout)["runs"][0]["artifacts"]
    assert artifact["location"]["uri"] == "project/plan.xlsx"
    named = run("check", "-", "--format", "github", *asked[2:], cwd=folder, stdin=sample.read_bytes()).stdout
    assert b"file=project/plan.xlsx,line=" in named
    refused = run("check", "-", "--stdin-filename", "plan.pdf", cwd=folder, stdin=b"x")
    assert (refused.returncode, refused.stderr.startswith(b"plan.pdf: ")) == (3, True)
    unread = run("check", "facts.yaml", "--stdin-filename", "plan.yaml", cwd=folder)
    assert (unread.returncode, b"which is not read here" in unread.stderr) == (2, True)
