"""Bytes of any kind into every reader: no crash, no hang, no loss.

    python benchmarks/fuzz_books.py [--seconds N] [--format SUFFIX[=N] ...] [--seeds FOLDER ...]
                                    [--keep FOLDER]

Runs N seconds (60) on each format, in a process of its own. With atheris (`pip install atheris`; Linux, a
Python that it has a wheel for) the inputs are led by coverage; without it, or with --random, they are random
changes of the seeds. Of an EPUB or a Word document one file inside is changed, now and then the archive
itself. An input that fails is written to the folder of --keep, and the exit status is 1; `--again FILE ...`
tries such files once more.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # the readers are fed with the books of the tests

_LANGS = ("en", "zh", "ko", "xx")
_FORMATS = (".md", ".mdx", ".html", ".xhtml", ".rst", ".adoc", ".txt", ".ipynb", ".epub", ".docx")
_GRACE = 300  # seconds after the last input's time in which it must have ended
_SUMMARY = "kinds of failure"
_EXAMPLES = 5  # inputs kept of a kind of failure


def main() -> int:
    """Fuzzes each format in a process of its own and says how it went."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--format", action="append", metavar="SUFFIX[=SECONDS]")
    parser.add_argument("--seeds", action="append", type=Path, default=[])
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "amts-fuzz")
    parser.add_argument("--random", action="store_true")
    parser.add_argument("--again", nargs="+", type=Path)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.again:
        return _again(arguments.again)
    arguments.keep.mkdir(parents=True, exist_ok=True)
    chosen = [wanted.partition("=") for wanted in arguments.format or _FORMATS]
    budgets = {suffix: int(seconds or arguments.seconds) for suffix, _, seconds in chosen}
    if arguments.inside:
        ((suffix, seconds),) = budgets.items()
        if find_spec("atheris") and not arguments.random:
            _led(suffix, seconds, arguments.seeds, arguments.keep)
        return _at_random(suffix, seconds, arguments.seeds, arguments.keep)
    return max(_run(suffix, seconds, arguments) for suffix, seconds in budgets.items())


def _run(suffix: str, seconds: int, arguments: argparse.Namespace) -> int:
    command = [sys.executable, __file__, "--inside", "--keep", str(arguments.keep)]
    command += ["--format", f"{suffix}={seconds}"]
    command += [part for folder in arguments.seeds for part in ("--seeds", str(folder))]
    command += ["--random"] if arguments.random else []
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=seconds + _GRACE)
    except subprocess.TimeoutExpired:
        print(f"{suffix}: hangs on {_last(arguments.keep, suffix)}", flush=True)
        return 1
    told = [line for line in done.stdout.decode("utf-8", "replace").split("\n") if line.startswith(suffix)]
    print("\n".join(told), flush=True)
    if not any(_SUMMARY in line for line in told):
        print(f"{suffix}: died on {_last(arguments.keep, suffix)}", flush=True)
        print(done.stderr.decode("utf-8", "replace")[-2_000:], flush=True)
        return 1
    return done.returncode


def _last(keep: Path, suffix: str) -> Path:
    """Where the input that is being tried stands."""
    return keep / f"last{suffix}"


def _again(files: list[Path]) -> int:
    from fuzz_checks import check

    failed = 0
    for path in files:
        for lang in _LANGS:
            try:
                check(path.read_bytes(), path.suffix, lang)
            except Exception:  # noqa: BLE001
                failed = 1
                print(f"{path} ({lang}): {traceback.format_exc()}")
                break
    return failed


@dataclass(slots=True)
class _Trial:
    """Tries inputs of a format until the time is over; keeps what fails."""

    suffix: str
    keep: Path
    check: Callable[[bytes, str, str], str]
    end: float
    counts: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)

    def one(self, data: bytes, lang: str) -> None:
        _last(self.keep, self.suffix).write_bytes(data)
        try:
            self.counts[self.check(data, self.suffix, lang)] += 1
        except Exception as error:  # noqa: BLE001
            self._note(error, data)

    @property
    def over(self) -> bool:
        return time.monotonic() > self.end

    def _note(self, error: Exception, data: bytes) -> None:
        place = traceback.extract_tb(error.__traceback__)[-1]
        what = str(error).partition(":")[0][:60] if isinstance(error, AssertionError) else str(error)[:60]
        kind = f"{type(error).__name__} {what} at {Path(place.filename).name}:{place.lineno}"
        self.failures[kind] += 1
        if self.failures[kind] <= _EXAMPLES:
            name = f"{hashlib.blake2b(data, digest_size=6).hexdigest()}{self.suffix}"
            (self.keep / name).write_bytes(data)
            print(f"{self.suffix}:   {self.keep / name}: {kind}: {error!a}"[:400], flush=True)

    def tell(self, how: str) -> int:
        told = ", ".join(f"{self.counts[outcome]:,} {outcome}" for outcome in ("read", "refused"))
        print(f"{self.suffix}: {how}: {told}, {len(self.failures)} {_SUMMARY}", flush=True)
        for kind, times in self.failures.most_common():
            print(f"{self.suffix}:   {times} times {kind!a}", flush=True)
        return 1 if self.failures else 0


def _at_random(suffix: str, seconds: int, folders: list[Path], keep: Path) -> int:
    from fuzz_checks import check
    from fuzz_inputs import changed, mutated, seeds

    trial = _Trial(suffix, keep, check, time.monotonic() + seconds)
    random_ = random.Random(f"{suffix} {seconds}")
    found = seeds(suffix, folders)
    for data in found:
        trial.one(data, "en")
    while not trial.over:
        data = changed(random_.choice(found), random_, lambda own: mutated(own, random_))
        trial.one(data, random_.choice(_LANGS))
    return trial.tell("random changes")


def _led(suffix: str, seconds: int, folders: list[Path], keep: Path) -> None:
    """Led by coverage of the package; ends the process, as the fuzzer itself does."""
    import atheris

    with atheris.instrument_imports(include=["amts_tui"]):
        from amts_tui.books import reading

        for name in ("cell", "docx", "epub-index", "html", "rest", "asciidoc", "plain"):
            reading.format_named(name)
        reading.container_of(f"a{suffix}")
    from fuzz_checks import check
    from fuzz_inputs import LONGEST, PIECES, changed, seeds

    trial = _Trial(suffix, keep, check, time.monotonic() + seconds)

    def one(data: bytes) -> None:
        trial.one(data[1:], _LANGS[data[0] % len(_LANGS)] if data else "en")
        if trial.over:
            os._exit(trial.tell("led by coverage"))

    def mutate(data: bytes, size: int, seed: int) -> bytes:
        return (
            data[:1]
            + changed(data[1:], random.Random(seed), lambda own: atheris.Mutate(own, size))[: size - 1]
        )

    with tempfile.TemporaryDirectory() as corpus:
        for number, found in enumerate(seeds(suffix, folders)):
            (Path(corpus) / str(number)).write_bytes(b"\0" + found)
        words = Path(corpus).with_suffix(".dict")
        spelled = ["".join(f"\\x{byte:02x}" for byte in piece) for piece in PIECES]
        words.write_text("".join(f'"{word}"\n' for word in spelled))
        options = [f"-max_len={LONGEST}", "-timeout=120", "-rss_limit_mb=4000", f"-dict={words}"]
        atheris.Setup(
            [sys.argv[0], *options, f"-artifact_prefix={keep}/", corpus], one, custom_mutator=mutate
        )
        atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
