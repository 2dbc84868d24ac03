"""An open project: its books, its beads, its history. Everything else in this room works on one of these."""

from __future__ import annotations

import getpass
import hashlib
import os
import subprocess
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from amts_tui import project as projects
from amts_tui.alignment.pairing import DocumentPairs, pair_documents
from amts_tui.books import layout
from amts_tui.books.book import Book
from amts_tui.books.model import Document
from amts_tui.books.sentences import rules_of
from amts_tui.corpus import pairings, review
from amts_tui.corpus.curation import merge_review
from amts_tui.corpus.files import write_atomically
from amts_tui.corpus.journal import Journal
from amts_tui.corpus.memory import memory_path, remember
from amts_tui.corpus.model import Bead, BeadUnit, Origin, bead_id, units_of
from amts_tui.corpus.overlay import changes_between
from amts_tui.corpus.workspace import StoredDocument, Tally, Workspace
from amts_tui.errors import AmtsError, NotFound
from amts_tui.workbench import logs
from amts_tui.workbench.books import Books
from amts_tui.workbench.partnering import Partnering, Question, Texts
from amts_tui.workbench.sentence_store import SentenceStore

DOUBTFUL_BELOW = 0.6
"""Confidence under which an untouched bead counts as doubtful."""


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A direction of the project. `store` is the name under which its beads are kept: that of the forward
    direction.
    """

    source_lang: str
    target_lang: str
    reverse: bool = False

    @property
    def name(self) -> str:
        """`en-zh`, or `zh-en` for the reverse."""
        return f"{self.source_lang}-{self.target_lang}"

    @property
    def forward(self) -> Pipeline:
        """The direction from the project's source book: the one in which beads are kept."""
        return Pipeline(self.target_lang, self.source_lang) if self.reverse else self

    @property
    def store(self) -> str:
        """The name under which beads of both directions are kept."""
        return self.forward.name


@dataclass(frozen=True, slots=True)
class DocumentState:
    """A document of the source book (or, unpaired, of the target book) and how far it is.

    `state` is `aligned`, `changed` (a file has changed since), `new` (never aligned), `no target` or
    `no source`.
    """

    path: str
    target_path: str | None
    chapter: str
    state: str
    tally: Tally | None


