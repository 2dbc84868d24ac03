"""Which files of a book are its documents."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from amts_tui.books.formats import SUFFIXES
from amts_tui.books.layout import (
    Listing,
    about_repository,
    chapter_of,
    documents_among,
    file_name,
    list_documents,
    listed,
    loose_count,
    misnamed_error,
)
from amts_tui.errors import AmtsError


def make(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")


def test_documents_are_listed_in_order_without_what_is_not_the_book(tmp_path: Path) -> None:
    make(tmp_path, "b/two.md", "b/a/one.md", "index.md", "b/code.py", "b/LOUD.MD")
    make(tmp_path, ".git/x.md", "_build/x.md", ".amts/x.md", "amts-data/x.md", "b/.hidden.md", "b/.md")
    assert list_documents(tmp_path) == ["b/LOUD.MD", "b/a/one.md", "b/two.md", "index.md"]


def test_source_and_target_beside_each_other_share_their_names() -> None:
    names = ["c/a.md", "c/a_origin.md", "c/b.md"]
    assert documents_among(names, Listing(suffix="_origin")) == ["c/a.md"]
    assert documents_among(names, Listing(other_suffixes=("_origin",))) == ["c/a.md", "c/b.md"]
    assert file_name("c/a.b/x.md", "_origin") == "c/a.b/x_origin.md"


def test_patterns_choose_and_exclude() -> None:
    names = ["README.md", "part/README.md", "part/a.md", "part/deep/b.md", "old/c.md"]
    assert documents_among(names, Listing(exclude=("README.md", "old/"))) == ["part/a.md", "part/deep/b.md"]
    assert documents_among(names, Listing(documents=("part/*.md",))) == ["part/README.md", "part/a.md"]
    wanted = Listing(documents=("part/**",), exclude=("**/deep/*",))
    assert documents_among(names, wanted) == ["part/README.md", "part/a.md"]


def test_patterns_are_about_the_names_of_documents() -> None:
    names = ["a.es.md", "b.es.md", "a.md"]
    assert documents_among(names, Listing(suffix=".es", exclude=("a.md",))) == ["b.md"]


@pytest.mark.skipif(".txt" not in SUFFIXES or ".html" not in SUFFIXES, reason="plain text or HTML is missing")
def test_text_and_pages_count_only_where_nothing_else_does() -> None:
    pages = ["a.html", "notes.txt"]
    assert documents_among(pages) == pages
    assert documents_among([*pages, "README.md"]) == ["README.md", *pages]
    book = [*pages, "chapter/one.md"]
    assert documents_among(book) == ["chapter/one.md"]
    assert documents_among(book, Listing(loose=True)) == ["a.html", "chapter/one.md", "notes.txt"]
    assert documents_among(pages, Listing(loose=False)) == []
    assert documents_among(book, Listing(documents=("**/*.html",))) == ["a.html"]
    assert loose_count(["a.epub"])
    assert not loose_count(["a.epub", "b.ipynb"])


def test_what_is_about_the_repository() -> None:
    names = ["README.md", "README.zh-CN.md", "CODE_OF_CONDUCT.md", "index.md", "part/README.md"]
    assert about_repository(names) == names[:3]
    assert about_repository(["README.md"]) == []
    assert about_repository(["README.md", "SUMMARY.md", "a.md"]) == []


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


def test_a_name_that_is_not_utf8_is_told_and_the_rest_is_listed() -> None:
    names = ["a.md", os.fsdecode(b"caf\xe9.md"), os.fsdecode(b"caf\xe9.png")]
    assert listed(names) == (["a.md"], [names[1]])
    assert listed(names, Listing(exclude=("caf?.md",))) == (["a.md"], [])
    told = str(misnamed_error(f"zh/{names[1]}"))
    assert told == "zh/caf\\xe9.md: the name of this file is not UTF-8 (rename it)"
