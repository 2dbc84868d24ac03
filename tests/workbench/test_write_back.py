"""Edited texts on their way into the book's files."""

from __future__ import annotations

from pathlib import Path

import pytest

from amts_tui.errors import AmtsError
from amts_tui.workbench.aligning import align
from amts_tui.workbench.editing import Editor
from amts_tui.workbench.session import Workbench
from amts_tui.workbench.write_back import write_back
from tests.books_of_two import ES_ONE, make_aligned

LAMP = "chapter_home/lamp.md"


@pytest.fixture
def workbench(tmp_path: Path) -> Workbench:
    return Workbench.open(make_aligned(tmp_path / "book"))


def edit(workbench: Workbench, old: str, new: str) -> str:
    editor = Editor(workbench, workbench.pipeline(), LAMP)
    bead, unit = next(
        (bead, n) for bead in editor.beads for n, unit in enumerate(bead.target) if old in unit.raw
    )
    editor.edit_text(bead.id, unit, new)
    return bead.id


def file(workbench: Workbench) -> Path:
    return workbench.project.root / "es" / LAMP


def test_only_the_edited_sentence_changes(workbench: Workbench) -> None:
    bead = edit(workbench, "luz cálida", "Da una luz *muy* cálida.")
    (done,) = write_back(workbench, workbench.pipeline())
    assert (done.written, done.refused) == (1, ())
    assert file(workbench).read_text() == ES_ONE.replace("Da una luz cálida.", "Da una luz *muy* cálida.")
    beads = workbench.beads(workbench.pipeline(), LAMP)
    (written,) = [b for b in beads if b.id == bead]
    assert written.touched
    assert written.target[0].in_file is None
    assert write_back(workbench, workbench.pipeline()) == []
    assert align(workbench, workbench.pipeline()).up_to_date == 2


def test_the_old_file_is_kept(workbench: Workbench) -> None:
    edit(workbench, "luz cálida", "Da luz.")
    write_back(workbench, workbench.pipeline())
    (backup,) = (workbench.project.root / ".amts" / "backup").rglob("lamp.md")
    assert backup.read_text() == ES_ONE


def test_a_text_that_would_break_the_file_is_escaped_or_refused(workbench: Workbench) -> None:
    edit(workbench, "La lámpara está", "# La lámpara está sobre la mesa.")
    write_back(workbench, workbench.pipeline())
    before = [line for line in ES_ONE.split("\n") if line.startswith("#")]
    assert [line for line in file(workbench).read_text().split("\n") if line.startswith("#")] == before
    assert write_back(workbench, workbench.pipeline()) == []


def test_a_file_that_changed_is_left_alone(workbench: Workbench) -> None:
    edit(workbench, "luz cálida", "Da luz.")
    changed = file(workbench).read_text() + "\nUna más.\n"
    file(workbench).write_text(changed)
    with pytest.raises(AmtsError, match="changed since it was aligned"):
        write_back(workbench, workbench.pipeline())
    assert file(workbench).read_text() == changed


def test_a_text_that_becomes_two_sentences_is_written_once(workbench: Workbench) -> None:
    bead = edit(workbench, "luz cálida", "Da una luz cálida. Muy cálida.")
    write_back(workbench, workbench.pipeline())
    written = file(workbench).read_text()
    (now,) = [b for b in workbench.beads(workbench.pipeline(), LAMP) if b.id == bead]
    assert [unit.raw for unit in now.target] == ["Da una luz cálida.", "Muy cálida."]
    assert align(workbench, workbench.pipeline()).aligned == ()
    assert write_back(workbench, workbench.pipeline()) == []
    assert file(workbench).read_text() == written


def test_a_text_without_letters_shifts_no_other_bead(workbench: Workbench) -> None:
    pipeline = workbench.pipeline()
    heading = workbench.beads(pipeline, LAMP)[0]
    edit(workbench, heading.target[0].raw, "42")
    before = {bead.id: [unit.raw for unit in bead.target] for bead in workbench.beads(pipeline, LAMP)}
    (done,) = write_back(workbench, pipeline)
    assert (done.written, done.refused) == (1, ())
    assert file(workbench).read_text().startswith("# 42\n")
    after = {bead.id: [unit.raw for unit in bead.target] for bead in workbench.beads(pipeline, LAMP)}
    assert after == before | {heading.id: []}


def test_a_text_over_a_sentence_that_somebody_changed_waits_for_a_person(workbench: Workbench) -> None:
    bead = edit(workbench, "luz cálida", "Da una luz muy cálida.")
    changed = file(workbench).read_text().replace("una luz cálida", "una luz cálida y suave")
    file(workbench).write_text(changed)
    align(workbench, workbench.pipeline())
    (done,) = write_back(workbench, workbench.pipeline())
    assert (done.written, len(done.refused)) == (0, 1)
    assert file(workbench).read_text() == changed
    Editor(workbench, workbench.pipeline(), LAMP).confirm([bead])
    (done,) = write_back(workbench, workbench.pipeline())
    assert (done.written, done.refused) == (1, ())


def test_no_old_file_takes_the_place_of_an_older_one(workbench: Workbench) -> None:
    for text in ("Da luz.", "Da otra luz."):
        edit(workbench, "luz", text)
        write_back(workbench, workbench.pipeline())
    backups = {path.read_text() for path in (workbench.project.root / ".amts" / "backup").rglob("lamp.md")}
    assert ES_ONE in backups
    assert len(backups) == 2
