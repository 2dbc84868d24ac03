"""A lexicon learned from examples: word alignment in both directions, phrases read off it.

Alignment is IBM model 1 (Brown et al. 1993, section 4.2) with the diagonal preference of Dyer, Chahuneau and
Smith (2013, "A simple, fast, and effective reparameterization of IBM model 2"), trained by EM in each
direction. Two words are linked where the geometric mean of both posteriors is high enough; phrases are the
spans that these links make consistent (Koehn, Och and Marcu 2003, section 4.2).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from amts_tui.local_aws.translator.tables import LONGEST, MappingTable, Option, Table
from amts_tui.local_aws.translator.tokens import Token

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

_ITERATIONS: Final = 6
_DIAGONAL: Final = 4.0
_NULL: Final = 0.08
_LINK: Final = 0.3
_LONGEST_TARGET: Final = 6
_PRIOR: Final = 2.0
_FORWARD: Final = 0.75
_LIFT: Final = 2.0


@dataclass(frozen=True, slots=True)
class Pair:
    """An example in tokens, with the target's text, from which phrases are cut."""

    source: Sequence[Token]
    target: Sequence[Token]
    target_text: str


def learn(pairs: Sequence[Pair], rival: Table | None = None) -> MappingTable:
    """The table of the words and phrases that the examples teach.

    What the examples bear out no better than the translation that `rival` has is left to that table.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for pair, links in zip(pairs, align(pairs), strict=True):
        counts.update(_phrases(pair, links))
    evidence = _Evidence(pairs)
    options: dict[str, Option] = {}
    for key, found in _best(counts).items():
        best = next((option for option in found if evidence.is_associated(key, option.text)), None)
        known = rival.lookup(key.split(" ")) if rival else None
        if best and (known is None or evidence.prefers(key, best.text, known.text)):
            options[key] = best
    return MappingTable(options)


def align(pairs: Sequence[Pair]) -> list[list[tuple[int, int]]]:
    """The links of each pair: positions in the source and in the target."""
    import numpy as np

    usable = [pair for pair in pairs if pair.source and pair.target]
    if not usable:
        return [[] for _ in pairs]
    grid = _Grid.of(usable)
    score = np.sqrt(_posterior(grid) * _posterior(grid.reversed()))
    linked = np.flatnonzero(score > _LINK)
    by_pair: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for sentence, i, j in zip(
        grid.sentence[linked].tolist(), grid.i[linked].tolist(), grid.j[linked].tolist(), strict=True
    ):
        by_pair[sentence].append((i, j))
    found = iter(by_pair[number] for number in range(len(usable)))
    return [next(found) if pair.source and pair.target else [] for pair in pairs]


@dataclass(frozen=True, slots=True)
class _Grid:
    """Every possible link of every pair, one array entry each.

    `sentence` numbers the pair, `i`, `j` are positions in it, `source`, `target` word numbers, the slots
    positions among those of all pairs; `distance` is how far the link is off the diagonal, from 0 to 1.
    """

    sentence: "Integers"
    i: "Integers"
    j: "Integers"
    source: "Integers"
    target: "Integers"
    source_slot: "Integers"
    target_slot: "Integers"
    distance: "Floats"

    @classmethod
    def of(cls, pairs: Sequence[Pair]) -> "_Grid":
        import numpy as np

        source_ids: dict[str, int] = {}
        target_ids: dict[str, int] = {}
        parts: list[list[Integers]] = [[] for _ in range(7)]
        distances: list[Floats] = []
        source_base = target_base = 0
        for number, pair in enumerate(pairs):
            m, n = len(pair.source), len(pair.target)
            sources = np.array([source_ids.setdefault(token.key, len(source_ids)) for token in pair.source])
            targets = np.array([target_ids.setdefault(token.key, len(target_ids)) for token in pair.target])
            i, j = np.repeat(np.arange(m), n), np.tile(np.arange(n), m)
            columns = (np.full(m * n, number), i, j, sources[i], targets[j], i + source_base, j + target_base)
            for part, column in zip(parts, columns, strict=True):
                part.append(column)
            distances.append(np.abs((i + 0.5) / m - (j + 0.5) / n))
            source_base, target_base = source_base + m, target_base + n
        sentence, i, j, source, target, source_slot, target_slot = map(np.concatenate, parts)
        distance = np.concatenate(distances)
        return cls(sentence, i, j, source, target, source_slot, target_slot, distance)

    def reversed(self) -> "_Grid":
        """The same links with source and target exchanged."""
        return _Grid(
            self.sentence,
            self.j,
            self.i,
            self.target,
            self.source,
            self.target_slot,
            self.source_slot,
            self.distance,
        )


def _posterior(grid: _Grid) -> "Floats":
    """For each possible link the probability that its source word made its target word."""
    import numpy as np

    size = int(grid.target.max()) + 1
    _, entry = np.unique(grid.source * size + grid.target, return_inverse=True)
    source_of_entry = np.zeros(int(entry.max()) + 1, dtype=np.int64)
    source_of_entry[entry] = grid.source
    prior = np.exp(-_DIAGONAL * grid.distance)
    prior *= (1 - _NULL) / np.bincount(grid.target_slot, prior)[grid.target_slot]
    null = _NULL / size
    probability = np.full(len(source_of_entry), 1.0 / size)
    posterior = prior
    for _ in range(_ITERATIONS):
        weight = prior * probability[entry]
        posterior = weight / (np.bincount(grid.target_slot, weight) + null)[grid.target_slot]
        counts = np.bincount(entry, posterior)
        probability = counts / np.bincount(source_of_entry, counts)[source_of_entry]
    return posterior


def _keys(tokens: Sequence[Token]) -> Iterator[str]:
    """The keys of all runs of up to `LONGEST` words."""
    for start in range(len(tokens)):
        for end in range(start + 1, min(start + LONGEST, len(tokens)) + 1):
            if not tokens[end - 1].is_word:
                break
            yield " ".join(token.key for token in tokens[start:end])


def _phrases(pair: Pair, links: Sequence[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    """The source keys and target texts of all spans that no link leaves."""
    targets_of: dict[int, list[int]] = defaultdict(list)
    sources_of: dict[int, list[int]] = defaultdict(list)
    for i, j in links:
        targets_of[i].append(j)
        sources_of[j].append(i)
    for start, token in enumerate(pair.source):
        if not token.is_word or start not in targets_of:
            continue
        low = high = targets_of[start][0]
        for end in range(start + 1, min(start + LONGEST, len(pair.source)) + 1):
            if not pair.source[end - 1].is_word:
                break
            reached = targets_of.get(end - 1)
            if not reached:
                continue
            low, high = min(low, *reached), max(high, *reached)
            span = range(low, high + 1)
            if len(span) <= _LONGEST_TARGET and _closed(span, start, end, sources_of, pair.target):
                key = " ".join(token.key for token in pair.source[start:end])
                yield key, _surface(pair, low, high)


def _closed(
    span: range, start: int, end: int, sources_of: Mapping[int, Sequence[int]], target: Sequence[Token]
) -> bool:
    return all(target[j].is_word and all(start <= i < end for i in sources_of.get(j, ())) for j in span)


def _surface(pair: Pair, low: int, high: int) -> str:
    """The target's text of a span; a capital that only begins the sentence becomes small."""
    text = pair.target_text[pair.target[low].start : pair.target[high].end]
    first = pair.target[low].text
    return text[0].lower() + text[1:] if low == 0 and first[1:] == first[1:].lower() else text


