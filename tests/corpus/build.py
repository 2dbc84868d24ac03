"""Beads of short invented sentences, for the tests of this room."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from hypothesis import strategies as st

from amts_tui.books.formats import mask_as
from amts_tui.corpus.model import Bead, BeadUnit, Mark, Side, Status, bead_id, unit_keys
from amts_tui.corpus.operations import Change, apply


def units(texts: Iterable[str]) -> list[BeadUnit]:
    """The units of one side of a document, one segment each."""
    raws = list(texts)
    made: list[BeadUnit] = []
    for number, (key, raw) in enumerate(zip(unit_keys(raws), raws, strict=True)):
        text, items, _breaks = mask_as("a.md", raw)
        made.append(BeadUnit(key, text, items, number))
    return made


def document(shapes: Sequence[tuple[int, int]], *, repeat: int = 1_000_000) -> list[Bead]:
    """Beads b0, b1, … of these shapes; unit texts count up and start again after `repeat`."""
    source = units(f"Source number {n % repeat}." for n in range(sum(s for s, _ in shapes)))
    target = units(f"Target number {n % repeat}." for n in range(sum(t for _, t in shapes)))
    beads: list[Bead] = []
    i = j = 0
    for number, (s, t) in enumerate(shapes):
        beads.append(Bead(f"b{number}", tuple(source[i : i + s]), tuple(target[j : j + t]), 1 / (number + 3)))
        i, j = i + s, j + t
    return beads


def pairs(count: int) -> list[Bead]:
    """So many 1:1 beads."""
    return document([(1, 1)] * count)


def many(count: int) -> list[Bead]:
    """So many 1:1 beads, built fast."""
    return [
        Bead(
            f"b{n}",
            (BeadUnit(f"{n:016x}/0", f"Source number {n}.", (), n),),
            (BeadUnit(f"{n:016x}/0", f"Target number {n}.", (), n),),
            0.5,
        )
        for n in range(count)
    ]


def with_status(beads: Sequence[Bead], **statuses: Status) -> list[Bead]:
    """The beads with some statuses set by id."""
    return [replace(bead, status=statuses.get(bead.id, bead.status)) for bead in beads]


def side_units(beads: Iterable[Bead], side: Side) -> list[BeadUnit]:
    """All units of one side, bead by bead."""
    return [unit for bead in beads for unit in bead.side(side)]


def raws(beads: Iterable[Bead], side: Side) -> list[list[str]]:
    """The texts of one side, a list per bead."""
    return [[unit.raw for unit in bead.side(side)] for bead in beads]


def layout(beads: Iterable[Bead]) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Id and texts of each bead."""
    return [(b.id, tuple(u.raw for u in b.source), tuple(u.raw for u in b.target)) for b in beads]


def carried(beads: Sequence[Bead], changes: Iterable[Change]) -> list[Bead]:
    """The beads after changes."""
    after = list(beads)
    for change in changes:
        apply(after, change)
    return after


def id_maker(beads: Iterable[Bead] = ()) -> Callable[[Sequence[BeadUnit], Sequence[BeadUnit]], str]:
    """Makes ids that none of the beads has."""
    taken = {bead.id for bead in beads}
    return lambda source, target: bead_id("test", source, target, taken)


SHAPES = st.lists(
    st.sampled_from([(1, 1), (1, 1), (1, 0), (0, 1), (2, 1), (1, 2), (2, 2), (3, 0)]), min_size=1, max_size=9
)
MARKS = st.frozensets(st.sampled_from(list(Mark)))
STATUSES = st.sampled_from([Status.AUTO, Status.AUTO, Status.CONFIRMED, Status.EDITED, Status.EXCLUDED])


@st.composite
def documents(draw: st.DrawFn) -> list[Bead]:
    """Beads of any shape, status and marks, each noted one with a note of its own; some sentences repeat."""
    beads = document(draw(SHAPES), repeat=draw(st.sampled_from([1, 3, 1000])))
    return [
        replace(
            bead,
            status=draw(STATUSES),
            marks=draw(MARKS),
            note=f"note on {bead.id}" if draw(st.booleans()) else "",
        )
        for bead in beads
    ]
