"""The workbook of a report while it is written: XlsxWriter's, and the rows of its listings, which are put in last."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final, Self
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import xlsxwriter

from riskcheck.errors import Diagnostic, UsageError
from riskcheck.model.text import Text
from riskcheck.reports.excelrows import ListedRows
from riskcheck.reports.exceltheme import Theme

_OPTIONS: Final = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_CREATED: Final = datetime.datetime(2000, 1, 1)
_IN_MEMORY: Final = 4 << 20
"""So many bytes of a listing stay in memory; longer ones go to a temporary file."""
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_DIMENSION: Final = re.compile(rb'(<dimension ref="A1:[A-Z]+)(\d+)"')
_AFTER_LINKS: Final = re.compile(rb"<printOptions|<pageMargins")
_RELATIONS: Final = b"http://schemas.openxmlformats.org/package/2006/relationships"
_LINK: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


class ReportBook:
    """Sheets are added to `writer`; a listing has its header row there and its other rows in `listed`.

    Leaving it as a context takes its temporary files away.
    """

    def __init__(self, title: str) -> None:
        self._package = io.BytesIO()
        self.writer: Any = xlsxwriter.Workbook(self._package, _OPTIONS)
        self.writer.set_properties({"created": _CREATED, "title": title})
        self.theme = Theme(self.writer)
        self._listings: dict[str, ListedRows] = {}
        self._files = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: object, error: object, __: object) -> None:
        self._files.close()
        if isinstance(error, OSError):
            raise _no_room(error) from error

    def listed(self, sheet: Any) -> ListedRows:
        """The rows of a listing, to be filled."""
        rows = self._listings[f"sheet{sheet.index + 1}.xml"] = ListedRows(self._file(), self._file())
        return rows

    def _file(self) -> IO[bytes]:
        return self._files.enter_context(SpooledTemporaryFile(_IN_MEMORY))

    def finish(self) -> bytes:
        """The whole workbook."""
        self.writer.close()
        return with_rows(self._package.getvalue(), self._listings)


def _no_room(error: OSError) -> UsageError:
    message = Text(
        f"the report needs a temporary file, which cannot be written: {error.strerror or error}",
        f"生成报告需要临时文件，但无法写入：{error.strerror or error}",
    )
    cure = Text("make room, or name a folder that has some in TMPDIR", "请腾出空间，或用 TMPDIR 指定有空间的文件夹")
    return UsageError(Diagnostic("no-temporary-file", message, hints=(cure,)))


def with_rows(package: bytes, listings: Mapping[str, ListedRows]) -> bytes:
    """The workbook with the rows of each listing below its header; listings are named as their parts are."""
    whole = io.BytesIO()
    with ZipFile(io.BytesIO(package)) as written, ZipFile(whole, "w", ZIP_DEFLATED) as target:
        names = set(written.namelist())
        for name in written.namelist():
            folder, _, last = name.rpartition("/")
            content = written.read(name)
            if folder == "xl/worksheets" and last in listings:
                _put_rows(target, name, content, listings[last])
                relations = f"{folder}/_rels/{last}.rels"
                if listings[last].files and relations not in names:
                    target.writestr(_part(relations), _relations(listings[last]))
            elif folder == "xl/worksheets/_rels" and last.removesuffix(".rels") in listings:
                entries = _entries(listings[last.removesuffix(".rels")])
                target.writestr(_part(name), content.replace(b"</Relationships>", entries + b"</Relationships>"))
            else:
                target.writestr(_part(name), content)
    return whole.getvalue()


def _put_rows(target: ZipFile, name: str, sheet: bytes, listing: ListedRows) -> None:
    """Write the sheet with its rows and links; it need not be in memory whole."""
    info = _part(name)
    info.file_size = len(sheet) + listing.size  # says whether it needs the sizes of large files
    with target.open(info, "w") as part:
        for block in _blocks(sheet, listing):
            part.write(block)


def _blocks(sheet: bytes, listing: ListedRows) -> Iterator[bytes]:
    if not listing.count:
        yield sheet
        return
    below_header = sheet.index(b"</row>") + len(b"</row>")
    links = _AFTER_LINKS.search(sheet, below_header)
    assert links is not None, "XlsxWriter always writes margins"
    last = listing.next_row - 1
    yield _DIMENSION.sub(lambda found: b'%s%d"' % (found[1], max(last, int(found[2]))), sheet[:below_header])
    yield from listing.rows()
    yield sheet[below_header : links.start()]
    yield from listing.links()
    yield sheet[links.start() :]


def _part(name: str) -> ZipInfo:
    info = ZipInfo(name, _EPOCH)
    info.compress_type = ZIP_DEFLATED
    return info


def _relations(listing: ListedRows) -> bytes:
    head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="%s">' % _RELATIONS
    return head + _entries(listing) + b"</Relationships>"


def _entries(listing: ListedRows) -> bytes:
    """The relations to the files to which links of a listing lead, written as Excel writes paths."""
    return "".join(
        f'<Relationship Id="{key}" Type="{_LINK}" Target={quoteattr(path)} TargetMode="External"/>'
        for path, key in ((file.replace("/", "\\"), key) for file, key in listing.files.items())
    ).encode()
