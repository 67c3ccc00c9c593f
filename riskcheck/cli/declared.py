"""The options of `riskcheck check`, declared once; several other commands have some of them, too.

From a declaration come the option of the click command (`riskcheck.cli.options`), which words help and messages, and
the quick way for arguments that are plainly right (`riskcheck.cli.plain`). So nothing here imports click.
"""

from __future__ import annotations

from collections.abc import Callable

from riskcheck.cli.language import language_of
from riskcheck.cli.values import count_of, day_of, score_of
from riskcheck.frozen import frozen
from riskcheck.model.text import LANGUAGES
from riskcheck.reports import FORMATS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


@frozen
class Option:
    """One option. A flag takes no text; every other option takes one, and is given once unless it is `multiple`.

    `read` makes the value of the text, or None if the text cannot be taken; without `read` the text is the value, one
    of `choices` if there are any. A `file` is looked at by click; it is `written`, or only read. Where it is not
    given, its environment variable gives the text, then the configuration file the value, then `default` the text.
    """

    parameter: str
    names: tuple[str, ...]
    help: str
    metavar: str | None = None
    default: str | None = None
    choices: tuple[str, ...] = ()
    read: Callable[[str], Any] | None = None
    multiple: bool = False
    flag: bool = False
    file: bool = False
    written: bool = False

    @property
    def key(self) -> str:
        """What a configuration file calls the option: `assume-complete`."""
        return self.names[-1].removeprefix("--")

    @property
    def environment(self) -> str:
        """The variable that sets the option: `RISKCHECK_ASSUME_COMPLETE`."""
        return f"{PREFIX}{self.key.upper().replace('-', '_')}"


CONFIG = Option(
    "config",
    ("--config",),
    "Take the configuration from FILE.  [default: riskcheck.toml or pyproject.toml, here or above]",
    metavar="FILE|none",
)

