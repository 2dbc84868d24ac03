from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amts_tui.corpus import operations as ops
from amts_tui.corpus.journal import Journal
from amts_tui.corpus.model import Bead, Mark
from amts_tui.corpus.operations import Change
from amts_tui.corpus.overlay import changes_between
from amts_tui.corpus.workspace import Workspace
from amts_tui.errors import AmtsError, NotFound
from tests.corpus.acts import CROSSING, REMARKS, STRUCTURAL, act
from tests.corpus.build import documents, id_maker, pairs


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(tmp_path / "workspace.db") as opened:
        yield opened


@pytest.fixture
def journal(workspace: Workspace) -> Journal:
    return Journal(workspace, "Ada", lambda: datetime(2026, 5, 1, 12, tzinfo=UTC))


def stored(workspace: Workspace, name: str, beads: list[Bead]) -> int:
    document = workspace.put_document("en-zh", name, name).id
    workspace.replace_beads(document, beads)
    return document


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), documents())
def test_memory_and_workspace_stay_equal_and_undo_leads_back_to_the_start(
    data: st.DataObject, beads: list[Bead]
) -> None:
    with tempfile.TemporaryDirectory() as folder, Workspace(Path(folder) / "w.db") as workspace:
        document = stored(workspace, "a.md", beads)
        journal = Journal(workspace, "Ada")
        new_id = id_maker(beads)
        memory = list(beads)
        done = 0
        for _ in range(data.draw(st.integers(1, 10))):
            kind = data.draw(st.sampled_from(STRUCTURAL + CROSSING + REMARKS))
            try:
                changes = act(data.draw, kind, memory, new_id)
            except AmtsError:
                continue
            journal.record(kind, {document: changes})
            ops.apply_all(memory, changes)
            assert workspace.beads(document) == memory
            done += bool(changes)
        end = list(memory)
        for _ in range(done):
            ops.apply_all(memory, journal.undo(document)[1][document])
            assert workspace.beads(document) == memory
        assert memory == beads
        for _ in range(done):
            ops.apply_all(memory, journal.redo(document)[1][document])
            assert workspace.beads(document) == memory
        assert memory == end


def test_undo_and_redo_survive_a_restart(tmp_path: Path) -> None:
    beads = pairs(3)
    with Workspace(tmp_path / "w.db") as workspace:
        document = stored(workspace, "a.md", beads)
        Journal(workspace, "Ada").record("merge", {document: ops.merge(beads, "b0", "b1")})
        merged = workspace.beads(document)
    with Workspace(tmp_path / "w.db") as workspace:
        assert Journal(workspace, "Ada").undo(document)[0].action == "merge"
        assert workspace.beads(document) == beads
    with Workspace(tmp_path / "w.db") as workspace:
        Journal(workspace, "Ada").redo(document)
        assert workspace.beads(document) == merged


def test_entries_say_who_did_what_when_and_where(workspace: Workspace, journal: Journal) -> None:
    beads = pairs(2)
    first, second = stored(workspace, "a.md", beads), stored(workspace, "b.md", beads)
    journal.record("flag", {first: ops.mark(beads, ["b0"], Mark.FLAG)})
    journal.record("confirm", {n: ops.confirm(workspace.beads(n), ["b0", "b1"]) for n in (first, second)})
    latest, earliest = journal.entries()
    assert (latest.n, latest.who, latest.action, latest.state) == (2, "Ada", "confirm", "done")
    assert (latest.documents, latest.at) == ((first, second), datetime(2026, 5, 1, 12, tzinfo=UTC))
    assert earliest.documents == (first,)
    assert [entry.n for entry in journal.entries(document=second)] == [2]
    assert [entry.n for entry in journal.entries(1)] == [2]


def test_undo_takes_the_latest_entry_of_the_document(workspace: Workspace, journal: Journal) -> None:
    beads = pairs(2)
    first, second = stored(workspace, "a.md", beads), stored(workspace, "b.md", beads)
    journal.record("note a", {first: ops.note(beads, "b0", "a")})
    journal.record("note b", {second: ops.note(beads, "b0", "b")})
    assert journal.undo(first)[0].action == "note a"
    assert workspace.beads(first) == beads
    with pytest.raises(NotFound, match="nothing to undo"):
        journal.undo(first)
    assert journal.undo()[0].action == "note b"
    assert journal.redo(first)[0].action == "note a"
    with pytest.raises(NotFound, match="nothing to redo"):
        journal.redo(first)


