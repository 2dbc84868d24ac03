"""Sentences of whole documents, found once and kept: finding them costs several times what reading does."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from importlib import metadata, resources
from typing import Final, Protocol

from amts_tui.books.options import SentenceRules
from amts_tui.books.sentences import split

Spans = list[tuple[int, int]]

_DIGEST = 8  # bytes
_RULES: Final = (
    "abbreviations.py",
    "cjk_sentences.py",
    "own_rules.py",
    "quotations.py",
    "sentence_ends.py",
    "sentences.py",
    "typography.py",
)


class SentenceCache(Protocol):
    """Keeps bytes under keys; what it has lost is found again."""

    def recall(self, key: bytes) -> bytes | None:
        """What was kept under a key; None if that is not to be had."""

    def keep(self, key: bytes, value: bytes) -> None:
        """Keeps a value, if that can be done."""


def split_all(
    texts: Sequence[str], lang: str, rules: SentenceRules, kept: SentenceCache | None
) -> list[Spans]:
    """The sentences of each of the masked `texts`, as `split` finds them; from the cache if it has them."""
    if kept is None or not texts:
        return [split(text, lang, rules) for text in texts]
    key = _key(texts, lang, rules)
    value = kept.recall(key)
    found = None if value is None else _unpacked(value)
    if found is None:
        found = [split(text, lang, rules) for text in texts]
        kept.keep(key, _packed(found))
    return found


@cache
def rules_version() -> bytes:
    """Identifies the program's rules: it changes with every change of their code, and with pysbd."""
    digest = blake2b(metadata.version("pysbd").encode(), digest_size=16)
    folder = resources.files("amts_tui.books")
    for name in _RULES:
        digest.update(folder.joinpath(name).read_bytes())
    return digest.digest()


def _key(texts: Sequence[str], lang: str, rules: SentenceRules) -> bytes:
    digest = blake2b(rules_version(), digest_size=16)
    digest.update(repr((lang, rules)).encode())
    for text in texts:
        data = text.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "little"))
        digest.update(data)
    return digest.digest()


def _packed(found: Sequence[Spans]) -> bytes:
    numbers = [number for spans in found for number in (len(spans), *(end for span in spans for end in span))]
    data = struct.pack(f"<{len(numbers)}I", *numbers)
    return _digest(data) + data


def _unpacked(value: bytes) -> list[Spans] | None:
    """What was packed; None if it has been damaged."""
    data = value[_DIGEST:]
    if value[:_DIGEST] != _digest(data):
        return None
    numbers = struct.unpack(f"<{len(data) // 4}I", data)
    found: list[Spans] = []
    place = 0
    while place < len(numbers):
        start, place = place + 1, place + 1 + 2 * numbers[place]
        found.append(list(zip(numbers[start:place:2], numbers[start + 1 : place : 2], strict=True)))
    return found


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=_DIGEST).digest()
