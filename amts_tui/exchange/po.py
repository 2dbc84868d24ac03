"""PO (GNU gettext): catalogues of messages with their translations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from amts_tui.corpus.model import Status
from amts_tui.errors import AmtsError
from amts_tui.exchange.model import PlainPair

if TYPE_CHECKING:
    import polib

_CHARSET: Final = re.compile(rb"charset=([A-Za-z0-9_.:-]+)")
_LINE: Final = re.compile(r'\s*(?:#.*|(?:msg[a-z_]+(?:\[[0-9]+\])?\s*)?"(?:[^"\\]|\\.)*"\s*)?')
_DOUBTFUL: Final = 0.5


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A catalogue: the target language that its header states (or nothing) and its pairs, whose document is
    the catalogue's name with the suffix of the file that it comes from, where it says so.
    """

    lang: str
    pairs: tuple[PlainPair, ...]


def parse_po(path: Path, data: bytes) -> Catalogue:
    """The entries of a catalogue, untranslated ones with an empty target; obsolete ones are passed over, a
    fuzzy one is `auto`. Of a plural entry, the singular goes with the first form, the plural with the last.

    `data` are the file's bytes. Raises AmtsError with the line for what is no PO, or not in the encoding that
    its header states.
    """
    import polib

    encoding = _encoding(path, data)
    # polib drops what an unclosed string holds.
    for number, line in enumerate(data.decode(encoding).split("\n"), start=1):
        if not _LINE.fullmatch(line):
            raise _no_catalogue(path, number)
    try:
        entries = polib.pofile(str(path), encoding=encoding)
    except (OSError, ValueError) as error:
        place = re.search(r"\(line ([0-9]+)\)", str(error))
        raise _no_catalogue(path, int(place[1]) if place else 1) from error
    living = [entry for entry in entries if not entry.obsolete]
    origins = (place for entry in living for place, _ in entry.occurrences)
    suffix = PurePosixPath(next(origins, "")).suffix
    document = f"{path.stem}{suffix}" if suffix else ""
    pairs = [pair for entry in living for pair in _pairs(entry, document)]
    return Catalogue(entries.metadata.get("Language", "").strip(), tuple(pairs))


def _no_catalogue(path: Path, line: int) -> AmtsError:
    return AmtsError("not a PO file", where=f"{path}:{line}", remedy="check it with `msgfmt -c`")


def _encoding(path: Path, data: bytes) -> str:
    """The encoding of the header, UTF-8 without one; raises AmtsError if the file is not in it."""
    stated = _CHARSET.search(data[:4096])
    name = stated[1].decode("ascii") if stated and stated[1] != b"CHARSET" else "utf-8"
    encoding = "utf-8-sig" if name.lower().replace("-", "") == "utf8" else name
    try:
        data.decode(encoding)
    except LookupError:
        raise AmtsError(
            f"no encoding is called {name!r}", where=str(path), remedy="correct the header's charset"
        ) from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise AmtsError(f"not {name}", where=f"{path}:{line}", remedy="save the file as UTF-8") from error
    return encoding


def _pairs(entry: polib.POEntry, document: str) -> Iterator[PlainPair]:
    status = Status.AUTO if entry.fuzzy else None
    texts = [(entry.msgid, entry.msgstr)]
    if entry.msgid_plural:
        forms = [entry.msgstr_plural[number] for number in sorted(entry.msgstr_plural)] or [""]
        texts = [(entry.msgid_plural, forms[-1])]
        if len(forms) > 1:
            texts.insert(0, (entry.msgid, forms[0]))
    for source, target in texts:
        yield PlainPair(
            source,
            target,
            entry.msgctxt or "",
            document,
            status=status,
            confidence=_DOUBTFUL if entry.fuzzy else 1.0,
        )
