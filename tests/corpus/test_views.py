from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_tui.corpus.model import Bead, BeadUnit, Mark, Status
from amts_tui.corpus.searching import Search
from amts_tui.corpus.views import BUILT_IN, View, sift
from amts_tui.errors import AmtsError

ONE = (BeadUnit("u", "tide"),)
BEADS = [
    Bead("a", ONE, ONE, 0.9),
    Bead("b", ONE, ONE, 0.5, marks=frozenset({Mark.FLAG})),
    Bead("c", ONE, (), 0.3),
    Bead("d", ONE, ONE, 0.4, Status.CONFIRMED, note="n"),
    Bead("e", (BeadUnit("v", "moon"),), ONE, 0.95),
    Bead("f", ONE, ONE, 0.95, Status.EXCLUDED),
]


def rows(view: View) -> list[int]:
    return list(sift(BEADS, view, lambda bead: {"numbers"} if bead.id == "e" else (), 5.0).rows)


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (View(), [0, 1, 2, 3, 4, 5]),
        (View(statuses=frozenset({Status.CONFIRMED, Status.EXCLUDED})), [3, 5]),
        (View(marks=frozenset({Mark.FLAG, Mark.PIN})), [1]),
        (View(below=0.5), [2, 3]),
        (View(below=0.5, statuses=frozenset({Status.AUTO})), [2]),
        (View(one_sided=True), [2]),
        (View(noted=True), [3]),
        (View(search=Search("moon", "source")), [4]),
        (View(search=Search("moon", "target")), []),
        (View(checks=frozenset({"numbers", "length"})), [4]),
    ],
)
def test_a_view_lets_through_what_fits_each_of_its_parts(view: View, expected: list[int]) -> None:
    assert rows(view) == expected


def test_neighbours_are_dimmed_and_the_rest_hidden() -> None:
    found = sift(BEADS, View(one_sided=True), lambda _bead: (), 5.0)
    assert (found.dimmed, found.hidden) == (frozenset("bd"), frozenset("aef"))
    found = sift(BEADS, View(one_sided=True, neighbours=0), lambda _bead: (), 5.0)
    assert (found.dimmed, found.hidden) == (frozenset(), frozenset("abdef"))


def test_a_view_that_takes_too_long_is_given_up() -> None:
    ticks = iter(range(100))
    with pytest.raises(AmtsError, match="takes too long"):
        sift(BEADS, View(), lambda _bead: (), 2.5, clock=lambda: float(next(ticks)))


def test_a_view_says_what_it_shows() -> None:
    assert View("x").words == "all rows"
    assert View("x").empty
    view = View(statuses=frozenset({Status.AUTO}), below=0.6, search=Search("a+", "source", regex=True))
    assert view.words == "auto, confidence below 0.60, /a+/ on the source side"
    assert not view.empty


@given(
    st.builds(
        View,
        st.text(),
        st.frozensets(st.sampled_from(Status)),
        st.frozensets(st.sampled_from(Mark)),
        st.frozensets(st.text(max_size=5)),
        st.none() | st.floats(0.001, 1),
        st.booleans(),
        st.booleans(),
        st.none()
        | st.builds(Search, st.text(min_size=1), st.sampled_from([None, "source", "target"]), st.booleans()),
        st.integers(0, 9),
    )
)
def test_a_view_is_kept_as_it_is(view: View) -> None:
    assert View.of(view.value()) == view


def test_every_project_has_views_with_names_of_their_own() -> None:
    assert len({view.name for view in BUILT_IN}) == len(BUILT_IN)
    assert not any(view.empty for view in BUILT_IN)
