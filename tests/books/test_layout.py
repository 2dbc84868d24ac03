"""Where the documents of a book lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from amts_tui.books.layout import chapter_of, document_file, list_documents
from amts_tui.errors import AmtsError


def make(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")


def test_documents_are_listed_in_order_without_what_is_not_the_book(tmp_path: Path) -> None:
    make(tmp_path, "b/two.md", "b/a/one.md", "index.md", "b/code.py")
    make(tmp_path, ".git/x.md", "_build/x.md", ".amts/x.md", "amts-data/x.md", "b/.hidden.md")
    assert list_documents(tmp_path) == ["b/a/one.md", "b/two.md", "index.md"]
    assert list_documents(tmp_path, suffixes=(".py",)) == ["b/code.py"]


def test_source_and_target_beside_each_other_share_their_names(tmp_path: Path) -> None:
    make(tmp_path, "c/a.md", "c/a_origin.md", "c/b.md")
    assert list_documents(tmp_path, suffix="_origin") == ["c/a.md"]
    assert list_documents(tmp_path, other_suffixes=("_origin",)) == ["c/a.md", "c/b.md"]
    assert document_file(tmp_path, "c/a.md", suffix="_origin") == tmp_path / "c/a_origin.md"


def test_links_that_loop_are_walked_once(tmp_path: Path) -> None:
    make(tmp_path, "a/one.md")
    (tmp_path / "a/loop").symlink_to(tmp_path, target_is_directory=True)
    assert list_documents(tmp_path) == ["a/one.md"]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(AmtsError, match="no such folder"):
        list_documents(tmp_path / "none")


@pytest.mark.parametrize(
    ("path", "depth", "chapter"),
    [
        ("index.md", 1, "."),
        ("a/b.md", 1, "a"),
        ("a/b/c.md", 1, "a"),
        ("a/b/c.md", 2, "a/b"),
        ("a/c.md", 2, "a"),
    ],
)
def test_the_chapter_of_a_document(path: str, depth: int, chapter: str) -> None:
    assert chapter_of(path, depth) == chapter
