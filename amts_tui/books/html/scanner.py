"""The blocks of an HTML text as spans: what stands between two tags of paragraphs and the like is a block of
prose, all else a block of its own.

One pass over the markup; the tree is kept only as the stack of open elements, with the end tags that HTML
lets authors leave out. Nothing is parsed twice and there is no recursion, so time is linear in the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from amts_tui.books.format import FoundBlock, Span
from amts_tui.books.html.elements import (
    BLOCKS,
    CODE_BLOCKS,
    HIDDEN,
    LEAVES,
    VOID,
)
from amts_tui.books.html.inline import find_mates, is_kept, items_between
from amts_tui.books.html.openings import Elements
from amts_tui.books.html.tokens import Kind, Markup, attributes, find_markup
from amts_tui.books.model import BlockKind, ItemKind

_NEVER = -1


def scan(text: str, *, xml: bool) -> list[FoundBlock]:
    """The blocks of `text` in order, without overlap; together they cover all but white space."""
    return _Scanner(text, xml or text.startswith(("<?xml", "\ufeff<?xml"))).run()


@dataclass(slots=True)
class _Pending:
    """Markup that no block has yet: from `start` to `solid`, and after that the tags of `heads`, each of
    which may begin the block of the text to come.
    """

    start: int = -1
    solid: int = -1
    heads: list[Markup] = field(default_factory=list)


class _Scanner:
    def __init__(self, text: str, xml: bool) -> None:
        self.text = text
        self.xml = xml
        self.markups = find_markup(text, xml=xml)
        self.found: list[FoundBlock] = []
        self.elements = Elements()
        self.pending = _Pending()
        self.line = (
            -1
        )  # the index of the first markup in or after the line of text at hand, -1: there is none
        self.line_start = -1
        self.tails: list[str] = []  # the elements whose end tags belong to the last block if they come next

    def run(self) -> list[FoundBlock]:
        position = 0
        if self.text.startswith("\ufeff"):
            self.found.append(FoundBlock(BlockKind.OTHER, 0, 1, name="bom"))
            position = 1
        mates = _hidden_mates(self.markups)
        index = 0
        while index < len(self.markups):
            markup = self.markups[index]
            self._text(position, markup.start, index)
            last = mates.get(index, index)
            if last == _NEVER:
                self._endless(index, markup)
                return self.found
            position = self.markups[last].end
            self._markup(index, markup, position)
            index = last + 1
        self._text(position, len(self.text), index)
        self._end_line(len(self.text), index)
        self._flush()
        return self.found

    def _endless(self, index: int, markup: Markup) -> None:
        """An element without prose that has no end: it takes all the rest."""
        self._end_line(markup.start, index)
        if markup.name in CODE_BLOCKS:
            self._flush()
            self._emit(BlockKind.CODE, markup.start, len(self.text))
        else:
            self._keep(markup.start, len(self.text))
            self._flush()

    def _text(self, start: int, end: int, index: int) -> None:
        """The text between two markups: the beginning of a line of text if there is none yet."""
        if self.line == -1 and (text := self.text[start:end].lstrip()):
            self.line, self.line_start = index, end - len(text)

    def _markup(self, index: int, markup: Markup, end: int) -> None:
        if markup.kind is Kind.COMMENT and self.line == -1:
            self._flush()
            self._emit(BlockKind.COMMENT, markup.start, end)
        elif markup.kind is not Kind.TAG:
            if self.line == -1:
                self._keep(markup.start, end)
        elif markup.name not in BLOCKS:
            if self.line == -1:
                self.line, self.line_start = index, markup.start
        else:
            self._end_line(markup.start, index)
            self._block_tag(markup, end)

    def _block_tag(self, markup: Markup, end: int) -> None:
        """A tag at which a line of text ends."""
        name = markup.name
        if name in CODE_BLOCKS and end > markup.end:
            self._flush()
            self._emit(BlockKind.CODE, markup.start, end)
        elif markup.closing:
            self.elements.close(name)
            if self.tails and self.tails[-1] == name:
                self.tails.pop()
                self._extend(end)
            else:
                self._keep(markup.start, end)
        elif name in VOID or markup.empty or end > markup.end:
            self._keep(markup.start, end)
        else:
            self.elements.open(name, is_kept(self.text, markup))
            self.tails = []
            if name in LEAVES:
                self.pending.heads.append(markup)
            else:
                self._keep(markup.start, end)

    # Lines of text

    def _end_line(self, end: int, index: int) -> None:
        """End the line of text at hand before `end`, where the markup `index` begins."""
        if self.line == -1:
            return
        start, markups = self.line_start, self.markups[self.line : index]
        self.line = -1
        while self.text[end - 1].isspace():
            end -= 1
        if not self.elements.translated:
            self._keep(start, end)
            return
        place = self.elements.place()
        kind, spans = self._content(start, end, markups)
        if kind is BlockKind.HTML:
            self._keep(start, end)
            return
        heads = self.pending.heads
        self.pending.heads = []
        self._flush()
        name = place.name or (_unpaired(markups) if self.xml else "")
        kind = place.kind if kind is BlockKind.PARAGRAPH else kind
        whole = heads[0].start if heads else start
        level = place.level if kind is place.kind else 0
        self.found.append(FoundBlock(kind, whole, end, spans, level, name, place.within))
        self.tails = [head.name for head in heads]
        self.elements.fill()

    def _content(self, start: int, end: int, markups: Sequence[Markup]) -> tuple[BlockKind, tuple[Span, ...]]:
        """What a line of text is: prose, a picture with its words, a formula, code, or nothing but markup."""
        items = items_between(self.text, start, end, markups)
        position = start
        for item in items:
            if self.text[item.start] != "<" or self.text[position : item.start].strip():
                return BlockKind.PARAGRAPH, ((start, end),)
            position = item.end
        if position < end:
            return BlockKind.PARAGRAPH, ((start, end),)
        kinds = {item.kind for item in items}
        if ItemKind.MATH in kinds:
            return BlockKind.MATH, ()
        if ItemKind.CODE in kinds:
            return BlockKind.CODE, ()
        pictures = [span for markup in markups if (span := self._words_of_picture(markup))]
        return (BlockKind.IMAGE, tuple(pictures)) if pictures else (BlockKind.HTML, ())

    def _words_of_picture(self, markup: Markup) -> Span | None:
        """The text that stands for a picture."""
        if markup.name != "img":
            return None
        start, end = attributes(self.text, markup).get("alt", (0, 0))
        return (start, end) if self.text[start:end].strip() else None

    # Blocks

    def _keep(self, start: int, end: int) -> None:
        """Add markup to what no block has yet, with the tags that waited for text."""
        pending = self.pending
        if pending.start == -1:
            pending.start = pending.heads[0].start if pending.heads else start
        pending.solid = end
        pending.heads = []
        self.tails = []

    def _flush(self) -> None:
        """Make a block of the markup that none has."""
        pending, self.pending = self.pending, _Pending()
        start = pending.heads[0].start if pending.start == -1 and pending.heads else pending.start
        end = pending.heads[-1].end if pending.heads else pending.solid
        if start != -1:
            self._emit(BlockKind.HTML, start, end)

    def _emit(self, kind: BlockKind, start: int, end: int) -> None:
        while self.text[end - 1].isspace():
            end -= 1
        self.found.append(FoundBlock(kind, start, end, within=self.elements.within))
        self.tails = []

    def _extend(self, end: int) -> None:
        """Let the last block reach to `end`."""
        last = self.found[-1]
        self.found[-1] = FoundBlock(
            last.kind, last.start, end, last.spans, last.level, last.name, last.within
        )


def _hidden_mates(markups: Sequence[Markup]) -> dict[int, int]:
    """For each start tag of an element whose content is no prose the index of its end tag, or `_NEVER`."""
    mates: dict[int, int] = {}
    opened: dict[str, list[int]] = {}
    for index, markup in enumerate(markups):
        if markup.name not in HIDDEN or markup.empty or markup.kind is not Kind.TAG:
            continue
        waiting = opened.setdefault(markup.name, [])
        if not markup.closing:
            waiting.append(index)
        elif waiting:
            mates[waiting.pop()] = index
    for waiting in opened.values():
        mates.update(dict.fromkeys(waiting, _NEVER))
    return mates


def _unpaired(markups: Sequence[Markup]) -> str:
    """The tags of a line of text that are half of a pair, as names; XML allows none to come or to go."""
    halves = (
        ("/" if markup.closing else "") + markup.name
        for markup, mate in zip(markups, find_mates(markups), strict=True)
        if mate == -1 and markup.kind is Kind.TAG and not markup.empty
    )
    return " ".join(halves)
