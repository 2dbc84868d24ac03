"""A lexicon learned from examples: word alignment in both directions, phrases read off it.

Alignment is IBM model 1 (Brown et al. 1993, section 4.2) with the diagonal preference of Dyer, Chahuneau and
Smith (2013, "A simple, fast, and effective reparameterization of IBM model 2"), trained by EM in each
direction. Two words are linked where the geometric mean of both posteriors is high enough; phrases are the
spans that these links make consistent (Koehn, Och and Marcu 2003, section 4.2).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from amts_tui.local_aws.translator.tables import LONGEST, MappingTable, Option, Table
from amts_tui.local_aws.translator.tokens import tokenise

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
_GRAM: Final = 3


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an example: its text, and of each token the key, whether it is a word, and its place."""

    text: str
    keys: Sequence[str]
    words: Sequence[bool]
    spans: Sequence[tuple[int, int]]

    @classmethod
    def of(cls, text: str, segment: Callable[[str], Iterable[str]]) -> "Side":
        """The side with this text; `segment` cuts runs of a script without spaces into words."""
        tokens = tokenise(text, segment)
        return cls(
            text,
            [token.key for token in tokens],
            [token.is_word for token in tokens],
            [(token.start, token.end) for token in tokens],
        )


Pair = tuple[Side, Side]
"""An example: source and target."""


def learn(pairs: Sequence[Pair], rival: Table | None = None) -> MappingTable:
    """The table of the words and phrases that the examples teach.

    What the examples bear out no better than the translation that `rival` has is left to that table.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for pair, links in zip(pairs, align(pairs), strict=True):
        counts.update(_phrases(*pair, links))
    candidates = _best(counts)
    evidence = _Evidence(pairs, candidates)
    options: dict[str, Option] = {}
    for key, found in candidates.items():
        best = next((option for option in found if evidence.is_associated(key, option.text)), None)
        known = rival.lookup(key.split(" ")) if rival else None
        if best and (known is None or evidence.prefers(key, best.text, known.text)):
            options[key] = best
    return MappingTable(options)


def align(pairs: Sequence[Pair]) -> list[list[tuple[int, int]]]:
    """The links of each pair: positions in the source and in the target."""
    import numpy as np

    usable = [(source, target) for source, target in pairs if source.keys and target.keys]
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
    return [next(found) if source.keys and target.keys else [] for source, target in pairs]


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
        for number, (one, other) in enumerate(pairs):
            m, n = len(one.keys), len(other.keys)
            sources = np.array([source_ids.setdefault(key, len(source_ids)) for key in one.keys])
            targets = np.array([target_ids.setdefault(key, len(target_ids)) for key in other.keys])
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


def _keys(side: Side) -> Iterator[str]:
    """The keys of all runs of up to `LONGEST` words."""
    for start in range(len(side.keys)):
        for end in range(start + 1, min(start + LONGEST, len(side.keys)) + 1):
            if not side.words[end - 1]:
                break
            yield " ".join(side.keys[start:end])


def _phrases(source: Side, target: Side, links: Sequence[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    """The source keys and target texts of all spans that no link leaves."""
    targets_of: dict[int, list[int]] = defaultdict(list)
    sources_of: dict[int, list[int]] = defaultdict(list)
    for i, j in links:
        targets_of[i].append(j)
        sources_of[j].append(i)
    for start, is_word in enumerate(source.words):
        if not is_word or start not in targets_of:
            continue
        low = high = targets_of[start][0]
        for end in range(start + 1, min(start + LONGEST, len(source.keys)) + 1):
            if not source.words[end - 1]:
                break
            reached = targets_of.get(end - 1)
            if not reached:
                continue
            low, high = min(low, *reached), max(high, *reached)
            if high - low < _LONGEST_TARGET and _is_closed(low, high, start, end, sources_of, target):
                yield " ".join(source.keys[start:end]), _surface(target, low, high)


def _is_closed(
    low: int, high: int, start: int, end: int, sources_of: Mapping[int, Sequence[int]], target: Side
) -> bool:
    """Whether a span of target words has no link to a source word outside of its own span."""
    return all(
        target.words[j] and all(start <= i < end for i in sources_of.get(j, ())) for j in range(low, high + 1)
    )


def _surface(target: Side, low: int, high: int) -> str:
    """The text of a span of the target; a capital that only begins the sentence becomes small."""
    text = target.text[target.spans[low][0] : target.spans[high][1]]
    rest = target.text[target.spans[low][0] + 1 : target.spans[low][1]]
    return text[0].lower() + text[1:] if low == 0 and rest == rest.lower() else text


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

    def __init__(self, pairs: Sequence[Pair], keys: Container[str]) -> None:
        self._targets = [target.text.lower() for _, target in pairs]
        self._with: dict[str, set[int]] = defaultdict(set)
        self._grams: dict[str, set[int]] = defaultdict(set)
        self._known: dict[str, frozenset[int]] = {}
        for number, (source, _) in enumerate(pairs):
            for key in _keys(source):
                if key in keys:
                    self._with[key].add(number)
            for gram in _grams(self._targets[number]):
                self._grams[gram].add(number)

    def _having(self, text: str) -> frozenset[int]:
        """The examples whose translation has the text; only those with its rarest part are searched."""
        if text not in self._known:
            parts = (self._grams.get(gram, set()) for gram in _grams(text))
            rarest = min(parts, key=len, default=set())
            self._known[text] = frozenset(number for number in rarest if text in self._targets[number])
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


def _grams(text: str) -> Iterator[str]:
    """The single characters and the runs of three of a text."""
    yield from text
    yield from (text[start : start + _GRAM] for start in range(len(text) - _GRAM + 1))
