"""Operations on a document's beads: pure functions from beads to a change that can be undone.

A structural operation (merge, split, move, gap, close gap) never loses or reorders text: the concatenation of each side stays the
same. `swap` and `pair` cross the order on purpose and keep the set of units. Whatever a person shaped becomes `edited`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from amts_tui.books.inline import mask
from amts_tui.corpus.model import SIDES, Bead, BeadUnit, Mark, Side, Status
from amts_tui.errors import AmtsError, NotFound

NewId = Callable[[Sequence[BeadUnit], Sequence[BeadUnit]], str]


@dataclass(frozen=True, slots=True)
class Change:
    """Replaces the run `before` of a document's beads by `after`; `previous` is the id of the bead in front of the run, or None."""

    previous: str | None
    before: tuple[Bead, ...]
    after: tuple[Bead, ...]

    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(self.previous, self.after, self.before)


def position(beads: Sequence[Bead], bead_id: str) -> int:
    """Where a bead stands; `NotFound` names it."""
    for index, bead in enumerate(beads):
        if bead.id == bead_id:
            return index
    raise NotFound(f"no bead {bead_id} in this document", remedy="list them with `amts beads`")


def apply(beads: list[Bead], change: Change) -> int:
    """Carries a change out in place and returns the position of its first bead.

    Raises AmtsError if the document no longer holds `before` where the change says.
    """
    start = 0 if change.previous is None else position(beads, change.previous) + 1
    if change.before and (start >= len(beads) or beads[start].id != change.before[0].id):
        start = position(beads, change.before[0].id)
    end = start + len(change.before)
    if tuple(beads[start:end]) != change.before:
        raise AmtsError("the beads have changed since", remedy="reload the document and try again")
    beads[start:end] = change.after
    return start


def _change(beads: Sequence[Bead], start: int, end: int, after: Iterable[Bead]) -> Change:
    previous = beads[start - 1].id if start > 0 else None
    return Change(previous, tuple(beads[start:end]), tuple(b for b in after if b.source or b.target))


def _shaped(bead: Bead, **units: tuple[BeadUnit, ...]) -> Bead:
    """The bead with other units: no longer what the aligner said, so a person's."""
    status = Status.EXCLUDED if bead.status is Status.EXCLUDED else Status.EDITED
    return replace(bead, status=status, **units)


def _join_notes(*notes: str) -> str:
    return "\n".join(note for note in notes if note)


def merge(beads: Sequence[Bead], first: str, second: str, side: Side | None = None) -> list[Change]:
    """Joins two neighbouring beads; with `side`, only that side's units of the second go to the first. The first id stays."""
    a, b = sorted((position(beads, first), position(beads, second)))
    if b - a != 1:
        raise AmtsError("only neighbouring beads can be merged", remedy="use `pair` to link across others")
    upper, lower = beads[a], beads[b]
    if side is None:
        joined = replace(
            _shaped(upper, source=upper.source + lower.source, target=upper.target + lower.target),
            confidence=min(upper.confidence, lower.confidence),
            marks=upper.marks | lower.marks,
            note=_join_notes(upper.note, lower.note),
        )
        return [_change(beads, a, b + 1, [joined])]
    if not lower.side(side):
        raise AmtsError(f"bead {lower.id} has nothing on its {side} side to merge")
    upper = _with_side(upper, side, upper.side(side) + lower.side(side))
    return [_change(beads, a, b + 1, [upper, _with_side(lower, side, ())])]


def _with_side(bead: Bead, side: Side, units: tuple[BeadUnit, ...]) -> Bead:
    return _shaped(bead, source=units) if side == "source" else _shaped(bead, target=units)


def split(beads: Sequence[Bead], bead_id: str, source: int, target: int, new_id: NewId) -> list[Change]:
    """Cuts a bead in two; `source` and `target` count the units that stay in the first part, which keeps the id."""
    at = position(beads, bead_id)
    bead = beads[at]
    if not (0 <= source <= len(bead.source) and 0 <= target <= len(bead.target)):
        raise AmtsError(f"bead {bead_id} is {bead.shape}: cannot leave {source}:{target} in its first part")
    if source + target in (0, len(bead.source) + len(bead.target)):
        raise AmtsError("a split must leave something in both parts")
    rest = (bead.source[source:], bead.target[target:])
    first = _shaped(bead, source=bead.source[:source], target=bead.target[:target])
    second = replace(_shaped(bead, source=rest[0], target=rest[1]), id=new_id(*rest), note="", marks=frozenset())
    return [_change(beads, at, at + 1, [first, second])]


