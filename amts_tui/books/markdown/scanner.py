"""The line scanner: one pass over the lines of a Markdown text that finds its blocks as spans.

It reads CommonMark with tables and the dialects that books use: d2lbook's tabs, labels and captions, display
formulas, front matter, javascript.info's and MyST's fences that hold prose, fenced divisions, MkDocs'
admonitions, MDX. Nothing is parsed twice and there is no recursion, so time is linear in the text.
"""

from __future__ import annotations

from collections.abc import Callable

from amts_tui.books.format import FoundBlock, Span
from amts_tui.books.markdown import patterns
from amts_tui.books.markdown.containers import Container, Containers, Form
from amts_tui.books.markdown.html_blocks import html_block_end
from amts_tui.books.markdown.lines import Line, columns, split_lines
from amts_tui.books.markdown.paragraphs import Paragraph, paragraph_blocks
from amts_tui.books.markdown.regions import code_end, fence_end, formula_end
from amts_tui.books.markdown.tables import opens_table, row_blocks
from amts_tui.books.model import BlockKind
from amts_tui.books.options import DEFAULT_OPTIONS, ReadingOptions

_NOT_IT = -1


def scan(text: str, options: ReadingOptions = DEFAULT_OPTIONS) -> list[FoundBlock]:
    """The blocks of `text` in order, without overlap; together they cover all but white space."""
    return _Scanner(text, options).run()


