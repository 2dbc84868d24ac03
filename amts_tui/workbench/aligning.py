"""Aligning the documents of a pipeline: what is new or changed, around all that a person has touched."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial

from amts_tui.alignment.documents import SURE, Mode, TextPair, align_many, document_pair
from amts_tui.alignment.model import Fixed, Link
from amts_tui.alignment.similarity import Similarity, choose
from amts_tui.alignment.trust import trusted
from amts_tui.corpus.model import Bead, units_of
from amts_tui.corpus.overlay import changes_between
from amts_tui.corpus.renewal import Plan, finish, plan_renewal
from amts_tui.corpus.workspace import StoredDocument
from amts_tui.errors import AmtsError
from amts_tui.workbench.choosing import chosen
from amts_tui.workbench.experience import Experience, LexiconStore, experience
from amts_tui.workbench.languages import sentence_notes
from amts_tui.workbench.session import Pipeline, Workbench

__all__ = ["AlignSummary", "AlignedDocument", "Mode", "Realigner", "align"]

ProgressCall = Callable[[int, int, str], None]

_ENOUGH_NEW = 20
_BY_FILE = "file"


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
    should know: of the languages (`notes`), and of documents that were passed over (`passed_over`).
    """

    aligned: tuple[AlignedDocument, ...]
    up_to_date: int
    failed: tuple[str, ...]
    notes: tuple[str, ...]
    passed_over: tuple[str, ...]


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
    settled = 2 * len(due) <= len(paired)
    teacher = _Teacher(workbench, pipeline, similarity, known, threads=threads)
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
    for task, links in zip(tasks, found, strict=True):
        sure += sum(link.confidence >= SURE and bool(link.source and link.target) for link in links)
        try:
            aligned.append(_commit(workbench, pipeline, task, links, measure.name, known.offset))
        except AmtsError as error:
            failed.append(f"{task.stored.source_path}: {error}")
    if mode == "thorough" and not settled:
        teacher.keep(last[-1], sure)
    return AlignSummary(tuple(aligned), len(ready) - len(due), tuple(failed), notes, passed_over)


class Realigner:
    """Aligns documents of one pipeline anew, again and again, around all that a person has touched: the
    encoder and the lexicon stay at hand.
    """

    def __init__(self, workbench: Workbench, pipeline: Pipeline) -> None:
        self.pipeline = pipeline.forward
        self._workbench = workbench
        self._touched: dict[str, int] = {}
        self._known: Experience | None = None
        self._measures: dict[str, Similarity] = {}

    def realign(self, path: str, *, cancelled: Callable[[], bool] = lambda: False) -> AlignedDocument:
        """Aligns one document. Raises AmtsError if it has not been aligned before or somebody works on it."""
        self._workbench.writable()
        stored = self._workbench.stored(self.pipeline, path)
        task = _task(self._workbench, self.pipeline, path, stored.target_path, again=True)
        known = self._experience(path, task.before)
        name = stored.aligner if stored.aligner not in ("", _BY_FILE) else "default"
        if name not in self._measures:
            self._measures[name] = _Teacher(self._workbench, self.pipeline, name, known).taught()
        measure = self._measures[name]
        links = next(iter(align_many([task.pair], measure, cancelled=cancelled)))
        return _commit(
            self._workbench, self.pipeline, task, links, stored.aligner, known.offset, action="re-align"
        )

    def _experience(self, path: str, beads: Sequence[Bead]) -> Experience:
        """What is known, learned anew after enough beads have been touched."""
        touched = sum(bead.touched for bead in beads)
        if self._known is None or touched - self._touched.setdefault(path, touched) >= _ENOUGH_NEW:
            self._known = experience(self._workbench, self.pipeline)
            self._measures.clear()
            self._touched = {path: touched}
        return self._known


class _Teacher:
    """Similarities that know, or do not know yet, what is known of a book."""

    def __init__(
        self,
        workbench: Workbench,
        pipeline: Pipeline,
        similarity: str,
        known: Experience,
        *,
        threads: int = 2,
    ) -> None:
        self._choose = partial(
            choose,
            pipeline.source_lang,
            pipeline.target_lang,
            similarity,
            cache=workbench.project.work / "embeddings",
            threads=threads,
            seeds=known.seeds,
        )
        self._known = known
        self.untaught = self._choose()
        self._store = LexiconStore(workbench.project.work / "lexicon", pipeline, self.untaught.name)

    def taught(self) -> Similarity:
        """With the lexicon of the book as it is."""
        if lexicon := self._store.load(self._known):
            return self._choose(lexicon=lexicon)
        measure = self.untaught.learned(self._known.beads)
        self.keep(measure, len(self._known.beads))
        return measure

    def keep(self, measure: Similarity, beads: int) -> None:
        """Keeps what a similarity has learned from so many beads and all that people settled."""
        if measure.lexicon:
            self._store.save(measure.lexicon, len(self._known.seeds), beads)


def _tasks(
    workbench: Workbench,
    pipeline: Pipeline,
    due: Collection[tuple[str, str]],
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
    workbench: Workbench,
    pipeline: Pipeline,
    task: _Task,
    links: Sequence[Link],
    aligner: str,
    offset: float,
    *,
    action: str = "align",
) -> AlignedDocument:
    """Writes a document's new beads. Raises AmtsError if somebody has worked on it meanwhile."""
    stored, workspace = task.stored, workbench.workspace
    aligned = [(link.source, link.target, trusted(link.confidence, offset), link.doubts) for link in links]
    renewal = finish(task.plan, aligned, workbench.id_maker(stored))
    # Text that has left the book goes to the memory first, so that no crash in between can lose it.
    workbench.remember(stored, renewal.lost)
    if stored.aligner:
        changes = changes_between(task.before, renewal.beads)
        if changes:
            workbench.journal.record(f"{action} {stored.source_path}", {stored.id: changes})
    else:
        workspace.replace_beads(stored.id, renewal.beads, revision=stored.revision)
    workspace.put_document(
        pipeline.store,
        stored.source_path,
        task.target_path,
        source_hash=task.hashes[0],
        target_hash=task.hashes[1],
        aligner=aligner,
    )
    return AlignedDocument(pipeline.name, stored.source_path, len(renewal.beads), renewal.kept)
