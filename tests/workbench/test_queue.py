"""Where the queue leads in a book, and why, over a project on disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from amts_tui.workbench import setup
from amts_tui.workbench.editing import Editor
from amts_tui.workbench.queue import BookQueue, Left, Stop
from amts_tui.workbench.session import Workbench
from amts_tui.workbench.types import Bead

BOOKS = {
    "en": [
        "The lamp is lit.",
        "The tide is rising now.",
        "It has 12 legs.",
        "The lamp is lit.",
        "Good night.",
    ],
    "es": ["Hay luz.", "The tide is rising now.", "Tiene 13 patas.", "La lámpara está.", "Buenas noches."],
}
PATHS = ("a.md", "b.md")


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Workbench]:
    for lang, texts in BOOKS.items():
        for path in PATHS:
            file = tmp_path / lang / path
            file.parent.mkdir(exist_ok=True)
            file.write_text("\n\n".join(texts) + "\n", encoding="utf-8")
    setup.create(tmp_path, ("en", tmp_path / "en"), {"es": tmp_path / "es"})
    with Workbench.open(tmp_path) as opened:
        pipeline = opened.pipelines()[0]
        for path in PATHS:
            stored = opened.workspace.put_document(pipeline.store, path, path, aligner="by hand")
            pairs = zip(*opened.units(pipeline, stored), strict=True)
            beads = [Bead(f"{path}{n}", (s,), (t,), 0.999) for n, (s, t) in enumerate(pairs)]
            opened.workspace.replace_beads(stored.id, beads)
        yield opened


def rate(workbench: Workbench, path: str, confidences: Sequence[float]) -> None:
    pipeline = workbench.pipelines()[0]
    beads = workbench.beads(pipeline, path)
    rated = [replace(bead, confidence=sure) for bead, sure in zip(beads, confidences, strict=True)]
    workbench.workspace.replace_beads(workbench.stored(pipeline, path).id, rated)


def entered(workbench: Workbench, path: str = "a.md") -> tuple[BookQueue, Editor]:
    pipeline = workbench.pipelines()[0]
    queue, editor = BookQueue(workbench, pipeline), Editor(workbench, pipeline, path)
    queue.enter(editor)
    return queue, editor


def examined(workbench: Workbench, path: str = "a.md") -> tuple[BookQueue, Editor]:
    queue, editor = entered(workbench, path)
    while queue.examine():
        pass
    return queue, editor


def test_the_queue_leads_to_the_worst_document_and_back(workbench: Workbench) -> None:
    rate(workbench, "a.md", [0.999, 0.999, 0.9, 0.999, 0.999])
    rate(workbench, "b.md", [0.2, 0.999, 0.999, 0.999, 0.999])
    queue, editor = entered(workbench)
    assert queue.best() == Stop("b.md", 0)
    queue.enter(Editor(workbench, editor.pipeline, "b.md"))
    queue.look(0)
    assert queue.best() == Stop("a.md", 2)


def test_what_another_program_did_to_a_document_counts(workbench: Workbench) -> None:
    queue, _editor = entered(workbench)
    assert queue.best() is None
    rate(workbench, "b.md", [0.999, 0.999, 0.999, 0.999, 0.5])
    assert queue.best() == Stop("b.md", 4)


def test_what_was_left_open_comes_again_and_what_was_confirmed_does_not(workbench: Workbench) -> None:
    rate(workbench, "a.md", [0.3, 0.999, 0.999, 0.999, 0.999])
    queue, editor = entered(workbench)
    queue.look(0)
    assert queue.best() == Stop("a.md", 0, again=True)
    editor.confirm([editor.beads[0].id])
    queue.refresh()
    assert queue.best() is None


def test_the_texts_are_checked_and_the_queue_says_why(workbench: Workbench) -> None:
    queue, editor = examined(workbench)
    assert queue.best() is not None
    assert [queue.why(bead) for bead in editor.beads] == [
        ["elsewhere the same text is translated as: La lámpara está."],
        ["it looks untranslated"],
        ["a number stands on one side only"],
        ["elsewhere the same text is translated as: Hay luz."],
        [],
    ]


def test_a_translation_that_was_made_alike_is_no_longer_named(workbench: Workbench) -> None:
    queue, editor = examined(workbench)
    editor.edit_text(editor.beads[3].id, 0, "Hay luz.")
    queue.refresh()
    assert queue.why(editor.beads[0]) == []


def test_a_document_that_does_not_fit_is_said_to_be_in_disorder(workbench: Workbench) -> None:
    queue, editor = entered(workbench)
    editor.beads[:] = [
        replace(bead, id=f"{bead.id}.{n}", confidence=0.4) for n in range(5) for bead in editor.beads
    ]
    queue.refresh()
    assert any("another order" in why for why in queue.why(editor.beads[4]))


def test_how_much_is_left_in_the_book_is_told_once_it_is_known(workbench: Workbench) -> None:
    rate(workbench, "a.md", [0.5] * 5)
    rate(workbench, "b.md", [1.0] * 5)
    assert entered(workbench)[0].left() is None
    queue, editor = examined(workbench)
    assert queue.left() == Left(10, 0, 2.5)
    editor.confirm([editor.beads[0].id])
    left = queue.left()
    assert left is not None
    assert (left.settled, left.wrong, left.share) == (1, 2.0, 0.2)
