"""Layouts of repositories, told apart by their files."""

from __future__ import annotations

from pathlib import Path

import pytest

from amts_tui.books.detection import Place, detect, documents_at


def make(root: Path, *names: str) -> Path:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("# A\n", encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("files", "places"),
    [
        (("en/a.md", "es/a.md"), {"en": Place("en"), "es": Place("es")}),
        (("docs/en/x/a.md", "docs/es/x/a.md"), {"en": Place("docs/en"), "es": Place("docs/es")}),
        (("i18n/en/a.mdx", "i18n/es/a.mdx"), {"en": Place("i18n/en"), "es": Place("i18n/es")}),
        (("x/a.en.md", "x/a.es.md"), {"en": Place(".", ".en"), "es": Place(".", ".es")}),
        (("x/a.md", "x/a.es.md"), {"en": Place("."), "es": Place(".", ".es")}),
        (("x/a.md", "x/a_origin.md"), {"en": Place(".", "_origin"), "es": Place(".")}),
    ],
)
def test_layouts(tmp_path: Path, files: tuple[str, ...], places: dict[str, Place]) -> None:
    found = detect(make(tmp_path, *files), "en", ["es"])
    assert found is not None
    assert found.places == places
    names = [documents_at(tmp_path, places, lang) for lang in ("en", "es")]
    assert names[0] == names[1]
    assert len(names[0]) == 1


def test_beside_each_other_each_document_is_one(tmp_path: Path) -> None:
    make(tmp_path, "a.md", "a_origin.md", "b.md")
    found = detect(tmp_path, "en", ["zh"])
    assert found is not None
    assert documents_at(tmp_path, found.places, "en") == ["a.md"]
    assert documents_at(tmp_path, found.places, "zh") == ["a.md", "b.md"]


def test_nothing_fits(tmp_path: Path) -> None:
    assert detect(make(tmp_path, "a.md", "b/c.md"), "en", ["es"]) is None
