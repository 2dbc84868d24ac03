import logging
import os
import pickle
import sqlite3
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

from amts_tui.alignment import embedding_store, sentence_models
from amts_tui.alignment import encoder as module
from amts_tui.alignment.documents import Mode, align_many, align_units, unit_pair
from amts_tui.alignment.encoder import Encoder, knows
from amts_tui.alignment.similarity import choose
from amts_tui.errors import AmtsError
from tests.alignment.fakes import sentence, vectors


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
    assert knows("zh-Hant")
    assert not any(knows(lang) for lang in ("vi", "hu", "no", "nb", "ro"))


def test_an_unknown_language_falls_back_to_the_lexicon_and_says_so() -> None:
    chosen = choose("en", "vi")
    assert chosen.name == "lexical"
    assert chosen.note.startswith("the default encoder does not know Vietnamese (vi): aligned by words")
    assert "Hungarian (hu) nor Norwegian (no)" in choose("no", "hu").note
    assert "know xx:" in choose("xx", "en").note
    assert choose("en", "zh", "lexical").note == ""
    assert (choose("en", "zh").name, choose("en", "zh").note) == ("default", "")


def test_a_missing_extra_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentence_models, "find_spec", lambda name: None)
    with pytest.raises(AmtsError, match=r"pip install 'amts-tui\[embeddings\]'"):
        choose("en", "zh", "sentence-transformers/LaBSE")


