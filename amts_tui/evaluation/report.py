"""Scores of a run by chapter, document or segment, and the files that carry them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from amts_tui.corpus.files import write_atomically
from amts_tui.evaluation.metrics import Scorer, Scores, Statistics, Step
from amts_tui.evaluation.units import ScoredDocument, ScoredSegment


class By(StrEnum):
    """What a row of a report stands for."""

    CHAPTER = "chapter"
    DOCUMENT = "document"
    SEGMENT = "segment"


@dataclass(frozen=True, slots=True)
class Row:
    """The scores of one chapter, document or segment."""

    name: str
    segments: int
    scores: Scores

    def value(self) -> dict[str, object]:
        """The row as JSON."""
        return {"name": self.name, "segments": self.segments, **asdict(self.scores)}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of a run, or of a folder without a project (`run` is None).

    `direction` is `en-zh` and the like; `leaked` names scored documents that are in the run's parallel data;
    `aligned` those whose hypothesis was found by alignment; `unscored` counts reference segments that have no
    counterpart or may not be scored.
    """

    run: str | None
    direction: str
    signature: str
    leaked: tuple[str, ...]
    total: Row
    by: tuple[Row, ...]
    aligned: tuple[str, ...]
    unscored: int

    def value(self) -> dict[str, object]:
        """The JSON value of `amts evaluate` and `amts score`."""
        total = self.total.value()
        del total["name"]
        return {
            "run": self.run,
            "direction": self.direction,
            "signature": self.signature,
            "leaked": list(self.leaked),
            "total": total,
            "by": [row.value() for row in self.by],
        }


def evaluate(
    documents: Sequence[ScoredDocument],
    scorer: Scorer,
    *,
    by: By,
    direction: str,
    run: str | None = None,
    parallel_data: Iterable[str] = (),
    step: Step = lambda _done, _all: None,
) -> Evaluation:
    """Scores documents; rows come in the order of `documents`. `parallel_data` names the documents that the
    run learned from; `step` is called before each segment.
    """
    segments = [segment for document in documents for segment in document.segments]
    statistics = scorer.statistics(
        [segment.hypothesis for segment in segments], [segment.reference for segment in segments], step
    )
    learned = set(parallel_data)
    return Evaluation(
        run=run,
        direction=direction,
        signature=scorer.signature,
        leaked=tuple(document.document for document in documents if document.document in learned),
        total=Row("total", len(segments), scorer.corpus(statistics)),
        by=_rows(segments, statistics, scorer, by),
        aligned=tuple(document.document for document in documents if document.aligned),
        unscored=sum(document.unscored for document in documents),
    )


def _rows(
    segments: Sequence[ScoredSegment], statistics: Sequence[Statistics], scorer: Scorer, by: By
) -> tuple[Row, ...]:
    if by is By.SEGMENT:
        return tuple(
            Row(f"{segment.document}#{segment.ordinal + 1}", 1, scorer.sentence(counts))
            for segment, counts in zip(segments, statistics, strict=True)
        )
    members: dict[str, list[Statistics]] = {}
    for segment, counts in zip(segments, statistics, strict=True):
        name = segment.chapter if by is By.CHAPTER else segment.document
        members.setdefault(name, []).append(counts)
    return tuple(Row(name, len(counts), scorer.corpus(counts)) for name, counts in members.items())


def write_segments(path: Path, segments: Iterable[ScoredSegment]) -> None:
    """Writes one JSON object a line: `document`, `chapter`, `source`, `hypothesis`, `reference`."""
    keys = ("document", "chapter", "source", "hypothesis", "reference")
    lines = (
        json.dumps({key: getattr(segment, key) for key in keys}, ensure_ascii=False) + "\n"
        for segment in segments
    )
    write_atomically(path, "".join(lines))
