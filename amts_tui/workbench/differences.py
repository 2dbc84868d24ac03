"""What differs between the two sides of a bead, as the grid marks it."""

from __future__ import annotations

from amts_tui.corpus.differences import Differences, Match, differences

__all__ = ["Differences", "Match", "differences"]
