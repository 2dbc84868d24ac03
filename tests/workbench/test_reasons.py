from dataclasses import replace

import pytest

from amts_tui.corpus.doubts import Alternative, Doubts, Reason
from amts_tui.corpus.model import Bead, BeadUnit, Status
from amts_tui.workbench.reasons import reasons


def unit(text: str, segment: int = 0) -> BeadUnit:
    return BeadUnit(text, text, segment=segment)


def bead(doubts: Doubts, source: int = 1, target: int = 1) -> Bead:
    left, right = (tuple(unit(f"Number {n}.") for n in range(count)) for count in (source, target))
    return Bead("b", left, right, 0.5, doubts=doubts)


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words(reason: Reason) -> None:
    (words,) = reasons(bead(Doubts((reason,))))
    assert words[0].islower()
    assert not words.endswith(".")


def test_numbers_are_named_by_side() -> None:
    one = Bead("b", (unit("12 of 3.5"),), (unit("3.5 de 13"),), doubts=Doubts((Reason.NUMBERS,)))
    assert reasons(one) == ["numbers differ: 12 only on the source side; 13 only on the target side"]


@pytest.mark.parametrize(
    ("shape", "source", "target", "words"),
    [
        ((1, 1), (0, 0), (0, 1), "1:2, with the next target sentence, is possible: 23%"),
        ((1, 1), (-2, 0), (0, 0), "3:1, with the previous 2 source sentences, is possible: 23%"),
        ((1, 2), (0, 0), (1, 0), "1:1, without its first target sentence, is possible: 23%"),
        ((2, 1), (0, 0), (-1, 1), "2:3, with the previous target sentence and with the next target sentence,"
            " is possible: 23%"),
        ((2, 1), (0, 0), (1, 2), "2:2, with the next 2 target sentences instead, is possible: 23%"),
        ((1, 1), (0, 0), (1, 1), "1:1, with the next target sentence instead, is possible: 23%"),
        ((1, 1), (-1, -1), (0, 0), "1:1, with the previous source sentence instead, is possible: 23%"),
        ((1, 1), (0, 0), (0, -1), "a source sentence of it without a partner is possible: 23%"),
        ((1, 1), (1, 0), (0, 0), "a target sentence of it without a partner is possible: 23%"),
        ((1, 0), (0, 0), (0, 1), "1:1, with the next target sentence, is possible: 23%"),
        ((1, 0), (0, 0), (-1, 0), "1:1, with the previous target sentence, is possible: 23%"),
    ],
)  # fmt: skip
def test_the_alternative_is_told_by_what_changes(
    shape: tuple[int, int], source: tuple[int, int], target: tuple[int, int], words: str
) -> None:
    assert reasons(bead(Doubts((), Alternative(source, target, 0.23)), *shape)) == [words]


def test_a_paragraph_border_inside_a_bead_is_told() -> None:
    one = Bead("b", (unit("A."), unit("B.", 1)), (unit("C."),), 0.5)
    assert reasons(one) == ["it crosses a paragraph border on the source side"]


def test_a_settled_bead_is_not_doubted() -> None:
    doubted = bead(Doubts((Reason.WORDS,)))
    assert reasons(doubted)
    assert reasons(replace(doubted, status=Status.CONFIRMED)) == []
