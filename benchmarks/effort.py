"""How many wrong beads a maintainer who follows the queue has seen after few looks, and the keys of a repair.

    python benchmarks/effort.py DATA/gold [--weights FAMILY=WEIGHTS.json]… [--cache FOLDER] [SET…]

The sets are those of `align_gold.py`. A look shows the bead to which `]` leads and two neighbours on each
side: all of them count as seen, and so does what a repair touches. What is wrong among them is put right at
once, with the fewest keys that the key table allows, and the queue ranks anew.

Where the gold is coarser than the units, a bead counts as right if it lies inside one pair of groups. Weights
that were trained without a family of sets (`bil`, `d2l`) come from `train_aligner.py --set … --write FILE`;
without them those that are shipped count.
"""

from __future__ import annotations

import argparse
import heapq
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import numpy as np
from align_gold import lines

from amts_tui.alignment import closer
from amts_tui.alignment.documents import align_many, unit_pair
from amts_tui.alignment.model import Link
from amts_tui.alignment.similarity import choose
from amts_tui.corpus import operations, rearranging
from amts_tui.corpus.findings import Checks
from amts_tui.corpus.model import SIDES, Bead, BeadUnit, Side, Status
from amts_tui.corpus.operations import Change
from amts_tui.corpus.queue import REACH, Queue, turn
from amts_tui.errors import AmtsError
from amts_tui.tui.keymap import ACTIONS
from amts_tui.workbench.cutting import by_lengths, cuts

SETS = (
    "bil-sent-en-zh",
    "d2l-sent-en-zh",
    "d2l-para-en-zh",
    "d2l-bare-en-zh",
    "bil-seg-en-es",
    "bil-sent-en-es",
)
SHARES = (0.05, 0.08, 0.10, 0.12, 0.15, 0.20)
Right = Callable[[Bead], bool]
Gold = list[tuple[frozenset[str], frozenset[str]]]


@dataclass
class Document:
    """A document as the maintainer has it."""

    beads: list[Bead]
    right: Right
    gold: Gold
    queue: Queue


def keys(bead: Bead, side: Side) -> frozenset[str]:
    """What identifies the units of a side."""
    return frozenset(unit.key for unit in bead.side(side))


def judged(folder: Path, name: str) -> tuple[Right, Gold]:
    """Tells right beads of a document, and its gold beads."""
    gold = [
        tuple(frozenset(map(str, side)) for side in bead)
        for bead in json.loads((folder / f"{name}.gold.json").read_bytes())
    ]
    path = folder / f"{name}.groups.json"
    if not path.exists():
        alone = [frozenset().union(*(g[n] for g in gold if not g[1 - n])) for n in (0, 1)]

        def exact(bead: Bead) -> bool:
            own = keys(bead, "source"), keys(bead, "target")
            if all(own):
                return own in gold_set
            return own[0] <= alone[0] and own[1] <= alone[1]

        gold_set = set(gold)
        return exact, gold
    groups = json.loads(path.read_bytes())
    both = {*groups["src"]} & {*groups["tgt"]}

    def inside(bead: Bead) -> bool:
        within = {groups["src"][int(unit.key)] for unit in bead.source}
        within |= {groups["tgt"][int(unit.key)] for unit in bead.target}
        return len(within) == 1 and (bead.paired or not within & both)

    return inside, gold


def beads_of(texts: tuple[list[str], list[str]], links: Sequence[Link]) -> list[Bead]:
    """The aligner's beads; the key of a unit is its number."""
    sides = [[BeadUnit(str(n), text, segment=n) for n, text in enumerate(side)] for side in texts]
    return [
        Bead(
            f"b{n}",
            tuple(sides[0][i] for i in link.source),
            tuple(sides[1][j] for j in link.target),
            link.confidence,
            doubts=link.doubts,
        )
        for n, link in enumerate(links)
    ]


def book(folder: Path, cache: Path | None) -> list[Document]:
    """The documents of a set, aligned."""
    langs = folder.name.split("-")[-2:]
    names = sorted(path.name.removesuffix(".gold.json") for path in folder.glob("*.gold.json"))
    texts = [(lines(folder / f"{name}.src"), lines(folder / f"{name}.tgt")) for name in names]
    found = align_many([unit_pair(*both) for both in texts], choose(*langs, cache=cache))
    documents = []
    for name, both, links in zip(names, texts, found, strict=True):
        beads = beads_of(both, links)
        chance = Checks.of(*langs, beads).chance
        documents.append(Document(beads, *judged(folder, name), Queue(beads, chance)))
    return documents


# ---- repairs

SPLIT, MERGE, PUSH, PULL, SWAP, PAIR = "split", "merge_next", "push", "pull", "swap", "pair"


