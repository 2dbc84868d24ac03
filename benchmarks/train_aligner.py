"""Trains the weights of the closer look on gold alignments, and prints how they do on kinds of text left out.

    python benchmarks/damaged_books.py DATA/corpora BOOKS
    python benchmarks/train_aligner.py DATA/gold BOOKS --scorer SCORER.py [--write WEIGHTS.json] [--set SET]…

The sets are those that `align_gold.py` reads; where the gold is coarser than the units, `<doc>.groups.json`
has the group of each unit. Sets whose names begin alike (`d2l-para…`, `d2l-sent…`) are one family. Each set
counts the same in training, however large it is.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from align_gold import lines, score
from descent import logistic, lowest
from numpy.typing import NDArray

from amts_tui.alignment.band import Band
from amts_tui.alignment.closer import HEAT, LEAST, Closer, calibration_signs
from amts_tui.alignment.crf import Graph
from amts_tui.alignment.embeddings import EmbeddingSimilarity
from amts_tui.alignment.encoder import Encoder, knows
from amts_tui.alignment.features.table import NAMES, Usual
from amts_tui.alignment.lattice import Lattice
from amts_tui.alignment.scores import Costs
from amts_tui.alignment.search import Bead
from amts_tui.alignment.stretches import links

Floats: TypeAlias = NDArray[np.float64]

_RIDGE = 10.0
_MISSING = 0.6  # added for each missing unit: books lose and gain more text than gold sets do
_STEPS = 80
_ENOUGH = 1e-5
_WRONG = -30.0  # the weight of beads outside the gold: one missing in the lattice is bearable
_COLUMNS = ("P", "R", "F", "laxF", "nullF")


@dataclass(frozen=True, slots=True)
class Example:
    """One document: its lattice and features, and which candidates agree with the gold."""

    folder: Path
    name: str
    lattice: Lattice
    features: Floats
    right: NDArray[np.bool_]

    @property
    def family(self) -> str:
        """What must not be in the training when this is the test."""
        return family(self.folder.name)


def family(name: str) -> str:
    """The sets of kindred texts have names that begin alike."""
    return name.partition("-")[0]


def evened(names: Sequence[str], sizes: Sequence[float]) -> Floats:
    """How much each of some things counts, so that the sets to which they belong come to the same."""
    total: dict[str, float] = defaultdict(float)
    for name, size in zip(names, sizes, strict=True):
        total[name] += size
    mean = sum(total.values()) / len(total)
    return np.array([mean / total[name] for name in names])


def examples(folder: Path, encoder: Encoder) -> list[Example]:
    """The documents of a set, aligned once so that the lexicon is that of the whole set."""
    names = sorted(path.name.removesuffix(".gold.json") for path in folder.glob("*.gold.json"))
    texts = [(lines(folder / f"{name}.src"), lines(folder / f"{name}.tgt")) for name in names]
    similarity = EmbeddingSimilarity("default", encoder)
    taught: list[tuple[str, str]] = []
    drafts = [links(similarity.evidence(*both), *both, draft=True) for both in texts]
    for (source, target), found in zip(texts, drafts, strict=True):
        taught += [
            (" ".join(source[i] for i in link.source), " ".join(target[j] for j in link.target))
            for link in found
            if link.source and link.target
        ]
    learned = similarity.learned(taught)
    made = []
    for name, (source, target), found in zip(names, texts, drafts, strict=True):
        seen: list[tuple[Lattice, Floats]] = []

        def look(closer: Closer, costs: Costs, band: Band, path: Sequence[Bead], usual: Usual, seen=seen):  # type: ignore[no-untyped-def]
            lattice = Lattice.of(costs, band, path, heat=HEAT, least=LEAST)
            seen.append((lattice, closer.features(lattice.edges, usual, NAMES).astype(np.float64)))
            return []

        links(learned.evidence(source, target), source, target, near=found, weigh=look)
        lattice = _joined([lattice for lattice, _ in seen])
        if lattice.size != (len(source), len(target)):
            raise SystemExit(f"{folder / name}: a part of it has text on one side only, leave it out")
        features = np.concatenate([features for _, features in seen])
        made.append(Example(folder, name, lattice, features, _right(folder, name, lattice)))
    return made


def _joined(parts: Sequence[Lattice]) -> Lattice:
    """The lattice of a text from those of the pieces that were looked at one by one."""
    sizes = np.array([part.size for part in parts])
    begins = np.cumsum(sizes, axis=0) - sizes
    edges = [part.edges + np.array([i, i, j, j]) for part, (i, j) in zip(parts, begins, strict=True)]
    rows, columns = sizes.sum(axis=0).tolist()
    shares, extra = ([getattr(part, name) for part in parts] for name in ("shares", "extra"))
    return Lattice((rows, columns), np.concatenate(edges), np.concatenate(shares), np.concatenate(extra))


def _right(folder: Path, name: str, lattice: Lattice) -> NDArray[np.bool_]:
    groups = folder / f"{name}.groups.json"
    edges = lattice.edges.tolist()
    if groups.exists():
        of = json.loads(groups.read_bytes())
        both = set(of["src"]) & set(of["tgt"])
        units = [{*of["src"][i:k], *of["tgt"][j:m]} for i, k, j, m in edges]
        two = [i < k and j < m for i, k, j, m in edges]
        return np.array(
            [len(unit) == 1 and (t or not unit & both) for unit, t in zip(units, two, strict=True)]
        )
    gold: set[Bead] = set()
    alone: tuple[set[int], set[int]] = (set(), set())
    for source, target in json.loads((folder / f"{name}.gold.json").read_bytes()):
        if source and target:
            gold.add((source[0], source[-1] + 1, target[0], target[-1] + 1))
        alone[0].update(() if target else source)
        alone[1].update(() if source else target)
    return np.array([
        (i, k, j, m) in gold if i < k and j < m else i in alone[0] if i < k else j in alone[1]
        for i, k, j, m in edges
    ])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of the features and of going on a run of missing units."""

    values: Floats
    further: float

    def judged(self, example: Example) -> tuple[list[int], Floats]:
        """The candidates of the best path, and the shares of all."""
        graph = Graph.of([(example.lattice.size, example.lattice.edges)])
        scores = example.features @ self.values
        return graph.best(scores, self.further)[0], graph.shares(scores, self.further)[1]


