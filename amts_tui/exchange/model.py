"""Pairs as they leave and enter the project, and the words for how."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from amts_tui.books.model import Item
from amts_tui.corpus.model import Origin, Status

Inline = tuple[str | Item, ...]
"""A text with its inline items in place; an opening and a closing item of one number belong together."""

SETTLED: Final = frozenset({Status.CONFIRMED, Status.EDITED})
"""The statuses that a person gave to a pair that is good."""


class Form(StrEnum):
    """For whom a pair is written: people and their tools, or CreateParallelData."""

    EXCHANGE = "exchange"
    AMAZON = "amazon"


class Granularity(StrEnum):
    """What a pair holds: a bead, or the segments that beads connect."""

    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"


class FileFormat(StrEnum):
    """The file formats of pairs."""

    CSV = "csv"
    TSV = "tsv"
    TMX = "tmx"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which beads are wanted. `min_confidence` asks nothing of beads that a person settled; excluded beads
    never count.
    """

    statuses: Collection[Status] = frozenset(Status) - {Status.EXCLUDED}
    min_confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Pair:
    """Both sides filled, each on one line.

    `source` and `target` are the texts as the form wants them. The inline fields hold the same texts with
    their items for formats that have markup of their own; empty means plain text. `changed` is when a
    person last changed it, if known.
    """

    id: str
    document: str
    source: str
    target: str
    status: Status = Status.AUTO
    confidence: float = 0.0
    origin: Origin = Origin.HUMAN
    source_inline: Inline = ()
    target_inline: Inline = ()
    changed: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlainPair:
    """Two texts of a file that was read, with their markup as it stands there; a side may be empty.

    `id` and `document` are empty where the format does not tell. `status` is what the file says about the
    pair: confirmed or edited by a person, `auto` for what nobody settled; None if it says nothing.
    """

    source: str
    target: str
    id: str = ""
    document: str = ""
    status: Status | None = None
    confidence: float = 1.0
    origin: Origin = Origin.HUMAN


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is not written, or not as it was, and why."""

    id: str
    document: str
    reason: str


@dataclass(frozen=True, slots=True)
class Collected:
    """The pairs of a document, and its beads that give none."""

    pairs: tuple[Pair, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What came of writing a file; `warnings` are about pairs that were written with a change."""

    written: int
    left_out: tuple[LeftOut, ...]
    warnings: tuple[LeftOut, ...] = ()
