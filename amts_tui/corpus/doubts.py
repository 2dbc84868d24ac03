"""What the aligner found to say against a bead: codes that the store keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class Reason(StrEnum):
    """One thing that speaks against a bead: against its pairing, or against leaving its text alone."""

    LONGER = "longer"
    SHORTER = "shorter"
    SIMILARITY = "similarity"
    WORDS = "words"
    NUMBERS = "numbers"
    MARKS = "marks"
    NEIGHBOURS = "neighbours"
    PIECE = "piece"
    PARTNER = "partner"
    SHIFTED = "shifted"
    MOVED = "moved"


_SEEN_BACKWARDS = {Reason.LONGER: Reason.SHORTER, Reason.SHORTER: Reason.LONGER}


@dataclass(frozen=True, slots=True)
class Alternative:
    """The likeliest other bead with text of this one, and its probability.

    `source` and `target` say by how many units its runs begin and end later than the bead's own.
    """

    source: tuple[int, int]
    target: tuple[int, int]
    share: float


@dataclass(frozen=True, slots=True)
class Doubts:
    """Reasons, the weightiest first, the alternative, if there is one worth naming, and of text that seems
    moved the rows (first and last, from 1, as they were aligned) where its partner stands.
    """

    reasons: tuple[Reason, ...] = ()
    alternative: Alternative | None = None
    partner: tuple[int, int] | None = None

    def turned(self) -> Doubts:
        """The same seen from the other direction."""
        other = self.alternative
        return Doubts(
            tuple(_SEEN_BACKWARDS.get(reason, reason) for reason in self.reasons),
            other and replace(other, source=other.target, target=other.source),
            self.partner,
        )

    def value(self) -> dict[str, Any]:
        """As a JSON object; empty if there is nothing to say."""
        value: dict[str, Any] = {}
        if self.reasons:
            value["reasons"] = [reason.value for reason in self.reasons]
        if self.alternative:
            value["alternative"] = [
                *self.alternative.source,
                *self.alternative.target,
                self.alternative.share,
            ]
        if self.partner:
            value["partner"] = list(self.partner)
        return value

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> Doubts:
        """The doubts that `value` described. Raises KeyError, TypeError or ValueError for anything else."""
        reasons = tuple(Reason(reason) for reason in value.get("reasons", ()))
        alternative = partner = None
        if "alternative" in value:
            begin, end, first, last, share = value["alternative"]
            alternative = Alternative((int(begin), int(end)), (int(first), int(last)), float(share))
        if "partner" in value:
            first, last = value["partner"]
            partner = int(first), int(last)
        return cls(reasons, alternative, partner)


NO_DOUBTS = Doubts()
