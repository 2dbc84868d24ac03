"""Characters of ambiguous width (UAX #11, class A): one cell in Western terminals, two in some of East Asia.

The terminal library has one table of widths, by which everything on the screen is measured; it counts them as
one cell.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from itertools import groupby
from typing import Final

from rich import cells
from rich._unicode_data import load

_ASCII: Final = frozenset(map(chr, range(0x20, 0x7F)))
_PRIVATE: Final = range(0xE000, 0xF900)
_WIDTHS: Final = load("auto").widths
_USUAL: Final = list(_WIDTHS)
_SINGLE: Final[Callable[[str], bool]] = cells._is_single_cell_widths


def count_ambiguous(width: int) -> None:
    """Makes the terminal library count such characters as `width` (1 or 2) cells."""
    assert isinstance(_WIDTHS, list)
    _WIDTHS[:] = _USUAL if width == 1 else _with_ambiguous(_USUAL)
    cells._is_single_cell_widths = _SINGLE if width == 1 else _ASCII.issuperset
    cells.get_character_cell_size.cache_clear()
    cells.cached_cell_len.cache_clear()


def are_wide() -> bool:
    """Whether they count as two cells."""
    return cells._is_single_cell_widths is not _SINGLE


def _with_ambiguous(narrow: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The table with the ambiguous characters that it does not list, in order."""
    listed = {point for start, end, _width in narrow for point in range(start, min(end, 0xFFFF) + 1)}
    points = [
        point
        for point in range(0xA1, 0x10000)
        if point not in listed
        and point not in _PRIVATE
        and unicodedata.east_asian_width(chr(point)) == "A"
        and point != 0xAD
    ]
    runs = [
        [point for _, point in run] for _, run in groupby(enumerate(points), lambda pair: pair[1] - pair[0])
    ]
    return sorted([*narrow, *((run[0], run[-1], 2) for run in runs)])
