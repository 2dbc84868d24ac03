"""Damages texts, aligns them again, and prints what happens to the part that was not touched.

    python benchmarks/align_damage.py DATA/gold DATA/books/d2l [--seeds N] [--similarity lexical]

The truth is the gold, and for the book (whole documents, code and formulas among the text) the alignment of
the undamaged documents. *F before* and *F after* are strict F1 of the beads none of whose units was touched;
*found* is the share of the units left without a partner that are in no bead with two sides; *moved* counts
the passages that changed places, and those of them that are proposed as a crossing (at least half of what is
proposed and half of what moved on both sides), and proposals that are none.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from align_gold import lines

from amts_tui.alignment.crossings import Crossing, crossings
from amts_tui.alignment.documents import TextPair, align_many, document_pair, unit_pair
from amts_tui.alignment.model import Link
from amts_tui.alignment.similarity import Similarity, choose
from amts_tui.alignment.text import Landmark, Text
from amts_tui.books.reading import read_document

SETS = ("d2l-para-en-zh", "bil-seg-en-es", "textberg-dev-de-fr", "mac-dev-zh-en")
EVERY = 5
LEAST_UNITS = 40
Beads = Sequence[tuple[tuple[int, ...], tuple[int, ...]]]
Item = int | str
"""A unit's number (negative: a unit of another document), or the mark of a landmark."""


@dataclass
class Case:
    """One damaged pair: for each side its items, which units were touched, and what lost its partner."""

    items: tuple[list[Item], list[Item]]
    touched: tuple[set[int], set[int]] = field(default_factory=lambda: (set(), set()))
    alone: tuple[set[int], set[int]] = field(default_factory=lambda: (set(), set()))
    moved: list[tuple[set[int], set[int]]] = field(default_factory=list)


Damage = Callable[[random.Random, Case, Beads], None]


def items_of(text: Text) -> list[Item]:
    """Units and landmarks in order."""
    found: list[Item] = []
    marks = list(text.landmarks)
    for number in range(len(text.units) + 1):
        while marks and marks[0].position == number:
            found.append(marks.pop(0).mark)
        if number < len(text.units):
            found.append(number)
    return found


def text_of(items: Sequence[Item], own: Text, foreign: Text) -> Text:
    """The text that the items make."""
    units, marks = [], []
    for item in items:
        if isinstance(item, str):
            marks.append(Landmark(len(units), item))
        else:
            units.append(own.units[item] if item >= 0 else foreign.units[-item - 1])
    return Text(tuple(units), tuple(marks))


def drop(random_: random.Random, case: Case, beads: Beads, *, side: int) -> None:
    """A tenth of the beads lose one side."""
    gone: set[int] = set()
    for bead in beads:
        if bead[0] and bead[1] and random_.random() < 0.1:
            gone.update(bead[side])
            touch(case, bead)
            case.alone[1 - side].update(bead[1 - side])
    case.items[side][:] = [item for item in case.items[side] if item not in gone]


def touch(case: Case, bead: tuple[tuple[int, ...], tuple[int, ...]]) -> None:
    """The bead counts no more."""
    for side in (0, 1):
        case.touched[side].update(bead[side])


def section(random_: random.Random, beads: Beads, low: float, high: float, share: float) -> Beads:
    """Neighbouring beads, between the places `low` and `high` (0..1) of the text."""
    size = max(6, int(len(beads) * share))
    first = random_.randint(int(len(beads) * low), max(int(len(beads) * low), int(len(beads) * high) - size))
    return beads[first : first + size]


def swap(random_: random.Random, case: Case, beads: Beads) -> None:
    """Two sections of the target change places."""
    one, two = section(random_, beads, 0.05, 0.45, 0.08), section(random_, beads, 0.5, 0.95, 0.08)
    units = [{j for _, target in part for j in target} for part in (one, two)]
    if not all(units):
        return
    items = case.items[1]
    (a, b), (c, d) = ((items.index(min(part)), items.index(max(part)) + 1) for part in units)
    items[:] = [*items[:a], *items[c:d], *items[b:c], *items[a:b], *items[d:]]
    for part in (one, two):
        for bead in part:
            touch(case, bead)
        case.moved.append(({i for source, _ in part for i in source}, {j for _, t in part for j in t}))


