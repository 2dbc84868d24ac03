from __future__ import annotations

import pytest

from amts_tui.alignment.model import Link
from amts_tui.books.model import Document
from amts_tui.books.reading import parse
from amts_tui.corpus.model import Bead, BeadUnit, Origin, Status, units_of
from amts_tui.evaluation.counterparts import SegmentLink, find_counterparts
from amts_tui.evaluation.documents import score_beads, score_documents
from amts_tui.evaluation.units import ScoredSegment

PATH = "ch/a.md"


def document(text: str, lang: str = "en") -> Document:
    return parse(text, path=PATH, lang=lang)


def never(source: Document, translation: Document) -> list[Link]:
    raise AssertionError("equal structures need no alignment")


def linked(*links: tuple[tuple[int, ...], tuple[int, ...]]):
    return lambda source, translation: [Link(left, right, 0.9) for left, right in links]


def texts(segments: tuple[ScoredSegment, ...]) -> list[tuple[str, str, str]]:
    return [(segment.source, segment.hypothesis, segment.reference) for segment in segments]


def test_equal_structures_link_segment_by_segment_whatever_lies_around_the_text() -> None:
    source = document("# Loss\n:label:`sec_a`\n\nIt falls. Then it stops.\n\n```\ncode\n```\n\n* One\n")
    translation = document("# Kayıp\n\nDüşer ve durur.\n\n```\nkod\n```\n\n* Bir\n", "tr")
    found = find_counterparts(source, translation, never)
    assert found.links == tuple(SegmentLink((n,), (n,)) for n in range(3))
    assert not found.aligned


def test_a_cell_that_has_lost_its_words_does_not_shift_the_rest() -> None:
    source = document("| Days | Range |\n|--|--|\n| one | 20 to 30 |\n\nIt falls.\n")
    translation = document("| Gün | Aralık |\n|--|--|\n| bir | 20–30 |\n\nDüşer.\n", "tr")
    found = find_counterparts(source, translation, never)
    pairs = [(0, 0), (1, 1), (2, 2), (4, 3)]
    assert found.links == tuple(SegmentLink((left,), (right,)) for left, right in pairs)


def test_other_structures_are_aligned_by_sentence_and_linked_by_segment() -> None:
    source = document("One. Two.\n\nThree.\n\nFour.\n")
    translation = document("Bir. İki. Üç.\n\nYeni.\n", "tr")
    align = linked(((0,), (0,)), ((1,), (1,)), ((2,), (2,)), ((3,), ()), ((), (3,)))
    found = find_counterparts(source, translation, align)
    assert found.links == (SegmentLink((0,), (0,)), SegmentLink((1,), (0,)))
    assert found.aligned


def test_markup_is_stripped_from_all_three_alike_and_case_is_kept() -> None:
    scored = score_documents(
        document("We **Train** $f(x)$ with `fit` in :numref:`sec_a`, see\n[this](http://a.b).\n"),
        document("Biz $f(x)$ **Eğitiriz** `fit` ile.\n", "tr"),
        document("Biz `fit` ile $f(x)$ *Eğitiriz*, [bkz](http://c.d).\n", "tr"),
        chapter="ch",
        align=never,
    )
    assert scored.segments == (
        ScoredSegment(
            PATH, "ch", "We Train with in, see this.", "Biz Eğitiriz ile.", "Biz ile Eğitiriz, bkz.", 0
        ),
    )
    assert (scored.document, scored.unscored, scored.aligned) == (PATH, 0, False)


def test_a_unit_is_the_smallest_group_over_all_three_versions() -> None:
    source = document("# A\n\nOne.\n\nTwo.\n\nThree.\n\nFour.\n")
    hypothesis = document("# B\n\nBir.\n\nİki.\n\nÜç. Dört.\n", "tr")
    reference = document("# C\n\nTek. Çift.\n\nDaha.\n\nSon.\n", "tr")
    one_to_one = linked(*(((n,), (n,)) for n in range(5)))
    scored = score_documents(source, hypothesis, reference, chapter="ch", align=one_to_one)
    assert texts(scored.segments) == [
        ("A", "B", "C"),
        ("One. Two.", "Bir. İki.", "Tek. Çift."),
        ("Three. Four.", "Üç. Dört.", "Daha. Son."),
    ]
    assert [segment.ordinal for segment in scored.segments] == [0, 1, 3]
    assert scored.aligned


