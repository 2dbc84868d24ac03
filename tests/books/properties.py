"""What holds in every format, for each format's tests to check on texts of its own."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any

from hypothesis import strategies as st

from amts_tui.books.format import FoundBlock
from amts_tui.books.formats import container_of
from amts_tui.books.inline import Masked, check_items, unmask
from amts_tui.books.model import PLACEHOLDER, Document, Item, Segment
from amts_tui.books.reading import parse, parse_bytes
from amts_tui.books.writing import Spliced, splice, splice_spans

# Pseudo-translations: what `pseudo_translated` replaces, and with what.
ACCENTED = ("[aeiou]", "é")
CHINESE = (r"[^\W\d_]", "文")
JOINED = ("\n", " ")
LONGER = (r"\Z", " xyz")


def texts_of(fragments: Sequence[str]) -> st.SearchStrategy[str]:
    """Texts of fragments that mean something to a format, joined at random with a few other characters."""
    return st.lists(st.one_of(st.sampled_from(fragments), st.text(max_size=3)), max_size=30).map("".join)


def signature(document: Document) -> list[tuple[str, int, str, str]]:
    """What must be the same of the blocks of a document whatever is translated."""
    return [(block.kind, block.level, block.name, block.within) for block in document.blocks]


def items_of(document: Document) -> list[tuple[Item, ...]]:
    """The items of each segment."""
    return [segment.items for segment in document.segments()]


def placeholders_of(document: Document) -> list[list[str]]:
    """The placeholders of each segment."""
    return [[item.placeholder for item in items] for items in items_of(document)]


def placeholders(segment: Segment) -> str:
    """The placeholders of a segment, for a translation to hold."""
    return "".join(item.placeholder for item in segment.items)


def own_texts(document: Document) -> dict[int, str]:
    """The text of each segment as its translation."""
    return {index: segment.text for index, segment in enumerate(document.segments())}


def pseudo_translated(document: Document, pattern: str, change: str) -> dict[int, str]:
    """The text of each segment with what `pattern` finds outside of its placeholders replaced."""
    return {index: _outside(text, pattern, change) for index, text in own_texts(document).items()}


def _outside(text: str, pattern: str, change: str) -> str:
    parts = re.split(f"({PLACEHOLDER.pattern})", text)
    return "".join(part if index % 2 else re.sub(pattern, change, part) for index, part in enumerate(parts))


def refused(spliced: Spliced) -> list[int]:
    """The segments whose translation was refused."""
    return sorted({problem.segment for problem in spliced.problems if problem.refused})


def read_again(document: Document, spliced: Spliced) -> Document:
    """What the file of a document holds after its translation."""
    path, lang, options = document.path, document.lang, document.options
    if container_of(path):
        return parse_bytes(spliced.data, path=path, lang=lang, options=options, sentences=False)
    return parse(spliced.text, path=path, lang=lang, options=options, sentences=False)


def check_blocks_cover(text: str, blocks: Sequence[FoundBlock]) -> None:
    """Blocks and their spans stand in order, without overlap, and cover all but white space."""
    position = 0
    for block in blocks:
        assert position <= block.start < block.end
        assert not text[position : block.start].strip()
        inner = block.start
        for start, end in block.spans:
            assert inner <= start < end <= block.end
            inner = end
        position = block.end
    assert not text[position:].strip()


def check_document_covers(document: Document) -> None:
    """Blocks cover all but white space, have none around them, and hold their segments, which unmask to the
    file's own text.
    """
    position = 0
    for block in document.blocks:
        assert position <= block.start < block.end
        assert not document.text[position : block.start].strip()
        assert document.raw(block) == document.raw(block).strip()
        position = block.end
        for segment in block.segments:
            assert block.start <= segment.start < segment.end <= block.end
            assert unmask(segment.text, segment.items, segment.breaks) == document.raw(segment)
    assert not document.text[position:].strip()


def check_masking_is_undone(raw: str, mask: Callable[[str], Masked]) -> None:
    """Unmasking is the inverse of masking, and the placeholders of a masked text are its items'."""
    text, items, breaks = mask(raw)
    assert unmask(text, items, breaks) == raw
    names = [item.placeholder for item in items]
    assert len(set(names)) == len(names)
    assert check_items(items, text) == ()


def check_own_texts_change_nothing(document: Document) -> None:
    """Each segment with its own text gives the file back."""
    spliced = splice(document, own_texts(document))
    assert (spliced.text, spliced.problems, spliced.data) == (document.text, (), document.data)


def check_blocks_are_kept(
    document: Document, translations: dict[int, str], *, keep_damaged: bool = False
) -> tuple[Spliced, Document]:
    """Translations keep the blocks of a document; returns what was written and how it is read."""
    spliced = splice(document, translations, keep_damaged=keep_damaged)
    again = read_again(document, spliced)
    assert signature(again) == signature(document)
    return spliced, again


def check_nasty(document: Document, index: int, translation: str) -> None:
    """A translation that looks like markup keeps the blocks and every other segment, or is refused."""
    spliced, again = check_blocks_are_kept(document, {index: translation})
    assert refused(spliced) in ([], [index])
    assert (spliced.text == document.text) == bool(refused(spliced))
    others = {segment.text for number, segment in enumerate(document.segments()) if number != index}
    assert others <= {segment.text for segment in again.segments()}


def check_any_translation(document: Document, values: Sequence[str], *, keep_damaged: bool = False) -> None:
    """Whatever is written into whatever document, its blocks stay; its own texts give the file back."""
    segments = document.segments()
    translations = {
        index: values[index % len(values)] + placeholders(segment) for index, segment in enumerate(segments)
    }
    check_blocks_are_kept(document, translations, keep_damaged=keep_damaged)
    spans = [(segment.start, segment.end, values[0]) for segment in segments]
    assert signature(read_again(document, splice_spans(document, spans))) == signature(document)
    check_own_texts_change_nothing(document)


@contextmanager
def short_time() -> Iterator[None]:
    """What is done with a long text inside takes less processor time than squares of its length would."""
    begin = time.process_time()
    yield
    assert time.process_time() - begin < 5


@dataclass(slots=True)
class Steps:
    """How many lines of Python have been run."""

    lines: int = 0


@contextmanager
def counted_steps() -> Iterator[Steps]:
    """Counts what is done inside in lines of Python, which no other load of the machine changes."""
    steps = Steps()

    def trace(_frame: FrameType, event: str, _argument: object) -> Callable[..., Any]:
        steps.lines += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield steps
    finally:
        sys.settrace(before)


def in_turn(places: Sequence[int], number: int, every: int) -> Sequence[int]:
    """Each `every`-th of the places; with consecutive numbers all of them come up, and time stays bounded."""
    return places[number % every :: every]
