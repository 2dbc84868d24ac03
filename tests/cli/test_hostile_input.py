"""What is no good text, and what is no file: handled or refused in one line, never altered."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from amts_tui.books import decoding, reading
from tests.books_of_two import make_project
from tests.cli.conftest import Call

STRANGE = (
    "\ufeff# Caf\u00e9\r\n\r\nOne\x01\x7f two\u2028three\u0085. \ue000\uf8ff\U000f0000 four\x0b\x0c.\rFive"
)
LEXICAL = ("--source-lang", "en", "--target-lang", "es", "--similarity", "lexical")

BAD_BYTES = {
    "latin1": (b"# Title\n\nca\xf1on\n", ":3: the file is not UTF-8"),
    "surrogate": (b"a\xed\xa0\x80b", ":1: the file is not UTF-8"),
    "overlong": (b"\n\xc0\xaf", ":2: the file is not UTF-8"),
    "cut": ("文".encode()[:2], ":1: the file is not UTF-8"),
    "nul": (b"one\ntwo\0", ":2: this is a binary file"),
    "utf16": ("text".encode("utf-16"), ": the file is in UTF-16"),
    "blank": (b" \n\r\n\t", ": the file is empty"),
}


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


NO_FILES: dict[str, tuple[Callable[[Path], None], str]] = {
    "pipe": (make_pipe, "a pipe or a device"),
    "device": (lambda path: path.symlink_to("/dev/zero"), "a pipe or a device"),
    "broken link": (
        lambda path: path.symlink_to("none.md"),
        "no such file|a link to a file that is not there",
    ),
    "loop": (lambda path: path.symlink_to(path.name), "no such file|symbolic links"),
    "folder": (Path.mkdir, "this is a folder|no files|no files that can be read"),
}


@pytest.mark.parametrize("name", BAD_BYTES)
def test_bad_bytes_are_refused_by_every_command(
    amts: Call, refused: Callable[..., str], tmp_path: Path, name: str
) -> None:
    data, words = BAD_BYTES[name]
    file, good = tmp_path / "bad.md", tmp_path / "good.md"
    file.write_bytes(data)
    good.write_text("Bien.", encoding="utf-8")
    assert f"{file}{words}" in refused("extract", file)
    assert f"{file}{words}" in refused("align-files", file, good, *LEXICAL)
    if name != "blank":
        outcome = amts("roundtrip", file)
        assert (outcome.status, outcome.err.count("\n")) == (2, 1)
        assert f"{file}{words}" in outcome.err
    assert file.read_bytes() == data


@pytest.mark.parametrize("name", NO_FILES)
def test_what_is_no_file_is_refused_at_once(refused: Callable[..., str], tmp_path: Path, name: str) -> None:
    make, words = NO_FILES[name]
    make(tmp_path / "x.md")
    line = refused("extract", tmp_path / "x.md")
    assert any(word in line for word in words.split("|"))


@pytest.mark.parametrize("name", NO_FILES)
def test_roundtrip_of_what_is_no_file(amts: Call, tmp_path: Path, name: str) -> None:
    make, words = NO_FILES[name]
    make(tmp_path / "x.md")
    outcome = amts("roundtrip", tmp_path / "x.md")
    assert (outcome.status, outcome.err.count("\n")) == (2, 1)
    assert any(word in outcome.err for word in words.split("|"))


def test_strange_characters_come_back_as_they_were(amts: Call, tmp_path: Path) -> None:
    file = tmp_path / "strange.md"
    file.write_bytes(STRANGE.encode())
    assert amts("roundtrip", file, "--json").json == {"files": 1, "identical": 1, "differences": []}
    blocks = amts("extract", file, "--json").json["blocks"]
    assert all(STRANGE[block["start"] : block["end"]] == block["raw"] for block in blocks)
    assert "".join("".join(block["raw"].split()) for block in blocks) == "".join(STRANGE.split())
    shown = amts("extract", file).out
    assert not set(shown) & {"\x01", "\x7f", "\x0b", "\x0c", "\x85", "\u2028"}


def test_a_file_that_is_too_large_is_refused_unread(
    refused: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (tmp_path / "huge.md").open("wb") as file:
        file.truncate(3_000_000_000)
    assert "too large: 3,000 MB" in refused("extract", tmp_path / "huge.md")
    monkeypatch.setattr(reading, "_LARGEST", 1_000)
    monkeypatch.setattr(decoding, "_LARGEST", 100)
    (tmp_path / "large.md").write_text("word " * 50, encoding="utf-8")
    assert "too large" in refused("extract", tmp_path / "large.md")


def test_a_file_without_rights_is_refused(
    refused: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret.md").write_text("Text.", encoding="utf-8")

    def denied(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", denied)
    assert "secret.md: cannot be read: Permission denied" in refused("extract", tmp_path / "secret.md")


def test_a_name_that_is_not_utf_8(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xff.md"
    Path(os.fsdecode(name)).write_text("One. Two.", encoding="utf-8")

    def amts(*arguments: str | bytes) -> bytes:
        command = [sys.executable, "-m", "amts_tui.cli.main", *arguments]
        return subprocess.run(command, capture_output=True, check=True, timeout=60).stdout

    assert b"One." in amts("extract", name)
    assert json.loads(amts("extract", name, "--json"))["file"].endswith("\udcff.md")
    assert amts("roundtrip", os.fsencode(tmp_path)) == b"1 of 1 files identical\n"


def fill(root: Path) -> None:
    """All that is no document, beside the documents of the source book."""
    folder = root / "en"
    (folder / "self").symlink_to(folder, target_is_directory=True)
    (folder / "up").symlink_to(root, target_is_directory=True)
    (folder / "loop.md").symlink_to("loop.md")
    (folder / "broken.md").symlink_to("none.md")
    (folder / "zero.md").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.md")


def test_a_book_among_links_pipes_and_bad_files(amts: Call, tmp_path: Path) -> None:
    root = make_project(tmp_path)
    before = amts("--project", root, "documents", "list", "--json").json
    fill(root)
    listed = amts("--project", root, "documents", "list", "--json").json
    own = {row["document"] for row in before}
    assert own <= {row["document"] for row in listed}
    assert not [
        row for row in listed if row["document"].rpartition("/")[2] in ("loop.md", "broken.md", "zero.md")
    ]
    for lang in ("en", "es"):
        (root / lang / "bad.md").write_bytes(b"ca\xf1on")
        (root / lang / "strange.md").write_bytes(STRANGE.encode())
    outcome = amts("--project", root, "align", "--similarity", "lexical", "--json")
    assert outcome.status == 2
    assert {"strange.md", *own} <= {done["document"] for done in outcome.json["documents"]}
    assert len(outcome.json["failed"]) == 1
    assert "bad.md:1: the file is not UTF-8" in outcome.json["failed"][0]
    assert (root / "en" / "strange.md").read_bytes() == STRANGE.encode()


def test_init_among_links_and_pipes(amts: Call, tmp_path: Path) -> None:
    root = make_project(tmp_path)
    (root / "amts.toml").unlink()
    fill(root)
    assert (
        amts("init", root, "--source", "en=" + str(root / "en"), "--target", f"es={root / 'es'}").status == 0
    )


def test_a_name_that_is_not_utf_8_is_told_and_the_rest_listed(amts: Call, tmp_path: Path) -> None:
    root = make_project(tmp_path)
    Path(os.fsdecode(os.fsencode(root) + b"/en/b\xe9.md")).write_text("One.", encoding="utf-8")
    for command in ("list", "align"):
        outcome = amts("--project", root, *(["documents"] if command == "list" else []), command)
        assert outcome.status == 2
        assert [line for line in outcome.err.split("\n") if r"b\xe9.md" in line]
        assert "lamp.md" in outcome.out or "2 documents aligned" in outcome.out


def test_a_folder_without_rights_is_named(
    refused: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_project(tmp_path)

    def denied(path: Path) -> list[Path]:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "iterdir", denied)
    assert "cannot be listed: Permission denied" in refused("--project", root, "documents", "list")


def test_a_language_without_rules_is_told_once(amts: Call, tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("Egy. Két.", encoding="utf-8")
    told = "hu has no rules of its own"
    assert amts("extract", tmp_path / "a.md", "--lang", "hu").err.count(told) == 1
    assert not amts("extract", tmp_path / "a.md", "--lang", "ko").err
    both = ("align-files", tmp_path / "a.md", tmp_path / "b.md", "--similarity", "lexical")
    assert amts(*both, "--source-lang", "en", "--target-lang", "hu").err.count(told) == 1
    assert told not in amts(*both, "--source-lang", "en", "--target-lang", "hu", "--segmented").err
    for lang in ("en", "hu"):
        (tmp_path / "book" / lang).mkdir(parents=True)
        (tmp_path / "book" / lang / "a.md").write_text("Egy. Két.", encoding="utf-8")
    book = tmp_path / "book"
    assert amts("init", book, "--source", "en", "--target", "hu").err.count(told) == 1
    assert amts("--project", book, "align", "--similarity", "lexical").err.count(told) == 1
    with (book / "amts.toml").open("a", encoding="utf-8") as file:
        file.write('[reading.sentences.hu]\nabbreviations = ["pl."]\n')
    assert told not in amts("--project", book, "align", "--similarity", "lexical", "--again").err
