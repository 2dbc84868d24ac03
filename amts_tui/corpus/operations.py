"""Operations on a document's beads: pure functions from beads to a change that can be undone.

A structural operation (merge, split, move, gap, close gap) never loses or reorders text: the concatenation of
each side stays the same. `swap` and `pair` cross the order on purpose and keep the set of units. Whatever a
person shaped becomes `edited`; what a shift only moved along does not. What was excluded stays excluded. A
bead that an operation empties leaves its note and marks where its text went.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from amts_tui.books.formats import mask_as
from amts_tui.books.inline import join_lines
from amts_tui.corpus.model import SIDES, Bead, Mark, Side, Status
from amts_tui.corpus.shaping import (
    NewId,
    alone,
    empty,
    inheriting,
    joined,
    left_over,
    shaped,
    shifted,
    was_shifted,
    with_side,
)
from amts_tui.errors import AmtsError, NotFound


@dataclass(frozen=True, slots=True)
class Change:
    """Replaces the run `before` of a document's beads by `after`.

    `previous` is the id of the bead in front of the run, or None at the start of the document.
    """

    previous: str | None
    before: tuple[Bead, ...]
    after: tuple[Bead, ...]

    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(self.previous, self.after, self.before)


def position(beads: Sequence[Bead], bead_id: str) -> int:
    """Where a bead stands; `NotFound` names it."""
    return _positions(beads, [bead_id])[0]


def _positions(beads: Sequence[Bead], ids: Iterable[str]) -> list[int]:
    """Where beads stand, in the document's order; `NotFound` names the first that is missing."""
    missing = dict.fromkeys(ids)
    places: list[int] = []
    for place, bead in enumerate(beads):
        if not missing:
            break
        if bead.id in missing:
            del missing[bead.id]
            places.append(place)
    if missing:
        raise NotFound(
            f"no bead {next(iter(missing))} in this document", remedy="list them with `amts beads`"
        )
    return places


def apply(beads: list[Bead], change: Change) -> int:
    """Carries a change out in place and returns the position of its first bead.

    Raises AmtsError if the document no longer holds `before` in one run, or no longer the bead in front of
    it.
    """
    return _splice(beads, change, lambda bead_id: position(beads, bead_id))


def apply_all(beads: list[Bead], changes: Iterable[Change]) -> int:
    """Carries changes out in turn and returns the first position that changed; linear for changes in order.

    Raises AmtsError as `apply` does, and then leaves `beads` as they were.
    """
    after = list(beads)
    places = {bead.id: place for place, bead in enumerate(after)}
    shift = 0
    first = len(after)

    def find(bead_id: str) -> int:
        place = places.get(bead_id, len(after))
        for guess in (place, place + shift):
            if 0 <= guess < len(after) and after[guess].id == bead_id:
                return guess
        return position(after, bead_id)

    for change in changes:
        start = _splice(after, change, find)
        shift += len(change.after) - len(change.before)
        first = min(first, start)
    beads[:] = after
    return first


def _splice(beads: list[Bead], change: Change, find: Callable[[str], int]) -> int:
    start = _start(change, find)
    end = start + len(change.before)
    if tuple(beads[start:end]) != change.before:
        raise changed_since()
    beads[start:end] = change.after
    return start


def _start(change: Change, find: Callable[[str], int]) -> int:
    if not change.before and change.previous is None:
        return 0
    try:
        if change.before:
            return find(change.before[0].id)
        return find(change.previous or "") + 1
    except NotFound as error:
        raise changed_since() from error


def changed_since() -> AmtsError:
    """The error for beads that are no longer what somebody took them for."""
    return AmtsError("the beads have changed since", remedy="reload the document and try again")


def replacing(beads: Sequence[Bead], start: int, end: int, after: Iterable[Bead]) -> Change:
    """The change that puts other beads in the place of `beads[start:end]`; empty ones are left out."""
    previous = beads[start - 1].id if start > 0 else None
    return Change(previous, tuple(beads[start:end]), tuple(b for b in after if b.source or b.target))


def merge(beads: Sequence[Bead], first: str, second: str, side: Side | None = None) -> list[Change]:
    """Joins two neighbouring beads; the first id stays. With `side`, only that side's units of the second go
    to the first.
    """
    a, b = sorted((position(beads, first), position(beads, second)))
    if b - a != 1:
        raise AmtsError("only neighbouring beads can be merged", remedy="use `pair` to link across others")
    upper, lower = beads[a], beads[b]
    if side is None:
        return [replacing(beads, a, b + 1, [joined([upper, lower])])]
    if not lower.side(side):
        raise AmtsError(f"bead {lower.id} has nothing on its {side} side to merge")
    receiver = with_side(upper, side, upper.side(side) + lower.side(side))
    left = with_side(lower, side, ())
    if empty(left):
        receiver = inheriting(receiver, lower)
    return [replacing(beads, a, b + 1, [receiver, left])]


