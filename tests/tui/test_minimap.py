from amts_tui.tui.widgets.minimap import doubt_levels
from amts_tui.workbench.types import Bead


def doubtful(bead: Bead) -> bool:
    return bead.confidence < 0.5


def beads(confidences: list[float]) -> list[Bead]:
    return [Bead(str(n), (), (), confidence) for n, confidence in enumerate(confidences)]


def test_a_line_tells_how_many_of_its_rows_are_doubtful() -> None:
    rows = beads([1.0] * 6 + [0.1] + [1.0] * 5 + [0.1] * 2 + [1.0] * 4 + [0.1] * 6)
    assert doubt_levels(rows, 4, doubtful) == [0, 1, 2, 3]


def test_fewer_rows_than_lines() -> None:
    assert doubt_levels(beads([0.1, 1.0]), 6, doubtful) == [3, 3, 3, 0, 0, 0]
    assert doubt_levels([], 3, doubtful) == [0, 0, 0]


def test_a_long_document_is_sampled() -> None:
    looked = []

    def look(bead: Bead) -> bool:
        looked.append(bead)
        return doubtful(bead)

    rows = beads([0.1] * 50_000 + [1.0] * 50_000)
    assert doubt_levels(rows, 10, look) == [3] * 5 + [0] * 5
    assert len(looked) <= 2100
