"""The beads of a book that bear a mark."""

from __future__ import annotations

from collections.abc import Iterator

from amts_tui.corpus.model import Mark
from amts_tui.corpus.searching import Hit
from amts_tui.corpus.workspace import Workspace


def marked(workspace: Workspace, pipeline: str, mark: Mark) -> Iterator[tuple[str, tuple[Hit, ...]]]:
    """Documents of a pipeline with their marked beads, each shown by the first text that it holds."""
    rows = workspace.query(
        "SELECT DISTINCT d.id, d.source_path FROM documents d JOIN beads b ON b.document = d.id"
        " WHERE d.pipeline = ? AND b.marks LIKE ? ORDER BY d.source_path",
        (pipeline, f'%"{mark.value}"%'),
    )
    for document, path in rows:
        hits = tuple(
            Hit(
                row,
                bead.id,
                "source" if bead.source else "target",
                (bead.source or bead.target)[0].raw,
                (0, 0),
            )
            for row, bead in enumerate(workspace.beads(document))
            if mark in bead.marks
        )
        yield path, hits