PACK = Option("pack", ("--pack",), "The rule pack to judge by.", metavar="NAME|FOLDER", default="deployment")
PROFILE = Option(
    "profile",
    ("--profile",),
    "Adapt the pack: a profile of its own (full, core …), or a file. Stands in the report.",
    metavar="NAME|FILE",
)
GATE = Option(
    "gate",
    ("--gate",),
    "The gate to judge at: G1, G2, G3.  [default: project.gate in the facts]",
    metavar="GATE",
)
AS_OF = Option(
    "as_of",
    ("--as-of",),
    "The review date.  [default: project.as_of in the facts]",
    metavar="YYYY-MM-DD",
    read=day_of,
)
MAPPING = Option(
    "mapping",
    ("--mapping",),
    "Read the file as this mapping says (riskcheck map proposes one). Stands in the report.",
    metavar="FILE.yaml",
    file=True,
)
READER = Option(
    "reader",
    ("--reader",),
    "What reads .xlsx and .xlsm: openpyxl is slower, and reads some that the first reader refuses. auto: only those.",
    default="calamine",
    choices=("calamine", "openpyxl", "auto"),
)
ASSUME_COMPLETE = Option(
    "assume_complete",
    ("--assume-complete",),
    "Take these tables as complete: no row is left out. 'all': every table in the file. Stands in the report.",
    metavar="all|TABLE,…",
    multiple=True,
)
WAIVERS = Option(
    "waivers",
    ("--waivers",),
    "Heed the waivers in FILE (YAML or a workbook), and not those in the facts. riskcheck waive writes them.",
    metavar="FILE",
    file=True,
)
NO_TABLE_WAIVERS = Option(
    "no_table_waivers",
    ("--no-table-waivers",),
    "Never heed waivers that stand in the facts themselves.",
    flag=True,
)
STDIN_FILENAME = Option(
    "stdin_filename",
    ("--stdin-filename",),
    "What - is called in reports; its suffix says what it is: a workbook, CSV, YAML.  [default: -, as YAML]",
    metavar="FILE",
)
FORMAT = Option(
    "format_name",
    ("--format",),
    "What is printed.",
    default="terminal",
    choices=tuple(each.name for each in FORMATS if not each.binary),
)
OUTPUT = Option(
    "outputs",
    ("-o", "--output"),
    "Also write a report to FILE; the suffix chooses: "
    f"{' '.join(suffix for each in FORMATS for suffix in each.suffixes)}. May be given several times.",
    metavar="FILE",
    multiple=True,
    file=True,
    written=True,
)
ANNOTATE = Option(
    "annotated",
    ("--annotate",),
    "Also write a copy of the workbook to FILE in which the cells that decided are marked.",
    metavar="FILE",
    file=True,
    written=True,
)
SECURITY_SEVERITY = Option(
    "security_severity",
    ("--security-severity",),
    "In SARIF also rate the rules as security findings (0.0 to 10.0), by which code scanning sorts.",
    flag=True,
)
STEP_SUMMARY = Option(
    "step_summary",
    ("--step-summary",),
    "Also add the Markdown report to the summary of the running GitHub job ($GITHUB_STEP_SUMMARY).",
    flag=True,
)
ACTIONS = Option(
    "actions",
    ("--actions",),
    "Carry over what people filled in in the action list of an older report: owners, due dates, states, remarks.",
    metavar="REPORT.xlsx",
    file=True,
)
SELECT = Option(
    "select",
    ("--select",),
    "Show only findings of these rules: EXE-RC-04.a, EXE-RC, '*-RC-*'. All are judged; what is not shown is counted.",
    metavar="RULE,…",
    multiple=True,
)
IGNORE = Option(
    "ignore",
    ("--ignore",),
    "Do not show findings of these rules. They are judged all the same, and counted.",
    metavar="RULE,…",
    multiple=True,
)
FAIL_ON = Option(
    "fail_on",
    ("--fail-on",),
    "Exit code 1 also if a finding of this band or above is open.",
    choices=("low", "medium", "high", "critical"),
)
FAIL_UNDER = Option(
    "fail_under",
    ("--fail-under",),
    "Exit code 1 also if the low end of the score is below this, 0 to 100.",
    metavar="SCORE",
    read=score_of,
)
BASELINE = Option(
    "baseline",
    ("--baseline",),
    "Exit code 1 only for what is new since this baseline (see riskcheck baseline), 0 otherwise. The verdict stays.",
    metavar="FILE.json",
    file=True,
)
EXIT_ZERO = Option(
    "exit_zero",
    ("--exit-zero",),
    "Exit code 0 whatever the verdict, to report only. What goes wrong (2, 3, 5) keeps its code.",
    flag=True,
)
ENGINE = Option(
    "engine",
    ("--engine",),
    "What judges: the reference evaluator, or an engine that must agree with it. auto: the quickest.",
    default="auto",
    choices=("auto", "reference", "python", "duckdb", "spark", "rete"),
)
VERIFY = Option(
    "verify",
    ("--verify",),
    "Have N projects judged by the reference evaluator, too; where the two differ, a check is in error.",
    metavar="N",
    default="0",
    read=count_of,
)
QUIET = Option("quiet", ("-q", "--quiet"), "Print nothing; the exit code and the files speak.", flag=True)
LANGUAGE = Option(
    "lang",
    ("--lang",),
    "The language of what is written for people.",
    default="en",
    choices=LANGUAGES,
    read=language_of,
)
COLOR = Option(
    "color",
    ("--color",),
    "Colour on the terminal; auto heeds NO_COLOR and FORCE_COLOR.",
    default="auto",
    choices=("auto", "always", "never"),
)

CHECK = (
    CONFIG,
    *(PACK, PROFILE, GATE, AS_OF, MAPPING, READER, ASSUME_COMPLETE, WAIVERS, NO_TABLE_WAIVERS),
    *(STDIN_FILENAME, FORMAT, OUTPUT, ACTIONS, ANNOTATE, STEP_SUMMARY, SECURITY_SEVERITY),
    *(SELECT, IGNORE, FAIL_ON, FAIL_UNDER, EXIT_ZERO, BASELINE),
    *(ENGINE, VERIFY, QUIET, LANGUAGE, COLOR),
)
"""The options of `riskcheck check`, as help lists them."""

PREFIX = "RISKCHECK_"
"""What the environment variables of riskcheck begin with."""


def known_variables() -> frozenset[str]:
    """The environment variables that mean something to riskcheck."""
    return frozenset((f"{PREFIX}DEBUG", f"{PREFIX}NO_CACHE", *(option.environment for option in CHECK)))
