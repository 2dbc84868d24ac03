"""Evidence that can be told to stop: the search asks for it piece by piece."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from amts_tui.alignment.band import Tile
from amts_tui.alignment.scores import Evidence, Floats, Weights

if TYPE_CHECKING:
    from amts_tui.alignment.closer import Closer


@dataclass(frozen=True, slots=True)
class Watched:
    """Some evidence, with a `check` before each piece of it; what `check` raises ends the search."""

    evidence: Evidence
    check: Callable[[], None]

    @property
    def weights(self) -> Weights:
        """Those of the evidence."""
        return self.evidence.weights

    @property
    def closer(self) -> Closer | None:
        """That of the evidence."""
        return self.evidence.closer

    def rows(self, group: tuple[int, int] = (1, 1)) -> tuple[Floats, Floats]:
        """Those of the evidence."""
        return self.evidence.rows(group)

    def part(self, source: slice, target: slice) -> Watched:
        """The evidence for a stretch of both sides."""
        return replace(self, evidence=self.evidence.part(source, target))

    def costs(self, tile: Tile) -> Floats:
        """Those of the evidence."""
        self.check()
        return self.evidence.costs(tile)
