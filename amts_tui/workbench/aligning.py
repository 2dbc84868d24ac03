"""Aligning the documents of a pipeline: what is new or changed, around everything that a person has
touched.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from amts_tui.alignment.documents import align_documents
from amts_tui.alignment.model import Fixed
from amts_tui.alignment.similarity import Similarity, choose
from amts_tui.corpus.memory import memory_path, remember
from amts_tui.corpus.model import units_of
from amts_tui.corpus.overlay import changes_between
from amts_tui.corpus.renewal import FixedPoint, Renewal, Run, renew
from amts_tui.corpus.workspace import StoredDocument
from amts_tui.errors import AmtsError, Cancelled
from amts_tui.workbench.choosing import chosen
from amts_tui.workbench.session import Pipeline, Workbench

Mode = Literal["quick", "thorough"]
ProgressCall = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class AlignedDocument:
    """One document after aligning: its beads, and how many of them were there before and stayed."""

    pipeline: str
    document: str
    beads: int
    kept: int


@dataclass(frozen=True, slots=True)
class AlignSummary:
    """The outcome: what was aligned, what was up to date, what failed (one line each), and what the user
    should know.
    """

    aligned: tuple[AlignedDocument, ...]
    up_to_date: int
    failed: tuple[str, ...]
    notes: tuple[str, ...]


def align(
    workbench: Workbench,
    pipeline: Pipeline,
    globs: Sequence[str] = (),
    *,
    similarity: str = "default",
    mode: Mode = "thorough",
    again: bool = False,
    progress: ProgressCall = lambda _done, _all, _name: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> AlignSummary:
    """Aligns the documents that are new or changed (`again`: all chosen ones). Each finished document is
    committed at once.

    A document that cannot be read is listed in `failed` and the rest is finished. Raises Cancelled when
    `cancelled()` says so, AmtsError for a glob without documents or an unknown similarity.
    """
    workbench.writable()
    pipeline = pipeline.forward
    states = workbench.documents(pipeline)
    wanted = set(chosen([state.path for state in states], globs))
    paired = [
        state for state in states if state.path in wanted and state.state in ("new", "changed", "aligned")
    ]
    due = [state.path for state in paired if again or state.state != "aligned"]
    notes = [
        f"{state.path}: {state.state}"
        for state in states
        if state.path in wanted and state.tally is None and state.state.startswith("no ")
    ]
    aligned: list[AlignedDocument] = []
    failed: list[str] = []
    if due:
        measure = choose(
            pipeline.source_lang,
            pipeline.target_lang,
            similarity,
            cache=workbench.project.work / "embeddings",
        )
        notes += [measure.note] if measure.note else []
        for done, path in enumerate(due):
            if cancelled():
                raise Cancelled(
                    f"stopped: {done} of {len(due)} documents are aligned", remedy="align again to go on"
                )
            progress(done, len(due), path)
            try:
                aligned.append(_align_document(workbench, pipeline, path, measure, mode, again=again))
            except AmtsError as error:
                failed.append(str(error))
        progress(len(due), len(due), "")
    return AlignSummary(tuple(aligned), len(paired) - len(due), tuple(failed), tuple(notes))


def _align_document(
    workbench: Workbench, pipeline: Pipeline, path: str, similarity: Similarity, mode: Mode, *, again: bool
) -> AlignedDocument:
    hashes = (
        workbench.file_hash(pipeline.source_lang, path),
        workbench.file_hash(pipeline.target_lang, path),
    )
    source = workbench.read(pipeline.source_lang, path)
    target = workbench.read(pipeline.target_lang, path)
    stored = workbench.workspace.document(pipeline.store, path)
    if stored is None:
        stored = workbench.workspace.put_document(pipeline.store, path, path)
    before = workbench.workspace.beads(stored.id)

    def around(points: Sequence[FixedPoint]) -> list[tuple[Run, Run, float]]:
        fixed = [Fixed(s, t) for s, t in points if s and t]
        links = align_documents(source, target, similarity, fixed=fixed)
        return [(link.source, link.target, link.confidence) for link in links]

    renewal = renew(
        before,
        units_of(source),
        units_of(target, origin=workbench.origin(pipeline)),
        around,
        workbench.id_maker(stored),
        keep_untouched=not again,
    )
    _commit(workbench, stored, renewal, first_time=not stored.aligner, path=path)
    workbench.workspace.put_document(
        pipeline.store, path, path, source_hash=hashes[0], target_hash=hashes[1], aligner=similarity.name
    )
    return AlignedDocument(pipeline.name, path, len(renewal.beads), renewal.kept)


def _commit(
    workbench: Workbench, stored: StoredDocument, renewal: Renewal, *, first_time: bool, path: str
) -> None:
    """Text that has left the book goes to the memory first, so that no crash in between can lose it."""
    remember(memory_path(workbench.project.data, stored.pipeline), stored.source_path, renewal.lost)
    if first_time:
        workbench.workspace.replace_beads(stored.id, renewal.beads)
        return
    changes = changes_between(workbench.workspace.beads(stored.id), renewal.beads)
    if changes:
        workbench.journal.record(f"align {path}", {stored.id: changes})
