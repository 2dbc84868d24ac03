"""Finding text in a document and in the whole book."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from amts_tui.corpus.marked import marked
from amts_tui.corpus.model import Mark
from amts_tui.corpus.searching import Hit, Search, found_rows, hits
from amts_tui.errors import Cancelled
from amts_tui.workbench.session import Pipeline, Workbench

__all__ = ["DocumentHits", "Hit", "Search", "book_hits", "bookmarks", "found_rows"]

Report = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class DocumentHits:
    """What a search found in one document, in its order."""

    document: str
    hits: tuple[Hit, ...]


def book_hits(
    workbench: Workbench,
    pipeline: Pipeline,
    search: Search,
    *,
    report: Report = lambda _done, _total, _what: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[DocumentHits]:
    """What a search finds in the aligned documents of a pipeline, by document; those without a find are left
    out.

    Raises AmtsError if the pattern is not sound or takes too long, Cancelled.
    """
    paths = [stored.source_path for stored in workbench.workspace.documents(pipeline.store)]
    found: list[DocumentHits] = []
    for done, path in enumerate(paths):
        if cancelled():
            raise Cancelled("searching was stopped")
        report(done, len(paths), path)
        of_document = tuple(hits(workbench.beads(pipeline, path), search))
        if of_document:
            found.append(DocumentHits(path, of_document))
    report(len(paths), len(paths), "")
    return found


def bookmarks(workbench: Workbench, pipeline: Pipeline) -> list[DocumentHits]:
    """The bookmarked beads of a pipeline's documents."""
    return [DocumentHits(*of) for of in marked(workbench.workspace, pipeline.store, Mark.BOOKMARK)]
