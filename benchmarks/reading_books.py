"""Reads every file of a book in DATA, writes it back in four ways, and prints how many files come through.

    python benchmarks/reading_books.py DATA

- `same`: each segment replaced by its own text, and its items put back into its masked text; the bytes must
  be those of the file;
- `accents`: the vowels of each segment become accented; `Chinese`: each letter becomes a Chinese one;
  `joined`: soft line breaks become spaces, as machine translation returns them. After writing and reading
  again, the blocks (kind, level, name, container), the number of segments and the items of each must be what
  they were, and no translation may have been refused.

Every option of reading that finds more to translate is on. Sentences are not looked for.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from amts_tui.books.formats import SUFFIXES
from amts_tui.books.inline import join_lines, outside_placeholders, unmask
from amts_tui.books.model import Document, Item, ItemForm, Segment
from amts_tui.books.options import ReadingOptions
from amts_tui.books.reading import parse_bytes
from amts_tui.books.writing import splice

FOLDERS = ("books", "corpora", "sync", "runs")
OPTIONS = ReadingOptions(front_matter=("title", "description"), code_comments=True)
VOWELS = str.maketrans("aeiouAEIOU", "áéíóúÁÉÍÓÚ")
ASCIIDOC = (".adoc", ".asciidoc", ".asc")
DOUBLED = {"**": "*", "__": "_", "##": "#"}
LETTER = re.compile(r"[^\W\d_]")


def accents(segment: Segment) -> str:
    """The segment's text with accents."""
    return outside_placeholders(segment.text, lambda text: text.translate(VOWELS))


def chinese(segment: Segment) -> str:
    """The segment's text with each letter replaced by a Chinese one."""
    return outside_placeholders(segment.text, lambda text: LETTER.sub("文", text))


def joined(segment: Segment) -> str:
    """The segment's text on one line."""
    return join_lines(segment.text, segment.items)


CHANGES: dict[str, Callable[[Segment], str]] = {"accents": accents, "Chinese": chinese, "joined": joined}


def main() -> None:
    """One row a folder and suffix."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    options = parser.parse_args()
    columns = ("files", "segments", "same", *CHANGES)
    print(f"{'folder':18}" + "".join(f"{name:>10}" for name in columns) + f"{'s':>8}")
    for folder in FOLDERS:
        for suffix in SUFFIXES:
            paths = sorted(path for path in (options.data / folder).rglob(f"*{suffix}") if path.is_file())
            if not paths:
                continue
            counts: Counter[str] = Counter()
            started = time.perf_counter()
            for path in paths:
                for name in check(path):
                    counts[name] += 1
                    if name.startswith("! "):
                        print(name)
                counts["segments"] += segments_of(path)
            counts["files"] = len(paths)
            row = "".join(f"{counts[name]:10,}" for name in columns)
            print(f"{folder + ' ' + suffix:18}{row}{time.perf_counter() - started:8.1f}", flush=True)


def segments_of(path: Path) -> int:
    """How many segments a file has."""
    return len(read(path, path.read_bytes()).segments())


def read(path: Path, data: bytes) -> Document:
    """The document that the bytes of a file make."""
    return parse_bytes(data, path=str(path), lang="en", options=OPTIONS, sentences=False)


def check(path: Path) -> Iterator[str]:
    """The names of the checks that a file passes, and a line beginning with `!` for each that it does not."""
    data = path.read_bytes()
    document = read(path, data)
    segments = document.segments()
    unmasked = all(
        unmask(segment.text, segment.items, segment.breaks) == document.raw(segment) for segment in segments
    )
    own = splice(document, {number: segment.text for number, segment in enumerate(segments)})
    yield "same" if unmasked and own.data == data else f"! {path}: not the same"
    for name, change in CHANGES.items():
        spliced = splice(document, {number: change(segment) for number, segment in enumerate(segments)})
        refused = [problem for problem in spliced.problems if problem.refused]
        if refused:
            first = segments[refused[0].segment]
            yield f"! {path}: {name}: {len(refused)} refused, the first {first.text!r}: {refused[0].reason}"
        elif shape(read(path, spliced.data)) != shape(document):
            yield f"! {path}: {name}: other blocks or items"
        else:
            yield name


def shape(document: Document) -> list[object]:
    """What a translation must keep."""
    blocks = [(block.kind, block.level, block.name, block.within) for block in document.blocks]
    single = document.path.endswith(ASCIIDOC)
    return [blocks, [sorted(marks(segment.items, single)) for segment in document.segments()]]


def marks(items: Sequence[Item], single: bool) -> Iterator[str]:
    """The texts of items; if `single`, double marks are as single ones, and those around code are left out: a
    translation of AsciiDoc doubles the marks that Asciidoctor would not see beside its letters.
    """
    for item in items:
        if not single or item.form is ItemForm.SINGLE:
            yield item.core
        elif item.core not in ("`", "+"):
            yield DOUBLED.get(item.core, item.core)


if __name__ == "__main__":
    main()
