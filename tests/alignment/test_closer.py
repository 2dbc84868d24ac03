"""The closer look: features, trained weights, confidence."""

import numpy as np
import pytest

from amts_tui.alignment.closer import calibration_signs, trained
from amts_tui.alignment.documents import align_units
from amts_tui.alignment.embeddings import EmbeddingSimilarity
from amts_tui.alignment.encoder import Encoder
from amts_tui.alignment.features import table as module
from amts_tui.alignment.features.table import NAMES
from amts_tui.alignment.features.words import both_numbers, both_words, cover
from amts_tui.alignment.lengths import LengthModel
from amts_tui.alignment.lexicon import Lexicon
from amts_tui.alignment.model import Fixed
from amts_tui.alignment.similarity import choose

SOURCE = [
    "The baker opened his shop at 5 in the morning.",
    "Nobody came, because it was raining; even the dog stayed at home.",
    "Meanwhile the navy of a distant republic published the yearly statistics of its submarines.",
    "At noon an old woman asked for bread.",
    "“Do you have any left?” she said.",
]
TARGET = [
    "El panadero abrió su tienda a las 5 de la mañana.",
    "No vino nadie, porque llovía.",
    "Hasta el perro se quedó en casa.",
    "Al mediodía, una anciana pidió pan.",
    "—¿Le queda algo? —dijo.",
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def test_a_split_and_a_missing_sentence_are_found() -> None:
    links = align_units(SOURCE, TARGET, choose("en", "es"))
    found = {(link.source, link.target) for link in links}
    assert {((0,), (0,)), ((1,), (1, 2)), ((2,), ()), ((3,), (3,)), ((4,), (4,))} == found
    assert all(0 <= link.confidence <= 1 for link in links)


def test_fixed_beads_stay_as_they_are() -> None:
    fixed = [Fixed((1,), (1,)), Fixed((), (2,))]
    links = align_units(SOURCE, TARGET, choose("en", "es"), fixed=fixed)
    assert {((1,), (1,), 1.0), ((), (2,), 1.0)} <= {(x.source, x.target, x.confidence) for x in links}


def test_features_do_not_depend_on_the_blocks(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    similarity = EmbeddingSimilarity("default", encoder, Lexicon({"baker": {"panade": 0.5}}, {}), 0.2)
    closer = similarity.evidence(SOURCE, TARGET).closer
    assert closer
    edges = np.array([(0, 1, 0, 1), (1, 2, 1, 2), (1, 2, 1, 3), (2, 3, 3, 3), (3, 4, 3, 4), (4, 4, 4, 5)])
    usual = closer.usual(LengthModel(1.0, 6.0), [(0, 0), (3, 3)])
    whole = closer.features(edges, usual, NAMES)
    monkeypatch.setattr(module, "_BLOCK", 1)
    assert closer.features(edges, usual, NAMES) == pytest.approx(whole, abs=1e-4)
    named = dict(zip(NAMES, whole.T, strict=True))
    assert named["numbers.same"].tolist() == [1, 0, 0, 0, 0, 0]
    assert named["words.cover"][0] > named["words.cover"][1]
    assert named["like.run"][2] < named["like.run"][1]
    assert named["missing"].tolist() == [0, 0, 0, 1, 0, 1]


def test_what_a_run_of_units_reaches() -> None:
    lexicon = {"one": {"uno": 0.9}, "two": {"dos": 0.9}}
    source, target = both_words(["one", "two x"], ["uno dos", "tres"], lexicon, {})
    found = cover(source, target, (np.array([0, 0]), np.array([0, 0])), (np.array([1, 2]), np.array([1, 2])))
    assert found.words.tolist() == [2, 3]
    assert found.found.tolist() == [1, 2]
    assert found.gain.tolist() == [np.inf, 0.5]


def test_numbers_reach_themselves() -> None:
    source, target = both_numbers(["3.5 of 10"], ["10 y 7"])
    found = cover(source, target, (np.array([0]), np.array([0])), (np.array([1]), np.array([1])))
    assert (found.words.tolist(), found.found.tolist()) == ([2], [1])


def test_the_best_rival_of_each_bead() -> None:
    edges = np.array([(0, 1, 0, 1), (0, 1, 0, 2), (1, 2, 1, 2), (2, 3, 2, 3)])
    shares = np.array([0.7, 0.2, 0.6, 0.9])
    signs = calibration_signs(edges, shares, np.log(shares), range(len(edges)))
    assert np.exp(signs["rival"]) - 1e-3 == pytest.approx([0.2, 0.7, 0.2, 0.0])


def test_every_weight_belongs_to_a_feature() -> None:
    weights = trained()
    assert set(weights.names) == set(NAMES)
    assert np.isfinite(weights.values).all()
    edges = np.zeros((1, 4), dtype=np.int64)
    assert set(weights.calibration) == set(calibration_signs(edges, np.ones(1), np.zeros(1), [0]))
