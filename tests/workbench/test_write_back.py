"""Edited texts on their way into the book's files."""

from __future__ import annotations

from pathlib import Path

import pytest

from amts_tui.errors import AmtsError
from amts_tui.workbench.aligning import align
from amts_tui.workbench.editing import Editor
from amts_tui.workbench.session import Workbench
from amts_tui.workbench.write_back import write_back
from tests.books_of_two import ES_ONE, make_aligned, make_project

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


def lamp_line(words: str) -> int:
    """The line of the Spanish document on which words stand."""
    return ES_ONE[: ES_ONE.index(words)].count("\n") + 1


def test_a_formula_that_an_edit_drops_is_told_with_its_bead_and_place(workbench: Workbench) -> None:
    new = "La habitación tiene doce metros cuadrados."
    bead = edit(workbench, "La habitación", new)
    (done,) = write_back(workbench, workbench.pipeline())
    assert (done.written, done.refused, done.notes) == (1, (), ())
    (told,) = done.damaged
    where = f"es/{LAMP}:{lamp_line('La habitación')}"
    assert (told.where, told.bead, told.text) == (where, bead, new)
    assert told.reason == "the formula $A = 12$ of the source is gone"
    assert str(told).startswith(f"{where}: bead {bead}, “{new}”: {told.reason} (")
    assert new in file(workbench).read_text()


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        ("Mide $A = 12$, o sea $A = 12$.", "the formula $A = 12$ stands there 2 times"),
        ("Mide $A = 13$.", "the formula $A = 12$ of the source is now $A = 13$"),
        ("Mide $A = 12$ {1}.", "{1} stands for nothing here and is written as it is"),
    ],
)
def test_doubled_altered_and_made_up_items_are_told(workbench: Workbench, new: str, reason: str) -> None:
    edit(workbench, "La habitación", new)
    (done,) = write_back(workbench, workbench.pipeline())
    assert (done.written, [one.reason for one in done.damaged]) == (1, [reason])
    assert new in file(workbench).read_text()


def test_an_edit_that_follows_the_source_is_no_damage(tmp_path: Path) -> None:
    make_project(tmp_path / "book")
    target = tmp_path / "book" / "es" / LAMP
    target.write_text(ES_ONE.replace("$A = 12$", "$B = 12$"))
    with Workbench.open(tmp_path / "book") as workbench:
        align(workbench, workbench.pipeline())
        new = "La habitación tiene una superficie de $A = 12$ metros cuadrados."
        edit(workbench, "La habitación", new)
        (done,) = write_back(workbench, workbench.pipeline())
        assert (done.written, done.damaged) == (1, ())
        assert [one.reason for one in done.notes] == [
            "the formula $B = 12$ is gone; the source has none like it"
        ]
        assert new in target.read_text()


def test_a_formula_may_move_to_the_sentence_beside_it(workbench: Workbench) -> None:
    edit(workbench, "Cada tarde", "Cada tarde, en los $A = 12$ metros, se enciende.")
    edit(workbench, "La habitación", "La habitación es pequeña.")
    (done,) = write_back(workbench, workbench.pipeline())
    assert (done.written, done.damaged, done.refused) == (2, (), ())


def test_of_two_edits_of_a_paragraph_the_one_that_dropped_the_formula_is_told(workbench: Workbench) -> None:
    edit(workbench, "Cada tarde", "Cada tarde se enciende.")
    bead = edit(workbench, "La habitación", "La habitación es pequeña.")
    (done,) = write_back(workbench, workbench.pipeline())
    assert [one.bead for one in done.damaged] == [bead]


def test_a_refused_text_is_named_and_keeps_no_other_from_being_written(workbench: Workbench) -> None:
    bead = edit(workbench, "Conservamos", ":end_tab:")
    edit(workbench, "Cada tarde", "Cada tarde, a las siete.")
    (done,) = write_back(workbench, workbench.pipeline())
    assert done.written == 1
    (told,) = done.refused
    assert (told.bead, told.where) == (bead, f"es/{LAMP}:{lamp_line('Conservamos')}")
    assert told.reason
    assert told.remedy
    written = file(workbench).read_text()
    assert "Cada tarde, a las siete. La habitación tiene" in written
    assert "Conservamos la lámpara" in written
    (again,) = write_back(workbench, workbench.pipeline())
    assert (again.written, [one.bead for one in again.refused]) == (0, [bead])


def test_of_two_edits_of_a_paragraph_only_the_one_that_breaks_it_is_refused(workbench: Workbench) -> None:
    bead = edit(workbench, "La lámpara está", "La lámpara\0está.")
    edit(workbench, "Da una luz", "Da mucha luz.")
    edit(workbench, "Nadie recuerda", "Nadie lo sabe.")
    (done,) = write_back(workbench, workbench.pipeline())
    assert (done.written, [one.bead for one in done.refused]) == (2, [bead])
    assert "La lámpara está sobre la mesa. Da mucha luz. Nadie lo sabe." in file(workbench).read_text()


def test_a_hard_line_break_stays_in_an_edited_text(tmp_path: Path) -> None:
    make_project(tmp_path / "book")
    for lang in ("en", "es"):
        target = tmp_path / "book" / lang / LAMP
        target.write_text(
            target.read_text().replace("la mesa.", "la\\\nmesa.").replace("the table.", "the\\\ntable.")
        )
    with Workbench.open(tmp_path / "book") as workbench:
        align(workbench, workbench.pipeline())
        edit(workbench, "La lámpara está", "La luz está sobre la\\\nmesa.")
        (done,) = write_back(workbench, workbench.pipeline())
        assert (done.written, done.damaged) == (1, ())
        assert "La luz está sobre la\\\nmesa." in target.read_text()


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
