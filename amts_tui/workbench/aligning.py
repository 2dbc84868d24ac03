"""Aligning the documents of a pipeline: what is new or changed, around all that a person has touched."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from amts_tui.alignment.documents import TextPair, align_many, document_pair
from amts_tui.alignment.model import Fixed, Link
from amts_tui.alignment.similarity import Similarity, choose
from amts_tui.corpus.model import Bead, units_of
from amts_tui.corpus.overlay import changes_between
from amts_tui.corpus.renewal import Plan, finish, plan_renewal
from amts_tui.corpus.workspace import StoredDocument
from amts_tui.errors import AmtsError
from amts_tui.workbench.choosing import chosen
from amts_tui.workbench.languages import sentence_notes
from amts_tui.workbench.session import Pipeline, Workbench

__all__ = ["AlignSummary", "AlignedDocument", "align"]

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


@dataclass(frozen=True, slots=True)
class _Task:
    """A document about to be aligned: its record, its beads and its files' hashes at that moment."""

    stored: StoredDocument
    target_path: str
    before: tuple[Bead, ...]
    hashes: tuple[str, str]
    plan: Plan
    pair: TextPair


def align(
    workbench: Workbench,
    pipeline: Pipeline,
    globs: Sequence[str] = (),
    *,
    similarity: str = "default",
    again: bool = False,
    executor: Executor | None = None,
    progress: ProgressCall = lambda _done, _all, _name: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> AlignSummary:
    """Aligns the documents that are new or changed (`again`: all chosen ones). Each finished document is
    committed at once.

    A document that cannot be read, or that somebody changed meanwhile, is listed in `failed` and the rest is
    finished. Raises Cancelled when `cancelled()` says so, AmtsError for a glob without documents or an
    unknown similarity.
    """
    workbench.writable()
    pipeline = pipeline.forward
    states = workbench.documents(pipeline)
    wanted = set(chosen([state.path for state in states], globs))
    states = [state for state in states if state.path in wanted]
    paired = [state for state in states if state.target_path is not None and state.state != "no source"]
    due = [(state.path, str(state.target_path)) for state in paired if again or state.state != "aligned"]
    notes = [f"{state.path}: {state.state}" for state in states if state not in paired]
    if not due:
        return AlignSummary((), len(paired), (), tuple(notes))
    measure = choose(
        pipeline.source_lang, pipeline.target_lang, similarity, cache=workbench.project.work / "embeddings"
    )
    notes += sentence_notes(pipeline.source_lang, pipeline.target_lang, reading=workbench.project.reading)
    notes += [measure.note] if measure.note else []
    failed: list[str] = []
    tasks = list(_tasks(workbench, pipeline, due, failed, again=again))

    def report(done: int, steps: int) -> None:
        progress(done, steps, tasks[done % len(tasks)].stored.source_path if done < steps else "")

    aligned: list[AlignedDocument] = []
    found = align_many(
        [task.pair for task in tasks],
        measure,
        progress=report,
        cancelled=cancelled,
        executor=executor,
    )
    for task, links in zip(tasks, found, strict=True):
        try:
            aligned.append(_commit(workbench, pipeline, task, links, measure))
        except AmtsError as error:
            failed.append(f"{task.stored.source_path}: {error}")
    return AlignSummary(tuple(aligned), len(paired) - len(due), tuple(failed), tuple(notes))


def _tasks(
    workbench: Workbench,
    pipeline: Pipeline,
    due: Sequence[tuple[str, str]],
    failed: list[str],
    *,
    again: bool,
) -> Iterator[_Task]:
    for path, target_path in due:
        try:
            yield _task(workbench, pipeline, path, target_path, again=again)
        except AmtsError as error:
            failed.append(str(error))


def _task(workbench: Workbench, pipeline: Pipeline, path: str, target_path: str, *, again: bool) -> _Task:
    hashes = (
        workbench.file_hash(pipeline.source_lang, path),
        workbench.file_hash(pipeline.target_lang, target_path),
    )
    source = workbench.read(pipeline.source_lang, path)
    target = workbench.read(pipeline.target_lang, target_path)
    stored = workbench.workspace.document(pipeline.store, path)
    if stored is None:
        stored = workbench.workspace.put_document(pipeline.store, path, target_path)
    before = workbench.workspace.beads(stored.id)
    units = units_of(source), units_of(target, origin=workbench.origin(pipeline))
    plan = plan_renewal(before, *units, keep_untouched=not again)
    fixed = [Fixed(s, t) for s, t in plan.fixed]
    pair = document_pair(source, target, fixed=fixed)
    return _Task(stored, target_path, tuple(before), hashes, plan, pair)


def _commit(
    workbench: Workbench, pipeline: Pipeline, task: _Task, links: Sequence[Link], measure: Similarity
) -> AlignedDocument:
    """Writes a document's new beads. Raises AmtsError if somebody has worked on it meanwhile."""
    stored, workspace = task.stored, workbench.workspace
    aligned = [(link.source, link.target, link.confidence, link.doubts) for link in links]
    renewal = finish(task.plan, aligned, workbench.id_maker(stored))
    # Text that has left the book goes to the memory first, so that no crash in between can lose it.
    workbench.remember(stored, renewal.lost)
    if stored.aligner:
        changes = changes_between(task.before, renewal.beads)
        if changes:
            workbench.journal.record(f"align {stored.source_path}", {stored.id: changes})
    else:
        workspace.replace_beads(stored.id, renewal.beads, revision=stored.revision)
    workspace.put_document(
        pipeline.store,
        stored.source_path,
        task.target_path,
        source_hash=task.hashes[0],
        target_hash=task.hashes[1],
        aligner=measure.name,
    )
    return AlignedDocument(pipeline.name, stored.source_path, len(renewal.beads), renewal.kept)