def move(beads: Sequence[Bead], bead_id: str, direction: str, side: Side, new_id: NewId) -> list[Change]:
    """Pushes the last unit of a side down to the next bead, or the first unit up to the previous one."""
    at = position(beads, bead_id)
    units = beads[at].side(side)
    if not units:
        raise AmtsError(f"bead {bead_id} has nothing on its {side} side to move")
    if direction == "down":
        moved, kept = units[-1:], units[:-1]
        neighbour = at + 1
    elif direction == "up":
        moved, kept = units[:1], units[1:]
        neighbour = at - 1
    else:
        raise AmtsError(f"cannot move a unit {direction!r}", remedy="say `up` or `down`")
    bead = _with_side(beads[at], side, kept)
    if 0 <= neighbour < len(beads):
        other = beads[neighbour]
        joined = moved + other.side(side) if direction == "down" else other.side(side) + moved
        receiver = _with_side(other, side, joined)
    else:
        if not kept and not beads[at].side("target" if side == "source" else "source"):
            raise AmtsError("the unit already stands alone at the end of the document")
        receiver = _alone(side, moved, new_id)
    pair = [bead, receiver] if direction == "down" else [receiver, bead]
    start, end = min(at, max(neighbour, 0)), max(at, min(neighbour, len(beads) - 1)) + 1
    return [_change(beads, start, end, pair)]


def _alone(side: Side, units: tuple[BeadUnit, ...], new_id: NewId) -> Bead:
    source, target = (units, ()) if side == "source" else ((), units)
    return Bead(new_id(source, target), source, target, status=Status.EDITED)


def _reach(beads: Sequence[Bead], at: int, side: Side) -> int:
    """End of the run that a shift from `at` moves: up to the next empty cell of the side, or to what a person has settled."""
    for index in range(at + 1, len(beads)):
        if not beads[index].side(side):
            return index + 1
        if beads[index].status in (Status.CONFIRMED, Status.EXCLUDED):
            return index
    return len(beads)


def gap(beads: Sequence[Bead], bead_id: str, side: Side, new_id: NewId) -> list[Change]:
    """Empties this cell and shifts its side down by one bead.

    The next empty cell of that side takes up the shift; a confirmed or excluded bead stops it, and so does the document's end:
    then what is pushed out stands in a bead of its own.
    """
    at = position(beads, bead_id)
    if not beads[at].side(side):
        raise AmtsError(f"bead {bead_id} has nothing on its {side} side to shift")
    end = _reach(beads, at, side)
    shifted: list[Bead] = []
    carried: tuple[BeadUnit, ...] = ()
    for bead in beads[at:end]:
        shifted.append(_with_side(bead, side, carried))
        carried = bead.side(side)
    if carried:
        shifted.append(_alone(side, carried, new_id))
    return [_change(beads, at, end, shifted)]


def close_gap(beads: Sequence[Bead], bead_id: str, side: Side) -> list[Change]:
    """Fills an empty cell by shifting its side up by one bead, as far as `gap` would shift it down."""
    at = position(beads, bead_id)
    if beads[at].side(side):
        raise AmtsError(f"bead {bead_id} has no gap on its {side} side", remedy="use merge or move instead")
    end = _reach(beads, at, side)
    cells = [bead.side(side) for bead in beads[at + 1 : end]]
    if not any(cells):
        raise AmtsError(f"nothing below bead {bead_id} can move up", remedy="the next bead is settled or empty")
    filled = [_with_side(bead, side, cell) for bead, cell in zip(beads[at:end], [*cells, ()], strict=True)]
    return [_change(beads, at, end, filled)]


def swap(beads: Sequence[Bead], first: str, second: str) -> list[Change]:
    """Exchanges the target sides of two beads, for text that the translator put in another order."""
    a, b = position(beads, first), position(beads, second)
    if a == b:
        raise AmtsError("a bead cannot be swapped with itself")
    after = {
        a: _with_side(beads[a], "target", beads[b].target),
        b: _with_side(beads[b], "target", beads[a].target),
    }
    if any(not (bead.source or bead.target) for bead in after.values()):
        raise AmtsError("the swap would leave an empty bead", remedy="use `pair` instead")
    return _separate_changes(beads, after)


