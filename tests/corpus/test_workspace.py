from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from amts_tui.corpus import operations as ops
from amts_tui.corpus import workspace as module
from amts_tui.corpus.journal import Journal
from amts_tui.corpus.model import Bead, Mark, Origin, Status
from amts_tui.corpus.operations import Change
from amts_tui.corpus.workspace import Tally, Workspace
from amts_tui.errors import AmtsError, NotFound
from tests.corpus.build import carried, document, id_maker, many, pairs, units


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "workspace.db"


@pytest.fixture
def workspace(path: Path) -> Iterator[Workspace]:
    with Workspace(path) as opened:
        yield opened


def stored(workspace: Workspace, beads: list[Bead], name: str = "a.md") -> int:
    number = workspace.put_document("en-zh", name, name).id
    workspace.replace_beads(number, beads)
    return number


def write(workspace: Workspace, number: int, *changes: Change) -> None:
    with workspace.transaction() as db:
        workspace.write_changes(db, number, changes)


def test_documents_are_added_and_brought_up_to_date(workspace: Workspace) -> None:
    first = workspace.put_document("en-zh", "b.md", "b.md")
    workspace.put_document("en-zh", "a.md", "ä.md")
    workspace.put_document("en-es", "a.md", "a.md")
    again = workspace.put_document("en-zh", "b.md", "c.md", source_hash="1", target_hash="2", aligner="x")
    assert (again.id, again.target_path, again.aligner) == (first.id, "c.md", "x")
    assert [d.source_path for d in workspace.documents("en-zh")] == ["a.md", "b.md"]
    assert workspace.document("en-zh", "none.md") is None
    assert workspace.document_by_id(first.id) == again
    with pytest.raises(NotFound):
        workspace.document_by_id(99)


def test_beads_come_back_exactly_as_they_were(workspace: Workspace) -> None:
    target = units(["Das `x` ist\u2028neu.", "{1} bleibt *so*."])
    bead = Bead(
        "id",
        tuple(units(["Über :numref:`fig_a` and $y$."])),
        (replace(target[0], in_file="Alt.", origin=Origin.MEMORY), target[1]),
        1 / 3,
        Status.EDITED,
        frozenset({Mark.STALE, Mark.BOOKMARK}),
        'two\nlines and "quotes"',
    )
    number = stored(workspace, [bead, *pairs(2)])
    assert workspace.beads(number) == [bead, *pairs(2)]


def test_ids_that_are_gone_stay_taken(workspace: Workspace) -> None:
    beads = pairs(3)
    number = stored(workspace, beads)
    write(workspace, number, *ops.merge(beads, "b0", "b1"))
    assert workspace.taken_ids() == {"b0", "b1", "b2"}
    workspace.replace_beads(number, [])
    assert workspace.taken_ids() == {"b0", "b1", "b2"}
    assert workspace.documents_of_bead("b0") == []


def test_a_bead_is_found_by_its_id(workspace: Workspace) -> None:
    number = stored(workspace, pairs(1))
    assert [d.id for d in workspace.documents_of_bead("b0")] == [number]
    assert workspace.documents_of_bead("b0", "en-es") == []


def test_the_tally_counts(workspace: Workspace) -> None:
    beads = document([(1, 1), (1, 1), (1, 0), (1, 1), (1, 1)])
    states = [Status.AUTO, Status.AUTO, Status.CONFIRMED, Status.EDITED, Status.EXCLUDED]
    beads = [
        replace(b, status=s, confidence=c) for b, s, c in zip(beads, states, [0.25, 1, 0, 0, 0], strict=True)
    ]
    beads[3] = replace(beads[3], marks=frozenset({Mark.STALE}))
    assert workspace.tally(stored(workspace, beads), 0.6) == Tally(5, 4, 1, 1, 1, 1, 1, 0.75)
    assert workspace.tally(99, 0.6) == Tally(0, 0, 0, 0, 0, 0, 0, 0.0)


def test_review_files_fall_due_with_every_change(workspace: Workspace) -> None:
    beads = pairs(2)
    number = stored(workspace, beads)
    workspace.review_written(number, "abc", "lines", workspace.revision(number))
    assert workspace.reviews_due() == []
    write(workspace, number, *ops.confirm(beads, ["b0"]))
    (due,) = workspace.reviews_due()
    assert (due.id, due.review_hash, due.review_due) == (number, "abc", True)
    assert workspace.agreed_review(number) == "lines"


def test_hundreds_of_splits_and_merges_at_one_place_keep_the_order(workspace: Workspace) -> None:
    beads = document([(1, 1), (300, 0), (1, 1)])
    number = stored(workspace, beads)
    new_id = id_maker(beads)
    with workspace.transaction() as db:
        for _ in range(299):
            changes = ops.split(beads, "b1", len(beads[1].source) - 1, 0, new_id)
            workspace.write_changes(db, number, changes)
            beads = carried(beads, changes)
    assert workspace.beads(number) == beads
    assert len(beads) == 302
    with workspace.transaction() as db:
        for _ in range(299):
            changes = ops.merge(beads, beads[1].id, beads[2].id)
            workspace.write_changes(db, number, changes)
            beads = carried(beads, changes)
    assert workspace.beads(number) == beads
    assert len(beads) == 3


