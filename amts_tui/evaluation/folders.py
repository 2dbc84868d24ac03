"""Scoring without a project: a folder each of source, hypothesis and reference documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from amts_tui.books.layout import chapter_of, list_documents
from amts_tui.books.reading import read_document
from amts_tui.errors import AmtsError
from amts_tui.evaluation.counterparts import Align
from amts_tui.evaluation.documents import score_documents
from amts_tui.evaluation.units import ScoredDocument


@dataclass(frozen=True, slots=True)
class Folders:
    """Three books with the same documents. The hypothesis' documents are those that are scored."""

    source: Path
    hypothesis: Path
    reference: Path
    source_lang: str
    target_lang: str


@dataclass(frozen=True, slots=True)
class ScoredFolders:
    """What could be scored, and one line for each document of the hypothesis that could not."""

    documents: tuple[ScoredDocument, ...]
    failed: tuple[str, ...]


def score_folders(folders: Folders, align: Align, progress: Callable[[int, int, str], None]) -> ScoredFolders:
    """Reads and groups the documents of the hypothesis, sorted by path.

    Reference and hypothesis are joined to the source by structure, where it is the same, else by `align`.
    `progress` gets the documents done, their number and the next one's name. Raises AmtsError if a folder is
    missing or no document can be scored.
    """
    names = list_documents(folders.hypothesis)
    for folder in (folders.source, folders.reference):
        list_documents(folder)
    documents: list[ScoredDocument] = []
    failed: list[str] = []
    for done, name in enumerate(names):
        progress(done, len(names), name)
        try:
            documents.append(_score_document(folders, name, align))
        except AmtsError as error:
            failed.append(str(error))
    if not documents:
        raise AmtsError(
            failed[0] if failed else "no document in it",
            where=None if failed else str(folders.hypothesis),
            remedy="the three folders must hold documents of the same paths",
        )
    return ScoredFolders(tuple(documents), tuple(failed))


def _score_document(folders: Folders, name: str, align: Align) -> ScoredDocument:
    return score_documents(
        read_document(folders.source / name, lang=folders.source_lang, name=name),
        read_document(folders.hypothesis / name, lang=folders.target_lang, name=name),
        read_document(folders.reference / name, lang=folders.target_lang, name=name),
        chapter=chapter_of(name),
        align=align,
    )
