"""Editing the beads of one document: each action is committed before it returns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from amts_tui.corpus import operations, rearranging
from amts_tui.corpus.journal import Entry
from amts_tui.corpus.model import Bead, Mark, Side
from amts_tui.corpus.operations import Change
from amts_tui.errors import AmtsError, NotFound
from amts_tui.workbench.session import Pipeline, Workbench, turned


@dataclass(frozen=True, slots=True)
class Edited:
    """What an action did: `first` is the position of the first bead that changed, `replaced` the number of
    beads in whose place others stand now, `message` says it in words.
    """

    label: str
    first: int
    replaced: int
    message: str


_OTHER: dict[Side, Side] = {"source": "target", "target": "source"}


class Editor:
    """The beads of one document in memory, in step with the workspace. Methods raise AmtsError and then
    change nothing.
    """

    def __init__(self, workbench: Workbench, pipeline: Pipeline, path: str) -> None:
        self.pipeline = pipeline
        self.path = path
        self._workbench = workbench
        self._stored = workbench.stored(pipeline, path)
        self._new_id = workbench.id_maker(self._stored)
        self._revision = -1
        self._gathered: list[Change] | None = None
        self.beads: list[Bead] = []
        self.reload()

    def reload(self) -> bool:
        """Reads the beads again if they were changed elsewhere; tells whether."""
        revision = self._workbench.workspace.revision(self._stored.id)
        if revision == self._revision:
            return False
        self._revision = revision
        self.beads[:] = self._workbench.beads(self.pipeline, self.path)
        return True

    def position(self, bead_id: str) -> int:
        """Where a bead stands."""
        return operations.position(self.beads, bead_id)

    def merge(self, first: str, second: str, side: Side | None = None) -> Edited:
        """Joins two neighbouring beads, or gives one side of the second to the first."""
        return self._do(
            f"merge {first} {second}", lambda b: operations.merge(b, first, second, self._side(side))
        )

    def merge_all(self, ids: Sequence[str]) -> Edited:
        """Joins a run of neighbouring beads."""
        places = sorted(self.position(bead) for bead in ids)
        if places != list(range(places[0], places[0] + len(ids))):
            raise AmtsError(
                "only neighbouring beads can be merged", remedy="use `pair` to link across others"
            )
        return self._do(f"merge {len(ids)} beads from {ids[0]}", lambda b: operations.pair(b, ids))

    def split(self, bead: str, source: int, target: int) -> Edited:
        """Cuts a bead after so many of its units on each side."""
        left, right = (target, source) if self.pipeline.reverse else (source, target)
        return self._do(f"split {bead}", lambda b: operations.split(b, bead, left, right, self._new_id))

    def move(self, bead: str, direction: str, side: Side) -> Edited:
        """Pushes the last unit of a side `down`, or its first unit `up`."""
        return self._do(
            f"move {bead} {direction}",
            lambda b: operations.move(b, bead, direction, self._real(side), self._new_id),
        )

    def carry(self, bead: str, side: Side, unit: int, to: str) -> Edited:
        """Takes a unit (counted from 0) out of a bead and puts it into another, wherever that stands."""
        return self._do(
            f"carry {bead} {to}", lambda b: rearranging.carry(b, bead, self._real(side), unit, to)
        )

    def take_alternative(self, bead: str) -> Edited:
        """Makes a bead what the aligner thought likeliest next to what it is."""
        return self._do(
            f"take the alternative of {bead}", lambda b: rearranging.take_alternative(b, bead, self._new_id)
        )

    def gap(self, bead: str, side: Side) -> Edited:
        """Empties a cell; its side shifts down."""
        return self._do(f"gap {bead}", lambda b: operations.gap(b, bead, self._real(side), self._new_id))

    def close_gap(self, bead: str, side: Side) -> Edited:
        """Fills an empty cell; its side shifts up. The gap that was just inserted is taken back."""
        return self._do(
            f"close gap {bead}",
            lambda b: self._gap_taken_back(bead, side) or operations.close_gap(b, bead, self._real(side)),
        )

    def _gap_taken_back(self, bead: str, side: Side) -> list[Change]:
        journal = self._workbench.journal
        done = (entry for entry in journal.entries(20, self._stored.id) if entry.state == "done")
        latest = next(done, None)
        if latest is None or latest.action != f"gap {bead}" or self._gathered is not None:
            return []
        changes = journal.changes(latest.n)[self._stored.id]
        filled = any(
            one.id == bead and one.side(self._real(side)) for change in changes for one in change.before
        )
        return [change.inverse() for change in reversed(changes)] if filled else []

    def swap(self, first: str, second: str) -> Edited:
        """Exchanges the target sides of two beads."""
        return self._do(f"swap {first} {second}", lambda b: operations.swap(b, first, second))

    def pair(self, ids: Sequence[str]) -> Edited:
        """Gathers beads, neighbours or not, into one."""
        return self._do(f"pair {' '.join(ids)}", lambda b: operations.pair(b, ids))

    def edit_text(self, bead: str, unit: int, text: str) -> Edited:
        """Replaces the text of a target unit (of the project's target book, whatever the direction)."""
        path = self._stored.target_path
        return self._do(f"edit the text of {bead}", lambda b: operations.edit_text(b, bead, unit, text, path))

    def note(self, bead: str, text: str) -> Edited:
        """Sets or removes a note."""
        return self._do(f"note {bead}", lambda b: operations.note(b, bead, text))

    def flag(self, ids: Sequence[str], *, off: bool = False) -> Edited:
        """Flags beads as in need of a second look."""
        return self._do(_label("flag", ids, off), lambda b: operations.mark(b, ids, Mark.FLAG, off=off))

    def bookmark(self, ids: Sequence[str], *, off: bool = False) -> Edited:
        """Bookmarks beads."""
        return self._do(
            _label("bookmark", ids, off), lambda b: operations.mark(b, ids, Mark.BOOKMARK, off=off)
        )

    def pin(self, ids: Sequence[str], *, off: bool = False) -> Edited:
        """Holds beads fast when the document is aligned again, without confirming them."""
        return self._do(_label("pin", ids, off), lambda b: operations.mark(b, ids, Mark.PIN, off=off))

    def confirm(self, ids: Sequence[str], *, off: bool = False) -> Edited:
        """Confirms beads, or takes that back."""
        return self._do(_label("confirm", ids, off), lambda b: operations.confirm(b, ids, off=off))

    def exclude(self, ids: Sequence[str], *, off: bool = False) -> Edited:
        """Keeps beads out of every export, or lets them in again."""
        return self._do(_label("exclude", ids, off), lambda b: operations.exclude(b, ids, off=off))

    def together(self, steps: Iterable[Callable[[], Edited]], label: str = "") -> Edited:
        """Carries several actions out as one entry of the journal, up to the first that is refused; raises
        that refusal if nothing has been done before it.
        """
        before = list(self.beads)
        gathered: list[Change] = []
        self._gathered = gathered
        done: list[Edited] = []
        try:
            for step in steps:
                try:
                    done.append(step())
                except AmtsError:
                    if not done:
                        raise
                    break
        finally:
            self._gathered = None
            self.beads[:] = before
        if not done:
            raise AmtsError(f"{label}: nothing to change")
        label = label or (done[0].label if len(done) == 1 else f"{done[0].label}, {len(done)} times")
        self._workbench.journal.record(label, {self._stored.id: gathered})
        return self._edited(label, gathered, label)

    def undo(self) -> Edited:
        """Takes back the latest action on this document."""
        return self._travel("undid", self._workbench.journal.undo)

    def redo(self) -> Edited:
        """Does again what was undone last on this document."""
        return self._travel("did again", self._workbench.journal.redo)

    def _side(self, side: Side | None) -> Side | None:
        return None if side is None else self._real(side)

    def _real(self, side: Side) -> Side:
        return _OTHER[side] if self.pipeline.reverse else side

    def _do(self, label: str, make: Callable[[Sequence[Bead]], list[Change]]) -> Edited:
        self._workbench.writable()
        beads = [turned(bead) for bead in self.beads] if self.pipeline.reverse else self.beads
        changes = make(beads)
        if not changes:
            raise AmtsError(f"{label}: nothing to change")
        if self._gathered is not None:
            self._gathered += changes
            return Edited(label, self._apply(changes), sum(len(c.before) for c in changes), label)
        self._workbench.journal.record(label, {self._stored.id: changes})
        return self._edited(label, changes, label)

    def _travel(self, verb: str, go: Callable[[int], tuple[Entry, dict[int, list[Change]]]]) -> Edited:
        self._workbench.writable()
        entry, changes = go(self._stored.id)
        return self._edited(entry.action, changes[self._stored.id], f"{verb}: {entry.action}")

    def _edited(self, label: str, changes: Sequence[Change], message: str) -> Edited:
        replaced = sum(len(change.before) for change in changes)
        return Edited(label, self._carry_out(changes), replaced, message)

    def _carry_out(self, changes: Sequence[Change]) -> int:
        # One more than was known: what somebody else changed in between shows as a difference at reload.
        self._revision += 1
        return self._apply(changes)

    def _apply(self, changes: Sequence[Change]) -> int:
        shown = [_turned_change(change) for change in changes] if self.pipeline.reverse else changes
        first = operations.apply_all(self.beads, shown)
        return min(first, max(len(self.beads) - 1, 0))


def _turned_change(change: Change) -> Change:
    return Change(
        change.previous,
        tuple(turned(bead) for bead in change.before),
        tuple(turned(bead) for bead in change.after),
    )


def _label(action: str, ids: Sequence[str], off: bool) -> str:
    what = f"un{action}" if off else action
    return f"{what} {ids[0]}" if len(ids) == 1 else f"{what} {len(ids)} beads"


Marking = Literal["flag", "bookmark", "pin", "exclude", "confirm"]

_MARKINGS: dict[Marking, Callable[..., list[Change]]] = {
    "flag": partial(operations.mark, which=Mark.FLAG),
    "bookmark": partial(operations.mark, which=Mark.BOOKMARK),
    "pin": partial(operations.mark, which=Mark.PIN),
    "exclude": operations.exclude,
    "confirm": operations.confirm,
}


def mark_beads(workbench: Workbench, marking: Marking, ids: Sequence[str], *, off: bool = False) -> list[str]:
    """Marks beads of any documents as one entry of the journal; returns the documents that changed.

    Raises NotFound for an unknown bead, and AmtsError if nothing would change.
    """
    workbench.writable()
    by_document: dict[int, list[str]] = {}
    paths: dict[int, str] = {}
    for bead in ids:
        found = workbench.workspace.documents_of_bead(bead)
        if not found:
            raise _no_bead(bead)
        by_document.setdefault(found[0].id, []).append(bead)
        paths[found[0].id] = found[0].source_path
    changes = {
        number: made
        for number, its in by_document.items()
        if (made := _MARKINGS[marking](workbench.workspace.beads(number), its, off=off))
    }
    label = _label(marking, ids, off)
    if not changes:
        raise AmtsError(f"{label}: nothing to change", remedy="it is so already")
    workbench.journal.record(label, changes)
    return [paths[number] for number in changes]


def _no_bead(bead_id: str) -> NotFound:
    return NotFound(f"no bead {bead_id} in this project", remedy="list them with `amts beads`")


def editor_of(workbench: Workbench, pipeline: Pipeline, bead_id: str) -> Editor:
    """The editor of the document that holds a bead. Raises NotFound."""
    found = workbench.workspace.documents_of_bead(bead_id, pipeline.store)
    if not found:
        raise NotFound(f"no bead {bead_id} in {pipeline.name}", remedy="list them with `amts beads`")
    return Editor(workbench, pipeline, found[0].source_path)


def pipeline_of(workbench: Workbench, bead_id: str) -> Pipeline:
    """The pipeline whose document holds a bead. Raises NotFound."""
    found = workbench.workspace.documents_of_bead(bead_id)
    for pipeline in workbench.pipelines():
        if found and pipeline.store == found[0].pipeline:
            return pipeline
    raise _no_bead(bead_id)