def split(beads: Sequence[Bead], bead_id: str, source: int, target: int, new_id: NewId) -> list[Change]:
    """Cuts a bead in two; `source` and `target` count the units that stay in the first part.

    The first part keeps the id, the note and the marks; `stale` holds for both.
    """
    at = position(beads, bead_id)
    bead = beads[at]
    if not (0 <= source <= len(bead.source) and 0 <= target <= len(bead.target)):
        raise AmtsError(f"bead {bead_id} is {bead.shape}: cannot leave {source}:{target} in its first part")
    if source + target in (0, len(bead.source) + len(bead.target)):
        raise AmtsError("a split must leave something in both parts")
    first = shaped(bead, source=bead.source[:source], target=bead.target[:target])
    rest = shaped(bead, source=bead.source[source:], target=bead.target[target:])
    second = replace(rest, id=new_id(rest.source, rest.target), note="", marks=bead.marks & {Mark.STALE})
    return [replacing(beads, at, at + 1, [first, second])]


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
    left = with_side(beads[at], side, kept)
    if 0 <= neighbour < len(beads):
        other = beads[neighbour]
        together = moved + other.side(side) if direction == "down" else other.side(side) + moved
        receiver = with_side(other, side, together)
        if empty(left):
            receiver = inheriting(receiver, beads[at])
    elif empty(left):
        raise AmtsError("the unit already stands alone at the end of the document")
    else:
        receiver = alone(side, moved, new_id)
    run = [left, receiver] if direction == "down" else [receiver, left]
    start, end = min(at, max(neighbour, 0)), max(at, min(neighbour, len(beads) - 1)) + 1
    return [replacing(beads, start, end, run)]


def _reach(beads: Sequence[Bead], at: int, side: Side) -> int:
    """End of the run that a shift from `at` moves: up to what a person has settled, or the next empty cell of
    the side.
    """
    for index in range(at + 1, len(beads)):
        if beads[index].status is not Status.AUTO:
            return index
        if not beads[index].side(side):
            return index + 1
    return len(beads)


def gap(beads: Sequence[Bead], bead_id: str, side: Side, new_id: NewId) -> list[Change]:
    """Empties this cell and shifts its side down by one bead.

    The next empty cell of that side takes up the shift; a settled bead stops it, and so does the document's
    end: then what is pushed out stands in a bead of its own. The bead itself is `edited`; those that are
    shifted are not, as nobody has looked at them.
    """
    at = position(beads, bead_id)
    if not beads[at].side(side):
        raise AmtsError(f"bead {bead_id} has nothing on its {side} side to shift")
    end = _reach(beads, at, side)
    opened = with_side(beads[at], side, ())
    moved = [
        shifted(bead, side, above.side(side), above.confidence)
        for above, bead in zip(beads[at:end], beads[at + 1 : end], strict=False)
    ]
    if carried := beads[end - 1].side(side):
        moved.append(left_over(side, carried, new_id))
    if empty(opened):
        if end == at + 1:
            raise AmtsError(
                f"bead {bead_id} already stands alone", remedy="merge it with a neighbour instead"
            )
        heir = with_side(beads[at + 1], side, beads[at].side(side))
        moved[0] = inheriting(heir, beads[at])
    return [replacing(beads, at, end, [opened, *moved])]


def close_gap(beads: Sequence[Bead], bead_id: str, side: Side) -> list[Change]:
    """Fills an empty cell by shifting its side up by one bead, as far as `gap` would have shifted it down.

    What an earlier shift has moved moves back alone: a run that begins with shifted beads ends before one
    that is none.
    """
    at = position(beads, bead_id)
    if beads[at].side(side):
        raise AmtsError(f"bead {bead_id} has no gap on its {side} side", remedy="use merge or move instead")
    end = _reach(beads, at, side)
    if end > at + 1 and was_shifted(beads[at + 1]):
        end = next((n for n in range(at + 1, end) if not was_shifted(beads[n])), end)
    run = beads[at + 1 : end]
    if not any(bead.side(side) for bead in run):
        raise AmtsError(
            f"nothing below bead {bead_id} can move up",
            remedy="the next bead is settled or empty; move a unit of it instead",
        )
    filled = [with_side(beads[at], side, run[0].side(side))]
    for bead, below in zip(run, [*run[1:], None], strict=True):
        units, sure = (below.side(side), below.confidence) if below else ((), bead.confidence)
        filled.append(shifted(bead, side, units, sure))
    for n, bead in enumerate(filled):
        if empty(bead):
            filled[n - 1] = inheriting(filled[n - 1], beads[at + n])
    return [replacing(beads, at, end, filled)]


def swap(beads: Sequence[Bead], first: str, second: str) -> list[Change]:
    """Exchanges the target sides of two beads, for text that the translator put in another order."""
    a, b = position(beads, first), position(beads, second)
    if a == b:
        raise AmtsError("a bead cannot be swapped with itself")
    after: dict[int, Bead | None] = {
        a: with_side(beads[a], "target", beads[b].target),
        b: with_side(beads[b], "target", beads[a].target),
    }
    if not (beads[a].target or beads[b].target):
        raise AmtsError("neither bead has a target side to swap")
    if any(bead is not None and empty(bead) for bead in after.values()):
        raise AmtsError("the swap would leave an empty bead", remedy="use `pair` instead")
    return separate_changes(beads, after)


