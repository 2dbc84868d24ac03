"""What a document can be recognised by in another language: labels, code, formulas, pictures, links, numbers,
names. Cheap: it needs no sentences.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from zlib import crc32

from amts_tui.alignment.text import landmark_mark
from amts_tui.books.inline import plain_text
from amts_tui.books.model import PLACEHOLDER, Block, BlockKind, Document, Item, ItemForm, ItemKind, Segment

_LABEL = re.compile(
    r":(?:eq)?label:`([^`\n]+)`|^\.\. _([^:\n]+):|^\[\[([^\],\n]+)|^\[#([^\],.%\n]+)|^\(([^)\n]+)\)="
    r"|\{#([^\s}]+)|\sid=[\"']([^\"'\n]+)"
)
_LABELLED_KINDS = {BlockKind.DIRECTIVE, BlockKind.HTML, BlockKind.OTHER, BlockKind.HEADING, BlockKind.COMMENT}
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)+|[0-9]{2,}")
# Words of scripts that put blanks between them: Latin (with Vietnamese), Greek, Cyrillic, Arabic, Devanagari.
_WORD = re.compile(r"[^\W\d_\u0e00-\u1dff\u2000-\U0010ffff]{3,}")
_TITLE_MARKS = re.compile(r"\{#[^}]*\}|<[^>]*>")
_LINK_TARGET = re.compile(r"\]\(\s*<?([^\s)>]+)")
_LONG_LINE = 12
_STEM = 6
_NEAR = 2
"""A label at most this many blocks from the first heading is the document's own."""


class Trait(StrEnum):
    """Kinds of what a translation keeps, by the noun for one of them."""

    LABEL = "label"
    CODE = "code block"
    LINE = "line of code"
    FORMULA = "formula"
    IMAGE = "image"
    LINK = "link"
    REFERENCE = "reference"
    TERM = "code word"
    NUMBER = "number"
    WORD = "word"

    @property
    def plural(self) -> str:
        """The noun for several."""
        return "lines of code" if self is Trait.LINE else f"{self.value}s"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A document by its traits, each as a set of hashes.

    `opening` is the label under the first heading, `title` that heading's text, `lead` the first words of
    text after it.
    """

    title: str
    lead: str
    opening: str
    traits: Mapping[Trait, frozenset[int]]

    def opens_within(self, other: Fingerprint) -> bool:
        """Whether the label that this document opens with stands in the other one."""
        return bool(self.opening) and _code(self.opening) in other.traits[Trait.LABEL]


def fingerprint(document: Document) -> Fingerprint:
    """The fingerprint of a document, which may have been read without its sentences."""
    traits: dict[Trait, set[int]] = {trait: set() for trait in Trait}
    for trait, text in _features(document):
        traits[trait].add(_code(text))
    headings = (n for n, block in enumerate(document.blocks) if block.kind is BlockKind.HEADING)
    first = next(headings, None)
    return Fingerprint(
        "" if first is None else _title(document, document.blocks[first]),
        _lead(document, first),
        "" if first is None else _opening(document, first),
        {trait: frozenset(found) for trait, found in traits.items()},
    )


def _code(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass"))


def _title(document: Document, block: Block) -> str:
    texts = [_plain(segment) for segment in block.segments] or [document.raw(block).strip("#= \n")]
    return _TITLE_MARKS.sub("", " ".join(texts)).strip()


def _lead(document: Document, first: int | None) -> str:
    start = 0 if first is None else first + 1
    for block in document.blocks[start:]:
        if block.kind is BlockKind.PARAGRAPH and block.segments:
            return _plain(block.segments[0])[:200]
    return ""


def _opening(document: Document, first: int) -> str:
    """The label on the first heading, just below it, or (as in reStructuredText and AsciiDoc) above."""
    near = range(first, min(first + _NEAR, len(document.blocks)))
    for number in [*near, *range(max(0, first - _NEAR), first)]:
        block = document.blocks[number]
        if block.kind in _LABELLED_KINDS and (labels := _labels(document.raw(block))):
            return labels[0]
    return ""


def _labels(raw: str) -> list[str]:
    return [next(name for name in match.groups() if name) for match in _LABEL.finditer(raw)]


def _features(document: Document) -> Iterator[tuple[Trait, str]]:
    for block in document.blocks:
        raw = document.raw(block)
        if block.kind in _LABELLED_KINDS:
            yield from ((Trait.LABEL, label) for label in _labels(raw))
        if block.kind is BlockKind.CODE:
            yield Trait.CODE, landmark_mark(block, raw)
            yield from ((Trait.LINE, line) for line in _code_lines(raw))
        elif block.kind is BlockKind.MATH:
            yield Trait.FORMULA, landmark_mark(block, raw).partition(":")[2].strip("$")
        elif block.kind is BlockKind.IMAGE:
            yield Trait.IMAGE, _file_name(landmark_mark(block, raw).partition(":")[2])
        for segment in block.segments:
            yield from _inline(segment)


def _code_lines(raw: str) -> Iterator[str]:
    for line in raw.split("\n")[1:-1]:
        bare = "".join(line.partition("#")[0].split())
        if len(bare) >= _LONG_LINE:
            yield bare


def _inline(segment: Segment) -> Iterator[tuple[Trait, str]]:
    for item in segment.items:
        found = _of_item(item)
        if found:
            yield found
    text = PLACEHOLDER.sub(" ", segment.text)
    yield from ((Trait.NUMBER, number) for number in _NUMBER.findall(text))
    yield from ((Trait.WORD, _stem(word)) for word in set(_WORD.findall(text)))


def _of_item(item: Item) -> tuple[Trait, str] | None:
    bare = "".join(item.raw.split())
    if item.kind is ItemKind.MATH and len(bare) > 4:
        return Trait.FORMULA, bare.strip("$")
    if item.kind is ItemKind.CODE and len(bare) > 3:
        return Trait.TERM, bare.strip("`")
    if item.kind is ItemKind.ROLE:
        return Trait.REFERENCE, bare
    if item.kind is ItemKind.IMAGE and item.form is not ItemForm.OPEN:
        return Trait.IMAGE, _file_name(bare.rpartition("](")[2].strip(")"))
    if item.kind is ItemKind.URL or (item.kind is ItemKind.LINK and item.form is ItemForm.CLOSE):
        target = _LINK_TARGET.search(item.raw)
        return Trait.LINK, target[1] if target else bare
    return None


def _file_name(path: str) -> str:
    return path.rpartition("/")[2]


def _plain(segment: Segment) -> str:
    return plain_text(segment.text, segment.items)


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    """The first letters of a word without accents, where related languages often agree."""
    bare = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in bare if not unicodedata.combining(letter))[:_STEM]
