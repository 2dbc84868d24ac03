"""Makes gold alignments of technical prose: blocks of real books that translate each other, then damaged on
purpose as translators and years damage them.

    python benchmarks/damaged_books.py DATA/corpora OUTPUT

A book is a folder `<book>/<language>` with `gold-blocks.jsonl` (a pair of blocks a line: `id` of the text,
`kind`, `src`, `tgt`). Blocks are dropped on one side (headings twice as often, in runs), joined with the
next, or cut at a sentence's end. `align_gold.py` and `train_aligner.py` read what comes out. The damage is
drawn from a fixed seed.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TypeAlias

from amts_tui.books.sentences import split

Bead: TypeAlias = tuple[list[str], list[str]]

_PROSE = {"heading", "para", "item", "quote"}
_MARK = re.compile(r"\s*(?:#+|=+|[-*+]|\d+[.)]|>)\s+")
_DROPPED = {"light": 0.03, "heavy": 0.08}
_FURTHER = 0.25
_JOINED = 0.04
_CUT = 0.04
_SOURCES = {"hello-algo-zh-src": "zh"}


@dataclass(frozen=True, slots=True)
class Block:
    """Two blocks that translate each other."""

    kind: str
    source: str
    target: str


def blocks(path: Path) -> Iterator[list[Block]]:
    """The prose blocks of each document of a book, in order."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    for _, document in groupby(rows, key=lambda row: row["id"]):
        ordered = sorted(document, key=lambda row: row["src_span"])
        yield [
            Block(row["kind"], _plain(row["src"]), _plain(row["tgt"]))
            for row in ordered
            if row["kind"] in _PROSE and row.get("src", "").strip() and row.get("tgt", "").strip()
        ]


def _plain(text: str) -> str:
    return " ".join(_MARK.sub("", text, count=1).split())


def damaged(
    document: Sequence[Block], langs: tuple[str, str], dropped: float, chance: random.Random
) -> list[Bead]:
    """The document's beads after the damage; `dropped` is how likely a block is dropped on one side."""
    beads: list[Bead] = []
    gone: int | None = None
    for block in document:
        bead = ([block.source], [block.target])
        go_on = gone is not None and chance.random() < _FURTHER
        if not go_on:
            gone = None
        if go_on or chance.random() < dropped * (2 if block.kind == "heading" else 1):
            gone = chance.randrange(2) if gone is None else gone
            bead[gone].clear()
        elif chance.random() < _CUT:
            side = chance.randrange(2)
            bead[side][:] = _cut(bead[side][0], langs[side], chance)
        elif chance.random() < _JOINED and beads and len(beads[-1][0]) == len(beads[-1][1]) == 1:
            joined = chance.randrange(2)
            beads[-1][joined][0] += " " + bead[joined][0]
            beads[-1][1 - joined].extend(bead[1 - joined])
            continue
        beads.append(bead)
    return beads


def _cut(text: str, lang: str, chance: random.Random) -> list[str]:
    sentences = [text[start:end] for start, end in split(text, lang)]
    if len(sentences) < 2:
        return [text]
    place = chance.randrange(1, len(sentences))
    return [" ".join(sentences[:place]), " ".join(sentences[place:])]


def write(folder: Path, name: str, beads: Sequence[Bead]) -> None:
    """The document's units, a line each, and its gold."""
    sides: tuple[list[str], list[str]] = ([], [])
    gold = []
    for bead in beads:
        gold.append(
            [list(range(len(side), len(side) + len(own))) for side, own in zip(sides, bead, strict=True)]
        )
        for side, own in zip(sides, bead, strict=True):
            side.extend(own)
    folder.mkdir(parents=True, exist_ok=True)
    for suffix, side in zip(("src", "tgt"), sides, strict=True):
        (folder / f"{name}.{suffix}").write_text("".join(f"{unit}\n" for unit in side), encoding="utf-8")
    (folder / f"{name}.gold.json").write_text(json.dumps(gold))


def main() -> None:
    """Two sets a book, of light and heavy damage; the books of D2L are left to the gold sets."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path)
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    for path in sorted(options.corpora.glob("*/*/gold-blocks.jsonl")):
        book, target = path.parent.parent.name, path.parent.name.partition("-")[0]
        if book == "d2l":
            continue
        langs = (_SOURCES.get(book, "en"), target)
        documents = [document for document in blocks(path) if len(document) > 1]
        for damage, dropped in _DROPPED.items():
            chance = random.Random(f"{book}-{target}-{damage}")
            folder = options.output / f"book-{book}-{damage}-{langs[0]}-{langs[1]}"
            for number, document in enumerate(documents):
                write(folder, f"{number:03}", damaged(document, langs, dropped, chance))


if __name__ == "__main__":
    main()
