"""Markers: private characters that stand in a sentence for what must pass through a translator untouched.

A marker is either *opaque* (an element with translate="no"; its text is known) or a *tag* (without a text).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

FIRST: Final = 0xF0000
LAST: Final = 0xFFFFD
PATTERN: Final = re.compile(f"[{chr(FIRST)}-{chr(LAST)}]")


class Markers:
    """The markers of one block: what each stands for, and the text that a translator may know of it."""

    def __init__(self) -> None:
        self.raw: dict[str, str] = {}
        self.text: dict[str, str] = {}

    def add(self, raw: str, text: str = "") -> str:
        """A new marker for `raw`; `text` is what a reader sees of it."""
        marker = chr(FIRST + len(self.raw))
        self.raw[marker] = raw
        self.text[marker] = text
        return marker

    def protect(self, text: str) -> str:
        """`text` with characters that look like markers replaced by markers for themselves."""
        return PATTERN.sub(lambda match: self.add(match.group(), match.group()), text)


def of(sentence: str) -> list[str]:
    """The markers of a sentence in their order."""
    return PATTERN.findall(sentence)


def intact(source: str, output: str, texts: Mapping[str, str]) -> bool:
    """Whether the output has every marker of the source once, and its tags in their order."""
    before, after = of(source), of(output)
    return sorted(before) == sorted(after) and list(_tags(before, texts)) == list(_tags(after, texts))


def _tags(markers: list[str], texts: Mapping[str, str]) -> Iterator[str]:
    return (marker for marker in markers if not texts.get(marker))