def tail(random_: random.Random, case: Case, beads: Beads) -> None:
    """The target ends early."""
    first = int(len(beads) * random_.uniform(0.7, 0.9))
    gone = {j for _, target in beads[first:] for j in target}
    for bead in beads[first:]:
        touch(case, bead)
        case.alone[0].update(bead[0] if bead[1] else ())
    case.items[1][:] = [item for item in case.items[1] if item not in gone]


def foreign(random_: random.Random, case: Case, beads: Beads, *, side: int, count: int) -> None:
    """A chapter of another document stands in one text."""
    bead = random_.choice([bead for bead in beads if bead[side]])
    place = case.items[side].index(bead[side][0])
    case.items[side][place:place] = [-number - 1 for number in range(count)]


def f1(gold: Beads, predicted: Beads, touched: tuple[set[int], set[int]]) -> Counter[str]:
    """Counts of strict beads (the convention of vecalign) that have a unit that was not touched."""

    def single(beads: Beads) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
        found = set()
        for source, target in beads:
            parts = [(source, target)] if source and target else [
                *(((i,), ()) for i in source), *(((), (j,)) for j in target)
            ]  # fmt: skip
            found.update(parts)
        return {
            bead for bead in found
            if not (set(bead[0]) <= touched[0] and set(bead[1]) <= touched[1])
        }  # fmt: skip

    truth, guess = single(gold), single(predicted)
    two = {bead for bead in truth if bead[0] and bead[1]}
    return Counter(hits=len(truth & guess), guess=len(guess), recalled=len(two & guess), two=len(two))


def f_of(counts: Counter[str]) -> float:
    """Strict F1."""
    precision, recall = counts["hits"] / max(1, counts["guess"]), counts["recalled"] / max(1, counts["two"])
    return 2 * precision * recall / max(1e-9, precision + recall)


def numbered(links: Sequence[Link], case: Case) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """The links with the units' numbers before the damage."""
    own = [[item for item in side if isinstance(item, int)] for side in case.items]
    return [(tuple(own[0][i] for i in link.source), tuple(own[1][j] for j in link.target)) for link in links]


def overlap(found: Crossing, case: Case, moved: tuple[set[int], set[int]]) -> bool:
    """Whether a proposal is about a passage."""
    for side, run in enumerate((found.source, found.target)):
        own = [item for item in case.items[side] if isinstance(item, int)]
        units = set(own[run[0] : run[1]])
        if 2 * len(units & moved[side]) < max(len(units), len(moved[side])):
            return False
    return True


@dataclass(frozen=True, slots=True)
class Set:
    """Pairs with their truth, and how they are aligned as they are."""

    name: str
    pairs: list[TextPair]
    truth: list[Beads]
    similarity: Similarity
    before: list[Beads]


def gold_set(folder: Path, similarity: str, cache: Path | None) -> Set:
    """A set with gold alignments."""
    names = sorted(path.name.removesuffix(".gold.json") for path in folder.glob("*.gold.json"))
    pairs = [unit_pair(lines(folder / f"{name}.src"), lines(folder / f"{name}.tgt")) for name in names]
    truth = [
        [(tuple(s), tuple(t)) for s, t in json.loads((folder / f"{name}.gold.json").read_text())]
        for name in names
    ]
    truth = [sorted(beads, key=lambda bead: (bead[1] or bead[0], bead[0])) for beads in truth]
    return aligned(folder.name, pairs, truth, choose(*folder.name.split("-")[-2:], similarity, cache=cache))


def book_set(folder: Path, similarity: str, cache: Path | None) -> Set:
    """Some documents of a book in English and Chinese."""
    paths = sorted((folder / "en").rglob("*.md"))[::EVERY]
    both = [(path, folder / "zh" / path.relative_to(folder / "en")) for path in paths]
    pairs = [
        document_pair(read_document(en, lang="en"), read_document(zh, lang="zh"))
        for en, zh in both if zh.exists()
    ]  # fmt: skip
    return aligned(folder.name, pairs, None, choose("en", "zh", similarity, cache=cache))


def aligned(name: str, pairs: list[TextPair], truth: list[Beads] | None, similarity: Similarity) -> Set:
    """Only texts that are long enough to lose something."""
    found = [[(link.source, link.target) for link in links] for links in align_many(pairs, similarity)]
    kept = [k for k, pair in enumerate(pairs) if len(pair.source.units) >= LEAST_UNITS]
    return Set(
        name,
        [pairs[k] for k in kept],
        [(truth or found)[k] for k in kept],
        similarity,
        [found[k] for k in kept],
    )


