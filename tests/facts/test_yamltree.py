"""YAML is read as text with places; what is refused is refused with a place and a cure."""

import pytest

from riskcheck.yamltree import (
    MAX_DEPTH,
    MAX_PROBLEMS,
    YamlError,
    YamlMapping,
    YamlNode,
    YamlScalar,
    YamlSequence,
    read_yaml,
)


def read(text: str) -> YamlNode:
    return read_yaml(text.encode(), "f.yaml")


def refused(data: bytes) -> str:
    """The problems of `data` as text."""
    with pytest.raises(YamlError) as error:
        read_yaml(data, "f.yaml")
    return "\n".join(each.render() for each in error.value.diagnostics)


def plain(node: YamlNode) -> object:
    """The tree without places."""
    match node:
        case YamlScalar():
            return node.text
        case YamlSequence():
            return [plain(item) for item in node]
        case YamlMapping():
            return {key.text: plain(value) for key, value in node.entries}


@pytest.mark.parametrize("text", ["1.10", "no", "010", "12:30", "2026-02-30", "1_000", "0x1F", ".inf", "on", "=", "~"])
def test_scalars_stay_as_written(text: str) -> None:
    assert plain(read(f"a: {text}\nb: [{text}]\n")) == {"a": text, "b": [text]}


def test_places_count_characters_from_one() -> None:
    tree = read("任务:\n  - {名称: 需求, 'x': y}\n")
    assert isinstance(tree, YamlMapping)
    (key, rows) = tree.entries[0]
    assert (key.line, key.column) == (1, 1)
    assert isinstance(rows, YamlSequence)
    assert (rows.line, rows.column) == (2, 3)
    (row,) = rows
    assert isinstance(row, YamlMapping)
    assert [(k.column, v.column) for k, v in row.entries] == [(6, 10), (14, 19)]


@pytest.mark.parametrize(
    ("text", "is_plain", "block", "nothing"),
    [
        ("a: x", True, False, False),
        ("a: 'x'", False, False, False),
        ('a: "x"', False, False, False),
        ("a: |\n  x", False, True, False),
        ("a: >\n  x", False, True, False),
        ("a:", True, False, True),
        ("a: ~", True, False, True),
        ("a: null", True, False, True),
        ("a: ''", False, False, False),
        ("a: 'null'", False, False, False),
    ],
)
def test_how_a_scalar_is_written(text: str, is_plain: bool, block: bool, nothing: bool) -> None:
    tree = read(text)
    assert isinstance(tree, YamlMapping)
    value = tree.get("a")
    assert isinstance(value, YamlScalar)
    assert (value.plain, value.block, value.is_nothing) == (is_plain, block, nothing)


@pytest.mark.parametrize(
    "data", [b"\xef\xbb\xbfa: b\n", b"a: b\r\n", b"a: b", b"---\na: b\n...\n", b"%YAML 1.2\n---\na: b\n"]
)
def test_spellings_of_one_document(data: bytes) -> None:
    assert plain(read_yaml(data, "f.yaml")) == {"a": "b"}


NESTED = {
    "lists in brackets": "[" * 100_000,
    "mappings in braces": "{a: " * 100_000,
    "braces": "{" * 100_000,
    "brackets and braces": "[{" * 100_000,
    "hyphens": "- " * 100_000,
    "question marks": "? " * 100_000,
    "block mappings": "".join(f"{' ' * depth}a:\n" for depth in range(2_000)),
    "block lists": "".join(f"{' ' * depth}-\n" for depth in range(2_000)),
}


@pytest.mark.parametrize("text", NESTED.values(), ids=NESTED.keys())
def test_deep_nesting_is_refused_and_does_no_harm(text: str) -> None:
    assert f"nested deeper than {MAX_DEPTH} levels" in refused(text.encode())


