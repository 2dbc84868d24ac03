"""Aligning one document again, while a person works on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import replace

from amts_tui.alignment.documents import align_many
from amts_tui.alignment.remembering import Remembering
from amts_tui.alignment.similarity import Similarity
from amts_tui.alignment.threads import limited
from amts_tui.corpus.model import Bead
from amts_tui.corpus.workspace import StoredDocument
from amts_tui.workbench.align_tasks import AlignedDocument, Teacher, Texts, commit, plan, read
from amts_tui.workbench.experience import Experience, experience
from amts_tui.workbench.session import Pipeline, Workbench

_ENOUGH_NEW = 20
_BY_FILE = "file"


class Realigner:
    """Aligns documents of one pipeline anew, again and again, around all that a person has touched.

    What has been read, encoded and learned stays at hand. Of a document that was aligned here before, only
    those stretches, from one touched bead to the next, are searched in which something has changed since.
    """

    def __init__(self, workbench: Workbench, pipeline: Pipeline) -> None:
        self.pipeline = pipeline.forward
        self._workbench = workbench
        self._touched: dict[str, int] = {}
        self._known: Experience | None = None
        self._measures: dict[str, Similarity] = {}
        self._texts: dict[str, Texts] = {}
        self._left: dict[str, frozenset[Bead]] = {}

    def realign(self, path: str, *, cancelled: Callable[[], bool] = lambda: False) -> AlignedDocument:
        """Aligns one document. Raises AmtsError if it has not been aligned before or somebody works on it."""
        workbench, pipeline = self._workbench, self.pipeline
        workbench.writable()
        stored = workbench.stored(pipeline, path)
        texts = read(workbench, pipeline, path, stored.target_path, self._texts.get(path))
        if texts is not self._texts.get(path):
            self._texts = {path: texts}
            self._left.pop(path, None)
        before = workbench.workspace.beads(stored.id)
        known = self._experience(path, before)
        task = plan(workbench, pipeline, stored, texts, _settled(before, self._left.get(path, frozenset())))
        with limited():
            links = next(iter(align_many([task.pair], self._measure(stored, known), cancelled=cancelled)))
        done = commit(workbench, pipeline, task, links, stored.aligner, known.offset, action="align again")
        self._left[path] = frozenset(workbench.workspace.beads(stored.id))
        kept = sum(bead.touched for bead in before)
        return replace(done, kept=kept)

    def _measure(self, stored: StoredDocument, known: Experience) -> Similarity:
        name = stored.aligner if stored.aligner not in ("", _BY_FILE) else "default"
        if name not in self._measures:
            taught = Teacher(self._workbench, self.pipeline, name, known).taught()
            self._measures[name] = Remembering(taught)
        return self._measures[name]

    def _experience(self, path: str, beads: Sequence[Bead]) -> Experience:
        """What is known, learned anew after enough beads have been touched."""
        touched = sum(bead.touched for bead in beads)
        if self._known is None or touched - self._touched.setdefault(path, touched) >= _ENOUGH_NEW:
            self._known = experience(self._workbench, self.pipeline)
            self._measures.clear()
            self._left.clear()
            self._touched = {path: touched}
        return self._known


def _settled(beads: Sequence[Bead], left: Set[Bead]) -> frozenset[str]:
    """The untouched beads of stretches, from one touched bead to the next, in which all is as it was left."""
    settled: set[str] = set()
    stretch: list[Bead] = []
    same = True
    for bead in beads:
        if bead in left:
            stretch.append(bead)
        else:
            same = False
        if bead.touched:
            settled.update(one.id for one in stretch if same)
            # A touched bead that is new concerns the stretch behind it, too.
            stretch, same = [], bead in left
    settled.update(one.id for one in stretch if same)
    return frozenset(settled)
