"""Books at a git revision."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from amts_tui.books.book import Book
from amts_tui.books.layout import Listing
from amts_tui.books.revisions import Revision, open_revision, split_place
from amts_tui.books.trees import Folder, open_tree
from amts_tui.errors import AmtsError
from tests.git import commit, git


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A book that changed after v1: one document edited, one added, one gone."""
    root = tmp_path / "book"
    commit(root, {"docs/a.md": "# Old\n", "docs/gone.md": "Gone.\n", "code.py": "1\n"}, tag="v1.0.0")
    (root / "docs/gone.md").unlink()
    commit(root, {"docs/a.md": "# New\n", "docs/ü/b c.md": "Ünd.\n"}, tag="v1.1.0")
    return root


def opened(base: Path, path: str) -> Revision:
    tree = open_tree(base, path)
    assert isinstance(tree, Revision)
    return tree


def test_documents_are_those_of_the_revision(repository: Path) -> None:
    tree = opened(repository.parent, "book@v1.0.0")
    book = Book("en", tree)
    assert book.documents() == ["docs/a.md", "docs/gone.md"]
    assert book.data("docs/a.md") == b"# Old\n"
    assert book.read("docs/gone.md").segments()[0].text == "Gone."
    assert tree.commit == git(repository, "rev-parse", "v1.0.0")
    assert book.has("docs/a.md")
    assert not book.has("docs/ü/b c.md")
    tree.close()
    assert book.data("docs/a.md") == b"# Old\n"
    tree.close()


def test_a_folder_of_the_repository(repository: Path) -> None:
    for path in ("book/docs@v1.1.0", "book/docs/../docs/@main"):
        tree = opened(repository.parent, path)
        assert sorted(tree.names()) == ["a.md", "ü/b c.md"]
        assert tree.read("ü/b c.md").decode() == "Ünd.\n"
        tree.close()


def test_a_folder_that_is_gone_by_now(repository: Path) -> None:
    git(repository, "mv", "docs", "text")
    commit(repository, {})
    assert sorted(opened(repository, "docs@v1.0.0").names()) == ["a.md", "gone.md"]


def test_files_under_their_other_names_and_what_is_no_document(repository: Path) -> None:
    (repository / "docs/link.md").symlink_to("a.md")
    commit(repository, {"docs/a_origin.md": "x\n", "docs/.hidden.md": "x\n", "_build/b.md": "x\n"}, tag="v2")
    tree = opened(repository, "@v2")
    assert Book("en", tree, Listing(suffix="_origin")).documents() == ["docs/a.md"]
    assert Book("zh", tree, Listing(other_suffixes=("_origin",))).documents() == [
        "docs/a.md",
        "docs/ü/b c.md",
    ]


def test_a_bare_repository_and_one_that_hooks_point_away_from(
    repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bare = tmp_path / "bare.git"
    git(tmp_path, "clone", "-q", "--bare", str(repository), str(bare))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    tree = opened(tmp_path, "bare.git/docs@v1.0.0")
    assert tree.read("a.md") == b"# Old\n"
    tree.close()


def test_nothing_is_written_to_the_repository(repository: Path) -> None:
    def state() -> dict[str, tuple[int, int]]:
        found = (Path(folder) / name for folder, _, names in os.walk(repository) for name in names)
        return {str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in found}

    before = state()
    tree = opened(repository.parent, "book@v1.0.0")
    tree.read("docs/a.md")
    tree.close()
    assert state() == before


def test_an_at_sign_in_a_folders_name(tmp_path: Path) -> None:
    (tmp_path / "me@home").mkdir()
    assert open_tree(tmp_path, "me@home") == Folder((tmp_path / "me@home").resolve())
    assert split_place(tmp_path, "me@home@v1") == (tmp_path / "me@home", "v1")
    assert split_place(tmp_path, "me@home@main@{1}") == (tmp_path / "me@home", "main@{1}")
    assert split_place(tmp_path, "plain") is None
    assert split_place(tmp_path, "plain@") is None


def test_equal_places_are_equal_trees(repository: Path) -> None:
    assert opened(repository, "docs@v1.1.0") == opened(repository, "docs/@v1.1.0")
    assert opened(repository, "docs@v1.1.0") != opened(repository, "docs@v1.0.0")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("book@v1.0.1", r"book@v1\.0\.1: no revision v1\.0\.1 \(it has v1\.[01]\.0, v1\.[01]\.0\)"),
        ("book@--all", "no revision --all"),
        ("book@zzz", r"it has (v1|main)"),
        ("book/nope@v1.0.0", "there is no folder nope at that revision"),
        ("elsewhere/nope@v1.0.0", "no such folder"),
        ("plain@v1.0.0", "plain: not a git repository"),
    ],
)
def test_what_cannot_be_had(repository: Path, path: str, words: str) -> None:
    (repository.parent / "plain").mkdir()
    with pytest.raises(AmtsError, match=words) as caught:
        open_tree(repository.parent, path)
    assert "\n" not in str(caught.value)


def test_a_shallow_clone_says_so(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-tags", repository.as_uri(), "shallow")
    with pytest.raises(AmtsError, match="the clone is shallow: `git fetch --unshallow --tags`"):
        open_revision(tmp_path / "shallow", "v1.0.0")


def test_without_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(AmtsError, match="git is not installed"):
        open_revision(repository, "v1.0.0")


def test_a_file_that_is_not_there_or_lost(repository: Path) -> None:
    tree = opened(repository, "docs@v1.0.0")
    with pytest.raises(AmtsError, match=r"@v1\.0\.0:docs/no\.md: no such file"):
        tree.read("no.md")
    with pytest.raises(AmtsError, match="cannot be written"):
        tree.file("a.md")
    blob = tree.files["gone.md"]
    lost = repository / ".git/objects" / blob[:2] / blob[2:]
    lost.unlink()
    with pytest.raises(AmtsError, match="git cannot read this file"):
        tree.read("gone.md")
    assert tree.read("a.md") == b"# Old\n"
    tree.close()
