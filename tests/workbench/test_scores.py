"""What of a run is scored."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from amts_tui.errors import AmtsError
from amts_tui.workbench import aligning, jobs
from amts_tui.workbench.scores import evaluate_run
from amts_tui.workbench.session import Workbench
from tests.books_of_two import make_aligned

GARDEN = "chapter_home/garden.md"


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_document_that_has_changed_since_it_was_aligned_is_not_scored_by_its_old_beads(
    tmp_path: Path, lang: str
) -> None:
    with Workbench.open(make_aligned(tmp_path / "book")) as workbench:
        shutil.copytree(tmp_path / "book" / "es", tmp_path / "machine")
        jobs.add_run(workbench, "human", tmp_path / "machine", workbench.pipeline())
        before = evaluate_run(workbench, "human")
        assert before.left_out == ()
        file = tmp_path / "book" / lang / GARDEN
        file.write_text(f"Nuevo, new.\n\n{file.read_text(encoding='utf-8')}", encoding="utf-8")

        changed = evaluate_run(workbench, "human")
        assert len(changed.left_out) == 1
        assert f"{GARDEN} has changed since it was aligned (run `amts align`)" in changed.left_out[0]
        assert GARDEN not in {segment.document for segment in changed.segments}

        aligning.align(workbench, workbench.pipeline())
        assert evaluate_run(workbench, "human").left_out == ()


def test_without_any_document_as_it_was_aligned_nothing_is_scored(tmp_path: Path) -> None:
    with Workbench.open(make_aligned(tmp_path / "book")) as workbench:
        shutil.copytree(tmp_path / "book" / "es", tmp_path / "machine")
        jobs.add_run(workbench, "human", tmp_path / "machine", workbench.pipeline())
        for file in (tmp_path / "book" / "en").rglob("*.md"):
            file.write_text(f"New.\n\n{file.read_text(encoding='utf-8')}", encoding="utf-8")
        with pytest.raises(AmtsError, match="has changed since it was aligned"):
            evaluate_run(workbench, "human")
