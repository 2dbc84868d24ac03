"""Compares the blocks that are found in real books with a gold of their blocks, and prints how many agree.

    python benchmarks/gold_blocks.py DATA

The gold is DATA/corpora/<book>/<language>/gold-blocks.jsonl and gold-anchored.jsonl, one prose block a line
with its span in the source and in the target. A span is compared without its outer white space, marks of
lists, headings and quotes included. Only Markdown counts.

The gold comes from a scanner that cuts more coarsely in places. A gold block counts as *found* if one of our
blocks has its span, and as *cut finer* if blocks of ours, of the kinds expected, fill its span:

- `table`: the whole table there, its cells and the row of delimiters here;
- `definition`: a term with its definition is one paragraph there (`term` over `: text`), two here;
- `quote`: a quote with headings, lists or blank lines in it is one block there;
- `titled fence`: a fence of javascript.info with a backtick in its title is there taken for the beginning of
  the first paragraph of its content; here the title is a block.

What is *no prose* here, on purpose, has its own column: `!!!`, `???` and `===` lines of MkDocs, whose titles
are translated all the same; `[codetabs …]` and `[iframe …]`; the `libs:` at the top of a document of
javascript.info; a display formula between slide marks. All else is *missed*.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from amts_tui.books.model import Block, BlockKind, Document
from amts_tui.books.reading import read_document

KINDS = {
    "para": BlockKind.PARAGRAPH,
    "item": BlockKind.LIST_ITEM,
    "heading": BlockKind.HEADING,
    "quote": BlockKind.QUOTE,
    "caption": BlockKind.CAPTION,
    "image": BlockKind.IMAGE,
}
COLUMNS = ("gold", "found", "cut finer", "no prose", "missed", "other kind")


class Documents:
    """The documents of one side of a set, read once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[str, Document] = {}

    def named(self, name: str) -> Document:
        """A document by the id that the gold has for it."""
        if name not in self._read:
            path = next(path for path in self.folder.glob(f"{name}.md*"))
            self._read[name] = read_document(path, lang="en")
        return self._read[name]


def main() -> None:
    """One row a set and side, then the sums, and what was cut finer, is no prose or was missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--misses", action="store_true", help="print each block that was missed")
    options = parser.parse_args()
    print(f"{'set':26}" + "".join(f"{name:>12}" for name in COLUMNS) + f"{'spans':>10}")
    total: Counter[str] = Counter()
    reasons: Counter[tuple[str, str]] = Counter()
    for folder in sorted({path.parent for path in options.data.glob("corpora/*/*/gold-*.jsonl")}):
        if not any((folder / "src").rglob("*.md*")):
            continue
        for side in ("src", "tgt"):
            counts: Counter[str] = Counter()
            for verdict, reason, place in compare(folder, side):
                counts["gold"] += 1
                counts[verdict] += 1
                if verdict == "found" and reason:
                    counts["other kind"] += 1
                reasons[verdict, reason] += 1
                if verdict == "missed" and options.misses:
                    print("   ", place)
            print_row(f"{folder.parent.name}/{folder.name} {side}", counts)
            total += counts
    print_row("total", total)
    for (verdict, reason), count in sorted(reasons.items()):
        if reason:
            print(f"{verdict}: {reason}: {count}")


def print_row(name: str, counts: Counter[str]) -> None:
    """The counts of a set, and the share of gold blocks whose span is found, as it is or cut finer."""
    share = (counts["found"] + counts["cut finer"]) / (counts["gold"] - counts["no prose"])
    print(f"{name:26}" + "".join(f"{counts[column]:12,}" for column in COLUMNS) + f"{share:10.2%}")


def compare(folder: Path, side: str) -> Iterator[tuple[str, str, str]]:
    """For each prose block of the gold the verdict, its reason and the place."""
    documents = Documents(folder / side)
    for path in sorted(folder.glob("gold-*.jsonl")):
        if path.name == "gold-sentences.jsonl":
            continue
        for line in path.read_bytes().decode().split("\n"):
            gold = json.loads(line) if line else {}
            if "src" not in gold:
                continue
            document = documents.named(gold["id"])
            start, end = strip(document.text, *gold[f"{side}_span"])
            inside = [block for block in document.blocks if block.start < end and block.end > start]
            verdict, reason = judge(document, gold["kind"], inside, (start, end))
            yield verdict, reason, f"{document.path}:{start} {document.text[start:end]!r}"


def strip(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without its outer white space."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip())


def judge(document: Document, kind: str, blocks: Sequence[Block], span: tuple[int, int]) -> tuple[str, str]:
    """The verdict on a gold block, given our blocks that touch its span; the reason is empty if all is
    alike.
    """
    spans = [(block.start, block.end) for block in blocks]
    names = [block.kind for block in blocks]
    if spans == [span] and names[0] in KINDS.values():
        return "found", "" if names[0] is KINDS.get(kind) else f"{kind} there, {names[0]} here"
    if spans == [span]:
        return ("cut finer", "table") if kind == "table" else ("no prose", describe(document, blocks[0]))
    if not blocks or spans[0][0] != span[0] or spans[-1][1] != span[1]:
        inside_head = len(blocks) == 1 and names[0] is BlockKind.FRONT_MATTER
        return ("no prose", describe(document, blocks[0])) if inside_head else ("missed", kind)
    if kind == "table" and set(names) <= {BlockKind.TABLE_CELL, BlockKind.OTHER}:
        return "cut finer", "table"
    if kind == "quote" and all(document.raw(block).startswith(">") for block in blocks):
        return "cut finer", "quote"
    if set(names) == {BlockKind.PARAGRAPH} and all(document.raw(b).startswith(":") for b in blocks[1:]):
        return "cut finer", "definition"
    if names == [BlockKind.DIRECTIVE, BlockKind.PARAGRAPH] and document.raw(blocks[0]).startswith("```"):
        return "cut finer", "titled fence"
    return "missed", kind


def describe(document: Document, block: Block) -> str:
    """What a line that is no prose is."""
    if block.kind is BlockKind.DIRECTIVE:
        return f"{document.raw(block).split(' ')[0]} lines"
    return {BlockKind.FRONT_MATTER: "libs:", BlockKind.MATH: "a formula"}.get(block.kind, str(block.kind))


if __name__ == "__main__":
    main()
