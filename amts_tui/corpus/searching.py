"""Finding text in beads: plain or as a pattern, on either side or both, and never for long."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from math import prod
from typing import TYPE_CHECKING

from amts_tui.corpus.model import SIDES, Bead, BeadUnit, Side
from amts_tui.errors import AmtsError

if TYPE_CHECKING:
    import regex

    Pattern = regex.Pattern[str]
    Match = regex.Match[str]

_SECONDS_A_TEXT = 0.1
_MOST_REPEATS = 1000
_REPEATS = re.compile(r"(?<!\\)\{(\d*)(?:,(\d*))?\}")
_ESCAPES = re.compile(r"\\[pP]\{\w+\}|\\.")
_EXCERPT_BEFORE = 24


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: `text` as it stands or as a regular expression, on one side or (None) on both.

    Capitals count if there is one in the text.
    """

    text: str
    side: Side | None = None
    regex: bool = False

    @property
    def pattern(self) -> Pattern:
        """The compiled expression. Raises AmtsError that says in words what is wrong with it."""
        return _compiled(self.text, self.regex)

    def spans(self, text: str, side: Side) -> list[tuple[int, int]]:
        """Where it is found in a text of a side: (start, end) in characters, none of them empty.

        Raises AmtsError if the pattern is not sound or takes too long.
        """
        return [match.span() for match in self.matches(text)] if self.side in (None, side) else []

    def matches(self, text: str) -> list[Match]:
        """The finds in a text, whatever its side, none of them empty. Raises AmtsError as `spans` does."""
        if not self.text:
            return []
        try:
            found = self.pattern.finditer(text, timeout=_SECONDS_A_TEXT, concurrent=True)
            return [match for match in found if match.end() > match.start()]
        except TimeoutError as error:
            raise _too_slow(self.text) from error

    def finds(self, bead: Bead) -> bool:
        """Whether a bead holds it, in its text as in the file. Raises AmtsError as `spans` does."""
        if not self.text:
            return False
        sides = SIDES if self.side is None else (self.side,)
        holds = self._holds()
        try:
            return any(holds(_file_text(unit)) for side in sides for unit in bead.side(side))
        except TimeoutError as error:
            raise _too_slow(self.text) from error

    def _holds(self) -> Callable[[str], object]:
        """What tells whether a text holds it: only a pattern may be slow, and watching the time costs more
        than a plain text.
        """
        search = self.pattern.search
        return partial(search, timeout=_SECONDS_A_TEXT, concurrent=True) if self.regex else search

    def turned(self) -> Search:
        """The same search seen from the other direction of a pipeline."""
        other: dict[Side | None, Side | None] = {None: None, "source": "target", "target": "source"}
        return Search(self.text, other[self.side], self.regex)


def _file_text(unit: BeadUnit) -> str:
    return unit.raw if unit.items else unit.text


@lru_cache(maxsize=64)
def _compiled(text: str, is_regex: bool) -> Pattern:
    import regex

    if is_regex:
        _refuse_bombs(text)
    letters = _ESCAPES.sub("", text) if is_regex else text
    flags = regex.VERSION1 | (0 if letters != letters.lower() else regex.IGNORECASE)
    try:
        return regex.compile(text if is_regex else regex.escape(text), flags)
    except regex.error as error:
        raise AmtsError(f"not a pattern yet: {error}") from error
    except (OverflowError, RecursionError) as error:
        raise AmtsError(f"the pattern is too large: {text[:40]}") from error


def _refuse_bombs(text: str) -> None:
    """Counted repeats within one another are unrolled when a pattern is compiled: a few characters can ask
    for all memory.
    """
    counts = [max(int(low or 0), int(high or 0), 1) for low, high in _REPEATS.findall(text)]
    if prod(counts) > _MOST_REPEATS:
        raise AmtsError(
            f"the pattern repeats more than {_MOST_REPEATS} times", remedy="use + or * instead of the counts"
        )


def _too_slow(text: str) -> AmtsError:
    return AmtsError(
        f"the pattern takes too long: {text[:40]}", remedy="avoid repeats within repeats, as in (a+)+"
    )


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a search found something: the bead's position, and an excerpt of one line with the span
    of the find in it.
    """

    row: int
    bead: str
    side: Side
    excerpt: str
    span: tuple[int, int]


def hits(beads: Iterable[Bead], search: Search) -> Iterator[Hit]:
    """The first find on each side of each bead. Raises AmtsError as `Search.spans` does."""
    for row, bead in enumerate(beads):
        if search.finds(bead):
            yield from _hits_of(row, bead, search)


def _hits_of(row: int, bead: Bead, search: Search) -> Iterator[Hit]:
    for side in SIDES:
        for unit in bead.side(side):
            found = search.spans(unit.raw, side)
            if found:
                yield Hit(row, bead.id, side, *excerpt(unit.raw, found[0]))
                break


def excerpt(text: str, span: tuple[int, int], before: int = _EXCERPT_BEFORE) -> tuple[str, tuple[int, int]]:
    """The text from a little before a find on, and where the find stands in that."""
    start, end = span
    cut = max(0, start - before)
    if cut == 0:
        return text, span
    return f"…{text[cut:]}", (start - cut + 1, end - cut + 1)


def found_rows(
    beads: Sequence[Bead], search: Search, seconds: float, clock: Callable[[], float] = time.monotonic
) -> list[int]:
    """The positions of the beads that hold it. Raises AmtsError as `Search.spans` does, and when a pattern
    takes longer than `seconds` for all of them.
    """
    end = clock() + seconds
    rows: list[int] = []
    for row, bead in enumerate(beads):
        if search.finds(bead):
            rows.append(row)
        if search.regex and clock() > end:
            raise _too_slow(search.text)
    return rows
