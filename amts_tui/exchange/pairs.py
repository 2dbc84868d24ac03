"""Beads to pairs: one bead a pair, or one group of segments a pair."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import datetime
from types import MappingProxyType
from typing import Final

from amts_tui.amazon.parallel_rules import is_too_long, refusal
from amts_tui.corpus.groups import SegmentGroup, segment_groups
from amts_tui.corpus.model import SIDES, Bead, BeadUnit, Origin, Status
from amts_tui.exchange.chunks import fewest_chunks
from amts_tui.exchange.model import SETTLED, Collected, Form, LeftOut, Pair, Selection
from amts_tui.exchange.text import side_inline, side_text

ALL: Final = Selection()
NO_DATES: Final[Mapping[str, datetime]] = MappingProxyType({})


def sentence_pairs(
    document: str,
    beads: Iterable[Bead],
    form: Form,
    selection: Selection = ALL,
    changed: Mapping[str, datetime] = NO_DATES,
) -> Collected:
    """A pair for each bead with both sides filled that the selection wants.

    In the amazon form machine text that nobody confirmed is left out. `changed` tells by bead id when a
    person last changed it. What a file format refuses is the business of `write_pairs`.
    """
    pairs: list[Pair] = []
    left_out: list[LeftOut] = []
    for bead in beads:
        reason = _objection(bead, form, selection)
        if reason is None:
            pairs.append(_pair(bead.id, document, [bead], (bead.source, bead.target), form, changed))
        else:
            left_out.append(LeftOut(bead.id, document, reason))
    return Collected(tuple(pairs), tuple(left_out))


def paragraph_pairs(
    document: str,
    beads: Sequence[Bead],
    form: Form,
    selection: Selection = ALL,
    changed: Mapping[str, datetime] = NO_DATES,
) -> Collected:
    """A pair for each group of segments that beads connect, with all units of these segments.

    A group is left out if one of its beads is excluded, or if the selection does not want one that has both
    sides. In the amazon form a group that is too long becomes the fewest chunks that fit, cut between
    beads. A pair's id is that of its first bead with both sides, in chunks followed by `-1`, `-2` and so
    on.
    """
    pairs: list[Pair] = []
    left_out: list[LeftOut] = []
    grouped: set[str] = set()
    for group in segment_groups(beads):
        grouped.update(bead.id for bead in group.beads)
        name = next(bead.id for bead in group.beads if bead.paired)
        reason = paragraph_objection(group, form, selection)
        if reason is not None:
            left_out.append(LeftOut(name, document, reason))
            continue
        whole = _group_pair(name, document, group, form, changed)
        if form is Form.EXCHANGE or not (is_too_long(whole.source) or is_too_long(whole.target)):
            pairs.append(whole)
            continue
        chunks, dropped = fewest_chunks(group)
        for number, chunk in enumerate(chunks, start=1):
            pairs.append(_group_pair(f"{name}-{number}", document, chunk, form, changed))
        left_out += [LeftOut(bead.id, document, _misfit(bead)) for bead in dropped]
    left_out += [
        LeftOut(bead.id, document, _empty_side(bead))
        for bead in beads
        if not bead.paired and bead.id not in grouped
    ]
    return Collected(tuple(pairs), tuple(left_out))


def _objection(bead: Bead, form: Form, selection: Selection) -> str | None:
    """Why a bead gives no pair."""
    if bead.status is Status.EXCLUDED:
        return "excluded"
    if not bead.paired:
        return _empty_side(bead)
    return _unwanted(bead, selection) or (_unconfirmed_machine([bead]) if form is Form.AMAZON else None)


def paragraph_objection(group: SegmentGroup, form: Form, selection: Selection = ALL) -> str | None:
    """Why a group of segments gives no pair."""
    for bead in group.beads:
        if bead.status is Status.EXCLUDED:
            return f"bead {bead.id} of the paragraph is excluded"
    for bead in group.beads:
        if bead.paired and (reason := _unwanted(bead, selection)):
            return f"bead {bead.id} of the paragraph: {reason}"
    return _unconfirmed_machine(group.beads) if form is Form.AMAZON else None


def _unwanted(bead: Bead, selection: Selection) -> str | None:
    if bead.status not in selection.statuses:
        return f"status {bead.status} not asked for"
    if bead.status not in SETTLED and bead.confidence < selection.min_confidence:
        return f"confidence {bead.confidence:.2f} below {selection.min_confidence:.2f}"
    return None


def _unconfirmed_machine(beads: Iterable[Bead]) -> str | None:
    for bead in beads:
        for unit in bead.target:
            if unit.origin is not Origin.HUMAN and bead.status not in SETTLED:
                return f"{unit.origin} text that nobody confirmed"
    return None


def _empty_side(bead: Bead) -> str:
    return "no target text" if bead.source else "no source text"


def _misfit(bead: Bead) -> str:
    """Why a bead fits into no chunk: it has one side only, or is too long by itself."""
    if not bead.paired:
        return _empty_side(bead)
    refusals = ((side, refusal(side_text(bead.side(side), Form.AMAZON), "TMX")) for side in SIDES)
    return next(f"{side} {reason}" for side, reason in refusals if reason is not None)


def _group_pair(
    name: str, document: str, group: SegmentGroup, form: Form, changed: Mapping[str, datetime]
) -> Pair:
    return _pair(name, document, group.beads, (group.units("source"), group.units("target")), form, changed)


def _pair(
    name: str,
    document: str,
    beads: Sequence[Bead],
    sides: tuple[Sequence[BeadUnit], Sequence[BeadUnit]],
    form: Form,
    changed: Mapping[str, datetime],
) -> Pair:
    source, target = sides
    paired = [bead for bead in beads if bead.paired]
    return Pair(
        id=name,
        document=document,
        source=side_text(source, form),
        target=side_text(target, form),
        status=_status({bead.status for bead in paired}),
        confidence=min(bead.confidence for bead in paired),
        origin=_origin({unit.origin for unit in target}),
        source_inline=side_inline(source) if form is Form.EXCHANGE else (),
        target_inline=side_inline(target) if form is Form.EXCHANGE else (),
        changed=max((changed[bead.id] for bead in beads if bead.id in changed), default=None),
    )


def _status(statuses: Set[Status]) -> Status:
    """What a person has said about all of them: nothing, if one of them is still the aligner's."""
    return next(status for status in (Status.AUTO, Status.EDITED, Status.CONFIRMED) if status in statuses)


def _origin(origins: Set[Origin]) -> Origin:
    """The least human of them."""
    return next(origin for origin in (Origin.MACHINE, Origin.MEMORY, Origin.HUMAN) if origin in origins)
