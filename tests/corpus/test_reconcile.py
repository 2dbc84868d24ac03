from __future__ import annotations

from dataclasses import replace

from amts_tui.corpus import operations as ops
from amts_tui.corpus.model import Bead, Mark, Origin, Status
from amts_tui.corpus.reconcile import reconcile
from tests.corpus.build import carried, pairs, units

SOURCE = ["The gradient points uphill.", "A network has many layers.", "Training needs patience."]
TARGET = ["Der Gradient zeigt bergauf.", "Ein Netz hat viele Schichten.", "Training braucht Geduld."]


def linked(source: list[str], target: list[str]) -> list[Bead]:
    return [
        Bead(f"b{n}", (s,), (t,), 0.5)
        for n, (s, t) in enumerate(zip(units(source), units(target), strict=True))
    ]


def confirmed(beads: list[Bead], *ids: str) -> list[Bead]:
    return carried(beads, ops.confirm(beads, ids))


def test_nothing_changed_nothing_changes() -> None:
    beads = confirmed(linked(SOURCE, TARGET), "b1")
    found = reconcile(beads, units(SOURCE), units(TARGET))
    assert [placed.bead for placed in found.kept] == beads
    assert [(placed.source, placed.target) for placed in found.kept] == [((n,), (n,)) for n in range(3)]
    assert found.lost == ()


def test_an_edited_sentence_marks_a_touched_bead_stale_and_frees_an_untouched_one() -> None:
    beads = confirmed(linked(SOURCE, TARGET), "b1")
    changed = ["The gradient points uphill always.", "A network has several layers.", SOURCE[2]]
    found = reconcile(beads, units(changed), units(TARGET))
    assert [placed.bead.id for placed in found.kept] == ["b1", "b2"]
    stale = found.kept[0].bead
    assert (stale.status, stale.marks) == (Status.CONFIRMED, {Mark.STALE})
    assert [unit.raw for unit in stale.source + stale.target] == [changed[1], TARGET[1]]
    assert stale.source[0].key == units(changed)[1].key


def test_a_touched_bead_whose_source_is_gone_is_lost_and_said_so() -> None:
    beads = confirmed(linked(SOURCE, TARGET), "b1")
    found = reconcile(beads, units([SOURCE[0], SOURCE[2]]), units(TARGET))
    assert found.lost == (beads[1],)
    assert [placed.bead.id for placed in found.kept] == ["b0", "b2"]


def test_a_bead_that_keeps_a_part_of_a_side_is_stale() -> None:
    beads = linked(SOURCE, TARGET)
    beads = carried(beads, ops.merge(beads, "b0", "b1"))
    found = reconcile(beads, units(SOURCE[1:]), units(TARGET))
    merged = found.kept[0]
    assert (merged.source, merged.target) == ((0,), (0, 1))
    assert Mark.STALE in merged.bead.marks


def test_an_edited_text_whose_sentence_is_gone_is_not_dropped_in_silence() -> None:
    beads = linked(SOURCE, TARGET)
    beads = carried(beads, ops.merge(beads, "b0", "b1"))
    beads = carried(beads, ops.edit_text(beads, "b0", 1, "Ganz anders gesagt.", "a.md"))
    found = reconcile(beads, units(SOURCE), units([TARGET[0], TARGET[2]]))
    assert [unit.raw for unit in found.kept[0].bead.target] == [TARGET[0]]
    assert found.lost == (beads[0],)


def test_a_book_that_is_declared_machine_translated_is_so_in_unchanged_beads_too() -> None:
    machine = [replace(unit, origin=Origin.MACHINE) for unit in units(TARGET)]
    found = reconcile(linked(SOURCE, TARGET), units(SOURCE), machine)
    assert {unit.origin for placed in found.kept for unit in placed.bead.target} == {Origin.MACHINE}


