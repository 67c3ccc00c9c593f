"""`riskcheck check --annotate`: the marked copy of the workbook that was checked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from riskcheck.annotate import annotate
from riskcheck.checksum import sha256_of
from riskcheck.errors import Diagnostic, UsageError
from riskcheck.model.assessment import Assessment
from riskcheck.model.factset import InputFile
from riskcheck.model.place import Location
from riskcheck.model.text import Language, Text
from riskcheck.output import check_target

_WORKBOOKS = (".xlsx", ".xlsm")
MOST_SHOWN = 5_000
"""How many cells of one finding are marked at most."""


def check_copy(target: Path, files: tuple[str, ...], outputs: Iterable[Path], inputs: Sequence[str]) -> None:
    """Refuse (UsageError), before any work is done, a copy that cannot be written, or what is not one workbook."""
    if len(files) > 1:
        message = Text(
            "--annotate marks one workbook, and these are several files; leave it out, or check one workbook alone",
            "--annotate 只能批注一个工作簿，而此处有多个文件；请去掉该选项，或单独检查一个工作簿",
        )
        raise UsageError(Diagnostic("cannot-annotate", message))
    (facts,) = files
    suffix = Path(facts).suffix.lower()
    if suffix not in _WORKBOOKS:
        shown = Text("standard input", "标准输入") if facts == "-" else Text(facts, facts)
        message = Text(
            f"{shown.en}: only .xlsx and .xlsm workbooks can be annotated; leave --annotate out, or check a workbook",
            f"{shown.zh}：只能批注 .xlsx 和 .xlsm 工作簿；请去掉 --annotate，或检查工作簿",
        )
        raise UsageError(Diagnostic("cannot-annotate", message))
    if target.suffix.lower() != suffix:
        message = Text(
            f"{target}: the copy of a {suffix} workbook is one, too; name it FILE{suffix}",
            f"{target}：{suffix} 工作簿的副本也是该格式；文件名请以 {suffix} 结尾",
        )
        raise UsageError(Diagnostic("unknown-suffix", message))
    check_target(target, [Path(each) for each in inputs])
    if any(target.resolve() == each.resolve() for each in outputs):
        message = Text(
            f"{target}: this file is named twice; name each output once",
            f"{target}：该输出文件写了两次；每个输出文件请只写一次",
        )
        raise UsageError(Diagnostic("output-twice", message))


def annotated_copy(assessment: Assessment, language: Language) -> bytes:
    """The copy of the workbook that was judged, in which the assessment is marked."""
    (source,) = assessment.inputs
    return annotate(_read_again(source), source.file, assessment, language)


def _read_again(source: InputFile) -> bytes:
    """The bytes of the workbook that was judged; raises UsageError if they are others by now."""
    try:
        data = Path(source.file).read_bytes()
    except OSError:
        data = b""
    if sha256_of(data) != source.sha256:
        message = Text("the file changed while it was checked; run it again", "检查期间文件发生了变化；请重新运行")
        raise UsageError(Diagnostic("input-changed", message, Location(source.file)))
    return data
