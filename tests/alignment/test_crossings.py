"""Moved passages are proposed, and nothing is where nothing moved."""

import pytest

from amts_tui.alignment.crossings import crossings, missing_runs
from amts_tui.alignment.documents import align_units
from amts_tui.alignment.model import Link
from tests.alignment.fakes import WordSimilarity, sentence

WORDS = WordSimilarity()
SOURCE = [sentence(number) for number in range(60)]
TARGET = [text.upper() for text in SOURCE]


@pytest.mark.parametrize(
    ("target", "source_run", "target_run"),
    [
        ([*TARGET[:10], *TARGET[18:50], *TARGET[10:18], *TARGET[50:]], (10, 18), (42, 50)),
        ([*TARGET[:5], *TARGET[40:49], *TARGET[5:40], *TARGET[49:]], (40, 49), (5, 14)),
        ([*TARGET[:20], *TARGET[26:40], *TARGET[20:26], *TARGET[40:]], (20, 26), (34, 40)),
    ],
)
def test_a_moved_passage_is_proposed(
    target: list[str], source_run: tuple[int, int], target_run: tuple[int, int]
) -> None:
    links = align_units(SOURCE, target, WORDS)
    (found,) = crossings(SOURCE, target, links, WORDS)
    assert (found.source, found.target) == (source_run, target_run)
    assert found.confidence > 0.9


@pytest.mark.parametrize(
    "target", [TARGET, [*TARGET[:10], *TARGET[20:]], [*TARGET[:30], *[sentence(n) for n in range(99, 120)]]]
)
def test_nothing_moved(target: list[str]) -> None:
    assert crossings(SOURCE, target, align_units(SOURCE, target, WORDS), WORDS) == []


def test_two_sections_that_changed_places_are_two_crossings() -> None:
    target = [*TARGET[:6], *TARGET[44:53], *TARGET[14:44], *TARGET[6:14], *TARGET[53:]]
    beads = [((i,), (i,)) for i in range(6)] + [((i,), (i + 1,)) for i in range(14, 44)]
    beads += [((i,), (i,)) for i in range(53, 60)]
    sides = [set(range(60)).difference(*(bead[side] for bead in beads)) for side in (0, 1)]
    alone = [((i,), ()) for i in sides[0]] + [((), (j,)) for j in sides[1]]
    links = [
        Link(*bead, 0.99) for bead in sorted([*beads, *alone], key=lambda bead: min(*bead[0], *bead[1], 99))
    ]
    found = crossings(SOURCE, target, links, WORDS)
    assert [(one.source, one.target) for one in found] == [((6, 14), (45, 53)), ((44, 53), (6, 15))]


def test_a_run_of_missing_units_goes_on_past_a_few_sure_ones() -> None:
    links = [
        Link((0,), (0,), 0.99),
        *(Link((unit,), (), 0.9) for unit in (1, 2)),
        Link((3,), (1,), 0.4),
        Link((4,), (2,), 0.99),
        Link((5,), (), 0.9),
        *(Link((unit,), (unit - 3,), 0.99) for unit in range(6, 12)),
        Link((12,), (), 0.9),
    ]
    assert missing_runs(links, "source") == [(1, 6)]
    assert missing_runs(links, "target") == []
