from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amts_tui.corpus.model import Origin, Status
from amts_tui.errors import AmtsError
from amts_tui.exchange.model import FileFormat, Form, Pair, PlainPair
from amts_tui.exchange.pairs import sentence_pairs
from amts_tui.exchange.readers import read_pairs
from amts_tui.exchange.tmx import ILLEGAL
from amts_tui.exchange.write import write_pairs
from tests.exchange.build import bead


def read(path: Path, target_lang: str = "zh") -> list[PlainPair]:
    return read_pairs(path, source_lang="en", target_lang=target_lang)


def write(path: Path, pairs: list[Pair], file_format: FileFormat) -> None:
    write_pairs(path, pairs, file_format=file_format, source_lang="en", target_lang="zh", form=Form.EXCHANGE)


lines = st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), min_size=1).filter(
    str.strip
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(lines, lines), max_size=4), st.sampled_from(FileFormat))
def test_what_was_written_is_read_back(
    tmp_path: Path, texts: list[tuple[str, str]], file_format: FileFormat
) -> None:
    path = tmp_path / f"pairs.{file_format}"
    write(path, [Pair(f"b{n}", "d", source, target) for n, (source, target) in enumerate(texts)], file_format)
    clean = (lambda text: ILLEGAL.sub("", text)) if file_format is FileFormat.TMX else str
    assert [(p.source, p.target) for p in read(path)] == [(clean(s), clean(t)) for s, t in texts]


@pytest.mark.parametrize("file_format", FileFormat)
def test_markup_comes_back_as_it_stands_in_the_book(tmp_path: Path, file_format: FileFormat) -> None:
    source, target = r"Use *this* `a<b` for $x_{1}$, \_not_ {1} &nbsp; :cite:`A.B`!", "用*此*`a<b`。"
    pairs = sentence_pairs("ch/a.md", [bead("b1", [(source, 0)], [(target, 0)])], Form.EXCHANGE).pairs
    path = tmp_path / f"pairs.{file_format}"
    write(path, list(pairs), file_format)
    (found,) = read(path)
    assert (found.source, found.target) == (source, target)
    if file_format is FileFormat.TMX:
        assert (found.id, found.document) == ("b1", "ch/a.md")


