"""Bars drawn with characters."""

from __future__ import annotations

_EIGHTHS = " ▏▎▍▌▋▊▉█"


def eighths(value: float, most: float, width: int) -> str:
    """A bar of `width` cells for `value` out of `most`, exact to an eighth of a cell."""
    share = min(max(value / most, 0.0), 1.0) if most > 0 else 0.0
    full, rest = divmod(round(share * width * 8), 8)
    return f"{_EIGHTHS[8] * full}{_EIGHTHS[rest] if rest else ''}".ljust(width)


def plain(done: int, total: int, width: int) -> str:
    """A bar of ASCII characters in brackets, `width` cells in all."""
    inner = max(width - 2, 0)
    full = inner * done // total if total else 0
    return f"[{'#' * full}{'.' * (inner - full)}]"
