"""The order in which the beads of a document are most worth a look: most wrong beads seen per look first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from amts_tui.corpus.model import Bead, Mark, Status

REACH = 2
"""How many neighbours on each side a look at a bead shows."""

FAINT = 0.01
"""The chance of being wrong from which on a bead is worth a look for its own sake."""

SUSPECT = 0.05
"""The chance of being wrong from which on a bead counts as suspect."""

_STAY = 0.5
_CENTRAL = 0.25
_BESIDE = 3
_CONTAGION = 3.0

Chance = Callable[[Bead], float]
"""How likely it is that a bead is wrong, 0..1."""


def unsure(bead: Bead) -> float:
    """The chance of being wrong that the aligner's confidence leaves a bead nobody has settled.

    A stale bead is open again, whatever was said about it.
    """
    if Mark.STALE in bead.marks:
        return 1.0
    return min(max(1.0 - bead.confidence, 0.0), 1.0) if bead.status is Status.AUTO else 0.0


Name = TypeVar("Name")


def turn(current: Name, worths: Mapping[Name, float]) -> Name | None:
    """The document to look at next, given the worth of the best stop of each: the current one as long as
    another does not promise twice as much, as going over to it costs a thought. None if nothing is worth a
    look.
    """
    best = max(worths, key=lambda name: worths[name], default=None)
    if best is None or worths[best] <= 0:
        return None
    return current if worths.get(current, 0.0) >= _STAY * worths[best] else best


class Queue:
    """Where to look next in one document.

    The worth of a stop at a bead is the number of wrong beads to be expected among it and the `REACH`
    neighbours on each side that have not been looked at. A stop is at a bead that is itself among the more
    suspect of those. Beads near one that a person has put right are more suspect: errors come in company.
    `looked` holds the ids of beads that have been looked at; a caller who keeps it keeps the place in the
    queue. Of n beads, making the first stop takes n steps, each further one a pass over a list of numbers.
    """

    def __init__(
        self, beads: Iterable[Bead], chance: Chance = unsure, looked: set[str] | None = None
    ) -> None:
        self.looked: set[str] = set() if looked is None else looked
        self._chance = chance
        self._beads: list[Bead] = list(beads)
        self._chances = [chance(bead) for bead in self._beads]
        self._open = self._opened(0, len(self._beads))
        self._worth = self._valued(0, len(self._beads))

    def suspect(self, row: int) -> bool:
        """Whether a bead is open and likely enough to be wrong."""
        return self._chances[row] >= SUSPECT

    @property
    def best_worth(self) -> float:
        """The worth of the best stop, 0 if there is none."""
        return max(self._worth, default=0.0)

    def best(self) -> int | None:
        """The row of the stop most worth a look, or None if all that is worth one has been looked at."""
        worth = self.best_worth
        return self._worth.index(worth) if worth > 0 else None

    def look(self, row: int) -> None:
        """Takes note that a bead and its neighbours have been looked at."""
        start, end = self._window(row)
        self.looked.update(bead.id for bead in self._beads[start:end])
        self._renew(start, end)

    def shown(self, row: int) -> list[int]:
        """The suspect rows among a bead and its neighbours, in order."""
        start, end = self._window(row)
        return [at for at in range(start, end) if self.suspect(at)]

    def again(self) -> bool:
        """Begins another round over what was looked at and left open; tells whether there is anything."""
        self.looked.difference_update(bead.id for bead in self._beads)
        self._renew(0, len(self._beads))
        return self.best_worth > 0

    def refresh(self, beads: Sequence[Bead]) -> tuple[list[Bead], list[Bead]]:
        """Takes over the beads as they are now; what has not changed is not weighed again.

        Returns the beads that stand no longer, and those that stand in their place.
        """
        start = _common(self._beads, beads)
        tail = _common(
            self._beads[: start - 1 if start else None : -1], beads[: start - 1 if start else None : -1]
        )
        old_end, new_end = len(self._beads) - tail, len(beads) - tail
        gone, changed = self._beads[start:old_end], list(beads[start:new_end])
        if not gone and not changed:
            return gone, changed
        self._beads[start:old_end] = changed
        self._chances[start:old_end] = [self._chance(bead) for bead in changed]
        self._open[start:old_end] = [0.0] * len(changed)
        self._worth[start:old_end] = [0.0] * len(changed)
        self._renew(start, new_end)
        return gone, changed

    def reweigh(self, start: int, end: int, chance: Chance) -> None:
        """Weighs some rows by more than before, and whatever changes from now on."""
        self._chance = chance
        chances = [chance(bead) for bead in self._beads[start:end]]
        if chances != self._chances[start:end]:
            self._chances[start:end] = chances
            self._renew(start, min(end, len(self._beads)))

    def _window(self, row: int) -> tuple[int, int]:
        return max(row - REACH, 0), min(row + REACH + 1, len(self._beads))

    def _renew(self, start: int, end: int) -> None:
        """Values again what depends on these rows."""
        count = len(self._beads)
        start, end = max(start - _BESIDE, 0), min(end + _BESIDE, count)
        self._open[start:end] = self._opened(start, end)
        start, end = max(start - 2 * REACH, 0), min(end + 2 * REACH, count)
        self._worth[start:end] = self._valued(start, end)

    def _opened(self, start: int, end: int) -> list[float]:
        """The chances of the rows that are still to be looked at; the others have none."""
        looked = self.looked
        chances = [
            0.0 if bead.id in looked else chance
            for bead, chance in zip(self._beads[start:end], self._chances[start:end], strict=True)
        ]
        first = max(start - _BESIDE, 0)
        for row, bead in enumerate(self._beads[first : end + _BESIDE], first):
            if bead.status is Status.EDITED:
                for at in range(max(row - _BESIDE, start), min(row + _BESIDE + 1, end)):
                    if chances[at - start] == self._chances[at]:
                        chances[at - start] = _raised(chances[at - start])
        return chances

    def _valued(self, start: int, end: int) -> list[float]:
        """The worth of a stop at each of these rows."""
        first = max(start - REACH, 0)
        padded = [0.0] * (REACH - start + first) + self._open[first : end + REACH]
        padded += [0.0] * (end - start + 2 * REACH - len(padded))
        shifted = [padded[k : k + end - start] for k in range(2 * REACH + 1)]
        return [
            sum(window) if (top := max(window)) >= FAINT and window[REACH] >= _CENTRAL * top else 0.0
            for window in zip(*shifted, strict=True)
        ]


def _raised(chance: float) -> float:
    odds = _CONTAGION * chance
    return odds / (1 - chance + odds)


def _common(one: Sequence[Bead], other: Sequence[Bead]) -> int:
    """How many beads two lists have in common from the start; whole slices are compared at once."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
