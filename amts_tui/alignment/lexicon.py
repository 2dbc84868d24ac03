"""Which words translate which: learned from aligned text and from what people vouch for, asked, stored."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from typing import NamedTuple, TypeAlias

import numpy as np

from amts_tui.alignment.model_one import Bead, probabilities
from amts_tui.alignment.tokens import is_unspaced, tokens, written
from amts_tui.errors import AmtsError

Entries: TypeAlias = Mapping[str, Mapping[str, float]]

_VERSION = 1
_DIGITS = 4
_LONGEST_BEAD = 250
_COVER_SAMPLE = 2_000
_SAMPLE = 400
_UNEXPLAINED = 0.3
_ALIKE = 0.5


class Seed(NamedTuple):
    """A source text and its translation that somebody vouched for (a term, a confirmed bead): worth `weight`
    beads of the book.
    """

    source: str
    target: str
    weight: float = 1.0


class Translation(NamedTuple):
    """A word of the other language as it is usually written, and how probable it is, 0..1."""

    word: str
    probability: float


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Probabilities of target words given a source word (`forward`) and the other way round (`backward`),
    words as `tokens` cuts them; `forms` has for cut words how they are most often written, on either side.

    `unexplained` is what a word without a partner says (a log-likelihood ratio, at most 0, for target and
    source words), `cover` the usual share of a bead's words whose partner stands on the other side.
    """

    forward: Entries = field(default_factory=dict)
    backward: Entries = field(default_factory=dict)
    forms: tuple[Mapping[str, str], Mapping[str, str]] = ({}, {})
    unexplained: tuple[float, float] = (0.0, 0.0)
    cover: float = 0.0

    def translations(self, word: str, *, backward: bool = False) -> list[Translation]:
        """The words of the other language for a source word (`backward`: for a target word), the likeliest
        first; a text of several words gets what translates any of them.
        """
        entries = self.backward if backward else self.forward
        forms = self.forms[0 if backward else 1]
        asked = _asked(tokens(word), entries)
        found: dict[str, float] = {}
        for part in sorted(asked):
            for other, probability in entries.get(part, {}).items():
                found[other] = found.get(other, 0.0) + probability / len(asked)
        ranked = sorted(_whole(found).items(), key=lambda item: (-item[1], item[0]))
        return [Translation(forms.get(other, other), min(1.0, value)) for other, value in ranked]

    def dumped(self) -> bytes:
        """A compact form for storage; the same lexicon gives the same bytes."""
        stored = {
            "version": _VERSION,
            "forward": _rounded(self.forward),
            "backward": _rounded(self.backward),
            "forms": [dict(sorted(side.items())) for side in self.forms],
            "unexplained": self.unexplained,
            "cover": self.cover,
        }
        return zlib.compress(json.dumps(stored, ensure_ascii=False, separators=(",", ":")).encode())

    @classmethod
    def loaded(cls, data: bytes) -> Lexicon:
        """The lexicon that `dumped` gave. Raises AmtsError for bytes that are something else, as those of
        another version are.
        """
        try:
            stored = json.loads(zlib.decompress(data))
            if stored["version"] != _VERSION:
                raise ValueError(f"version {stored['version']}")
            forms, unexplained = stored["forms"], stored["unexplained"]
            return cls(
                stored["forward"],
                stored["backward"],
                (forms[0], forms[1]),
                (unexplained[0], unexplained[1]),
                stored["cover"],
            )
        except (zlib.error, ValueError, KeyError, IndexError, TypeError) as error:
            raise AmtsError(
                f"the stored lexicon cannot be read ({error})", remedy="align the book again"
            ) from error


def learn(pairs: Sequence[tuple[str, str]], seeds: Iterable[Seed] = ()) -> Lexicon:
    """The lexicon of (source text, target text) beads of a whole book, and of `seeds`.

    A pair of words must be seen together several times (a seed counts as often as it weighs): what one or two
    beads teach explains only these beads.
    """
    beads = [Bead(tokens(source), tokens(target), 1.0) for source, target in pairs]
    beads = [bead for bead in beads if max(len(bead.source), len(bead.target)) <= _LONGEST_BEAD]
    beads += [Bead(tokens(seed.source), tokens(seed.target), seed.weight) for seed in seeds]
    forward, backward = probabilities(beads)
    return Lexicon(
        forward,
        backward,
        (_forms((source for source, _ in pairs), forward), _forms((target for _, target in pairs), backward)),
        (
            _unexplained([(bead.source, bead.target) for bead in beads], forward),
            _unexplained([(bead.target, bead.source) for bead in beads], backward),
        ),
        _usual_cover(beads, forward, backward),
    )