def _best(counts: Mapping[tuple[str, str], int]) -> Mapping[str, Sequence[Option]]:
    """For each source key its texts, likeliest first, with what speaks for them in both directions."""
    of_source: Counter[str] = Counter()
    of_target: Counter[str] = Counter()
    for (source, target), count in counts.items():
        of_source[source] += count
        of_target[target] += count
    options: dict[str, list[Option]] = defaultdict(list)
    for (source, target), count in sorted(counts.items()):
        forward = count / (of_source[source] + _PRIOR)
        backward = count / (of_target[target] + _PRIOR)
        options[source].append(Option(target, forward**_FORWARD * backward ** (1 - _FORWARD)))
    for found in options.values():
        found.sort(key=lambda option: -option.confidence)
    return options


class _Evidence:
    """How often a text stands in the translations of examples with some words, and of those without."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self._targets = [pair.target_text.lower() for pair in pairs]
        self._known: dict[str, frozenset[int]] = {}
        self._with: dict[str, set[int]] = defaultdict(set)
        for number, pair in enumerate(pairs):
            for key in _keys(pair.source):
                self._with[key].add(number)

    def _having(self, text: str) -> frozenset[int]:
        if text not in self._known:
            found = (number for number, target in enumerate(self._targets) if text in target)
            self._known[text] = frozenset(found)
        return self._known[text]

    def rate(self, key: str, text: str) -> float:
        """The share of the examples with these words whose translation has the text."""
        examples = self._with[key]
        return len(self._having(text.lower()) & examples) / len(examples) if examples else 0.0

    def is_associated(self, key: str, text: str) -> bool:
        """Whether the text stands clearly oftener where the words do than elsewhere."""
        examples, having = self._with[key], self._having(text.lower())
        elsewhere = len(having - examples) / max(1, len(self._targets) - len(examples))
        return self.rate(key, text) >= _LIFT * elsewhere

    def prefers(self, key: str, text: str, known: str) -> bool:
        """Whether the examples bear out a text better than a known one; words known to be dropped stay so."""
        return known != "" and self.rate(key, text) > self.rate(key, known)
