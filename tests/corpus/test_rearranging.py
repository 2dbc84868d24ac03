from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from amts_tui.corpus import operations as ops
from amts_tui.corpus.doubts import Alternative, Doubts
from amts_tui.corpus.model import Bead, Status
from amts_tui.corpus.rearranging import carry, take_alternative
from amts_tui.errors import AmtsError
from tests.corpus.build import carried, document, documents, id_maker, pairs, raws, with_status

OFFSET = st.integers(-2, 2)


def doubting(
    beads: list[Bead], at: int, source: tuple[int, int] = (0, 0), target: tuple[int, int] = (0, 0)
) -> list[Bead]:
    doubts = Doubts(alternative=Alternative(source, target, 0.3))
    return [replace(bead, doubts=doubts) if n == at else bead for n, bead in enumerate(beads)]


def taken(beads: list[Bead], at: int) -> list[Bead]:
    return carried(beads, take_alternative(beads, f"b{at}", id_maker(beads)))


@given(documents(), st.data(), OFFSET, OFFSET, OFFSET, OFFSET)
def test_an_alternative_leaves_each_side_as_it_reads_and_can_be_taken_back(
    drawn: list[Bead], data: st.DataObject, begin: int, end: int, first: int, last: int
) -> None:
    at = data.draw(st.integers(0, len(drawn) - 1))
    bead = drawn[at]
    sizes = (len(bead.source) + end - begin, len(bead.target) + last - first)
    assume(min(sizes) >= 0 and max(sizes) > 0)
    beads = doubting(drawn, at, (begin, end), (first, last))
    try:
        changes = take_alternative(beads, bead.id, id_maker(beads))
    except AmtsError:
        assume(False)
    after = carried(beads, changes)
    assert ops.check_structure(beads, after)
    assert all(bead.source or bead.target for bead in after)
    assert len({bead.id for bead in after}) == len(after)
    there = after[ops.position(after, bead.id)]
    assert (len(there.source), len(there.target)) == sizes
    for old in beads:
        if old.status is not Status.AUTO and old.id != bead.id:
            assert old in after
    assert carried(after, [change.inverse() for change in reversed(changes)]) == beads


def test_the_next_target_comes_in_and_the_bead_that_it_empties_leaves_its_note() -> None:
    beads = doubting(document([(1, 1), (0, 1), (1, 1)]), 0, target=(0, 1))
    beads[1] = replace(beads[1], note="n")
    after = taken(beads, 0)
    assert [(b.id, b.shape, b.note) for b in after] == [("b0", "1:2", "n"), ("b2", "1:1", "")]
    assert (after[0].status, after[0].doubts.alternative) == (Status.EDITED, None)


def test_another_partner_leaves_the_old_one_to_an_empty_cell_or_to_itself() -> None:
    beads = doubting(document([(1, 0), (1, 1), (0, 1), (1, 1)]), 1, target=(1, 1))
    assert [bead.shape for bead in taken(beads, 1)] == ["1:1", "1:1", "1:1"]
    beads = doubting(document([(1, 1), (1, 1), (0, 1), (1, 1)]), 1, target=(1, 1))
    assert [bead.shape for bead in taken(beads, 1)] == ["1:1", "0:1", "1:1", "1:1"]


def test_what_an_alternative_splits_off_on_both_sides_stays_together() -> None:
    beads = doubting(document([(1, 1), (2, 2), (1, 1)]), 1, (0, -1), (0, -1))
    assert [bead.shape for bead in taken(beads, 1)] == ["1:1", "1:1", "1:1", "1:1"]


@pytest.mark.parametrize("status", [Status.CONFIRMED, Status.EDITED, Status.EXCLUDED])
def test_an_alternative_takes_nothing_from_what_is_settled(status: Status) -> None:
    beads = doubting(with_status(pairs(3), b2=status), 1, target=(0, 1))
    with pytest.raises(AmtsError, match="bead b2, which is settled"):
        taken(beads, 1)


def test_an_alternative_that_does_not_fit_any_more_is_refused() -> None:
    with pytest.raises(AmtsError, match="no alternative"):
        taken(pairs(2), 0)
    with pytest.raises(AmtsError, match="changed since"):
        taken(doubting(pairs(2), 1, target=(0, 1)), 1)
    beads = pairs(4)
    crossed = carried(beads, ops.swap(beads, "b0", "b3"))
    with pytest.raises(AmtsError, match=r"settled|changed since"):
        taken(doubting(crossed, 2, target=(0, 1)), 2)


def test_a_unit_is_carried_to_any_bead() -> None:
    beads = document([(1, 2), (1, 1), (1, 1)])
    down = carried(beads, carry(beads, "b0", "target", 0, "b2"))
    assert raws(down, "target") == [
        ["Target number 1."],
        ["Target number 2."],
        ["Target number 0.", "Target number 3."],
    ]
    assert [bead.status for bead in down] == [Status.EDITED, Status.AUTO, Status.EDITED]
    up = carried(beads, carry(beads, "b2", "target", 0, "b0"))
    assert raws(up, "target")[0] == ["Target number 0.", "Target number 1.", "Target number 3."]


def test_a_bead_that_gives_its_last_unit_leaves_its_note() -> None:
    beads = document([(1, 1), (1, 1), (0, 1)])
    beads[2] = replace(beads[2], note="n")
    after = carried(beads, carry(beads, "b2", "target", 0, "b0"))
    assert [(b.id, b.shape, b.note) for b in after] == [("b0", "1:2", "n"), ("b1", "1:1", "")]


@pytest.mark.parametrize(("unit", "to"), [(1, "b1"), (-1, "b1"), (0, "b0")])
def test_a_unit_that_is_not_there_or_stays_cannot_be_carried(unit: int, to: str) -> None:
    with pytest.raises(AmtsError):
        carry(pairs(2), "b0", "target", unit, to)
