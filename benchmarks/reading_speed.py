"""How fast documents are read, beside markdown-it-py, and how time and memory grow with hostile input.

    python benchmarks/reading_speed.py DATA [--rounds N]

DATA/books/d2l/{en,zh} holds the books. All measured together, in turns, in one process; medians.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from amts_tui.books import sentences
from amts_tui.books.reading import parse_bytes
from amts_tui.workbench import pairing, setup
from amts_tui.workbench.aligning import align
from amts_tui.workbench.sentence_store import SentenceStore
from amts_tui.workbench.session import Pipeline, Workbench

_SIZES = (5, 10, 20)  # million characters
_DEPTHS = (500, 1_000, 2_000)
_IN_A_PROCESS = """
import resource, sys, time
from amts_tui.books.reading import parse_bytes
data = ({text}).encode()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.process_time()
document = parse_bytes(data, path="a.md", lang={lang!r})
seconds = time.process_time() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(seconds, peak / 1024, (peak - before) / 1024, len(document.blocks),
      sum(len(s.units) for s in document.segments()))
"""
_HOSTILE = {
    "one line of sentences": ("en", "'A short sentence with `code` and $x$. ' * ({size} * 1_000_000 // 38)"),
    "one line without a stop": ("en", "'word ' * ({size} * 200_000)"),
    "one line of opening marks": ("en", "'[*`<$' * ({size} * 200_000)"),
    "one line of Chinese": ("zh", "'“句子。”（见图。）' * ({size} * 100_000)"),
}
_NESTED = "''.join('  ' * depth + '- item. Two\\n' for depth in range({size}))"


class _Clock:
    """Adds up the time that pysbd takes."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def around(self, find: Callable[[str], sentences._Segmenter]) -> Callable[[str], sentences._Segmenter]:
        clock = self

        class Timed:
            def __init__(self, lang: str) -> None:
                self._inner = find(lang)

            def segment(self, text: str) -> list[str]:
                start = time.process_time()
                try:
                    return self._inner.segment(text)
                finally:
                    clock.seconds += time.process_time() - start

        return Timed


def main() -> None:
    """Measures and prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    _book(arguments.data / "books" / "d2l", arguments.rounds)
    _second_run(arguments.data / "books" / "d2l", arguments.rounds)
    _growth()


def _book(folder: Path, rounds: int) -> None:
    from markdown_it import MarkdownIt

    files = [
        (path.read_bytes(), str(path), lang)
        for lang in ("en", "zh")
        for path in sorted((folder / lang).rglob("*.md"))
    ]
    texts = [data.decode() for data, _, _ in files]
    clock = _Clock()
    sentences._segmenter = clock.around(sentences._segmenter)  # type: ignore[assignment]
    commonmark, tables = MarkdownIt("commonmark"), MarkdownIt("gfm-like", {"linkify": False})

    def read(store: SentenceStore | None = None, *, units: bool = True) -> None:
        sentences._split.cache_clear()
        for data, path, lang in files:
            parse_bytes(data, path=path, lang=lang, sentences=units, kept=store)

    def parse(parser: MarkdownIt) -> None:
        for text in texts:
            parser.parse(text)

    times: dict[str, list[float]] = {}

    def timed(name: str, work: Callable[[], None]) -> float:
        start = time.process_time()
        work()
        times.setdefault(name, []).append(time.process_time() - start)
        return times[name][-1]

    with tempfile.TemporaryDirectory() as temporary, closing(SentenceStore(Path(temporary))) as store:
        read(store)
        for _ in range(rounds):
            timed("markdown-it-py, CommonMark", lambda: parse(commonmark))
            timed("markdown-it-py, with tables", lambda: parse(tables))
            timed("blocks, segments, items", lambda: read(units=False))
            clock.seconds = 0.0
            whole = timed("all, sentences too", read)
            times.setdefault("of that pysbd", []).append(clock.seconds)
            times.setdefault("all, sentences too, without pysbd", []).append(whole - clock.seconds)
            timed("a second run, sentences from the cache", lambda: read(store))
    base = statistics.median(times["markdown-it-py, CommonMark"])
    characters = sum(map(len, texts))
    print(f"{len(files)} files, {characters:,} characters, medians of {rounds}, seconds of the processor\n")
    print("| what | seconds | of markdown-it-py |\n| --- | --- | --- |")
    for name, found in times.items():
        median = statistics.median(found)
        print(f"| {name} | {median:.2f} | {median / base:.2f} |")


def _second_run(folder: Path, rounds: int) -> None:
    """A project of the same files in which nothing has changed since they were aligned."""
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        for lang in ("en", "zh"):
            shutil.copytree(folder / lang, root / lang)
        setup.create(root, ("en", None), {"zh": None})
        with Workbench.open(root) as workbench:
            _take_for_aligned(workbench)
        steps = {
            "read and hash the files": lambda: _hash_all(root),
            "open the project, `amts documents list`": lambda: _in_project(root, _list),
            "open the project, `amts align`": lambda: _in_project(root, align),
        }
        times: dict[str, list[float]] = {}
        for _ in range(rounds):
            for name, work in steps.items():
                start = time.process_time()
                work()
                times.setdefault(name, []).append(time.process_time() - start)
    print("\n| with nothing changed | seconds |\n| --- | --- |")
    for name, found in times.items():
        print(f"| {name} | {statistics.median(found):.3f} |")


def _take_for_aligned(workbench: Workbench) -> None:
    """Records the state of all documents as that of their last alignment, which is not measured here."""
    pipeline = workbench.pipeline()
    for source, target in workbench.document_pairs(pipeline).paired:
        hashes = workbench.file_hash("en", source), workbench.file_hash("zh", target)
        workbench.workspace.put_document(
            pipeline.store, source, target, source_hash=hashes[0], target_hash=hashes[1], aligner="none"
        )


def _in_project(root: Path, command: Callable[[Workbench, Pipeline], object]) -> None:
    with Workbench.open(root) as workbench:
        command(workbench, workbench.pipeline())


def _list(workbench: Workbench, pipeline: Pipeline) -> None:
    workbench.documents(pipeline)
    pairing.overview(workbench, pipeline)


def _hash_all(root: Path) -> None:
    for path in root.rglob("*.md"):
        hashlib.blake2b(path.read_bytes(), digest_size=16)


def _growth() -> None:
    print("\n| input | size | seconds | peak MB | of that reading | blocks | sentences |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, (lang, text) in _HOSTILE.items():
        for size in _SIZES:
            _row(name, f"{size} M characters", text.format(size=size), lang)
    for depth in _DEPTHS:
        _row("a nested list", f"{depth:,} levels", _NESTED.format(size=depth), "en")


def _row(name: str, size: str, text: str, lang: str) -> None:
    """Each in a process of its own, whose peak memory is its own."""
    code = _IN_A_PROCESS.format(text=text, lang=lang)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    seconds, peak, own, blocks, units = done.stdout.split()
    numbers = (f"{float(seconds):.1f}", *(f"{float(number):,.0f}" for number in (peak, own, blocks, units)))
    print(" | ".join(("|", name, size, *numbers, "|")).replace("| |", "|"))


if __name__ == "__main__":
    main()
