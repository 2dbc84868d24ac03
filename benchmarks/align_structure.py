"""Aligns whole documents and compares the beads with the pairs of blocks that the files themselves prove.

    python benchmarks/align_structure.py DATA/books/d2l [--similarity lexical] [--cache FOLDER] [--misses]

The folder holds a book twice, `en` and `zh`, with the same paths. Code, formulas, directives and pictures
that occur once on both sides cut the two documents into stretches; where a stretch has the same sequence of
kinds of blocks on both sides, the n-th block of the one is the translation of the n-th of the other. Such a
pair counts as together if beads join the two blocks, and as exact if no bead joins either to a third one.
A bead that holds text of a code block, a display formula or a directive is an error.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from amts_tui.alignment.documents import align_many, document_pair
from amts_tui.alignment.model import Link
from amts_tui.alignment.similarity import choose
from amts_tui.alignment.text import landmark_mark
from amts_tui.books.model import Block, BlockKind, Document
from amts_tui.books.reading import read_document

LANDMARKS = {BlockKind.CODE, BlockKind.MATH, BlockKind.DIRECTIVE, BlockKind.IMAGE, BlockKind.HTML}
BARRED = {BlockKind.CODE, BlockKind.MATH, BlockKind.DIRECTIVE}


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of a document; for each unit the index of its block."""

    document: Document
    owner: tuple[int, ...]

    @classmethod
    def of(cls, document: Document) -> Blocks:
        """Of a document's units, counted over all segments of all blocks."""
        owner = tuple(
            index
            for index, block in enumerate(document.blocks)
            for segment in block.segments
            for _ in segment.units
        )
        return cls(document, owner)

    def kinds(self, first: int, last: int) -> list[tuple[str, int, bool]]:
        """What the blocks first..last-1 are."""
        blocks = self.document.blocks[first:last]
        return [(block.kind.value, block.level, bool(block.segments)) for block in blocks]

    def shown(self, index: int) -> str:
        """The beginning of a block's text."""
        return self.document.raw(self.document.blocks[index])[:60].replace("\n", " ")


def anchors(source: Document, target: Document) -> Iterator[tuple[int, int]]:
    """Block indices of landmarks that occur once on both sides, with the two ends of the documents."""
    places = [marks(document) for document in (source, target)]
    last = (-1, -1)
    yield last
    for mark, here in places[0].items():
        there = places[1].get(mark, [])
        if len(here) == len(there) == 1 and there[0] > last[1]:
            last = (here[0], there[0])
            yield last
    yield len(source.blocks), len(target.blocks)


def marks(document: Document) -> dict[str, list[int]]:
    """Where each landmark stands."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for index, block in enumerate(document.blocks):
        if block.kind in LANDMARKS:
            found[landmark_mark(block, document.raw(block))].append(index)
    return found


def proven(source: Blocks, target: Blocks) -> Iterator[tuple[int, int]]:
    """Pairs of blocks with text that stand at the same place of equal stretches."""
    for before, after in pairwise(anchors(source.document, target.document)):
        left, right = (before[0] + 1, after[0]), (before[1] + 1, after[1])
        kinds = source.kinds(*left)
        if kinds == target.kinds(*right):
            yield from ((left[0] + k, right[0] + k) for k, (_, _, text) in enumerate(kinds) if text)


def judged(source: Blocks, target: Blocks, links: Sequence[Link]) -> Iterator[tuple[int, int, bool, bool]]:
    """Each proven pair: whether it is together, whether exactly."""
    there: defaultdict[int, set[int]] = defaultdict(set)
    back: defaultdict[int, set[int]] = defaultdict(set)
    for link in links:
        for i in {source.owner[unit] for unit in link.source}:
            for j in {target.owner[unit] for unit in link.target}:
                there[i].add(j)
                back[j].add(i)
    for i, j in proven(source, target):
        yield i, j, j in there[i], there[i] == {j} and back[j] == {i}


def barred(side: Blocks, units: Sequence[int]) -> int:
    """How many of the units lie in blocks that are not translated."""
    blocks: list[Block] = [side.document.blocks[side.owner[unit]] for unit in units]
    return sum(block.kind in BARRED for block in blocks)


def main() -> None:
    """One row: pairs proven, together, exact, units of code in beads."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("book", type=Path)
    parser.add_argument("--langs", nargs=2, default=("en", "zh"))
    parser.add_argument("--similarity", default="default")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--misses", action="store_true", help="print each pair that is not together")
    options = parser.parse_args()
    folders = [options.book / lang for lang in options.langs]
    paths = sorted(path.relative_to(folders[0]) for path in folders[0].rglob("*.md"))
    both = [
        [Blocks.of(read_document(folder / path, lang=lang)) for path in paths if (folders[1] / path).exists()]
        for folder, lang in zip(folders, options.langs, strict=True)
    ]
    pairs = [document_pair(left.document, right.document) for left, right in zip(*both, strict=True)]
    started = time.perf_counter()
    similarity = choose(*options.langs, options.similarity, cache=options.cache)
    found = list(align_many(pairs, similarity))
    seconds = time.perf_counter() - started
    counts: Counter[str] = Counter()
    for left, right, links in zip(*both, found, strict=True):
        counts["blocks"] += sum(bool(block.segments) for block in left.document.blocks)
        counts["barred"] += sum(barred(left, link.source) + barred(right, link.target) for link in links)
        for i, j, together, exact in judged(left, right, links):
            counts["proven"] += 1
            counts["together"] += together
            counts["exact"] += exact
            if options.misses and not exact:
                state = "joined to more" if together else "apart"
                print(f"{left.document.path}: {state}: {left.shown(i)} | {right.shown(j)}")
    print(f"{len(pairs)} documents, {counts['blocks']:,} source blocks with text, {seconds:.1f} s")
    print(f"proven pairs {counts['proven']:,}")
    for name in ("together", "exact"):
        print(f"{name:12}{counts[name]:7,}  {counts[name] / max(1, counts['proven']):.2%}")
    print(f"units of code, formulas and directives in beads: {counts['barred']}")


if __name__ == "__main__":
    main()
