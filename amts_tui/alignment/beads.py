"""The shapes of beads and what each costs before any evidence is seen."""

from __future__ import annotations

import numpy as np

# The order is part of the contract between scores and search: a shape is named by its index.
SHAPES: tuple[tuple[int, int], ...] = (
    (1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1), (1, 4), (4, 1), (2, 3), (3, 2), (3, 3),
)  # fmt: skip
PRIORS = np.array([0.12, 2.4, 2.4, 4.2, 4.2, 4.2, 6.0, 6.0, 6.0, 6.0, 7.2])
LARGEST = 4
"""The most units on one side of a bead."""