def test_columns_are_found_by_their_codes(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("\ufeffzh_CN,de,en-US\r\n一,eins,one\r\n\r\n二,zwei,two\r\n".encode())
    assert read(path) == [PlainPair("one", "一"), PlainPair("two", "二")]
    with pytest.raises(AmtsError, match=r"a\.csv:1: no column for ja"):
        read(path, "ja")


def test_the_exact_code_goes_before_a_region(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("en,zh-TW,zh\none,壹,一\n", encoding="utf-8")
    assert read(path) == [PlainPair("one", "一")]
    assert read(path, "zh-TW") == [PlainPair("one", "壹")]


def test_units_without_one_of_the_languages_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    path.write_text(
        '<tmx version="1.4"><header/><body>'
        '<tu><tuv xml:lang="EN-us"><seg>one</seg></tuv><tuv xml:lang="fr"><seg>un</seg></tuv></tu>'
        '<tu tuid="7"><tuv lang="zh"><seg>二<ph>`x`</ph></seg></tuv>'
        '<tuv xml:lang="en"><seg>two</seg></tuv></tu>'
        "</body></tmx>",
        encoding="utf-8",
    )
    assert read(path) == [PlainPair("two", "二`x`", "7")]


@pytest.mark.parametrize(
    ("file_format", "content", "message"),
    [
        (FileFormat.CSV, b"en,zh\none,\xe4\n", "pairs.csv:2: not UTF-8"),
        (FileFormat.CSV, b'en,zh\none,"un" x\n', "pairs.csv:2: not a table"),
        (FileFormat.TSV, b"en\tzh\none\ttwo\nthree\n", "pairs.tsv:3: 1 fields, the header has 2"),
        (FileFormat.CSV, b"", "pairs.csv:1: no column for en"),
        (FileFormat.TMX, b"", "not XML"),
        (FileFormat.TMX, b"<tmx>\n<body>\n<tu>\n</body></tmx>", "pairs.tmx:4: not XML"),
        (FileFormat.TMX, b"<xliff/>", "its root is `xliff`, not `tmx`"),
    ],
)
def test_a_file_that_is_not_what_its_format_says_is_named_with_the_line(
    tmp_path: Path, file_format: FileFormat, content: bytes, message: str
) -> None:
    path = tmp_path / f"pairs.{file_format}"
    path.write_bytes(content)
    with pytest.raises(AmtsError) as caught:
        read(path)
    assert message in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(AmtsError, match=r"none\.csv: cannot read"):
        read(tmp_path / "none.csv")


def test_what_a_unit_says_of_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    pair = Pair("b1", "ch/a.md", "one", "一", Status.CONFIRMED, 0.5, Origin.MACHINE)
    write(path, [pair], FileFormat.TMX)
    assert read(path) == [PlainPair("one", "一", "b1", "ch/a.md", Status.CONFIRMED, 0.5, Origin.MACHINE)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_tmx_in_other_encodings_with_crlf_and_a_document_type(tmp_path: Path, encoding: str) -> None:
    declared = f' encoding="{encoding}"' if encoding.startswith("iso") else ""
    text = (
        f'<?xml version="1.0"{declared}?>\r\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\r\n<tmx><body><tu>'
        '<tuv xml:lang="en"><seg>one</seg></tuv><tuv xml:lang="es"><seg>él <!-- not this -->y</seg></tuv>'
        "</tu></body></tmx>\r\n"
    )
    path = tmp_path / "a.tmx"
    path.write_bytes(text.encode(encoding))
    assert read(path, "es") == [PlainPair("one", "él y")]


def test_hostile_tmx_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    for declarations in (
        f'<!ENTITY x SYSTEM "{secret.as_uri()}">',
        f'<!ENTITY l0 "ha">{laughs}<!ENTITY x "&l9;">',
    ):
        for place in (
            '<tu tuid="1"><tuv xml:lang="en"><seg>&x;</seg>',
            '<tu tuid="&x;"><tuv xml:lang="en"><seg/>',
        ):
            path = tmp_path / "a.tmx"
            path.write_text(
                f"<!DOCTYPE tmx [{declarations}]><tmx><body>{place}</tuv></tu></body></tmx>", encoding="utf-8"
            )
            with pytest.raises(AmtsError, match=r"a\.tmx:\d+: (the file declares entities|not XML)"):
                read(path)


def test_a_deep_file_and_half_a_file_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    for content in ("<tmx>" * 5000, '<tmx version="1.4"><body><tu><tuv xml:lang="en"><seg>o'):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(AmtsError, match=r"a\.tmx:1: not XML"):
            read(path)


def test_other_languages_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    write(path, [Pair("b1", "d", "one", "一")], FileFormat.TMX)
    with pytest.raises(AmtsError, match=r"no pairs for en and ja \(the file holds en, zh\)"):
        read(path, "ja")


def test_columns_for_documents_and_plain_names(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("ID\tsource\tTarget\tfile\n7\tone\t一\tch/a.md\n", encoding="utf-8")
    assert read(path) == [PlainPair("one", "一", "7", "ch/a.md")]


def test_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = [
        '{"source": "one", "target": "一", "id": 7, "document": "a.md"}',
        "",
        '{"en-US": "two\u2028", "zh": "二", "fr": "deux"}\r',
        '{"translation": {"en": "three", "zh": ""}, "id": "t"}',
    ]
    path.write_text("\n".join(lines), encoding="utf-8", newline="")
    assert read(path) == [
        PlainPair("one", "一", "7", "a.md"),
        PlainPair("two\u2028", "二"),
        PlainPair("three", "", "t"),
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "a.jsonl:2: not JSON"),
        ("[" * 100_000, "a.jsonl:2: not JSON"),
        ("[1]", "a.jsonl:2: not a JSON object"),
        ('{"source": "one"}', "a.jsonl:2: no text of both languages"),
        ('{"source": "one", "target": 2}', "a.jsonl:2: no text of both languages"),
        ('{"translation": []}', "a.jsonl:2: `translation` is no object"),
    ],
)
def test_bad_json_lines(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"source": "a", "target": "b"}\n' + line, encoding="utf-8")
    with pytest.raises(AmtsError) as caught:
        read(path)
    assert message in str(caught.value)


def test_moses_files(tmp_path: Path) -> None:
    (tmp_path / "c.train.en").write_bytes(b"one\r\n\ntwo \xe2\x80\xa8!\n")
    (tmp_path / "c.train.zh").write_bytes("一\n\n二\n".encode())
    pairs = [PlainPair("one", "一"), PlainPair("", ""), PlainPair("two \u2028!", "二")]
    for name in ("c.train", "c.train.en", "c.train.zh"):
        assert read(tmp_path / name) == pairs
    (tmp_path / "c.train.zh").write_bytes("一\n".encode())
    with pytest.raises(AmtsError, match=r"c\.train\.en: 3 lines, .*c\.train\.zh has 1"):
        read(tmp_path / "c.train")
    with pytest.raises(AmtsError, match=r"no file of pairs by its name \(names end in \.csv"):
        read(tmp_path / "other.docx")