def fitted(chosen: Sequence[Example]) -> Model:
    """The weights under which the gold paths (all that fit a group's) have most of the probability."""
    features = np.concatenate([example.features for example in chosen])
    spread = features.std(axis=0) + 1e-6
    features /= spread
    graph = Graph.of([(example.lattice.size, example.lattice.edges) for example in chosen])
    held = np.where(np.concatenate([example.right for example in chosen]), 0.0, _WRONG)
    names = [example.folder.name for example in chosen]
    counts = evened(names, [example.lattice.size[0] for example in chosen])
    edges = counts[graph.text]

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = features @ weights[:-1]
        every, share, on = graph.shares(scores, weights[-1])
        gold, gold_share, gold_on = graph.shares(scores + held, weights[-1])
        slope = np.append(features.T @ (edges * (share - gold_share)), (edges * (on - gold_on)).sum())
        return float(counts @ (every - gold) + _RIDGE / 2 * weights @ weights), slope + _RIDGE * weights

    weights = lowest(loss, np.zeros(features.shape[1] + 1), steps=_STEPS, least=_ENOUGH)
    values = weights[:-1] / spread
    values[NAMES.index("missing")] += _MISSING
    return Model(values, float(weights[-1]))


@dataclass(frozen=True, slots=True)
class Judged:
    """Predicted beads of one family left out: what tells how sure they are, and whether they are right."""

    set: str
    signs: Floats
    right: NDArray[np.bool_]


