"""Aligns what no book holds, and prints the seconds, the peak memory and what came out.

    python benchmarks/align_hostile.py [CASE…] [--similarity default|lexical] [--limit SECONDS]

Each case runs in a process of its own. The answer is *whole* if each unit is in exactly one bead, in order;
the last columns say how many beads have two sides, and what share of the units they hold.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from amts_tui.alignment.documents import align_units
from amts_tui.alignment.model import Link
from amts_tui.alignment.similarity import choose

Texts = tuple[list[str], list[str]]
SAME = ("The old man sat down and said nothing.", "El viejo se sentó y no dijo nada.")
SOURCE = ("house", "river", "winter", "bread", "mother", "road", "letter", "night", "window", "horse")
TARGET = ("casa", "río", "invierno", "pan", "madre", "camino", "carta", "noche", "ventana", "caballo")


def sentence(words: Sequence[str], number: int, length: int = 8) -> str:
    """The same words in both languages for the same number."""
    chosen = [words[(number * 7 + k * k * (number // 10 + 1)) % len(words)] for k in range(length)]
    return " ".join(chosen).capitalize() + f" {number}."


def sentences(count: int) -> Texts:
    """A text and its translation."""
    return [sentence(SOURCE, n) for n in range(count)], [sentence(TARGET, n) for n in range(count)]


def identical(source: int, target: int) -> Texts:
    """The same sentence over and over."""
    return [SAME[0]] * source, [SAME[1]] * target


def long(size: int) -> Texts:
    """A few units of that many characters."""
    both = sentences(size // 20)
    left, right = (" ".join(side)[:size] for side in both)
    return [left, SAME[0], left[::-1]], [right, SAME[1], right[::-1]]


def scripts() -> Texts:
    """Texts of other languages and scripts than were declared, and none at all."""
    odd = [
        "Все счастливые семьи похожи.",
        "すべて",
        "\u200b",
        "🙂🙂🙂",
        "a\u0301" * 300,
        "ﷺ",
        "\ufffd",
        "0" * 500,
        "",
    ]
    return odd * 40, ["ทั้งหมด", "", "🙃", "한국어 문장입니다.", "\x00", "Ελληνικά", "9" * 500] * 50


CASES: dict[str, Callable[[], Texts]] = {
    "100,000 identical on both sides": lambda: identical(100_000, 100_000),
    "100,000 identical against 90,000": lambda: identical(100_000, 90_000),
    "1 against 2,000": lambda: ([SAME[0]], sentences(2_000)[1]),
    "1 against 10,000": lambda: ([SAME[0]], sentences(10_000)[1]),
    "10,000 against 1": lambda: (sentences(10_000)[0], [SAME[1]]),
    "3 against 10,000 identical": lambda: identical(3, 10_000),
    "200 against 10,000": lambda: (sentences(200)[0], sentences(10_000)[1]),
    "nothing against nothing": lambda: ([], []),
    "nothing against 10,000": lambda: ([], sentences(10_000)[1]),
    "10,000 against nothing": lambda: (sentences(10_000)[0], []),
    "10,000 empty units on both sides": lambda: ([""] * 10_000, [""] * 10_000),
    "units of 100 kB": lambda: long(100_000),
    "units of 1 MB": lambda: long(1_000_000),
    "other scripts than declared": scripts,
    "both sides in one language": lambda: (sentences(3_000)[0], sentences(3_000)[0]),
    "the target backwards": lambda: (sentences(3_000)[0], sentences(3_000)[1][::-1]),
}


def judged(texts: Texts, links: Sequence[Link]) -> dict[str, object]:
    """What came out."""
    whole = all(
        [unit for link in links for unit in getattr(link, side)] == list(range(len(units)))
        for side, units in zip(("source", "target"), texts, strict=True)
    )
    two = [link for link in links if link.source and link.target]
    held = sum(len(link.source) + len(link.target) for link in two)
    sane = all(0 <= link.confidence <= 1 for link in links)
    return {"whole": whole and sane, "beads": len(two), "share": held / max(1, sum(map(len, texts)))}


def run(name: str, similarity: str) -> dict[str, object]:
    """One case in this process."""
    texts = CASES[name]()
    measure = choose("en", "es", similarity)
    align_units(*sentences(5), measure)
    started = time.perf_counter()
    links = align_units(*texts, measure)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"seconds": seconds, "peak": peak, **judged(texts, links)}


def main() -> None:
    """One row a case."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("cases", nargs="*", metavar="CASE")
    parser.add_argument("--similarity", default="default")
    parser.add_argument("--limit", type=float, default=600)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        print(json.dumps(run(options.cases[0], options.similarity)))
        return
    print(f"{'case':36}{'s':>8}{'peak MB':>9}{'whole':>7}{'beads':>9}{'share':>7}")
    for name in options.cases or CASES:
        command = [sys.executable, __file__, name, "--here", "--similarity", options.similarity]
        try:
            done = subprocess.run(command, check=False, capture_output=True, timeout=options.limit)
        except subprocess.TimeoutExpired:
            print(f"{name:36}  more than {options.limit:.0f} s", flush=True)
            continue
        if done.returncode:
            print(f"{name:36}  {done.stderr.decode().strip().rpartition(chr(10))[2]}", flush=True)
            continue
        found = json.loads(done.stdout)
        figures = f"{found['seconds']:8.1f}{found['peak']:9,}{found['whole']!s:>7}"
        print(f"{name:36}{figures}{found['beads']:9,}{found['share']:7.0%}", flush=True)


if __name__ == "__main__":
    main()
