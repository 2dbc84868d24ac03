from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_tui.amazon.limits import SEGMENT_BYTES
from amts_tui.corpus.model import Origin, Status
from amts_tui.exchange.model import Form, LeftOut, Selection
from amts_tui.exchange.pairs import paragraph_pairs, sentence_pairs
from tests.exchange.build import bead

DOCUMENT = "chapter_rnn/lstm.md"


def test_a_sentence_pair_keeps_markup_for_people_and_loses_it_for_amazon() -> None:
    beads = [
        bead(
            "b1",
            [("We **train** $f(x)$ with `fit` (:numref:`sec_a`),", 0), ("see [here](http://a.b/c).", 0)],
            [("我们用`fit`**训练**$f(x)$（:numref:`sec_a`），", 0), ("参见[这里](http://a.b/c)。", 0)],
        )
    ]
    exchange = sentence_pairs(DOCUMENT, beads, Form.EXCHANGE).pairs[0]
    assert exchange.source == "We **train** $f(x)$ with `fit` (:numref:`sec_a`), see [here](http://a.b/c)."
    assert exchange.target == "我们用`fit`**训练**$f(x)$（:numref:`sec_a`），参见[这里](http://a.b/c)。"
    amazon = sentence_pairs(DOCUMENT, beads, Form.AMAZON).pairs[0]
    assert amazon.source == "We train $f(x)$ with `fit`, see here."
    assert amazon.target == "我们用`fit`训练$f(x)$，参见这里。"
    assert amazon.source_inline == ()


def test_units_join_without_a_space_between_cjk_characters_only() -> None:
    beads = [bead("b1", [("One.", 0), ("Two.", 0)], [("**第一句。**", 0), ("第二句", 0), ("BLEU 分数", 0)])]
    for form in Form:
        (pair,) = sentence_pairs(DOCUMENT, beads, form).pairs
        assert pair.source == "One. Two."
        assert pair.target.replace("*", "") == "第一句。第二句 BLEU 分数"


def test_what_gives_no_pair_is_listed_with_its_reason() -> None:
    beads = [
        bead("b1", [("A", 0)], [("a", 0)], status=Status.EXCLUDED),
        bead("b2", [("B", 0)], []),
        bead("b3", [], [("c", 0)]),
        bead("b4", [("D", 0)], [("d", 0)], confidence=0.25),
        bead("b5", [("E", 0)], [("e", 0)], confidence=0.25, status=Status.CONFIRMED),
        bead("b6", [("F", 0)], [("f", 0)], status=Status.EDITED),
    ]
    selection = Selection({Status.AUTO, Status.CONFIRMED}, min_confidence=0.5)
    collected = sentence_pairs(DOCUMENT, beads, Form.EXCHANGE, selection)
    assert [pair.id for pair in collected.pairs] == ["b5"]
    assert collected.left_out == (
        LeftOut("b1", DOCUMENT, "excluded"),
        LeftOut("b2", DOCUMENT, "no target text"),
        LeftOut("b3", DOCUMENT, "no source text"),
        LeftOut("b4", DOCUMENT, "confidence 0.25 below 0.50"),
        LeftOut("b6", DOCUMENT, "status edited not asked for"),
    )


def test_no_threshold_unless_asked_for() -> None:
    assert (
        len(sentence_pairs(DOCUMENT, [bead("b1", [("A", 0)], [("a", 0)], confidence=0.0)], Form.AMAZON).pairs)
        == 1
    )


@pytest.mark.parametrize("pairs_of", [sentence_pairs, paragraph_pairs])
@pytest.mark.parametrize("origin", [Origin.MACHINE, Origin.MEMORY])
def test_machine_text_is_parallel_data_only_when_a_person_settled_it(pairs_of, origin) -> None:
    beads = [
        bead("b1", [("A", 0)], [("a", 0)], origin=origin),
        bead("b2", [("B", 1)], [("b", 1)], origin=origin, status=Status.CONFIRMED),
        bead("b3", [("C", 2)], [("c", 2)], origin=origin, status=Status.EDITED),
    ]
    amazon = pairs_of(DOCUMENT, beads, Form.AMAZON)
    assert [pair.id for pair in amazon.pairs] == ["b2", "b3"]
    assert amazon.left_out == (LeftOut("b1", DOCUMENT, f"{origin} text that nobody confirmed"),)
    assert [pair.origin for pair in pairs_of(DOCUMENT, beads, Form.EXCHANGE).pairs] == [origin] * 3


