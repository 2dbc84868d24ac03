"""What a book's beads teach the aligner: words, and how far its confidence holds."""

from __future__ import annotations

import json
import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from amts_tui.alignment.documents import SURE
from amts_tui.alignment.trust import Look, offset
from amts_tui.books.inline import plain_text
from amts_tui.corpus.files import write_atomically
from amts_tui.corpus.model import Bead, BeadUnit, Status
from amts_tui.errors import AmtsError
from amts_tui.workbench.session import Pipeline, Workbench

if TYPE_CHECKING:
    from amts_tui.alignment.lexicon import Lexicon, Seed

_LOG = logging.getLogger(__name__)
_SEED_WEIGHT = 2.0
_SETTLED = (Status.CONFIRMED, Status.EDITED)
_FEW = 20
_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Experience:
    """What is known of a book before some of its documents are aligned.

    `seeds` are pairs that people settled, anywhere in the book; `beads` the sure ones among those that the
    aligner found in its other documents; `offset` is that of `alignment.trust`.
    """

    seeds: tuple[Seed, ...]
    beads: tuple[tuple[str, str], ...]
    offset: float


def experience(workbench: Workbench, pipeline: Pipeline, due: Collection[str] = ()) -> Experience:
    """What the workspace knows of a forward pipeline's book; of the documents `due` only what people did."""
    from amts_tui.alignment.lexicon import Seed

    seeds: list[Seed] = []
    found: list[tuple[str, str]] = []
    looks: list[Look] = []
    for stored in workbench.workspace.documents(pipeline.store):
        for bead in workbench.workspace.beads(stored.id):
            if bead.status in _SETTLED:
                looks += _look(bead)
                if bead.paired:
                    seeds.append(Seed(_text(bead.source), _text(bead.target), _SEED_WEIGHT))
            elif (
                bead.status is Status.AUTO
                and bead.paired
                and bead.confidence >= SURE
                and stored.source_path not in due
            ):
                found.append((_text(bead.source), _text(bead.target)))
    return Experience(tuple(seeds), tuple(found), offset(looks))


def _look(bead: Bead) -> list[Look]:
    """What a person found the aligner's bead to be; nothing for one that the aligner did not rate, and for
    one whose text was edited: its links may have been right.
    """
    if not 0 < bead.confidence < 1 or any(unit.in_file is not None for unit in bead.target):
        return []
    return [Look(bead.confidence, bead.status is Status.CONFIRMED)]


def _text(units: Sequence[BeadUnit]) -> str:
    return " ".join(plain_text(unit.text, unit.items) for unit in units)


class LexiconStore:
    """The lexicon of a book, kept in a folder that may be lost at any time.

    It is taken for up to date as long as neither the number of settled nor that of found beads has changed by
    more than a tenth since it was learned (and by more than 20).
    """

    def __init__(self, folder: Path, pipeline: Pipeline, similarity: str) -> None:
        name = "".join(character if character.isalnum() else "-" for character in similarity)
        self._file = folder / f"{pipeline.store}.{name}.lexicon"

    def load(self, known: Experience) -> Lexicon | None:
        """The lexicon, if there is one and it is up to date."""
        from amts_tui.alignment.lexicon import Lexicon

        try:
            header, _, data = self._file.read_bytes().partition(b"\n")
            seeds, beads = json.loads(header)
            if _near(seeds, len(known.seeds)) and _near(beads, len(known.beads)):
                return Lexicon.loaded(data)
        except FileNotFoundError:
            pass
        except (OSError, ValueError, TypeError, AmtsError) as error:
            _LOG.warning("%s cannot be used, the lexicon is learned anew: %s", self._file, error)
        return None

    def save(self, lexicon: Lexicon, seeds: int, beads: int) -> None:
        """Keeps what was learned from so many settled and found beads."""
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._file, json.dumps([seeds, beads]).encode() + b"\n" + lexicon.dumped())
        except (OSError, AmtsError) as error:
            _LOG.warning("%s cannot be written: %s", self._file, error)


def _near(then: int, now: int) -> bool:
    return abs(then - now) <= max(_FEW, _SHARE * then)
