"""A long path of beads in pieces, so that what a closer look needs does not grow with the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from amts_tui.alignment.search import Bead

_UNITS = 4_000
"""About how many units of both texts make a piece."""
_SLACK = 1_000


def pieces(beads: Sequence[Bead]) -> Iterator[Sequence[Bead]]:
    """The beads, in order, in pieces of bounded size; cut in the middle of long runs of 1-1 beads, where the
    path is least in doubt.
    """
    first = 0
    while first < len(beads):
        last = _end(beads, first)
        yield beads[first:last]
        first = last


def _end(beads: Sequence[Bead], first: int) -> int:
    begin = beads[first][0] + beads[first][2]
    longest = run = 0
    middle = len(beads)
    for place in range(first, len(beads)):
        a, b, c, d = beads[place]
        done = b + d - begin
        if done < _UNITS - _SLACK:
            continue
        if longest and done > _UNITS + _SLACK:
            return middle
        run = run + 1 if b - a == d - c == 1 else 0
        if run > longest:
            longest, middle = run, place + 1 - run // 2
    return len(beads)
