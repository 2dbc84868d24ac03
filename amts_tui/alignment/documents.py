"""Pairs of documents, or of plain lines, to links: what the rest of the package calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, wait
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal, TypeAlias

from amts_tui.alignment.model import Fixed, Link, TextUnit, check_fixed
from amts_tui.alignment.text import Text, read
from amts_tui.books.model import Document
from amts_tui.errors import Cancelled

if TYPE_CHECKING:
    from amts_tui.alignment.similarity import Similarity

Mode: TypeAlias = Literal["quick", "thorough"]
"""`thorough` learns from a first alignment of all texts before the last one; `quick` has one lesson less."""

SURE = 0.5
"""The confidence from which on a bead is learned from."""

_PATIENCE = 0.2  # seconds between two looks at whether the work is to stop
_AT_ONCE = 256  # texts that are encoded between two such looks
_TASK = 400  # source units that go to another process together: the similarity travels with each task

Job: TypeAlias = tuple["TextPair", Sequence[Link], bool]
"""A pair, the links of an earlier alignment near which the new ones are, and whether a draft is enough."""


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
    mode: Mode = "thorough",
    beads: Sequence[tuple[str, str]] = (),
    learned: Callable[[Similarity], object] = lambda _similarity: None,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    cancelled: Callable[[], bool] = lambda: False,
    executor: Executor | None = None,
) -> Iterator[list[Link]]:
    """The links of each pair, in order, each as soon as it is ready; a similarity that learns sees all pairs
    first.

    `beads` are (source text, target text) of the same book that are known already and teach, too; `learned`
    is given the similarity of the last alignment. `progress` is called with the steps done and their number,
    `executor` runs the pairs elsewhere. Raises Cancelled soon after `cancelled()` says so, even in a pair.
    """
    similarity = similarity.quick() if mode == "quick" else similarity
    lessons = max(0, similarity.lessons - 1) if mode == "quick" else similarity.lessons
    steps = (lessons + 1) * len(pairs)
    known: list[list[Link]] = [[] for _ in pairs]
    done = 0

    def check() -> None:
        if cancelled():
            raise Cancelled(f"stopped at step {done} of {steps}", remedy="align again to go on")

    def each(*, draft: bool = False) -> Iterator[tuple[int, list[Link]]]:
        nonlocal done
        jobs = [(pair, links, draft) for pair, links in zip(pairs, known, strict=True)]
        found = (
            _here(jobs, similarity, check) if executor is None else _there(jobs, similarity, check, executor)
        )
        for index in range(len(pairs)):
            check()
            progress(done, steps)
            yield index, next(found)
            done += 1

    for lesson in range(lessons):
        for index, links in each(draft=similarity.drafts and not lesson):
            known[index] = links
        both = zip(pairs, known, strict=True)
        similarity = similarity.learned(
            [*beads, *(text for pair, links in both for text in _sure(pair, links))]
        )
    if similarity.lessons:
        similarity = similarity.learned(beads)
    learned(similarity)
    for _, links in each():
        yield links
    progress(steps, steps)


def _here(jobs: Sequence[Job], similarity: Similarity, check: Callable[[], None]) -> Iterator[list[Link]]:
    for pair, near, draft in jobs:
        yield _align(pair, similarity, near, check, draft=draft)


def _there(
    jobs: Sequence[Job], similarity: Similarity, check: Callable[[], None], executor: Executor
) -> Iterator[list[Link]]:
    futures = [executor.submit(_align_some, some, similarity) for some in _tasks(jobs)]
    try:
        for future in futures:
            while not wait([future], timeout=_PATIENCE).done:
                check()
            yield from future.result()
    finally:
        for future in futures:
            future.cancel()


def _tasks(jobs: Sequence[Job]) -> Iterator[list[Job]]:
    some: list[Job] = []
    for job in jobs:
        some.append(job)
        if sum(len(pair.source.units) for pair, *_ in some) >= _TASK:
            yield some
            some = []
    if some:
        yield some


def _align_some(jobs: Sequence[Job], similarity: Similarity) -> list[list[Link]]:
    return list(_here(jobs, similarity, lambda: None))


def _align(
    pair: TextPair, similarity: Similarity, near: Sequence[Link], check: Callable[[], None], *, draft: bool
) -> list[Link]:
    from amts_tui.alignment.anchors import Anchors
    from amts_tui.alignment.landmarks import shared
    from amts_tui.alignment.stretches import links
    from amts_tui.alignment.structure import Structure
    from amts_tui.alignment.watching import Watched

    left, right = pair.source.units, pair.target.units
    texts = [unit.text for unit in left], [unit.text for unit in right]
    for side in texts:
        for start in range(0, len(side), _AT_ONCE):
            check()
            similarity.prepare(side[start : start + _AT_ONCE])
    evidence = Watched(similarity.evidence(*texts), check)
    search = partial(links, evidence, *texts, fixed=pair.fixed, near=near, draft=draft)
    if not pair.structured:
        return search()
    return search(
        factors=[
            Structure.of(left, right),
            Anchors.of([unit.anchors for unit in left], [unit.anchors for unit in right]),
        ],
        landmarks=shared(pair.source.landmarks, pair.target.landmarks),
    )


def _sure(pair: TextPair, links: Sequence[Link]) -> Iterator[tuple[str, str]]:
    """The texts of the links that are sure enough to learn from."""
    for link in links:
        if link.source and link.target and link.confidence >= SURE:
            yield (
                " ".join(pair.source.units[i].text for i in link.source),
                " ".join(pair.target.units[j].text for j in link.target),
            )
