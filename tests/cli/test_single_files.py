"""What works without a project: extract, roundtrip, align-files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

from amts_tui.alignment import lexical
from amts_tui.alignment.lexicon import Lexicon, Seed, learn
from tests.books_of_two import EN_ONE, ES_ONE, write_books
from tests.cli.conftest import Call

LEXICAL = ("--source-lang", "en", "--target-lang", "es", "--similarity", "lexical")
BAD_FILES = {
    "missing.md": None,
    "empty.md": b"",
    "binary.md": b"a\0b",
    "latin.md": "# Caf\xe9\n".encode("latin-1"),
}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "en.md").write_text(EN_ONE, encoding="utf-8")
    (tmp_path / "es.md").write_text(ES_ONE, encoding="utf-8")
    for name, data in BAD_FILES.items():
        if data is not None:
            (tmp_path / name).write_bytes(data)
    return tmp_path


def test_extract_covers_the_file_in_order(amts: Call, files: Path) -> None:
    value = amts("extract", files / "en.md", "--json").json
    assert set(value) == {"file", "lang", "blocks"}
    assert value["lang"] == "en"
    at = 0
    for block in value["blocks"]:
        assert set(block) == {"kind", "start", "end", "translatable", "raw", "segments"}
        assert EN_ONE[at : block["start"]].strip() == ""
        assert EN_ONE[block["start"] : block["end"]] == block["raw"]
        at = block["end"]
        for segment in block["segments"]:
            for unit in segment["units"]:
                assert set(unit) == {"text", "start", "end"}
                assert block["start"] <= unit["start"] < unit["end"] <= block["end"]
    assert EN_ONE[at:].strip() == ""
    kinds = [block["kind"] for block in value["blocks"]]
    assert kinds == ["heading", "directive", "paragraph", "paragraph", "code", "paragraph"]


def test_a_language_without_a_model_is_aligned_by_its_words_and_that_is_said(amts: Call, files: Path) -> None:
    langs = ("--source-lang", "en", "--target-lang", "vi")
    outcome = amts("align-files", files / "en.md", files / "es.md", *langs, "--mode", "quick", "--json")
    assert outcome.json["units"]["source"]
    assert "(vi): aligned by words learned from the text" in outcome.err


def test_the_pairs_of_a_list_are_aligned_with_one_lexicon(
    amts: Call, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learned: list[int] = []

    def count(pairs: Sequence[tuple[str, str]], seeds: Iterable[Seed] = ()) -> Lexicon:
        learned.append(len(pairs))
        return learn(pairs, seeds)

    monkeypatch.setattr(lexical, "learn", count)
    (files / "list.tsv").write_text(
        "en.md\tes.md\tone\nen.md\tlatin.md\nen.md\tes.md\ttwo\n", encoding="utf-8"
    )
    call = ("align-files", "--pairs", files / "list.tsv", "--output-dir", files / "out", *LEXICAL, "--json")
    outcome = amts(*call)
    assert outcome.status == 2
    assert outcome.json["written"] == ["one.json", "two.json"]
    beads = len(json.loads((files / "out" / "one.json").read_text(encoding="utf-8"))["beads"])
    assert learned[-1] == 2 * beads


def test_extract_says_what_people_see(amts: Call, files: Path) -> None:
    out = amts("extract", files / "en.md").out
    assert "It gives a warm light." in out
    assert "code  (kept as it is)" in out


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_cannot_be_used_is_named(refused: Callable[..., str], files: Path, name: str) -> None:
    for arguments in (["extract", files / name], ["align-files", files / name, files / "es.md", *LEXICAL]):
        assert str(files / name) in refused(*arguments)


def test_roundtrip_finishes_the_rest_and_lists_what_is_no_text(amts: Call, files: Path) -> None:
    outcome = amts("roundtrip", files / "en.md", files / "latin.md", files / "es.md", "--json")
    assert outcome.status == 2
    assert outcome.json == {"files": 3, "identical": 2, "differences": []}
    assert f"{files / 'latin.md'}:1: the file is not UTF-8" in outcome.err


def test_roundtrip_of_good_files(amts: Call, tmp_path: Path) -> None:
    write_books(tmp_path)
    outcome = amts("roundtrip", tmp_path)
    assert (outcome.status, outcome.out) == (0, "4 of 4 files identical\n")


def test_align_files_puts_every_unit_into_one_bead(amts: Call, files: Path) -> None:
    value = amts("align-files", files / "en.md", files / "es.md", *LEXICAL, "--json").json
    assert set(value) == {"beads", "units"}
    for side in ("source", "target"):
        found = [number for bead in value["beads"] for number in bead[side]]
        assert found == list(range(len(value["units"][side])))
    assert all(set(bead) == {"source", "target", "confidence"} for bead in value["beads"])
    assert all(0 <= bead["confidence"] <= 1 for bead in value["beads"])


def test_segmented_units_end_at_line_feeds_only(amts: Call, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes("one\r\x0b\u2028 still one\n\nthree".encode())
    (tmp_path / "b").write_bytes(b"uno\n\ntres\n")
    value = amts("align-files", tmp_path / "a", tmp_path / "b", "--segmented", *LEXICAL, "--json").json
    assert value["units"] == {
        "source": ["one\r\x0b\u2028 still one", "", "three"],
        "target": ["uno", "", "tres"],
    }


def test_output_goes_to_the_file_that_is_named(amts: Call, files: Path) -> None:
    both = (files / "en.md", files / "es.md", *LEXICAL)
    printed = amts("align-files", *both, "--json").json
    outcome = amts("align-files", *both, "-o", files / "new" / "out.json")
    assert outcome.status == 0
    assert json.loads((files / "new" / "out.json").read_text(encoding="utf-8")) == printed


def test_a_result_that_cannot_be_written_is_an_error(refused: Callable[..., str], files: Path) -> None:
    both = (files / "en.md", files / "es.md", *LEXICAL)
    assert "cannot write" in refused("align-files", *both, "-o", files / "en.md" / "out.json")
    assert "cannot write: No space left" in refused("align-files", *both, "-o", "/dev/full")
    assert Path("/dev/full").is_char_device()


def test_a_list_of_pairs_is_finished_around_a_bad_one(amts: Call, files: Path) -> None:
    (files / "list.tsv").write_text(
        "en.md\tes.md\nlatin.md\tes.md\nen.md\tes.md\tpart/other\n", encoding="utf-8"
    )
    outcome = amts(
        "align-files", "--pairs", files / "list.tsv", "--output-dir", files / "out", *LEXICAL, "--json"
    )
    assert outcome.status == 2
    assert outcome.json["written"] == ["en.json", "part/other.json"]
    assert "latin.md:1" in outcome.err
    assert {"beads", "units"} == set(
        json.loads((files / "out" / "part" / "other.json").read_text(encoding="utf-8"))
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("en.md\tes.md\nfolder/en.txt\tes.md\n", "list.tsv:2: the name en is taken by line 1"),
        ("en.md es.md\n", "list.tsv:1: not SRC<TAB>TGT"),
        ("en.md\tes.md\t../out\n", "list.tsv:1: ../out leads out of the folder"),
    ],
)
def test_a_bad_list_starts_nothing(refused: Callable[..., str], files: Path, text: str, words: str) -> None:
    (files / "list.tsv").write_text(text, encoding="utf-8")
    line = refused("align-files", "--pairs", files / "list.tsv", "--output-dir", files / "out", *LEXICAL)
    assert words in line
    assert not (files / "out").exists()


def test_align_files_says_what_it_lacks(refused: Callable[..., str], files: Path) -> None:
    languages = ("--source-lang", "en", "--target-lang", "es")
    assert "two files are needed" in refused("align-files", files / "en.md", *languages)
    assert "--target-lang" in refused("align-files", files / "en.md", files / "es.md", "--source-lang", "en")
    assert "not a language code" in refused("extract", files / "en.md", "--lang", "")


def test_extract_reads_a_file_as_its_project_says(amts: Call, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: Hello there\n---\n# A\n", encoding="utf-8")
    plain = amts("extract", tmp_path / "a.md", "--json").json
    settings = '[source]\nlang = "en"\npath = "."\n[targets.es]\npath = "es"\n'
    (tmp_path / "amts.toml").write_text(f'{settings}[reading]\nfront_matter = ["title"]\n', encoding="utf-8")
    told = amts("extract", tmp_path / "a.md", "--json").json
    assert [block["translatable"] for block in plain["blocks"]] == [False, True]
    assert [block["translatable"] for block in told["blocks"]] == [True, True]
