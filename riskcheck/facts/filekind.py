"""What a file is that should be an .xlsx workbook and is not: named, so that its owner knows what to do."""

from __future__ import annotations

import re
from collections.abc import Collection

from riskcheck.errors import FactsError
from riskcheck.facts.refusal import COPY_AGAIN, SAVE_AGAIN, damage, refusal
from riskcheck.model.place import Location
from riskcheck.model.text import Text

_SAVE_AS = Text(
    "save it as .xlsx in Excel, WPS or LibreOffice, and check the new file",
    "请用 Excel、WPS 或 LibreOffice 另存为 .xlsx，再检查新文件",
)
_ASK_FOR_XLSX = Text(
    "give an .xlsx workbook, or the same facts in YAML", "请提供 .xlsx 工作簿，或用 YAML 填写同样的资料"
)
_UNPACK = Text("unpack it and give the workbook inside", "请解压后提供其中的工作簿")
_DECRYPT = Text(
    "open it, remove the password (File > Info > Protect Workbook > Encrypt with Password), and save it",
    "请打开文件，取消密码（文件 > 信息 > 保护工作簿 > 用密码进行加密）后保存",
)

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_OLD_EXCEL = Text("an old Excel workbook (.xls)", "旧版 Excel 工作簿（.xls）")
# Names of streams in an OLE2 file, in the order in which they tell what it is.
_OLE2_STREAMS = (
    ("WordDocument", Text("a Word document (.doc)", "Word 文档（.doc）"), _ASK_FOR_XLSX),
    ("PowerPoint Document", Text("a PowerPoint file (.ppt)", "PowerPoint 文件（.ppt）"), _ASK_FOR_XLSX),
    ("Workbook", _OLD_EXCEL, _SAVE_AS),
    ("Book", _OLD_EXCEL, _SAVE_AS),
)

# How files begin that people take for workbooks.
_BEGINNINGS = (
    (rb"%PDF-", Text("a PDF document", "PDF 文档"), _ASK_FOR_XLSX),
    (rb"\{\\rtf", Text("a text document (RTF)", "文本文档（RTF）"), _ASK_FOR_XLSX),
    (rb"(?i:<!doctype html|<html|<head|<meta|<table|<style|<!--)", Text("a web page (HTML)", "网页（HTML）"), _SAVE_AS),
    (rb"(?i:(?:From:.{0,200})?MIME-Version:)", Text("a saved web page (MHTML)", "保存的网页（MHTML）"), _SAVE_AS),
    (rb"<\?xml.{0,300}Excel\.Sheet", Text("an XML spreadsheet of Excel 2003", "Excel 2003 的 XML 电子表格"), _SAVE_AS),
    (rb"<\?xml", Text("an XML file", "XML 文件"), _ASK_FOR_XLSX),
    (rb"\x1f\x8b|Rar!|7z\xbc\xaf|BZh|\xfd7zXZ", Text("a compressed archive", "压缩包"), _UNPACK),
    (rb"\xff\xd8\xff|\x89PNG|GIF8", Text("a picture", "图片"), _ASK_FOR_XLSX),
    (
        rb"version https://git-lfs",
        Text("a Git LFS pointer", "Git LFS 指针文件"),
        Text("run `git lfs pull`, then check again", "请运行 `git lfs pull` 后重新检查"),
    ),
)

# Companies encrypt files in the background; other programs then see only these headers.
_DOCUMENT_PROTECTION = (b"E-SafeNet", b"%TSD-Header")

# Parts that tell what a zip archive is.
_PARTS = (
    (r"xl/workbook\.bin$", Text("a binary Excel workbook (.xlsb)", "二进制 Excel 工作簿（.xlsb）"), _SAVE_AS),
    (r"word/", Text("a Word document", "Word 文档"), _ASK_FOR_XLSX),
    (r"ppt/", Text("a PowerPoint file", "PowerPoint 文件"), _ASK_FOR_XLSX),
    (r"visio/", Text("a Visio drawing", "Visio 绘图"), _ASK_FOR_XLSX),
    (r"content\.xml$", Text("an OpenDocument file (.ods or another)", "OpenDocument 文件（.ods 等）"), _SAVE_AS),
    (
        r"index/.*\.iwa$|index\.zip$",
        Text("an Apple Numbers (or other iWork) file", "Apple Numbers（或其他 iWork）文件"),
        Text("export it as Excel (.xlsx)", "请导出为 Excel（.xlsx）"),
    ),
    (r".*\.xls[xm]$", Text("a zip archive with a workbook inside", "内含工作簿的 zip 压缩包"), _UNPACK),
)


