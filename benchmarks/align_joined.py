"""Aligns all documents of a gold set as if they were one, and prints how well and how fast.

    python benchmarks/align_joined.py DATA/gold --scorer SCORER.py [--similarity lexical] SET…

A book in one file is harder than its chapters: nothing says where they begin, and a first search can lose
its way. Time is in encodings of every unit once (processor time of one thread, same process).
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

from align_gold import COLUMNS, lines, score

from amts_tui.alignment.documents import align_units
from amts_tui.alignment.encoder import Encoder
from amts_tui.alignment.model import Link
from amts_tui.alignment.similarity import choose


def cut(links: list[Link], source: range, target: range) -> list[list[list[int]]]:
    """The beads of one document of the joined ones, counted from its own first units."""
    beads = []
    for link in links:
        left = [unit - source.start for unit in link.source if unit in source]
        right = [unit - target.start for unit in link.target if unit in target]
        if left or right:
            beads.append([left, right])
    return beads


def main() -> None:
    """One row a set."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--similarity", default="lexical")
    options = parser.parse_intermixed_args()
    print(f"{'set':24}{'units':>7}" + "".join(f"{name:>8}" for name in COLUMNS) + f"{'time':>8}")
    for name in options.sets:
        folder = options.gold / name
        source: list[str] = []
        target: list[str] = []
        parts: list[tuple[str, range, range]] = []
        for document in sorted(path.name.removesuffix(".gold.json") for path in folder.glob("*.gold.json")):
            left, right = lines(folder / f"{document}.src"), lines(folder / f"{document}.tgt")
            parts.append((
                document,
                range(len(source), len(source) + len(left)),
                range(len(target), len(target) + len(right)),
            ))  # fmt: skip
            source += left
            target += right
        encoder = Encoder(threads=1)
        encoder.rows(["the model is loaded"])
        started = time.process_time()
        encoder.rows([*source, *target])
        once = time.process_time() - started
        source_lang, target_lang = name.split("-")[-2:]
        started = time.process_time()
        links = align_units(source, target, choose(source_lang, target_lang, options.similarity, threads=1))
        spent = time.process_time() - started
        with tempfile.TemporaryDirectory() as output:
            for document, rows, columns in parts:
                (Path(output) / f"{document}.json").write_text(json.dumps(cut(links, rows, columns)))
            figures = score(options.scorer, folder, Path(output))
        row = "".join(f"{figures[column]:8.3f}" for column in COLUMNS)
        print(f"{name:24}{len(source):7}{row}{spent / once:8.2f}", flush=True)


if __name__ == "__main__":
    main()
