"""Base forms that an inflected English word may come from."""

from collections.abc import Iterator
from typing import Final

_VOWELS: Final = "aeiou"
_ENDINGS: Final = (
    ("'s", ("",)),
    ("ies", ("y", "ie")),
    ("ves", ("f", "fe", "ve")),
    ("sses", ("ss",)),
    ("es", ("e", "")),
    ("s", ("",)),
    ("ied", ("y", "ie")),
    ("ed", ("e", "")),
    ("ying", ("y", "ie")),
    ("ing", ("e", "")),
    ("ier", ("y",)),
    ("er", ("e", "")),
    ("iest", ("y",)),
    ("est", ("e", "")),
    ("ally", ("al", "")),
    ("ly", ("", "le")),
)


def bases(word: str) -> Iterator[str]:
    """Candidates for the base form of a lower-case word, likely ones first; some are no words."""
    for ending, replacements in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 2:
            continue
        for replacement in replacements:
            yield stem + replacement
        if ending in ("ed", "ing", "er", "est") and stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
            yield stem[:-1]
