from __future__ import annotations

from pathlib import Path

import pytest

from amts_tui.alignment.model import Link
from amts_tui.books.model import Document
from amts_tui.errors import AmtsError
from amts_tui.evaluation.folders import Folders, score_folders


def never(source: Document, translation: Document) -> list[Link]:
    raise AssertionError("equal structures need no alignment")


def quiet(done: int, count: int, name: str) -> None:
    pass


def folders(root: Path, **books: dict[str, str]) -> Folders:
    for book, documents in books.items():
        (root / book).mkdir()
        for name, text in documents.items():
            path = root / book / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return Folders(root / "source", root / "hypothesis", root / "reference", "en", "es")


def test_every_document_of_the_hypothesis_is_scored_under_its_chapter(tmp_path: Path) -> None:
    three = folders(
        tmp_path,
        source={"b/x.md": "# Loss\n\nIt falls.\n", "index.md": "A book.\n", "a/rest.md": "Unused.\n"},
        hypothesis={"b/x.md": "# Pérdida\n\nCae.\n", "index.md": "Un libro.\n"},
        reference={"b/x.md": "# La pérdida\n\nBaja.\n", "index.md": "Libro.\n"},
    )
    seen: list[tuple[int, int, str]] = []
    result = score_folders(three, never, lambda *step: seen.append(step))
    assert [(d.document, d.chapter, len(d.segments)) for d in result.documents] == [
        ("b/x.md", "b", 2),
        ("index.md", ".", 1),
    ]
    assert result.failed == ()
    assert seen == [(0, 2, "b/x.md"), (1, 2, "index.md")]


def test_a_document_that_cannot_be_scored_is_named_and_the_rest_is_scored(tmp_path: Path) -> None:
    three = folders(
        tmp_path,
        source={"a.md": "One.\n", "b.md": "Two.\n"},
        hypothesis={"a.md": "Uno.\n", "b.md": "Dos.\n"},
        reference={"a.md": "Un.\n"},
    )
    result = score_folders(three, never, quiet)
    assert [document.document for document in result.documents] == ["a.md"]
    assert len(result.failed) == 1
    assert f"{tmp_path / 'reference' / 'b.md'}: no such file" in result.failed[0]


def test_nothing_in_common_or_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    three = folders(tmp_path, source={}, hypothesis={"a.md": "Uno.\n"}, reference={"a.md": "Un.\n"})
    with pytest.raises(AmtsError, match=r"source.a\.md: no such file"):
        score_folders(three, never, quiet)
    missing = Folders(tmp_path / "none", three.hypothesis, three.reference, "en", "es")
    with pytest.raises(AmtsError, match="none: no such folder"):
        score_folders(missing, never, quiet)
    empty = Folders(three.source, three.source, three.reference, "en", "es")
    with pytest.raises(AmtsError, match="no document in it"):
        score_folders(empty, never, quiet)
