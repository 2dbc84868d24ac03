"""Beads and the units in them: what the store keeps, the grid shows and the exporters write."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from amts_tui.books.inline import file_text
from amts_tui.books.model import BlockKind, Document, Item, Unit
from amts_tui.corpus.doubts import NO_DOUBTS, Doubts

Side = Literal["source", "target"]
SIDES: tuple[Side, Side] = ("source", "target")


class Status(StrEnum):
    """What a person has said about a bead; `auto` is the aligner's word alone."""

    AUTO = "auto"
    CONFIRMED = "confirmed"
    EDITED = "edited"
    EXCLUDED = "excluded"


class Origin(StrEnum):
    """Who wrote a target unit."""

    HUMAN = "human"
    MACHINE = "machine"
    MEMORY = "memory"


class Mark(StrEnum):
    """Marks that stand beside the status; a note is the bead's own text. A `pin` says no more than that
    aligning again goes around the bead.
    """

    STALE = "stale"
    FLAG = "flag"
    PIN = "pin"
    BOOKMARK = "bookmark"


@dataclass(frozen=True, slots=True)
class BeadUnit:
    """A unit as a bead holds it.

    `key` identifies the unit in its document and side: hash of its normalised text in the file, and
    occurrence. `text` is masked. `in_file` is the file's own text (unmasked) while a person's edit of it has
    not been written back, else None. `segment` is the ordinal of the segment in the document; `kind` the kind
    of its block.
    """

    key: str
    text: str
    items: tuple[Item, ...] = ()
    segment: int = 0
    kind: BlockKind = BlockKind.PARAGRAPH
    origin: Origin = Origin.HUMAN
    in_file: str | None = None

    @property
    def raw(self) -> str:
        """The text with its inline markup, as it stands (or will stand) in the file, soft breaks joined."""
        return file_text(self.text, self.items)


@dataclass(frozen=True, slots=True)
class Bead:
    """One alignment row. `id` is opaque, never reused, stable under reload; `doubts` are the aligner's."""

    id: str
    source: tuple[BeadUnit, ...]
    target: tuple[BeadUnit, ...]
    confidence: float = 0.0
    status: Status = Status.AUTO
    marks: frozenset[Mark] = frozenset()
    note: str = ""
    doubts: Doubts = NO_DOUBTS

    def side(self, side: Side) -> tuple[BeadUnit, ...]:
        """The units of one side."""
        return self.source if side == "source" else self.target

    @property
    def touched(self) -> bool:
        """Whether a person has worked on the bead: then no automatic step changes it."""
        return self.status is not Status.AUTO or bool(self.note) or bool(self.marks - {Mark.STALE})

    @property
    def paired(self) -> bool:
        """Whether both sides hold text."""
        return bool(self.source) and bool(self.target)

    @property
    def shape(self) -> str:
        """`1:2` and the like."""
        return f"{len(self.source)}:{len(self.target)}"


def normalised(text: str) -> str:
    """The form in which two unit texts count as the same: NFC, white space runs as one blank, trimmed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def text_hash(text: str) -> str:
    """16 hexadecimal digits that identify a normalised text."""
    return hashlib.blake2b(normalised(text).encode("utf-8"), digest_size=8).hexdigest()


def unit_keys(texts: Iterable[str]) -> list[str]:
    """Keys of a side's units in document order: `hash/occurrence`."""
    seen: Counter[str] = Counter()
    keys: list[str] = []
    for text in texts:
        digest = text_hash(text)
        keys.append(f"{digest}/{seen[digest]}")
        seen[digest] += 1
    return keys


def units_of(document: Document, *, origin: Origin = Origin.HUMAN) -> list[BeadUnit]:
    """All units of a document in order, with their keys."""
    located = list(_located_units(document))
    keys = unit_keys(file_text(unit.text, unit.items) for _, _, unit in located)
    return [
        BeadUnit(key, unit.text, unit.items, ordinal, kind, origin)
        for key, (ordinal, kind, unit) in zip(keys, located, strict=True)
    ]


def _located_units(document: Document) -> Iterator[tuple[int, BlockKind, Unit]]:
    ordinal = 0
    for block in document.blocks:
        for segment in block.segments:
            for unit in segment.units:
                yield ordinal, block.kind, unit
            ordinal += 1


def bead_id(scope: str, source: Sequence[BeadUnit], target: Sequence[BeadUnit], taken: set[str]) -> str:
    """A new id, derived from what the bead holds so that equal alignments in two clones get equal ids.

    `scope` names pipeline and document; `taken` are the ids that exist or existed; the new one is added to
    it.
    """
    seed = "\x1f".join([scope, *(u.key for u in source), "\x1e", *(u.key for u in target)])
    for attempt in range(1_000_000):
        digest = hashlib.blake2b(f"{seed}\x1f{attempt}".encode(), digest_size=5).hexdigest()
        if digest not in taken:
            taken.add(digest)
            return digest
    raise AssertionError("a million bead ids collided")
