"""Finding and replacing in the translations of a document or of the whole book: one entry of the journal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from amts_tui.corpus.replacing import Replacement, replacements, replacing
from amts_tui.corpus.searching import Search
from amts_tui.errors import AmtsError, Cancelled
from amts_tui.workbench.session import Pipeline, Workbench

__all__ = ["DocumentReplacements", "Replacement", "preview", "replace"]


@dataclass(frozen=True, slots=True)
class DocumentReplacements:
    """What would be replaced in one document, in its order."""

    document: str
    replacements: tuple[Replacement, ...]


def preview(
    workbench: Workbench,
    pipeline: Pipeline,
    search: Search,
    by: str,
    document: str | None = None,
    *,
    report: Callable[[int, int, str], None] = lambda _done, _total, _what: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[DocumentReplacements]:
    """What would become of the translations of a document, or of all aligned ones, in the project's target
    book whatever the direction. Nothing is changed.

    Raises AmtsError if the pattern or `by` is not sound, Cancelled.
    """
    known = workbench.workspace.documents(pipeline.store)
    chosen = [stored for stored in known if document in (None, stored.source_path)]
    found: list[DocumentReplacements] = []
    for done, stored in enumerate(chosen):
        if cancelled():
            raise Cancelled("searching was stopped")
        report(done, len(chosen), stored.source_path)
        beads = workbench.workspace.beads(stored.id)
        of_document = tuple(replacements(beads, search, by, stored.target_path))
        if of_document:
            found.append(DocumentReplacements(stored.source_path, of_document))
    report(len(chosen), len(chosen), "")
    return found


def replace(
    workbench: Workbench,
    pipeline: Pipeline,
    search: Search,
    by: str,
    chosen: Mapping[str, Sequence[Replacement]],
) -> int:
    """Carries chosen replacements out, by document, as one entry of the journal; returns how many texts that
    changed.

    Raises AmtsError, and then has changed nothing, if a text is no longer what it was.
    """
    workbench.writable()
    changes = {}
    for path, of_document in chosen.items():
        stored = workbench.stored(pipeline, path)
        made = replacing(workbench.workspace.beads(stored.id), of_document, stored.target_path)
        if made:
            changes[stored.id] = made
    if not changes:
        raise AmtsError("replace: nothing to change")
    count = sum(len(of_document) for of_document in chosen.values())
    workbench.journal.record(f"replace “{search.text}” by “{by}” in {count} texts", changes)
    return count
