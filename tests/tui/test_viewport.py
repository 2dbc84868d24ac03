from hypothesis import given
from hypothesis import strategies as st

from amts_tui.tui.widgets.viewport import Viewport

HEIGHTS = st.lists(st.integers(1, 9), max_size=30)
STEPS = st.lists(
    st.tuples(st.sampled_from(["scroll", "jump", "reveal"]), st.integers(-40, 40), st.integers(0, 4)),
    max_size=10,
)


@given(HEIGHTS, st.integers(1, 12), STEPS)
def test_the_window_is_always_full_and_without_holes(
    heights: list[int], height: int, steps: list[tuple[str, int, int]]
) -> None:
    view = Viewport(heights.__getitem__, lambda: len(heights), height)
    lines = [(row, line) for row, count in enumerate(heights) for line in range(count)]
    for step, number, margin in steps:
        if step == "scroll":
            view.scroll(number)
        elif heights and step == "jump":
            view.jump(number % len(heights))
        elif heights:
            view.reveal(number % len(heights), margin)
        places = view.places()
        assert len(places) == min(height, len(lines))
        if places:
            first = lines.index(places[0])
            assert lines[first : first + len(places)] == places


@given(HEIGHTS.filter(bool), st.integers(1, 12), st.integers(0, 29), st.integers(0, 29), st.integers(0, 4))
def test_reveal_shows_the_row(heights: list[int], height: int, start: int, row: int, margin: int) -> None:
    view = Viewport(heights.__getitem__, lambda: len(heights), height)
    view.jump(start % len(heights))
    row %= len(heights)
    view.reveal(row, margin)
    places = view.places()
    if heights[row] <= height:
        assert all((row, line) in places for line in range(heights[row]))
    else:
        assert row in {at for at, _ in places}


def test_only_rows_near_the_window_are_measured() -> None:
    measured: set[int] = set()

    def measure(row: int) -> int:
        measured.add(row)
        return 2

    view = Viewport(measure, lambda: 1_000_000, 20)
    view.jump(500_000)
    view.reveal(500_100, 3)
    view.places()
    assert len(measured) < 100


def test_rows_that_vanish_take_the_window_along() -> None:
    heights = [2] * 50
    view = Viewport(heights.__getitem__, lambda: len(heights), 10)
    view.jump(48)
    del heights[20:]
    view.clamp()
    assert view.places()[-1] == (19, 1)
    assert len(view.places()) == 10
