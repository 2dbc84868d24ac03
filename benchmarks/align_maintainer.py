"""What a maintainer's first looks do for the rest of a book: F1 and calibration of what nobody has looked at.

    python benchmarks/align_maintainer.py DATA/gold [--share 0.05] [--cache FOLDER] SET…

A set is one of `align_gold.py` whose gold consists of beads. The simulated maintainer looks at a share of the
beads, by chance or the doubtful ones first, confirms what the gold has and puts the rest right; then the set
is aligned again around that. Precision and recall are over beads with two sides that have no unit in common
with what the maintainer settled: the same gold beads before and after.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from align_gold import lines

from amts_tui.alignment.documents import SURE, TextPair, align_many, unit_pair
from amts_tui.alignment.lexicon import Seed
from amts_tui.alignment.model import Fixed, Link, check_fixed
from amts_tui.alignment.similarity import Similarity, choose
from amts_tui.alignment.trust import Look, offset, trusted
from amts_tui.errors import AmtsError

BINS = 10


class Text(NamedTuple):
    """A document of a set: what is aligned, and its gold beads."""

    pair: TextPair
    gold: list[Fixed]


class Result(NamedTuple):
    """F1 and expected calibration error over what nobody settled, beads and wrong ones among them."""

    f1: float
    ece: float


def texts(folder: Path) -> list[Text]:
    """The documents of a set."""
    found = []
    for path in sorted(folder.glob("*.gold.json")):
        name = path.name.removesuffix(".gold.json")
        pair = unit_pair(lines(folder / f"{name}.src"), lines(folder / f"{name}.tgt"))
        gold = [Fixed(tuple(source), tuple(target)) for source, target in json.loads(path.read_text())]
        found.append(Text(pair, gold))
    return found


def words(pair: TextPair, bead: Link | Fixed) -> tuple[str, str]:
    """The texts of both sides of a bead."""
    sides = (pair.source.units, bead.source), (pair.target.units, bead.target)
    left, right = (" ".join(units[i].text for i in run) for units, run in sides)
    return left, right


def meets(bead: Link | Fixed, other: Link | Fixed) -> bool:
    """Whether two beads have a unit in common."""
    return bool({*bead.source} & {*other.source} or {*bead.target} & {*other.target})


def contiguous(bead: Fixed) -> bool:
    """Whether a bead's runs have no holes: others are not fixed points."""
    return all(run == tuple(range(run[0], run[-1] + 1)) for run in (bead.source, bead.target) if run)


def settled(
    book: Sequence[Text], links: Sequence[Sequence[Link]], chosen: Iterable[tuple[int, int]]
) -> tuple[list[list[Fixed]], list[Look]]:
    """What the maintainer makes of the chosen beads, for each document, and what was found about them."""
    fixed: list[set[Fixed]] = [set() for _ in book]
    looks = []
    for number, place in chosen:
        link = links[number][place]
        right = [bead for bead in book[number].gold if meets(bead, link) and contiguous(bead)]
        looks.append(Look(link.confidence, Fixed(link.source, link.target) in right))
        fixed[number].update(right)
    return [sorted(beads, key=lambda bead: (bead.source, bead.target)) for beads in fixed], looks


def result(book: Sequence[Text], links: Sequence[Sequence[Link]], fixed: Sequence[Sequence[Fixed]]) -> Result:
    """Over everything that has no unit in common with what was settled."""
    right = found = wanted = 0
    rated: list[tuple[float, bool]] = []
    for text, of_text, beads in zip(book, links, fixed, strict=True):
        source = {i for bead in beads for i in bead.source}
        target = {j for bead in beads for j in bead.target}
        free = [x for x in of_text if not (source & {*x.source} or target & {*x.target})]
        gold = {x for x in text.gold if not (source & {*x.source} or target & {*x.target})}
        hits = [Fixed(x.source, x.target) in gold for x in free]
        rated += zip((x.confidence for x in free), hits, strict=True)
        right += sum(hit for x, hit in zip(free, hits, strict=True) if x.source and x.target)
        found += sum(bool(x.source and x.target) for x in free)
        wanted += sum(bool(x.source and x.target) for x in gold)
    return Result(2 * right / max(1, found + wanted), calibration_error(rated))


def calibration_error(rated: Sequence[tuple[float, bool]]) -> float:
    """The expected calibration error over bins of equal width."""
    total = 0.0
    for number in range(BINS):
        inside = [(p, hit) for p, hit in rated if min(int(p * BINS), BINS - 1) == number]
        total += abs(sum(p - hit for p, hit in inside))
    return total / max(1, len(rated))


def again(
    book: Sequence[Text],
    links: Sequence[Sequence[Link]],
    fixed: Sequence[Sequence[Fixed]],
    looks: Sequence[Look],
    measure: Similarity,
) -> list[list[Link]]:
    """The book aligned around what was settled, with what it taught; see `workbench.experience`."""
    pairs = []
    for text, beads in zip(book, fixed, strict=True):
        pair = text.pair
        pairs.append(replace(pair, fixed=check_fixed(beads, len(pair.source.units), len(pair.target.units))))
    sure = [
        words(text.pair, link)
        for text, of_text, beads in zip(book, links, fixed, strict=True)
        for link in of_text
        if link.source
        and link.target
        and link.confidence >= SURE
        and Fixed(link.source, link.target) not in beads
    ]
    moved = offset(looks)
    return [
        [replace(link, confidence=trusted(link.confidence, moved)) for link in of_text]
        for of_text in align_many(pairs, measure.learned(sure))
    ]


def main() -> None:
    """Two rows a set: doubtful beads first, and by chance."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--share", type=float, default=0.05)
    parser.add_argument("--similarity", default="default")
    parser.add_argument("--cache", type=Path)
    options = parser.parse_intermixed_args()
    print(f"{'set':24}{'looks':>10}{'F1':>8}{'after':>8}{'ECE':>8}{'after':>8}{'offset':>8}")
    for name in options.sets:
        book = texts(options.gold / name)
        langs = name.split("-")[-2:]
        first = list(
            align_many([text.pair for text in book], choose(*langs, options.similarity, cache=options.cache))
        )
        places = [(n, k) for n, links in enumerate(first) for k in range(len(links))]
        count = max(1, round(options.share * len(places)))
        doubtful = sorted(places, key=lambda place: first[place[0]][place[1]].confidence)[:count]
        chance = random.Random(1).sample(places, count)
        for way, chosen in (("doubtful", doubtful), ("chance", chance)):
            fixed, looks = settled(book, first, chosen)
            seeds = [
                Seed(*words(text.pair, bead), 2.0)
                for text, beads in zip(book, fixed, strict=True)
                for bead in beads
                if bead.source and bead.target
            ]
            measure = choose(*langs, options.similarity, cache=options.cache, seeds=tuple(seeds))
            try:
                links = again(book, first, fixed, looks, measure)
            except AmtsError as error:
                print(f"{name:24}{way:>10}  {error}")
                continue
            before, after = result(book, first, fixed), result(book, links, fixed)
            print(
                f"{name:24}{way:>10}{before.f1:8.3f}{after.f1:8.3f}{before.ece:8.3f}{after.ece:8.3f}"
                f"{offset(looks):8.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
