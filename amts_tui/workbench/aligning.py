"""Aligning the documents of a pipeline: what is new or changed, around all that a person has touched."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from amts_tui.alignment.documents import SURE, Mode, align_many
from amts_tui.alignment.threads import limited
from amts_tui.errors import AmtsError
from amts_tui.workbench.align_tasks import AlignedDocument, Task, Teacher, commit, plan, read
from amts_tui.workbench.choosing import chosen
from amts_tui.workbench.experience import experience
from amts_tui.workbench.languages import sentence_notes
from amts_tui.workbench.moving import Moved, moved
from amts_tui.workbench.session import Pipeline, Workbench

__all__ = ["AlignSummary", "AlignedDocument", "Mode", "align"]

ProgressCall = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class AlignSummary:
    """The outcome: what was aligned, what was up to date, what failed (one line each), and what the user
    should know: of the languages (`notes`), of documents that were passed over (`passed_over`), and of
    passages that seem moved (`crossings`).
    """

    aligned: tuple[AlignedDocument, ...]
    up_to_date: int
    failed: tuple[str, ...]
    notes: tuple[str, ...]
    passed_over: tuple[str, ...] = ()
    crossings: tuple[Moved, ...] = ()


def align(
    workbench: Workbench,
    pipeline: Pipeline,
    globs: Sequence[str] = (),
    *,
    similarity: str = "default",
    mode: Mode = "thorough",
    again: bool = False,
    threads: int = 2,
    executor: Executor | None = None,
    progress: ProgressCall = lambda _done, _all, _name: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> AlignSummary:
    """Aligns the documents that are new or changed (`again`: all chosen ones). Each finished document is
    committed at once.

    A document that cannot be read, or that somebody changed meanwhile, is listed in `failed` and the rest is
    finished. `threads` are those of each process. Raises Cancelled when `cancelled()` says so, AmtsError for
    a glob without documents or an unknown similarity.
    """
    workbench.writable()
    pipeline = pipeline.forward
    states = workbench.documents(pipeline)
    wanted = set(chosen([state.path for state in states], globs))
    paired = [state for state in states if state.target_path is not None and state.state != "no source"]
    passed_over = tuple(
        f"{state.path}: {state.state}" for state in states if state.path in wanted and state not in paired
    )
    ready = [state for state in paired if state.path in wanted]
    due = {state.path: str(state.target_path) for state in ready if again or state.state != "aligned"}
    if not due:
        return AlignSummary((), len(ready), (), (), passed_over)
    known = experience(workbench, pipeline, due)
    # With half of the book aligned, its words are known well enough to do without a first look at the rest.
    others = [state for state in paired if state.path not in due and state.state != "new"]
    settled = len(others) >= len(due)
    teacher = Teacher(workbench, pipeline, similarity, known, threads=threads)
    measure = teacher.taught() if settled else teacher.untaught
    notes = sentence_notes(pipeline.source_lang, pipeline.target_lang, reading=workbench.project.reading)
    notes += (measure.note,) if measure.note else ()
    failed: list[str] = []
    tasks = list(_tasks(workbench, pipeline, due.items(), failed, again=again))

    def report(done: int, steps: int) -> None:
        progress(done, steps, tasks[done % len(tasks)].stored.source_path if done < steps else "")

    aligned: list[AlignedDocument] = []
    last = [measure]
    sure = len(known.beads)
    found = align_many(
        [task.pair for task in tasks],
        measure,
        mode=mode,
        beads=known.beads,
        learned=last.append,
        progress=report,
        cancelled=cancelled,
        executor=executor,
    )
    crossings: list[Moved] = []
    with limited(threads):
        for task, links in zip(tasks, found, strict=True):
            sure += sum(link.confidence >= SURE and bool(link.source and link.target) for link in links)
            passages, noted = moved(task.stored.source_path, task.pair, links, last[-1])
            try:
                aligned.append(commit(workbench, pipeline, task, noted, measure.name, known.offset))
                crossings += passages
            except AmtsError as error:
                failed.append(f"{task.stored.source_path}: {error}")
    if mode == "thorough" and not settled:
        teacher.keep(last[-1], sure)
    return AlignSummary(
        tuple(aligned), len(ready) - len(due), tuple(failed), notes, passed_over, tuple(crossings)
    )


def _tasks(
    workbench: Workbench,
    pipeline: Pipeline,
    due: Collection[tuple[str, str]],
    failed: list[str],
    *,
    again: bool,
) -> Iterator[Task]:
    for path, target_path in due:
        try:
            texts = read(workbench, pipeline, path, target_path)
            stored = workbench.workspace.document(pipeline.store, path)
            if stored is None:
                stored = workbench.workspace.put_document(pipeline.store, path, target_path)
            yield plan(workbench, pipeline, stored, texts, not again)
        except AmtsError as error:
            failed.append(str(error))
