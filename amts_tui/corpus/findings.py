"""What can be seen of a bead's text without the aligner: why a person should look at it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from amts_tui.books.model import PLACEHOLDER
from amts_tui.corpus.differences import differences
from amts_tui.corpus.doubts import Reason
from amts_tui.corpus.model import SIDES, Bead, BeadUnit, Mark, Status, normalised
from amts_tui.corpus.queue import unsure


class Finding(StrEnum):
    """One reason to look at a bead."""

    STALE = "stale"
    MOVED = "moved"
    ALONE = "alone"
    UNTRANSLATED = "untranslated"
    PLACEHOLDERS = "placeholders"
    NUMBERS = "numbers"
    LENGTH = "length"
    TWO_WAYS = "two ways"


# How likely it is that a bead with such a finding needs a hand, as far as the aligner's confidence does not
# know it already.
_WEIGHTS = {
    Finding.MOVED: 0.5,
    Finding.UNTRANSLATED: 0.5,
    Finding.PLACEHOLDERS: 0.1,
    Finding.NUMBERS: 0.1,
    Finding.LENGTH: 0.1,
    Finding.ALONE: 0.012,
    Finding.TWO_WAYS: 0.02,
}

_FEWEST_LETTERS = 12
_FEWEST_KNOWN = 20
_LEAST_SPREAD = 0.15
_FAR = 4.0
_SHORT = 20

_SCRIPTS: dict[str, tuple[tuple[str, str], ...]] = {
    "zh": (("\u3400", "\u9fff"),),
    "ja": (("\u3040", "\u30ff"), ("\u3400", "\u9fff")),
    "ko": (("\uac00", "\ud7af"),),
    "ru": (("\u0400", "\u04ff"),),
    "uk": (("\u0400", "\u04ff"),),
    "el": (("\u0370", "\u03ff"),),
    "ar": (("\u0600", "\u06ff"),),
    "he": (("\u0590", "\u05ff"),),
    "hi": (("\u0900", "\u097f"),),
    "th": (("\u0e00", "\u0e7f"),),
}


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long translations are: the median and the spread of the logarithm of target per source length."""

    middle: float
    spread: float

    @classmethod
    def of(cls, beads: Iterable[Bead]) -> Lengths | None:
        """Over the beads with two sides that are long enough; None if there are too few."""
        ratios = [ratio for bead in beads if (ratio := _ratio(bead)) is not None]
        if len(ratios) < _FEWEST_KNOWN:
            return None
        middle = median(ratios)
        spread = 1.4826 * median(abs(ratio - middle) for ratio in ratios)
        return cls(middle, max(spread, _LEAST_SPREAD))


class Renderings:
    """How often each repeated source text is translated in which way."""

    def __init__(self, beads: Iterable[Bead] = ()) -> None:
        self._ways: dict[str, Counter[str]] = {}
        self.add(beads)

    def add(self, beads: Iterable[Bead]) -> None:
        """Counts beads with two sides in."""
        for bead in beads:
            if bead.paired:
                ways = self._ways.setdefault(_text(bead.source), Counter())
                ways[_text(bead.target)] += 1

    def remove(self, beads: Iterable[Bead]) -> None:
        """Takes beads that were counted in out again."""
        for bead in beads:
            if bead.paired and (ways := self._ways.get(_text(bead.source))):
                target = _text(bead.target)
                ways[target] -= 1
                if ways[target] <= 0:
                    del ways[target]

    def others(self, bead: Bead) -> list[str]:
        """The other translations of a bead's source, the most frequent first."""
        ways = self._ways.get(_text(bead.source), Counter()) if bead.paired else Counter()
        own = _text(bead.target)
        return [way for way, _ in ways.most_common() if way != own]


@dataclass(frozen=True, slots=True)
class Checks:
    """The checks of one document, with what they have to know of it and its languages."""

    source_lang: str
    target_lang: str
    lengths: Lengths | None = None
    renderings: Renderings | None = None

    @classmethod
    def of(cls, source_lang: str, target_lang: str, beads: Sequence[Bead]) -> Checks:
        """For a document with these beads."""
        return cls(source_lang, target_lang, Lengths.of(beads), Renderings(beads))

    def find(self, bead: Bead) -> list[Finding]:
        """What is to be said of a bead that nobody has settled, the weightiest first.

        Of a settled one no more than that it is stale.
        """
        return list(self._found(bead))

    def chance(self, bead: Bead) -> float:
        """The chance that a bead needs a hand: from the aligner's confidence and what the checks find."""
        right = 1.0 - unsure(bead)
        for finding in self._found(bead):
            right *= 1.0 - _WEIGHTS.get(finding, 0.0)
        return 1.0 - right

    def _found(self, bead: Bead) -> Iterator[Finding]:
        if Mark.STALE in bead.marks:
            yield Finding.STALE
        if bead.status is not Status.AUTO:
            return
        if Reason.MOVED in bead.doubts.reasons:
            yield Finding.MOVED
        if not bead.paired:
            yield Finding.ALONE
            return
        if self._untranslated(bead):
            yield Finding.UNTRANSLATED
        yield from _differing(bead)
        if self._odd_length(bead):
            yield Finding.LENGTH
        if self.renderings is not None and self.renderings.others(bead):
            yield Finding.TWO_WAYS

    def _untranslated(self, bead: Bead) -> bool:
        source, target = _text(bead.source), _text(bead.target)
        if sum(char.isalpha() for char in target) < _FEWEST_LETTERS or " " not in source:
            return False
        return source == target or _foreign(target, self.target_lang, self.source_lang)

    def _odd_length(self, bead: Bead) -> bool:
        ratio = _ratio(bead)
        if ratio is None or self.lengths is None:
            return False
        return abs(ratio - self.lengths.middle) > _FAR * self.lengths.spread


def _differing(bead: Bead) -> Iterator[Finding]:
    """Numbers and placeholders that stand on one side only."""
    found = set()
    both = differences(bead)
    for side, matches in zip(SIDES, (both.source, both.target), strict=True):
        for unit, of_unit in zip(bead.side(side), matches, strict=True):
            for match in of_unit:
                if match.shared:
                    continue
                text = unit.raw[match.start : match.end]
                if text[:1].isdigit():
                    found.add(Finding.NUMBERS)
                elif any(item.raw == text for item in unit.items):
                    found.add(Finding.PLACEHOLDERS)
    yield from (finding for finding in (Finding.PLACEHOLDERS, Finding.NUMBERS) if finding in found)


def _foreign(text: str, lang: str, other: str) -> bool:
    """Whether a text has not one letter of its language's script, where the other language has another."""
    own, theirs = (_SCRIPTS.get(one.replace("_", "-").partition("-")[0].lower()) for one in (lang, other))
    if own == theirs:
        return False
    ranges = own or theirs or ()
    within = [any(low <= char <= high for low, high in ranges) for char in text if char.isalpha()]
    return not any(within) if own else all(within)


def _text(units: Sequence[BeadUnit]) -> str:
    return normalised(PLACEHOLDER.sub(" ", " ".join(unit.text for unit in units)))


def _ratio(bead: Bead) -> float | None:
    source, target = (sum(len(unit.text.encode()) for unit in bead.side(side)) for side in SIDES)
    if not source or not target or source + target < _SHORT:
        return None
    return math.log(target / source)
