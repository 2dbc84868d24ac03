"""The characters that will be billed and what they cost, before anything is sent."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from amts_tui.amazon.rates import RATES, cost_usd, estimate_usd
from amts_tui.errors import AmtsError

_PARAGRAPH: Final = re.compile(r"<p\b[^>]*>(.*?)</p>", re.DOTALL)
_TAG: Final = re.compile(r"<[^>]*>")


def html_characters(page: str) -> int:
    """The characters (code points) of text in the paragraphs of a page that this program wrote.

    Protected items count; tags, and blanks between paragraphs, do not.
    """
    texts = (html.unescape(_TAG.sub("", inside)) for inside in _PARAGRAPH.findall(page))
    return sum(len(text) for text in texts if text.strip())


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a job or a run of TranslateText will cost; `characters` for one target, `rate` in USD per
    million.
    """

    documents: int
    characters: int
    source: str
    targets: tuple[str, ...]
    act: bool

    @property
    def rate(self) -> Decimal:
        """USD per million characters."""
        return RATES.per_million(act=self.act)

    @property
    def usd(self) -> Decimal:
        """The estimated cost over all targets, to the cent."""
        return estimate_usd(self.characters, self.targets, source=self.source, act=self.act)

    def check(self, max_job_cost_usd: float | None) -> None:
        """Raises AmtsError if the exact cost is above what the project allows for one job."""
        billed = sum(target != self.source for target in self.targets)
        if max_job_cost_usd is None:
            return
        cost = cost_usd(self.characters * billed, act=self.act)
        if cost > Decimal(str(max_job_cost_usd)):
            raise AmtsError(
                f"this would cost about ${self.usd} ({self.characters:,} characters x {billed} targets at "
                f"${self.rate} per million), more than max_job_cost_usd = {max_job_cost_usd:g}",
                remedy="choose fewer documents or raise the limit under [aws] in amts.toml",
            )
