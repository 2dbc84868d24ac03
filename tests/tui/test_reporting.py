from amts_tui.tui.reporting import Progressed, Reporter


def test_at_most_ten_reports_a_second_and_always_the_last() -> None:
    now = 0.0
    posted: list[Progressed] = []
    report = Reporter("work", posted.append, clock=lambda: now)
    for step in range(1001):
        now = step / 1000
        report(step, 1000, "x")
    assert len(posted) <= 12
    assert posted[0].done == 0
    assert posted[-1].done == 1000
