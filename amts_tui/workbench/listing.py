"""Listing beads over documents and pipelines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from amts_tui.corpus.model import Bead, Mark, Status
from amts_tui.workbench.choosing import chosen
from amts_tui.workbench.reasons import reasons
from amts_tui.workbench.session import Pipeline, Workbench


@dataclass(frozen=True, slots=True)
class Filter:
    """Which beads are listed; what is empty or None lets everything through."""

    globs: tuple[str, ...] = ()
    statuses: frozenset[Status] = frozenset()
    max_confidence: float | None = None
    stale: bool = False

    def lets(self, bead: Bead) -> bool:
        """Whether a bead is listed."""
        return (
            (not self.statuses or bead.status in self.statuses)
            and (self.max_confidence is None or bead.confidence <= self.max_confidence)
            and (not self.stale or Mark.STALE in bead.marks)
        )


@dataclass(frozen=True, slots=True)
class ListedBead:
    """A bead as `amts beads` shows it; texts as in the file."""

    pipeline: str
    id: str
    document: str
    status: str
    marks: tuple[str, ...]
    confidence: float
    source: tuple[str, ...]
    target: tuple[str, ...]
    origins: tuple[str, ...]
    note: str
    reasons: tuple[str, ...]

    def value(self) -> dict[str, Any]:
        """The JSON object of `amts beads`."""
        return {
            "id": self.id,
            "pipeline": self.pipeline,
            "document": self.document,
            "status": self.status,
            "marks": list(self.marks),
            "note": self.note,
            "confidence": round(self.confidence, 4),
            "reasons": list(self.reasons),
            "source": list(self.source),
            "target": list(self.target),
            "origins": list(self.origins),
        }


def beads(workbench: Workbench, pipelines: Sequence[Pipeline], which: Filter) -> list[ListedBead]:
    """The beads that a filter lets through, by pipeline and document. Raises AmtsError if a glob fits no
    aligned document.
    """
    found: list[ListedBead] = []
    for pipeline in pipelines:
        paths = [stored.source_path for stored in workbench.workspace.documents(pipeline.store)]
        for path in chosen(paths, which.globs):
            found += [
                _listed(pipeline, path, bead) for bead in workbench.beads(pipeline, path) if which.lets(bead)
            ]
    return found


def _listed(pipeline: Pipeline, path: str, bead: Bead) -> ListedBead:
    marks = sorted(mark.value for mark in bead.marks)
    return ListedBead(
        pipeline.name,
        bead.id,
        path,
        bead.status.value,
        tuple([*marks, "note"] if bead.note else marks),
        bead.confidence,
        tuple(unit.raw for unit in bead.source),
        tuple(unit.raw for unit in bead.target),
        tuple(unit.origin.value for unit in bead.target),
        bead.note,
        tuple(reasons(bead)),
    )
