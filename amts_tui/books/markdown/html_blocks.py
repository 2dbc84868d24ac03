"""Where a block of HTML ends: the seven kinds of CommonMark 0.31 (section 4.6), with MDX components on a line
of their own; and what in it is prose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from amts_tui.books.format import Span
from amts_tui.books.html import HTML
from amts_tui.books.html.tokens import attributes, find_markup
from amts_tui.books.markdown import patterns
from amts_tui.books.markdown.lines import Line
from amts_tui.books.model import BlockKind
from amts_tui.books.options import DEFAULT_OPTIONS

_ENDINGS = (("<?", "?>"), ("<![CDATA[", "]]>"))
_RAW_END = re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE)

_OUTPUT = 'class="dataframe"'  # as pandas writes it
_EXPRESSION = re.compile(r"=\{(?:[^{}<>]++|\{[^{}<>]*+\})*+\}")  # the value of an attribute that hides no tag
_WORDED = ("caption", "title", "header", "alt")  # attributes of components that readers see


def prose_spans(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The prose in the block of HTML `text[start:end]`: what is between its tags, the words of its pictures,
    the captions and titles of its components.

    What holds an expression of JSX or a template is none, as its braces may hide anything, but for the values
    of attributes that hide no tag; nor is a table that a program put out.
    """
    piece = text[start:end]
    whole = piece
    if "={" in piece:
        piece = _EXPRESSION.sub(lambda value: f'="{"x" * (len(value[0]) - 3)}"', piece)
    if "={" in piece or _OUTPUT in piece:
        return ()
    found = [span for block in HTML.scan(piece, DEFAULT_OPTIONS) for span in block.spans]
    for tag in find_markup(piece, xml=False):
        if patterns.COMPONENT.match(piece, tag.start, tag.end) and not tag.closing:
            values = attributes(piece, tag)
            found += [values[name] for name in _WORDED if name in values]
    spans: list[Span] = []
    for first, last in sorted(found):
        if first < last and not (spans and first < spans[-1][1]) and not _has_braces(whole[first:last]):
            spans.append((first, last))
    return tuple((start + first, start + last) for first, last in spans)


def _has_braces(raw: str) -> bool:
    """Whether there is a brace outside the code and the formulas of `raw`, or an expression of a template."""
    position = 0
    for item in HTML.find_items(raw):
        if "{" in raw[position : item.start] or raw.startswith("{", item.start):
            return True
        position = item.end
    return "{" in raw[position:]


def html_block_end(
    text: str, lines: Sequence[Line], index: int, first: int, *, in_paragraph: bool
) -> tuple[BlockKind, int] | None:
    """The kind of the block that begins at `first` on the line `index`, and the index of its last line; None
    if it is none.
    """
    line = lines[index]
    if text.startswith("<!--", first):
        return _comment(text, lines, index, first)
    if patterns.RAW_TAG.match(text, first, line.end):
        close = _RAW_END.search(text, first)
        return BlockKind.HTML, _line_at(lines, index, close.start() if close else len(text))
    if patterns.DECLARATION.match(text, first, line.end):
        ending = next((end for begin, end in _ENDINGS if text.startswith(begin, first)), ">")
        return BlockKind.HTML, _line_at(lines, index, _find(text, ending, first))
    alone = patterns.LONE_TAG.match(text, first, line.end)
    if patterns.COMPONENT.match(text, first, line.end) and (alone or not in_paragraph):
        return BlockKind.HTML, index if alone else _before_blank(lines, index)
    if patterns.BLOCK_TAG.match(text, first, line.end):
        return BlockKind.HTML, _before_blank(lines, index)
    if alone and not in_paragraph:
        return BlockKind.HTML, _before_blank(lines, index)
    return None


def _comment(text: str, lines: Sequence[Line], index: int, first: int) -> tuple[BlockKind, int] | None:
    close = _find(text, "-->", first + 4)
    line = lines[index]
    if close + 3 < line.end:
        return None  # text follows on the same line: the comment is an inline item of it
    return BlockKind.COMMENT, _line_at(lines, index, close)


def _find(text: str, ending: str, start: int) -> int:
    close = text.find(ending, start)
    return len(text) if close == -1 else close


def _line_at(lines: Sequence[Line], index: int, position: int) -> int:
    """The index of the line that holds `position`, or of the last line with text before it."""
    last = index
    while index < len(lines) and lines[index].start <= position:
        if not lines[index].blank:
            last = index
        index += 1
    return last


def _before_blank(lines: Sequence[Line], index: int) -> int:
    depth = lines[index].depth
    while index + 1 < len(lines) and not lines[index + 1].blank and lines[index + 1].depth == depth:
        index += 1
    return index