def test_a_damaged_file_is_set_aside_and_rebuilt(
    asked: list[str], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cold = Encoder(cache=tmp_path).vectors(["one", "two"])
    (tmp_path / "embeddings.sqlite").write_bytes(b"this is no database" * 100)
    with caplog.at_level(logging.WARNING):
        assert np.array_equal(Encoder(cache=tmp_path).vectors(["one", "two"]), cold)
    assert "was damaged" in caplog.text
    assert (tmp_path / "embeddings.sqlite.damaged").exists()
    Encoder(cache=tmp_path).vectors(["one", "two"])
    assert len(asked) == 4


def test_a_damaged_page_inside_is_survived(asked: list[str], tmp_path: Path) -> None:
    texts = [f"number {n}" for n in range(300)]
    cold = Encoder(cache=tmp_path).vectors(texts)
    file = tmp_path / "embeddings.sqlite"
    content = bytearray(file.read_bytes())
    content[len(content) // 3 : 2 * len(content) // 3] = os.urandom(len(content) // 3)
    file.write_bytes(content)
    assert np.allclose(Encoder(cache=tmp_path).vectors(texts), cold, atol=1e-3)


def test_a_row_of_the_wrong_length_is_encoded_anew(asked: list[str], tmp_path: Path) -> None:
    cold = Encoder(cache=tmp_path).vectors(["one"])
    with sqlite3.connect(tmp_path / "embeddings.sqlite") as store:
        store.execute("UPDATE sums SET rows = substr(rows, 1, 33)")
    store.close()
    assert np.array_equal(Encoder(cache=tmp_path).vectors(["one"]), cold)
    assert asked == ["one", "one"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_rights_is_done_without(asked: list[str], tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert len(Encoder(cache=tmp_path / "below").vectors(["one"])) == 1


def test_a_folder_that_is_a_file_is_done_without(
    asked: list[str], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("")
    assert len(Encoder(cache=tmp_path / "file").vectors(["one"])) == 1
    assert "encoded anew" in caplog.text


def test_the_file_does_not_grow_without_end(
    asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding_store, "LARGEST", 400_000)
    for start in range(0, 3_000, 100):
        Encoder(cache=tmp_path).vectors([f"number {n}" for n in range(start, start + 100)])
    assert (tmp_path / "embeddings.sqlite").stat().st_size < 800_000


def _filled(folder: Path, first: int) -> int:
    rows = {f"{n:016}".encode(): np.full((1, 8), n, np.float16) for n in range(first, first + 200)}
    store = embedding_store.EmbeddingStore(folder)
    for key, value in rows.items():
        store.keep({key: value})
    return len(store.recall(list(rows)))


def test_two_processes_share_a_folder(tmp_path: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        assert list(pool.map(_filled, [tmp_path, tmp_path], [0, 100])) == [200, 200]
    keys = [f"{n:016}".encode() for n in range(300)]
    assert len(embedding_store.EmbeddingStore(tmp_path).recall(keys)) == 300


STAND_IN = """
from zlib import crc32
import numpy as np

class SentenceTransformer:
    def __init__(self, name):
        if "unknown" in name:
            raise OSError(f"\\n{name} is not a local folder\\nand not a model")
        if "broken" in name:
            raise RuntimeError("size mismatch")

    def encode(self, texts, normalize_embeddings, show_progress_bar):
        rows = np.zeros((len(texts), 96), dtype=np.float32)
        for row, text in zip(rows, texts):
            for word in text.lower().split():
                row += np.random.default_rng(crc32(word.encode())).normal(size=96)
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
"""


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package with the name and the call of sentence-transformers."""
    (tmp_path / "packages").mkdir()
    (tmp_path / "packages" / "sentence_transformers.py").write_text(STAND_IN)
    monkeypatch.syspath_prepend(str(tmp_path / "packages"))
    yield
    sys.modules.pop("sentence_transformers", None)


@pytest.mark.usefixtures("stand_in")
@pytest.mark.parametrize("mode", ["quick", "thorough"])
def test_a_model_by_name_aligns_splits_and_missing_sentences(mode: Mode) -> None:
    texts = [sentence(number, 12) for number in range(40)]
    halves = [" ".join(texts[10].split()[:6]), " ".join(texts[10].split()[6:])]
    target = [*texts[:10], *halves, *texts[11:20], *texts[21:]]
    (links,) = align_many([unit_pair(texts, target)], choose("vi", "hu", "some/model"), mode=mode)
    found = {(link.source, link.target): link.confidence for link in links}
    assert {((10,), (10, 11)), ((20,), ()), ((39,), (39,))} <= found.keys()
    assert found[((39,), (39,))] > 0.9


@pytest.mark.usefixtures("stand_in")
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("unknown/model", "the model unknown/model cannot be loaded: unknown/model is not a local folder"),
        ("some/broken-model", "cannot be loaded: size mismatch"),
        ("./nowhere", "there is no folder ./nowhere"),
        ("a/b/c", "there is no folder a/b/c"),
    ],
)
def test_a_wrong_model_is_one_line_with_a_remedy(name: str, message: str) -> None:
    with pytest.raises(AmtsError, match="name of a sentence-transformers model") as raised:
        align_units(["a"], ["b"], choose("en", "zh", name))
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.usefixtures("stand_in")
def test_a_folder_must_hold_a_model_and_a_changed_one_is_another(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    with pytest.raises(AmtsError, match="holds no model"):
        Encoder(str(folder))
    (folder / "config.json").write_text("{}")
    before = sentence_models.identity(str(folder))
    assert len(Encoder(str(folder)).vectors(["one"])) == 1
    (folder / "config.json").write_text("{ }")
    assert sentence_models.identity(str(folder)) != before


def test_what_is_kept_needs_no_tokens_and_no_table(tmp_path: Path) -> None:
    from amts_tui.alignment.universal import TokenSums

    module._universal.cache_clear()
    cold = Encoder(cache=tmp_path).vectors(["The lamp went out."])
    module._universal.cache_clear()
    warm = Encoder(cache=tmp_path)
    assert np.array_equal(warm.vectors(["The lamp went out."]), cold)
    sums = warm.head.__self__  # type: ignore[union-attr]
    assert isinstance(sums, TokenSums)
    assert not {"_tokenizer", "_table"} & sums.__dict__.keys()


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
