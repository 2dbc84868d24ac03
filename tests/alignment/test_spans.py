"""Runs and pieces of an encoder that knows whole texts only."""

import numpy as np
import pytest

from amts_tui.alignment.spans import TextSpans, clauses
from tests.alignment.fakes import vectors

TEXTS = ["the lamp went out, and nobody in the kitchen noticed it", "she counted the coins", "yes"]


def test_without_an_encoder_runs_are_sums_and_units_pieces() -> None:
    spans = TextSpans(TEXTS, vectors(TEXTS), None)
    runs = spans.runs(np.array([0, 1]), np.array([2, 1]))
    assert np.linalg.norm(runs, axis=1) == pytest.approx(np.ones(2), abs=1e-5)
    assert runs[1] == pytest.approx(vectors(TEXTS)[1], abs=1e-5)
    assert float(runs[0] @ vectors([" ".join(TEXTS[:2])])[0]) > 0.95
    pieces = spans.pieces(1, 3)
    assert pieces.first.tolist() == [0, 1, 2]
    assert np.array_equal(pieces.vectors, vectors(TEXTS)[1:])
    assert pieces.sizes[0] > pieces.sizes[1] >= 1


def test_with_one_runs_and_pieces_are_encoded() -> None:
    spans = TextSpans(TEXTS, vectors(TEXTS), vectors).part(slice(0, 2))
    runs = spans.runs(np.array([0]), np.array([2]))
    assert np.array_equal(runs, vectors([" ".join(TEXTS[:2])]))
    pieces = spans.pieces(0, 2)
    assert pieces.first.tolist() == [0, 2, 3]
    assert np.array_equal(pieces.vectors[:2], vectors(clauses(TEXTS[0])))


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", [""]),
        ("Yes.", ["Yes."]),
        ("The lamp went out, and nobody noticed it.", ["The lamp went out,", "and nobody noticed it."]),
        ("He said 3.14 and 2,718 were numbers", ["He said 3.14 and 2,718 were numbers"]),
        ("The lamp went out, yes.", ["The lamp went out, yes."]),
        (
            "后来他走到河边，坐下来看着水面上的月亮，很久没有说一句话。",
            ["后来他走到河边，", "坐下来看着水面上的月亮，", "很久没有说一句话。"],
        ),
    ],
)
def test_clauses_are_cut_at_marks_and_not_very_short(text: str, pieces: list[str]) -> None:
    assert clauses(text) == pieces