def test_hundreds_of_insertions_at_the_start_and_in_the_middle_keep_the_order(workspace: Workspace) -> None:
    beads = pairs(2)
    number = stored(workspace, beads)
    with workspace.transaction() as db:
        for n in range(300):
            for name, previous in (("s", None), ("m", "b0")):
                change = Change(previous, (), (Bead(f"{name}{n}", beads[0].source, ()),))
                workspace.write_changes(db, number, [change])
                beads = carried(beads, [change])
    assert [bead.id for bead in workspace.beads(number)] == [bead.id for bead in beads]


@pytest.mark.parametrize("field", ["note", "status", "confidence", "target", "marks"])
def test_a_row_that_changed_underneath_is_not_overwritten(
    workspace: Workspace, path: Path, field: str
) -> None:
    beads = pairs(3)
    number = stored(workspace, beads)
    foreign = {
        "note": "theirs",
        "status": "confirmed",
        "confidence": 0.9,
        "target": "[]",
        "marks": '["flag"]',
    }
    with sqlite3.connect(path) as other:
        other.execute(f"UPDATE beads SET {field} = ? WHERE id = 'b1'", (foreign[field],))
    other.close()
    theirs = workspace.beads(number)
    changes = [*ops.note(beads, "b2", "first"), *ops.merge(beads, "b0", "b1")]
    with pytest.raises(AmtsError, match="changed since"):
        write(workspace, number, *changes)
    assert workspace.beads(number) == theirs


def test_a_row_that_is_gone_or_between_is_noticed(workspace: Workspace) -> None:
    beads = pairs(4)
    number = stored(workspace, beads)
    (merge,) = ops.merge(beads, "b1", "b2")
    between = Bead("x", beads[0].source, ())
    write(workspace, number, Change("b1", (), (between,)))
    with pytest.raises(AmtsError, match="changed since"):
        write(workspace, number, merge)
    write(workspace, number, Change("b1", (between,), ()), Change(None, (beads[0],), ()))
    for change in (*ops.note(beads, "b0", "n"), Change("b0", (), (between,))):
        with pytest.raises(AmtsError, match="changed since"):
            write(workspace, number, change)
    with pytest.raises(AmtsError, match="changed since"):
        write(workspace, number, Change("b1", (), (beads[2],)))
    assert [bead.id for bead in workspace.beads(number)] == ["b1", "b2", "b3"]


