"""Partners for the documents whose paths name none: found by labels, code, formulas, names and words, in a
book that has been renamed, split or merged.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import inf
from types import MappingProxyType
from typing import Final

from amts_tui.alignment.fingerprints import Fingerprint
from amts_tui.alignment.namesakes import namesakes
from amts_tui.alignment.pairing import DocumentPairs
from amts_tui.alignment.resemblance import Book, Likeness, Resemblance, shared_in_words

Compare = Callable[[Sequence[Fingerprint], Sequence[Fingerprint]], Sequence[Sequence[float]]]
"""How alike in meaning the openings of documents are: a row for each source, a number up to 1 for each
target.
"""

# Chosen by `benchmarks/pairing.py`: with the true partner taken away, nothing else may reach them.
_CERTAIN = 0.4
_LIKELY = 0.25
_WORTH_A_LOOK = 0.08
_EVIDENCE = 20.0
_CLEAR_LEAD = 1.6
_LEAD = 1.4
_STAYS = 0.15
_SAME_LABEL = 0.3
_SAME_NAME = 0.3
_PART = 0.45
_PART_EVIDENCE = 30.0
_OWN_SHARE = 0.5
_ELSEWHERE = 4.0
_MEANS_THE_SAME = 0.55
_MAY_MEAN_THE_SAME = 0.4
_MEANING_LEAD = 0.15
NO_NAMES: Final[Mapping[str, str]] = MappingProxyType({})


class Relation(StrEnum):
    """What a document is to its partner."""

    RENAMED = "renamed"
    SPLIT = "split"  # the target is a part of the source, whose partner is another target
    MERGED = "merged"  # the source is a part of the target, whose partner is another source


@dataclass(frozen=True, slots=True)
class Partner:
    """A source and a target document that seem to belong together, and why, in words.

    `likely` tells a guess that can be accepted unseen from one that is only the best there is.
    """

    source: str
    target: str
    relation: Relation
    reason: str
    likely: bool = True


@dataclass(frozen=True, slots=True)
class Partners:
    """What was found: pairs that are certain, parts of paired documents, guesses (each document at most once
    on its side), and pairs of one path whose texts belong elsewhere.
    """

    certain: tuple[Partner, ...] = ()
    parts: tuple[Partner, ...] = ()
    guesses: tuple[Partner, ...] = ()
    doubted: tuple[Partner, ...] = ()


def find_partners(
    source: Mapping[str, Fingerprint],
    target: Mapping[str, Fingerprint],
    settled: DocumentPairs,
    *,
    langs: tuple[str, str],
    before: Mapping[str, str] = NO_NAMES,
    alone: Collection[str] = (),
) -> Partners:
    """Looks for the partners of the documents that `settled` leaves unpaired, in all of both books.

    `before` gives the partner that a source document had when it was last worked on: it keeps it unless its
    text clearly belongs elsewhere. Documents of the source book that are `alone` have no translation, says a
    person. The pairs that are certain are one-to-one and in order of strength; none is taken that another
    document claims nearly as strongly.
    """
    search = _Search(source, target, settled, langs, alone)
    certain = [*search.take_kept(before), *search.take(_is_certain)]
    parts = search.parts()
    return Partners(
        tuple(certain), tuple(parts), tuple(search.take(_is_guess)), tuple(search.doubted(settled))
    )


def guess_by_meaning(
    source: Mapping[str, Fingerprint], target: Mapping[str, Fingerprint], compare: Compare
) -> list[Partner]:
    """Guesses for documents that share nothing that can be read off: their titles and first words mean the
    same. Each is the best for both of its documents.
    """
    names, others = sorted(source), sorted(target)
    if not names or not others:
        return []
    rows = compare([source[name] for name in names], [target[name] for name in others])
    found = []
    for name, row in zip(names, rows, strict=True):
        at = max(range(len(others)), key=row.__getitem__)
        best = row[at]
        rivals = [*row[:at], *row[at + 1 :], *(other[at] for other in rows if other is not row), 0.0]
        lead = best - max(rivals)
        if best >= _MAY_MEAN_THE_SAME and lead > 0:
            likely = best >= _MEANS_THE_SAME and lead >= _MEANING_LEAD
            reason = f"title and first words mean the same ({best:.2f})"
            found.append(Partner(name, others[at], Relation.RENAMED, reason, likely))
    return found


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A pair that is weighed: `labelled` if both documents open with a label of their own, `lead` is how many
    times as strong it is as the strongest other claim on either document.
    """

    source: str
    target: str
    strength: float
    likeness: Likeness
    labelled: bool
    lead: float = inf


