"""Where to look next in a book, and why there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from amts_tui.corpus.findings import Checks, Finding, Lengths, Renderings
from amts_tui.corpus.model import Bead, Mark, Status
from amts_tui.corpus.queue import Queue, turn
from amts_tui.corpus.workspace import StoredDocument
from amts_tui.workbench.editing import Editor
from amts_tui.workbench.reasons import reasons
from amts_tui.workbench.session import Pipeline, Workbench

_SURVEYED_AT_ONCE = 4
_READ_AT_ONCE = 200
_CHECKED_AT_ONCE = 40
_WORST = 0.2
_FEWEST = 20

_SENTENCES = {
    Finding.STALE: "a file has changed since this was settled",
    Finding.ALONE: "it has no counterpart",
    Finding.UNTRANSLATED: "it looks untranslated",
    Finding.PLACEHOLDERS: "a formula, code or reference stands on one side only",
    Finding.NUMBERS: "a number stands on one side only",
    Finding.LENGTH: "its length is far from usual",
}


class Stop(NamedTuple):
    """A bead to look at: its document and its row there; `again` if all of the book has been looked at and
    what was left open begins anew.
    """

    path: str
    row: int
    again: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """What is still to do in the book: beads, those a person has settled, and how many of the others are
    wrong by the aligner's confidence.
    """

    beads: int
    settled: int
    wrong: float

    @property
    def share(self) -> float:
        """The share of the book's beads that is wrong."""
        return self.wrong / self.beads if self.beads else 0.0


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a document that is not open, as of a revision."""

    revision: int
    worth: float
    left: Left


class BookQueue:
    """The queue over the documents of a direction; one of them is open in an editor.

    Texts are checked in small steps (`examine`), so that opening a large document does not wait for them;
    until then the aligner's confidence alone ranks its beads.
    """

    def __init__(self, workbench: Workbench, pipeline: Pipeline) -> None:
        self.pipeline = pipeline
        self._workbench = workbench
        self._looked: dict[str, set[str]] = {}
        self._known: dict[str, _Known] = {}
        self._path = ""
        self._beads: list[Bead] = []
        self._queue: Queue | None = None
        self._checks = Checks(pipeline.source_lang, pipeline.target_lang)
        self._steps: Iterator[None] = iter(())
        self._checked = 0
        self._surveyed = False

    def enter(self, editor: Editor) -> None:
        """Makes an editor's document the open one."""
        self._known.pop(self._path, None)
        self._path = editor.path
        self._beads = editor.beads
        self._queue = None
        self._checks = Checks(self.pipeline.source_lang, self.pipeline.target_lang)
        self._steps = self._examining()

    def refresh(self) -> None:
        """Takes over what has happened to the open document's beads."""
        before, after = self._open.refresh(self._beads)
        if self._checks.renderings is not None:
            self._checks.renderings.remove(before)
            self._checks.renderings.add(after)
        self._checked = max(self._checked - abs(len(after) - len(before)), 0)

    def examine(self) -> bool:
        """Checks some more texts; tells whether there is more to do."""
        return next(self._steps, self) is None

    def look(self, row: int) -> None:
        """Takes note that a row and its neighbours are being looked at."""
        self._open.look(row)

    def shown(self, row: int) -> list[int]:
        """The suspect rows among a row and its neighbours."""
        return self._open.shown(row)

    def best(self) -> Stop | None:
        """The bead that is most worth a look, in the open document unless another promises far more; None if
        nothing was left open.
        """
        if stop := self._best():
            return stop
        again = self._best() if self._again() else None
        return again and again._replace(again=True)

    def why(self, bead: Bead) -> list[str]:
        """Why a bead is worth a look, in sentences, the weightiest first."""
        found = [one for one in self._checks.find(bead) if one in _SENTENCES]
        said = reasons(bead)
        told = any(sentence.startswith("numbers") for sentence in said)
        sentences = [_SENTENCES[one] for one in found if not (told and one is Finding.NUMBERS)]
        stale = sentences[:1] if Finding.STALE in found else []
        return list(
            dict.fromkeys([*stale, *said, *sentences, *self._other_ways(bead), *self._in_disorder(bead)])
        )

    def left(self) -> Left | None:
        """What is still to do in the book; None until `examine` has seen all of it."""
        if not self._surveyed:
            return None
        every = [
            _left(self._beads),
            *(known.left for path, known in self._known.items() if path != self._path),
        ]
        return Left(
            sum(one.beads for one in every),
            sum(one.settled for one in every),
            sum(one.wrong for one in every),
        )

    @property
    def _open(self) -> Queue:
        if self._queue is None:
            self._queue = Queue(self._beads, looked=self._looked.setdefault(self._path, set()))
        return self._queue

    def _best(self) -> Stop | None:
        worths = {path: known.worth for path, known in self._others().items()}
        worths[self._path] = self._open.best_worth
        path = turn(self._path, worths)
        if path is None:
            return None
        queue = self._open if path == self._path else self._queue_of(path, self._document(path))
        row = queue.best()
        return None if row is None else Stop(path, row)

    def _again(self) -> bool:
        for path, looked in self._looked.items():
            if path != self._path:
                looked.clear()
        self._known.clear()
        return self._open.again() or any(known.worth > 0 for known in self._others().values())

    def _others(self) -> dict[str, _Known]:
        """The documents that are not open."""
        for stored in self._workbench.workspace.documents(self.pipeline.store):
            self._survey(stored)
        return {path: known for path, known in self._known.items() if path != self._path}

    def _survey(self, stored: StoredDocument) -> None:
        path = stored.source_path
        known = self._known.get(path)
        if path != self._path and (known is None or known.revision != stored.revision):
            beads = self._bare(stored.id)
            worth = self._queue_of(path, stored.id, beads).best_worth
            self._known[path] = _Known(stored.revision, worth, _left(beads))

    def _document(self, path: str) -> int:
        return self._workbench.stored(self.pipeline, path).id

    def _queue_of(self, path: str, document: int, beads: list[Bead] | None = None) -> Queue:
        held = self._bare(document) if beads is None else beads
        return Queue(held, looked=self._looked.setdefault(path, set()))

    def _bare(self, document: int) -> list[Bead]:
        """The beads of a document without their texts."""
        rows = self._workbench.workspace.query(
            "SELECT id, confidence, status, marks FROM beads WHERE document = ? ORDER BY rank", (document,)
        )
        return [
            Bead(name, (), (), confidence, Status(status), _marks(marks))
            for name, confidence, status, marks in rows
        ]

    def _examining(self) -> Iterator[None]:
        """Surveys the other documents, reads the open one's texts, then weighs its beads by them."""
        for number, stored in enumerate(self._workbench.workspace.documents(self.pipeline.store)):
            self._survey(stored)
            if number % _SURVEYED_AT_ONCE == _SURVEYED_AT_ONCE - 1:
                yield
        self._surveyed = True
        renderings = Renderings()
        for start in range(0, len(self._beads), _READ_AT_ONCE):
            renderings.add(islice(self._beads, start, start + _READ_AT_ONCE))
            yield
        lengths = Lengths.of(self._beads)
        self._checks = Checks(self.pipeline.source_lang, self.pipeline.target_lang, lengths, renderings)
        self._checked = 0
        while self._checked < len(self._beads):
            start, self._checked = self._checked, self._checked + _CHECKED_AT_ONCE
            self._open.reweigh(start, self._checked, self._checks.chance)
            yield

    def _other_ways(self, bead: Bead) -> list[str]:
        if self._checks.renderings is None or bead.status is not Status.AUTO:
            return []
        others = self._checks.renderings.others(bead)
        return [f"elsewhere the same text is translated as: {others[0]}"] if others else []

    def _in_disorder(self, bead: Bead) -> list[str]:
        """Says so if the whole document looks as if it had another order or another text."""
        if bead.status is not Status.AUTO or len(self._beads) < _FEWEST:
            return []
        if _left(self._beads).wrong <= _WORST * len(self._beads):
            return []
        return ["much of this document does not fit: another order, or another text?"]


def _marks(stored: str) -> frozenset[Mark]:
    return frozenset(Mark(mark) for mark in json.loads(stored)) if stored != "[]" else frozenset()


def _left(beads: list[Bead]) -> Left:
    open_ones = [1 - bead.confidence for bead in beads if bead.status is Status.AUTO]
    return Left(len(beads), len(beads) - len(open_ones), sum(open_ones))