def test_redo_takes_what_was_undone_last(workspace: Workspace, journal: Journal) -> None:
    document = stored(workspace, "a.md", pairs(1))
    for text in ("one", "two", "three"):
        journal.record(text, {document: ops.note(workspace.beads(document), "b0", text)})
    journal.undo(document)
    journal.undo(document)
    assert [journal.redo(document)[0].action for _ in range(2)] == ["two", "three"]


def test_an_entry_over_documents_on_which_another_hangs_is_refused_by_name(
    workspace: Workspace, journal: Journal
) -> None:
    beads = pairs(2)
    first, second = stored(workspace, "a.md", beads), stored(workspace, "b.md", beads)
    journal.record("replace all", {n: ops.note(beads, "b0", "x") for n in (first, second)})
    journal.record("note again", {second: ops.note(workspace.beads(second), "b0", "y")})
    with pytest.raises(AmtsError, match=r"entry 1 .*replace all.*entry 2 .*note again.* in b\.md"):
        journal.undo(first)
    assert workspace.beads(first)[0].note == "x"
    journal.undo(second)
    journal.undo(first)
    assert workspace.beads(first) == workspace.beads(second) == beads


def test_an_entry_beside_a_later_one_is_taken_back(workspace: Workspace, journal: Journal) -> None:
    beads = pairs(4)
    first, second = stored(workspace, "a.md", beads), stored(workspace, "b.md", beads)
    journal.record("note", {n: ops.note(beads, "b0", "x") for n in (first, second)})
    journal.record("merge", {second: ops.merge(workspace.beads(second), "b2", "b3")})
    journal.undo(first)
    assert workspace.beads(second)[0] == beads[0]
    assert [bead.id for bead in workspace.beads(second)] == ["b0", "b1", "b2"]


def test_beads_cannot_return_to_a_place_that_later_work_took_away(
    workspace: Workspace, journal: Journal
) -> None:
    beads = pairs(4)
    first, second = stored(workspace, "a.md", beads), stored(workspace, "b.md", beads)
    removal = [Change("b2", (beads[3],), ())]
    journal.record("remove", {first: removal, second: removal})
    journal.record("merge", {second: ops.merge(workspace.beads(second), "b1", "b2")})
    with pytest.raises(AmtsError, match=r"hangs on it.*undo in b\.md first"):
        journal.undo(first)


def test_beads_cannot_be_taken_out_from_around_a_later_one(workspace: Workspace, journal: Journal) -> None:
    beads = pairs(4)
    first, second = stored(workspace, "a.md", beads), stored(workspace, "b.md", beads)
    both = {
        n: [Change(None, tuple(beads[:2]), tuple(ops.confirm(beads, ["b0", "b1"])[0].after))]
        for n in (first, second)
    }
    journal.record("confirm", both)
    new = Bead("new", beads[0].source, ())
    journal.record("insert", {second: [Change("b0", (), (new,))]})
    with pytest.raises(AmtsError, match="hangs on it"):
        journal.undo(first)


def test_new_work_drops_what_could_be_done_again(workspace: Workspace, journal: Journal) -> None:
    beads = pairs(2)
    first, second = stored(workspace, "a.md", beads), stored(workspace, "b.md", beads)
    journal.record("note a", {first: ops.note(beads, "b0", "a")})
    journal.record("note b", {second: ops.note(beads, "b0", "b")})
    journal.undo(first)
    journal.undo(second)
    journal.record("flag", {first: ops.mark(beads, ["b1"], Mark.FLAG)})
    with pytest.raises(NotFound):
        journal.redo(first)
    assert [entry.state for entry in journal.entries()] == ["done", "undone", "dropped"]
    assert journal.redo(second)[0].action == "note b"


