"""Proposing where a bead is cut in two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from amts_tui.alignment import cutting
from amts_tui.alignment.cutting import Cut, empty_cells
from amts_tui.books.inline import plain_text
from amts_tui.corpus.model import Bead, BeadUnit, Side
from amts_tui.workbench.session import Pipeline, Workbench

if TYPE_CHECKING:
    from amts_tui.alignment.encoder import Encoder

__all__ = ["Cut", "Cutter", "by_lengths", "cuts"]


def cuts(bead: Bead) -> list[Cut]:
    """Every way to leave (source, target) units in the first part so that both parts hold something."""
    return cutting.cuts(len(bead.source), len(bead.target))


def by_lengths(bead: Bead) -> Cut:
    """The cut with the fewest empty cells, then with the most equal shares of both sides' text, then with the
    source first.
    """

    def share(side: Side, count: int) -> float:
        lengths = [len(unit.text) for unit in bead.side(side)]
        return sum(lengths[:count]) / max(sum(lengths), 1)

    def badness(cut: Cut) -> tuple[int, float, int]:
        source, target = cut
        empty = empty_cells(cut, len(bead.source), len(bead.target))
        return empty, abs(share("source", source) - share("target", target)), -source

    return min(cuts(bead), key=badness)


class Cutter:
    """Proposes cuts by the aligner's vectors. The first takes as long as the encoder takes to load."""

    def __init__(self, workbench: Workbench, pipeline: Pipeline) -> None:
        self.pipeline = pipeline
        self._cache = None if workbench.read_only else workbench.project.work / "embeddings"
        self._encoder: Encoder | None = None

    def by_meaning(self, bead: Bead) -> Cut | None:
        """The best cut; None for languages that the encoder does not know."""
        from amts_tui.alignment.encoder import Encoder, knows

        if not (knows(self.pipeline.source_lang) and knows(self.pipeline.target_lang)):
            return None
        if self._encoder is None:
            self._encoder = Encoder(cache=self._cache)
        return cutting.best_cut(_texts(bead.source), _texts(bead.target), self._encoder.vectors)


def _texts(units: Sequence[BeadUnit]) -> list[str]:
    return [plain_text(unit.text, unit.items) for unit in units]