class Workbench:
    """A project that is open. Close it, or use it as a context manager: then the review files are brought
    up to date.
    """

    def __init__(self, project: projects.Project, workspace: Workspace, *, read_only: bool = False) -> None:
        self.project = project
        self.workspace = workspace
        self.read_only = read_only
        self.journal = Journal(workspace, _author(project.root))
        self._unmerged: dict[str, str] = {}
        self._taken: set[str] | None = None
        self._books = Books(project)
        self.sentences = SentenceStore(project.work / "sentences", read_only=read_only)
        self.partnering = Partnering(project.work / "pairing", project.reading, read_only=read_only)
        logs.begin(project.work)

    @classmethod
    def open(cls, start: Path, *, read_only: bool = False) -> Self:
        """Opens the project in `start` or the nearest one above. Raises AmtsError."""
        project = projects.load(projects.find(start))
        workspace = Workspace(project.work / "workspace.db")
        workbench = cls(project, workspace, read_only=read_only)
        try:
            workbench.load_reviews()
        except BaseException:
            workspace.close()
            logs.end(project.work)
            raise
        return workbench

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Writes what is due to the review files and closes the workspace."""
        try:
            self.save_reviews()
        finally:
            self.workspace.close()
            self._books.close()
            self.sentences.close()
            logs.end(self.project.work)

    def writable(self) -> None:
        """Raises AmtsError if the project was opened read-only."""
        if self.read_only:
            raise AmtsError("the project is open read-only", remedy="open it without --read-only")

    @property
    def troubles(self) -> dict[str, str]:
        """A line for each review file that could not be merged and each file that had to be left out of the
        books as they were last listed.
        """
        return self._unmerged | self._books.troubles

    # ---- directions and books

    def pipelines(self) -> list[Pipeline]:
        """The project's directions, forward."""
        settings = self.project.settings
        return [Pipeline(settings.source.lang, target) for target in settings.targets]

    def pipeline(self, target: str | None = None, *, reverse: bool = False) -> Pipeline:
        """The pipeline of a target language; without one, the project's only one."""
        targets = list(self.project.settings.targets)
        if target is None:
            if len(targets) > 1:
                raise AmtsError("the project has several targets", remedy=f"say --target {'|'.join(targets)}")
            target = targets[0]
        if target not in targets:
            raise NotFound(f"the project has no target {target}", remedy=f"it has {', '.join(targets)}")
        source = self.project.settings.source.lang
        return Pipeline(target, source, reverse=True) if reverse else Pipeline(source, target)

    def chosen_pipelines(self, targets: Sequence[str] = ()) -> list[Pipeline]:
        """The pipelines of the named targets; all of them when none is named."""
        return [self.pipeline(target) for target in targets] if targets else self.pipelines()

    def book(self, lang: str) -> Book:
        """The book in a language. Raises AmtsError if its git revision cannot be had."""
        return self._books.book(lang)

    def document_paths(self, lang: str) -> list[str]:
        """The documents of the book in a language, in reading order of their paths. Raises AmtsError."""
        return self._books.documents(lang)

    def chapter(self, path: str) -> str:
        """The chapter of a document."""
        return layout.chapter_of(path, self.project.settings.project.chapter_depth)

    def file(self, lang: str, path: str) -> Path:
        """Where a document lies on disk. Raises AmtsError for a book at a git revision."""
        return self.book(lang).file(path)

    def read(self, lang: str, path: str) -> Document:
        """A document of the book in a language. Raises AmtsError with its place."""
        return self.book(lang).read(path, self.project.reading, self.sentences)

    def file_hash(self, lang: str, path: str) -> str:
        """Identifies a document's bytes, how they are read, the rules for sentences included, and, in a
        target book, who wrote them; empty for no file.
        """
        target = self.project.settings.targets.get(lang)
        writer = b"machine" if target is not None and target.origin == "machine" else b""
        reading = self.project.reading.fingerprint(lang)
        try:
            data = self.book(lang).data(path)
            digest = hashlib.blake2b(data, digest_size=16, key=reading, person=writer, salt=rules_of(lang))
            return digest.hexdigest()
        except AmtsError:
            return ""

    def units(self, pipeline: Pipeline, stored: StoredDocument) -> tuple[list[BeadUnit], list[BeadUnit]]:
        """The units of both sides of a document as its files are now, in the direction of the store."""
        forward = pipeline.forward
        return (
            units_of(self.read(forward.source_lang, stored.source_path)),
            units_of(self.read(forward.target_lang, stored.target_path), origin=self.origin(forward)),
        )

    def origin(self, pipeline: Pipeline) -> Origin:
        """Who wrote the target book, by the project file."""
        return Origin(self.project.settings.targets[pipeline.target_lang].origin)

    # ---- documents and beads

    def document_pairs(self, pipeline: Pipeline) -> DocumentPairs:
        """Which documents belong together, in the forward direction: by hand, else by path, else by what
        their texts share.
        """
        question = self.pairing_question(pipeline)
        found = self.partnering.partners(question).certain
        return question.settled.joined((one.source, one.target) for one in found)

    def pairing_question(self, pipeline: Pipeline) -> Question:
        """The documents of both books, in the forward direction, as paths and people pair them."""
        forward = pipeline.forward
        source, target = (
            Texts(lang, self.document_paths(lang), partial(self._data, lang), partial(self.file_hash, lang))
            for lang in (forward.source_lang, forward.target_lang)
        )
        by_hand = pairings.read(self.project.data, forward.store)
        stored = self.workspace.documents(forward.store)
        return Question(
            source,
            target,
            pair_documents(source.paths, target.paths, by_hand.partners, by_hand.own),
            before={document.source_path: document.target_path for document in stored},
            alone=[path for path, partner in by_hand.partners.items() if partner is None],
        )

    def _data(self, lang: str, path: str) -> bytes:
        return self.book(lang).data(path)

    def documents(self, pipeline: Pipeline) -> list[DocumentState]:
        """The documents of both books with their state, by path; unpaired ones of the target book last,
        without those that a person calls the translators' own.

        In both directions a document is named by its path in the project's source book.
        """
        pairs = self.document_pairs(pipeline)
        stored = {document.source_path: document for document in self.workspace.documents(pipeline.store)}
        without = ("no source", "no target") if pipeline.reverse else ("no target", "no source")
        states = [self._state(pipeline, *pair, stored.get(pair[0])) for pair in pairs.paired]
        states += [self._alone(path, None, without[0]) for path in pairs.only_source]
        states.sort(key=lambda state: state.path)
        return states + [self._alone(path, path, without[1]) for path in pairs.only_target]

    def _alone(self, path: str, target_path: str | None, state: str) -> DocumentState:
        return DocumentState(path, target_path, self.chapter(path), state, None)

    def _state(
        self, pipeline: Pipeline, path: str, target_path: str, stored: StoredDocument | None
    ) -> DocumentState:
        if stored is None or not stored.aligner:
            state = "new"
        elif stored.target_path == target_path and self.up_to_date(pipeline, stored):
            state = "aligned"
        else:
            state = "changed"
        tally = self.workspace.tally(stored.id, DOUBTFUL_BELOW) if stored else None
        return DocumentState(path, target_path, self.chapter(path), state, tally)

    def up_to_date(self, pipeline: Pipeline, stored: StoredDocument) -> bool:
        """Whether the files are still those that were aligned."""
        forward = pipeline.forward
        return (
            self.file_hash(forward.source_lang, stored.source_path) == stored.source_hash
            and self.file_hash(forward.target_lang, stored.target_path) == stored.target_hash
        )

    def stored(self, pipeline: Pipeline, path: str) -> StoredDocument:
        """The workspace's record of a document. Raises NotFound if it has not been aligned."""
        stored = self.workspace.document(pipeline.store, path)
        if stored is None:
            raise NotFound(
                f"{path} has not been aligned in {pipeline.name}",
                remedy=f"run `amts align --document {path}`"
                if path in self.document_paths(pipeline.source_lang)
                else "`amts documents list` shows the documents",
            )
        return stored

    def beads(self, pipeline: Pipeline, path: str) -> list[Bead]:
        """The beads of a document, in the direction of the pipeline; empty if it has not been aligned."""
        stored = self.workspace.document(pipeline.store, path)
        beads = [] if stored is None else self.workspace.beads(stored.id)
        return [turned(bead) for bead in beads] if pipeline.reverse else beads

    def id_maker(
        self, stored: StoredDocument, avoid: Iterable[str] = ()
    ) -> Callable[[Sequence[BeadUnit], Sequence[BeadUnit]], str]:
        """Makes new bead ids for a document, other than those in the workspace and those to `avoid`."""
        if self._taken is None:
            self._taken = self.workspace.taken_ids()
        self._taken.update(avoid)
        taken = self._taken
        scope = f"{stored.pipeline}/{stored.source_path}"
        return lambda source, target: bead_id(scope, source, target, taken)

    # ---- review files

    def review_file(self, stored: StoredDocument) -> Path:
        """The review file of a document."""
        return review.review_path(self.project.data, stored.pipeline, stored.source_path)

    def save_reviews(self) -> None:
        """Brings the review files of all changed documents up to date."""
        if self.read_only:
            return
        for stored in self.workspace.reviews_due():
            path = self.review_file(stored)
            if not self._merged(stored):
                continue
            stored = self.workspace.document_by_id(stored.id)
            text = review.render(stored.source_path, stored.target_path, self.workspace.beads(stored.id))
            if text is None:
                path.unlink(missing_ok=True)
            elif not path.exists() or path.read_bytes() != text.encode("utf-8"):
                write_atomically(path, text)
            self.workspace.review_written(stored.id, _hash(text), text or "", stored.revision)

    def load_reviews(self) -> None:
        """Merges every review file that is not what this workspace wrote last.

        One that cannot be merged (a conflict) is left alone, and a line about it is in `troubles`. That of a
        document whose file is gone waits for it.
        """
        for pipeline in self.pipelines():
            folder = self.project.data / pipeline.name
            memory = memory_path(self.project.data, pipeline.name)
            by_hand = pairings.read(self.project.data, pipeline.name).partners
            for path in sorted(folder.rglob("*.jsonl")):
                name = path.relative_to(folder).as_posix().removesuffix(".jsonl")
                if path != memory and self.workspace.document(pipeline.name, name) is None:
                    partner = by_hand.get(name) or review.target_of(path) or name
                    self.workspace.put_document(pipeline.name, name, partner)
            for stored in self.workspace.documents(pipeline.name):
                self._merged(stored)

    def _merged(self, stored: StoredDocument) -> bool:
        """Merges a document's review file if somebody else has changed it; False if that cannot be done."""
        path = self.review_file(stored)
        try:
            digest = _hash(path.read_text(encoding="utf-8", errors="replace") if path.exists() else None)
            if digest != stored.review_hash:
                if not self._in_book(stored):
                    return False
                self._merge_review(stored, digest)
        except AmtsError as error:
            self._unmerged[str(path)] = str(error)
            return False
        except OSError as error:
            self._unmerged[str(path)] = f"{path}: cannot read: {error.strerror} (check its rights)"
            return False
        self._unmerged.pop(str(path), None)
        return True

    def _merge_review(self, stored: StoredDocument, digest: str) -> None:
        """Brings what the review file says into the beads; a removed file says that nothing is touched."""
        path = self.review_file(stored)
        found = review.read(path) if digest else review.Review(stored.source_path, stored.target_path, ())
        source, target = self.units(self._pipeline_of(stored), stored)
        current = self.workspace.beads(stored.id)
        unsaved = stored.review_due and bool(current)
        base = review.rendered_lines(self.workspace.agreed_review(stored.id)) if unsaved else None
        new_id = self.id_maker(stored, avoid=(bead.id for bead in found.beads))
        curated = merge_review(current, found, source, target, new_id, base=base)
        self.remember(stored, curated.lost)
        changes = changes_between(current, curated.beads)
        if not current:
            self.workspace.replace_beads(stored.id, curated.beads, revision=stored.revision)
        elif changes:
            self.journal.record("merge the review file", {stored.id: changes})
        # Lost beads must leave the file, and unsaved ones enter it: both need it to be written again.
        revision = -1 if unsaved or curated.lost else self.workspace.revision(stored.id)
        agreed = review.render(stored.source_path, stored.target_path, curated.agreed) or ""
        self.workspace.review_written(stored.id, digest, agreed, revision)

    def _in_book(self, stored: StoredDocument) -> bool:
        """Whether both files of a document are there: renamed or deleted ones are no fault of the review."""
        pipeline = self._pipeline_of(stored)
        source, target = self.book(pipeline.source_lang), self.book(pipeline.target_lang)
        return source.has(stored.source_path) and target.has(stored.target_path)

    def _pipeline_of(self, stored: StoredDocument) -> Pipeline:
        for pipeline in self.pipelines():
            if pipeline.name == stored.pipeline:
                return pipeline
        raise AmtsError(
            f"the project has no pipeline {stored.pipeline}",
            where=str(self.project.file),
            remedy="add its target book again",
        )

    def remember(self, stored: StoredDocument, beads: Sequence[Bead]) -> None:
        """Adds beads that have lost their place in the book to the memory."""
        if beads:
            # Under the write lock: two processes at once must not take each other's lines away.
            with self.workspace.transaction():
                remember(memory_path(self.project.data, stored.pipeline), stored.source_path, beads)


def turned(bead: Bead) -> Bead:
    """The bead seen from the other direction."""
    return replace(bead, source=bead.target, target=bead.source, doubts=bead.doubts.turned())


def _hash(text: str | None) -> str:
    return "" if text is None else hashlib.blake2b(text.encode("utf-8"), digest_size=16).hexdigest()


def _author(root: Path) -> str:
    """The name for the journal: git's from the environment or its settings, else the login name."""
    name = os.environ.get("GIT_AUTHOR_NAME", "").strip() or _git_name(root)
    try:
        return name or getpass.getuser()
    except (KeyError, OSError):  # a container without a name for its user
        return "unknown"


def _git_name(root: Path) -> str:
    try:
        answer = subprocess.run(
            ["git", "config", "user.name"], cwd=root, capture_output=True, text=True, timeout=5, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout.strip()


def is_project(folder: Path) -> bool:
    """Whether there is a project in just this folder."""
    return (folder / projects.FILE_NAME).is_file()


def has_project(folder: Path) -> bool:
    """Whether there is a project in this folder or above."""
    try:
        projects.find(folder)
    except AmtsError:
        return False
    return True