def test_a_reference_without_a_counterpart_is_counted_and_a_lost_hypothesis_is_scored_as_empty() -> None:
    source = document("One.\n\nTwo.\n\nThree.\n")
    hypothesis = document("h1.\n", "tr")
    reference = document("r1.\n\nr2.\n\nextra one.\n\nextra two.\n", "tr")

    def align(left: Document, right: Document) -> list[Link]:
        if right is reference:
            return linked(((0,), (0,)), ((1,), (1,)), ((2,), ()), ((), (2, 3)))(left, right)
        return linked(((0,), (0,)), ((1, 2), ()))(left, right)

    scored = score_documents(source, hypothesis, reference, chapter="ch", align=align)
    assert texts(scored.segments) == [("One.", "h1.", "r1."), ("Two.", "", "r2.")]
    assert scored.unscored == 2


def bead(name: str, source: list[BeadUnit], target: list[BeadUnit], status: Status = Status.AUTO) -> Bead:
    return Bead(name, tuple(source), tuple(target), 0.9, status)


SOURCE = document("One. Two.\n\nThree.\n\nFour.\n")
MACHINE = document("机一。机二。\n\n机三。\n\n机四。\n", "zh")
HUMAN = document("**一**。二。\n\n三。\n\n四。\n", "zh")


def test_beads_tell_the_reference_by_paragraph_one_sided_text_included() -> None:
    source, target = units_of(SOURCE), units_of(HUMAN)
    beads = [
        bead("b1", source[:1], target[:1]),
        bead("b2", source[1:2], []),
        bead("b3", [], target[1:2]),
        bead("b4", source[2:3], target[2:4]),
        bead("b5", source[3:], []),
    ]
    scored = score_beads(SOURCE, MACHINE, beads, chapter="ch", align=never)
    assert texts(scored.segments) == [
        ("One. Two.", "机一。机二。", "一。二。"),
        ("Three.", "机三。", "三。四。"),
    ]
    assert scored.unscored == 0


@pytest.mark.parametrize(
    ("status", "origin", "scored"),
    [
        (Status.EXCLUDED, Origin.HUMAN, False),
        (Status.AUTO, Origin.MACHINE, False),
        (Status.CONFIRMED, Origin.MACHINE, True),
        (Status.EDITED, Origin.MEMORY, True),
        (Status.AUTO, Origin.HUMAN, True),
    ],
)
def test_excluded_and_unconfirmed_machine_text_is_no_reference(
    status: Status, origin: Origin, scored: bool
) -> None:
    source, target = units_of(SOURCE), units_of(HUMAN, origin=origin)
    beads = [
        bead("b1", source[:1], target[:1], Status.CONFIRMED),
        bead("b2", source[1:2], target[1:2], status),
        bead("b3", source[2:3], target[2:3], Status.CONFIRMED),
    ]
    found = score_beads(SOURCE, MACHINE, beads, chapter="ch", align=never)
    assert [segment.ordinal for segment in found.segments] == ([0, 1] if scored else [1])
    assert found.unscored == (0 if scored else 1)


def test_an_edited_text_is_the_reference() -> None:
    source, (first, *rest) = units_of(SOURCE), units_of(HUMAN)
    edited = BeadUnit(first.key, "改过的一。", (), first.segment, in_file=first.raw)
    beads = [bead("b1", source[:2], [edited, rest[0]], Status.EDITED)]
    (segment,) = score_beads(SOURCE, MACHINE, beads, chapter="ch", align=never).segments
    assert segment.reference == "改过的一。二。"
