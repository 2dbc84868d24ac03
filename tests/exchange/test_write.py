from __future__ import annotations

import json
from pathlib import Path

import pytest

from amts_tui.corpus.model import Status
from amts_tui.errors import AmtsError
from amts_tui.exchange.model import FileFormat, Form, LeftOut, Pair, Written
from amts_tui.exchange.report import write_report
from amts_tui.exchange.write import write_pairs


def write(
    path: Path, pairs: list[Pair], file_format: FileFormat, form: Form = Form.AMAZON, target_lang: str = "zh"
) -> Written:
    return write_pairs(
        path, pairs, file_format=file_format, source_lang="en", target_lang=target_lang, form=form
    )


def pair(name: str, source: str = "a source", target: str = "a target", **rest: object) -> Pair:
    return Pair(name, "ch/a.md", source, target, **rest)  # type: ignore[arg-type]


def test_csv_is_utf8_without_bom_with_a_header_of_the_codes(tmp_path: Path) -> None:
    pairs = [pair("b1", 'She said "go", then left', "她说“走”，"), pair("b2", "two", "二")]
    written = write(tmp_path / "out.csv", pairs, FileFormat.CSV)
    assert written == Written(2, ())
    assert (tmp_path / "out.csv").read_bytes() == (
        'en,zh\n"She said ""go"", then left",她说“走”，\ntwo,二\n'.encode()
    )


def test_tsv_quotes_what_holds_a_tab(tmp_path: Path) -> None:
    write(tmp_path / "out.tsv", [pair("b1", "one\ttwo, three", "一")], FileFormat.TSV)
    assert (tmp_path / "out.tsv").read_text() == 'en\tzh\n"one\ttwo, three"\t一\n'


@pytest.mark.parametrize("file_format", [FileFormat.CSV, FileFormat.TSV])
@pytest.mark.parametrize("first", "+-=@")
def test_a_field_that_starts_with_a_forbidden_character_is_left_out_of_csv_and_tsv_for_amazon(
    tmp_path: Path, file_format: FileFormat, first: str
) -> None:
    pairs = [
        pair("b1", f"{first} one", "一"),
        pair("b2", "two", f"{first}二"),
        pair("b3", f"three {first}", "三"),
    ]
    written = write(tmp_path / "out", pairs, file_format)
    assert [item.id for item in written.left_out] == ["b1", "b2"]
    assert written.left_out[0].reason == "source starts with + - = or @"
    assert written.left_out[1].reason == "target starts with + - = or @"
    assert write(tmp_path / "out", pairs, FileFormat.TMX).left_out == ()
    assert write(tmp_path / "out", pairs, file_format, Form.EXCHANGE).left_out == ()


@pytest.mark.parametrize("file_format", FileFormat)
def test_amazon_gets_nothing_that_is_too_long_or_empty(tmp_path: Path, file_format: FileFormat) -> None:
    pairs = [
        pair("b1", "x" * 1000, "长" * 333),
        pair("b2", "y" * 1001),
        pair("b3", "z", "长" * 334),
        pair("b4", "w", " "),
    ]
    written = write(tmp_path / "out", pairs, file_format)
    assert [(item.id, item.reason) for item in written.left_out] == [
        ("b2", "source longer than 1,000 bytes"),
        ("b3", "target longer than 1,000 bytes"),
        ("b4", "target empty"),
    ]
    assert write(tmp_path / "out", pairs, file_format, Form.EXCHANGE).written == 4


def test_of_equal_sources_amazon_gets_the_settled_then_the_surer_then_the_later(tmp_path: Path) -> None:
    pairs = [
        pair("b1", "one", "A", confidence=0.99),
        pair("b2", "one", "B", confidence=0.1, status=Status.CONFIRMED),
        pair("b3", "two", "C", confidence=0.8),
        pair("b4", "two", "D", confidence=0.7),
        pair("b5", "three", "E", confidence=0.7),
        pair("b6", "three", "F", confidence=0.7),
        pair("b7", "four", "G", confidence=0.2, status=Status.EDITED),
        pair("b8", "four", "H", confidence=0.3, status=Status.CONFIRMED),
    ]
    written = write(tmp_path / "out.csv", pairs, FileFormat.CSV)
    assert (tmp_path / "out.csv").read_text() == "en,zh\none,B\ntwo,C\nthree,F\nfour,H\n"
    assert written.left_out == (
        LeftOut("b1", "ch/a.md", "same source text as b2"),
        LeftOut("b4", "ch/a.md", "same source text as b3"),
        LeftOut("b5", "ch/a.md", "same source text as b6"),
        LeftOut("b7", "ch/a.md", "same source text as b8"),
    )
    assert write(tmp_path / "out.csv", pairs, FileFormat.CSV, Form.EXCHANGE).written == 8


def test_what_the_format_refuses_does_not_displace_what_it_takes(tmp_path: Path) -> None:
    pairs = [pair("b1", "one", "fine"), pair("b2", "one", "-better", status=Status.CONFIRMED)]
    assert write(tmp_path / "out.csv", pairs, FileFormat.CSV).written == 1
    assert (tmp_path / "out.csv").read_text() == "en,zh\none,fine\n"


def test_amazon_gets_its_own_language_codes(tmp_path: Path) -> None:
    write(tmp_path / "out.csv", [pair("b1")], FileFormat.CSV, target_lang="zh-Hant")
    assert (tmp_path / "out.csv").read_text().startswith("en,zh-TW\n")
    write(tmp_path / "out.csv", [pair("b1")], FileFormat.CSV, Form.EXCHANGE, target_lang="zh-Hant")
    assert (tmp_path / "out.csv").read_text().startswith("en,zh-Hant\n")
    with pytest.raises(AmtsError, match="no language 'tlh'"):
        write(tmp_path / "out.csv", [pair("b1")], FileFormat.CSV, target_lang="tlh")
    with pytest.raises(AmtsError, match="one language"):
        write(tmp_path / "out.csv", [pair("b1")], FileFormat.CSV, target_lang="en-GB")


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(AmtsError, match="cannot write"):
        write(tmp_path / "out", [pair("b1")], FileFormat.CSV)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_the_report_is_a_json_object_a_line(tmp_path: Path) -> None:
    write_report(tmp_path / "r.jsonl", [LeftOut("b1", "ch/a.md", "excluded"), LeftOut("b2", "ch/第.md", "x")])
    lines = (tmp_path / "r.jsonl").read_text(encoding="utf-8").split("\n")
    assert [json.loads(line) for line in lines[:-1]] == [
        {"id": "b1", "document": "ch/a.md", "reason": "excluded"},
        {"id": "b2", "document": "ch/第.md", "reason": "x"},
    ]
    assert lines[-1] == ""
