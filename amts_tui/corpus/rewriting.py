"""What becomes of beads when a person's texts have been written into the file.

A written text may fall into more sentences than it replaced, or run together with the next one: the beads
follow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from amts_tui.corpus import operations
from amts_tui.corpus.groups import components
from amts_tui.corpus.model import Bead, BeadUnit


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The beads on the file's new units; `lost` are beads, as they were, with an unwritten text that has no
    sentence of its own any more.
    """

    beads: tuple[Bead, ...]
    lost: tuple[Bead, ...]


def rewritten(
    beads: Sequence[Bead],
    old: Sequence[BeadUnit],
    new: Sequence[BeadUnit],
    written: Set[str],
    blocks: tuple[Sequence[int], Sequence[int]],
) -> Rewritten:
    """The beads with the target units `new` of a file that held `old` before texts were `written` (keys).

    `blocks` numbers the block of each old and of each new unit: the blocks of a file stay when texts are
    written, while a segment whose new text has no letter is one no more. Beads whose sentences have become
    one are joined. Every new unit is in a bead that held text at its place.
    """
    units = {unit.key: unit for bead in beads for unit in bead.target}
    worded = [units[unit.key] for unit in old]
    now: dict[str, tuple[BeadUnit, ...]] = {}
    after = list(beads)
    lost: list[Bead] = []
    for run, texts in _runs(worded, old, new, written, blocks):
        keys = {unit.key for unit in run}
        pending = {unit.key for unit in run if _waits(unit, written)}
        now |= dict.fromkeys(keys, ())
        if not pending:
            now[run[0].key] = tuple(replace(text, origin=run[0].origin) for text in texts)
        elif len(run) == len(texts) == 1:
            now[run[0].key] = (replace(run[0], key=texts[0].key, segment=texts[0].segment),)
        else:
            now[run[0].key] = tuple(texts)
            lost += [bead for bead in beads if any(unit.key in pending for unit in bead.target)]
        if len(run) > 1:
            _join(after, keys)
    moved = [
        replace(bead, target=tuple(text for unit in bead.target for text in now[unit.key])) for bead in after
    ]
    return Rewritten(tuple(bead for bead in moved if bead.source or bead.target), tuple(lost))


def _waits(unit: BeadUnit, written: Set[str]) -> bool:
    return unit.in_file is not None and unit.key not in written


def _join(beads: list[Bead], keys: Set[str]) -> None:
    """Makes one bead of those that hold these target units."""
    ids = [bead.id for bead in beads if any(unit.key in keys for unit in bead.target)]
    if len(ids) > 1:
        operations.apply_all(beads, operations.pair(beads, ids))


Run = tuple[list[BeadUnit], list[BeadUnit]]


def _runs(
    worded: Sequence[BeadUnit],
    old: Sequence[BeadUnit],
    new: Sequence[BeadUnit],
    written: Set[str],
    blocks: tuple[Sequence[int], Sequence[int]],
) -> Iterator[Run]:
    """The smallest runs of old units, as now worded, with the new units that stand in their places."""
    here, there = ([unit.segment for unit in units] for units in (old, new))
    alike = set(here) == set(there)
    stretches: dict[int, Run] = defaultdict(lambda: ([], []))
    for place, unit in zip(here if alike else blocks[0], worded, strict=True):
        stretches[place][0].append(unit)
    for place, unit in zip(there if alike else blocks[1], new, strict=True):
        stretches[place][1].append(unit)
    for before, now in stretches.values():
        texts = [unit.in_file or "" if _waits(unit, written) else unit.raw for unit in before]
        first, second = _spans(texts), _spans([unit.raw for unit in now])
        links = [[(0, i), *((1, j) for j in _around(second, span))] for i, span in enumerate(first)]
        links += [[(1, j), *((0, i) for i in _around(first, span))] for j, span in enumerate(second)]
        for group in components(links):
            ordered = sorted(group)
            yield [before[n] for side, n in ordered if not side], [now[n] for side, n in ordered if side]


def _spans(texts: Sequence[str]) -> list[tuple[float, float]]:
    """Where texts stand in their whole, which counts from 0 to 1: so an escape shifts nothing behind it."""
    ends = [0]
    for text in texts:
        ends.append(ends[-1] + len("".join(text.split())))
    return [(start / ends[-1], end / ends[-1]) for start, end in pairwise(ends)]


def _around(spans: Sequence[tuple[float, float]], span: tuple[float, float]) -> list[int]:
    """The span in which the middle of another one lies."""
    middle = sum(span) / 2
    return [n for n, (start, end) in enumerate(spans) if start <= middle < end]
