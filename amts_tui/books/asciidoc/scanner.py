"""The line scanner: one pass over the lines of an AsciiDoc text that finds its blocks as spans.

The order in which a line is tried for each kind of block is Asciidoctor's. Nothing is parsed twice but the
cells of a table that hold blocks of their own, so time is linear in the text.
"""

from __future__ import annotations

from collections.abc import Callable

from amts_tui.books.asciidoc import patterns
from amts_tui.books.asciidoc.attributes import Style, alternative_text, read_attributes, style_of
from amts_tui.books.asciidoc.lines import Container, Line, Lists, split_lines
from amts_tui.books.asciidoc.tables import Cell, find_cells
from amts_tui.books.format import FoundBlock, Span
from amts_tui.books.model import BlockKind

_NOT_IT = -1
_DEEPEST = 4  # tables within cells of tables
_NO_STYLE = Style()
_QUOTES = ("quote", "verse")


def scan(text: str) -> list[FoundBlock]:
    """The blocks of `text` in order, without overlap; together they cover all but white space."""
    return _Scanner(text, 0, len(text)).run()


class _Scanner:
    def __init__(self, text: str, start: int, end: int, within: str = "", depth: int = 0) -> None:
        self.text = text
        self.depth = depth
        self.outermost = within
        self.lines: list[Line] = []
        self.region = (start, end)
        self.found: list[FoundBlock] = []
        self.containers: list[Container] = []
        self.lists = Lists()
        self.style = _NO_STYLE
        self.attached = False  # whether the block at hand belongs to a list item
        self.term_depth = 0  # of a term that still waits for its text
        self.handlers: tuple[Callable[[int, Line], int], ...] = (
            self._preprocessor,
            self._comment,
            self._closing,
            self._continuation,
            self._entry,
            self._attributes,
            self._title,
            self._heading,
            self._underlined,
            self._delimited,
            self._break,
            self._macro,
            self._item,
            self._term,
            self._literal,
            self._paragraph,
        )

    def run(self) -> list[FoundBlock]:
        start = self._preamble(*self.region) if self.region == (0, len(self.text)) else self.region[0]
        self.lines = split_lines(self.text, start, self.region[1])
        index = 0
        while index < len(self.lines):
            if self.lines[index].blank:
                self.attached = False
                index += 1
            else:
                index = self._block(index)
        return self.found

    def _preamble(self, start: int, end: int) -> int:
        """Byte order mark and front matter; returns where the body begins."""
        if self.text.startswith("\ufeff"):
            self._emit(BlockKind.OTHER, 0, 1, name="bom")
            start = 1
        if match := patterns.FRONT_MATTER.match(self.text, start, end):
            self._emit(BlockKind.FRONT_MATTER, start, start + len(match[0].rstrip()))
            return match.end()
        return start

    def _block(self, index: int) -> int:
        """Read the block that begins on a line; returns the index of the line to go on with."""
        line = self.lines[index]
        for handler in self.handlers:
            following = handler(index, line)
            if following != _NOT_IT:
                return following
        return index + 1

    # Emitting

    def _emit(
        self,
        kind: BlockKind,
        start: int,
        end: int,
        spans: tuple[Span, ...] = (),
        *,
        level: int = 0,
        name: str = "",
    ) -> None:
        self.found.append(FoundBlock(kind, start, end, spans, level, name, self._within()))

    def _within(self) -> str:
        if self.attached and self.lists.marks:
            return "item"
        return self.containers[-1].name if self.containers else self.outermost

    def _begin(self) -> Style:
        """Begin a block that belongs to no list unless it is attached; returns the style set above it."""
        if not self.attached:
            self.lists.marks.clear()
        self.term_depth = 0
        style, self.style = self.style, _NO_STYLE
        return style

    # Lines that say something of other lines

    def _preprocessor(self, index: int, line: Line) -> int:
        match = patterns.PREPROCESSOR.match(self.text, line.start, line.end)
        if not match:
            return _NOT_IT
        self._emit(BlockKind.DIRECTIVE, line.start, line.end, name=match[1])
        return index + 1

    def _comment(self, index: int, line: Line) -> int:
        if not patterns.COMMENT.match(self.text, line.start, line.end):
            return _NOT_IT
        self._emit(BlockKind.COMMENT, line.start, line.end)
        return index + 1

    def _closing(self, index: int, line: Line) -> int:
        if not self._closes(line):
            return _NOT_IT
        delimiter = self.text[line.start : line.end]
        while True:
            container = self.containers.pop()
            self.lists = container.outer
            if container.delimiter == delimiter:
                break
        self.attached, self.style, self.term_depth = bool(self.lists.marks), _NO_STYLE, 0
        self._emit(BlockKind.DIRECTIVE, line.start, line.end, name=container.name)
        return index + 1

    def _closes(self, line: Line) -> bool:
        """Whether a line closes one of the open delimited blocks."""
        if not self.containers or line.indented:
            return False
        delimiter = self.text[line.start : line.end]
        return any(container.delimiter == delimiter for container in self.containers)

    def _continuation(self, index: int, line: Line) -> int:
        if self.text[line.start : line.end] != "+":
            return _NOT_IT
        self.attached = True
        self._emit(BlockKind.OTHER, line.start, line.end, name="continuation")
        return index + 1

    def _entry(self, index: int, line: Line) -> int:
        if not patterns.ENTRY.match(self.text, line.start, line.end):
            return _NOT_IT
        last = index
        while self.text.endswith(" \\", line.start, self.lines[last].end) and last + 1 < len(self.lines):
            last += 1
        while self.lines[last].blank:
            last -= 1
        self._emit(BlockKind.DIRECTIVE, line.start, self.lines[last].end, name="entry")
        return last + 1

    def _attributes(self, index: int, line: Line) -> int:
        if not patterns.ATTRIBUTES.match(self.text, line.start, line.end):
            return _NOT_IT
        if self.text.startswith("[[", line.start):
            self._emit(BlockKind.DIRECTIVE, line.start, line.end, name="anchor")
            return index + 1
        entries = list(read_attributes(self.text, line.start + 1, line.end - 1))
        own = style_of(self.text, entries, _NO_STYLE)
        self.style = style_of(self.text, entries, self.style)
        spans: list[Span] = []
        if own.name in _QUOTES:
            spans = [
                entry.quoted for entry in entries[1:] if not entry.name and entry.quoted[0] < entry.quoted[1]
            ]
        titles = [entry.value for entry in entries if entry.name in ("title", "caption")]
        end = titles[0][0] if titles else line.end
        self._emit(
            BlockKind.DIRECTIVE, line.start, self._rstrip(line.start, end), tuple(spans), name=own.name
        )
        self._emit_titles(titles, line.end)
        return index + 1

    def _emit_titles(self, titles: list[Span], end: int) -> None:
        """A block for each title among attributes, with what stands between it and the next one."""
        for number, (start, _) in enumerate(titles):
            last = titles[number + 1][0] if number + 1 < len(titles) else end
            self._emit(
                BlockKind.CAPTION, start, self._rstrip(start, last), (titles[number],), name="attribute"
            )

    def _rstrip(self, start: int, end: int) -> int:
        return start + len(self.text[start:end].rstrip())

    def _title(self, index: int, line: Line) -> int:
        if not patterns.TITLE.match(self.text, line.start, line.end):
            return _NOT_IT
        self._emit(BlockKind.CAPTION, line.start, line.end, ((line.start + 1, line.end),), name="title")
        return index + 1

    # Headings

    def _heading(self, index: int, line: Line) -> int:
        match = patterns.HEADING.match(self.text, line.start, line.end)
        if not match:
            return _NOT_IT
        self._begin()
        end = line.end
        if self.text.endswith(" " + match[1], match.end(), end):
            end -= len(match[1])
        level = len(match[1])
        opens = level == 1 and all(
            block.kind not in (BlockKind.HEADING, BlockKind.PARAGRAPH) for block in self.found
        )
        self._emit(BlockKind.HEADING, line.start, line.end, ((match.end(), end),), level=level)
        return self._authors(index + 1) if opens else index + 1

    def _authors(self, index: int) -> int:
        """The lines of author and revision that follow the title of a document."""
        for name, pattern in (("author", patterns.AUTHOR), ("revision", patterns.REVISION)):
            if index >= len(self.lines):
                break
            line = self.lines[index]
            if line.blank or not pattern.match(self.text, line.start, line.end):
                break
            self._emit(BlockKind.OTHER, line.start, line.end, name=name)
            index += 1
        return index

    def _underlined(self, index: int, line: Line) -> int:
        """A title of two lines; its underline is as long as it is, or one character more or less."""
        if self.containers or self.attached or index + 1 >= len(self.lines):
            return _NOT_IT
        if self.lists.marks and self._is_item(line):
            return _NOT_IT
        under = self.lines[index + 1]
        if under.indented or abs((under.end - under.start) - (line.end - line.start)) > 1:
            return _NOT_IT
        if not patterns.UNDERLINE.match(self.text, under.start, under.end):
            return _NOT_IT
        if not any(char.isalnum() for char in self.text[line.start : line.end]):
            return _NOT_IT
        self._begin()
        level = "=-~^+".index(self.text[under.start]) + 1
        self._emit(
            BlockKind.HEADING,
            line.first,
            under.end,
            ((line.first, line.end),),
            level=level,
            name="underlined",
        )
        return index + 2

    # Delimited blocks

    def _delimited(self, index: int, line: Line) -> int:
        if not patterns.DELIMITER.match(self.text, line.start, line.end):
            return _NOT_IT
        delimiter = self.text[line.start : line.end]
        key = "```" if delimiter.startswith("```") else delimiter[:4]
        style = self._begin()
        if key in patterns.VERBATIM_DELIMITERS or (key == "--" and style.name in patterns.VERBATIM_STYLES):
            kind = patterns.VERBATIM_DELIMITERS.get(key, BlockKind.CODE)
            if key != "////":
                kind = patterns.VERBATIM_STYLES.get(style.name, kind)
            return self._verbatim(index, kind, style.second or delimiter[3:].strip("-.+/") or style.name)
        if key not in patterns.CONTAINER_DELIMITERS:
            return self._table(index, line, style)
        name = style.name or patterns.CONTAINER_DELIMITERS[key]
        self._emit(BlockKind.DIRECTIVE, line.start, line.end, name=name)
        if name == "verse":
            return self._verse(index + 1, delimiter)
        self.containers.append(Container(delimiter, name, self.lists))
        self.lists, self.attached = Lists(), False
        return index + 1

    def _verbatim(self, index: int, kind: BlockKind, name: str) -> int:
        last = self._end_of(index)
        self._emit(kind, self.lines[index].start, self.lines[last].end, name=name)
        self.attached = bool(self.lists.marks)
        return last + 1

    def _end_of(self, index: int) -> int:
        """The index of the line that closes the delimited block opened on a line, else of the last line with
        text before the end of what is around it.
        """
        opening = self.lines[index]
        delimiter = self.text[opening.start : opening.end]
        delimiter = "```" if delimiter.startswith("```") else delimiter
        last = index
        for number in range(index + 1, len(self.lines)):
            line = self.lines[number]
            if self.text[line.start : line.end] == delimiter:
                return number
            if self._closes(line):
                break
            if not line.blank:
                last = number
        return last

    def _verse(self, index: int, delimiter: str) -> int:
        """The stanzas of a verse, a block each; each line of them by itself."""
        container = Container(delimiter, "verse", self.lists)
        self.containers.append(container)
        self.lists, self.attached = Lists(), False
        while index < len(self.lines) and not self._closes(self.lines[index]):
            if self.lines[index].blank:
                index += 1
                continue
            last = index
            while (
                last + 1 < len(self.lines)
                and not self.lines[last + 1].blank
                and not self._closes(self.lines[last + 1])
            ):
                last += 1
            self._lines_of_verse(index, last)
            index = last + 1
        return index

    def _lines_of_verse(self, index: int, last: int) -> None:
        lines = self.lines[index : last + 1]
        spans = tuple((line.first, line.end) for line in lines)
        self._emit(BlockKind.QUOTE, lines[0].first, lines[-1].end, spans, name="verse")

    # Tables

    def _table(self, index: int, line: Line, style: Style) -> int:
        last = self._end_of(index)
        delimiter = self.text[line.start : line.end]
        closed = last > index and self.text[self.lines[last].start : self.lines[last].end] == delimiter
        separator = style.value("separator") or delimiter[0]
        if delimiter[0] in ",:" or style.value("format") not in ("", "psv") or len(separator) > 1:
            self._emit(BlockKind.OTHER, line.start, self.lines[last].end, name="table")
            return last + 1
        self._emit(BlockKind.DIRECTIVE, line.start, line.end, name="table")
        container = Container("", "table", self.lists)
        self.containers.append(container)
        attached, self.attached = self.attached, False
        for cell in find_cells(self.text, self.lines[index + 1 : last + (not closed)], separator, style):
            self._cell(cell)
        self.containers.pop()
        self.attached = attached
        if closed:
            self._emit(BlockKind.DIRECTIVE, self.lines[last].start, self.lines[last].end, name="table")
        return last + 1

    def _cell(self, cell: Cell) -> None:
        if not cell.nests or self.depth >= _DEEPEST:
            self._emit(BlockKind.TABLE_CELL, cell.start, cell.end, cell.spans)
            return
        self._emit(BlockKind.TABLE_CELL, cell.start, cell.opened)
        inner = _Scanner(self.text, *cell.content, within="cell", depth=self.depth + 1)
        self.found += inner.run()

    # Blocks of one line

    def _break(self, index: int, line: Line) -> int:
        if not patterns.BREAK.match(self.text, line.start, line.end):
            return _NOT_IT
        self._begin()
        self._emit(BlockKind.OTHER, line.start, line.end, name="break")
        return index + 1

    def _macro(self, index: int, line: Line) -> int:
        match = patterns.MACRO.match(self.text, line.start, line.end)
        if not match:
            return _NOT_IT
        self._begin()
        if match[1] not in ("image", "video", "audio"):
            self._emit(BlockKind.DIRECTIVE, line.start, line.end, name=match[1])
            return index + 1
        entries = list(read_attributes(self.text, *match.span(2)))
        alternative = alternative_text(self.text, entries) if match[1] == "image" else None
        titles = [entry.value for entry in entries if entry.name in ("alt", "title", "caption")]
        if alternative:
            titles = [title for title in titles if title[0] >= alternative[1]]
        end = titles[0][0] if titles else line.end
        spans = (alternative,) if alternative else ()
        self._emit(BlockKind.IMAGE, line.start, self._rstrip(line.start, end), spans, name=match[1])
        self._emit_titles(titles, line.end)
        return index + 1

    # Lists

    def _item(self, index: int, line: Line) -> int:
        text = self.text
        mark = name = ""
        if match := patterns.UNORDERED.match(text, line.first, line.end):
            mark = match[1]
        elif match := patterns.ORDERED.match(text, line.first, line.end):
            mark = _kind_of_number(match[1])
        elif match := patterns.CALLOUT.match(text, line.first, line.end):
            mark = name = "callout"
        if not match:
            return _NOT_IT
        first = match.end()
        if box := patterns.CHECKBOX.match(text, first, line.end):
            first = box.end()
        level = self._enter(mark)
        last = self._end_of_text(index)
        span = (first, self.lines[last].end)
        self._emit_item(line.first, span, level, name)
        return last + 1

    def _term(self, index: int, line: Line) -> int:
        """A term and the text beside it, which may also follow on the next lines."""
        match = patterns.TERM.search(self.text, line.first + 1, line.end)
        if not match:
            return _NOT_IT
        level = self._enter(match[1])
        term_end = match.end()
        self._emit_item(line.first, (line.first, match.start()), level, "term", term_end)
        rest = self.text[term_end : line.end]
        if not rest.strip():
            self.term_depth = level
            return index + 1
        first = term_end + len(rest) - len(rest.lstrip())
        last = self._end_of_text(index)
        self._emit_item(first, (first, self.lines[last].end), level, "description")
        return last + 1

    def _enter(self, mark: str) -> int:
        self.style, self.term_depth = _NO_STYLE, 0
        return self.lists.enter(mark)

    def _emit_item(self, start: int, span: Span, level: int, name: str, end: int = 0) -> None:
        self.attached = False
        self._emit(BlockKind.LIST_ITEM, start, end or span[1], (span,), level=level, name=name)
        self.attached = True

    def _is_item(self, line: Line) -> bool:
        text = self.text
        return bool(
            patterns.UNORDERED.match(text, line.first, line.end)
            or patterns.ORDERED.match(text, line.first, line.end)
            or patterns.CALLOUT.match(text, line.first, line.end)
            or patterns.TERM.search(text, line.first + 1, line.end)
        )

    # Paragraphs

    def _end_of_text(self, index: int) -> int:
        """The index of the last line of the text that begins on a line."""
        in_list = bool(self.lists.marks)
        while index + 1 < len(self.lines) and not self._interrupts(self.lines[index + 1], in_list):
            index += 1
        return index

    def _interrupts(self, line: Line, in_list: bool) -> bool:
        """Whether a line ends the paragraph before it."""
        if line.blank:
            return True
        text, start, end = self.text, line.start, line.end
        if (
            patterns.ATTRIBUTES.match(text, start, end)
            or patterns.DELIMITER.match(text, start, end)
            or patterns.COMMENT.match(text, start, end)
            or patterns.PREPROCESSOR.match(text, start, end)
        ):
            return True
        if not in_list:
            return False
        return (
            text[start:end] == "+"
            or self._is_item(line)
            or bool(patterns.TITLE.match(text, start, end) or patterns.ENTRY.match(text, start, end))
        )

    def _literal(self, index: int, line: Line) -> int:
        """An indented paragraph, which is kept as it is, and a paragraph whose style makes it so."""
        wanted = self.term_depth
        kind = patterns.VERBATIM_STYLES.get(self.style.name)
        if kind is None:
            if not line.indented or wanted:
                return _NOT_IT
            kind = BlockKind.CODE
            self.attached = self.attached or bool(self.lists.marks)
        style = self._begin()
        last = self._end_of_text(index)
        self._emit(kind, line.first, self.lines[last].end, name=style.second or style.name)
        return last + 1

    def _paragraph(self, index: int, line: Line) -> int:
        if wanted := self.term_depth:
            last = self._end_of_text(index)
            self.term_depth, self.style = 0, _NO_STYLE
            self._emit_item(line.first, (line.first, self.lines[last].end), wanted, "description")
            return last + 1
        style = self._begin()
        last = self._end_of_text(index)
        start, end = line.first, self.lines[last].end
        if style.name == "verse" or "hardbreaks" in style.options:
            self._lines_of_verse(index, last)
        elif match := patterns.ADMONITION.match(self.text, start, end):
            self._emit(BlockKind.PARAGRAPH, start, end, ((match.end(), end),), name=match[1])
        elif self.text[start] == ">" and self.text[start + 1 : start + 2] in (" ", "\n", "\r"):
            first = start + len(self.text[start:end]) - len(self.text[start:end].lstrip("> \t\r\n"))
            self._emit(BlockKind.QUOTE, start, end, ((first, end),) if first < end else (), name="quote")
        elif self._is_signed(index, last):
            signature = self.lines[last]
            above = self.lines[last - 1].end
            self._emit(BlockKind.QUOTE, start, above, ((start, above),), name="quote")
            self._emit(
                BlockKind.QUOTE, signature.start, end, ((signature.start + 3, end),), name="attribution"
            )
        else:
            quoted = style.name == "quote" or self._within() == "quote"
            self._emit(BlockKind.QUOTE if quoted else BlockKind.PARAGRAPH, start, end, ((start, end),))
        return last + 1

    def _is_signed(self, index: int, last: int) -> bool:
        """Whether a paragraph is a quotation in quotes with its author below."""
        text = self.text
        if last == index or text[self.lines[index].start] != '"':
            return False
        return text.startswith("-- ", self.lines[last].start) and text[self.lines[last - 1].end - 1] == '"'


def _kind_of_number(mark: str) -> str:
    if mark[0] == ".":
        return mark
    if mark[0].isdigit():
        return "1."
    if mark[-1] == ")":
        return "i)" if mark[0].islower() else "I)"
    return "a." if mark[0].islower() else "A."
