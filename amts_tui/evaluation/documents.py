"""One document's scored units, from the beads of a project or from three versions of the document."""

from __future__ import annotations

from collections.abc import Sequence

from amts_tui.books.model import Document
from amts_tui.corpus.model import Bead
from amts_tui.evaluation.counterparts import Align, find_counterparts
from amts_tui.evaluation.units import (
    Reference,
    ScoredDocument,
    document_texts,
    reference_from_beads,
    score_units,
)


def score_beads(
    source: Document, hypothesis: Document, beads: Sequence[Bead], *, chapter: str, align: Align
) -> ScoredDocument:
    """The units of a document whose reference is in beads; `source` is the text that the beads were made
    from.
    """
    return _score(source, hypothesis, reference_from_beads(beads), chapter, align)


def score_documents(
    source: Document, hypothesis: Document, reference: Document, *, chapter: str, align: Align
) -> ScoredDocument:
    """The units of a document that exists in three versions; `source.path` names it."""
    links = find_counterparts(source, reference, align).links
    sides = Reference(document_texts(source), document_texts(reference), links)
    return _score(source, hypothesis, sides, chapter, align)


def _score(
    source: Document, hypothesis: Document, reference: Reference, chapter: str, align: Align
) -> ScoredDocument:
    found = find_counterparts(source, hypothesis, align)
    segments, unscored = score_units(source.path, chapter, reference, document_texts(hypothesis), found.links)
    return ScoredDocument(source.path, chapter, segments, unscored, found.aligned)
