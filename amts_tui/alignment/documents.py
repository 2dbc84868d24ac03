"""Pairs of documents, or of plain lines, to links: what the rest of the package calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from amts_tui.alignment.model import Fixed, Link, TextUnit, check_fixed
from amts_tui.alignment.text import Text, read
from amts_tui.books.model import Document
from amts_tui.errors import Cancelled

if TYPE_CHECKING:
    from amts_tui.alignment.similarity import Similarity

Mode: TypeAlias = Literal["quick", "thorough"]

_SURE = 0.5


@dataclass(frozen=True, slots=True)
class TextPair:
    """Two texts to align; `structured` if their segments, kinds and landmarks mean something."""

    source: Text
    target: Text
    structured: bool
    fixed: tuple[Fixed, ...]


def document_pair(source: Document, target: Document, *, fixed: Sequence[Fixed] = ()) -> TextPair:
    """Two documents, their units numbered over all segments of all blocks.

    Raises AmtsError when `fixed` does not fit the units.
    """
    left, right = read(source), read(target)
    return TextPair(left, right, True, check_fixed(fixed, len(left.units), len(right.units)))


def unit_pair(source: Sequence[str], target: Sequence[str], *, fixed: Sequence[Fixed] = ()) -> TextPair:
    """Two lists of sentences, lines or paragraphs. Raises AmtsError when `fixed` does not fit."""
    left, right = (Text(tuple(TextUnit(text) for text in side), ()) for side in (source, target))
    return TextPair(left, right, False, check_fixed(fixed, len(source), len(target)))


def align_documents(
    source: Document, target: Document, similarity: Similarity, *, fixed: Sequence[Fixed] = ()
) -> list[Link]:
    """The links of `document_pair`: every unit of both documents in exactly one, in order."""
    return next(iter(align_many([document_pair(source, target, fixed=fixed)], similarity)))


def align_units(
    source: Sequence[str], target: Sequence[str], similarity: Similarity, *, fixed: Sequence[Fixed] = ()
) -> list[Link]:
    """The links of `unit_pair`: every unit of both lists in exactly one, in order."""
    return next(iter(align_many([unit_pair(source, target, fixed=fixed)], similarity)))


def align_many(
    pairs: Sequence[TextPair],
    similarity: Similarity,
    *,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    cancelled: Callable[[], bool] = lambda: False,
    executor: Executor | None = None,
) -> Iterator[list[Link]]:
    """The links of each pair, in order, each as soon as it is ready; a similarity that learns sees all pairs
    first.

    `progress` is called with the steps done and their number, `executor` runs the pairs elsewhere. Raises
    Cancelled when `cancelled()` says so.
    """
    lessons = similarity.lessons
    steps = (lessons + 1) * len(pairs)
    known: list[list[Link]] = [[] for _ in pairs]
    done = 0
    for lesson in range(lessons + 1):
        found = _each(pairs, similarity, known, executor)
        for index in range(len(pairs)):
            if cancelled():
                raise Cancelled(f"stopped at step {done} of {steps}", remedy="align again to go on")
            progress(done, steps)
            known[index] = next(found)
            done += 1
            if lesson == lessons:
                yield known[index]
        if lesson < lessons:
            both = zip(pairs, known, strict=True)
            similarity = similarity.learned([text for pair, links in both for text in _sure(pair, links)])
    progress(steps, steps)


def _each(
    pairs: Sequence[TextPair], similarity: Similarity, known: Sequence[list[Link]], executor: Executor | None
) -> Iterator[list[Link]]:
    both = list(zip(pairs, known, strict=True))
    if executor is None:
        for pair, links in both:
            yield _align(pair, similarity, links)
        return
    futures = [executor.submit(_align, pair, similarity, links) for pair, links in both]
    try:
        for future in futures:
            yield future.result()
    finally:
        for future in futures:
            future.cancel()


def _align(pair: TextPair, similarity: Similarity, near: Sequence[Link]) -> list[Link]:
    from amts_tui.alignment.anchors import Anchors
    from amts_tui.alignment.landmarks import shared
    from amts_tui.alignment.stretches import links
    from amts_tui.alignment.structure import Structure

    left, right = pair.source.units, pair.target.units
    texts = [unit.text for unit in left], [unit.text for unit in right]
    evidence = similarity.evidence(*texts)
    if not pair.structured:
        return links(evidence, *texts, fixed=pair.fixed, near=near)
    anchors = Anchors.of([unit.anchors for unit in left], [unit.anchors for unit in right])
    return links(
        evidence,
        *texts,
        factors=[Structure.of(left, right), anchors],
        landmarks=shared(pair.source.landmarks, pair.target.landmarks),
        fixed=pair.fixed,
        near=near,
    )


def _sure(pair: TextPair, links: Sequence[Link]) -> Iterator[tuple[str, str]]:
    """The texts of the links that are sure enough to learn from."""
    for link in links:
        if link.source and link.target and link.confidence >= _SURE:
            yield (
                " ".join(pair.source.units[i].text for i in link.source),
                " ".join(pair.target.units[j].text for j in link.target),
            )
