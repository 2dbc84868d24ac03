"""Long paths in pieces."""

from hypothesis import given
from hypothesis import strategies as st

from amts_tui.alignment.pieces import pieces
from amts_tui.alignment.search import Bead

SHAPES = [(1, 1), (1, 1), (1, 1), (1, 2), (2, 1), (1, 0), (0, 1)]


def path(shapes: list[tuple[int, int]]) -> list[Bead]:
    """Beads of these shapes, one after the other."""
    i = j = 0
    beads = []
    for a, b in shapes:
        beads.append((i, i + a, j, j + b))
        i, j = i + a, j + b
    return beads


def test_a_short_path_stays_whole() -> None:
    beads = path([(1, 1)] * 2000)
    assert list(pieces(beads)) == [beads]


@given(st.lists(st.sampled_from(SHAPES), min_size=1, max_size=40))
def test_pieces_are_the_path_and_of_bounded_size(pattern: list[tuple[int, int]]) -> None:
    beads = path([*pattern, (1, 1)] * (12_000 // len(pattern)))
    found = list(pieces(beads))
    assert [bead for piece in found for bead in piece] == beads
    assert all(piece[-1][1] + piece[-1][3] - piece[0][0] - piece[0][2] <= 6_100 for piece in found)


def test_a_cut_is_in_the_middle_of_a_run_of_one_to_ones() -> None:
    beads = path([*[(1, 2)] * 1200, *[(1, 1)] * 40, *[(1, 2)] * 1200])
    first, second = pieces(beads)
    assert len(first) == 1220
    assert first[-1][1] - first[-1][0] == second[0][3] - second[0][2] == 1


def test_what_has_no_pairs_is_not_cut() -> None:
    assert len(list(pieces(path([(1, 0)] * 20_000)))) == 1