def _is_certain(one: _Candidate) -> bool:
    told = one.labelled or one.likeness.evidence >= _EVIDENCE
    return told and one.strength >= _CERTAIN and one.lead >= _CLEAR_LEAD


def _is_likely(one: _Candidate) -> bool:
    return one.strength >= _LIKELY and one.lead >= _LEAD


def _is_guess(one: _Candidate) -> bool:
    return one.strength >= _WORTH_A_LOOK


@dataclass(frozen=True, slots=True)
class _Side:
    """One book in a search: its traits, the documents without a partner, and the partners of the others;
    for each document those of the other book that claim it, the strongest first.
    """

    book: Book
    free: set[str]
    partner: dict[str, str]
    claims: dict[str, list[tuple[float, str]]]


class _Search:
    """The state of one search: who is free, and who is paired with whom."""

    def __init__(
        self,
        source: Mapping[str, Fingerprint],
        target: Mapping[str, Fingerprint],
        settled: DocumentPairs,
        langs: tuple[str, str],
        alone: Collection[str],
    ) -> None:
        self._prints = source, target
        self._all = Resemblance(source, target)
        there = dict(settled.paired)
        back = {target: source for source, target in settled.paired}
        self._source = _Side(self._all.source, set(settled.only_source).difference(alone), there, {})
        self._target = _Side(self._all.target, set(settled.only_target), back, {})
        self._names = namesakes(self._source.free, self._target.free, langs)
        self._labels = _shared_openings(source, target)
        self._claim()

    def take_kept(self, before: Mapping[str, str]) -> Iterator[Partner]:
        """Pairs that were there before, and are not contradicted."""
        for source, target in sorted(before.items()):
            if source in self._source.free and target in self._target.free:
                one = self._weighed(self._candidate(source, target))
                if one.strength >= _STAYS and one.lead * _CLEAR_LEAD >= 1:
                    yield self._settle(one)

    def take(self, good: Callable[[_Candidate], bool]) -> Iterator[Partner]:
        """Pairs free documents from the strongest candidate downwards, as long as they are good enough; again
        while there are any, as a pair that is taken makes room for others.
        """
        taken = True
        while taken:
            taken = False
            for one in self._candidates():
                if one.source in self._source.free and one.target in self._target.free:
                    weighed = self._weighed(one)
                    if good(weighed):
                        taken = True
                        yield self._settle(weighed)

    def parts(self) -> list[Partner]:
        """Free documents that hold a part of a document that has its partner; they stop being free."""
        found = [
            *self._parts(self._source, self._target, Relation.SPLIT),
            *self._parts(self._target, self._source, Relation.MERGED),
        ]
        for part in found:
            self._source.free.discard(part.source)
            self._target.free.discard(part.target)
        return found

    def _parts(self, whole: _Side, part: _Side, relation: Relation) -> Iterator[Partner]:
        """Free documents of `part` whose text lies mostly in one document of `whole`, beside what the partner
        of that one holds.
        """
        for path in sorted(part.free):
            shared = part.book.shared[path]
            if not shared:
                continue
            owner = max(sorted(shared), key=shared.__getitem__)
            others = [weight for other, weight in shared.items() if other != owner]
            main = whole.partner.get(owner)
            wholes, parts = self._prints if relation is Relation.SPLIT else self._prints[::-1]
            enough = 0.0 if parts[path].opens_within(wholes[owner]) else _PART_EVIDENCE
            if (
                main is not None
                and shared[owner] >= max(enough, _PART * part.book.weights[path])
                and shared[owner] >= _CLEAR_LEAD * max(others, default=0.0)
                and self._apart(whole, part, owner, main, path)
            ):
                source, target = (owner, path) if relation is Relation.SPLIT else (path, owner)
                words = shared_in_words(wholes[owner], parts[path], parts[path])
                yield Partner(source, target, relation, words)

    def doubted(self, settled: DocumentPairs) -> Iterator[Partner]:
        """Pairs of one path of which one text is much more like another document than like its namesake."""
        for source, target in settled.paired:
            own = self._all.between(source, target)
            for mine, path in ((self._source, source), (self._target, target)):
                shared = mine.book.shared[path]
                other = max(sorted(shared), key=shared.__getitem__, default=None)
                if source != target or other in (None, source, target):
                    continue
                pair = (source, str(other)) if mine is self._source else (str(other), target)
                likeness = self._all.between(*pair)
                if likeness.score >= max(_CERTAIN, _ELSEWHERE * own.score) and likeness.evidence >= _EVIDENCE:
                    yield Partner(*pair, Relation.RENAMED, self._words(*pair), likely=False)
                    break

    def _claim(self) -> None:
        """Finds who claims whom; what is too weak to matter to any decision is left out."""
        pairs = {(path, other) for path, shared in self._all.source.shared.items() for other in shared}
        for source, target in pairs.union(self._names.items()):
            strength = self._candidate(source, target).strength
            if strength * _CLEAR_LEAD >= _WORTH_A_LOOK:
                self._source.claims.setdefault(source, []).append((strength, target))
                self._target.claims.setdefault(target, []).append((strength, source))
        for side in (self._source, self._target):
            for claims in side.claims.values():
                claims.sort(key=lambda claim: (-claim[0], claim[1]))

    def _candidate(self, source: str, target: str) -> _Candidate:
        likeness = self._all.between(source, target)
        labelled = self._labels.get(source) == target
        strength = likeness.score + _SAME_LABEL * labelled
        strength += _SAME_NAME * (self._names.get(source) == target)
        return _Candidate(source, target, strength, likeness, labelled)

    def _candidates(self) -> list[_Candidate]:
        """All pairs of free documents that are worth a look, the strongest first."""
        found = [
            self._candidate(source, target)
            for source in self._source.free
            for strength, target in self._source.claims.get(source, ())
            if strength >= _WORTH_A_LOOK and target in self._target.free
        ]
        return sorted(found, key=lambda one: (-one.strength, one.source, one.target))

    def _weighed(self, one: _Candidate) -> _Candidate:
        rival = max(
            self._rival(self._source, self._target, one.source, one.target, one.strength),
            self._rival(self._target, self._source, one.target, one.source, one.strength),
        )
        return replace(one, lead=one.strength / rival if rival else inf)

    def _rival(self, mine: _Side, other: _Side, path: str, partner: str, strength: float) -> float:
        """The strongest other claim on a document, 0 if none comes near `strength`. Nothing is claimed by a
        document that has a better partner, nor by one that holds another part of the text.
        """
        for claim, rival in mine.claims.get(path, ()):
            if claim * _CLEAR_LEAD < strength:
                break
            owner = other.partner.get(rival)
            owned = owner is not None and self._strength(mine, owner, rival) >= claim
            apart = claim >= _STAYS and self._apart(mine, other, path, partner, rival)
            if rival != partner and not owned and not apart:
                return claim
        return 0.0

    def _strength(self, mine: _Side, path: str, other: str) -> float:
        pair = (path, other) if mine is self._source else (other, path)
        return self._candidate(*pair).strength

    def _apart(self, whole: _Side, part: _Side, path: str, one: str, other: str) -> bool:
        """Whether two documents hold different parts of a third, `path`."""
        text = whole.book.traits[path]
        second = text & part.book.traits[other]
        both = second & part.book.traits[one]
        return self._all.weight(both) <= _OWN_SHARE * self._all.weight(second)

    def _settle(self, one: _Candidate) -> Partner:
        self._source.free.discard(one.source)
        self._target.free.discard(one.target)
        self._source.partner[one.source] = one.target
        self._target.partner[one.target] = one.source
        reason = self._words(one.source, one.target)
        return Partner(one.source, one.target, Relation.RENAMED, reason, _is_likely(one))

    def _words(self, source: str, target: str) -> str:
        """Why two documents seem to belong together."""
        one, other = self._prints[0][source], self._prints[1][target]
        reasons = [f"same label {one.opening}"] if self._labels.get(source) == target else []
        reasons += ["name alike"] if self._names.get(source) == target else []
        reasons += [words] if (words := shared_in_words(one, other)) else []
        return "; ".join(reasons)


def _shared_openings(source: Mapping[str, Fingerprint], target: Mapping[str, Fingerprint]) -> dict[str, str]:
    """The documents that open with one label, which no other document of either book opens with."""
    by_label: list[dict[str, list[str]]] = [{}, {}]
    for found, book in zip(by_label, (source, target), strict=True):
        for path, fingerprint in book.items():
            found.setdefault(fingerprint.opening, []).append(path)
    return {
        paths[0]: others[0]
        for label, paths in by_label[0].items()
        if label and len(paths) == 1 and len(others := by_label[1].get(label, [])) == 1
    }
