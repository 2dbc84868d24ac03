"""The lexicon on an invented language: each word has one translation that looks nothing like it."""

import os
import pickle
import subprocess
import sys
from zlib import crc32

import numpy as np
import pytest

from amts_tui.alignment.documents import align_many, align_units, unit_pair
from amts_tui.alignment.lexical import LexicalSimilarity
from amts_tui.alignment.lexicon import Lexicon, Seed, learn
from amts_tui.alignment.tokens import tokens
from amts_tui.errors import AmtsError

WORDS = ["".join(chr(97 + c) for c in np.random.default_rng(n).integers(0, 26, 6)) for n in range(120)]


FOREIGN = str.maketrans("0123456789", "абвгдежзик")


def translated(text: str) -> str:
    return " ".join(f"{crc32(word.encode()) % 99991:05d}".translate(FOREIGN) for word in text.split())


def sentences(seed: int, count: int) -> list[str]:
    random = np.random.default_rng(seed)
    lengths = random.integers(4, 16, count)
    return [" ".join(WORDS[i] for i in random.integers(0, len(WORDS), length)) for length in lengths]


def test_the_lexicon_finds_the_translation_of_each_word() -> None:
    text = sentences(1, 400)
    lexicon = learn([(sentence, translated(sentence)) for sentence in text])
    for entries, turn in ((lexicon.forward, translated), (lexicon.backward, None)):
        right = 0
        for word, found in entries.items():
            best = max(found, key=lambda other: found[other])
            right += best == turn(word) if turn else translated(best) == word
        assert len(entries) > 100
        assert right / len(entries) > 0.95


def test_words_seen_together_once_or_twice_teach_nothing() -> None:
    assert learn([("alpha beta", "gamma delta")] * 2).forward == {}


def test_a_book_without_a_model_is_aligned_by_what_it_teaches() -> None:
    source = sentences(2, 300)
    target = [translated(sentence) for sentence in source]
    merged = [*target[:50], f"{target[50]} {target[51]}", *target[52:120], *target[123:]]
    links = [(link.source, link.target) for link in align_units(source, merged, LexicalSimilarity())]
    assert ((50, 51), (50,)) in links
    assert [bead for bead in links if not bead[1]] == [((120,), ()), ((121,), ()), ((122,), ())]
    assert ((299,), (295,)) in links


def test_documents_share_what_they_teach_and_may_travel() -> None:
    short = [sentences(seed, 12) for seed in range(30)]
    pairs = [unit_pair(text, [translated(sentence) for sentence in text]) for text in short]
    for links in align_many(pairs, pickle.loads(pickle.dumps(LexicalSimilarity()))):
        assert [(link.source, link.target) for link in links] == [((i,), (i,)) for i in range(12)]


def test_words_of_any_script() -> None:
    assert tokens("Die Übersetzungen, 3.5%") == {"die", "überse", "3.5", "%"}
    assert tokens("深度学习？") == {"深", "度", "学", "习", "深度", "度学", "学习", "?"}
    assert tokens("") == frozenset()


def test_a_seed_teaches_what_the_book_shows_too_seldom() -> None:
    text = sentences(1, 60)
    pairs = [(sentence, translated(sentence)) for sentence in text] + [("gradient", "梯度")]
    assert "gradie" not in learn(pairs).forward
    lexicon = learn(pairs, [Seed("gradient", "梯度", 4.0)])
    (best, *_) = lexicon.translations("gradients")
    assert best.word == "梯度"
    assert best.probability > 0.5
    assert [found.word for found in lexicon.translations("梯度", backward=True)] == ["gradient"]
    assert [found.word for found in learn([], [Seed("gradient", "梯度", 4.0)]).translations("gradient")] == [
        "梯度"
    ]


def test_words_come_back_as_they_are_written() -> None:
    text = sentences(3, 300)
    lexicon = learn([(sentence, f"{sentence} Übersetzung Übersetzung übersetzter") for sentence in text] * 2)
    assert lexicon.forms[1]["überse"] == "übersetzung"
    assert all(len(stem) == 6 for stem in lexicon.forms[1])


def test_a_stored_lexicon_is_the_same_one() -> None:
    lexicon = learn([(sentence, translated(sentence)) for sentence in sentences(1, 200)])
    again = Lexicon.loaded(lexicon.dumped())
    assert again.dumped() == lexicon.dumped()
    assert again.translations(WORDS[0])[0].word == lexicon.translations(WORDS[0])[0].word
    assert again.unexplained == lexicon.unexplained
    for broken in (b"", b"not a lexicon", lexicon.dumped()[:-9]):
        with pytest.raises(AmtsError, match="stored lexicon"):
            Lexicon.loaded(broken)
    assert len(lexicon.dumped()) < 20_000
    assert Lexicon.loaded(Lexicon().dumped()).forward == {}


def test_a_long_book_without_a_word_in_common_stays_on_its_way() -> None:
    source = sentences(4, 800)
    random = np.random.default_rng(5)
    target: list[str] = []
    starts = []
    for sentence in source:
        starts.append(len(target))
        words = translated(sentence).split()
        cuts = [len(words) // 2] if random.random() < 0.15 else []
        target += (
            [" ".join(part) for part in (words[: cuts[0]], words[cuts[0] :])] if cuts else [" ".join(words)]
        )
    links = align_units(source, target, LexicalSimilarity())
    found = {link.source[0]: link.target[0] for link in links if link.source and link.target}
    assert sum(found.get(unit) == start for unit, start in enumerate(starts)) > 0.97 * len(source)


def test_a_missing_chapter_is_found_once_words_are_known() -> None:
    source = sentences(6, 900)
    target = [translated(sentence) for sentence in source]
    links = align_units(source[:400] + source[460:], target, LexicalSimilarity())
    ones = {link.source[0]: link.target[0] for link in links if len(link.source) == len(link.target) == 1}
    right = sum(ones.get(unit) == unit + (60 if unit >= 400 else 0) for unit in range(840))
    assert right > 0.97 * 840


def test_the_order_of_sets_does_not_matter() -> None:
    program = (
        "from tests.alignment.test_lexical import *;"
        "source = sentences(7, 60); target = [translated(s) for s in source];"
        "print(align_units(source, target, LexicalSimilarity()));"
        "print(learn(list(zip(source, target))).dumped().hex())"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1
