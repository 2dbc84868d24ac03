"""The scores of a direction's newest run, kept for lists of documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from amts_tui.workbench import jobs, last_scores
from amts_tui.workbench.score_memory import ScoreMemory
from amts_tui.workbench.session import Workbench
from amts_tui.workbench.types import AmtsError, Cancelled
from tests.books_of_two import make_aligned


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Workbench]:
    """A small aligned project whose only run is the human translation itself."""
    with Workbench.open(make_aligned(tmp_path / "project")) as opened:
        jobs.add_run(opened, "same", opened.project.root / "es", opened.pipelines()[0])
        yield opened


def test_a_run_is_scored_once_and_kept(workbench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline = workbench.pipelines()[0]
    assert last_scores.known(workbench, pipeline) is None
    first = last_scores.ensure(workbench, pipeline)
    assert first is not None
    assert (first.run, first.total) == ("same", pytest.approx(100.0))
    assert set(first.documents) == set(workbench.document_paths("en"))
    monkeypatch.delattr(last_scores, "collect_run")
    assert last_scores.ensure(workbench, pipeline) == last_scores.known(workbench, pipeline) == first


def test_what_the_scores_pane_finds_is_kept_too(workbench: Workbench) -> None:
    ScoreMemory(workbench).score("same")
    assert last_scores.known(workbench, workbench.pipelines()[0]) is not None


def test_a_damaged_file_is_as_good_as_none(workbench: Workbench) -> None:
    pipeline = workbench.pipelines()[0]
    last_scores.ensure(workbench, pipeline)
    file = workbench.project.work / "scores" / "same.json"
    for text in ("", "[]", '{"total": 1, "documents": []}', '{"documents": {}}'):
        file.write_text(text, encoding="utf-8")
        assert last_scores.known(workbench, pipeline) is None


def test_scoring_stops_when_it_is_told_to(workbench: Workbench) -> None:
    with pytest.raises(Cancelled):
        last_scores.ensure(workbench, workbench.pipelines()[0], cancelled=lambda: True)


def test_a_run_without_references_cannot_be_scored(workbench: Workbench, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    paths = workbench.document_paths("en")
    (other / paths[0]).parent.mkdir(parents=True, exist_ok=True)
    (other / paths[0]).write_text("Nada.\n", encoding="utf-8")
    jobs.add_run(workbench, "other", other, workbench.pipelines()[0])
    workbench.workspace.replace_beads(workbench.stored(workbench.pipelines()[0], paths[0]).id, [])
    with pytest.raises(AmtsError):
        last_scores.ensure(workbench, workbench.pipelines()[0])