def test_a_paragraph_pair_holds_all_units_of_the_segments_that_beads_connect() -> None:
    beads = [
        bead("b1", [("One.", 0)], [("一。", 0)]),
        bead("b2", [("Two.", 0)], [("二。", 1)]),
        bead("b3", [("Dropped.", 0)], []),
        bead("b4", [], [("加。", 1)]),
        bead("b5", [("Next.", 1)], [("下。", 2)]),
        bead("b6", [("Alone.", 2)], []),
    ]
    collected = paragraph_pairs(DOCUMENT, beads, Form.EXCHANGE)
    assert [(pair.id, pair.source, pair.target) for pair in collected.pairs] == [
        ("b1", "One. Two. Dropped.", "一。二。加。"),
        ("b5", "Next.", "下。"),
    ]
    assert collected.left_out == (LeftOut("b6", DOCUMENT, "no target text"),)


def test_a_paragraph_reads_in_the_order_of_its_segments_though_its_beads_cross() -> None:
    beads = [
        bead("b1", [("One.", 0)], [("b.", 1)]),
        bead("b2", [("Two.", 0)], [("a.", 0)]),
    ]
    assert [pair.target for pair in paragraph_pairs(DOCUMENT, beads, Form.EXCHANGE).pairs] == ["a. b."]


def test_one_excluded_bead_leaves_out_the_paragraph() -> None:
    beads = [
        bead("b1", [("One.", 0)], [("a.", 0)]),
        bead("b2", [("Two.", 0)], [("b.", 0)], status=Status.EXCLUDED),
        bead("b3", [("Three.", 1)], [("c.", 1)]),
        bead("b4", [], [("d.", 1)], status=Status.EXCLUDED),
        bead("b5", [("Four.", 2)], [("e.", 2)]),
    ]
    collected = paragraph_pairs(DOCUMENT, beads, Form.EXCHANGE)
    assert [pair.id for pair in collected.pairs] == ["b5"]
    assert collected.left_out == (
        LeftOut("b1", DOCUMENT, "bead b2 of the paragraph is excluded"),
        LeftOut("b3", DOCUMENT, "bead b4 of the paragraph is excluded"),
    )


def test_a_paragraph_is_what_its_least_settled_bead_is() -> None:
    changed = {"b1": datetime(2024, 1, 2, tzinfo=UTC), "b2": datetime(2024, 1, 3, tzinfo=UTC)}
    beads = [
        bead("b1", [("One.", 0)], [("a.", 0)], confidence=0.7, status=Status.CONFIRMED),
        bead("b2", [("Two.", 0)], [("b.", 0)], confidence=0.8, status=Status.EDITED),
        bead("b3", [("Three.", 1)], [("c.", 1)], confidence=0.7, status=Status.CONFIRMED),
        bead("b4", [("Four.", 1)], [("d.", 1)], confidence=0.6),
        bead("b5", [], [("e.", 1)], confidence=0.1),
    ]
    first, second = paragraph_pairs(DOCUMENT, beads, Form.EXCHANGE, changed=changed).pairs
    assert (first.status, first.confidence, first.changed) == (Status.EDITED, 0.7, changed["b2"])
    assert (second.status, second.confidence, second.changed) == (Status.AUTO, 0.6, None)