def left_out(chosen: Sequence[Example], model: Model, scorer: Path) -> list[Judged]:
    """Predictions for examples that the model has not seen; prints their scores."""
    found = []
    for gold in sorted({example.folder for example in chosen}):
        signs, right = [], []
        with tempfile.TemporaryDirectory() as folder:
            for example in (example for example in chosen if example.folder == gold):
                path, share = model.judged(example)
                beads = example.lattice.edges[path].tolist()
                out = [[list(range(i, k)), list(range(j, m))] for i, k, j, m in beads]
                (Path(folder) / f"{example.name}.json").write_text(json.dumps(out))
                known = calibration_signs(example.lattice.edges, share, example.lattice.shares, path)
                signs.append(np.stack(list(known.values()), axis=1))
                right.append(example.right[path])
            figures = score(scorer, gold, Path(folder))
        print(f"{gold.name:32}" + "".join(f"{figures[column]:8.3f}" for column in _COLUMNS), flush=True)
        found.append(Judged(gold.name, np.concatenate(signs), np.concatenate(right)))
    return found


def calibrated(judged: Sequence[Judged]) -> Floats:
    """Weights of the calibration; a set of a hundred times the beads counts ten times as much."""
    counts = np.sqrt(evened([one.set for one in judged], [len(one.right) for one in judged]))
    return logistic(
        np.concatenate([one.signs for one in judged]),
        np.concatenate([one.right for one in judged]),
        np.repeat(counts, [len(one.right) for one in judged]),
    )


def told(judged: Sequence[Judged]) -> None:
    """Prints how well confidences do when the family is left out of the calibration too."""
    print(f"\n{'set':32}{'wrong':>8}{'expected':>10}{'AUC':>8}{'ECE':>8}")
    for one in judged:
        weights = calibrated([other for other in judged if family(other.set) != family(one.set)])
        sure = 1 / (1 + np.exp(-one.signs @ weights))
        wrong = int((~one.right).sum())
        row = f"{wrong:8}{(1 - sure).sum():10.0f}{_area(sure, one.right):8.3f}{_off(sure, one.right):8.3f}"
        print(f"{one.set:32}{row}")


def _area(sure: Floats, right: NDArray[np.bool_]) -> float:
    ranks = np.empty(len(sure))
    ranks[np.argsort(sure)] = np.arange(1, len(sure) + 1)
    good = int(right.sum())
    return float((ranks[right].sum() - good * (good + 1) / 2) / max(1, good * (len(sure) - good)))


def _off(sure: Floats, right: NDArray[np.bool_]) -> float:
    tenth = np.minimum(9, (sure * 10).astype(int))
    gaps = (abs((sure - right)[tenth == k].sum()) for k in range(10))
    return float(sum(gaps) / len(sure))


def main() -> None:
    """The table of what was left out, then the weights from all sets."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--set", action="append")
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    encoder = Encoder(cache=options.cache)
    folders = [folder for gold in options.gold for folder in sorted(gold.iterdir()) if folder.is_dir()]
    folders = [folder for folder in folders if all(knows(lang) for lang in folder.name.split("-")[-2:])]
    folders = [folder for folder in folders if not options.set or folder.name in options.set]
    chosen = [example for folder in folders for example in examples(folder, encoder)]
    print(f"{'family left out':32}" + "".join(f"{column:>8}" for column in _COLUMNS))
    judged: list[Judged] = []
    for kind in sorted({example.family for example in chosen}):
        model = fitted([example for example in chosen if example.family != kind])
        judged += left_out([e for e in chosen if e.family == kind], model, options.scorer)
    told(judged)
    if options.write:
        model = fitted(chosen)
        names = calibration_signs(np.zeros((1, 4), dtype=np.int64), np.ones(1), np.zeros(1), [0])
        calibration = calibrated(judged)
        stored = {
            "about": "benchmarks/train_aligner.py, each set counted the same, on "
            + ", ".join(folder.name for folder in folders),
            "ridge": _RIDGE,
            "missing": _MISSING,
            "weights": dict(zip(NAMES, np.round(model.values, 5).tolist(), strict=True)),
            "further": round(model.further, 5),
            "calibration": dict(zip(names, np.round(calibration, 5).tolist(), strict=True)),
        }
        options.write.write_text(json.dumps(stored, indent=1) + "\n")


if __name__ == "__main__":
    main()
