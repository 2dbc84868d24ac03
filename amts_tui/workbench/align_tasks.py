"""One document of a pipeline to align: read and planned, written; and who teaches the aligner."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import partial

from amts_tui.alignment.documents import TextPair, document_pair
from amts_tui.alignment.model import Fixed, Link
from amts_tui.alignment.similarity import Similarity, choose
from amts_tui.alignment.trust import trusted
from amts_tui.books.model import Document
from amts_tui.corpus.model import Bead, units_of
from amts_tui.corpus.overlay import changes_between
from amts_tui.corpus.renewal import Plan, finish, plan_renewal
from amts_tui.corpus.workspace import StoredDocument
from amts_tui.workbench.experience import Experience, LexiconStore
from amts_tui.workbench.session import Pipeline, Workbench


@dataclass(frozen=True, slots=True)
class AlignedDocument:
    """One document after aligning: its beads, and how many of them were there before and stayed."""

    pipeline: str
    document: str
    beads: int
    kept: int


@dataclass(frozen=True, slots=True)
class Texts:
    """Both files of a document as they were at one moment."""

    target_path: str
    hashes: tuple[str, str]
    source: Document
    target: Document


@dataclass(frozen=True, slots=True)
class Task:
    """A document about to be aligned: its record, its files and its beads at that moment."""

    stored: StoredDocument
    texts: Texts
    before: tuple[Bead, ...]
    plan: Plan
    pair: TextPair


def read(
    workbench: Workbench, pipeline: Pipeline, path: str, target_path: str, known: Texts | None = None
) -> Texts:
    """The files of a document, or what is `known` of them if they are the same."""
    hashes = (
        workbench.file_hash(pipeline.source_lang, path),
        workbench.file_hash(pipeline.target_lang, target_path),
    )
    if known and (known.target_path, known.hashes) == (target_path, hashes):
        return known
    source = workbench.read(pipeline.source_lang, path)
    return Texts(target_path, hashes, source, workbench.read(pipeline.target_lang, target_path))


def plan(
    workbench: Workbench,
    pipeline: Pipeline,
    stored: StoredDocument,
    texts: Texts,
    keep_untouched: bool | Set[str],
) -> Task:
    """What to align: `keep_untouched` as `plan_renewal` has it."""
    before = workbench.workspace.beads(stored.id)
    units = units_of(texts.source), units_of(texts.target, origin=workbench.origin(pipeline))
    renewal = plan_renewal(before, *units, keep_untouched=keep_untouched)
    fixed = [Fixed(s, t) for s, t in renewal.fixed]
    return Task(stored, texts, tuple(before), renewal, document_pair(texts.source, texts.target, fixed=fixed))


def commit(
    workbench: Workbench,
    pipeline: Pipeline,
    task: Task,
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
        task.texts.target_path,
        source_hash=task.texts.hashes[0],
        target_hash=task.texts.hashes[1],
        aligner=aligner,
    )
    return AlignedDocument(pipeline.name, stored.source_path, len(renewal.beads), renewal.kept)


class Teacher:
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