REFUSED = [
    ("", "f.yaml: the file holds nothing"),
    ("# only a comment\n", "f.yaml: the file holds nothing"),
    ("a:\n\tb: 1\n", "f.yaml:2:1: a tab stands where only spaces may\n  indent with spaces, not tabs"),
    ("a: x\n\tb: 1\n", "f.yaml:2:1: a tab stands"),
    ("a: >\n\t x\n", "f.yaml:2:1: a tab stands"),
    ("a: b: c\n", "f.yaml:1:5: no key may stand here"),
    ("任务：x\nb: c\n", "after a key write a colon and a space, not ："),
    ("t: *\n", "f.yaml:1:5: a lone * or & stands here\n  put the text into quotes"),
    ("t: @x\n", "f.yaml:1:4: no text may begin with this character"),
    ("k: [a, b\nc: d\n", "f.yaml:2:2: a comma or a closing ] is expected here"),
    ("k: {a: b\nc: d\n", "f.yaml:2:2: a comma or a closing } is expected here"),
    ('k: "abc\nd: e\n', "f.yaml:1:4: the quote that opens here is never closed"),
    ("a:\n  b: 1\n c: 2\n", "f.yaml:3:2: a key is expected here"),
    ("- a\nb: c\n", "f.yaml:2:1: an item of the list is expected here"),
    ('a: "\\q"\n', "f.yaml:1:5: this backslash means nothing"),
    (
        'a: "\\ud83d\\ude00"\n',
        "f.yaml:1:7: this escape is no character\n"
        "  write the character itself, or its one escape: \\U0001F600, not \\ud83d\\ude00",
    ),
    ('a: "\\x0"\n', "f.yaml:1:7: this escape has too few digits"),
    ("%YAML 9.9\n---\na: b\n", "f.yaml:1:1: this version of YAML is not read\n  take the line out; YAML 1.1 and 1.2"),
    ("%YAML 2\n---\na: b\n", "f.yaml:1:8: the version of YAML cannot be read here"),
    ("%YAML 1.1\n%YAML 1.1\n---\na: b\n", "f.yaml:2:1: this line with a % stands here again"),
    ("%FOO x\n---\na: b\n", "f.yaml:1:5: a line that begins with % may only name the version of YAML"),
    ("x: - a\n", "f.yaml:1:4: no list may begin here"),
    ("a: [b\n]]\n", "f.yaml:2:2:"),
    ("a: b\n---\nc: d\n", "f.yaml:2:1: a second document begins here"),
    ("a: 1\nb: 2\na: 3\n", 'f.yaml:3:1: key "a" stands here again (first in line 1)'),
    ("{a: 1, 'a': 2}", 'f.yaml:1:8: key "a" stands here again'),
    ("? [a, b]\n: c\n", "f.yaml:1:3: a key must be one word"),
    ("a: &b c\n", "f.yaml:1:4: anchors (&b) are not read here\n  take it out; text that begins with & needs quotes"),
    ("a: *b\n", "f.yaml:1:4: aliases (*b) are not read here"),
    ("a: b\n<<: {c: d}\n", "f.yaml:2:1: merge keys (<<) are not read here"),
    (
        "a: !!python/object/apply:os.system [ls]\n",
        "f.yaml:1:4: tags (!!python/object/apply:os.system) are not read here",
    ),
    ("a: !!binary aGk=\n", "f.yaml:1:4: tags (!!binary) are not read here"),
    ("a: !!str 1\n", "f.yaml:1:4: tags (!!str) are not read here"),
    ("a: !foo b\n", "f.yaml:1:4: tags (!foo) are not read here"),
    ("a: b\nc: \x1b[31m\n", "f.yaml:2:4: the control character U+001B stands here\n  delete it"),
    ("a: b\n\x0b", "f.yaml:2:1: the control character U+000B stands here"),
    ("\x00", "f.yaml:1:1: the control character U+0000 stands here"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_refused_with_place_and_cure(text: str, message: str) -> None:
    assert message in refused(text.encode())


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("a: b".encode("utf-16"), "f.yaml: the file is UTF-16 text\n  save it as UTF-8"),
        ("a: 1\n任务: b".encode("gbk"), "f.yaml:2: byte 0xc8 is not UTF-8 text\n  save it as UTF-8"),
    ],
)
def test_other_encodings(data: bytes, message: str) -> None:
    assert message in refused(data)


def test_the_caret_stands_under_the_place() -> None:
    assert refused(b"ok: 1\nname: a: b\n").splitlines()[-2:] == ["     2 | name: a: b", "       |        ^"]


def test_a_long_line_is_shown_around_the_place() -> None:
    line, caret = refused(b"a: " + b"x" * 300 + b": y" + b"z" * 300).splitlines()[-2:]
    assert len(line) < 120
    assert line[caret.index("^")] == ":"


def test_an_explosion_of_aliases_stays_small() -> None:
    bomb = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    assert refused(bomb.encode()).count("are not read here") == MAX_PROBLEMS


def test_all_problems_are_told_at_once() -> None:
    found = refused(b"a: &x 1\nb: !y 2\nb: 3\nc: [\n")
    assert [line for line in found.splitlines() if line.startswith("f.yaml")] == [
        "f.yaml:1:4: anchors (&x) are not read here",
        "f.yaml:2:4: tags (!y) are not read here",
        'f.yaml:3:1: key "b" stands here again (first in line 2)',
        "f.yaml:4:5: a value or a closing bracket is expected here",
    ]


def test_too_many_values_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("riskcheck.yamltree.MAX_NODES", 1_000)
    assert "more than 1000 values; split it" in refused(b"[" + b"a, " * 1_000 + b"]").replace("\n ", ";")


def test_too_large_a_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("riskcheck.yamltree.MAX_BYTES", 2**20)
    assert "more than 1 MiB" in refused(b"a" * (2**20 + 1))


def test_the_parser_in_python_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a: x\nb: ['y', z, '']\nc:\nd: |\n  t\n"
    by_c = read(text)
    monkeypatch.delattr("yaml.CSafeLoader")
    assert read(text) == by_c
