"""Which document of one book translates which of the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DocumentPairs:
    """Paths relative to the book: (source, target) pairs, and those without a partner, each sorted."""

    paired: tuple[tuple[str, str], ...]
    only_source: tuple[str, ...]
    only_target: tuple[str, ...]


def pair_documents(source: Iterable[str], target: Iterable[str]) -> DocumentPairs:
    """Documents of the same path belong together."""
    left, right = set(source), set(target)
    return DocumentPairs(
        tuple((path, path) for path in sorted(left & right)),
        tuple(sorted(left - right)),
        tuple(sorted(right - left)),
    )