def usual_cover(pairs: Sequence[tuple[str, str]], lexicon: Lexicon) -> float:
    """The median, over beads, of the share of words whose partner stands on the other side."""
    beads = [Bead(tokens(source), tokens(target), 1.0) for source, target in pairs]
    return _usual_cover(beads, lexicon.forward, lexicon.backward)


def _usual_cover(beads: Sequence[Bead], forward: Entries, backward: Entries) -> float:
    shares = []
    for left, right, _ in beads[:: max(1, len(beads) // _COVER_SAMPLE)]:
        if left and right:
            there, back = reached(left, forward), reached(right, backward)
            shares.append((len(right & there) / len(right) + len(left & back) / len(left)) / 2)
    return float(np.median(shares)) if shares else 0.0


def reached(words: frozenset[str], entries: Entries) -> frozenset[str]:
    """The words themselves and all that translate any of them."""
    return words.union(*(entries.get(word, ()) for word in words))


def _unexplained(pairs: Sequence[tuple[frozenset[str], frozenset[str]]], entries: Entries) -> float:
    """What a word without a partner says: how much likelier words of the right pair are explained than those
    of its neighbour.
    """
    step = max(1, len(pairs) // _SAMPLE)
    right = wrong = total = 0
    for (source, words), (other, _) in zip(pairs[::step], pairs[step // 2 + 1 :: step], strict=False):
        total += len(words)
        right += len(words & reached(source, entries))
        wrong += len(words & reached(other, entries))
    if not total:
        return 0.0
    return min(0.0, _UNEXPLAINED * log((1.02 - right / total) / (1.02 - wrong / total)))


def _forms(texts: Iterable[str], known: Entries) -> dict[str, str]:
    """For each known word that was cut how it is most often written."""
    counts: dict[str, Counter[str]] = {}
    for text in texts:
        for stem, form in written(text):
            if stem in known:
                counts.setdefault(stem, Counter())[form] += 1
    return {stem: min(forms, key=lambda form: (-forms[form], form)) for stem, forms in sorted(counts.items())}


def _rounded(entries: Entries) -> dict[str, dict[str, float]]:
    return {
        word: {other: round(entries[word][other], _DIGITS) for other in sorted(entries[word])}
        for word in sorted(entries)
    }


def _asked(words: frozenset[str], entries: Entries) -> frozenset[str]:
    """The words without those characters that are in a known pair of characters."""
    pairs = [word for word in words if len(word) > 1 and is_unspaced(word)]
    known = [pair for pair in pairs if pair in entries]
    return words.difference(pairs, *known).union(known)


def _whole(found: Mapping[str, float]) -> dict[str, float]:
    """Of a script without spaces: pairs of characters that overlap and are about as likely as one word, and
    characters inside a word that is at least half as likely as a part of it.
    """
    values = dict(found)
    pairs = sorted(
        (word for word in values if len(word) == 2 and is_unspaced(word)), key=lambda w: (-values[w], w)
    )
    words: dict[str, list[str]] = {}
    free = dict.fromkeys(pairs)
    while free:
        chain = [next(iter(free))]
        del free[chain[0]]
        while follower := _next(chain[-1], free, values, behind=True):
            chain.append(follower)
            del free[follower]
        while leader := _next(chain[0], free, values, behind=False):
            chain.insert(0, leader)
            del free[leader]
        words["".join([chain[0], *(pair[1] for pair in chain[1:])])] = chain
    joined = {word: value for word, value in values.items() if word not in pairs}
    for word, chain in words.items():
        value = sum(values[pair] for pair in chain)
        for character in dict.fromkeys(word):
            if joined.get(character, 0.0) and value >= _ALIKE * values[character]:
                value += joined.pop(character)
        joined[word] = value
    return joined


def _next(pair: str, free: Mapping[str, None], values: Mapping[str, float], *, behind: bool) -> str | None:
    """The free pair that overlaps with a pair at its end (or beginning) and is about as likely."""
    for other in free:
        first, second = (pair, other) if behind else (other, pair)
        low, high = sorted((values[first], values[second]))
        if first[1] == second[0] and low >= _ALIKE * high:
            return other
    return None
