"""How alike in meaning the openings of documents are, by the default encoder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from amts_tui.alignment.fingerprints import Fingerprint
from amts_tui.alignment.partners import Compare


def comparison(cache: Path | None = None) -> Compare:
    """A comparison of titles and first words; the encoder is loaded when it is first called, if `cache` does
    not hold all vectors. It knows only some languages: ask `encoder.knows`.
    """

    def compare(source: Sequence[Fingerprint], target: Sequence[Fingerprint]) -> list[list[float]]:
        from amts_tui.alignment.encoder import Encoder

        encoder = Encoder(cache=cache)
        sides = [[text for one in side for text in (one.title, one.lead)] for side in (source, target)]
        vectors = encoder.vectors([text or " " for side in sides for text in side])
        ends = 2 * len(source)
        rows, others = vectors[:ends], vectors[ends:]
        titles = rows[::2] @ others[::2].T
        leads = rows[1::2] @ others[1::2].T
        return [
            [_mean(one, other, float(titles[i, j]), float(leads[i, j])) for j, other in enumerate(target)]
            for i, one in enumerate(source)
        ]

    return compare


def _mean(one: Fingerprint, other: Fingerprint, title: float, lead: float) -> float:
    """The mean of what both documents have; with neither a title nor text in common, nothing."""
    known = [
        value for value, both in ((title, one.title and other.title), (lead, one.lead and other.lead)) if both
    ]
    return sum(known) / len(known) if known else 0.0