def test_a_selection_leaves_out_the_paragraph_of_an_unwanted_bead() -> None:
    beads = [
        bead("b1", [("One.", 0)], [("a.", 0)]),
        bead("b2", [("Two.", 0)], [("b.", 0)], confidence=0.2),
        bead("b3", [("Three.", 0)], [], confidence=0.0),
    ]
    collected = paragraph_pairs(DOCUMENT, beads, Form.EXCHANGE, Selection(min_confidence=0.5))
    assert collected.left_out == (
        LeftOut("b1", DOCUMENT, "bead b2 of the paragraph: confidence 0.20 below 0.50"),
    )


def long(words: int) -> str:
    return "x" * (words - 1) + "."


def test_a_long_paragraph_becomes_the_fewest_chunks_for_amazon_and_stays_whole_for_people() -> None:
    lengths = [600, 350, 600, 200, 150]
    beads = [bead(f"b{n}", [(long(length), 0)], [("a.", 0)]) for n, length in enumerate(lengths)]
    collected = paragraph_pairs(DOCUMENT, beads, Form.AMAZON)
    assert [pair.id for pair in collected.pairs] == ["b0-1", "b0-2"]
    assert [len(pair.source) for pair in collected.pairs] == [951, 952]
    assert [pair.target for pair in collected.pairs] == ["a. a.", "a. a. a."]
    assert collected.left_out == ()
    assert len(paragraph_pairs(DOCUMENT, beads, Form.EXCHANGE).pairs) == 1


def test_exactly_the_limit_still_fits() -> None:
    beads = [bead("b1", [(long(SEGMENT_BYTES - 4), 0)], [("a.", 0)]), bead("b2", [("Go.", 0)], [("b.", 0)])]
    (pair,) = paragraph_pairs(DOCUMENT, beads, Form.AMAZON).pairs
    assert (pair.id, len(pair.source)) == ("b1", SEGMENT_BYTES)


def test_only_the_sentence_that_is_too_long_by_itself_is_left_out_of_a_cut_paragraph() -> None:
    beads = [
        bead("b1", [("One.", 0)], [("a.", 0)]),
        bead("b2", [("Two.", 0)], [("长" * 334, 0)]),
        bead("b3", [("Three.", 0)], []),
        bead("b4", [("Four.", 0)], [("d.", 0)]),
    ]
    collected = paragraph_pairs(DOCUMENT, beads, Form.AMAZON)
    assert [(pair.source, pair.target) for pair in collected.pairs] == [
        ("One.", "a."),
        ("Three. Four.", "d."),
    ]
    assert collected.left_out == (LeftOut("b2", DOCUMENT, "target longer than 1,000 bytes"),)


sizes = st.integers(0, 600)


@given(st.lists(st.tuples(sizes, sizes).filter(any), min_size=1, max_size=8))
def test_a_cut_fits_and_loses_no_sentence_that_has_a_counterpart(lengths: list[tuple[int, int]]) -> None:
    beads = [
        bead(f"b{n}", [(long(s), 0)] if s else [], [(long(t), 0)] if t else [])
        for n, (s, t) in enumerate(lengths)
    ]
    collected = paragraph_pairs(DOCUMENT, beads, Form.AMAZON)
    for pair in collected.pairs:
        assert 0 < len(pair.source) <= SEGMENT_BYTES
        assert 0 < len(pair.target) <= SEGMENT_BYTES
    assert not {item.id for item in collected.left_out} & {b.id for b in beads if b.paired}


@given(st.lists(st.tuples(st.integers(1, 600), st.integers(1, 600)), min_size=1, max_size=12))
def test_no_cut_has_fewer_chunks(lengths: list[tuple[int, int]]) -> None:
    beads = [bead(f"b{n}", [(long(s), 0)], [(long(t), 0)]) for n, (s, t) in enumerate(lengths)]
    filled, greedy = (-1, -1), 1
    for s, t in lengths:
        if max(filled[0] + 1 + s, filled[1] + 1 + t) > SEGMENT_BYTES:
            filled, greedy = (-1, -1), greedy + 1
        filled = filled[0] + 1 + s, filled[1] + 1 + t
    assert len(paragraph_pairs(DOCUMENT, beads, Form.AMAZON).pairs) == greedy
