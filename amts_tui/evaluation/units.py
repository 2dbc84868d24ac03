"""What is scored: groups of segments with their source, hypothesis and reference texts.

A scored unit is the smallest group of segments that the beads between source and reference connect. Its
hypothesis is what the machine made of the same source segments. Markup is stripped from all three texts
alike: formulas, code, roles and link targets go with it, as a machine copies them and would be rewarded for
it; case stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TypeAlias

from amts_tui.books.inline import bare_text
from amts_tui.books.model import Document
from amts_tui.books.typography import line_joint
from amts_tui.corpus.groups import components, segment_groups
from amts_tui.corpus.model import Bead, BeadUnit, Side
from amts_tui.evaluation.counterparts import SegmentLink
from amts_tui.exchange.model import Form
from amts_tui.exchange.pairs import paragraph_objection
from amts_tui.exchange.text import join_units

Texts: TypeAlias = Mapping[int, str]
"""The bare text of each segment of a document by its ordinal."""


@dataclass(frozen=True, slots=True)
class ScoredSegment:
    """One scored unit, each text on one line; `ordinal` is that of its first segment in the source."""

    document: str
    chapter: str
    source: str
    hypothesis: str
    reference: str
    ordinal: int


@dataclass(frozen=True, slots=True)
class ScoredDocument:
    """The scored units of a document in the order of its source.

    `unscored` counts reference segments with text that belong to none: without a counterpart in the source,
    excluded, or machine text. `aligned` says that the hypothesis' structure is not the source's, so that an
    alignment had to find it.
    """

    document: str
    chapter: str
    segments: tuple[ScoredSegment, ...]
    unscored: int
    aligned: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """The reference side: its texts, the source's, their links, and the source segments that may not be
    scored.
    """

    source: Texts
    target: Texts
    links: Sequence[SegmentLink]
    barred: frozenset[int] = frozenset()


def document_texts(document: Document) -> dict[int, str]:
    """The bare texts of a document's segments."""
    return {
        ordinal: _tidy(bare_text(segment.text, segment.items))
        for ordinal, segment in enumerate(document.segments())
    }


def reference_from_beads(beads: Sequence[Bead]) -> Reference:
    """The reference that a document's beads hold, edited texts included.

    Excluded beads and machine text that nobody confirmed bar the whole group, as they do from parallel data.
    """
    groups = segment_groups(beads)
    barred = (group.source for group in groups if paragraph_objection(group, Form.AMAZON))
    return Reference(
        source=_bead_texts(beads, "source"),
        target=_bead_texts(beads, "target"),
        links=[SegmentLink(group.source, group.target) for group in groups],
        barred=frozenset(ordinal for group in barred for ordinal in group),
    )


def score_units(
    document: str,
    chapter: str,
    reference: Reference,
    hypothesis: Texts,
    hypothesis_links: Iterable[SegmentLink],
) -> tuple[tuple[ScoredSegment, ...], int]:
    """The scored units of one document, and how many reference segments with text are in none.

    A source segment without a hypothesis counts with an empty one. Units without a word in the reference are
    not scored.
    """
    links = [
        *(_nodes(link, "reference") for link in reference.links),
        *(_nodes(link, "hypothesis") for link in hypothesis_links),
    ]
    segments: list[ScoredSegment] = []
    scored: set[int] = set()
    for group in components(links):
        source, target, machine = (_ordinals(group, side) for side in ("source", "reference", "hypothesis"))
        text = _joined(reference.target, target)
        if source and text and not reference.barred.intersection(source):
            scored.update(target)
            segments.append(
                ScoredSegment(
                    document=document,
                    chapter=chapter,
                    source=_joined(reference.source, source),
                    hypothesis=_joined(hypothesis, machine),
                    reference=text,
                    ordinal=source[0],
                )
            )
    with_text = {ordinal for ordinal, text in reference.target.items() if text}
    return tuple(sorted(segments, key=lambda segment: segment.ordinal)), len(with_text - scored)


Node: TypeAlias = tuple[str, int]


def _nodes(link: SegmentLink, side: str) -> list[Node]:
    return [*(("source", ordinal) for ordinal in link.source), *((side, ordinal) for ordinal in link.target)]


def _ordinals(group: Iterable[Node], side: str) -> list[int]:
    return sorted(ordinal for which, ordinal in group if which == side)


def _bead_texts(beads: Iterable[Bead], side: Side) -> dict[int, str]:
    units: dict[int, list[BeadUnit]] = {}
    for bead in beads:
        for unit in bead.side(side):
            units.setdefault(unit.segment, []).append(unit)
    return {ordinal: _tidy(bare_text(*join_units(members))) for ordinal, members in units.items()}


def _joined(texts: Texts, ordinals: Iterable[int]) -> str:
    filled = [text for ordinal in ordinals if (text := texts.get(ordinal, ""))]
    return reduce(lambda left, right: left + line_joint(left[-1], right[0]) + right, filled) if filled else ""


def _tidy(text: str) -> str:
    """One line without a character at which some reader of lines would cut it."""
    return " ".join(text.split())
