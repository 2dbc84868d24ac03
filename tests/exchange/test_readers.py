from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amts_tui.errors import AmtsError
from amts_tui.exchange.model import FileFormat, Form, Pair
from amts_tui.exchange.pairs import sentence_pairs
from amts_tui.exchange.readers import PlainPair, read_pairs
from amts_tui.exchange.tmx import ILLEGAL
from amts_tui.exchange.write import write_pairs
from tests.exchange.build import bead


def read(path: Path, file_format: FileFormat, target_lang: str = "zh") -> list[PlainPair]:
    return read_pairs(path, file_format=file_format, source_lang="en", target_lang=target_lang)


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
    path = tmp_path / "pairs"
    write(path, [Pair(f"b{n}", "d", source, target) for n, (source, target) in enumerate(texts)], file_format)
    clean = (lambda text: ILLEGAL.sub("", text)) if file_format is FileFormat.TMX else str
    assert [(p.source, p.target) for p in read(path, file_format)] == [(clean(s), clean(t)) for s, t in texts]


@pytest.mark.parametrize("file_format", FileFormat)
def test_markup_comes_back_as_it_stands_in_the_book(tmp_path: Path, file_format: FileFormat) -> None:
    source, target = r"Use *this* `a<b` for $x_{1}$, \_not_ {1} &nbsp; :cite:`A.B`!", "用*此*`a<b`。"
    pairs = sentence_pairs("ch/a.md", [bead("b1", [(source, 0)], [(target, 0)])], Form.EXCHANGE).pairs
    write(tmp_path / "pairs", list(pairs), file_format)
    (found,) = read(tmp_path / "pairs", file_format)
    assert (found.source, found.target) == (source, target)
    if file_format is FileFormat.TMX:
        assert (found.id, found.document) == ("b1", "ch/a.md")


def test_columns_are_found_by_their_codes(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("\ufeffzh_CN,de,en-US\r\n一,eins,one\r\n\r\n二,zwei,two\r\n".encode())
    assert read(path, FileFormat.CSV) == [PlainPair("one", "一"), PlainPair("two", "二")]
    with pytest.raises(AmtsError, match=r"a\.csv:1: no column for ja"):
        read(path, FileFormat.CSV, "ja")


def test_the_exact_code_goes_before_a_region(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("en,zh-TW,zh\none,壹,一\n", encoding="utf-8")
    assert read(path, FileFormat.CSV) == [PlainPair("one", "一")]
    assert read(path, FileFormat.CSV, "zh-TW") == [PlainPair("one", "壹")]


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
    assert read(path, FileFormat.TMX) == [PlainPair("two", "二`x`", "7")]


@pytest.mark.parametrize(
    ("file_format", "content", "message"),
    [
        (FileFormat.CSV, b"en,zh\none,\xe4\n", "pairs:2: not UTF-8"),
        (FileFormat.CSV, b'en,zh\none,"un" x\n', "pairs:2: not a table"),
        (FileFormat.TSV, b"en\tzh\none\ttwo\nthree\n", "pairs:3: 1 fields, the header has 2"),
        (FileFormat.CSV, b"", "pairs:1: no column for en"),
        (FileFormat.TMX, b"", "not XML"),
        (FileFormat.TMX, b"<tmx>\n<body>\n<tu>\n</body></tmx>", "pairs:4: not XML"),
        (FileFormat.TMX, b"<xliff/>", "not TMX: its root is `xliff`"),
    ],
)
def test_a_file_that_is_not_what_its_format_says_is_named_with_the_line(
    tmp_path: Path, file_format: FileFormat, content: bytes, message: str
) -> None:
    (tmp_path / "pairs").write_bytes(content)
    with pytest.raises(AmtsError) as caught:
        read(tmp_path / "pairs", file_format)
    assert message in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(AmtsError, match=r"none\.csv: cannot read"):
        read(tmp_path / "none.csv", FileFormat.CSV)
