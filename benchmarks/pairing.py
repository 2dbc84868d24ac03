"""How well renamed, split and merged documents find their partners: all target files under random names.

    python benchmarks/pairing.py DATA [--misses]

DATA holds `books/d2l/{en,zh}`, `corpora/<book>/<lang>/{src,tgt}`, `runs/tr/{source,reference}` and
`sync/<set>/<case>/old.{src,tgt}.md`. A table in Markdown goes to standard output.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from amts_tui.alignment.encoder import knows
from amts_tui.alignment.fingerprints import Fingerprint, fingerprint
from amts_tui.alignment.meaning import comparison
from amts_tui.alignment.pairing import pair_documents
from amts_tui.alignment.partners import Partner, Partners, Relation, find_partners, guess_by_meaning
from amts_tui.books.formats import SUFFIXES
from amts_tui.books.model import BlockKind
from amts_tui.books.reading import parse

Texts = dict[str, str]


@dataclass(frozen=True, slots=True)
class Book:
    """The texts of both sides under the same names."""

    name: str
    langs: tuple[str, str]
    source: Texts
    target: Texts


@dataclass(slots=True)
class Outcome:
    """Pairs that were there to find, and what was found."""

    there: int = 0
    certain: list[bool] = field(default_factory=list)
    likely: list[bool] = field(default_factory=list)
    weak: list[bool] = field(default_factory=list)
    parts: list[bool] = field(default_factory=list)
    seconds: float = 0.0
    misses: list[str] = field(default_factory=list)


# ---- the books


def read_book(name: str, langs: tuple[str, str], files: Mapping[str, tuple[Path, Path]]) -> Book:
    """Both sides of a book, read."""
    texts = [{key: pair[side].read_bytes().decode("utf-8") for key, pair in files.items()} for side in (0, 1)]
    return Book(name, langs, *texts)


def tree(source: Path, target: Path, prefix: str = "") -> dict[str, tuple[Path, Path]]:
    """The files of two trees that have the same path."""
    return {
        prefix + path.relative_to(source).as_posix(): (path, target / path.relative_to(source))
        for path in sorted(source.rglob("*"))
        if path.suffix in SUFFIXES and (target / path.relative_to(source)).exists()
    }


def corpora(data: Path, *langs: str) -> dict[str, tuple[Path, Path]]:
    """The files of all corpora in a language."""
    found: dict[str, tuple[Path, Path]] = {}
    for lang in langs:
        for folder in sorted((data / "corpora").glob(f"*/{lang}")):
            found |= tree(folder / "src", folder / "tgt", f"{folder.parent.name}/")
    return found


def cases(data: Path, name: str) -> dict[str, tuple[Path, Path]]:
    """The documents of a set of updates as they were before the update, the first case of each."""
    found: dict[str, tuple[Path, Path]] = {}
    for case in sorted((data / "sync" / name).iterdir()):
        found.setdefault(f"{case.name.partition('__')[0]}.md", (case / "old.src.md", case / "old.tgt.md"))
    return found


def without_doubles(files: Mapping[str, tuple[Path, Path]]) -> dict[str, tuple[Path, Path]]:
    """One version of each document: a second one is no other document."""
    seen: dict[str, str] = {}
    for key in files:
        flat = key.replace("/", "_").replace("chapter_", "")
        tail = next((known for known in seen if flat.endswith(known) or known.endswith(flat)), flat)
        seen.setdefault(tail, key)
    return {key: files[key] for key in seen.values()}


def books(data: Path) -> Iterable[Book]:
    """The books that are large enough."""
    d2l = data / "books" / "d2l"
    yield read_book("D2L, en-zh", ("en", "zh"), tree(d2l / "en", d2l / "zh"))
    mixed = corpora(data, "es") | cases(data, "jsinfo-es")
    yield read_book("four books, en-es", ("en", "es"), without_doubles(mixed))
    turkish = tree(data / "runs/tr/source", data / "runs/tr/reference") | cases(data, "d2l-tr")
    yield read_book("D2L, en-tr", ("en", "tr"), without_doubles(turkish | corpora(data, "tr")))
    chinese = corpora(data, "zh", "zh-CN") | cases(data, "d2l-zh")
    yield read_book("five books, en-zh", ("en", "zh"), without_doubles(chinese))


# ---- what is done to them


def prints(texts: Texts, lang: str) -> dict[str, Fingerprint]:
    """The fingerprint of each text."""
    return {
        key: fingerprint(parse(text, path=key, lang=lang, sentences=False)) for key, text in texts.items()
    }


def renamed(texts: Texts, chance: random.Random) -> tuple[Texts, dict[str, str]]:
    """The texts under random names, and the true name of each."""
    names = [f"{chance.getrandbits(48):012x}.{key.rpartition('.')[2]}" for key in texts]
    return dict(zip(names, texts.values(), strict=True)), dict(zip(names, texts, strict=True))


def halves(text: str, key: str) -> tuple[str, str] | None:
    """A text cut at the heading that is nearest to its middle; None if no heading is near."""
    blocks = parse(text, path=key, lang="en", sentences=False).blocks
    cuts = [block.start for block in blocks if block.kind is BlockKind.HEADING and block.start]
    near = [cut for cut in cuts if 0.25 < cut / len(text) < 0.75]
    if not near:
        return None
    cut = min(near, key=lambda place: abs(place - len(text) / 2))
    return text[:cut], text[cut:]


def search(book: Book, source: Texts, target: Texts) -> tuple[Partners, list[Partner], float]:
    """What is found, the guesses by meaning, and the seconds that all took without the encoder."""
    begun = time.perf_counter()
    left, right = prints(source, book.langs[0]), prints(target, book.langs[1])
    found = find_partners(left, right, pair_documents(left, right), langs=book.langs)
    seconds = time.perf_counter() - begun
    taken = [*found.certain, *found.parts, *found.guesses]
    if not all(map(knows, book.langs)):
        return found, [], seconds
    rest = [
        {key: book_[key] for key in book_.keys() - {getattr(pair, side) for pair in taken}}
        for book_, side in ((left, "source"), (right, "target"))
    ]
    return found, guess_by_meaning(*rest, comparison()), seconds


def judge(outcome: Outcome, book: Book, source: Texts, target: Texts, truth: Mapping[str, str]) -> Partners:
    """Searches and notes what was right; `truth` gives the source of each target that has one."""
    found, meant, seconds = search(book, source, target)
    outcome.seconds += seconds
    outcome.there += sum(name in source for name in truth.values())
    for pair in found.certain:
        outcome.certain.append(note(outcome, "certain", pair, truth))
    for pair in [*found.guesses, *meant]:
        (outcome.likely if pair.likely else outcome.weak).append(note(outcome, "guess", pair, truth))
    reached = {pair.target for pair in [*found.certain, *found.parts, *found.guesses, *meant]}
    outcome.misses += [
        f"not found: {name}" for key, name in truth.items() if name in source and key not in reached
    ]
    return found


def note(outcome: Outcome, grade: str, pair: Partner, truth: Mapping[str, str]) -> bool:
    """Whether a pair is right; a wrong one goes to the misses."""
    right = truth.get(pair.target) == pair.source
    if not right:
        true = truth.get(pair.target)
        outcome.misses.append(f"wrong {grade}: {pair.source} for {true}: {pair.reason} ({pair.likely})")
    return right


def all_renamed(book: Book, chance: random.Random) -> Outcome:
    """Every target file has another name."""
    outcome = Outcome()
    target, truth = renamed(book.target, chance)
    judge(outcome, book, book.source, target, truth)
    return outcome


def partly_there(book: Book, chance: random.Random) -> Outcome:
    """As before, but a third of each book has no counterpart; five times."""
    outcome = Outcome()
    for _ in range(5):
        keys = list(book.source)
        no_source = set(chance.sample(keys, len(keys) // 3))
        no_target = set(chance.sample(sorted(set(keys) - no_source), len(keys) // 3))
        source = {key: text for key, text in book.source.items() if key not in no_source}
        there = {key: text for key, text in book.target.items() if key not in no_target}
        target, truth = renamed(there, chance)
        judge(outcome, book, source, target, truth)
    return outcome


def split(book: Book, chance: random.Random) -> Outcome:
    """A third of the target documents is cut in two; a part is right if its source and its kind are."""
    outcome = Outcome()
    cut = set(chance.sample(list(book.target), len(book.target) // 3))
    texts: Texts = {}
    halved: set[str] = set()
    for key, text in book.target.items():
        pieces = halves(text, key) if key in cut else None
        stem, _, ending = key.rpartition(".")
        texts |= {f"{stem}+{n}.{ending}": piece for n, piece in enumerate(pieces)} if pieces else {key: text}
        halved |= {key} if pieces else set()
    target, truth = renamed(texts, chance)
    whole = {name: key.replace("+0.", ".").replace("+1.", ".") for name, key in truth.items()}
    found = judge(outcome, book, book.source, target, whole)
    outcome.there = len(halved)
    outcome.parts = [
        note(outcome, "part", part, whole) and part.relation is Relation.SPLIT for part in found.parts
    ]
    return outcome


def merged(book: Book, chance: random.Random) -> Outcome:
    """A third of the target documents is joined to its neighbour; a part is right as in `split`."""
    outcome = Outcome()
    keys = list(book.target)
    joined = set(chance.sample(range(0, len(keys) - 1, 2), len(keys) // 6))
    texts = dict(book.target)
    into: dict[str, str] = {}
    for at in joined:
        texts[keys[at]] += "\n\n" + texts.pop(keys[at + 1])
        into[keys[at + 1]] = keys[at]
    target, truth = renamed(texts, chance)
    found, _meant, seconds = search(book, book.source, target)
    outcome.seconds, outcome.there = seconds, len(joined)
    for pair in found.certain:
        home = into.get(pair.source, pair.source)
        outcome.certain.append(
            note(
                outcome,
                "certain",
                pair,
                truth | {pair.target: pair.source} if home == truth[pair.target] else truth,
            )
        )
    for part in found.parts:
        right = into.get(part.source, part.source) == truth[part.target] and part.relation is Relation.MERGED
        outcome.parts.append(right)
        if not right:
            outcome.misses.append(f"wrong part: {part}")
    return outcome


# ---- the table


def share(found: list[bool], of: int) -> str:
    """Precision and recall, or a dash if nothing was found."""
    return f"{100 * sum(found) / len(found):.1f} / {100 * sum(found) / of:.1f}" if found else "-"


SCENES: tuple[tuple[str, Callable[[Book, random.Random], Outcome]], ...] = (
    ("all renamed", all_renamed),
    ("a third without counterpart", partly_there),
    ("a third split", split),
    ("a third merged", merged),
)


def main() -> None:
    """Runs all scenes on all books."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--misses", action="store_true", help="list what went wrong")
    arguments = parser.parse_args()
    print(
        "| book | scene | to find | automatic P / R | likely guesses P | other guesses P | parts P / R | s |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for book in books(arguments.data):
        for name, scene in SCENES:
            outcome = scene(book, random.Random(7))
            wholes = {
                "a third split": len(book.source),
                "a third merged": len(book.source) - outcome.there,
            }.get(name, outcome.there)
            cells = [
                f"{book.name} ({len(book.source)})",
                name,
                str(outcome.there),
                share(outcome.certain, wholes),
                f"{sum(outcome.likely)}/{len(outcome.likely)}",
                f"{sum(outcome.weak)}/{len(outcome.weak)}",
                share(outcome.parts, outcome.there),
                f"{outcome.seconds:.1f}",
            ]
            print("| " + " | ".join(cells) + " |", flush=True)
            for miss in outcome.misses if arguments.misses else ():
                print(f"    {miss}")


if __name__ == "__main__":
    main()
