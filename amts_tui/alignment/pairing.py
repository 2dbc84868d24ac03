"""Which document of one book translates which of the other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

NOTHING_BY_HAND: Final[Mapping[str, str | None]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class DocumentPairs:
    """Paths relative to the book: (source, target) pairs, and those without a partner, each sorted."""

    paired: tuple[tuple[str, str], ...]
    only_source: tuple[str, ...]
    only_target: tuple[str, ...]

    def joined(self, pairs: Iterable[tuple[str, str]]) -> DocumentPairs:
        """With pairs of documents that had no partner."""
        new = list(pairs)
        sources, targets = {source for source, _ in new}, {target for _, target in new}
        return DocumentPairs(
            tuple(sorted([*self.paired, *new])),
            tuple(path for path in self.only_source if path not in sources),
            tuple(path for path in self.only_target if path not in targets),
        )


def pair_documents(
    source: Iterable[str],
    target: Iterable[str],
    by_hand: Mapping[str, str | None] = NOTHING_BY_HAND,
    own: Collection[str] = (),
) -> DocumentPairs:
    """Documents of the same path belong together, unless a person has said otherwise.

    `by_hand` gives a source document's target, or None if it has none; what it names and is not there is
    passed over. A target that a person has given away is not paired by its path. Targets that are the
    translators' `own` are left out.
    """
    left, right = set(source), set(target).difference(own)
    settled = {path: partner for path, partner in by_hand.items() if path in left}
    paired = {path: partner for path, partner in settled.items() if partner in right}
    free = right.difference(paired.values())
    paired |= {path: path for path in left.difference(settled) & free}
    return DocumentPairs(
        tuple(sorted((path, str(partner)) for path, partner in paired.items())),
        tuple(sorted(left.difference(paired))),
        tuple(sorted(right.difference(paired.values()))),
    )
