"""Aligns every set of a folder of gold alignments with galechurch and prints how well.

    pip install galechurch
    python benchmarks/align_peers.py DATA/gold --scorer SCORER.py [SET…]

The table is that of `align_gold.py`, so that both can be put side by side.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

from align_gold import COLUMNS, lines, score


def aligned(source: list[str], target: list[str]) -> list[list[list[int]]]:
    """Beads as the scorer reads them."""
    from galechurch import align

    return [
        [
            list(range(bead.source_start, bead.source_end)),
            list(range(bead.target_start, bead.target_end)),
        ]
        for bead in align(source, target).beads
    ]


def main() -> None:
    """One row a set."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("sets", nargs="*")
    parser.add_argument("--scorer", type=Path, required=True)
    options = parser.parse_intermixed_args()
    print(f"{'set':24}" + "".join(f"{name:>8}" for name in COLUMNS) + f"{'s':>8}")
    for name in options.sets or sorted(path.name for path in options.gold.iterdir() if path.is_dir()):
        folder = options.gold / name
        with tempfile.TemporaryDirectory() as output:
            seconds = 0.0
            for path in sorted(folder.glob("*.gold.json")):
                document = path.name.removesuffix(".gold.json")
                sides = lines(folder / f"{document}.src"), lines(folder / f"{document}.tgt")
                started = time.perf_counter()
                beads = aligned(*sides)
                seconds += time.perf_counter() - started
                (Path(output) / f"{document}.json").write_text(json.dumps(beads))
            figures = score(options.scorer, folder, Path(output))
        print(f"{name:24}" + "".join(f"{figures[column]:8.3f}" for column in COLUMNS) + f"{seconds:8.2f}")


if __name__ == "__main__":
    main()
