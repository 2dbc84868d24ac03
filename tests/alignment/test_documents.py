"""Documents made by hand: the contract is `books.model`, no reader is needed."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from amts_tui.alignment.documents import Mode, align_documents, align_many, document_pair, unit_pair
from amts_tui.alignment.landmarks import shared
from amts_tui.alignment.lexicon import Lexicon
from amts_tui.alignment.model import Fixed
from amts_tui.alignment.pairing import pair_documents
from amts_tui.alignment.text import Landmark, read
from amts_tui.books.model import Block, BlockKind, Document, Item, ItemForm, ItemKind, Segment, Unit
from amts_tui.errors import Cancelled
from tests.alignment.fakes import WordSimilarity, sentence

WORDS = WordSimilarity()


def document(*parts: tuple[BlockKind, str | list[str]]) -> Document:
    """A document of blocks: a list of sentences is text, a string stands as it is."""
    text, blocks = "", []
    for kind, content in parts:
        start = len(text)
        if isinstance(content, str):
            text += content
            blocks.append(Block(kind, start, len(text), False))
        else:
            units = []
            for one in content:
                units.append(Unit(one, len(text), len(text) + len(one)))
                text += one + " "
            segment = Segment(" ".join(content), start, len(text) - 1, units=tuple(units))
            blocks.append(Block(kind, start, len(text) - 1, True, (segment,)))
        text += "\n\n"
    return Document("a.md", "en", text, tuple(blocks))


def paragraph(*numbers: int) -> tuple[BlockKind, list[str]]:
    return BlockKind.PARAGRAPH, [sentence(number) for number in numbers]


def beads(source: Document, target: Document) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(link.source, link.target) for link in align_documents(source, target, WORDS)]


def test_a_split_and_a_merged_paragraph_are_crossed() -> None:
    source = document(paragraph(1, 2, 3, 4), paragraph(5, 6), paragraph(7, 8))
    target = document(paragraph(1, 2), paragraph(3, 4), paragraph(5, 6, 7, 8))
    assert beads(source, target) == [((i,), (i,)) for i in range(8)]


def test_a_dropped_and_an_added_paragraph_stay_alone() -> None:
    source = document(paragraph(1, 2), paragraph(3, 4), paragraph(5), paragraph(6))
    target = document(paragraph(1, 2), paragraph(5), paragraph(20, 21, 22), paragraph(6))
    found = beads(source, target)
    assert ((2,), ()) in found
    assert ((3,), ()) in found
    assert {((), (j,)) for j in (3, 4, 5)} <= set(found)
    assert ((5,), (6,)) in found


def test_a_moved_paragraph_is_left_alone_on_one_place_of_each_side() -> None:
    source = document(paragraph(1, 2), paragraph(30, 31, 32), paragraph(3, 4), paragraph(5, 6))
    target = document(paragraph(1, 2), paragraph(3, 4), paragraph(5, 6), paragraph(30, 31, 32))
    found = beads(source, target)
    assert {((i,), ()) for i in (2, 3, 4)} <= set(found)
    assert {((), (j,)) for j in (6, 7, 8)} <= set(found)


def test_landmarks_hold_units_that_say_nothing() -> None:
    """The words of both sides are unrelated: code and a label alone tell where each paragraph belongs."""
    code, label = (BlockKind.CODE, "```\nx = 1  # one\n```"), (BlockKind.DIRECTIVE, ":label:`sec_a`")
    theirs = (BlockKind.CODE, "```\nx = 1  # uno\n```")
    source = document(paragraph(1), code, paragraph(2, 3), label, paragraph(4))
    target = document(paragraph(11), paragraph(12), theirs, paragraph(13, 14), label, paragraph(15))
    found = beads(source, target)
    assert all(max(bead[0]) < 1 for bead in found if bead[0] and bead[1] and min(bead[1]) < 2)
    assert ((3,), (4,)) in found


def test_shared_landmarks_keep_their_order() -> None:
    source = [Landmark(0, "a"), Landmark(1, "b"), Landmark(3, "c"), Landmark(4, "tab"), Landmark(6, "tab")]
    target = [Landmark(0, "b"), Landmark(2, "a"), Landmark(5, "c"), Landmark(7, "tab")]
    points = shared(source, target)
    assert (3, 5) in points
    assert len(points) == 3
    assert points[3, 5] > max(saving for (i, _), saving in points.items() if i > 3)


def formula(name: str) -> Document:
    """One paragraph that says always the same but for its formula."""
    text = f"{sentence(1)} {{1}}"
    unit = Unit(text, 0, len(text), (Item(1, ItemForm.SINGLE, ItemKind.MATH, f"${name}$"),))
    segment = Segment(text, 0, len(text), unit.items, units=(unit,))
    return Document("a.md", "en", text, (Block(BlockKind.PARAGRAPH, 0, len(text), True, (segment,)),))


def joined(*documents: Document) -> Document:
    return Document("a.md", "en", "", tuple(block for one in documents for block in one.blocks))


def test_a_formula_decides_between_like_sentences() -> None:
    source = joined(*(formula(name) for name in "adbc"))
    target = joined(*(formula(name) for name in "bc"))
    assert "math:$a$" in read(source).units[0].anchors
    assert beads(source, target)[-2:] == [((2,), (0,)), ((3,), (1,))]


def test_a_fixed_bead_of_documents_is_kept() -> None:
    text = document(paragraph(1, 2), paragraph(3))
    links = align_documents(text, text, WORDS, fixed=[Fixed((0, 1), (0,))])
    assert next((link.source, link.target) for link in links) == ((0, 1), (0,))


def test_an_empty_document_leaves_everything_alone() -> None:
    assert beads(document(), document(paragraph(1, 2))) == [((), (0,)), ((), (1,))]
    assert beads(document(), document()) == []


def test_many_documents_give_the_same_links_elsewhere_and_report_progress() -> None:
    pairs = [document_pair(document(paragraph(n, n + 1)), document(paragraph(n, n + 1))) for n in range(6)]
    steps: list[tuple[int, int]] = []
    here = list(align_many(pairs, WORDS, progress=lambda done, all_: steps.append((done, all_))))
    with ThreadPoolExecutor(2) as executor:
        assert list(align_many(pairs, WORDS, executor=executor)) == here
    assert steps == [(done, 6) for done in range(7)]


def test_aligning_stops_when_asked() -> None:
    stop = threading.Event()
    pairs = [document_pair(document(paragraph(n)), document(paragraph(n))) for n in range(4)]
    running = align_many(pairs, WORDS, cancelled=stop.is_set)
    assert next(running)
    stop.set()
    with pytest.raises(Cancelled):
        next(running)


def test_aligning_stops_within_a_long_document() -> None:
    units = [sentence(n) for n in range(400)]
    looks = 0

    def cancelled() -> bool:
        nonlocal looks
        looks += 1
        return looks > 6

    with pytest.raises(Cancelled):
        list(align_many([unit_pair(units, units)], WORDS, cancelled=cancelled))
    assert looks == 7


class Pupil(WordSimilarity):
    """Says what it was taught."""

    def __init__(self, lessons: int, taught: tuple[tuple[tuple[str, str], ...], ...] = ()) -> None:
        self._wanted = lessons
        self.taught = taught
        self.lexicon = Lexicon() if taught else None

    @property
    def lessons(self) -> int:
        return 0 if self.taught else self._wanted

    def learned(self, pairs: Sequence[tuple[str, str]]) -> Pupil:
        return Pupil(self._wanted, (*self.taught, tuple(pairs)))


def taught(lessons: int, mode: Mode) -> tuple[list[int], int]:
    """How many beads each lesson had, with three of the rest of the book, and how often was aligned."""
    text = [sentence(n) for n in range(5)]
    last: list[Pupil] = []
    steps: list[tuple[int, int]] = []
    links = list(
        align_many(
            [unit_pair(text, text)],
            Pupil(lessons),
            mode=mode,
            beads=[("a", "b")] * 3,
            learned=last.append,
            progress=lambda done, all_: steps.append((done, all_)),
        )
    )
    assert [(link.source, link.target) for link in links[0]] == [((n,), (n,)) for n in range(5)]
    assert steps[-1][0] == steps[-1][1]
    return [len(lesson) for lesson in last[0].taught], steps[-1][1]


def test_a_thorough_alignment_learns_from_a_first_one_and_from_what_is_known() -> None:
    assert taught(1, "thorough") == ([8], 2)
    assert taught(2, "thorough") == ([8, 8], 3)


def test_a_quick_alignment_has_one_lesson_less() -> None:
    assert taught(1, "quick") == ([3], 1)
    assert taught(2, "quick") == ([8], 2)


def test_documents_pair_by_path() -> None:
    pairs = pair_documents(["b.md", "a.md", "c/d.md"], ["a.md", "c/d.md", "e.md"])
    assert pairs.paired == (("a.md", "a.md"), ("c/d.md", "c/d.md"))
    assert pairs.only_source == ("b.md",)
    assert pairs.only_target == ("e.md",)
