"""What is known of a bead besides its texts: what was done to it, and what a machine made of its source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from amts_tui.alignment.model import Link
from amts_tui.books.inline import file_text
from amts_tui.books.model import Document, Unit
from amts_tui.books.reading import parse_bytes
from amts_tui.corpus import runs
from amts_tui.corpus.bead_history import BeadEvent, bead_history
from amts_tui.corpus.model import Bead, units_of
from amts_tui.evaluation.counterparts import find_counterparts
from amts_tui.workbench.session import Pipeline, Workbench

__all__ = ["BeadEvent", "MachineText", "MachineTexts", "history_of", "machine_texts"]


@dataclass(frozen=True, slots=True)
class MachineText:
    """What a run made of the source of a bead."""

    run: str
    text: str


@dataclass(frozen=True, slots=True)
class MachineTexts:
    """A document of the latest run that has it: what stands for each source unit, by the unit's key. Where
    sentences do not correspond, that is the translation of the whole segment.
    """

    run: str
    texts: dict[str, str]

    def of(self, bead: Bead) -> MachineText | None:
        """The translation of the bead's source."""
        found = dict.fromkeys(self.texts[unit.key] for unit in bead.source if unit.key in self.texts)
        return MachineText(self.run, " ".join(found)) if found else None


def history_of(workbench: Workbench, pipeline: Pipeline, path: str, bead: Bead) -> list[BeadEvent]:
    """What was done to a bead, the newest first."""
    return bead_history(workbench.workspace, workbench.stored(pipeline, path).id, bead.id)


def machine_texts(workbench: Workbench, pipeline: Pipeline, path: str) -> MachineTexts | None:
    """What the latest run of the direction made of a document; None without a run, or if the document's
    structure is no longer that of the run's. Raises AmtsError if files cannot be read.
    """
    known = [
        run
        for run in runs.list_runs(workbench.project.data)
        if (run.source_lang, run.target_lang) == (pipeline.source_lang, pipeline.target_lang)
        and any(document.path == path for document in run.documents)
    ]
    if not known:
        return None
    source, translation = _both(workbench, pipeline, path, known[-1].name)
    units = defaultdict(list)
    for unit in units_of(source):
        units[unit.segment].append(unit.key)
    segments = list(translation.segments())
    texts: dict[str, str] = {}
    for link in find_counterparts(source, translation, _no_alignment).links:
        made = [_text(unit) for ordinal in link.target for unit in segments[ordinal].units]
        keys = [key for ordinal in link.source for key in units[ordinal]]
        texts.update(zip(keys, made if len(made) == len(keys) else [" ".join(made)] * len(keys), strict=True))
    return MachineTexts(known[-1].name, texts)


def _both(workbench: Workbench, pipeline: Pipeline, path: str, run: str) -> tuple[Document, Document]:
    own = workbench.stored(pipeline, path).target_path if pipeline.reverse else path
    translation = parse_bytes(
        runs.read_document(workbench.project.data, run, path),
        path=path,
        lang=pipeline.target_lang,
        options=workbench.project.reading,
        where=f"{run}/{path}",
        kept=workbench.sentences,
    )
    return workbench.read(pipeline.source_lang, own), translation


def _no_alignment(_source: Document, _translation: Document) -> Sequence[Link]:
    """A look at a row is not worth aligning a document for."""
    return ()


def _text(unit: Unit) -> str:
    return file_text(unit.text, unit.items)