def test_the_files_new_text_stands_beside_what_a_person_wrote() -> None:
    beads = linked(SOURCE, TARGET)
    beads = carried(beads, ops.edit_text(beads, "b1", 0, "Ein Netz besteht aus `n` Lagen.", "a.md"))
    changed = [TARGET[0], "Ein Netz hat sehr viele Schichten.", TARGET[2]]
    bead = reconcile(beads, units(SOURCE), units(changed)).kept[1].bead
    assert (bead.target[0].raw, bead.target[0].in_file) == ("Ein Netz besteht aus `n` Lagen.", changed[1])
    assert (bead.status, bead.marks) == (Status.EDITED, {Mark.STALE})


def test_an_edit_over_an_unchanged_file_stays_as_it_is() -> None:
    beads = linked(SOURCE, TARGET)
    beads = carried(beads, ops.edit_text(beads, "b1", 0, "Ganz anders gesagt.", "a.md"))
    found = reconcile(beads, units(SOURCE), units(TARGET))
    assert [placed.bead for placed in found.kept] == beads


def test_an_edit_that_has_been_written_back_is_no_longer_one() -> None:
    beads = linked(SOURCE, TARGET)
    beads = carried(beads, ops.edit_text(beads, "b1", 0, "Ganz anders gesagt.", "a.md"))
    changed = [TARGET[0], "Ganz anders gesagt.", TARGET[2]]
    bead = reconcile(beads, units(SOURCE), units(changed)).kept[1].bead
    assert bead.target[0].in_file is None
    assert bead.target[0].key == units(changed)[1].key
    assert (bead.status, bead.marks) == (Status.EDITED, frozenset())


def test_origins_stay_with_unchanged_text_only() -> None:
    beads = confirmed(linked(SOURCE, TARGET), "b0", "b1")
    beads = [
        replace(bead, target=tuple(replace(unit, origin=Origin.MEMORY) for unit in bead.target))
        for bead in beads
    ]
    changed = [TARGET[0], TARGET[1] + " Sehr.", TARGET[2]]
    kept = reconcile(beads, units(SOURCE), units(changed)).kept
    assert [placed.bead.target[0].origin for placed in kept[:2]] == [Origin.MEMORY, Origin.HUMAN]


def test_a_unit_that_two_beads_claim_goes_to_the_first() -> None:
    first = confirmed(linked(SOURCE, TARGET), "b0")[0]
    second = replace(first, id="copy", note="from another branch")
    found = reconcile([first, second], units(SOURCE), units(TARGET))
    assert [placed.bead.id for placed in found.kept] == ["b0"]
    assert [bead.id for bead in found.lost] == ["copy"]


def test_swapped_beads_survive_and_follow_a_changed_sentence() -> None:
    beads = linked(SOURCE, TARGET)
    beads = carried(beads, ops.swap(beads, "b0", "b2"))
    assert [p.bead for p in reconcile(beads, units(SOURCE), units(TARGET)).kept] == beads
    changed = [TARGET[0], TARGET[1], "Das Training braucht Geduld."]
    found = reconcile(beads, units(SOURCE), units(changed))
    assert [(placed.source, placed.target) for placed in found.kept] == [
        ((0,), (2,)),
        ((1,), (1,)),
        ((2,), (0,)),
    ]
    assert Mark.STALE in found.kept[0].bead.marks
    assert found.lost == ()


def test_a_moved_paragraph_takes_its_beads_along() -> None:
    beads = confirmed(pairs(6), "b0", "b1")
    source, target = ([unit for bead in beads for unit in bead.side(side)] for side in ("source", "target"))
    order = [2, 3, 4, 0, 1, 5]
    moved = [units(side[n].raw for n in order) for side in (source, target)]
    found = reconcile(beads, moved[0], moved[1])
    assert [placed.source for placed in found.kept] == [(3,), (4,), (0,), (1,), (2,), (5,)]
    assert found.lost == ()
    assert all(Mark.STALE not in placed.bead.marks for placed in found.kept)
