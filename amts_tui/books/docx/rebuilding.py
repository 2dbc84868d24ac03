"""A paragraph of Word made anew from a line in the notation."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from amts_tui.books.docx import notation
from amts_tui.books.docx.atoms import Atom, Single, Text, Wrapper, in_order
from amts_tui.books.docx.paragraphs import Paragraph
from amts_tui.books.docx.properties import RunFormat
from amts_tui.books.docx.rendering import Names, Stretch, base_format, render, stretches
from amts_tui.books.model import ItemForm
from amts_tui.errors import AmtsError

_REMEDY = "keep its tags and numbers as they were"


def rebuilt(
    paragraph: Paragraph, text: str, word: str, *, pinned: bool, where: str
) -> tuple[str, list[Stretch]]:
    """The XML of a paragraph with another text, and what it should be shown as: tags that change nothing, or
    that stand for no formatting of the paragraph, are left out. `word` is the prefix of Word's elements.

    With `pinned`, empty runs hold what the text lacks to be shown so. Raises AmtsError for a text whose items
    are not those of the paragraph.
    """
    wanted = stretches(text)
    lost = _items(stretches(render(paragraph.content)))
    found = _items(wanted)
    for name in [*(lost - found), *(found - lost)]:
        what = "is lost" if lost[name] > found[name] else "stands for nothing, or twice,"
        raise AmtsError(f"<{name}> {what} in the new text", where=where, remedy=_REMEDY)
    writer = _Writer(paragraph, word, pinned)
    xml = paragraph.lead + writer.write(wanted) + paragraph.tail
    return xml, writer.meaning


def _items(parts: Sequence[Stretch]) -> Counter[str]:
    return Counter(part.item for part in parts if part.item and part.form is not ItemForm.CLOSE)


@dataclass(slots=True)
class _Scope:
    """The paragraph or a wrapper while it is written: its old atoms, what they have in common, and the
    formattings that were written.
    """

    atoms: Sequence[Atom]
    base: RunFormat
    written: set[RunFormat]
    closing: str


class _Writer:
    """Writes the content of one paragraph."""

    def __init__(self, paragraph: Paragraph, word: str, pinned: bool) -> None:
        self._word = word
        self._pinned = pinned
        names = Names.of(paragraph.content)
        self._rests = {name: rest for rest, name in names.rests.items()}
        self._items: dict[str, deque[Single | Wrapper]] = {}
        self._formats: dict[RunFormat, RunFormat] = {}
        for atom in in_order(paragraph.content):
            if isinstance(atom, Text):
                self._formats.setdefault(atom.format, atom.format)
            else:
                self._items.setdefault(names.item(atom), deque()).append(atom)
        self._scopes = [self._scope(paragraph.content, "")]
        self.meaning: list[Stretch] = []

    def _scope(self, atoms: Sequence[Atom], closing: str) -> _Scope:
        return _Scope(atoms, base_format(atoms), set(), closing)

    def write(self, parts: Sequence[Stretch]) -> str:
        """The XML of the content."""
        edge = self._border()
        out = [edge]
        for part in parts:
            out += self._part(part)
        return "".join([*out, self._pins(), edge])

    def _part(self, part: Stretch) -> Iterator[str]:
        self._mean(part)
        if not part.item:
            own = self._format(part.tags)
            self._scopes[-1].written.add(own)
            yield self._run(own, self._characters(part.text))
        elif part.form is ItemForm.CLOSE:
            yield self._pins() + self._scopes[-1].closing
            self._scopes.pop()
        else:
            atom = self._items[part.item].popleft()
            if isinstance(atom, Wrapper):
                self._scopes.append(self._scope(atom.children, atom.closing))
                yield atom.opening
            else:
                yield atom.xml
                if atom.name == "code":
                    yield self._border()

    def _mean(self, part: Stretch) -> None:
        """Note what a stretch should be shown as."""
        if not part.item:
            part = part._replace(tags=self._telling(part.tags))
            if self.meaning and not self.meaning[-1].item and self.meaning[-1].tags == part.tags:
                part = part._replace(text=self.meaning.pop().text + part.text)
        self.meaning.append(part)

    def _telling(self, tags: frozenset[str]) -> frozenset[str]:
        """The tags that make a difference where the writer is: one for a formatting adds to what all texts
        there have in common.
        """
        base = self._scopes[-1].base
        formats = sorted(tag for tag in tags if self._rests.get(tag, base.rest) > base.rest)
        return (tags & set(notation.TOGGLES)) - base.toggles | set(formats[-1:])

    def _format(self, tags: frozenset[str]) -> RunFormat:
        """The formatting of text in some tags: theirs, on top of what all texts there have in common."""
        scope = self._scopes[-1]
        telling = self._telling(tags)
        toggles = scope.base.toggles | (telling & set(notation.TOGGLES))
        rest = next((self._rests[tag] for tag in telling - set(notation.TOGGLES)), scope.base.rest)
        known = self._formats.get(RunFormat(rest, toggles))
        if known is None:
            known = next((one for one in self._formats if one.rest == rest), None)
        if known is None:
            first = next((atom.format for atom in scope.atoms if isinstance(atom, Text)), RunFormat())
            known = first.limited(rest)
        return known.with_toggles(toggles, self._word)

    def _border(self) -> str:
        """An empty run that keeps apart what stands on both sides."""
        return self._run(self._format(frozenset()), "") if self._pinned else ""

    def _pins(self) -> str:
        """Empty runs in the formattings that the scope had, and in what they had in common, if no text is in
        them now.
        """
        if not self._pinned:
            return ""
        scope = self._scopes[-1]
        had = dict.fromkeys(atom.format for atom in scope.atoms if isinstance(atom, Text))
        wanted = dict.fromkeys([*had, self._format(frozenset())])
        return "".join(self._run(one, "") for one in wanted if one not in scope.written)

    def _run(self, own: RunFormat, content: str) -> str:
        return f"<{self._word}r>{own.xml(self._word)}{content}</{self._word}r>"

    def _characters(self, text: str) -> str:
        out: list[str] = []
        for number, line in enumerate(text.split("\n")):
            if number:
                out.append(f"<{self._word}br/>")
            for index, piece in enumerate(line.split("\t")):
                if index:
                    out.append(f"<{self._word}tab/>")
                if piece:
                    out.append(self._text(piece))
        return "".join(out)

    def _text(self, text: str) -> str:
        space = ' xml:space="preserve"' if text != text.strip(" ") or "  " in text else ""
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return f"<{self._word}t{space}>{escaped}</{self._word}t>"
