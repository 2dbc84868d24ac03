"""A masked text as HTML and back: protected items as elements that stay, pairs of tags as elements around
text.

Elements are known again by their ids alone, so a translation may move them wherever its language wants them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from amts_tui.books.model import PLACEHOLDER, Item, ItemForm, ItemKind

_ELEMENTS: Final = {ItemKind.EMPHASIS: "b", ItemKind.LINK: "a"}
_OTHER_ELEMENT: Final = "span"
_VOID: Final = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})
_LINE_BREAK: Final = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Element:
    """The start (or `closing`, the end) of an element with an id, as it came back; `closing` is None for a
    single item.
    """

    id: str
    closing: bool | None


@dataclass(slots=True)
class Paragraph:
    """What came back inside one `<p>`: texts and elements in their order."""

    pieces: list[str | Element] = field(default_factory=list)


def to_html(text: str, items: Sequence[Item], first: int) -> str:
    """A masked text as the inside of a `<p>`; item n gets the id number `first + n`.

    Halves of pairs that cannot be elements (a mate that is not in `text`, or pairs that cross) become
    protected items.
    """
    by_name = {item.placeholder: item for item in items}
    loose = _loose_pairs(text)
    parts: list[str] = []
    position = 0
    for match in PLACEHOLDER.finditer(text):
        parts.append(html.escape(text[position : match.start()], quote=False))
        item = by_name.get(match[0])
        parts.append(html.escape(match[0]) if item is None else _element(item, first, loose))
        position = match.end()
    parts.append(html.escape(text[position:], quote=False))
    return "".join(parts)


def _element(item: Item, first: int, loose: frozenset[int]) -> str:
    if item.form is ItemForm.SINGLE or item.number in loose:
        raw = html.escape(item.raw, quote=False)
        return f'<span translate="no" id="{_single_id(item, first)}">{raw}</span>'
    name = _ELEMENTS.get(item.kind, _OTHER_ELEMENT)
    return f"</{name}>" if item.form is ItemForm.CLOSE else f'<{name} id="t{first + item.number}">'


def _single_id(item: Item, first: int) -> str:
    letter = {ItemForm.SINGLE: "p", ItemForm.OPEN: "o", ItemForm.CLOSE: "c"}[item.form]
    return f"{letter}{first + item.number}"


def _loose_pairs(text: str) -> frozenset[int]:
    """The numbers of the pairs in a masked text that do not nest."""
    loose: set[int] = set()
    opened: list[int] = []
    for name in PLACEHOLDER.findall(text):
        if name.endswith(">}"):
            opened.append(int(name[1:-2]))
        elif name.startswith("{<"):
            number = int(name[2:-1])
            if number not in opened:
                loose.add(number)
                continue
            while (top := opened.pop()) != number:
                loose.add(top)
    return frozenset(loose.union(opened))


def to_masked(paragraph: Paragraph, items: Sequence[Item], first: int) -> tuple[str, tuple[str, ...]]:
    """The masked text of a paragraph that came back, and the ids of protected items that are not of it."""
    names = _placeholders(items, first)
    parts: list[str] = []
    foreign: list[str] = []
    for piece in paragraph.pieces:
        if isinstance(piece, str):
            parts.append(_LINE_BREAK.sub(" ", piece))
            continue
        name = names.get((piece.id, piece.closing))
        if name is not None:
            parts.append(name)
        elif piece.closing is None:
            foreign.append(piece.id)
    return "".join(parts).strip(), tuple(foreign)


def _placeholders(items: Sequence[Item], first: int) -> Mapping[tuple[str, bool | None], str]:
    """What each element stands for; a half of a pair may have been sent either way."""
    names: dict[tuple[str, bool | None], str] = {}
    for item in items:
        names[_single_id(item, first), None] = item.placeholder
        if item.form is not ItemForm.SINGLE:
            names[f"t{first + item.number}", item.form is ItemForm.CLOSE] = item.placeholder
    return names


class Reader(HTMLParser):
    """Reads returned HTML tolerantly: the paragraphs by id; what stands outside of them is left aside.

    `doubled` holds the ids that more than one paragraph has.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: dict[str, Paragraph] = {}
        self.doubled: set[str] = set()
        self._current: Paragraph | None = None
        self._open: list[tuple[str, str | None]] = []
        self._protected: list[str] = []

    @classmethod
    def read(cls, text: str) -> Reader:
        """The reader of a whole page."""
        reader = cls()
        reader.feed(text)
        reader.close()
        return reader

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A paragraph, a protected item (whose inside is skipped), a tag of a pair, or something to look
        through.
        """
        if tag == "p":
            self._begin(dict(attrs).get("id") or "")
        elif self._current is None or tag in _VOID:
            return
        elif self._protected:
            self._protected.append(tag)
        else:
            self._enter(tag, dict(attrs).get("id") or "")

    def handle_endtag(self, tag: str) -> None:
        """The end of the nearest open element of that name; stray ends are left aside."""
        if tag == "p":
            self._current = None
        elif self._protected:
            if tag in self._protected:
                while self._protected.pop() != tag:
                    pass
        elif self._current is not None and any(name == tag for name, _ in self._open):
            while True:
                name, identity = self._open.pop()
                if identity is not None:
                    self._current.pieces.append(Element(identity, True))
                if name == tag:
                    break

    def handle_data(self, data: str) -> None:
        """Text of a paragraph, unless it is the inside of a protected item."""
        if self._current is not None and not self._protected:
            self._current.pieces.append(data)

    def _begin(self, identity: str) -> None:
        self._open.clear()
        self._protected.clear()
        self._current = Paragraph()
        if identity in self.paragraphs:
            self.doubled.add(identity)
        self.paragraphs[identity] = self._current

    def _enter(self, tag: str, identity: str) -> None:
        assert self._current is not None
        if re.fullmatch(r"[poc][0-9]+", identity):
            self._current.pieces.append(Element(identity, None))
            self._protected.append(tag)
            return
        self._open.append((tag, identity or None))
        if identity:
            self._current.pieces.append(Element(identity, False))
