"""What happens to aligned documents when the project reads its books in another way."""

from __future__ import annotations

from pathlib import Path

import pytest

from amts_tui.books import sentences
from amts_tui.workbench.aligning import align
from amts_tui.workbench.editing import editor_of
from amts_tui.workbench.session import Workbench
from amts_tui.workbench.types import Status
from tests.books_of_two import make_project

LAMP = "chapter_home/lamp.md"
GARDEN = "chapter_home/garden.md"


def write(root: Path, lang: str, text: str) -> None:
    (root / lang / LAMP).write_text(text, encoding="utf-8")


def states(root: Path) -> dict[str, str]:
    with Workbench.open(root) as workbench:
        return {state.path: state.state for state in workbench.documents(workbench.pipeline())}


def aligned_again(root: Path) -> list[tuple[str, str, Status]]:
    with Workbench.open(root) as workbench:
        pipeline = workbench.pipeline()
        align(workbench, pipeline, similarity="lexical")
        return [
            (" ".join(u.raw for u in bead.source), " ".join(u.raw for u in bead.target), bead.status)
            for bead in workbench.beads(pipeline, LAMP)
        ]


def test_documents_are_read_again_when_the_settings_change_and_touched_beads_stay(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    write(root, "en", "The lamp is red. See Sect. Two for more. It is old.\n")
    write(root, "es", "La lámpara es roja. Véase la Sect. Dos para más. Es vieja.\n")
    assert len(aligned_again(root)) == 4
    with Workbench.open(root) as workbench:
        pipeline = workbench.pipeline()
        first, *_, last = workbench.beads(pipeline, LAMP)
        editor_of(workbench, pipeline, first.id).confirm([first.id, last.id])
    assert states(root) == {LAMP: "aligned", GARDEN: "aligned"}

    file = root / "amts.toml"
    own = file.read_text(encoding="utf-8")
    rules = "".join(f'[reading.sentences.{lang}]\nabbreviations = ["Sect."]\n' for lang in ("en", "es"))
    file.write_text(own + rules, encoding="utf-8")
    assert states(root) == {LAMP: "changed", GARDEN: "changed"}
    assert aligned_again(root) == [
        ("The lamp is red.", "La lámpara es roja.", Status.CONFIRMED),
        ("See Sect. Two for more.", "Véase la Sect. Dos para más.", Status.AUTO),
        ("It is old.", "Es vieja.", Status.CONFIRMED),
    ]
    assert states(root) == {LAMP: "aligned", GARDEN: "aligned"}

    file.write_text(own + '[reading.sentences.de]\nabbreviations = ["Abschn."]\n', encoding="utf-8")
    assert states(root) == {LAMP: "changed", GARDEN: "changed"}
    aligned_again(root)
    file.write_text(own, encoding="utf-8")
    assert states(root) == {LAMP: "aligned", GARDEN: "aligned"}


def test_documents_are_due_after_an_upgrade_of_the_rules_of_their_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_project(tmp_path)
    before = aligned_again(root)
    with Workbench.open(root) as workbench:
        pipeline = workbench.pipeline()
        first, *_ = workbench.beads(pipeline, LAMP)
        editor_of(workbench, pipeline, first.id).confirm([first.id])
    monkeypatch.setattr(sentences, "_VERSIONS", {"ko": 1})
    assert states(root) == {LAMP: "aligned", GARDEN: "aligned"}
    for change in (("_VERSIONS", {"es": 1}), ("_VERSION", 2)):
        monkeypatch.setattr(sentences, *change)
        assert states(root) == {LAMP: "changed", GARDEN: "changed"}
        again = aligned_again(root)
        assert [pair[:2] for pair in again] == [pair[:2] for pair in before]
        assert [pair[2] for pair in again] == [Status.CONFIRMED, *(Status.AUTO for _ in again[1:])]
        assert states(root) == {LAMP: "aligned", GARDEN: "aligned"}
