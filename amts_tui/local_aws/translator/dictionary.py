"""The local endpoint's small dictionaries: English to Chinese and Spanish, read in both directions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Final

from amts_tui.local_aws.translator.lemmas import bases
from amts_tui.local_aws.translator.tables import LONGEST, Option
from amts_tui.local_aws.translator.tokens import tokenise

_FILES: Final = {"zh": "gloss.en-zh.tsv", "es": "gloss.en-es.tsv"}
_ENTRY: Final = 0.55
_INFLECTED: Final = 0.5
_COMPOUND: Final = 0.4
"""Confidence of an entry, of an entry for a base form, and of a compound put together from its parts."""


class Dictionary:
    """A dictionary as a table; inflected English words and hyphenated compounds are found by their parts."""

    def __init__(self, entries: Mapping[str, str], english: bool, joiner: str) -> None:
        self._entries = entries
        self._english = english
        self._joiner = joiner

    @property
    def translations(self) -> Iterable[str]:
        """All texts on the target side."""
        return self._entries.values()

    @property
    def keys(self) -> Iterable[str]:
        """All keys on the source side."""
        return self._entries.keys()

    def lookup(self, words: Sequence[str]) -> Option | None:
        """See `Table`."""
        for confidence, key in _keys(words, self._english):
            if key in self._entries:
                return Option(self._entries[key], confidence)
        if len(words) == 1 and "-" in words[0]:
            parts = [self.lookup([part]) for part in words[0].split("-") if part]
            if parts and all(parts):
                return Option(self._joiner.join(part.text for part in parts if part), _COMPOUND)
        return None


def _keys(words: Sequence[str], english: bool) -> Iterator[tuple[float, str]]:
    key = " ".join(words)
    yield _ENTRY, key
    if not english:
        return
    if "-" in key:
        yield _ENTRY, key.replace("-", " ")
    *first, last = words
    for base in bases(last):
        yield _INFLECTED, " ".join([*first, base])


@cache
def dictionary(source: str, target: str) -> Dictionary | None:
    """The dictionary for a pair of languages, if there is one."""
    if source == "en" and target in _FILES:
        return Dictionary(_entries(target), english=True, joiner="" if target == "zh" else " ")
    if target == "en" and source in _FILES:
        return Dictionary(_inverted(source), english=False, joiner=" ")
    return None


@cache
def _entries(language: str) -> Mapping[str, str]:
    """English words to their translation, as the file has them."""
    text = resources.files("amts_tui.local_aws").joinpath("data", _FILES[language]).read_text("utf-8")
    entries: dict[str, str] = {}
    for line in text.split("\n"):
        english, tab, translation = line.partition("\t")
        if tab and 0 < len(english.split()) <= LONGEST:
            entries.setdefault(english.strip(), translation.strip())
    return entries


def _inverted(language: str) -> Mapping[str, str]:
    """Words of the language to English; of several the shortest, then the first of the alphabet."""
    inverted: dict[str, str] = {}
    for english, translation in _entries(language).items():
        words = " ".join(token.key for token in tokenise(translation, lambda run: [run]))
        known = inverted.get(words)
        if words and (known is None or (len(english), english) < (len(known), known)):
            inverted[words] = english
    return inverted
