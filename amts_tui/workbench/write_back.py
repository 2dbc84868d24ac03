"""Edited target texts into the book's files: spliced, scanned, backed up, and written whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from amts_tui.books.model import Document, Item, Unit
from amts_tui.books.places import place_of
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

_SHOWN = 60
_DAMAGED = "it is written all the same; edit the text again if that was not meant"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document whose file in the target book lacks so many edited texts."""

    document: str
    file: Path
    texts: int


@dataclass(frozen=True, slots=True)
class Report:
    """What there is to say of an edited text: `where` is its place (`file:line`), `bead` its bead, `remedy`
    what to do.
    """

    where: str
    bead: str
    text: str
    reason: str
    remedy: str = ""

    def __str__(self) -> str:
        text = self.text if len(self.text) <= _SHOWN else self.text[: _SHOWN - 1] + "…"
        return str(
            AmtsError(f"bead {self.bead}, “{text}”: {self.reason}", where=self.where, remedy=self.remedy)
        )


@dataclass(frozen=True, slots=True)
class WrittenBack:
    """A document whose file was changed: how many texts went in; those that were refused; those that are
    written and have lost or doubled a formula, a piece of code, a link or the like; and what else to know of
    those that are written.
    """

    document: str
    written: int
    refused: tuple[Report, ...] = ()
    damaged: tuple[Report, ...] = ()
    notes: tuple[Report, ...] = ()


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
    is stale, is refused and stays an edit. A text that loses, doubles or alters a formula or the like is
    written and reported.

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
    file = workbench.file(lang, stored.target_path)
    if workbench.file_hash(lang, stored.target_path) != stored.target_hash:
        raise AmtsError(
            "the file has changed since it was aligned",
            where=str(file),
            remedy=f"run `amts align --document {stored.source_path}` first",
        )
    document = workbench.read(lang, stored.target_path)
    sheet = _Sheet(document, _shown(workbench, file), _places(document), beads)
    stale = [bead for bead in beads if Mark.STALE in bead.marks]
    refused = [
        sheet.report(unit, "the text underneath has changed since", "look at the bead and confirm it first")
        for unit in _edited(stale).values()
    ]
    taken = _take(sheet, _edited([bead for bead in beads if Mark.STALE not in bead.marks]))
    refused += [sheet.report(unit, one.reason, one.remedy) for unit, one in taken.refused]
    damaged, notes = _told(sheet, taken)
    if taken.edits:
        _replace_file(workbench, lang, stored.target_path, taken.data)
        _record(workbench, pipeline, stored, beads, document, taken.edits.keys())
    return WrittenBack(stored.source_path, len(taken.edits), tuple(refused), tuple(damaged), tuple(notes))


def _shown(workbench: Workbench, file: Path) -> str:
    root = workbench.project.root
    return str(file.relative_to(root) if file.is_relative_to(root) else file)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A document of the target book, what its file is called, its units by key, and its beads."""

    document: Document
    file: str
    places: Mapping[str, Unit]
    beads: Sequence[Bead]

    def report(self, unit: BeadUnit, reason: str, remedy: str) -> Report:
        """A report on an edited text."""
        bead = next(bead.id for bead in self.beads if any(one.key == unit.key for one in bead.target))
        place = self.places.get(unit.key)
        where = place_of(self.document, self.file, place.start) if place else self.file
        return Report(where, bead, unit.raw, reason, remedy)

    def sources(self) -> dict[int, list[Item]]:
        """The items of the source sentences of each segment that has any, by ordinal."""
        found: dict[int, list[Item]] = {}
        for bead in self.beads:
            if bead.source:
                for segment in {unit.segment for unit in bead.target}:
                    found.setdefault(segment, []).extend(item for unit in bead.source for item in unit.items)
        return found


@dataclass(frozen=True, slots=True)
class _Taken:
    """The edits that a file can take, by key; the file with them and what there is to say of them; the edits
    that it cannot take, each with the reason.
    """

    edits: dict[str, BeadUnit]
    data: bytes
    problems: tuple[Problem, ...] = ()
    refused: tuple[tuple[BeadUnit, Problem], ...] = ()


def _take(sheet: _Sheet, edits: Mapping[str, BeadUnit]) -> _Taken:
    """What a file can take of some edits. A text that is refused must not take others with it: those of its
    segment are tried one after another.
    """
    data, problems = _splice(sheet, edits)
    refusing = {problem.segment for problem in problems if problem.refused}
    if not refusing:
        return _Taken(dict(edits), data, problems)
    taken = {key: unit for key, unit in edits.items() if unit.segment not in refusing}
    data, problems = _splice(sheet, taken)
    if any(problem.refused for problem in problems):
        taken, data, problems = {}, sheet.document.data, ()
    refused: list[tuple[BeadUnit, Problem]] = []
    for key, unit in edits.items():
        if key in taken:
            continue
        spliced, found = _splice(sheet, taken | {key: unit})
        bad = [problem for problem in found if problem.refused]
        if bad:
            refused.append((unit, bad[0]))
        else:
            taken[key] = unit
            data, problems = spliced, found
    return _Taken(taken, data, problems, tuple(refused))


def _told(sheet: _Sheet, taken: _Taken) -> tuple[list[Report], list[Report]]:
    """Reports on texts that are written: on damage, and on what else to know."""
    damaged: list[Report] = []
    notes: list[Report] = []
    for problem in taken.problems:
        units = [unit for unit in taken.edits.values() if unit.segment == problem.segment]
        sign = problem.damage.sign if problem.damage else ""
        unit = next((one for one in units if _differs(one, sign)), units[0])
        if problem.damage and not problem.damage.harmless:
            damaged.append(sheet.report(unit, problem.reason, _DAMAGED))
        else:
            notes.append(sheet.report(unit, problem.reason, problem.remedy))
    return damaged, notes


def _differs(unit: BeadUnit, sign: str) -> bool:
    """Whether an edit has changed how often `sign` stands in a text."""
    return unit.raw.count(sign) != (unit.in_file or "").count(sign)


def _edited(beads: Sequence[Bead]) -> dict[str, BeadUnit]:
    """The units whose text is not that of the file, by key."""
    return {unit.key: unit for bead in beads for unit in bead.target if unit.in_file is not None}


def _places(document: Document) -> dict[str, Unit]:
    """The units of a document by the keys that beads know them by."""
    units = [unit for segment in document.segments() for unit in segment.units]
    return {of_bead.key: unit for of_bead, unit in zip(units_of(document), units, strict=True)}


def _splice(sheet: _Sheet, edits: Mapping[str, BeadUnit]) -> tuple[bytes, tuple[Problem, ...]]:
    document, places = sheet.document, sheet.places
    missing = [unit for key, unit in edits.items() if key not in places]
    if missing:
        raise AmtsError(
            f"the file does not hold {missing[0].in_file!r} any more",
            where=sheet.file,
            remedy="run `amts align`",
        )
    spans = [(places[key].start, places[key].end, unit.raw) for key, unit in edits.items()]
    spliced = splice_spans(document, spans, sheet.sources())
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
