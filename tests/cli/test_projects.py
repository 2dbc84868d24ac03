"""init, align, documents: making a project, and one that is not as it should be."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.books_of_two import make_project, write_books
from tests.cli.conftest import Call

LAMP = "chapter_home/lamp.md"
GARDEN = "chapter_home/garden.md"


def test_init_align_documents(amts: Call, tmp_path: Path) -> None:
    write_books(tmp_path / "books")
    root = tmp_path / "project"
    made = amts(
        "init",
        root,
        "--source",
        f"en={tmp_path / 'books/en'}",
        "--target",
        f"es={tmp_path / 'books/es'}",
        "--json",
    )
    assert made.json == {
        "project": str(root),
        "documents": {"en": 2, "es": 2},
        "layout": None,
        "other_layouts": [],
        "excluded": [],
        "pairs": {"es": {"paired": 2, "only_source": 0, "only_target": 0}},
        "warnings": [],
    }
    assert 'path = "../books/es"' in (root / "amts.toml").read_text(encoding="utf-8")
    assert ".amts/" in (root / ".gitignore").read_text(encoding="utf-8")

    new = amts("--project", root, "documents", "list", "--json").json
    assert [(row["document"], row["state"]) for row in new] == [(GARDEN, "new"), (LAMP, "new")]
    aligned = amts("--project", root, "align", "--similarity", "lexical", "--json").json
    assert {row["document"] for row in aligned["documents"]} == {GARDEN, LAMP}
    assert (aligned["up_to_date"], aligned["failed"]) == (0, [])
    again = amts("--project", root, "align")
    assert again.out == "en-es: 0 documents aligned (0 beads), 2 up to date\n"
    after = amts("--project", root, "documents", "list", "--json").json
    assert {row["state"] for row in after} == {"aligned"}
    assert [row["beads"] for row in after] == [5, 7]


def test_init_finds_the_folders_of_the_languages(amts: Call, tmp_path: Path) -> None:
    write_books(tmp_path)
    assert amts("init", tmp_path, "--source", "en", "--target", "es").status == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--source", "en=en", "--target", "es=nowhere"], "nowhere: no such folder"),
        (["--source", "en=en", "--target", "es="], "no path after ="),
        (["--source", "en=en", "--target", "es=es", "--target", "es=es"], "same target language twice"),
        (["--source", "en=en", "--target", "en=es"], "cannot be source and target"),
        (["--source", "English=en", "--target", "es=es"], "not a language code: 'English'"),
        (["--source", "en=en", "--target", "es=img"], "the es book has no documents"),
        (["--source", "en=en"], "Missing option '--target'"),
    ],
)
def test_init_refuses(
    refused: Callable[..., str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    words: str,
) -> None:
    write_books(tmp_path)
    (tmp_path / "img").mkdir()
    monkeypatch.chdir(tmp_path)
    assert words in refused("init", tmp_path / "new", *arguments)
    assert not (tmp_path / "new").exists()


def test_init_keeps_a_project_that_is_there(refused: Callable[..., str], project: Path) -> None:
    before = (project / "amts.toml").read_bytes()
    assert "a project already" in refused("init", project, "--source", "en", "--target", "es")
    assert (project / "amts.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x00\x01\xff", "amts.toml: not UTF-8"),
        (b"", "amts.toml:1: source is missing"),
        (b"[source\n", "amts.toml:1: not TOML"),
        (
            b'[source]\nlang = "en"\npath = "en"\n[targets.es]\npaht = "es"\npath = "es"\n',
            "amts.toml:5: unknown key targets.es.paht (did you mean path?)",
        ),
        (
            b'[source]\nlang = "en"\npath = 3\n[targets.es]\npath = "es"\n',
            "amts.toml:3: source.path is wrong",
        ),
        (b'[source]\nlang = "en"\npath = "en"\n', "targets"),
    ],
)
def test_a_project_file_that_is_wrong_is_named_with_the_line(
    refused: Callable[..., str], project: Path, data: bytes, words: str
) -> None:
    (project / "amts.toml").write_bytes(data)
    for command in (["beads"], ["align"], ["export", "--format", "csv", "-o", "x.csv"]):
        assert words in refused("--project", project, *command)


def test_a_book_that_is_not_there(refused: Callable[..., str], project: Path) -> None:
    shutil.rmtree(project / "es")
    assert "the folder of the es book does not exist" in refused("--project", project, "align")


def test_modes_processes_and_clusters(amts: Call, refused: Callable[..., str], tmp_path: Path) -> None:
    root = make_project(tmp_path / "book")
    call = ("--project", root, "align", "--similarity", "lexical")
    done = amts(*call, "--mode", "quick", "--jobs", "2", "--json").json
    assert {row["document"] for row in done["documents"]} == {GARDEN, LAMP}
    assert "--jobs 1" in refused(*call, "--jobs", "0")
    if find_spec("distributed") is None:
        assert "pip install 'amts-tui[cluster]'" in refused(*call, "--again", "--scheduler", "127.0.0.1:1")


def test_one_document_in_latin_1_among_good_ones(amts: Call, tmp_path: Path) -> None:
    root = make_project(tmp_path / "book")
    lamp = root / "es" / LAMP
    lamp.write_bytes(lamp.read_text(encoding="utf-8").encode("latin-1"))
    outcome = amts("--project", root, "align", "--similarity", "lexical", "--json")
    assert outcome.status == 2
    assert [row["document"] for row in outcome.json["documents"]] == [GARDEN]
    assert outcome.err.count("\n") == 1
    assert f"es/{LAMP}:1: the file is not UTF-8" in outcome.err


def test_a_name_that_is_not_utf8_among_good_ones(amts: Call, tmp_path: Path) -> None:
    root = make_project(tmp_path / "book")
    try:
        (root / "es" / os.fsdecode(b"caf\xe9.md")).write_text("Hola.\n", encoding="utf-8")
    except OSError:  # a file system that has no such names
        return
    said = f"amts: {root / 'es'}/caf\\xe9.md: the name of this file is not UTF-8 (rename it)\n"
    outcome = amts("--project", root, "documents", "list", "--json")
    assert (outcome.status, outcome.err) == (2, said)
    assert [row["document"] for row in outcome.json] == [GARDEN, LAMP]
    outcome = amts("--project", root, "align", "--similarity", "lexical", "--json")
    assert (outcome.status, outcome.err) == (2, said)
    assert len(outcome.json["documents"]) == 2
    (root / "amts.toml").unlink()
    outcome = amts("init", root, "--source", "en", "--target", "es")
    assert (outcome.status, outcome.err) == (0, said)
    assert "en 2 documents, es 2 documents" in outcome.out


def test_an_empty_document_among_good_ones(amts: Call, tmp_path: Path) -> None:
    root = make_project(tmp_path / "book")
    (root / "es" / LAMP).write_bytes(b"")
    outcome = amts("--project", root, "align", "--similarity", "lexical")
    assert outcome.status == 2
    assert outcome.out == "en-es: 1 document aligned (5 beads), 0 up to date\n"
    assert "the file is empty" in outcome.err


def test_globs_must_fit_a_document(refused: Callable[..., str], project: Path) -> None:
    assert "no document fits 'nope*'" in refused("--project", project, "align", "--document", "nope*")
    assert "no document fits 'nope*'" in refused("--project", project, "beads", "--document", "nope*")


def test_a_damaged_workspace_can_be_moved_away(
    amts: Call, refused: Callable[..., str], project: Path, bead: Callable[[str], str]
) -> None:
    amts("--project", project, "edit", "confirm", bead("warm light"))
    for file in (project / ".amts").glob("workspace.db*"):
        file.unlink()
    (project / ".amts" / "workspace.db").write_text("not a database " * 100, encoding="utf-8")
    for command in (["beads"], ["align"], ["journal"]):
        assert "not a sound workspace" in refused("--project", project, *command)
    (project / ".amts" / "workspace.db").unlink()
    assert [b["status"] for b in amts("--project", project, "beads", "--json").json] == ["confirmed"]


def test_a_file_in_the_place_of_the_work_folder(refused: Callable[..., str], project: Path) -> None:
    shutil.rmtree(project / ".amts")
    (project / ".amts").write_text("", encoding="utf-8")
    assert "workspace.db: cannot use the workspace" in refused("--project", project, "beads")


def test_a_missing_extra_is_named(refused: Callable[..., str], project: Path) -> None:
    line = refused("--project", project, "align", "--again", "--similarity", "no-such-model")
    assert "amts-tui[embeddings]" in line


def test_init_from_pairs(amts: Call, tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("en\tes\nOne lamp.\tUna lámpara.\n12\t12\n", encoding="utf-8")
    made = amts("init", tmp_path / "p", "--source", "en", "--target", "es", "--from", tmp_path / "a.tsv")
    assert made.status == 0
    assert "1 pair: 0 confirmed, 0 unfinished" in made.out
    assert "Left out: 1 pair: there is no text to translate in it" in made.out
    rows = amts("--project", tmp_path / "p", "beads", "--json").json
    assert [(row["source"], row["target"], row["status"]) for row in rows] == [
        (["One lamp."], ["Una lámpara."], "edited")
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--source", "en=x", "--target", "es", "--from", "a.tsv"], "--from writes the books itself"),
        (["--source", "en", "--target", "es", "--confirmed"], "--confirmed is about pairs"),
        (["--source", "en", "--target", "es", "--from", "none.tmx"], "none.tmx: no such file or folder"),
    ],
)
def test_init_from_refuses(
    refused: Callable[..., str], tmp_path: Path, arguments: list[str], words: str
) -> None:
    assert words in refused("init", tmp_path / "new", *arguments)
    assert not (tmp_path / "new").exists()
