"""Operations that reach further than the next bead: a unit carried anywhere, the aligner's alternative."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from amts_tui.corpus.model import SIDES, Bead, Side, Status
from amts_tui.corpus.operations import Change, changed_since, position, replacing, separate_changes
from amts_tui.corpus.shaping import NewId, Units, empty, inheriting, shaped, with_side
from amts_tui.errors import AmtsError


def carry(beads: Sequence[Bead], bead_id: str, side: Side, unit: int, to: str) -> list[Change]:
    """Takes a unit (`unit` counts from 0) out of a bead and puts it into another, wherever that stands.

    It joins the other bead on the side that it comes from: at the front from above, else at the end.
    """
    at, goal = position(beads, bead_id), position(beads, to)
    units = beads[at].side(side)
    if at == goal:
        raise AmtsError("the unit is in that bead already")
    if not 0 <= unit < len(units):
        raise AmtsError(f"bead {bead_id} has {len(units)} {side} units: there is no unit {unit}")
    carried = units[unit : unit + 1]
    left = with_side(beads[at], side, units[:unit] + units[unit + 1 :])
    there = beads[goal].side(side)
    receiver = with_side(beads[goal], side, carried + there if at < goal else there + carried)
    if empty(left):
        return separate_changes(beads, {at: None, goal: inheriting(receiver, beads[at])})
    return separate_changes(beads, {at: left, goal: receiver})


@dataclass(frozen=True, slots=True)
class _Cut:
    """One side around a bead as an alternative cuts it: `above` and `below` count the units that other beads
    give; `front` and `back` are left over on either end of the new `run`.
    """

    above: int
    below: int
    front: Units
    run: Units
    back: Units


def take_alternative(beads: Sequence[Bead], bead_id: str, new_id: NewId) -> list[Change]:
    """Makes a bead what the aligner thought likeliest next to what it is (`doubts.alternative`).

    Units that it no longer holds fill an empty cell beside it, else stand in a bead of their own. Raises
    AmtsError if there is no alternative, or it needs text of a bead that a person has settled.
    """
    at = position(beads, bead_id)
    other = beads[at].doubts.alternative
    if other is None:
        raise AmtsError(
            f"the aligner names no alternative to bead {bead_id}", remedy="split, merge or move instead"
        )
    cuts = {
        side: _cut(beads, at, side, *moved)
        for side, moved in zip(SIDES, (other.source, other.target), strict=True)
    }
    source, target = cuts["source"], cuts["target"]
    around = _givers(beads, at, cuts)
    for n in around:
        if beads[n].status is not Status.AUTO:
            raise AmtsError(
                f"the alternative takes text of bead {beads[n].id}, which is settled",
                remedy="take that back first, or move the text yourself",
            )
    emptied = [beads[n] for n in sorted(around) if empty(around[n])]
    taken = inheriting(shaped(beads[at], source.run, target.run), *emptied)
    low, high = max(min([at, *around]) - 1, 0), min(max([at, *around]) + 2, len(beads))
    before, after = (
        [bead for n in numbers if not empty(bead := around.get(n, beads[n]))]
        for numbers in (range(low, at), range(at + 1, high))
    )
    front, back = _Rest(source.front, target.front), _Rest(source.back, target.back)
    if front.there:
        before[-1:] = front.beside(before[-1] if before else None, new_id)
    if back.there:
        after[:1] = reversed(back.beside(after[0] if after else None, new_id))
    return [replacing(beads, low, high, [*before, taken, *after])]


@dataclass(frozen=True, slots=True)
class _Rest:
    """What an alternative leaves over at one end."""

    source: Units
    target: Units

    @property
    def there(self) -> bool:
        """Whether anything is left over."""
        return bool(self.source or self.target)

    def beside(self, neighbour: Bead | None, new_id: NewId) -> list[Bead]:
        """The neighbour with it in its empty cell; else the neighbour, and a new bead next to it."""
        if neighbour is not None and neighbour.status is Status.AUTO:
            if self.source and not self.target and not neighbour.source:
                return [with_side(neighbour, "source", self.source)]
            if self.target and not self.source and not neighbour.target:
                return [with_side(neighbour, "target", self.target)]
        own = Bead(new_id(self.source, self.target), self.source, self.target, status=Status.EDITED)
        return [own] if neighbour is None else [neighbour, own]


def _cut(beads: Sequence[Bead], at: int, side: Side, begin: int, end: int) -> _Cut:
    own = beads[at].side(side)
    low, high = begin, len(own) + end
    above, below = max(0, -low), max(0, high - len(own))
    units = (*_units_above(beads, at, side, above), *own, *_units_below(beads, at, side, below))
    first, last = low + above, high + above
    run = units[first:last]
    if first > last or any(b.segment < a.segment for a, b in pairwise(run)):
        raise changed_since()
    return _Cut(above, below, units[:first], run, units[last:])


def _units_above(beads: Sequence[Bead], at: int, side: Side, count: int) -> Units:
    found: Units = ()
    while len(found) < count and at > 0:
        at -= 1
        found = beads[at].side(side) + found
    if len(found) < count:
        raise changed_since()
    return found[len(found) - count :]


def _units_below(beads: Sequence[Bead], at: int, side: Side, count: int) -> Units:
    found: Units = ()
    while len(found) < count and at + 1 < len(beads):
        at += 1
        found += beads[at].side(side)
    if len(found) < count:
        raise changed_since()
    return found[:count]


def _givers(beads: Sequence[Bead], at: int, cuts: dict[Side, _Cut]) -> dict[int, Bead]:
    """The beads around that give units away, without these."""
    left: dict[int, Bead] = {}
    for side, cut in cuts.items():
        for step, count in ((-1, cut.above), (1, cut.below)):
            n = at
            while count:
                n += step
                units = beads[n].side(side)
                given = min(count, len(units))
                kept = units[given:] if step > 0 else units[: len(units) - given]
                if given:
                    left[n] = with_side(left.get(n, beads[n]), side, kept)
                count -= given
    return left
