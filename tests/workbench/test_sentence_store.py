"""The sentences of a project's documents, kept across runs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from amts_tui.books import sentence_cache, sentences
from amts_tui.books.options import NO_RULES, SentenceRules
from amts_tui.books.sentence_cache import split_all
from amts_tui.workbench import sentence_store
from amts_tui.workbench.sentence_store import SentenceStore
from amts_tui.workbench.session import Workbench
from tests.books_of_two import make_project

TEXTS = ["One. Two {1}.", "", "Three! " * 50, "第一句。第二句。"]


@pytest.fixture
def splits(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were really divided."""
    seen: list[str] = []

    def counted(text: str, lang: str, rules: SentenceRules = NO_RULES) -> list[tuple[int, int]]:
        seen.append(text)
        return sentences.split(text, lang, rules)

    monkeypatch.setattr(sentence_cache, "split", counted)
    return seen


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SentenceStore]:
    with closing(SentenceStore(tmp_path / "kept")) as store:
        yield store


def expected(lang: str = "en") -> list[list[tuple[int, int]]]:
    return [sentences.split(text, lang) for text in TEXTS]


def test_what_was_found_once_is_not_found_again(
    tmp_path: Path, store: SentenceStore, splits: list[str]
) -> None:
    assert split_all(TEXTS, "en", NO_RULES, store) == expected()
    assert splits == TEXTS
    with closing(SentenceStore(tmp_path / "kept")) as other:
        assert split_all(TEXTS, "en", NO_RULES, other) == expected()
    assert splits == TEXTS


@pytest.mark.parametrize(
    ("texts", "lang", "rules"),
    [
        ([*TEXTS[:-1], "x"], "en", NO_RULES),
        (TEXTS, "es", NO_RULES),
        (TEXTS, "en", SentenceRules(abbreviations=("Two.",))),
        (["One. Two {1}.T", *TEXTS[1:]], "en", NO_RULES),
    ],
)
def test_other_texts_languages_and_rules_are_other_entries(
    store: SentenceStore, splits: list[str], texts: list[str], lang: str, rules: SentenceRules
) -> None:
    split_all(TEXTS, "en", NO_RULES, store)
    split_all(texts, lang, rules, store)
    assert len(splits) == 2 * len(TEXTS)


def test_a_change_of_the_rules_throws_all_away(
    tmp_path: Path, store: SentenceStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.keep(b"key", b"value")
    store.close()
    monkeypatch.setattr(sentence_store, "rules_version", lambda: b"another version.")
    with closing(SentenceStore(tmp_path / "kept")) as later:
        assert later.recall(b"key") is None


def test_every_module_with_rules_counts_for_their_version() -> None:
    assert len(sentence_cache.rules_version()) == 16
    folder = Path(str(sentences.__file__)).parent
    own = {
        path.name
        for path in folder.glob("*.py")
        if path.name in {"abbreviations.py", "quotations.py", "typography.py", "own_rules.py"}
        or "sentence" in path.name
    }
    assert own - {"sentence_cache.py"} == set(sentence_cache._RULES)


@pytest.mark.parametrize("damage", [b"", b"no database at all" * 100, None])
def test_a_damaged_file_is_begun_anew(
    tmp_path: Path, store: SentenceStore, splits: list[str], damage: bytes | None
) -> None:
    split_all(TEXTS, "en", NO_RULES, store)
    store.close()
    file = tmp_path / "kept" / "sentences.sqlite"
    data = file.read_bytes()
    file.write_bytes(data[:5000] + b"\xff" * (len(data) - 5000) if damage is None else damage)
    for _ in range(2):
        with closing(SentenceStore(tmp_path / "kept")) as later:
            assert split_all(TEXTS, "en", NO_RULES, later) == expected()
    assert len(splits) == 2 * len(TEXTS)


def test_a_damaged_value_is_not_believed(tmp_path: Path, store: SentenceStore, splits: list[str]) -> None:
    split_all(TEXTS, "en", NO_RULES, store)
    with closing(sqlite3.connect(tmp_path / "kept" / "sentences.sqlite")) as file, file:
        file.execute("UPDATE kept SET value = substr(value, 1, 20) || x'01' || substr(value, 22)")
    assert split_all(TEXTS, "en", NO_RULES, store) == expected()
    assert len(splits) == 2 * len(TEXTS)


def test_where_nothing_can_be_kept_sentences_are_found_each_time(
    tmp_path: Path, splits: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "kept").write_text("a file, not a folder", encoding="utf-8")
    with closing(SentenceStore(tmp_path / "kept")) as store:
        assert split_all(TEXTS, "en", NO_RULES, store) == expected()
        assert split_all(TEXTS, "en", NO_RULES, store) == expected()
    assert len(splits) == 2 * len(TEXTS)
    assert caplog.text.count("cannot be used") == 1


def test_read_only_nothing_is_written(tmp_path: Path, store: SentenceStore) -> None:
    with closing(SentenceStore(tmp_path / "none", read_only=True)) as reader:
        reader.keep(b"key", b"value")
        assert reader.recall(b"key") is None
    assert not (tmp_path / "none").exists()
    store.keep(b"key", b"value")
    with closing(SentenceStore(tmp_path / "kept", read_only=True)) as reader:
        assert reader.recall(b"key") == b"value"
        reader.keep(b"more", b"value")
    assert store.recall(b"more") is None


def test_the_file_stays_small(tmp_path: Path, store: SentenceStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentence_store, "_LARGEST", 200_000)
    for number in range(100):
        store.keep(number.to_bytes(2, "big"), bytes(10_000))
    assert store.recall((99).to_bytes(2, "big")) == bytes(10_000)
    store.close()
    assert sum(file.stat().st_size for file in (tmp_path / "kept").iterdir()) < 1_000_000


def test_threads_and_connections_share_a_file(tmp_path: Path) -> None:
    stores = [SentenceStore(tmp_path / "kept") for _ in range(4)]

    def work(number: int) -> None:
        stores[number % 4].keep(bytes([number]), bytes([number]))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(100)))
    assert all(stores[0].recall(bytes([number])) == bytes([number]) for number in range(100))
    for store in stores:
        store.close()


def test_a_project_that_is_opened_again_divides_nothing(tmp_path: Path, splits: list[str]) -> None:
    root = make_project(tmp_path)
    for _ in range(2):
        with Workbench.open(root) as workbench:
            path = workbench.document_paths("en")[0]
            assert workbench.read("en", path).segments()[0].units
    assert len(splits) == len(workbench.read("en", path).segments())