def pair(beads: Sequence[Bead], ids: Sequence[str]) -> list[Change]:
    """Gathers beads, wherever they stand, into the first of them; units keep the document's order."""
    places = _positions(beads, ids)
    if len(places) < 2:
        raise AmtsError("name at least two beads to pair")
    after: dict[int, Bead | None] = dict.fromkeys(places)
    after[places[0]] = joined([beads[place] for place in places])
    return separate_changes(beads, after)


def separate_changes(beads: Sequence[Bead], after: Mapping[int, Bead | None]) -> list[Change]:
    """One change per run of neighbouring places, the last place first: so each `previous` stands when its
    turn comes.
    """
    runs: list[list[int]] = []
    for place in sorted(after):
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return [
        replacing(beads, run[0], run[-1] + 1, [bead for place in run if (bead := after[place]) is not None])
        for run in reversed(runs)
    ]


def edit_text(beads: Sequence[Bead], bead_id: str, unit: int, text: str, path: str) -> list[Change]:
    """Replaces the text of a target unit (`unit` counts from 0); `text` carries its inline markup as
    the file at `path` would.
    """
    at = position(beads, bead_id)
    bead = beads[at]
    if not 0 <= unit < len(bead.target):
        raise AmtsError(f"bead {bead_id} has {len(bead.target)} target units: there is no unit {unit}")
    if not text.strip():
        raise AmtsError("a text cannot be empty", remedy="exclude the bead instead")
    old = bead.target[unit]
    masked, items, _breaks = mask_as(path, _writable(text).strip())
    masked = join_lines(masked, items)
    in_file = old.in_file if old.in_file is not None else old.raw
    new = replace(old, text=masked, items=items, in_file=in_file)
    if new.raw == old.raw:
        return []
    if new.raw == in_file:
        new = replace(new, in_file=None)
    target = (*bead.target[:unit], new, *bead.target[unit + 1 :])
    return [replacing(beads, at, at + 1, [shaped(bead, target=target)])]


def _writable(text: str) -> str:
    """The text, if UTF-8 can hold it: broken bytes of a command line come in as lone surrogates."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise AmtsError("the text is not valid Unicode", remedy="type it in UTF-8") from error
    return text


def _each(beads: Sequence[Bead], ids: Sequence[str], alter: Callable[[Bead], Bead]) -> list[Change]:
    altered = {place: alter(beads[place]) for place in _positions(beads, ids)}
    return separate_changes(beads, {place: new for place, new in altered.items() if new != beads[place]})


def _released(bead: Bead) -> Bead:
    """The bead without its confirmation; an edited text stays a person's, and an excluded bead was not
    confirmed.
    """
    if bead.status is Status.EXCLUDED:
        return bead
    edited = any(unit.in_file is not None for unit in bead.target)
    return replace(bead, status=Status.EDITED if edited else Status.AUTO)


def confirm(beads: Sequence[Bead], ids: Sequence[str], *, off: bool = False) -> list[Change]:
    """Confirms beads (and so settles their `stale` mark), or gives them back to the aligner."""
    if off:
        return _each(beads, ids, _released)
    return _each(beads, ids, lambda b: replace(b, status=Status.CONFIRMED, marks=b.marks - {Mark.STALE}))


def exclude(beads: Sequence[Bead], ids: Sequence[str], *, off: bool = False) -> list[Change]:
    """Keeps beads out of every export, or lets them in again (as `edited`: a person has dealt with them)."""
    if off:
        return _each(
            beads, ids, lambda b: replace(b, status=Status.EDITED) if b.status is Status.EXCLUDED else b
        )
    return _each(beads, ids, lambda b: replace(b, status=Status.EXCLUDED))


def mark(beads: Sequence[Bead], ids: Sequence[str], which: Mark, *, off: bool = False) -> list[Change]:
    """Sets or clears a mark."""
    return _each(beads, ids, lambda b: replace(b, marks=b.marks - {which} if off else b.marks | {which}))


def note(beads: Sequence[Bead], bead_id: str, text: str) -> list[Change]:
    """Replaces the note of a bead; an empty text removes it."""
    wanted = _writable(text).strip()
    return _each(beads, [bead_id], lambda b: replace(b, note=wanted))


def side_text(beads: Iterable[Bead], side: Side) -> list[str]:
    """The unit texts of a side in order: what structural operations leave as it is."""
    return [unit.text for bead in beads for unit in bead.side(side)]


def check_structure(before: Sequence[Bead], after: Sequence[Bead]) -> bool:
    """Whether both sides still read the same: the invariant of structural operations."""
    return all(side_text(before, side) == side_text(after, side) for side in SIDES)
