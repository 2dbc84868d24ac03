"""What translation costs, in US dollars; an estimate until the characters of a finished job are known."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final


@dataclass(frozen=True, slots=True)
class Rates:
    """USD per million source characters, white space and punctuation included, as they stood on `as_of`."""

    as_of: date
    standard: Decimal
    active_custom: Decimal

    def per_million(self, *, act: bool) -> Decimal:
        """The rate of a job: with parallel data (`act`) or without."""
        return self.active_custom if act else self.standard


RATES: Final = Rates(as_of=date(2026, 11, 22), standard=Decimal("15.00"), active_custom=Decimal("60.00"))
"""Public notes agree on these numbers; aws.amazon.com/translate/pricing decides."""

_MILLION: Final = Decimal(1_000_000)


def cost_usd(characters: int, *, act: bool, rates: Rates = RATES) -> Decimal:
    """The exact price, not rounded, of `characters` billed characters (the sum over the targets)."""
    return Decimal(characters) * rates.per_million(act=act) / _MILLION


def estimate_usd(
    characters: int, targets: Collection[str], *, source: str | None = None, act: bool, rates: Rates = RATES
) -> Decimal:
    """The estimated price, to the cent, of sending `characters` once to each of `targets`.

    A target equal to `source` is free of charge.
    """
    billed = sum(1 for target in targets if target != source)
    return cost_usd(characters * billed, act=act, rates=rates).quantize(
        Decimal("0.01"), rounding=ROUND_HALF_UP
    )
