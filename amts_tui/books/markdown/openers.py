"""What opens a container on a line of its own: tabs, divisions, admonitions, footnotes, definitions."""

from __future__ import annotations

from amts_tui.books.format import Span
from amts_tui.books.markdown import patterns
from amts_tui.books.markdown.containers import Container, Form
from amts_tui.books.markdown.cursor import NOT_IT, Cursor
from amts_tui.books.markdown.dialects import Dialect
from amts_tui.books.markdown.fences import myst_directive
from amts_tui.books.markdown.lines import Line, columns
from amts_tui.books.model import BlockKind


def tab(cursor: Cursor, index: int, line: Line) -> int:
    """d2lbook's `:begin_tab:` and `:end_tab:`."""
    match = patterns.TAB.match(cursor.text, cursor.first, line.end)
    if not match:
        return NOT_IT
    cursor.begin()
    cursor.containers.close(Form.TAB)
    cursor.directive(line.end, match[1])
    if match[1] == "begin_tab":
        name = "".join((match[2] or match[3] or "").split())
        cursor.open(Form.TAB, f"tab:{name}")
    return index + 1


def division(cursor: Cursor, index: int, line: Line) -> int:
    """`:::` with a name opens, without one closes: Pandoc, Docusaurus, VitePress, MyST."""
    match = patterns.DIVISION.match(cursor.text, cursor.first, line.end)
    if not match:
        return NOT_IT
    info = match["info"]
    if info.startswith("{") and cursor.dialect is Dialect.MYST:
        found = patterns.DIRECTIVE_INFO.match(info)
        if found:
            return myst_directive(cursor, index, line, match["mark"], match.start("info"))
    cursor.begin()
    if not info:
        cursor.containers.close(Form.DIVISION)
        cursor.directive(line.end, "division")
        return index + 1
    named = patterns.DIVISION_NAME.match(cursor.text, match.start("info"), match.end("info"))
    name = named["name"] if named else info
    cursor.directive(
        line.end, name, _division_title(cursor.text, named.end(), match.end("info")) if named else ()
    )
    cursor.open(Form.DIVISION, name)
    return index + 1


def _division_title(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The title after the name of a division: `Title`, `[Title]`, `{title="Title"}`."""
    match = patterns.DIVISION_TITLE.match(text, start, end)
    if not match or not match.lastgroup:
        return ()
    span = match.span(match.lastgroup)
    return (span,) if span[0] < span[1] else ()


def admonition(cursor: Cursor, index: int, line: Line) -> int:
    """MkDocs' `!!!`, `???` and `===`, whose content is indented."""
    match = patterns.ADMONITION.match(cursor.text, cursor.first, line.end)
    if not match:
        return NOT_IT
    cursor.begin()
    name = match["name"] or ("tab" if match["tab"] is not None else "admonition")
    title = "title" if match["title"] else "tab"
    cursor.directive(line.end, name, (match.span(title),) if match[title] else ())
    cursor.containers.open(Container(Form.INDENTED, name, cursor.indent + 4))
    return index + 1


def footnote(cursor: Cursor, index: int, line: Line) -> int:
    """`[^1]: text`, with further paragraphs indented."""
    match = patterns.FOOTNOTE.match(cursor.text, cursor.first, line.end)
    if not match:
        return NOT_IT
    cursor.begin()
    indent = cursor.containers.base(cursor.indent) + 4
    if match.end() == line.end:
        cursor.emit(BlockKind.OTHER, cursor.lead, line.end, name="footnote")
    else:
        cursor.begin_paragraph(match.end(), line.end)
    cursor.containers.open(Container(Form.INDENTED, "footnote", indent))
    return cursor.take_open_formula(index)


def definition(cursor: Cursor, index: int, line: Line) -> int:
    """`: text`: after a term its definition, with further paragraphs indented; else a caption of d2lbook."""
    match = patterns.CAPTION.match(cursor.text, cursor.first, line.end)
    if not match:
        return NOT_IT
    spaced = len(match[0]) > 1
    if cursor.dialect is Dialect.D2LBOOK and not cursor.paragraph:
        cursor.begin()
        cursor.begin_paragraph(match.end(), line.end, BlockKind.CAPTION)
        return cursor.take_open_formula(index)
    if not spaced:
        return NOT_IT
    cursor.begin()
    cursor.begin_paragraph(match.end(), line.end, BlockKind.PARAGRAPH)
    indent = cursor.indent + columns(cursor.text, cursor.first, match.end())
    cursor.containers.open(Container(Form.INDENTED, "definition", indent))
    return cursor.take_open_formula(index)
