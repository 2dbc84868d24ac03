"""The line scanner: one pass over the lines of a Markdown text that finds its blocks as spans.

It reads CommonMark with tables and the dialects that books use. What a line can begin is looked up by its
first character and the dialect. Nothing is parsed twice and there is no recursion, so time is linear in the
text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from amts_tui.books.format import FoundBlock
from amts_tui.books.markdown import leaves, mdx, openers, patterns
from amts_tui.books.markdown.containers import Container, Form
from amts_tui.books.markdown.cursor import NOT_IT, Cursor
from amts_tui.books.markdown.dialects import Dialect, dialect_of
from amts_tui.books.markdown.embedded import formula_spans
from amts_tui.books.markdown.fences import fence
from amts_tui.books.markdown.front_matter import front_matter_end, value_spans
from amts_tui.books.markdown.html_blocks import html_block_end, prose_spans
from amts_tui.books.markdown.lines import Line, columns, split_lines
from amts_tui.books.markdown.regions import code_end, formula_end
from amts_tui.books.markdown.tables import opens_table, row_blocks
from amts_tui.books.model import BlockKind
from amts_tui.books.options import DEFAULT_OPTIONS, ReadingOptions


def scan(
    text: str, options: ReadingOptions = DEFAULT_OPTIONS, dialect: Dialect | None = None
) -> list[FoundBlock]:
    """The blocks of `text` in order, without overlap; together they cover all but white space.

    Without `dialect` it is the one that the options name or the text shows.
    """
    return _Scanner(text, dialect or dialect_of(text, options.dialect), options).run()


class _Scanner(Cursor):
    def __init__(self, text: str, dialect: Dialect, options: ReadingOptions) -> None:
        super().__init__(text, dialect, options)
        self.resume = NOT_IT  # where in the next line to go on, if not at its first character
        self.handlers = _handlers(dialect)

    def run(self) -> list[FoundBlock]:
        self.lines = split_lines(self.text, self._preamble())
        index = 0
        while index < len(self.lines):
            index = self._line(index)
        self.flush()
        return self.found

    def _preamble(self) -> int:
        """Byte order mark and front matter; returns where the body begins."""
        start = 0
        if self.text.startswith("\ufeff"):
            self.emit(BlockKind.OTHER, 0, 1, name="bom")
            start = 1
        stop = front_matter_end(self.text, start, jsinfo=self.dialect is Dialect.JSINFO)
        if stop > start:
            end = start + len(self.text[start:stop].rstrip())
            spans = value_spans(self.text, start, end, self.options.front_matter)
            self.emit(BlockKind.FRONT_MATTER, start, end, spans)
        return stop

    # Lines

    def _line(self, index: int) -> int:
        """Read the line at `index`; returns the index of the line to go on with."""
        line = self.lines[index]
        if line.blank:
            self.flush()
            self._enter_quotes(line)
            if line.depth:
                self.emit(BlockKind.OTHER, line.mark, line.end, name="quote")
            return index + 1
        line = self._as_code_line(line)
        if line.depth < self.containers.quotes and self.paragraph and self._is_plain(line):
            return self._text(index, line)
        self._enter_quotes(line)
        self.first, self.indent, self.lead, self.item_level = line.first, line.indent, line.mark, 0
        if self.resume != NOT_IT:
            self.first = self.lead = self.resume
            self.resume = NOT_IT
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
                self.emit(BlockKind.CODE, self.lead, self.lines[last].end)
                return last + 1
            if far_in and self.paragraph and not self.text.startswith("$$", self.first):
                return self._text(index, line)
            marks = self.first
            for handler in self.handlers.get(self.text[self.first], ()):
                following = handler(self, index, line)
                if following != NOT_IT:
                    return following
                if self.first != marks:
                    break
            else:
                break
        if self.text.find("|", self.first, line.end) != -1:
            following = self._table(index, line)
            if following != NOT_IT:
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
        self.flush()
        if not self.containers.quotes:
            self.containers.dedent(columns(self.text, line.start, line.mark))
        self.containers.set_quotes(line.depth)

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
            self.paragraph = self.new_paragraph()
        self.paragraph.lines.append((mark, first + blanks, line.end))
        return self.take_open_formula(index)

    # Blocks of one line

    def _underline(self, index: int, line: Line) -> int:
        """The underline of a setext heading: the paragraph before it becomes the heading."""
        paragraph = self.paragraph
        innermost = self.containers.innermost
        if not paragraph or (innermost and innermost.by_indent and self.indent < innermost.indent):
            return NOT_IT
        if not patterns.UNDERLINE.match(self.text, self.first, line.end):
            return NOT_IT
        if paragraph.kind is BlockKind.CAPTION:
            return NOT_IT
        self.paragraph = None
        level = 1 if self.text[self.first] == "=" else 2
        self.emit(BlockKind.HEADING, paragraph.start, line.end, (paragraph.content,), level=level)
        return index + 1

    # Containers that open on a line of their own

    def _item(self, index: int, line: Line) -> int:
        """A list mark: taken off the line, unless nothing follows it."""
        match = patterns.ITEM.match(self.text, self.first, line.end)
        if not match:
            return NOT_IT
        innermost = self.containers.innermost
        in_list = innermost is not None and innermost.form is Form.ITEM
        if (
            self.paragraph
            and not in_list
            and (match.end() == line.end or match["mark"] not in ("-", "*", "+", "1.", "1)"))
        ):
            return NOT_IT
        self.begin()
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
        return NOT_IT

    # Blocks of several lines

    def _html(self, index: int, _line: Line) -> int:
        found = html_block_end(
            self.text, self.lines, index, self.first, in_paragraph=self.paragraph is not None
        )
        if not found:
            return NOT_IT
        kind, last = found
        self.begin()
        end = self.lines[last].end
        spans = prose_spans(self.text, self.first, end) if kind is BlockKind.HTML else ()
        self.emit(kind, self.lead, end, spans)
        return last + 1

    def _math(self, index: int, line: Line) -> int:
        """A display formula at the start of a line, up to its closing mark; text after that is read as a line
        of its own.
        """
        match = patterns.DISPLAY_MATH.match(self.text, self.first, line.end)
        if not match or match.end() >= self.no_math_after:
            return NOT_IT
        close = self.text.find("$$", match.end())
        if close == -1:
            self.no_math_after = match.end()
            return NOT_IT
        last = formula_end(self.text, self.lines, index, match.end(), close)
        if last is None:
            return NOT_IT
        self.begin()
        end, line_end = close + 2, self.lines[last].end
        tail = patterns.MATH_TAIL.match(self.text, end, line_end)
        if not tail and self.dialect is Dialect.MYST:
            tail = patterns.MYST_MATH_LABEL.match(self.text, end, line_end)
        if tail:
            end = tail.end()
        spans = formula_spans(self.text, match.end(), close) if self.options.math_text else ()
        self.emit(BlockKind.MATH, self.lead, end, spans)
        rest = end + len(self.text[end:line_end]) - len(self.text[end:line_end].lstrip())
        if rest >= line_end:
            return last + 1
        self.resume = rest
        return last

    def _table(self, index: int, line: Line) -> int:
        if index + 1 >= len(self.lines):
            return NOT_IT
        header = line._replace(first=self.first, mark=self.lead)
        wanted = opens_table(self.text, header, self.lines[index + 1])
        if not wanted:
            return NOT_IT
        self.begin()
        within = self.containers.within()
        self.found += row_blocks(self.text, header, wanted, within)
        delimiter = self.lines[index + 1]
        self.emit(BlockKind.OTHER, delimiter.mark, delimiter.end, name="table")
        index += 2
        while index < len(self.lines):
            row = self.lines[index]
            if row.blank or row.depth != line.depth or self.text.find("|", row.first, row.end) == -1:
                break
            self.found += row_blocks(self.text, row, wanted, within)
            index += 1
        return index


_Handler = Callable[[_Scanner, int, Line], int]


@cache
def _handlers(dialect: Dialect) -> Mapping[str, tuple[_Handler, ...]]:
    """What a line may begin, by its first character, in the order in which it is tried."""
    math, underline, item, html = _Scanner._math, _Scanner._underline, _Scanner._item, _Scanner._html
    handlers: dict[str, tuple[_Handler, ...]] = {
        "`": (fence,),
        "~": (fence,),
        "$": (math,),
        "(": (math,),
        "[": (math, openers.footnote, leaves.link_definition, leaves.alert),
        "#": (leaves.heading,),
        "<": (html,),
        "-": (underline, leaves.rule, item),
        "*": (leaves.rule, item),
        "_": (leaves.rule,),
        "+": (item,),
        "=": (underline,),
        ":": (openers.division, openers.definition),
        "{": (leaves.shortcode,),
        **dict.fromkeys("0123456789", (item,)),
    }
    own: dict[Dialect, dict[str, tuple[_Handler, ...]]] = {
        Dialect.D2LBOOK: {":": (openers.tab, leaves.attribute)},
        Dialect.JSINFO: {"[": (leaves.jsinfo_command,)},
        Dialect.MDX: {
            "i": (mdx.module,),
            "e": (mdx.module,),
            "{": (mdx.expression,),
            "<": (mdx.component,),
        },
        Dialect.MKDOCS: {
            "!": (openers.admonition,),
            "?": (openers.admonition,),
            "=": (openers.admonition,),
            "-": (leaves.snippet,),
            ";": (leaves.snippet,),
        },
        Dialect.MYST: {
            "%": (leaves.myst_comment,),
            "(": (leaves.myst_target,),
            "+": (leaves.myst_break,),
            ":": (openers.division, leaves.myst_field),
        },
    }
    for char, first in own.get(dialect, {}).items():
        handlers[char] = (*first, *handlers.get(char, ()))
    return handlers