def test_a_way_back_to_other_units_makes_the_document_due(workspace: Workspace, journal: Journal) -> None:
    beads = pairs(2)
    document = stored(workspace, "a.md", beads)
    workspace.put_document("en-zh", "a.md", "a.md", source_hash="s", target_hash="t", aligner="lexical")
    journal.record("merge", {document: ops.merge(beads, "b0", "b1")})
    journal.undo()
    assert workspace.document_by_id(document).source_hash == "s"
    new = replace(beads[1], target=(replace(beads[1].target[0], key="new/0", text="New."),))
    journal.record("align", {document: changes_between(beads, [beads[0], new])})
    assert workspace.document_by_id(document).target_hash == "t"
    journal.undo()
    due = workspace.document_by_id(document)
    assert (due.source_hash, due.target_hash) == ("", "")


def test_restore_goes_back_to_just_after_an_entry(workspace: Workspace, journal: Journal) -> None:
    first, second = stored(workspace, "a.md", pairs(2)), stored(workspace, "b.md", pairs(2))
    states = [(workspace.beads(first), workspace.beads(second))]
    for n in range(1, 7):
        document = (first, second)[n % 2]
        journal.record(f"note {n}", {document: ops.note(workspace.beads(document), "b0", f"n{n}")})
        states.append((workspace.beads(first), workspace.beads(second)))
    for n in (4, 1, 0):
        before = (workspace.beads(first), workspace.beads(second))
        told = journal.after(n)
        restored = journal.restore(n)
        assert (workspace.beads(first), workspace.beads(second)) == states[n]
        assert list(restored.undone) == told
        assert [entry.n for entry in told] == sorted((entry.n for entry in told), reverse=True)
        journal.undo()
        assert (workspace.beads(first), workspace.beads(second)) == before
        journal.redo()
    assert journal.restore(0).entry is None
    for missing in (-1, 99):
        with pytest.raises(NotFound, match=str(missing)):
            journal.restore(missing)


def test_one_document_goes_back_and_forth_alone(workspace: Workspace, journal: Journal) -> None:
    first, second = stored(workspace, "a.md", pairs(2)), stored(workspace, "b.md", pairs(2))
    for text in ("one", "two"):
        journal.record(
            text, {number: ops.note(workspace.beads(number), "b0", text) for number in (first, second)}
        )
    journal.record("alone", {second: ops.note(workspace.beads(second), "b1", "alone")})
    restored = journal.restore(1, first)
    assert [entry.action for entry in restored.undone] == ["two"]
    assert restored.documents == (first,)
    assert [workspace.beads(number)[0].note for number in (first, second)] == ["one", "two"]
    sizes = []
    for n in (2, 1, 2, 1):
        entry = journal.restore(n, first).entry
        assert entry is not None
        sizes.append(sum(map(len, journal.changes(entry).values())))
        assert workspace.beads(first)[0].note == ("one", "two")[n - 1]
    assert set(sizes) == {1}


def test_a_refused_change_leaves_no_entry_and_no_bead_changed(workspace: Workspace, journal: Journal) -> None:
    beads = pairs(3)
    first, second = stored(workspace, "a.md", beads), stored(workspace, "b.md", beads)
    journal.record("note", {second: ops.note(beads, "b0", "mine")})
    with pytest.raises(AmtsError, match="changed since"):
        journal.record("merge", {n: ops.merge(beads, "b0", "b1") for n in (first, second)})
    assert workspace.beads(first) == beads
    assert [entry.action for entry in journal.entries()] == ["note"]


def test_undo_in_a_long_journal_is_quick(workspace: Workspace, journal: Journal) -> None:
    document = stored(workspace, "a.md", pairs(3))
    with workspace.transaction() as db:
        db.executemany(
            "INSERT INTO journal (at, who, action, state) VALUES ('2026-05-01', 'x', 'y', ?)",
            [("done",)] * 30_000,
        )
        db.execute("INSERT INTO journal_changes SELECT n, 0, 999, '{}' FROM journal")
    journal.record("note", {document: ops.note(workspace.beads(document), "b0", "x")})
    started = datetime.now(UTC)
    for _ in range(5):
        journal.undo(document)
        journal.redo(document)
    assert (datetime.now(UTC) - started).total_seconds() < 2