def region(document: Document, row: int) -> tuple[int, int]:
    """The rows that a repair of a wrong one concerns, and one more on each side."""
    units = keys(document.beads[row], "source"), keys(document.beads[row], "target")
    rows = {row}
    while True:
        met = [gold for gold in document.gold if gold[0] & units[0] or gold[1] & units[1]]
        wider = (
            frozenset().union(units[0], *(gold[0] for gold in met)),
            frozenset().union(units[1], *(gold[1] for gold in met)),
        )
        near = range(max(min(rows) - 60, 0), min(max(rows) + 61, len(document.beads)))
        rows |= {
            at
            for at in near
            if not document.right(bead := document.beads[at])
            and (keys(bead, "source") & wider[0] or keys(bead, "target") & wider[1])
        }
        wrong = [document.beads[at] for at in range(min(rows), max(rows) + 1)]
        after = (
            units[0].union(*(keys(bead, "source") for bead in wrong)),
            units[1].union(*(keys(bead, "target") for bead in wrong)),
        )
        if after == units:
            return max(min(rows) - 1, 0), min(max(rows) + 2, len(document.beads))
        units = after


@dataclass(frozen=True)
class State:
    """Rows on the screen, the current one, and the side."""

    beads: tuple[Bead, ...]
    row: int
    side: Side

    @property
    def key(self) -> tuple[object, ...]:
        """States with equal keys are the same for what is to come."""
        shape = tuple(
            (tuple(u.key for u in bead.source), len(bead.target), bead.doubts.alternative)
            for bead in self.beads
        )
        return shape, self.row, self.side


def split_keys(bead: Bead, cut: tuple[int, int]) -> int:
    """Keys of a split: more than one possible cut means a dialog that proposes one, and Enter."""
    if len(cuts(bead)) == 1:
        return 1
    first = by_lengths(bead)
    ways = [abs(a - b) for a, b in zip(first, cut, strict=True)]
    start = 0 if len(bead.source) > 1 else 1
    return 2 + sum(ways) + bool(ways[1 - start])


def moves(state: State, new_id: Callable[..., str]) -> Iterator[tuple[int, State]]:
    """What one can do next, with the keys that it takes."""
    beads, row, side = list(state.beads), state.row, state.side
    bead = beads[row]
    if row:
        yield 1, State(state.beads, row - 1, side)
    if row + 1 < len(beads):
        yield 1, State(state.beads, row + 1, side)
    yield 1, State(state.beads, row, SIDES[1 - SIDES.index(side)])
    doing: list[tuple[int, Callable[[], list[Change]]]] = [
        (split_keys(bead, cut), lambda cut=cut: operations.split(beads, bead.id, *cut, new_id))  # type: ignore[misc]
        for cut in cuts(bead)
    ]
    doing += [
        (1, lambda way=way: operations.move(beads, bead.id, way, side, new_id))  # type: ignore[misc]
        for way, edge in (("down", len(beads) - 1), ("up", 0))
        if row != edge
    ]
    if row + 1 < len(beads):
        doing.append((1, lambda: operations.merge(beads, bead.id, beads[row + 1].id)))
    if row:
        doing.append((1, lambda: operations.merge(beads, beads[row - 1].id, bead.id)))
        doing.append((1, lambda: operations.swap(beads, beads[row - 1].id, bead.id)))
    for other in range(len(beads)):
        if abs(other - row) > 1:
            doing.append(
                (2 + abs(other - row), lambda other=other: operations.pair(beads, [bead.id, beads[other].id]))
            )  # type: ignore[misc]
    if any(action.id == "align.alternative" for action in ACTIONS) and bead.doubts.alternative:
        doing.append((1, lambda: rearranging.take_alternative(beads, bead.id, new_id)))
    for cost, make in doing:
        after = list(beads)
        try:
            first = operations.apply_all(after, make())
        except AmtsError:
            continue
        near = [at for at in range(max(row - 2, 0), min(row + 3, len(after))) if after[at].id == bead.id]
        yield cost, State(tuple(after), near[0] if near else min(first, len(after) - 1), side)


