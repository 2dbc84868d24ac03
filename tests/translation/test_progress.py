"""Reports at most ten a second, and pauses that can be ended."""

import pytest

from amts_tui.errors import Cancelled
from amts_tui.translation.progress import Throttled, pause


def test_at_most_ten_reports_a_second_and_always_the_last() -> None:
    now = 0.0
    seen: list[int] = []
    report = Throttled(lambda done, total, what: seen.append(done), clock=lambda: now)
    for done in range(1, 101):
        now = done * 0.01
        report(done, 100, "x")
    assert len(seen) <= 11
    assert seen[-1] == 100


def test_a_pause_ends_when_it_is_cancelled() -> None:
    slept: list[float] = []
    with pytest.raises(Cancelled, match="waiting was stopped"):
        pause(30.0, lambda: len(slept) == 3, "waiting", slept.append)
    assert sum(slept) < 1
    slept.clear()
    pause(0.25, lambda: False, "waiting", slept.append)
    assert sum(slept) == pytest.approx(0.25)