def pair(beads: Sequence[Bead], ids: Sequence[str]) -> list[Change]:
    """Gathers beads, wherever they stand, into the first of them in document order; units keep the document's order."""
    places = sorted({position(beads, bead_id) for bead_id in ids})
    if len(places) < 2:
        raise AmtsError("name at least two beads to pair")
    chosen = [beads[place] for place in places]
    joined = replace(
        _shaped(
            chosen[0],
            source=tuple(unit for bead in chosen for unit in bead.source),
            target=tuple(unit for bead in chosen for unit in bead.target),
        ),
        marks=frozenset().union(*(bead.marks for bead in chosen)),
        note=_join_notes(*(bead.note for bead in chosen)),
    )
    return _separate_changes(beads, {places[0]: joined} | dict.fromkeys(places[1:]))


def _separate_changes(beads: Sequence[Bead], after: dict[int, Bead | None]) -> list[Change]:
    """One change per run of neighbouring places, the last place first, so that each `previous` still stands when it is carried out."""
    changes: list[Change] = []
    places = sorted(after)
    while places:
        end = len(places)
        start = end - 1
        while start > 0 and places[start - 1] == places[start] - 1:
            start -= 1
        run = places[start:end]
        kept = [bead for place in run if (bead := after[place]) is not None]
        changes.append(_change(beads, run[0], run[-1] + 1, kept))
        places = places[:start]
    return changes


def edit_text(beads: Sequence[Bead], bead_id: str, unit: int, text: str) -> list[Change]:
    """Replaces the text of a target unit (`unit` counts from 0); `text` carries its inline markup as a file would."""
    at = position(beads, bead_id)
    bead = beads[at]
    if not 0 <= unit < len(bead.target):
        raise AmtsError(f"bead {bead_id} has {len(bead.target)} target units: there is no unit {unit}")
    if not text.strip():
        raise AmtsError("a text cannot be empty", remedy="exclude the bead instead")
    old = bead.target[unit]
    masked, items, _breaks = mask(" ".join(text.split("\n")).strip())
    in_file = old.in_file if old.in_file is not None else old.raw
    new = replace(old, text=masked, items=items, in_file=in_file)
    if new.raw == in_file:
        new = replace(new, in_file=None)
    target = (*bead.target[:unit], new, *bead.target[unit + 1 :])
    return [_change(beads, at, at + 1, [_shaped(bead, target=target)])]


def _each(beads: Sequence[Bead], ids: Sequence[str], alter: Callable[[Bead], Bead]) -> list[Change]:
    places = sorted({position(beads, bead_id) for bead_id in ids})
    altered: dict[int, Bead | None] = {
        place: new for place in places if (new := alter(beads[place])) != beads[place]
    }
    return _separate_changes(beads, altered)


def _released(bead: Bead) -> Status:
    """The status of a bead whose confirmation is taken back: an edited text stays a person's."""
    return Status.EDITED if any(unit.in_file is not None for unit in bead.target) else Status.AUTO


def confirm(beads: Sequence[Bead], ids: Sequence[str], *, off: bool = False) -> list[Change]:
    """Confirms beads (and so settles their `stale` mark), or gives them back to the aligner."""
    if off:
        return _each(beads, ids, lambda b: replace(b, status=_released(b)))
    return _each(beads, ids, lambda b: replace(b, status=Status.CONFIRMED, marks=b.marks - {Mark.STALE}))


def exclude(beads: Sequence[Bead], ids: Sequence[str], *, off: bool = False) -> list[Change]:
    """Keeps beads out of every export, or lets them in again (as `edited`: a person has dealt with them)."""
    if off:
        return _each(beads, ids, lambda b: replace(b, status=Status.EDITED) if b.status is Status.EXCLUDED else b)
    return _each(beads, ids, lambda b: replace(b, status=Status.EXCLUDED))


def mark(beads: Sequence[Bead], ids: Sequence[str], which: Mark, *, off: bool = False) -> list[Change]:
    """Sets or clears a mark."""
    return _each(beads, ids, lambda b: replace(b, marks=b.marks - {which} if off else b.marks | {which}))


def note(beads: Sequence[Bead], bead_id: str, text: str) -> list[Change]:
    """Replaces the note of a bead; an empty text removes it."""
    return _each(beads, [bead_id], lambda b: replace(b, note=text.strip()))


def side_text(beads: Iterable[Bead], side: Side) -> list[str]:
    """The unit texts of a side in order: what structural operations leave as it is."""
    return [unit.text for bead in beads for unit in bead.side(side)]


def check_structure(before: Sequence[Bead], after: Sequence[Bead]) -> bool:
    """Whether both sides still read the same: the invariant of structural operations."""
    return all(side_text(before, side) == side_text(after, side) for side in SIDES)