class _Scanner:
    def __init__(self, text: str, options: ReadingOptions) -> None:
        self.text = text
        self.options = options
        self.lines: list[Line] = []
        self.found: list[FoundBlock] = []
        self.containers = Containers()
        self.paragraph: Paragraph | None = None
        self.resume = _NOT_IT  # where in the next line to go on, if not at its first character
        self.no_math_after = len(text)
        # Of the line at hand: first character, its column, where a block on it begins, depth if it opens a
        # list item.
        self.first = self.indent = self.lead = self.item_level = 0
        self.handlers: dict[str, tuple[Callable[[int, Line], int], ...]] = {
            "`": (self._fence,),
            "~": (self._fence,),
            "$": (self._math,),
            "(": (self._math,),
            "[": (self._math, self._footnote, self._link_definition, self._command),
            "#": (self._heading,),
            "<": (self._html,),
            "-": (self._underline, self._rule, self._item),
            "*": (self._rule, self._item),
            "_": (self._rule,),
            "+": (self._item,),
            "=": (self._underline, self._admonition),
            ":": (self._tab, self._attribute, self._division, self._caption),
            "{": (self._command,),
            "!": (self._admonition,),
            "?": (self._admonition,),
            "i": (self._command,),
            "e": (self._command,),
            **dict.fromkeys("0123456789", (self._item,)),
        }

    def run(self) -> list[FoundBlock]:
        self.lines = split_lines(self.text, self._preamble())
        index = 0
        while index < len(self.lines):
            index = self._line(index)
        self._flush()
        return self.found

    def _preamble(self) -> int:
        """Byte order mark and front matter; returns where the body begins."""
        start = 0
        if self.text.startswith("\ufeff"):
            self._emit(BlockKind.OTHER, 0, 1, name="bom")
            start = 1
        match = patterns.FRONT_MATTER.match(self.text, start) or patterns.LIBRARIES.match(self.text, start)
        if not match:
            return start
        self._emit(BlockKind.FRONT_MATTER, start, start + len(match[0].rstrip()))
        return match.end()

    # Lines

    def _line(self, index: int) -> int:
        """Read the line at `index`; returns the index of the line to go on with."""
        line = self.lines[index]
        if line.blank:
            self._flush()
            self._enter_quotes(line)
            if line.depth:
                self._emit(BlockKind.OTHER, line.mark, line.end, name="quote")
            return index + 1
        line = self._as_code_line(line)
        if line.depth < self.containers.quotes and self.paragraph and self._is_plain(line):
            return self._text(index, line)
        self._enter_quotes(line)
        self.first, self.indent, self.lead, self.item_level = line.first, line.indent, line.mark, 0
        if self.resume != _NOT_IT:
            self.first = self.lead = self.resume
            self.resume = _NOT_IT
        if not self.paragraph:
            self.containers.dedent(self.indent)
        return self._block(index, line)

    def _block(self, index: int, line: Line) -> int:
        """Find out what begins at `self.first`; list marks are taken off one after the other."""
        while True:
            far_in = self.indent >= 4 and self.indent - self.containers.base(self.indent) >= 4
            if (
                far_in
                and not self.paragraph
                and not self.item_level
                and not self.text.startswith("$$", self.first)
            ):
                last = code_end(self.lines, index, self.containers.base(self.indent) + 4)
                self._emit(BlockKind.CODE, self.lead, self.lines[last].end)
                return last + 1
            if far_in and self.paragraph and not self.text.startswith("$$", self.first):
                return self._text(index, line)
            marks = self.first
            for handler in self.handlers.get(self.text[self.first], ()):
                following = handler(index, line)
                if following != _NOT_IT:
                    return following
                if self.first != marks:
                    break
            else:
                break
        if self.text.find("|", self.first, line.end) != -1:
            following = self._table(index, line)
            if following != _NOT_IT:
                return following
        return self._text(index, line)

    def _as_code_line(self, line: Line) -> Line:
        """A line whose quote mark stands so far in that it belongs to indented code."""
        if not line.depth or self.containers.quotes or self.paragraph:
            return line
        outer = columns(self.text, line.start, line.mark)
        if outer - self.containers.base(outer) < 4:
            return line
        return Line(line.start, line.end, line.mark, outer, 0, line.mark)

    def _is_plain(self, line: Line) -> bool:
        """Whether a line can only be text, so that it goes on with the paragraph of a quote without quote
        marks.
        """
        char = self.text[line.first]
        return char not in "`~$#<*_+=:-|>" and not patterns.ITEM.match(self.text, line.first, line.end)

    def _enter_quotes(self, line: Line) -> None:
        """Open or close quotes so that their number is that of the line's quote marks."""
        if line.depth == self.containers.quotes:
            return
        self._flush()
        if not self.containers.quotes:
            self.containers.dedent(columns(self.text, line.start, line.mark))
        self.containers.set_quotes(line.depth)

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
        while self.text[start].isspace():
            start += 1
        self.found.append(FoundBlock(kind, start, end, spans, level, name, self.containers.within()))

    def _begin(self) -> None:
        """End what is open before a block on the line at hand."""
        self._flush()
        self.containers.dedent(self.indent)

    def _flush(self) -> None:
        """End the paragraph at hand."""
        paragraph, self.paragraph = self.paragraph, None
        if paragraph:
            self.found += paragraph_blocks(self.text, paragraph)

    # Paragraphs

    def _text(self, index: int, line: Line) -> int:
        """A line of text: it goes on with the paragraph or begins one."""
        first = line.first if self.paragraph else self.first
        mark = line.mark if self.paragraph else self.lead
        blanks = len(self.text[first : line.end]) - len(self.text[first : line.end].lstrip())
        if mark == first:
            mark = self.lead = (
                first + blanks
            )  # white space that Markdown takes for text is outer all the same
        if not self.paragraph:
            self.paragraph = self._new_paragraph()
        self.paragraph.lines.append((mark, first + blanks, line.end))
        return self._open_formula(index, self.paragraph)

    def _new_paragraph(self) -> Paragraph:
        if self.item_level:
            return Paragraph(
                BlockKind.LIST_ITEM, self.lead, self.item_level, self.containers.within(Form.ITEM)
            )
        innermost = self.containers.innermost
        if innermost and innermost.form is Form.QUOTE:
            return Paragraph(BlockKind.QUOTE, self.lead, 0, self.containers.within(Form.QUOTE))
        return Paragraph(BlockKind.PARAGRAPH, self.lead, 0, self.containers.within())

    def _open_formula(self, index: int, paragraph: Paragraph) -> int:
        """Take in the lines of a display formula that the last line of the paragraph leaves open."""
        _, first, end = paragraph.lines[-1]
        if not self._leaves_formula_open(first, end):
            return index + 1
        taken = []
        for last in range(index + 1, len(self.lines)):
            line = self.lines[last]
            if line.blank or line.start >= self.no_math_after:
                break
            taken.append((line.mark, line.first, line.end))
            if self._leaves_formula_open(line.first, line.end):
                paragraph.lines += taken
                return last + 1
        return index + 1

    def _leaves_formula_open(self, first: int, end: int) -> bool:
        if self.text.find("$$", first, end) == -1:
            return False
        return len(patterns.DOUBLE_DOLLAR.findall(self.text[first:end])) % 2 == 1

    def _caption(self, index: int, line: Line) -> int:
        match = patterns.CAPTION.match(self.text, self.first, line.end)
        if not match or (self.paragraph and match[0] == ":"):
            return _NOT_IT
        kind = BlockKind.PARAGRAPH if self.paragraph else BlockKind.CAPTION  # after a term: its definition
        self._begin()
        self.paragraph = Paragraph(kind, self.lead, 0, self.containers.within())
        self.paragraph.lines.append((self.lead, match.end(), line.end))
        return self._open_formula(index, self.paragraph)

    def _footnote(self, index: int, line: Line) -> int:
        match = patterns.FOOTNOTE.match(self.text, self.first, line.end)
        if not match:
            return _NOT_IT
        self._begin()
        if match.end() == line.end:
            self._emit(BlockKind.OTHER, self.lead, line.end, name="footnote")
            return index + 1
        self.paragraph = self._new_paragraph()
        self.paragraph.lines.append((self.lead, match.end(), line.end))
        self.containers.open(Container(Form.INDENTED, "footnote", self.containers.base(self.indent) + 4))
        return self._open_formula(index, self.paragraph)

    # Blocks of one line

    def _directive(self, line: Line, name: str, spans: tuple[Span, ...] = ()) -> None:
        self._emit(BlockKind.DIRECTIVE, self.lead, line.end, spans, name=name)

    def _heading(self, index: int, line: Line) -> int:
        match = patterns.HEADING.match(self.text, self.first, line.end)
        if not match:
            return _NOT_IT
        self._begin()
        level = len(match[0].rstrip())
        begin, end = match.end(), line.end
        window = max(begin, end - 400)
        if tail := patterns.HEADING_TAIL.search(self.text[window:end]):
            end = window + tail.start()
        spans = ((begin, end),) if begin < end else ()
        self._emit(BlockKind.HEADING, self.lead, line.end, spans, level=level)
        return index + 1

    def _underline(self, index: int, line: Line) -> int:
        """The underline of a setext heading: the paragraph before it becomes the heading."""
        paragraph = self.paragraph
        innermost = self.containers.innermost
        if not paragraph or (innermost and innermost.by_indent and self.indent < innermost.indent):
            return _NOT_IT
        if not patterns.UNDERLINE.match(self.text, self.first, line.end):
            return _NOT_IT
        if paragraph.kind is BlockKind.CAPTION:
            return _NOT_IT
        self.paragraph = None
        level = 1 if self.text[self.first] == "=" else 2
        self._emit(BlockKind.HEADING, paragraph.start, line.end, (paragraph.content,), level=level)
        return index + 1

    def _rule(self, index: int, line: Line) -> int:
        if self.text[line.end - 1] != self.text[self.first]:
            return _NOT_IT
        if not patterns.RULE.match(self.text, self.first, line.end):
            return _NOT_IT
        self._begin()
        self._emit(BlockKind.OTHER, self.lead, line.end, name="rule")
        return index + 1

    def _link_definition(self, index: int, line: Line) -> int:
        match = None if self.paragraph else patterns.LINK_DEFINITION.match(self.text, self.first, line.end)
        if not match:
            return _NOT_IT
        last = index
        if not match["target"] and index + 1 < len(self.lines):
            last += not self.lines[index + 1].blank  # the target may stand on the next line
        self._emit(BlockKind.OTHER, self.lead, self.lines[last].end, name="link_definition")
        return last + 1

    def _attribute(self, index: int, line: Line) -> int:
        match = patterns.ATTRIBUTE.match(self.text, self.first, line.end)
        if not match:
            return _NOT_IT
        self._begin()
        self._directive(line, match[1])
        return index + 1

    def _command(self, index: int, line: Line) -> int:
        match = patterns.COMMAND.match(self.text, self.first, line.end)
        if not match or (self.paragraph and self.text[self.first] != "{"):
            return _NOT_IT
        self._begin()
        self._directive(line, match[0].strip("{}[]!/#: \t%<>").split(" ")[0])
        return index + 1

    # Containers that open on a line of their own

    def _item(self, index: int, line: Line) -> int:
        """A list mark: taken off the line, unless nothing follows it."""
        match = patterns.ITEM.match(self.text, self.first, line.end)
        if not match:
            return _NOT_IT
        innermost = self.containers.innermost
        in_list = innermost is not None and innermost.form is Form.ITEM
        if (
            self.paragraph
            and not in_list
            and (match.end() == line.end or match["mark"] not in ("-", "*", "+", "1.", "1)"))
        ):
            return _NOT_IT
        self._begin()
        level = self.containers.items + 1
        gap = columns(self.text, match.start("gap"), match.end("gap"))
        indent = self.indent + len(match["mark"]) + (gap if 1 <= gap <= 4 else 1)
        self.containers.open(Container(Form.ITEM, "item", indent))
        if match.end() == line.end:
            found = FoundBlock(
                BlockKind.LIST_ITEM, self.lead, line.end, (), level, within=self.containers.within(Form.ITEM)
            )
            self.found.append(found)
            return index + 1
        self.first, self.indent, self.item_level = match.end(), indent, level
        return _NOT_IT

    def _tab(self, index: int, line: Line) -> int:
        match = patterns.TAB.match(self.text, self.first, line.end)
        if not match:
            return _NOT_IT
        self._begin()
        self.containers.close(Form.TAB)
        self._directive(line, match[1])
        if match[1] == "begin_tab":
            name = "".join((match[2] or match[3] or "").split())
            self.containers.open(Container(Form.TAB, f"tab:{name}", self.containers.base(self.indent)))
        return index + 1

    def _division(self, index: int, line: Line) -> int:
        match = patterns.DIVISION.match(self.text, self.first, line.end)
        if not match:
            return _NOT_IT
        self._begin()
        info = match["info"].strip(": \t")
        if not info:
            self.containers.close(Form.DIVISION)
        self._directive(line, info or "division")
        if info:
            self.containers.open(Container(Form.DIVISION, info, self.containers.base(self.indent)))
        return index + 1

    def _admonition(self, index: int, line: Line) -> int:
        match = None if self.paragraph else patterns.ADMONITION.match(self.text, self.first, line.end)
        if not match:
            return _NOT_IT
        self._directive(line, match["name"] or "tab", (match.span("title"),) if match["title"] else ())
        self.containers.open(Container(Form.INDENTED, match["name"] or "tab", self.indent + 4))
        return index + 1

    def _fence(self, index: int, line: Line) -> int:
        match = patterns.FENCE.match(self.text, self.first, line.end)
        if not match:
            return _NOT_IT
        mark, info = match["mark"], match["info"].strip()
        if not info and self.containers.closed_by(mark):
            self._flush()
            self.containers.close(Form.FENCE)
            self._directive(line, "fence")
            return index + 1
        self._begin()
        word = info.split(" ")[0] if info else ""
        if word in patterns.PROSE_FENCES:
            title = patterns.FENCE_TITLE.search(self.text, match.start("info"), line.end)
            span = (title.span(1) if title[1] else title.span(2)) if title else (0, 0)
            self._directive(line, word, (span,) if span[0] < span[1] else ())
            self.containers.open(
                Container(Form.FENCE, word.strip("{}"), self.containers.base(self.indent), mark)
            )
            return index + 1
        last = fence_end(self.text, self.lines, index, mark)
        kind = BlockKind.DIRECTIVE if word in patterns.DIRECTIVE_FENCES else BlockKind.CODE
        self._emit(kind, self.lead, self.lines[last].end, name=info)
        return last + 1

    # Blocks of several lines

    def _html(self, index: int, _line: Line) -> int:
        found = html_block_end(
            self.text, self.lines, index, self.first, in_paragraph=self.paragraph is not None
        )
        if not found:
            return _NOT_IT
        kind, last = found
        self._begin()
        self._emit(kind, self.lead, self.lines[last].end)
        return last + 1

    def _math(self, index: int, line: Line) -> int:
        """A display formula at the start of a line, up to its closing mark; text after that is read as a line
        of its own.
        """
        match = patterns.DISPLAY_MATH.match(self.text, self.first, line.end)
        if not match or match.end() >= self.no_math_after:
            return _NOT_IT
        close = self.text.find("$$", match.end())
        if close == -1:
            self.no_math_after = match.end()
            return _NOT_IT
        last = formula_end(self.text, self.lines, index, match.end(), close)
        if last is None:
            return _NOT_IT
        self._begin()
        end, line_end = close + 2, self.lines[last].end
        if tail := patterns.MATH_TAIL.match(self.text, end, line_end):
            end = tail.end()
        self._emit(BlockKind.MATH, self.lead, end)
        rest = end + len(self.text[end:line_end]) - len(self.text[end:line_end].lstrip())
        if rest >= line_end:
            return last + 1
        self.resume = rest
        return last

    def _table(self, index: int, line: Line) -> int:
        if index + 1 >= len(self.lines):
            return _NOT_IT
        header = line._replace(first=self.first, mark=self.lead)
        wanted = opens_table(self.text, header, self.lines[index + 1])
        if not wanted:
            return _NOT_IT
        self._begin()
        within = self.containers.within()
        self.found += row_blocks(self.text, header, wanted, within)
        delimiter = self.lines[index + 1]
        self._emit(BlockKind.OTHER, delimiter.mark, delimiter.end, name="table")
        index += 2
        while index < len(self.lines):
            row = self.lines[index]
            if row.blank or row.depth != line.depth or self.text.find("|", row.first, row.end) == -1:
                break
            self.found += row_blocks(self.text, row, wanted, within)
            index += 1
        return index
