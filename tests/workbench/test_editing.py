"""Operations on a document that is open: several as one, shifts taken back, alternatives."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from amts_tui.corpus.doubts import Alternative, Doubts
from amts_tui.errors import AmtsError
from amts_tui.workbench import history
from amts_tui.workbench.editing import Editor
from amts_tui.workbench.session import Workbench
from amts_tui.workbench.types import Bead, Status
from tests.books_of_two import make_aligned

LAMP = "chapter_home/lamp.md"


@pytest.fixture(scope="module")
def aligned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_aligned(tmp_path_factory.mktemp("aligned"))


@pytest.fixture
def workbench(aligned: Path, tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(Path(shutil.copytree(aligned, tmp_path / "book"))) as opened:
        yield opened


@pytest.fixture(params=[False, True], ids=["forward", "reverse"])
def editor(workbench: Workbench, request: pytest.FixtureRequest) -> Editor:
    return Editor(workbench, workbench.pipeline("es", reverse=request.param), LAMP)


def in_step(workbench: Workbench, editor: Editor) -> bool:
    return workbench.beads(editor.pipeline, LAMP) == editor.beads


def shape(editor: Editor, bead: str) -> str:
    return editor.beads[editor.position(bead)].shape


def test_a_gap_that_is_closed_at_once_leaves_everything_as_it_was(
    workbench: Workbench, editor: Editor
) -> None:
    before = list(editor.beads)
    bead = before[1].id
    editor.gap(bead, "target")
    assert editor.beads != before
    settled = [one.id for one in editor.beads if one.status is not Status.AUTO]
    assert settled == [bead]
    editor.close_gap(bead, "target")
    assert editor.beads == before
    assert in_step(workbench, editor)
    editor.undo()
    assert shape(editor, bead) == "1:0"


def test_an_older_gap_is_closed_by_shifting(editor: Editor) -> None:
    texts = [(bead.source, bead.target) for bead in editor.beads]
    bead = editor.beads[1].id
    editor.gap(bead, "target")
    editor.note(bead, "hm")
    editor.close_gap(bead, "target")
    assert [(bead.source, bead.target) for bead in editor.beads] == texts


def test_several_actions_are_one_entry_of_the_journal(workbench: Workbench, editor: Editor) -> None:
    before = list(editor.beads)
    first, second, third = (bead.id for bead in before[1:4])
    done = editor.together([lambda: editor.merge(first, second), lambda: editor.merge(first, third)])
    assert shape(editor, first) == "3:3"
    assert done.label == f"merge {first} {second}, 2 times"
    assert in_step(workbench, editor)
    assert len(history.entries(workbench)) == 1
    editor.undo()
    assert editor.beads == before


def test_several_actions_stop_at_what_is_refused(workbench: Workbench, editor: Editor) -> None:
    first, second = (bead.id for bead in editor.beads[1:3])
    editor.together([lambda: editor.confirm([first]), lambda: editor.merge(first, "nowhere")])
    assert editor.beads[1].status is Status.CONFIRMED
    before = list(editor.beads)
    with pytest.raises(AmtsError, match="nowhere"):
        editor.together([lambda: editor.merge(first, "nowhere"), lambda: editor.confirm([second])])
    assert editor.beads == before
    assert in_step(workbench, editor)


def test_a_run_of_beads_is_merged_and_no_other(editor: Editor) -> None:
    ids = [bead.id for bead in editor.beads]
    with pytest.raises(AmtsError, match="neighbouring"):
        editor.merge_all([ids[1], ids[3]])
    editor.merge_all([ids[2], ids[1], ids[3]])
    assert shape(editor, ids[1]) == "3:3"


def test_a_unit_is_carried_on_the_side_that_is_meant(workbench: Workbench, editor: Editor) -> None:
    first, last = editor.beads[1], editor.beads[4]
    editor.carry(first.id, "target", 0, last.id)
    assert editor.beads[4].target == first.target + last.target
    assert in_step(workbench, editor)


def test_the_alternative_is_taken_in_either_direction(workbench: Workbench, editor: Editor) -> None:
    stored = workbench.stored(editor.pipeline, LAMP)
    beads: list[Bead] = workbench.workspace.beads(stored.id)
    beads[1] = replace(beads[1], doubts=Doubts(alternative=Alternative((0, 0), (0, 1), 0.2)))
    workbench.workspace.replace_beads(stored.id, beads)
    editor.reload()
    bead = editor.beads[1].id
    editor.take_alternative(bead)
    assert shape(editor, bead) == ("2:1" if editor.pipeline.reverse else "1:2")
    assert in_step(workbench, editor)
