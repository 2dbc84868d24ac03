"""Times alignment against encoding every unit once in one process, and measures the memory of long texts.

    python benchmarks/align_speed.py DATA/gold [SET…]
    python benchmarks/align_speed.py DATA/gold --long 50000 55000 [--similarity lexical]

Processor seconds are those of all threads. A ratio of 1 is the time of the encoding; quick and thorough
contain it, the lexical similarity does without. galechurch (PyPI) runs side by side if it can be imported.
With --long one long text against another, made of the documents of the sets again and again, each time with
another number in every unit.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

from align_gold import lines

from amts_tui.alignment.documents import TextPair, align_many, unit_pair
from amts_tui.alignment.embeddings import EmbeddingSimilarity
from amts_tui.alignment.encoder import Encoder
from amts_tui.alignment.lexical import LexicalSimilarity

SETS = ("d2l-para-en-zh", "bil-seg-en-es", "mac-dev-zh-en", "textberg-dev-de-fr")


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - processor


def pairs_of(folder: Path) -> list[TextPair]:
    """The documents of a set."""
    names = sorted(path.name.removesuffix(".gold.json") for path in folder.glob("*.gold.json"))
    return [unit_pair(lines(folder / f"{name}.src"), lines(folder / f"{name}.tgt")) for name in names]


def texts(pairs: list[TextPair]) -> list[str]:
    """All units."""
    return [unit.text for pair in pairs for side in (pair.source, pair.target) for unit in side.units]


def long_pair(folders: list[Path], source: int, target: int) -> TextPair:
    """The documents of all sets one after the other, again and again, until both sides are long enough."""
    left: list[str] = []
    right: list[str] = []
    documents = [pair for folder in folders for pair in pairs_of(folder)]
    for number in count():
        pair = documents[number % len(documents)]
        left += [f"{unit.text} {number}" for unit in pair.source.units]
        right += [f"{unit.text} {number}" for unit in pair.target.units]
        if min(len(left) / source, len(right) / target) >= 1:
            break
    return unit_pair(left[:source], right[:target])


def galechurch(pairs: list[TextPair]) -> float | None:
    """Its processor seconds; None if it is not installed."""
    try:
        from galechurch import align
    except ImportError:
        return None
    sides = [([u.text for u in pair.source.units], [u.text for u in pair.target.units]) for pair in pairs]
    return timed(lambda: [list(align(*side)) for side in sides])[1]


def peak() -> int:
    """Megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def one_row(name: str, pairs: list[TextPair]) -> None:
    """The ratios of a set."""
    encoder = Encoder()
    encoder.rows(["A sentence to load the model with."])
    encoding = timed(lambda: encoder.rows(texts(pairs)))
    similarity = EmbeddingSimilarity("default", encoder)
    ratios = []
    for mode in ("quick", "thorough"):
        spent = timed(lambda mode=mode: list(align_many(pairs, similarity, mode=mode)))  # type: ignore[misc]
        ratios += [1 + spent[k] / encoding[k] for k in (0, 1)]
    spent = timed(lambda: list(align_many(pairs, LexicalSimilarity())))
    ratios += [spent[k] / encoding[k] for k in (0, 1)]
    other = galechurch(pairs)
    columns = "".join(f"{ratio:9.2f}" for ratio in ratios)
    last = f"{other / encoding[1]:11.2f}" if other is not None else f"{'-':>11}"
    print(f"{name:22}{encoding[0]:7.1f}{encoding[1]:7.1f}{columns}{last}{peak():8,}", flush=True)


def main() -> None:
    """One row a set, or the figures of a long text."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("sets", nargs="*")
    parser.add_argument("--long", nargs=2, type=int, metavar="UNITS")
    parser.add_argument("--similarity", choices=("default", "lexical"), default="default")
    options = parser.parse_intermixed_args()
    folders = [options.gold / name for name in options.sets or SETS]
    if options.long:
        pair = long_pair(folders, *options.long)
        encoder = Encoder()
        encoder.rows(["A sentence to load the model with."])
        lexical = options.similarity == "lexical"
        encoding = (0.0, 0.0) if lexical else timed(lambda: encoder.rows(texts([pair])))
        print(
            f"{len(pair.source.units):,} x {len(pair.target.units):,} units, encoded in {encoding[0]:.0f} s",
            flush=True,
        )
        print(f"peak memory {peak():,} MB after encoding", flush=True)
        similarity = LexicalSimilarity() if lexical else EmbeddingSimilarity("default", encoder)
        spent = timed(lambda: list(align_many([pair], similarity)))
        print(f"aligned in {spent[0]:.0f} s more ({spent[1]:.0f} s of the processor)")
        print(f"peak memory {peak():,} MB")
        return
    names = ("encode", "cpu", "quick", "cpu", "thorough", "cpu", "lexical", "cpu")
    widths = (7, 7, 9, 9, 9, 9, 9, 9)
    head = "".join(f"{name:>{width}}" for name, width in zip(names, widths, strict=True))
    print(f"{'set':22}{head}{'galechurch':>11}{'MB':>8}")
    for folder in folders:
        one_row(folder.name, pairs_of(folder))


if __name__ == "__main__":
    main()
