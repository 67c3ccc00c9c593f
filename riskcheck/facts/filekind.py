"""What a file is that should be an .xlsx workbook and is not: named, so that its owner knows what to do."""

from __future__ import annotations

import re
from collections.abc import Collection

from riskcheck.errors import FactsError
from riskcheck.facts.refusal import COPY_AGAIN, SAVE_AGAIN, refusal
from riskcheck.model.place import Location

_SAVE_AS = "save it as .xlsx in Excel, WPS or LibreOffice, and check the new file"
_ASK_FOR_XLSX = "give an .xlsx workbook, or the same facts in YAML"
_DECRYPT = "open it, remove the password (File > Info > Protect Workbook > Encrypt with Password), and save it"

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# Names of streams in an OLE2 file, in the order in which they tell what it is.
_OLE2_STREAMS = (
    ("EncryptedPackage", "workbook-encrypted", "the workbook is encrypted with a password", _DECRYPT),
    ("WordDocument", "not-a-workbook", "the file is a Word document (.doc), not an .xlsx workbook", _ASK_FOR_XLSX),
    (
        "PowerPoint Document",
        "not-a-workbook",
        "the file is a PowerPoint file (.ppt), not an .xlsx workbook",
        _ASK_FOR_XLSX,
    ),
    ("Workbook", "not-a-workbook", "the file is an old Excel workbook (.xls), not an .xlsx workbook", _SAVE_AS),
    ("Book", "not-a-workbook", "the file is an old Excel workbook (.xls), not an .xlsx workbook", _SAVE_AS),
)

# How files begin that people take for workbooks.
_BEGINNINGS = (
    (rb"%PDF-", "a PDF document", _ASK_FOR_XLSX),
    (rb"\{\\rtf", "a text document (RTF)", _ASK_FOR_XLSX),
    (rb"(?i:<!doctype html|<html|<head|<meta|<table|<style|<!--)", "a web page (HTML)", _SAVE_AS),
    (rb"(?i:(?:From:.{0,200})?MIME-Version:)", "a saved web page (MHTML)", _SAVE_AS),
    (rb"<\?xml.{0,300}Excel\.Sheet", "an XML spreadsheet of Excel 2003", _SAVE_AS),
    (rb"<\?xml", "an XML file", _ASK_FOR_XLSX),
    (rb"\x1f\x8b|Rar!|7z\xbc\xaf|BZh|\xfd7zXZ", "a compressed archive", "unpack it and give the workbook inside"),
    (rb"\xff\xd8\xff|\x89PNG|GIF8", "a picture", _ASK_FOR_XLSX),
    (rb"version https://git-lfs", "a Git LFS pointer", "run `git lfs pull`, then check again"),
)

# Companies encrypt files in the background; other programs then see only these headers.
_DOCUMENT_PROTECTION = (b"E-SafeNet", b"%TSD-Header")

# Parts that tell what a zip archive is.
_PARTS = (
    (r"xl/workbook\.bin$", "a binary Excel workbook (.xlsb)", _SAVE_AS),
    (r"word/", "a Word document", _ASK_FOR_XLSX),
    (r"ppt/", "a PowerPoint file", _ASK_FOR_XLSX),
    (r"visio/", "a Visio drawing", _ASK_FOR_XLSX),
    (r"content\.xml$", "an OpenDocument file (.ods or another)", _SAVE_AS),
    (r"index/.*\.iwa$|index\.zip$", "an Apple Numbers (or other iWork) file", "export it as Excel (.xlsx)"),
    (r".*\.xls[xm]$", "a zip archive with a workbook inside", "unpack it and give the workbook inside"),
)


def not_a_zip(data: bytes, file: str) -> FactsError:
    """The error for bytes that are no zip archive, saying what they look like instead."""
    at = Location(file)
    if not data:
        return refusal("empty-file", "the file is empty (0 bytes)", COPY_AGAIN, at=at)
    if data.startswith(_OLE2):
        return _of_ole2(data, at)
    if any(mark in data[:4096] for mark in _DOCUMENT_PROTECTION):
        message = "the file is encrypted by a document protection program"
        return refusal("workbook-encrypted", message, "decrypt it with that program, and check the new file", at=at)
    start = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    for beginning, kind, cure in _BEGINNINGS:
        if re.match(beginning, start, re.DOTALL):
            return refusal("not-a-workbook", f"the file is {kind}, not an .xlsx workbook", cure, at=at)
    return _of_rest(data[:4096], at)


def not_a_workbook(parts: Collection[str], file: str) -> FactsError:
    """The error for a zip archive that is no .xlsx workbook, judged by the names of its parts (in lower case)."""
    at = Location(file)
    for pattern, kind, cure in _PARTS:
        if any(re.match(pattern, part) for part in parts):
            return refusal("not-a-workbook", f"the file is {kind}, not an .xlsx workbook", cure, at=at)
    if any(part.startswith("xl/") for part in parts):
        message = "the workbook is damaged: it does not say which of its parts is the workbook"
        return refusal("workbook-damaged", message, SAVE_AGAIN, at=at)
    return refusal("not-a-workbook", "the file is a zip archive, not an .xlsx workbook", _ASK_FOR_XLSX, at=at)


def _of_ole2(data: bytes, at: Location) -> FactsError:
    for stream, code, message, cure in _OLE2_STREAMS:
        if stream.encode("utf-16-le") in data:
            return refusal(code, message, cure, at=at)
    message = "the file is an old Office file, not an .xlsx workbook"
    return refusal("not-a-workbook", message, _SAVE_AS, at=at)


def _of_rest(start: bytes, at: Location) -> FactsError:
    if not start.strip(b"\0"):
        return refusal("not-a-workbook", "the file holds nothing but zero bytes", COPY_AGAIN, at=at)
    if _is_text(start):
        cure = "CSV: open it in Excel, WPS or LibreOffice and save it as .xlsx; YAML: name the file .yaml"
        return refusal("not-a-workbook", "the file is plain text, not an .xlsx workbook", cure, at=at)
    return refusal("not-a-workbook", "the file is not an .xlsx workbook", COPY_AGAIN, _ASK_FOR_XLSX, at=at)


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