def measured(texts: Set, damage: Damage, seed: int) -> Counter[str]:
    """One kind of damage to all pairs of a set."""
    random_ = random.Random(seed)
    cases, pairs = [], []
    for number, (pair, truth) in enumerate(zip(texts.pairs, texts.truth, strict=True)):
        case = Case((items_of(pair.source), items_of(pair.target)))
        damage(random_, case, truth)
        other = texts.pairs[number - 1]
        sides = (
            text_of(items, own, foreign_text)
            for items, own, foreign_text in zip(
                case.items, (pair.source, pair.target), (other.source, other.target), strict=True
            )
        )
        cases.append(case)
        pairs.append(TextPair(*sides, pair.structured, ()))
    last: list[Similarity] = []
    counts: Counter[str] = Counter()
    found = align_many(pairs, texts.similarity, learned=last.append)
    for case, pair, truth, before, links in zip(cases, pairs, texts.truth, texts.before, found, strict=True):
        predicted = numbered(links, case)
        for key, beads in (("before", before), ("after", predicted)):
            # Units from elsewhere count as touched: a bead with one of them and one of our own is wrong.
            touched = tuple(
                units | {item for item in items if isinstance(item, int) and item < 0}
                for units, items in zip(case.touched, case.items, strict=True)
            )
            for name, count in f1(truth, beads, (touched[0], touched[1])).items():
                counts[f"{key} {name}"] += count
        for side in (0, 1):
            alone = case.alone[side] | {
                item for item in case.items[side] if isinstance(item, int) and item < 0
            }
            without = {i for bead in predicted if not bead[1 - side] for i in bead[side]}
            counts["alone"] += len(alone)
            counts["alone found"] += len(alone & without)
        texts_of = [[unit.text for unit in side.units] for side in (pair.source, pair.target)]
        proposed = crossings(texts_of[0], texts_of[1], links, last[0])
        right = [[overlap(crossing, case, moved) for moved in case.moved] for crossing in proposed]
        counts["moved"] += len(case.moved)
        counts["moved found"] += sum(any(column) for column in zip(*right, strict=True))
        counts["moved wrong"] += sum(not any(row) for row in right)
    return counts


DAMAGE: dict[str, Damage] = {
    "none": lambda _random, _case, _beads: None,
    "a tenth of the source dropped": lambda r, c, b: drop(r, c, b, side=0),
    "a tenth of the target dropped": lambda r, c, b: drop(r, c, b, side=1),
    "two sections swapped": swap,
    "the tail missing": tail,
    "a foreign chapter in the target": lambda r, c, b: foreign(r, c, b, side=1, count=40),
    "a foreign chapter in the source": lambda r, c, b: foreign(r, c, b, side=0, count=40),
}


def main() -> None:
    """One row a set and kind of damage, all seeds together."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("book", type=Path)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--sets", nargs="*", default=[*SETS, "book"])
    parser.add_argument("--similarity", default="default")
    parser.add_argument("--cache", type=Path)
    options = parser.parse_args()
    print(f"{'set':20}{'damage':34}{'F before':>9}{'F after':>9}{'falls':>8}{'found':>7}{'moved':>16}")
    worst = 0.0
    for name in options.sets:
        texts = (
            book_set(options.book, options.similarity, options.cache)
            if name == "book"
            else gold_set(options.gold / name, options.similarity, options.cache)
        )
        for kind, damage in DAMAGE.items():
            counts: Counter[str] = Counter()
            for seed in range(options.seeds if kind != "none" else 1):
                counts += measured(texts, damage, seed)
            parts = [
                Counter({k.removeprefix(f"{key} "): v for k, v in counts.items() if k.startswith(key)})
                for key in ("before", "after")
            ]
            before, after = f_of(parts[0]), f_of(parts[1])
            worst = max(worst, before - after)
            found = f"{counts['alone found'] / counts['alone']:7.1%}" if counts["alone"] else f"{'-':>7}"
            moved = f"{counts['moved found']}/{counts['moved']}, {counts['moved wrong']} wrong"
            figures = f"{before:9.3f}{after:9.3f}{before - after:8.3f}{found}{moved:>16}"
            print(f"{texts.name[:19]:20}{kind:34}{figures}", flush=True)
    print(f"the greatest fall: {worst:.3f}")


if __name__ == "__main__":
    main()