def not_a_zip(data: bytes, file: str) -> FactsError:
    """The error for bytes that are no zip archive, saying what they look like instead."""
    at = Location(file)
    if not data:
        return refusal("empty-file", Text("the file is empty (0 bytes)", "文件为空（0 字节）"), COPY_AGAIN, at=at)
    if data.startswith(_OLE2):
        return _of_ole2(data, at)
    if any(mark in data[:4096] for mark in _DOCUMENT_PROTECTION):
        message = Text("the file is encrypted by a document protection program", "文件已被文档加密软件加密")
        cure = Text("decrypt it with that program, and check the new file", "请用该软件解密，再检查新文件")
        return refusal("workbook-encrypted", message, cure, at=at)
    start = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    for beginning, kind, cure in _BEGINNINGS:
        if re.match(beginning, start, re.DOTALL):
            return _is_instead(kind, cure, at=at)
    return _of_rest(data[:4096], at)


def not_a_workbook(parts: Collection[str], file: str) -> FactsError:
    """The error for a zip archive that is no .xlsx workbook, judged by the names of its parts (in lower case)."""
    at = Location(file)
    for pattern, kind, cure in _PARTS:
        if any(re.match(pattern, part) for part in parts):
            return _is_instead(kind, cure, at=at)
    if any(part.startswith("xl/") for part in parts):
        what = Text("it does not say which of its parts is the workbook", "没有写明哪个部件是工作簿")
        return damage(what, at=at)
    return _is_instead(Text("a zip archive", "zip 压缩包"), _ASK_FOR_XLSX, at=at)


def _is_instead(kind: Text, cure: Text, at: Location) -> FactsError:
    message = Text(f"the file is {kind.en}, not an .xlsx workbook", f"文件是{_spaced(kind.zh)}，不是 .xlsx 工作簿")
    return refusal("not-a-workbook", message, cure, at=at)


def _spaced(text: str) -> str:
    """`text` as it follows a Chinese character: Latin letters with a blank before them."""
    return f" {text}" if text[0].isascii() else text


def _of_ole2(data: bytes, at: Location) -> FactsError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        message = Text("the workbook is encrypted with a password", "工作簿已用密码加密")
        return refusal("workbook-encrypted", message, _DECRYPT, at=at)
    for stream, kind, cure in _OLE2_STREAMS:
        if stream.encode("utf-16-le") in data:
            return _is_instead(kind, cure, at=at)
    from riskcheck.facts.compoundfile import BadCompoundFile, CompoundFile

    try:
        CompoundFile(data)
    except BadCompoundFile as error:
        what = Text(
            f"it is an old Office file (.xls or another) of which a part is missing or wrong ({error})",
            f"它是旧版 Office 文件（.xls 等），内容缺失或有误（{error}）",
        )
        return damage(what, COPY_AGAIN, SAVE_AGAIN, at=at)
    return _is_instead(Text("an old Office file", "旧版 Office 文件"), _SAVE_AS, at=at)


def _of_rest(start: bytes, at: Location) -> FactsError:
    if not start.strip(b"\0"):
        message = Text("the file holds nothing but zero bytes", "文件内容全是零字节")
        return refusal("not-a-workbook", message, COPY_AGAIN, at=at)
    if _is_text(start):
        cure = Text(
            "if it is CSV, name it .csv; if it is YAML, name it .yaml",
            "如为 CSV，请把文件后缀改为 .csv；如为 YAML，请把文件后缀改为 .yaml",
        )
        return _is_instead(Text("plain text", "纯文本"), cure, at=at)
    message = Text("the file is not an .xlsx workbook", "文件不是 .xlsx 工作簿")
    return refusal("not-a-workbook", message, COPY_AGAIN, _ASK_FOR_XLSX, at=at)


def _is_text(start: bytes) -> bool:
    """Whether the first bytes are text as programs in Europe and China write it."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if re.search(rb"[\x00-\x08\x0e-\x1f]", start):
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            start[:4000].decode(encoding)
        except UnicodeDecodeError as error:
            if error.start < len(start[:4000]) - 4:
                continue
        return True
    return not re.search(rb"[\x80-\xff]{8}", start)
