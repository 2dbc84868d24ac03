"""A project made of pairs that are aligned already: books on disk, and the beads that the pairs are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from amts_tui import project as projects
from amts_tui.corpus.files import write_atomically
from amts_tui.corpus.model import Bead, BeadUnit, Origin, Status
from amts_tui.errors import AmtsError
from amts_tui.exchange.collecting import collect_pairs
from amts_tui.exchange.composing import Composed, Linked, compose
from amts_tui.workbench.session import Pipeline, Workbench
from amts_tui.workbench.setup import check_new, write_project

_ALIGNER = "file"


@dataclass(frozen=True, slots=True)
class ProjectOfPairs:
    """What `create_from_pairs` wrote: documents by language, beads of pairs, how many of these are confirmed
    and how many nobody has settled, and how many pairs were left out for which reason.
    """

    root: Path
    documents: dict[str, int]
    pairs: int
    confirmed: int
    unsettled: int
    left_out: dict[str, int]


def create_from_pairs(
    folder: Path, source_lang: str, targets: Sequence[str], sources: Sequence[str], *, confirmed: bool = False
) -> ProjectOfPairs:
    """Makes a project of the pairs in files, folders or globs: a document for each that the pairs come from,
    below a folder for each language, and a bead for each pair.

    A pair is `edited`, as a person has said what belongs together, `confirmed` if its file says that it was
    reviewed or if `confirmed`, and `auto` if its file calls it unfinished. Raises AmtsError, with nothing
    written, for more than one target, books that exist, a file that cannot be read, or no pair.
    """
    check_new(folder, (source_lang, None), dict.fromkeys(targets))
    if len(targets) > 1:
        raise AmtsError(
            "pairs make a project with one target", remedy="make one for each target, in a folder of its own"
        )
    langs = (source_lang, targets[0])
    for lang in langs:
        if (folder / lang).exists():
            raise AmtsError(
                "this is where the book would be written, and it exists",
                where=str(folder / lang),
                remedy="choose another folder",
            )
    collected = collect_pairs(sources, *langs)
    documents = [compose(name, pairs, langs) for name, pairs in collected.items()]
    left_out = Counter(line.reason for document in documents for line in document.left_out)
    documents = [document for document in documents if document.source]
    if not any(linked.target is not None for document in documents for linked in document.linked):
        raise AmtsError(
            f"no pair of {langs[0]} and {langs[1]} with text on both sides", where=", ".join(sources)
        )
    for document in documents:
        for lang, text in zip(langs, (document.source, document.target), strict=True):
            if text:
                write_atomically(folder / lang / document.path, text)
    # Text files count although there are documents in other formats.
    every = ("**",) if len({Path(document.path).suffix for document in documents}) > 1 else ()
    write_project(
        folder,
        projects.SourceTable(lang=langs[0], path=langs[0], documents=every),
        {langs[1]: projects.TargetTable(path=langs[1], documents=every)},
    )
    with Workbench.open(folder) as workbench:
        pipeline = workbench.pipeline()
        statuses = Counter(
            status
            for document in documents
            if document.target
            for status in _add_beads(workbench, pipeline, document, confirmed=confirmed)
        )
    counts = {langs[0]: len(documents), langs[1]: sum(bool(document.target) for document in documents)}
    return ProjectOfPairs(
        folder.resolve(),
        counts,
        statuses.total(),
        statuses[Status.CONFIRMED],
        statuses[Status.AUTO],
        dict(left_out),
    )


def _add_beads(
    workbench: Workbench, pipeline: Pipeline, document: Composed, *, confirmed: bool
) -> list[Status]:
    """Stores the beads of a document and returns the statuses of those that are pairs."""
    path = document.path
    stored = workbench.workspace.put_document(
        pipeline.store,
        path,
        path,
        source_hash=workbench.file_hash(pipeline.source_lang, path),
        target_hash=workbench.file_hash(pipeline.target_lang, path),
        aligner=_ALIGNER,
    )
    new_id = workbench.id_maker(stored)
    source, target = (_by_segment(units) for units in workbench.units(pipeline, stored))
    beads = []
    for linked in document.linked:
        left = source[linked.source]
        right = target[linked.target] if linked.target is not None else []
        beads.append(_bead(linked, left, right, new_id(left, right), confirmed=confirmed))
    workbench.workspace.replace_beads(stored.id, beads, revision=stored.revision)
    return [bead.status for bead in beads if bead.paired]


def _bead(
    linked: Linked, source: Sequence[BeadUnit], target: Sequence[BeadUnit], name: str, *, confirmed: bool
) -> Bead:
    pair = linked.pair
    if pair.origin is not Origin.HUMAN:
        target = [replace(unit, origin=pair.origin) for unit in target]
    if not target:
        return Bead(name, tuple(source), tuple(target))
    status = Status.CONFIRMED if confirmed else Status.EDITED if pair.status is None else pair.status
    return Bead(name, tuple(source), tuple(target), pair.confidence, status)


def _by_segment(units: Sequence[BeadUnit]) -> dict[int, list[BeadUnit]]:
    found: dict[int, list[BeadUnit]] = defaultdict(list)
    for unit in units:
        found[unit.segment].append(unit)
    return found
