"""Moved passages are told by rows, and their beads say so on both sides."""

from amts_tui.alignment.documents import align_units, unit_pair
from amts_tui.corpus.doubts import Doubts, Reason
from amts_tui.corpus.model import Bead, BeadUnit
from amts_tui.workbench.moving import moved
from amts_tui.workbench.reasons import reasons
from tests.alignment.fakes import WordSimilarity, sentence

WORDS = WordSimilarity()
SOURCE = [sentence(number) for number in range(40)]
TARGET = [text.upper() for text in SOURCE]


def test_both_places_of_a_moved_passage_name_each_other() -> None:
    target = [*TARGET[:10], *TARGET[16:30], *TARGET[10:16], *TARGET[30:]]
    links = align_units(SOURCE, target, WORDS)
    (found,), noted = moved("a.md", unit_pair(SOURCE, target), links, WORDS)
    assert str(found) == (
        "a.md: a passage seems moved: source rows 11-16 and target rows 31-36; look at them in Align"
    )
    marked = [
        (row, link.doubts.partner)
        for row, link in enumerate(noted, start=1)
        if Reason.MOVED in link.doubts.reasons
    ]
    assert marked == [
        *((row, (31, 36)) for row in range(11, 17)),
        *((row, (11, 16)) for row in range(31, 37)),
    ]
    assert [(link.source, link.target) for link in noted] == [(link.source, link.target) for link in links]


def test_nothing_is_told_where_nothing_moved() -> None:
    links = align_units(SOURCE, TARGET, WORDS)
    assert moved("a.md", unit_pair(SOURCE, TARGET), links, WORDS) == ([], links)


def test_the_place_of_the_partner_is_told_in_words_and_kept() -> None:
    doubts = Doubts((Reason.MOVED,), partner=(31, 36))
    assert Doubts.of(doubts.value()) == doubts
    assert doubts.turned() == doubts
    bead = Bead("b", (BeadUnit("A lamp.", "A lamp."),), (), 0.9, doubts=doubts)
    assert reasons(bead) == [
        "it seems to belong to a passage that stands elsewhere on the other side:"
        " in rows 31-36 as they were aligned"
    ]
