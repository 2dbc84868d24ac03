from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_tui.corpus.matching import match_units
from tests.corpus.build import units

A = "The gradient points uphill."
B = "A network has many layers."
C = "Training needs patience and data."
D = "Evaluate on text that nobody has seen."


def test_unchanged_units_continue() -> None:
    assert match_units(units([A, B, A]), units([A, B, A])) == [0, 1, 2]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([A, B, C], [A, "A network has several layers.", C], [0, 1, 2]),
        ([A, B, C], [A, C], [0, None, 1]),
        ([A, B, C], [A, D, B, C], [0, 2, 3]),
        ([A, B, C], [B, C, A], [2, 0, 1]),
        ([A, "Yes.", B, "Yes.", C], ["Yes.", A, "Yes.", B, "Yes.", C], [1, 2, 3, 4, 5]),
        ([A, "Yes.", "Yes.", B], [D, "Yes.", A, "Yes.", "Yes.", B], [2, 3, 4, 5]),
        (["Yes.", "Yes.", "Yes."], ["Yes.", "Yes."], [0, 1, None]),
        ([A, B], [D, "Something else entirely, unlike the rest."], [None, None]),
        ([A], [], [None]),
        ([], [A], []),
    ],
    ids=[
        "edited",
        "deleted",
        "inserted",
        "moved",
        "repeated shifted",
        "repeated run",
        "one less",
        "rewritten",
        "all gone",
        "all new",
    ],
)
def test_what_continues_what(old: list[str], new: list[str], expected: list[int | None]) -> None:
    assert match_units(units(old), units(new)) == expected


def test_an_edited_sentence_among_inserted_ones_is_found() -> None:
    new = [A, D, "Entirely new words stand here.", "A network has several layers.", C]
    assert match_units(units([A, B, C]), units(new)) == [0, 3, 4]


def test_of_two_that_resemble_the_more_alike_continues() -> None:
    new = [A, "A network has no layers at all.", "A network has many layers!", C]
    assert match_units(units([A, B, C]), units(new)) == [0, 2, 3]


def test_a_part_of_the_units_is_found_by_occurrence() -> None:
    new = units(["Yes.", A, "Yes.", B, "Yes."])
    assert match_units([new[4]], new, part=True) == [4]
    assert match_units([new[2], new[3]], new, part=True) == [2, 3]
    assert match_units([new[3], new[2]], new, part=True) == [3, 2]
    assert match_units([replace(new[2], key=new[2].key[:-1] + "7")], new, part=True) == [2]


def test_units_out_of_order_continue_too() -> None:
    old = units([A, B, C])
    assert match_units([old[1], old[0], old[2]], old) == [1, 0, 2]
    changed = units([A, "A network has several layers.", C])
    assert match_units([replace(unit, segment=0) for unit in (old[1], old[0], old[2])], changed) == [1, 0, 2]


def test_a_unit_whose_rewritten_text_stands_in_the_file_continues() -> None:
    (old,) = units([B])
    rewritten = replace(old, text="Deep learning stacks operations.", in_file=B)
    assert match_units([rewritten], units([A, "Deep learning stacks operations."])) == [1]


@given(
    st.lists(st.sampled_from([A, B, C, "Yes.", "No."]), max_size=12),
    st.lists(st.sampled_from([A, B, C, "Yes.", "No.", A + "!"]), max_size=12),
)
def test_no_new_unit_continues_two_and_equal_ones_are_used(old: list[str], new: list[str]) -> None:
    found = match_units(units(old), units(new))
    used = [index for index in found if index is not None]
    assert len(set(used)) == len(used)
    assert all(index < len(new) for index in used)
    for text in {A, B, C} & set(old) & set(new):
        if old.count(text) == new.count(text) == 1:
            assert found[old.index(text)] == new.index(text)


def seconds(old: list[str], new: list[str]) -> float:
    before, after = units(old), units(new)
    started = time.perf_counter()
    match_units(before, after)
    return time.perf_counter() - started


def test_thousands_of_identical_sentences_take_no_time() -> None:
    assert seconds(["Yes."] * 5_000, ["Yes."] * 2_000 + [A] + ["Yes."] * 2_999) < 5
    assert seconds(["Yes.", "No."] * 2_500, ["No.", "Yes.", "Yes."] * 1_700) < 5


def test_a_rewritten_book_takes_little_time() -> None:
    draw = random.Random(1)
    words = ["deep", "layer", "data", "learn", "graph", "token", "batch", "loss"]
    texts = [" ".join(draw.choices(words, k=12)) + f" {n}." for n in range(6_000)]
    assert seconds(texts[:3_000], texts[3_000:]) < 10
    assert seconds(texts[:3_000], [text.replace("layer", "level") for text in texts[:3_000]]) < 10
