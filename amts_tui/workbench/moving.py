"""Passages that seem to stand elsewhere in a translation, by the rows of the alignment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from amts_tui.alignment.documents import TextPair
from amts_tui.alignment.model import Link
from amts_tui.alignment.similarity import Similarity
from amts_tui.corpus.doubts import Reason

if TYPE_CHECKING:
    from amts_tui.alignment.crossings import Run


@dataclass(frozen=True, slots=True)
class Moved:
    """A passage of a document that seems moved: the rows (first and last, from 1) where its source and its
    translation stand, and how sure that is, 0..1.
    """

    document: str
    source_rows: tuple[int, int]
    target_rows: tuple[int, int]
    confidence: float

    def __str__(self) -> str:
        places = (
            f"{side} {_rows(rows)}" for side, rows in zip(("source", "target"), self._places, strict=True)
        )
        return f"{self.document}: a passage seems moved: {' and '.join(places)}; look at them in Align"

    @property
    def _places(self) -> tuple[tuple[int, int], tuple[int, int]]:
        return self.source_rows, self.target_rows


def moved(
    document: str, pair: TextPair, links: Sequence[Link], similarity: Similarity
) -> tuple[list[Moved], list[Link]]:
    """The moved passages of an aligned document, and its links, each that leaves text of them alone with that
    as its first doubt.
    """
    from amts_tui.alignment.crossings import crossings  # with numpy: the workbench opens without it

    source_texts, target_texts = ([unit.text for unit in side.units] for side in (pair.source, pair.target))
    found, noted = [], list(links)
    for one in crossings(source_texts, target_texts, links, similarity):
        source = [row for row, link in enumerate(links) if _within(link.source, one.source)]
        target = [row for row, link in enumerate(links) if _within(link.target, one.target)]
        places = (source[0] + 1, source[-1] + 1), (target[0] + 1, target[-1] + 1)
        found.append(Moved(document, *places, round(one.confidence, 2)))
        for rows, partner in ((source, places[1]), (target, places[0])):
            for row in rows:
                if not (links[row].source and links[row].target):
                    noted[row] = _doubted(noted[row], partner)
    return found, noted


def _doubted(link: Link, partner: tuple[int, int]) -> Link:
    reasons = (Reason.MOVED, *(one for one in link.doubts.reasons if one is not Reason.MOVED))
    return replace(link, doubts=replace(link.doubts, reasons=reasons, partner=partner))


def _within(units: Sequence[int], run: Run) -> bool:
    return any(run[0] <= unit < run[1] for unit in units)


def _rows(rows: tuple[int, int]) -> str:
    return f"row {rows[0]}" if rows[0] == rows[1] else f"rows {rows[0]}-{rows[1]}"
