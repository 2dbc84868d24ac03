"""Words for the lexicon, without a tokenizer for any one language."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from sys import intern

import regex

_WORD = regex.compile(
    r"""\p{Han}+|[\p{Hiragana}\p{Katakana}ー]+|\p{Thai}+"""
    r"""|[0-9]+(?:[.,][0-9]+)*|[\p{L}\p{M}]+|[=+<>\\^$%&@#/~|]+|[?!:;()"]"""
)
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]")
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»「」『』〝〞", '"'))
_STEM = 6
_PREFIX = 4
_TELLING = 3
_ALIKE = 0.25
_SAME = 0.5


@lru_cache(maxsize=4_096)
def tokens(text: str) -> frozenset[str]:
    """The distinct words of a text: lower case, cut to six letters, so that inflections meet; numbers and
    symbols whole.

    Scripts without spaces between words give their characters and pairs of neighbouring characters.
    """
    found: set[str] = set()
    for word in _words(text):
        if is_unspaced(word):
            found.update(word)
            found.update(word[i : i + 2] for i in range(len(word) - 1))
        else:
            found.add(_stem(word))
    return frozenset(map(intern, found))


def written(text: str) -> Iterator[tuple[str, str]]:
    """The words of a text that `tokens` cuts: as cut, and whole."""
    for word in _words(text):
        if len(word) > _STEM and word[0].isalpha() and not is_unspaced(word):
            yield word[:_STEM], word


def is_unspaced(word: str) -> bool:
    """Whether the word is of a script that has no spaces between words."""
    return _UNSPACED.match(word) is not None


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).translate(_QUOTES).lower())


def _stem(word: str) -> str:
    return word[:_STEM] if word[0].isalpha() else word


def known_links(source: str, target: dict[str, int], by_prefix: dict[str, list[int]]) -> dict[int, float]:
    """Target words that a source word resembles whatever the languages, with a probability for each."""
    links: dict[int, float] = {}
    if len(source) > _PREFIX and source.isalpha():
        links = dict.fromkeys(by_prefix.get(source[:_PREFIX], ()), _ALIKE)
    if source in target and (len(source) >= _TELLING or not source.isalpha()):
        links[target[source]] = _SAME
    return links
