"""Projects whose books lie beside each other work from `create` to the alignment."""

from __future__ import annotations

from pathlib import Path

import pytest

from amts_tui.errors import AmtsError
from amts_tui.workbench import setup
from amts_tui.workbench.aligning import align
from amts_tui.workbench.session import Workbench
from tests.books_of_two import EN_ONE, ES_ONE


@pytest.mark.parametrize("path", [None, "."])
def test_a_source_beside_its_translation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str | None
) -> None:
    chapter = tmp_path / "chapter_home"
    chapter.mkdir()
    (chapter / "lamp_origin.md").write_text(EN_ONE, encoding="utf-8")
    (chapter / "lamp.md").write_text(ES_ONE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    place = None if path is None else Path(path)
    made = setup.create(Path(), ("en", place), {"es": place})
    assert made.documents == {"en": 1, "es": 1}
    assert "_origin" in made.found
    with Workbench.open(tmp_path) as workbench:
        pipeline = workbench.pipeline()
        summary = align(workbench, pipeline)
        assert [done.document for done in summary.aligned] == ["chapter_home/lamp.md"]
        assert not summary.notes
        pairs = [
            (b.source[0].raw, b.target[0].raw) for b in workbench.beads(pipeline, "chapter_home/lamp.md")
        ]
    assert ("It gives a warm light.", "Da una luz cálida.") in pairs


def test_where_nothing_is_found_the_missing_book_is_named(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "a.md").write_text(EN_ONE, encoding="utf-8")
    with pytest.raises(AmtsError, match=r"where is the es book\? \(say es=PATH\)"):
        setup.create(tmp_path, ("en", None), {"es": None})
