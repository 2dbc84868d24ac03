"""Edited target texts into the book's files: spliced, scanned, backed up, and written whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from amts_tui.books.model import Document, Unit
from amts_tui.books.writing import Problem, splice_spans
from amts_tui.corpus.files import write_atomically
from amts_tui.corpus.model import Bead, BeadUnit, Mark, units_of
from amts_tui.corpus.overlay import changes_between
from amts_tui.corpus.rewriting import rewritten
from amts_tui.corpus.workspace import StoredDocument
from amts_tui.errors import AmtsError
from amts_tui.workbench.choosing import chosen
from amts_tui.workbench.session import Pipeline, Workbench

BACKUPS = "backup"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document whose file in the target book lacks so many edited texts."""

    document: str
    file: Path
    texts: int


@dataclass(frozen=True, slots=True)
class WrittenBack:
    """A document whose file was changed: how many texts went in, and those that were refused, with the
    reason.
    """

    document: str
    written: int
    refused: tuple[str, ...]


def waiting(workbench: Workbench, pipeline: Pipeline, globs: Sequence[str] = ()) -> list[Waiting]:
    """The documents with edited texts that are not in their files, by path."""
    pipeline = pipeline.forward
    documents = {stored.source_path: stored for stored in workbench.workspace.documents(pipeline.store)}
    counted = [
        Waiting(
            path,
            workbench.file(pipeline.target_lang, documents[path].target_path),
            len(_edited(workbench.workspace.beads(documents[path].id))),
        )
        for path in chosen(documents, globs)
    ]
    return [one for one in counted if one.texts]


def write_back(workbench: Workbench, pipeline: Pipeline, globs: Sequence[str] = ()) -> list[WrittenBack]:
    """Writes edited texts into the target book; a text that would break the file's structure, or whose bead
    is stale, is refused and stays an edit.

    Raises AmtsError if a file has changed since it was aligned, or cannot be written.
    """
    workbench.writable()
    pipeline = pipeline.forward
    documents = {stored.source_path: stored for stored in workbench.workspace.documents(pipeline.store)}
    results = []
    for path in chosen(documents, globs):
        beads = workbench.workspace.beads(documents[path].id)
        if _edited(beads):
            results.append(_write_document(workbench, pipeline, documents[path], beads))
    return results


def _write_document(
    workbench: Workbench, pipeline: Pipeline, stored: StoredDocument, beads: Sequence[Bead]
) -> WrittenBack:
    lang = pipeline.target_lang
    if workbench.file_hash(lang, stored.target_path) != stored.target_hash:
        raise AmtsError(
            "the file has changed since it was aligned",
            where=str(workbench.file(lang, stored.target_path)),
            remedy=f"run `amts align --document {stored.source_path}` first",
        )
    document = workbench.read(lang, stored.target_path)
    stale = [bead for bead in beads if Mark.STALE in bead.marks]
    refused = [
        f"{unit.raw}: the text underneath has changed since: look at bead {bead.id} and confirm it first"
        for bead in stale
        for unit in _edited([bead]).values()
    ]
    wanted = _edited([bead for bead in beads if Mark.STALE not in bead.marks])
    accepted, data, reasons = _acceptable(document, wanted)
    refused += reasons
    if accepted:
        _replace_file(workbench, lang, stored.target_path, data)
        _record(workbench, pipeline, stored, beads, document, accepted.keys())
    return WrittenBack(stored.source_path, len(accepted), tuple(refused))


def _acceptable(
    document: Document, edits: Mapping[str, BeadUnit]
) -> tuple[dict[str, BeadUnit], bytes, list[str]]:
    """The edits that the file can take, the file with them, and why it cannot take the others."""
    places = _places(document)
    data, problems = _splice(document, places, edits)
    if not any(problem.refused for problem in problems):
        return dict(edits), data, []
    # One after another: a text that is refused must not take its neighbours with it.
    accepted: dict[str, BeadUnit] = {}
    reasons: list[str] = []
    data = document.data
    for key, unit in edits.items():
        spliced, problems = _splice(document, places, accepted | {key: unit})
        bad = [problem for problem in problems if problem.refused]
        if bad:
            reasons.append(f"{unit.raw}: {bad[0].reason}")
        else:
            accepted[key] = unit
            data = spliced
    return accepted, data, reasons


def _edited(beads: Sequence[Bead]) -> dict[str, BeadUnit]:
    """The units whose text is not that of the file, by key."""
    return {unit.key: unit for bead in beads for unit in bead.target if unit.in_file is not None}


def _places(document: Document) -> dict[str, Unit]:
    """The units of a document by the keys that beads know them by."""
    units = [unit for segment in document.segments() for unit in segment.units]
    return {of_bead.key: unit for of_bead, unit in zip(units_of(document), units, strict=True)}


def _splice(
    document: Document, places: Mapping[str, Unit], edits: Mapping[str, BeadUnit]
) -> tuple[bytes, tuple[Problem, ...]]:
    missing = [unit for key, unit in edits.items() if key not in places]
    if missing:
        raise AmtsError(
            f"the file does not hold {missing[0].in_file!r} any more",
            where=document.path,
            remedy="run `amts align`",
        )
    spans = [(places[key].start, places[key].end, unit.raw) for key, unit in edits.items()]
    spliced = splice_spans(document, spans)
    return spliced.data, spliced.problems


def _replace_file(workbench: Workbench, lang: str, path: str, data: bytes) -> None:
    file = workbench.file(lang, path)
    stamp = f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
    backup = workbench.project.work / BACKUPS / stamp / lang / path
    backup.parent.mkdir(parents=True, exist_ok=True)
    backup.write_bytes(Path(file).read_bytes())
    write_atomically(file, data)


def _blocks(document: Document) -> list[int]:
    """The number of each unit's block."""
    return [n for n, block in enumerate(document.blocks) for segment in block.segments for _ in segment.units]


def _record(
    workbench: Workbench,
    pipeline: Pipeline,
    stored: StoredDocument,
    beads: Sequence[Bead],
    before: Document,
    written: Set[str],
) -> None:
    """Gives the beads the file's new units."""
    lang = pipeline.target_lang
    now = workbench.read(lang, stored.target_path)
    after = rewritten(beads, units_of(before), units_of(now), written, (_blocks(before), _blocks(now)))
    workbench.remember(stored, after.lost)
    changes = changes_between(beads, after.beads)
    workbench.journal.record(f"write back {stored.source_path}", {stored.id: changes})
    workbench.workspace.put_document(
        stored.pipeline,
        stored.source_path,
        stored.target_path,
        source_hash=stored.source_hash,
        target_hash=workbench.file_hash(lang, stored.target_path),
        aligner=stored.aligner,
    )
