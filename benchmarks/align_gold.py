"""Aligns every set of a folder of gold alignments and prints how well, and how fast.

    python benchmarks/align_gold.py DATA/gold --scorer SCORER.py [--similarity lexical] [--mode quick] [SET…]

A set is a folder `…-<source>-<target>` with `<doc>.src`, `<doc>.tgt` (one unit a line) and `<doc>.gold.json`.
Its documents are aligned together, so that a similarity that learns sees the whole set.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from amts_tui.alignment.documents import Mode, align_many, unit_pair
from amts_tui.alignment.similarity import choose

COLUMNS = ("P", "R", "F", "laxF", "nullF")


def lines(path: Path) -> list[str]:
    """The units of a file."""
    return path.read_bytes().decode().split("\n")[:-1]


def align_set(
    folder: Path, similarity: str, mode: Mode, cache: Path | None, output: Path
) -> tuple[int, float]:
    """Writes `<doc>.json` for each document; returns the number of source units and the seconds."""
    source_lang, target_lang = folder.name.split("-")[-2:]
    names = sorted(path.name.removesuffix(".gold.json") for path in folder.glob("*.gold.json"))
    pairs = [unit_pair(lines(folder / f"{name}.src"), lines(folder / f"{name}.tgt")) for name in names]
    measure = choose(source_lang, target_lang, similarity, cache=cache)
    started = time.perf_counter()
    for name, links in zip(names, align_many(pairs, measure, mode=mode), strict=True):
        beads = [[link.source, link.target] for link in links]
        (output / f"{name}.json").write_text(json.dumps(beads))
    return sum(len(pair.source.units) for pair in pairs), time.perf_counter() - started


def score(scorer: Path, gold: Path, predicted: Path) -> dict[str, float]:
    """What the scorer prints."""
    command = [sys.executable, str(scorer), str(gold), str(predicted)]
    result: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return result


def main() -> None:
    """One row a set."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("sets", nargs="*")
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--similarity", default="default")
    parser.add_argument("--mode", choices=("quick", "thorough"), default="thorough")
    parser.add_argument("--cache", type=Path)
    options = parser.parse_intermixed_args()
    print(f"{'set':24}{'units':>7}" + "".join(f"{name:>8}" for name in COLUMNS) + f"{'s':>8}")
    for name in options.sets or sorted(path.name for path in options.gold.iterdir() if path.is_dir()):
        with tempfile.TemporaryDirectory() as output:
            units, seconds = align_set(
                options.gold / name, options.similarity, options.mode, options.cache, Path(output)
            )
            figures = score(options.scorer, options.gold / name, Path(output))
        row = "".join(f"{figures[column]:8.3f}" for column in COLUMNS)
        print(f"{name:24}{units:7}{row}{seconds:8.1f}", flush=True)


if __name__ == "__main__":
    main()
