"""Packages as archives: what is copied, what is refused with the reason, and what a package may lack."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

import pytest

from riskcheck.errors import FactsError
from tests.annotate.lossless import assert_lossless
from tests.annotate.marking import CONTENT_TYPES, facts_of, load_workbook, marked, package
from tests.facts_workbook.packages import MAIN, OFFICE, Parts, relationships, unzipped, zipped

ROWS = '<row r="1"><c r="A1"><v>1</v></c></row>'
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def is_marked(copy: bytes, sheet: str = "Risks", cell: str = "A1") -> bool:
    found = load_workbook(BytesIO(copy))[sheet][cell]
    return bool(found.fill.fgColor.rgb == "FFF5B7B1" and found.comment)


def test_entries_keep_order_times_and_packing() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number, (name, content) in enumerate({**package(ROWS), "xl/media/图.bin": b"x" * 9, "xl/": b""}.items()):
            entry = zipfile.ZipInfo(name, (2001, 2, 3, 4, 5, 6))
            entry.external_attr, entry.comment = 0o644 << 16, b"kept"
            archive.writestr(entry, content, zipfile.ZIP_STORED if number % 2 else zipfile.ZIP_DEFLATED)
    copy = marked(out.getvalue(), "A1")
    assert_lossless(out.getvalue(), copy)
    with zipfile.ZipFile(BytesIO(copy)) as archive:
        assert archive.testzip() is None
        kept = archive.getinfo("xl/media/图.bin")
        assert (kept.date_time, kept.comment, kept.external_attr) == ((2001, 2, 3, 4, 5, 6), b"kept", 0o644 << 16)
        assert archive.getinfo("xl/styles.xml").date_time == (1980, 1, 1, 0, 0, 0)
        assert archive.getinfo("xl/comments1.xml").date_time == (1980, 1, 1, 0, 0, 0)


def test_archives_that_were_written_as_a_stream() -> None:
    class Stream(BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

        def seek(self, *_: object) -> int:
            raise OSError

    out = Stream()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in package(ROWS).items():
            with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as part:
                part.write(content)
    copy = marked(out.getvalue(), "A1")
    assert is_marked(copy)
    assert unzipped(copy)["_rels/.rels"] == package()["_rels/.rels"]


def test_bytes_before_the_archive_are_refused() -> None:
    data = zipped(package(ROWS))
    assert is_marked(marked(data, "A1"))
    with pytest.raises(FactsError, match=r"is not an \.xlsx workbook"):
        marked(b"x" + data, "A1")


def test_parts_that_lie_over_each_other_are_refused() -> None:
    data = zipped(package(ROWS) | {"xl/media/one.bin": bytes(range(256)) * 200})
    directory = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = data.rindex(b"PK\x01\x02", 0, end)
    copies = b"".join(data[entry:end].replace(b"one.bin", b"%03d.bin" % number) for number in range(50))
    count = data[directory:end].count(b"PK\x01\x02") + 50
    whole = data[directory:end] + copies
    last = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(whole), directory, 0)
    overlapping = data[:directory] + whole + last
    with pytest.raises(FactsError, match="lie over each other"):
        marked(overlapping, "A1")


REFUSED: dict[str, tuple[Parts, str]] = {
    "signed": (
        {"_rels/.rels": package()["_rels/.rels"].replace(
            b"</Relationships>",
            b'<Relationship Id="s" Type="http://schemas.openxmlformats.org/package/2006/relationships/'
            b'digital-signature/origin" Target="_xmlsignatures/origin.sigs"/></Relationships>',
        )},
        "is signed",
    ),
    "signature parts": ({"_xmlsignatures/sig1.xml": b"<Signature/>"}, "is signed"),
    "shared": (
        {"xl/_rels/workbook.xml.rels": relationships(
            ("rId1", "worksheet", "worksheets/sheet1.xml"), ("r", "revisionHeaders", "revisions/headers.xml")
        )},
        "is shared",
    ),
    "no content types": ({"[Content_Types].xml": b"<Types/>"}, "of which types"),
    "styles that are none": ({"xl/styles.xml": b"<styles/>"}, "holds no styles"),
    "a sheet that ends early": ({"xl/worksheets/sheet1.xml": b"<worksheet><sheetData>"}, "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_the_reason(name: str) -> None:
    changed, said = REFUSED[name]
    with pytest.raises(FactsError, match=said):
        marked(package(ROWS) | changed, "A1")


def test_a_macro_signature_is_none_of_the_workbook() -> None:
    assert is_marked(marked(package(ROWS) | {"xl/vbaProjectSignature.bin": b"x"}, "A1"))


def test_a_workbook_without_styles_gets_some() -> None:
    parts = package(ROWS)
    del parts["xl/styles.xml"]
    parts["xl/_rels/workbook.xml.rels"] = relationships(("rId1", "worksheet", "worksheets/sheet1.xml"))
    parts["[Content_Types].xml"] = CONTENT_TYPES.replace(b"/xl/styles.xml", b"/xl/other.xml")
    copy = marked(parts, "A1", "B2")
    assert_lossless(zipped(parts), copy)
    assert is_marked(copy)
    assert marked(copy, "A1", "B2") == copy


@pytest.mark.parametrize(
    "styles",
    [
        f'<styleSheet xmlns="{MAIN}"/>',
        f'<styleSheet xmlns="{MAIN}"></styleSheet>',
        f'<styleSheet xmlns="{MAIN}"><numFmts count="0"/><cellXfs/><dxfs count="0"/></styleSheet>',
        f'<styleSheet xmlns="{MAIN}"><fills count="1"><fill><patternFill/></fill></fills></styleSheet>',
    ],
)
def test_styles_that_lack_what_others_have(styles: str) -> None:
    parts = package(ROWS) | {"xl/styles.xml": styles.encode()}
    copy = marked(parts, "A1", "B2")
    assert_lossless(zipped(parts), copy)
    assert marked(copy, "A1", "B2") == copy
    made = unzipped(copy)["xl/styles.xml"].decode()
    places = [made.index(f"<{name}") for name in ("fonts", "fills", "borders", "cellXfs")]
    assert places == sorted(places)
    assert made.index("F5B7B1") > made.index("gray125"), "the first two fills are what they are in all workbooks"


def test_targets_may_be_absolute_and_parts_lie_anywhere() -> None:
    parts, types = package(ROWS), CONTENT_TYPES
    places = {"xl/workbook": "Book/Main", "xl/worksheets/sheet1": "data/Sheet", "xl/styles": "Book/Styles"}
    for old, new in places.items():
        types = types.replace(old.encode(), new.encode())
    moved = {
        "_rels/.rels": relationships(("rId1", "officeDocument", "/Book/Main.xml")),
        "Book/Main.xml": parts["xl/workbook.xml"],
        "Book/_rels/Main.xml.rels": relationships(
            ("rId1", "worksheet", "../data/./Sheet.xml"), ("rIdS", "styles", "\\Book\\Styles.xml")
        ),
        "data/Sheet.xml": parts["xl/worksheets/sheet1.xml"],
        "Book/Styles.xml": parts["xl/styles.xml"],
        "[Content_Types].xml": types,
    }
    before = zipped(moved)
    copy = marked(before, "A1")
    made = unzipped(copy)
    assert facts_of(copy) == facts_of(before)
    assert {"Book/comments1.xml", "Book/worksheets/sheet1.xml", "data/_rels/Sheet.xml.rels"} <= made.keys()
    assert b'Target="../Book/comments1.xml"' in made["data/_rels/Sheet.xml.rels"]
    assert marked(copy, "A1") == copy


def test_the_strict_form_stays_strict() -> None:
    parts = {
        name: content.replace(MAIN.encode(), STRICT_MAIN.encode()).replace(OFFICE.encode(), STRICT.encode())
        for name, content in package(ROWS).items()
    }
    copy = marked(parts, "A1")
    made = unzipped(copy)
    assert_lossless(zipped(parts), copy)
    assert all(STRICT_MAIN.encode() in made[f"xl/{name}.xml"] for name in ("comments1", "worksheets/sheet2"))
    assert f'Type="{STRICT}/comments"'.encode() in made["xl/worksheets/_rels/sheet1.xml.rels"]
    assert f'<legacyDrawing xmlns:r="{STRICT}"'.encode() in made["xl/worksheets/sheet1.xml"]
    assert OFFICE.encode() not in b"".join(made.values())


def test_a_workbook_with_all_the_formats_that_excel_takes_is_refused() -> None:
    formats = f'<cellXfs count="64000">{"<xf/>" * 64_000}</cellXfs>'
    styles = f'<styleSheet xmlns="{MAIN}">{formats}</styleSheet>'
    with pytest.raises(FactsError, match="64,000 cell formats"):
        marked(package(ROWS) | {"xl/styles.xml": styles.encode()}, "A1")
