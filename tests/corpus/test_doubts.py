"""What the aligner says against a bead: kept, turned, and gone once the bead is no longer what it was."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from amts_tui.corpus import operations as ops
from amts_tui.corpus.doubts import NO_DOUBTS, Alternative, Doubts, Reason
from amts_tui.corpus.journal import Journal
from amts_tui.corpus.model import Bead, Status
from amts_tui.corpus.overlay import overlay
from amts_tui.corpus.renewal import finish, plan_renewal
from amts_tui.corpus.review import lines
from amts_tui.corpus.schema import APPLICATION, MIGRATIONS
from amts_tui.corpus.serial import bead_from, bead_value
from amts_tui.corpus.workspace import Workspace
from tests.corpus.build import document, id_maker, pairs

DOUBTS = Doubts((Reason.LONGER, Reason.NUMBERS), Alternative((0, 0), (0, 1), 0.23))


def doubted(count: int = 3) -> list[Bead]:
    return [replace(bead, doubts=DOUBTS) for bead in pairs(count)]


@pytest.mark.parametrize("doubts", [NO_DOUBTS, DOUBTS, Doubts((Reason.PARTNER,))])
def test_doubts_survive_store_and_journal(tmp_path: Path, doubts: Doubts) -> None:
    beads = [replace(bead, doubts=doubts) for bead in pairs(2)]
    assert [bead_from(bead_value(bead)) for bead in beads] == beads
    with Workspace(tmp_path / "w.db") as workspace:
        stored = workspace.put_document("en-zh", "a.md", "a.md")
        workspace.replace_beads(stored.id, beads)
        assert workspace.beads(stored.id) == beads
        changes = ops.confirm(beads, [beads[0].id])
        journal = Journal(workspace, "anna")
        journal.record("confirm", {stored.id: changes})
        assert workspace.beads(stored.id)[0].doubts == doubts
        journal.undo(stored.id)
        assert workspace.beads(stored.id) == beads


def test_a_workspace_of_before_is_brought_up_to_date(tmp_path: Path) -> None:
    old = next(number for number, script in enumerate(MIGRATIONS) if "doubts" in script)
    with sqlite3.connect(tmp_path / "w.db") as db:
        for script in MIGRATIONS[:old]:
            db.executescript(script)
        db.execute(f"PRAGMA application_id = {APPLICATION}")
        db.execute(f"PRAGMA user_version = {old}")
        db.execute(
            "INSERT INTO documents (pipeline, source_path, target_path, source_hash, target_hash, aligner)"
            " VALUES ('en-zh', 'a.md', 'a.md', '', '', 'default')"
        )
        db.execute("INSERT INTO beads VALUES ('b0', 1, 1024.0, 'auto', 0.5, '[]', '', 0, '[]', '[]')")
    db.close()
    with Workspace(tmp_path / "w.db") as workspace:
        assert [bead.doubts for bead in workspace.beads(1)] == [NO_DOUBTS]


def test_seen_backwards_sides_change_places() -> None:
    assert DOUBTS.turned() == Doubts((Reason.SHORTER, Reason.NUMBERS), Alternative((0, 1), (0, 0), 0.23))
    assert DOUBTS.turned().turned() == DOUBTS


def test_a_bead_of_another_shape_or_text_is_no_longer_doubted_for_the_old_one() -> None:
    beads = doubted()
    for changes in (
        ops.merge(beads, "b0", "b1"),
        ops.move(beads, "b1", "down", "target", id_maker(beads)),
        ops.swap(beads, "b0", "b1"),
        ops.edit_text(beads, "b0", 0, "Other words.", "a.md"),
    ):
        after = [bead for change in changes for bead in change.after]
        assert after
        assert all(bead.doubts == NO_DOUBTS for bead in after if bead.status is Status.EDITED)


def test_a_judgement_leaves_the_doubts_for_when_it_is_taken_back() -> None:
    beads = doubted(1)
    (change,) = ops.confirm(beads, ["b0"])
    (back,) = ops.confirm(change.after, ["b0"], off=True)
    assert back.after == tuple(beads)


def test_a_bead_that_loses_units_to_a_curated_one_loses_its_doubts() -> None:
    (wide,) = (replace(bead, doubts=DOUBTS) for bead in document([(2, 2)]))
    taken = Bead("c", wide.source[:1], wide.target[:1], status=Status.CONFIRMED)
    rest = next(bead for bead in overlay([wide], [taken], id_maker([wide])) if bead.id != "c")
    assert (len(rest.source), rest.doubts) == (1, NO_DOUBTS)


def test_what_has_not_changed_keeps_its_doubts_and_new_beads_get_theirs() -> None:
    beads = doubted(2)
    units = [unit for bead in beads for unit in bead.source], [unit for bead in beads for unit in bead.target]
    plan = plan_renewal(beads[:1], *units)
    new = Doubts((Reason.WORDS,))
    aligned = [((0,), (0,), 1.0, NO_DOUBTS), ((1,), (1,), 0.6, new)]
    assert [bead.doubts for bead in finish(plan, aligned, id_maker(beads)).beads] == [DOUBTS, new]


def test_review_files_hold_none_of_it() -> None:
    bead = replace(doubted(1)[0], status=Status.CONFIRMED)
    assert lines([bead]) == lines([replace(bead, doubts=NO_DOUBTS)])