def repaired(start: State, right: Right, states: int) -> tuple[int, tuple[Bead, ...]] | None:
    """The fewest keys after which all rows are right, and the rows then; None after so many `states`."""
    number = count()

    def new_id(_source: object, _target: object) -> str:
        return f"n{next(number)}"

    known: dict[Bead, bool] = {}

    def wrong(state: State) -> int:
        return sum(not known.setdefault(bead, right(bead)) for bead in state.beads)

    order = count()
    waiting = [((wrong(start) + 3) // 4, next(order), 0, start)]
    done: set[tuple[object, ...]] = set()
    while waiting and len(done) < states:
        _, _, cost, state = heapq.heappop(waiting)
        if state.key in done:
            continue
        if not wrong(state):
            return cost, state.beads
        done.add(state.key)
        for more, after in moves(state, new_id):
            if after.key not in done:
                heapq.heappush(
                    waiting, (cost + more + (wrong(after) + 3) // 4, next(order), cost + more, after)
                )
    return None


def repair(document: Document, row: int, number: str, states: int) -> tuple[int | None, set[str]]:
    """Puts a wrong bead right; returns the keys and the ids of the beads that it touched."""
    start, end = region(document, row)
    before = document.beads[start:end]
    found = repaired(State(tuple(before), row - start, "source"), document.right, states)
    if found is None:
        after = [
            bead if document.right(bead) else replace(bead, status=Status.EDITED, confidence=1.0)
            for bead in before
        ]
        cost = None
    else:
        cost = found[0]
        after = [replace(b, id=f"{number}.{b.id}") if b.id.startswith("n") else b for b in found[1]]
    document.beads[start:end] = after
    document.queue.refresh(document.beads)
    kept = set(after)
    return cost, {bead.id for bead in before if bead not in kept}


# ---- the maintainer


@dataclass(frozen=True)
class Result:
    """Of a set: shares of the wrong beads seen after looks at a share of the beads, and keys of repairs."""

    beads: int
    wrong: int
    seen: dict[float, float]
    costs: list[int]
    unknown: int


def followed(documents: list[Document], states: int) -> Result:
    """Follows the queue to the greatest of the shares."""
    wrong = {(n, bead.id) for n, doc in enumerate(documents) for bead in doc.beads if not doc.right(bead)}
    beads = sum(len(doc.beads) for doc in documents)
    left = set(wrong)
    settled: set[tuple[int, str]] = set()
    seen: dict[float, float] = {}
    costs: list[int | None] = []
    current = 0
    for look in range(1, int(max(SHARES) * beads) + 1):
        place = turn(current, {n: doc.queue.best_worth for n, doc in enumerate(documents)})
        if place is not None:
            current = place
            doc = documents[current]
            row = doc.queue.best()
            assert row is not None
            doc.queue.look(row)
            shown = [bead.id for bead in doc.beads[max(row - REACH, 0) : row + REACH + 1]]
            left -= {(current, bead) for bead in shown}
            for bead_id in shown:
                at = next((at for at, bead in enumerate(doc.beads) if bead.id == bead_id), None)
                if at is None or doc.right(doc.beads[at]) or (current, bead_id) in settled:
                    continue
                cost, touched = repair(doc, at, f"{look}.{len(costs)}", states)
                costs.append(cost)
                settled |= {(current, one) for one in touched}
                left -= settled
        for share in SHARES:
            if look <= share * beads:
                seen[share] = 1 - len(left) / max(len(wrong), 1)
    known = [cost for cost in costs if cost is not None]
    return Result(beads, len(wrong), seen, known, len(costs) - len(known))


def use(path: Path | None) -> None:
    """Makes the aligner use weights of a file."""
    if path is None:
        return
    stored = json.loads(path.read_bytes())
    values = np.array(list(stored["weights"].values()))
    weights = closer.Weights(tuple(stored["weights"]), values, stored["further"], stored["calibration"])
    closer.trained = lambda: weights  # type: ignore[assignment]


def main() -> None:
    """One row a set, then the means."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("sets", nargs="*", default=SETS)
    parser.add_argument("--weights", action="append", default=[], metavar="FAMILY=FILE")
    parser.add_argument("--states", type=int, default=20_000, help="when to give a search for keys up")
    parser.add_argument("--cache", type=Path)
    options = parser.parse_intermixed_args()
    weights = {family: Path(file) for family, _, file in (one.partition("=") for one in options.weights)}
    heads = "".join(f"{f'{share:.0%}':>7}" for share in SHARES)
    print(f"{'set':18}{'beads':>7}{'wrong':>7}{heads}{'repairs':>9}{'keys':>6}{'<=4':>6}{'unknown':>9}")
    results = []
    for name in options.sets:
        use(weights.get(name.partition("-")[0]))
        found = followed(book(options.gold / name, options.cache), options.states)
        results.append(found)
        seen = "".join(f"{found.seen[share]:7.3f}" for share in SHARES)
        mean = sum(found.costs) / max(len(found.costs), 1)
        few = sum(cost <= 4 for cost in found.costs) / max(len(found.costs), 1)
        print(
            f"{name:18}{found.beads:7}{found.wrong:7}{seen}{len(found.costs):9}{mean:6.2f}{few:6.0%}{found.unknown:9}",
            flush=True,
        )
    means = "".join(f"{sum(one.seen[share] for one in results) / len(results):7.3f}" for share in SHARES)
    costs = [cost for one in results for cost in one.costs]
    print(f"{'mean':18}{'':14}{means}{len(costs):9}{sum(costs) / max(len(costs), 1):6.2f}")


if __name__ == "__main__":
    main()
