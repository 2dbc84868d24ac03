"""Tables of translations: a sequence of source words to the best known text, with a confidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

LONGEST: Final = 4
"""Words of the longest key."""
_CERTAIN: Final = 0.75


@dataclass(frozen=True, slots=True)
class Option:
    """A translation of some words; `confidence` is a probability between 0 and 1."""

    text: str
    confidence: float


class Table(Protocol):
    """Something that knows translations of one to `LONGEST` words."""

    def lookup(self, words: Sequence[str]) -> Option | None:
        """The translation of these words (their keys), if there is one."""
        ...


class MappingTable:
    """A table over a mapping from words, joined by spaces, to options."""

    def __init__(self, options: Mapping[str, Option]) -> None:
        self._options = options

    def lookup(self, words: Sequence[str]) -> Option | None:
        """See `Table`."""
        return self._options.get(" ".join(words))

    def terms(self) -> Mapping[str, str]:
        """The phrases of several words that are as good as certain."""
        return {
            key: option.text
            for key, option in self._options.items()
            if " " in key and option.confidence >= _CERTAIN
        }
