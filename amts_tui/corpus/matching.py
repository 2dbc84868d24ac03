"""Which new unit continues which old one, when a file has changed."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from amts_tui.corpus.model import BeadUnit, normalised
from amts_tui.corpus.sequences import Gap, gaps, in_order

_RESEMBLES = 60.0
_REACH = 20
_COMPARISONS = 200_000
_FEWEST = 40

Pairs = list[tuple[int, int]]


def text_id(unit: BeadUnit) -> str:
    """The part of a unit's key that tells its text in the file, without the occurrence."""
    return unit.key.partition("/")[0]


def match_units(old: Sequence[BeadUnit], new: Sequence[BeadUnit], *, part: bool = False) -> list[int | None]:
    """For each old unit the index of the new unit that continues it, or None; no new unit continues two.

    Equal texts in order first: anchors that occur once on both sides (patience diff), then repeated ones
    between them; then equal units out of order (crossing beads, moved text); last, what resembles each other
    (rapidfuzz ratio of at least 60) in about the same place, the most alike first. With `part`, `old` is only
    a part of the old units: then the occurrence in the key tells repeated texts apart, as the context is
    missing.
    """
    old_keys = [unit.key for unit in old]
    index = {unit.key: j for j, unit in enumerate(new)}
    if len(set(old_keys)) == len(old) and set(old_keys) == index.keys():
        return [index[key] for key in old_keys]
    # Crossing beads bring their units out of the document's order: paragraphs put back most of it.
    order = sorted(range(len(old)), key=lambda place: old[place].segment)
    ordered = [old[place] for place in order]
    straight = _known_keys(ordered, index) if part else _equal_in_order(ordered, new)
    found: list[int | None] = [None] * len(old)
    for place, j in zip(order, _completed(ordered, new, straight), strict=True):
        found[place] = j
    return found


def _known_keys(old: Sequence[BeadUnit], index: Mapping[str, int]) -> Pairs:
    return in_order([(i, index[unit.key]) for i, unit in enumerate(old) if unit.key in index])


def _completed(old: Sequence[BeadUnit], new: Sequence[BeadUnit], straight: Pairs) -> list[int | None]:
    """Where all old units go, given those that go to an equal unit in order."""
    found: list[int | None] = [None] * len(old)
    for i, j in straight:
        found[i] = j
    taken = {j for _, j in straight}
    elsewhere = {unit.key: j for j, unit in enumerate(new) if j not in taken}
    for i, unit in enumerate(old):
        if found[i] is None:
            found[i] = elsewhere.pop(unit.key, None)
    for i, j in _resembling(old, new, found, straight):
        found[i] = j
    return found


def _equal_in_order(old: Sequence[BeadUnit], new: Sequence[BeadUnit]) -> Pairs:
    old_ids, new_ids = [text_id(unit) for unit in old], [text_id(unit) for unit in new]
    once = _single(old_ids).keys() & _single(new_ids).keys()
    places = {text: j for j, text in enumerate(new_ids) if text in once}
    anchors = in_order([(i, places[text]) for i, text in enumerate(old_ids) if text in once])
    pairs = list(anchors)
    for gap in gaps(anchors, len(old), len(new)):
        pairs += _repeated(old, new, gap)
    return sorted(pairs)


def _single(texts: Sequence[str]) -> dict[str, int]:
    return {text: count for text, count in Counter(texts).items() if count == 1}


def _repeated(old: Sequence[BeadUnit], new: Sequence[BeadUnit], gap: Gap) -> Pairs:
    """Equal units inside a gap, by occurrence if all the old ones are there, else one after another."""
    i1, i2, j1, j2 = gap
    new_places: dict[str, list[int]] = defaultdict(list)
    for j in range(j1, j2):
        new_places[text_id(new[j])].append(j)
    old_places: dict[str, list[int]] = defaultdict(list)
    for i in range(i1, i2):
        if (text := text_id(old[i])) in new_places:
            old_places[text].append(i)
    pairs: Pairs = []
    for text, places in old_places.items():
        by_key = {new[j].key: j for j in new_places[text]}
        keys = [old[i].key for i in places]
        if len(set(keys)) == len(keys) and by_key.keys() >= set(keys):
            pairs += [(i, by_key[key]) for i, key in zip(places, keys, strict=True)]
        else:
            pairs += zip(places, new_places[text], strict=False)
    return in_order(pairs)


def _resembling(
    old: Sequence[BeadUnit], new: Sequence[BeadUnit], found: Sequence[int | None], straight: Pairs
) -> Pairs:
    """Pairs of what is left on both sides.

    Each old unit is compared with the nearest of the new ones in its gap and a little around it, with all of
    them as long as the work stays bounded.
    """
    taken = set(found)
    free = [j for j in range(len(new)) if j not in taken]
    missing = sum(index is None for index in found)
    if not free or not missing:
        return []
    half = max(_COMPARISONS // missing, _FEWEST) // 2
    candidates: list[tuple[float, float, int, int]] = []
    for i1, i2, j1, j2 in gaps(straight, len(old), len(new)):
        low, high = bisect_left(free, j1 - _REACH), bisect_left(free, j2 + _REACH)
        for i in range(i1, i2):
            if found[i] is None and low < high:
                expected = j1 + (i - i1 + 0.5) * (j2 - j1) / (i2 - i1) - 0.5
                middle = bisect_left(free, expected)
                for j in free[max(low, middle - half) : min(high, middle + half)]:
                    if alike := _alike(old[i], new[j]):
                        candidates.append((-alike, abs(j - expected), i, j))
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for _, _, i, j in sorted(candidates):
        if i not in pairs and j not in used:
            pairs[i] = j
            used.add(j)
    return list(pairs.items())


def _alike(old: BeadUnit, new: BeadUnit) -> float:
    """How much a new unit resembles the old one, as it stood in the file or as a person rewrote it; 0 for too
    little.
    """
    from rapidfuzz import fuzz

    text = new.raw
    alike = fuzz.ratio(old.raw, text, score_cutoff=_RESEMBLES)
    if old.in_file is not None:
        alike = max(alike, fuzz.ratio(old.in_file, text, score_cutoff=_RESEMBLES))
    return alike


def same_text(old: BeadUnit, new: BeadUnit) -> bool:
    """Whether the file still says what it said, or says by now what a person had written over it."""
    return text_id(old) == text_id(new) or normalised(old.raw) == normalised(new.raw)
