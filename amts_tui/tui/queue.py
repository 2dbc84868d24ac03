"""Which beads deserve a look, and how far a document is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from amts_tui.workbench.session import DOUBTFUL_BELOW
from amts_tui.workbench.types import Bead, Mark, Status


def doubtful(bead: Bead) -> bool:
    """Whether a bead that nobody has settled has one side only or the aligner is not sure of it, or a file
    has changed under it.
    """
    unsure = bead.confidence < DOUBTFUL_BELOW or not (bead.source and bead.target)
    return (bead.status is Status.AUTO and unsure) or Mark.STALE in bead.marks


def find(beads: Sequence[Bead], row: int, step: int, wanted: Callable[[Bead], bool]) -> int | None:
    """The nearest wanted row after (`step` 1) or before (-1) a row, going round the ends, or None.

    The row itself comes last.
    """
    count = len(beads)
    return next(
        (at for distance in range(1, count + 1) if wanted(beads[at := (row + step * distance) % count])), None
    )


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a document is: `settled` beads have been confirmed or edited or excluded, and of the others
    about `wrong` are wrong.
    """

    beads: int
    settled: int
    doubtful: int
    wrong: float

    @property
    def percent(self) -> int:
        """The settled share, rounded down so that 100 means all."""
        return 100 * self.settled // self.beads if self.beads else 0


def progress(beads: Sequence[Bead]) -> Progress:
    """Counts over a document."""
    return Progress(
        len(beads),
        sum(bead.status is not Status.AUTO for bead in beads),
        sum(doubtful(bead) for bead in beads),
        sum(1 - bead.confidence for bead in beads if bead.status is Status.AUTO),
    )
