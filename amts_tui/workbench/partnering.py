"""Finding the partners of documents that no path pairs, and remembering what was found: in `.amts/pairing/`,
which can go at any time.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from base64 import b64decode, b64encode
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from amts_tui import __version__
from amts_tui.alignment.fingerprints import Fingerprint, Trait, fingerprint
from amts_tui.alignment.pairing import DocumentPairs
from amts_tui.alignment.partners import Partner, Partners, Relation, find_partners, guess_by_meaning
from amts_tui.books.options import ReadingOptions
from amts_tui.books.reading import parse_bytes
from amts_tui.corpus.files import write_atomically
from amts_tui.errors import AmtsError


@dataclass(frozen=True, slots=True)
class Texts:
    """One book as its files are: the language, and for each document its bytes and what identifies them."""

    lang: str
    paths: Sequence[str]
    data: Callable[[str], bytes]
    hash: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: who are the partners of the documents that `settled` leaves unpaired.

    `before` and `alone` as `find_partners` has them.
    """

    source: Texts
    target: Texts
    settled: DocumentPairs
    before: Mapping[str, str]
    alone: Collection[str]

    @property
    def open(self) -> bool:
        """Whether anything is unpaired at all; if not, no file needs to be read."""
        return bool(self.settled.only_target or set(self.settled.only_source).difference(self.alone))


class Partnering:
    """Answers by reading all of both books, once for each state of their files.

    `folder` keeps the answers and the fingerprints; nothing is written if it is None.
    """

    def __init__(self, folder: Path, options: ReadingOptions, *, read_only: bool = False) -> None:
        self._folder = folder
        self._options = options
        self._read_only = read_only

    def partners(self, question: Question) -> Partners:
        """The partners found; unreadable documents have none."""
        if not question.open:
            return Partners()
        key = self._key(question)
        kept = self._kept(question, "partners", key)
        if kept is not None:
            return _partners(kept)
        source, target = self._prints(question.source), self._prints(question.target)
        found = find_partners(
            source,
            target,
            question.settled,
            langs=(question.source.lang, question.target.lang),
            before=question.before,
            alone=question.alone,
        )
        self._keep(question, "partners", key, asdict(found))
        return found

    def meant(self, question: Question, found: Partners, cache: Path) -> list[Partner]:
        """Guesses by meaning for the documents that `found` leaves without any; none where the encoder does
        not know a language. `cache` is the folder of the embeddings.
        """
        from amts_tui.alignment.encoder import knows
        from amts_tui.alignment.meaning import comparison

        known = (*found.certain, *found.parts, *found.guesses)
        left = set(question.settled.only_source).difference(question.alone, (one.source for one in known))
        right = set(question.settled.only_target).difference(one.target for one in known)
        if not (left and right and knows(question.source.lang) and knows(question.target.lang)):
            return []
        key = self._key(question)
        kept = self._kept(question, "meant", key)
        if kept is not None:
            return [_partner(value) for value in kept]
        source, target = self._prints(question.source), self._prints(question.target)
        guesses = guess_by_meaning(
            {path: source[path] for path in left}, {path: target[path] for path in right}, comparison(cache)
        )
        self._keep(question, "meant", key, [asdict(guess) for guess in guesses])
        return guesses

    def _key(self, question: Question) -> str:
        state = [
            __version__,
            repr(self._options),
            [[path, text.hash(path)] for text in (question.source, question.target) for path in text.paths],
            [question.settled.paired, question.settled.only_target],
            [sorted(question.before.items()), sorted(question.alone)],
        ]
        return hashlib.blake2b(json.dumps(state).encode(), digest_size=16).hexdigest()

    def _prints(self, text: Texts) -> dict[str, Fingerprint]:
        """The fingerprints of a book; only what has changed since the last time is read."""
        file = self._folder / f"{text.lang}.json"
        version = hashlib.blake2b(f"{__version__} {self._options!r}".encode(), digest_size=16).hexdigest()
        kept = _read(file, version) or {}
        found: dict[str, Fingerprint] = {}
        hashes = {path: text.hash(path) for path in text.paths}
        for path, digest in hashes.items():
            entry = kept.get(path)
            found[path] = (
                _print(entry["print"]) if entry and entry["hash"] == digest else self._read(text, path)
            )
        if any(path not in kept or kept[path]["hash"] != digest for path, digest in hashes.items()):
            values = {path: {"hash": hashes[path], "print": _value(one)} for path, one in found.items()}
            self._write(file, version, values)
        return found

    def _read(self, text: Texts, path: str) -> Fingerprint:
        # Aligning names the file that cannot be read; here it has no partner.
        try:
            document = parse_bytes(
                text.data(path), path=path, lang=text.lang, options=self._options, sentences=False
            )
        except AmtsError:
            return Fingerprint("", "", "", {trait: frozenset() for trait in Trait})
        return fingerprint(document)

    def _file(self, question: Question, what: str) -> Path:
        return self._folder / f"{question.source.lang}-{question.target.lang}.{what}.json"

    def _kept(self, question: Question, what: str, key: str) -> Any:
        return _read(self._file(question, what), key)

    def _keep(self, question: Question, what: str, key: str, value: object) -> None:
        self._write(self._file(question, what), key, value)

    def _write(self, file: Path, key: str, value: object) -> None:
        if not self._read_only:
            write_atomically(file, json.dumps({"key": key, "value": value}))


def _read(file: Path, key: str) -> Any:
    """What was kept under a key; None if that is not to be had: it is made anew then."""
    try:
        kept = json.loads(file.read_bytes())
        return kept["value"] if kept["key"] == key else None
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _partners(value: Mapping[str, Any]) -> Partners:
    return Partners(**{name: tuple(_partner(one) for one in some) for name, some in value.items()})


def _partner(value: Mapping[str, Any]) -> Partner:
    return Partner(**{**value, "relation": Relation(value["relation"])})


def _value(one: Fingerprint) -> dict[str, Any]:
    traits = {
        trait.name: b64encode(array("I", sorted(codes)).tobytes()).decode()
        for trait, codes in one.traits.items()
    }
    return {"title": one.title, "lead": one.lead, "opening": one.opening, "traits": traits}


def _print(value: Mapping[str, Any]) -> Fingerprint:
    traits = {Trait[name]: frozenset(array("I", b64decode(codes))) for name, codes in value["traits"].items()}
    return Fingerprint(**{**value, "traits": traits})
