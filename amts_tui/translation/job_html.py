"""The HTML of a job: a page per document (more for a very long one), a `<p>` per segment, put back by id."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from amts_tui.books.inline import has_prose, join_lines
from amts_tui.books.model import Document, ItemKind, Segment
from amts_tui.books.writing import Problem
from amts_tui.translation.characters import html_characters
from amts_tui.translation.emphasis import seat_emphasis
from amts_tui.translation.markup import Reader, to_html, to_masked

PART_BYTES: Final = 900_000
"""Text of one page in UTF-8 bytes; the service takes 1 MB."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A segment as it is sent: its ordinal in the document, the id of its `<p>`, and where its items' ids
    begin.
    """

    ordinal: int
    id: str
    segment: Segment
    first: int

    @property
    def text(self) -> str:
        """The masked text that is sent: soft line breaks joined."""
        return join_lines(self.segment.text, self.segment.items)

    def html(self) -> str:
        """The `<p>` element."""
        return f'<p id="{self.id}">{to_html(self.text, self.segment.items, self.first)}</p>\n'


@dataclass(frozen=True, slots=True)
class Page:
    """One HTML file of a job; `characters` are those that are billed for each target."""

    html: str
    characters: int


@dataclass(frozen=True, slots=True)
class PutBack:
    """Masked translations by segment ordinal, ready to be spliced, and the segments that could not be
    taken.
    """

    translations: Mapping[int, str]
    problems: tuple[Problem, ...]


def paragraphs(document: Document) -> Iterator[Paragraph]:
    """The segments of a document that hold words; the others need no translation and are not paid for."""
    ordinal = first = 0
    for block_ordinal, block in enumerate(document.blocks):
        for segment in block.segments:
            if block.translatable and has_prose(segment.text):
                yield Paragraph(ordinal, f"b{block_ordinal}-s{ordinal}", segment, first)
            first += max((item.number for item in segment.items), default=0)
            ordinal += 1


def pages(document: Document, limit: int = PART_BYTES) -> tuple[Page, ...]:
    """The pages of a document, each with less than `limit` bytes of text; none if nothing is to be
    translated.
    """
    found: list[Page] = []
    inside: list[str] = []
    size = 0
    for paragraph in paragraphs(document):
        element = paragraph.html()
        length = len(element.encode("utf-8"))
        if inside and size + length > limit:
            found.append(_page(document.lang, inside))
            inside, size = [], 0
        inside.append(element)
        size += length
    if inside:
        found.append(_page(document.lang, inside))
    return tuple(found)


def _page(lang: str, elements: Sequence[str]) -> Page:
    text = (
        f'<!DOCTYPE html>\n<html lang="{html.escape(lang)}">\n<head><meta charset="utf-8"></head>\n<body>\n'
        f"{''.join(elements)}</body>\n</html>\n"
    )
    return Page(text, html_characters(text))


def put_back(document: Document, returned: Sequence[str]) -> PutBack:
    """The translations in the pages of a document that came back, whatever their order.

    A segment that came back as it was sent is given as the source has it, line breaks included. One that is
    missing or came back twice, or into which an item of another segment has got, is told as a problem.
    Whether the segment's own items are all there is for `splice` to say.
    """
    readers = [Reader.read(page) for page in returned]
    found = {identity: paragraph for reader in readers for identity, paragraph in reader.paragraphs.items()}
    doubled = {identity for reader in readers for identity in reader.doubled}
    translations: dict[int, str] = {}
    problems: list[Problem] = []
    for paragraph in paragraphs(document):
        back = found.get(paragraph.id)
        if back is None or paragraph.id in doubled:
            fault = "the translation is missing" if back is None else "the translation came back twice"
            problems.append(Problem(paragraph.ordinal, fault, True))
            continue
        text, foreign = to_masked(back, paragraph.segment.items, paragraph.first)
        if foreign:
            problems.append(
                Problem(paragraph.ordinal, f"{', '.join(foreign)} of another place came here", True)
            )
        else:
            unchanged = text == paragraph.text.strip()
            translations[paragraph.ordinal] = (
                paragraph.segment.text
                if unchanged
                else seat_emphasis(_parted(text, paragraph), paragraph.segment.items)
            )
    return PutBack(translations, tuple(problems))


def _parted(text: str, paragraph: Paragraph) -> str:
    """A translation whose roles stand apart from the word before them where the source's do.

    A translator into Chinese or Japanese drops that space, and a role that touches a word is no role any
    more.
    """
    for item in paragraph.segment.items:
        name = re.escape(item.placeholder)
        if item.kind is ItemKind.ROLE and re.search(rf"\s{name}", paragraph.text):
            text = re.sub(rf"(?<=[\w}}])({name})", r" \1", text)
    return text
