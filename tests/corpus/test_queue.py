import time
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from amts_tui.corpus.model import Bead, Mark, Status
from amts_tui.corpus.queue import REACH, Queue, turn, unsure
from tests.corpus.build import STATUSES, documents, many, pairs


def rated(*confidences: float) -> list[Bead]:
    return [
        replace(bead, confidence=sure)
        for bead, sure in zip(pairs(len(confidences)), confidences, strict=True)
    ]


def stops(queue: Queue) -> list[int]:
    found = []
    while (row := queue.best()) is not None:
        found.append(row)
        queue.look(row)
    return found


def test_the_stop_that_shows_most_wrong_beads_comes_first() -> None:
    beads = rated(*[0.999] * 5, 0.4, *[0.999] * 5, 0.5, 0.5, 0.5, *[0.999] * 5)
    first, second = stops(Queue(beads))
    assert first in (11, 12, 13)
    assert second == 5


def test_a_stop_is_at_a_bead_that_is_suspect_itself() -> None:
    beads = rated(*[0.999] * 3, 0.4, 0.999, 0.4, *[0.999] * 3)
    assert Queue(beads).best() in (3, 5)


def test_what_is_settled_is_left_out_and_what_is_stale_is_not() -> None:
    beads = rated(0.2, 0.999, 0.999, 0.999, 0.2, 0.999, 0.999, 0.999, 0.2)
    beads[0] = replace(beads[0], status=Status.CONFIRMED)
    beads[8] = replace(beads[8], status=Status.CONFIRMED, marks=frozenset({Mark.STALE}))
    assert stops(Queue(beads)) == [8, 4]


def test_neighbours_of_what_was_put_right_are_more_suspect() -> None:
    beads = rated(*[0.999] * 5, 0.9, *[0.999] * 9, 0.88, *[0.999] * 5)
    queue = Queue(beads)
    assert queue.best() == 15
    beads[4] = replace(beads[4], status=Status.EDITED)
    queue.refresh(beads)
    assert queue.best() == 5


def test_after_all_has_been_seen_what_is_left_open_comes_again() -> None:
    beads = rated(0.999, 0.3, *[0.999] * 8)
    queue = Queue(beads)
    assert stops(queue) == [1]
    assert queue.again()
    assert stops(queue) == [1]
    beads[1] = replace(beads[1], status=Status.CONFIRMED)
    queue.refresh(beads)
    assert not queue.again()


def test_a_queue_made_anew_goes_on_where_the_last_one_was() -> None:
    beads = rated(0.2, *[0.999] * 6, 0.3)
    looked: set[str] = set()
    first = Queue(beads, looked=looked)
    assert first.best() == 0
    first.look(0)
    assert Queue(beads, looked=looked).best() == 7


def test_more_is_found_by_looking_into_the_texts() -> None:
    queue = Queue(rated(*[0.999] * 9))
    assert queue.best() is None
    queue.reweigh(0, 9, lambda bead: 0.5 if bead.id == "b4" else unsure(bead))
    assert queue.best() == 4


@given(
    documents(), documents(), st.lists(st.integers(0, 8), max_size=3), st.integers(0, 8), st.integers(0, 8)
)
def test_a_refreshed_queue_ranks_as_a_new_one(
    one: list[Bead], other: list[Bead], seen: Sequence[int], start: int, end: int
) -> None:
    queue = Queue(one)
    for row in seen:
        if row < len(one):
            queue.look(row)
    other = [replace(bead, id=f"o{bead.id}") for bead in other]
    after = [*one[:start], *other, *one[max(start, end) :]]
    gone, come = queue.refresh(after)
    new = Queue(after, looked=set(queue.looked))
    assert queue.best() == new.best()
    assert queue.best_worth == new.best_worth
    assert len(one) - len(gone) + len(come) == len(after)
    assert stops(queue) == stops(new)


@given(st.lists(st.tuples(st.floats(0, 1), STATUSES), max_size=30))
def test_following_the_queue_shows_every_suspect_bead(rows: list[tuple[float, Status]]) -> None:
    beads = [
        replace(bead, confidence=sure, status=status)
        for bead, (sure, status) in zip(pairs(len(rows)), rows, strict=True)
    ]
    queue = Queue(beads)
    suspects = {row for row in range(len(beads)) if queue.suspect(row)}
    shown = {at for row in stops(queue) for at in range(row - REACH, row + REACH + 1)}
    assert suspects <= shown


def test_one_stays_in_a_document_until_another_promises_twice_as_much() -> None:
    assert turn("a", {"a": 1.0, "b": 1.9}) == "a"
    assert turn("a", {"a": 1.0, "b": 2.1}) == "b"
    assert turn("a", {"a": 0.0, "b": 0.1}) == "b"
    assert turn("a", {"a": 0.0, "b": 0.0}) is None
    assert turn("a", {}) is None


def test_a_step_in_a_hundred_thousand_beads_is_quick() -> None:
    beads = many(100_000)
    queue = Queue(beads)
    began = time.perf_counter()
    row = queue.best()
    assert row is not None
    queue.look(row)
    beads[row] = replace(beads[row], status=Status.CONFIRMED)
    queue.refresh(beads)
    assert queue.best() != row
    assert time.perf_counter() - began < 0.5