def test_any_error_in_a_transaction_rolls_it_back_wholly(workspace: Workspace) -> None:
    beads = pairs(2)
    number = stored(workspace, beads)

    def write_and_fail() -> None:
        with workspace.transaction() as db:
            workspace.write_changes(db, number, ops.note(beads, "b0", "x"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_and_fail()
    assert workspace.beads(number) == beads
    write(workspace, number, *ops.note(beads, "b0", "y"))
    assert workspace.beads(number)[0].note == "y"


def test_a_lock_that_is_held_too_long_is_explained(
    workspace: Workspace, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beads = pairs(1)
    number = stored(workspace, beads)
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.05)
    with Workspace(path) as second:
        before = second.revision(number)
        with workspace.transaction() as db:
            workspace.write_changes(db, number, ops.note(beads, "b0", "first"))
            assert second.beads(number) == beads
            with pytest.raises(AmtsError, match="being written by another amts"):
                Journal(second, "Bob").record("note", {number: ops.note(beads, "b0", "second")})
        assert second.beads(number)[0].note == "first"
        assert second.revision(number) == before + 1
        write(workspace, number, *ops.note(workspace.beads(number), "b0", "own"))
        assert second.revision(number) == before + 2


def test_a_second_connection_waits_for_its_turn(workspace: Workspace, path: Path) -> None:
    number = stored(workspace, pairs(1))
    with Workspace(path) as second:
        changes = ops.note(pairs(1), "b0", "second")
        with workspace.transaction():
            thread = threading.Thread(target=write, args=(second, number, *changes))
            thread.start()
            time.sleep(0.05)
            assert workspace.beads(number) == pairs(1)
            assert thread.is_alive()
        thread.join()
        assert workspace.beads(number)[0].note == "second"


def test_closing_waits_for_a_writing_thread(path: Path) -> None:
    workspace = Workspace(path)
    number = stored(workspace, pairs(1))
    inside = threading.Event()

    def work() -> None:
        with workspace.transaction() as db:
            inside.set()
            time.sleep(0.05)
            workspace.write_changes(db, number, ops.note(pairs(1), "b0", "late"))

    thread = threading.Thread(target=work)
    thread.start()
    inside.wait()
    workspace.close()
    thread.join()
    for use in (lambda: workspace.beads(number), lambda: write(workspace, number)):
        with pytest.raises(AmtsError, match="open the project again"):
            use()
    with Workspace(path) as again:
        assert again.beads(number)[0].note == "late"


def test_threads_may_share_a_workspace(workspace: Workspace) -> None:
    numbers = [stored(workspace, pairs(1), f"{n}.md") for n in range(4)]
    errors: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for n in range(15):
                write(workspace, number, *ops.note(workspace.beads(number), "b0", f"n{n}"))
        except AmtsError as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert {workspace.beads(number)[0].note for number in numbers} == {"n14"}


def foreign_database(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE documents (id)")
    db.close()


def newer_workspace(path: Path) -> None:
    Workspace(path).close()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 999")
    db.close()


def headless_workspace(path: Path) -> None:
    Workspace(path).close()
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xff" * (len(content) - 100))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(b"this is no database at all" * 50),
        foreign_database,
        newer_workspace,
        headless_workspace,
        lambda path: path.mkdir(),
    ],
)
def test_a_corrupt_or_foreign_file_is_reported_with_its_place(path: Path, spoil: object) -> None:
    path.parent.mkdir()
    assert callable(spoil)
    spoil(path)
    with pytest.raises(AmtsError, match=r"workspace\.db"):
        Workspace(path)


def test_a_foreign_database_is_left_as_it_was(path: Path) -> None:
    path.parent.mkdir()
    foreign_database(path)
    content = path.read_bytes()
    with pytest.raises(AmtsError, match="another program"):
        Workspace(path)
    assert path.read_bytes() == content


def test_damage_behind_a_sound_header_is_reported(path: Path) -> None:
    with Workspace(path) as workspace:
        number = stored(workspace, pairs(500))
    content = path.read_bytes()
    path.write_bytes(content[:24576] + os.urandom(len(content) - 24576))
    with pytest.raises(AmtsError, match=r"workspace\.db"), Workspace(path) as workspace:
        workspace.beads(number)


def test_a_row_that_makes_no_sense_is_reported(workspace: Workspace) -> None:
    number = stored(workspace, pairs(1))
    with workspace.transaction() as db:
        db.execute("UPDATE beads SET source = '[{}]'")
    with pytest.raises(AmtsError, match="not a sound workspace"):
        workspace.beads(number)


OPENER = """
import sys
from pathlib import Path
from amts_tui.corpus.workspace import Workspace

Workspace(Path(sys.argv[1])).put_document("a", sys.argv[2], "x")
"""


def test_two_that_open_a_new_project_at_once_both_succeed(path: Path) -> None:
    processes = [subprocess.Popen([sys.executable, "-c", OPENER, str(path), str(n)]) for n in range(4)]
    assert [process.wait(60) for process in processes] == [0] * 4
    with Workspace(path) as workspace:
        assert len(workspace.documents("a")) == 4


WRITER = """
import sys
from pathlib import Path
from amts_tui.corpus import operations as ops
from amts_tui.corpus.journal import Journal
from amts_tui.corpus.workspace import Workspace

workspace = Workspace(Path(sys.argv[1]))
journal = Journal(workspace, "writer")
for n in range(100_000):
    changes = {}
    for document in (1, 2):
        beads = workspace.beads(document)
        changes[document] = [*ops.note(beads, "b9", f"n{n}"), *ops.note(beads, "b0", f"n{n}")]
    journal.record(f"n{n}", changes)
    print(n, flush=True)
"""


def test_a_killed_writer_leaves_whole_entries(path: Path) -> None:
    beads = pairs(10)
    with Workspace(path) as workspace:
        first, second = stored(workspace, beads, "a.md"), stored(workspace, beads, "b.md")
    for entries in (3, 8, 14):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            for _ in range(entries):
                last = writer.stdout.readline()
            writer.send_signal(signal.SIGKILL)
        with Workspace(path) as workspace:
            journal = Journal(workspace, "reader")
            latest = journal.entries(1)[0]
            assert int(latest.action[1:]) >= int(last)
            notes = {workspace.beads(number)[place].note for number in (first, second) for place in (0, 9)}
            assert notes == {latest.action}
            assert workspace.query("PRAGMA integrity_check")[0][0] == "ok"
            journal.restore(0)
            assert workspace.beads(first) == workspace.beads(second) == beads


def test_large_documents_are_written_and_read_quickly(workspace: Workspace) -> None:
    beads = many(5_000)
    started = time.perf_counter()
    number = stored(workspace, beads)
    changes = ops.confirm(beads, [bead.id for bead in beads[::2]])
    Journal(workspace, "Ada").record("confirm", {number: changes})
    assert len(workspace.beads(number)) == 5_000
    assert time.perf_counter() - started < 15
