"""One XML file of a Word document as lines, and with other lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from amts_tui.books.docx import notation
from amts_tui.books.docx.paragraphs import Paragraph, ParagraphReader
from amts_tui.books.docx.rebuilding import rebuilt
from amts_tui.books.docx.rendering import Names, Stretch, render, stretches
from amts_tui.books.docx.styles import Styles
from amts_tui.books.docx.xml import Node, Source
from amts_tui.errors import AmtsError

JOINT: Final = "\n\n"
_PARAGRAPHS: Final = frozenset({"p"})


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph that shows something: its text in the notation with what it is, its element, and the
    elements that repeat it for older programs.
    """

    mark: str
    text: str
    node: Node
    twins: tuple[Node, ...] = ()

    @property
    def whole(self) -> str:
        """The line as it stands in the document's text."""
        return f"<{self.mark}>{self.text}</{self.mark}>" if self.mark else self.text


class Story:
    """The paragraphs of one file: of the document itself, its notes, its headers."""

    def __init__(self, source: Source, styles: Styles) -> None:
        self._source = source
        self._styles = styles
        self._reader = ParagraphReader(source, styles.code)

    def text(self) -> str:
        """The lines of the file."""
        return JOINT.join(line.whole for group in self._groups() for line in group)

    def with_text(self, text: str) -> tuple[str, list[tuple[int, str]]]:
        """The XML of the file with the lines of `text` in place of its own, and the lines that no paragraph
        can take: where each begins in `text`, and why. Paragraphs whose lines stay are not touched.

        Raises AmtsError if the lines are not as many or of the same kinds.
        """
        new = _lines_of(text)
        edits: list[tuple[int, int, str]] = []
        faults: list[tuple[int, str]] = []
        for group in self._groups():
            changed = []
            for line in group:
                start, wanted = next(new, (0, ""))
                if (words := self._words(line, wanted)) != line.text:
                    changed += [(node, words, start) for node in (line.node, *line.twins)]
            for node, words, start in sorted(changed, key=lambda change: change[0].start, reverse=True):
                try:
                    self._rewrite(node, words)
                except AmtsError as error:
                    faults.append((start, error.message))
            edits += self._source.edits
            self._source.edits = []
        if next(new, None) is not None:
            raise self._refusal("the text has more paragraphs than the file")
        self._source.edits = edits
        try:
            return self._source.cut(0, len(self._source.text)), faults
        finally:
            self._source.edits = []

    def _refusal(self, what: str) -> AmtsError:
        return AmtsError(what, where=self._source.where, remedy="keep each paragraph on its line")

    def _words(self, line: Line, new: str) -> str:
        """The text of the line that is to stand in place of another."""
        if new == line.whole:
            return line.text
        if not new:
            raise self._refusal("the text has fewer paragraphs than the file")
        found = notation.marked(new) or ("", new)
        if found[0] != line.mark:
            raise self._refusal(f"{new[:40]!a} is not of the kind of {line.whole[:40]!a}")
        return found[1]

    def _rewrite(self, node: Node, words: str) -> None:
        """Put a paragraph with other words in place of one, with the edits inside it."""
        source = self._source
        paragraph = self._reader.read(node)
        for pinned in (False, True):
            xml, meaning = rebuilt(paragraph, words, source.word, pinned=pinned, where=source.where)
            if self._says(xml, meaning, paragraph):
                outside = [edit for edit in source.edits if not node.start <= edit[0] < node.end]
                source.edits = sorted([*outside, (node.start, node.end, xml)])
                return
        raise self._refusal("the new text cannot be told from other text once it is written")

    def _says(self, xml: str, meaning: Sequence[Stretch], old: Paragraph) -> bool:
        """Whether a paragraph's new XML is shown as it should be, and has the formattings of the old one."""
        source = Source(xml, self._source.prefixes, self._source.where)
        node = next(node for node, _ in source.outermost(_PARAGRAPHS))
        new = ParagraphReader(source, self._styles.code).read(node).content
        same_formats = Names.of(new).rests == Names.of(old.content).rests
        return same_formats and stretches(render(new)) == meaning

    def _groups(self) -> Iterator[list[Line]]:
        """The lines of each paragraph that stands in no other, with those of its text boxes."""
        for node, path in self._source.outermost(_PARAGRAPHS):
            if "mc:Fallback" not in path:
                yield list(self._lines(node, in_cell="tc" in path))

    def _lines(self, node: Node, *, in_cell: bool) -> Iterator[Line]:
        for paragraph, twins in ((node, ()), *_boxed(self._reader, node)):
            text = render(self._reader.read(paragraph).content)
            if text:
                mark = self._styles.mark(self._source, paragraph, in_cell=in_cell)
                yield Line(mark, text, paragraph, tuple(twins))


def _lines_of(text: str) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, with where each begins."""
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, line
        start += len(line) + 1


def _boxed(reader: ParagraphReader, node: Node) -> Iterator[tuple[Node, Sequence[Node]]]:
    """The paragraphs of the text boxes in an element, each with those that repeat it."""
    for child in node.children:
        if child.name == "p":
            yield child, ()
        if child.name != "mc:AlternateContent":
            yield from _boxed(reader, child)
            continue
        choice, fallback = child.child("mc:Choice"), child.child("mc:Fallback")
        own = list(_boxed(reader, choice)) if choice else []
        repeated = [twin for twin, _ in _boxed(reader, fallback)] if fallback else []
        same = [_text(reader, one) for one, _ in own] == [_text(reader, twin) for twin in repeated]
        for index, (one, twins) in enumerate(own):
            yield one, [*twins, repeated[index]] if same else twins


def _text(reader: ParagraphReader, node: Node) -> str:
    return render(reader.read(node).content)
