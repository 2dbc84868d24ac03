"""Choosing documents that are scored and therefore kept out of the parallel data."""

from __future__ import annotations

import random
from collections.abc import Mapping


def hold_out(sizes: Mapping[str, int], chapters: Mapping[str, str], seed: int) -> list[str]:
    """One document of each chapter, by seed; `sizes` counts the paired beads of each document.

    A chapter with one document keeps it. Of the others only those with at least half as many pairs as the
    chapter's largest can
    be drawn: a score over a handful of sentences says nothing.
    """
    chance = random.Random(seed)
    drawn: list[str] = []
    for chapter in sorted(set(chapters.values())):
        documents = sorted(path for path, of in chapters.items() if of == chapter and sizes.get(path))
        if len(documents) < 2:
            continue
        largest = max(sizes[path] for path in documents)
        drawn.append(chance.choice([path for path in documents if 2 * sizes[path] >= largest]))
    return drawn
