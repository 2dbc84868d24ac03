from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from amts_tui.tui.queue import doubtful, find, progress
from amts_tui.workbench.types import Mark, Status
from tests.tui.examples import many, page


def test_doubtful_is_what_nobody_has_settled_and_the_aligner_is_not_sure_of() -> None:
    low = replace(page()[1], confidence=0.3)
    assert doubtful(low)
    assert not doubtful(replace(low, confidence=0.95))
    assert doubtful(replace(low, confidence=0.95, target=()))
    for status in (Status.CONFIRMED, Status.EDITED, Status.EXCLUDED):
        assert not doubtful(replace(low, status=status))
    assert doubtful(replace(low, status=Status.CONFIRMED, marks=frozenset({Mark.STALE})))


@given(st.sets(st.integers(0, 19)), st.integers(0, 19), st.sampled_from([1, -1]))
def test_the_queue_visits_everything_wanted_and_nothing_else(rows: set[int], start: int, step: int) -> None:
    beads = many(20)
    wanted = {beads[row].id for row in rows}
    visited = []
    row: int | None = start
    for _ in rows:
        row = find(beads, row or 0, step, lambda bead: bead.id in wanted)
        assert row is not None
        visited.append(row)
    assert set(visited) == rows


def test_there_is_nothing_to_find() -> None:
    assert find([], 0, 1, doubtful) is None
    assert find(many(3), 1, 1, lambda _bead: False) is None


def test_progress_counts_what_is_settled_and_rounds_down() -> None:
    done = progress(page())
    assert (done.beads, done.settled, done.doubtful, done.percent) == (8, 3, 3, 37)
    assert progress([]).percent == 0
