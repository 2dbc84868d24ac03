"""Where the scanner is in a text, what it has found, and what is open."""

from __future__ import annotations

from typing import Final

from amts_tui.books.format import FoundBlock, Span
from amts_tui.books.markdown import patterns
from amts_tui.books.markdown.containers import Container, Containers, Form
from amts_tui.books.markdown.dialects import Dialect
from amts_tui.books.markdown.lines import Ahead, Line
from amts_tui.books.markdown.paragraphs import Paragraph, paragraph_blocks
from amts_tui.books.model import BlockKind
from amts_tui.books.options import ReadingOptions

NOT_IT: Final = -1
"""What a handler of a line returns instead of the index of the line to go on with."""


class Cursor:
    """The state of a scan.

    Of the line at hand: `first` is the offset of the character to look at, `indent` its column, `lead` where
    a block that begins there begins, `item_level` the depth of the list item that it opens, else 0.
    """

    def __init__(self, text: str, dialect: Dialect, options: ReadingOptions) -> None:
        self.text = text
        self.dialect = dialect
        self.options = options
        self.lines: list[Line] = []
        self.found: list[FoundBlock] = []
        self.containers = Containers()
        self.paragraph: Paragraph | None = None
        self.ahead = Ahead(text)
        self.no_math_after = len(text)
        self.barren = 0  # before this offset no expression and no tag over lines is looked for
        self.first = self.indent = self.lead = self.item_level = 0

    def emit(
        self,
        kind: BlockKind,
        start: int,
        end: int,
        spans: tuple[Span, ...] = (),
        *,
        level: int = 0,
        name: str = "",
    ) -> None:
        """Add a block without its outer white space."""
        while self.text[start].isspace():
            start += 1
        self.found.append(FoundBlock(kind, start, end, spans, level, name, self.containers.within()))

    def directive(self, end: int, name: str, spans: tuple[Span, ...] = ()) -> None:
        """Add a directive from the line at hand up to `end`."""
        self.emit(BlockKind.DIRECTIVE, self.lead, end, spans, name=name)

    def begin(self) -> None:
        """End what is open before a block on the line at hand."""
        self.flush()
        self.containers.dedent(self.indent)

    def flush(self) -> None:
        """End the paragraph at hand."""
        paragraph, self.paragraph = self.paragraph, None
        if paragraph:
            self.found += paragraph_blocks(self.text, paragraph)

    def open(self, form: Form, name: str, mark: str = "") -> None:
        """Open a container that ends with a closing line."""
        self.containers.open(Container(form, name, self.containers.base(self.indent), mark))

    def begin_paragraph(self, first: int, end: int, kind: BlockKind | None = None) -> None:
        """Begin a paragraph with the text from `first` to `end` on the line at hand."""
        self.paragraph = self.new_paragraph() if kind is None else self._paragraph(kind)
        self.paragraph.lines.append((self.lead, first, end))

    def new_paragraph(self) -> Paragraph:
        """An empty paragraph of the kind that its place has."""
        if self.item_level:
            within = self.containers.within(Form.ITEM)
            return Paragraph(BlockKind.LIST_ITEM, self.lead, self.item_level, within)
        innermost = self.containers.innermost
        if innermost and innermost.form is Form.QUOTE:
            return Paragraph(BlockKind.QUOTE, self.lead, 0, self.containers.within(Form.QUOTE))
        return self._paragraph(BlockKind.PARAGRAPH)

    def _paragraph(self, kind: BlockKind) -> Paragraph:
        return Paragraph(kind, self.lead, 0, self.containers.within())

    def take_open_formula(self, index: int) -> int:
        """Take into the paragraph the lines of a display formula that its last line, `index`, leaves open."""
        if not self.paragraph:
            return index + 1
        _, first, end = self.paragraph.lines[-1]
        if not self._leaves_formula_open(first, end):
            return index + 1
        taken = []
        for last in range(index + 1, len(self.lines)):
            line = self.lines[last]
            if line.blank or line.start >= self.no_math_after:
                break
            taken.append((line.mark, line.first, line.end))
            if self._leaves_formula_open(line.first, line.end):
                self.paragraph.lines += taken
                return last + 1
        return index + 1

    def _leaves_formula_open(self, first: int, end: int) -> bool:
        if self.text.find("$$", first, end) == -1:
            return False
        return len(patterns.DOUBLE_DOLLAR.findall(self.text[first:end])) % 2 == 1
