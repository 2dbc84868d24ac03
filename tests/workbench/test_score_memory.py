"""Scores that a session remembers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from amts_tui.errors import AmtsError, Cancelled
from amts_tui.workbench import jobs, score_memory
from amts_tui.workbench.editing import Editor
from amts_tui.workbench.score_memory import ScoreMemory
from amts_tui.workbench.scores import MetricName, evaluate_run
from amts_tui.workbench.session import Workbench
from tests.books_of_two import make_aligned

GARDEN = "chapter_home/garden.md"
QUICK = (MetricName.BLEU, MetricName.CHRF)


@pytest.fixture
def workbench(tmp_path: Path) -> Workbench:
    """A project with a run whose documents are the human translation with a word changed."""
    opened = Workbench.open(make_aligned(tmp_path / "book"))
    shutil.copytree(tmp_path / "book" / "es", tmp_path / "machine")
    for file in (tmp_path / "machine").rglob("*.md"):
        file.write_text(file.read_text().replace("lámpara", "luz").replace("árboles", "arbustos"))
    jobs.add_run(opened, "words", tmp_path / "machine", opened.pipeline())
    return opened


def counted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[MetricName, ...]]:
    """The metrics of each real evaluation from now on."""
    seen: list[tuple[MetricName, ...]] = []
    real = score_memory.evaluate_collected

    def evaluate(*arguments, metrics, **options):  # type: ignore[no-untyped-def]
        seen.append(tuple(metrics))
        return real(*arguments, metrics=metrics, **options)

    monkeypatch.setattr(score_memory, "evaluate_collected", evaluate)
    return seen


def test_metric_after_metric_gives_what_all_at_once_give(workbench: Workbench) -> None:
    memory = ScoreMemory(workbench)
    first = memory.score("words", QUICK)
    assert first.evaluation.total.scores.ter is None
    assert memory.missing("words") == (MetricName.TER,)
    assert memory.score("words") == evaluate_run(workbench, "words")
    assert memory.missing("words") == ()


def test_nothing_is_computed_twice(workbench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = ScoreMemory(workbench)
    seen = counted(monkeypatch)
    memory.score("words", QUICK)
    memory.score("words", (MetricName.BLEU,))
    memory.score("words", (MetricName.TER,))
    assert memory.score("words") == memory.known("words")
    assert seen == [QUICK, (MetricName.TER,)]


def test_other_beads_are_scored_anew(workbench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = ScoreMemory(workbench)
    before = memory.score("words", QUICK)
    editor = Editor(workbench, workbench.pipeline(), GARDEN)
    editor.edit_text(editor.beads[0].id, 0, "El huerto")
    assert memory.known("words") is None
    assert memory.missing("words", QUICK) == QUICK
    seen = counted(monkeypatch)
    after = memory.score("words", QUICK)
    assert seen == [QUICK]
    assert after.evaluation.total.scores.bleu != before.evaluation.total.scores.bleu


def test_scoring_stops_between_segments_and_leaves_nothing_half_done(workbench: Workbench) -> None:
    memory = ScoreMemory(workbench)
    memory.score("words", QUICK)
    steps: list[int] = []
    with pytest.raises(Cancelled):
        memory.score(
            "words",
            progress=lambda done, _all, _what: steps.append(done),
            cancelled=lambda: len(steps) == 2,
        )
    assert steps == [0, 1]
    assert memory.missing("words") == (MetricName.TER,)


def test_a_run_that_is_not_there(workbench: Workbench) -> None:
    with pytest.raises(AmtsError, match="nothing-like-that"):
        ScoreMemory(workbench).score("nothing-like-that")
