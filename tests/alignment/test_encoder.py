import pickle
from pathlib import Path

import numpy as np
import pytest

from amts_tui.alignment import encoder as module
from amts_tui.alignment.documents import align_units
from amts_tui.alignment.encoder import Encoder, knows
from amts_tui.alignment.similarity import choose
from amts_tui.errors import AmtsError
from tests.alignment.fakes import vectors


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that the model was asked to encode."""
    texts: list[str] = []

    def encode(batch: list[str]) -> np.ndarray:
        texts.extend(batch)
        return vectors(batch)

    monkeypatch.setattr(module, "_universal", lambda threads: module._Loaded(encode, None))
    return texts


def test_each_text_is_encoded_once(asked: list[str]) -> None:
    encoder = Encoder()
    first = encoder.vectors(["one two", "three", "one two"])
    again = encoder.vectors(["three", "one two"])
    assert sorted(asked) == ["one two", "three"]
    assert np.array_equal(first[0], first[2])
    assert np.array_equal(again, first[[1, 0]])


def test_the_folder_keeps_vectors_across_runs(asked: list[str], tmp_path: Path) -> None:
    cold = Encoder(cache=tmp_path / "embeddings").vectors(["one two", "three"])
    warm = Encoder(cache=tmp_path / "embeddings").vectors(["three", "one two", "four"])
    assert sorted(asked) == ["four", "one two", "three"]
    assert np.array_equal(warm[:2], cold[[1, 0]])


def test_an_encoder_travels_without_its_memory(asked: list[str]) -> None:
    encoder = Encoder()
    encoder.vectors(["one"])
    copy = pickle.loads(pickle.dumps(encoder))
    assert np.array_equal(copy.vectors(["one"]), encoder.vectors(["one"]))
    assert asked == ["one", "one"]


def test_a_very_long_text_is_cut_to_its_ends(asked: list[str]) -> None:
    Encoder().vectors(["a" * 50_000 + "z" * 50_000])
    assert len(asked[0]) < 10_000
    assert asked[0][0] == "a"
    assert asked[0][-1] == "z"


def test_languages_of_the_default_encoder() -> None:
    assert knows("zh")
    assert knows("pt-BR")
    assert knows("zh_TW")
    assert not knows("vi")


def test_an_unknown_language_falls_back_to_the_lexicon_and_says_so() -> None:
    chosen = choose("en", "vi")
    assert chosen.name == "lexical"
    assert "vi" in chosen.note
    assert choose("en", "zh", "lexical").note == ""
    assert (choose("en", "zh").name, choose("en", "zh").note) == ("default", "")


def test_a_missing_extra_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    with pytest.raises(AmtsError, match=r"pip install 'amts-tui\[embeddings\]'"):
        choose("en", "zh", "sentence-transformers/LaBSE")


def test_the_real_encoder_aligns_two_languages() -> None:
    source = [
        "The cat sleeps.",
        "It rains all day long.",
        "We go home tomorrow, and then we will cook dinner.",
    ]
    target = [
        "El gato duerme.",
        "Llueve todo el día.",
        "Mañana volvemos a casa.",
        "Después prepararemos la cena.",
    ]
    links = align_units(source, target, choose("en", "es"))
    assert [(link.source, link.target) for link in links] == [((0,), (0,)), ((1,), (1,)), ((2,), (2, 3))]
