"""Blocks that fill one line, or lines up to a closing mark: headings, rules, directives of all dialects."""

from __future__ import annotations

from amts_tui.books.markdown import patterns
from amts_tui.books.markdown.cursor import NOT_IT, Cursor
from amts_tui.books.markdown.lines import Line
from amts_tui.books.model import BlockKind

_LONGEST_SHORTCODE = 50  # lines


def heading(cursor: Cursor, index: int, line: Line) -> int:
    """`# Title`, without closing marks and anchor."""
    match = patterns.HEADING.match(cursor.text, cursor.first, line.end)
    if not match:
        return NOT_IT
    cursor.begin()
    level = len(match[0].rstrip())
    begin, end = match.end(), line.end
    window = max(begin, end - 400)
    if tail := patterns.HEADING_TAIL.search(cursor.text[window:end]):
        end = window + tail.start()
    spans = ((begin, end),) if begin < end else ()
    cursor.emit(BlockKind.HEADING, cursor.lead, line.end, spans, level=level)
    return index + 1


def rule(cursor: Cursor, index: int, line: Line) -> int:
    """`---`, `***`, `___`."""
    if cursor.text[line.end - 1] != cursor.text[cursor.first]:
        return NOT_IT
    if not patterns.RULE.match(cursor.text, cursor.first, line.end):
        return NOT_IT
    cursor.begin()
    cursor.emit(BlockKind.OTHER, cursor.lead, line.end, name="rule")
    return index + 1


def link_definition(cursor: Cursor, index: int, line: Line) -> int:
    """`[label]: target`."""
    if cursor.paragraph:
        return NOT_IT
    match = patterns.LINK_DEFINITION.match(cursor.text, cursor.first, line.end)
    if not match:
        return NOT_IT
    last = index
    if not match["target"] and index + 1 < len(cursor.lines):
        last += not cursor.lines[index + 1].blank  # the target may stand on the next line
    cursor.emit(BlockKind.OTHER, cursor.lead, cursor.lines[last].end, name="link_definition")
    return last + 1


def attribute(cursor: Cursor, index: int, line: Line) -> int:
    """d2lbook's labels and sizes on lines of their own."""
    match = patterns.ATTRIBUTE.match(cursor.text, cursor.first, line.end)
    if not match:
        return NOT_IT
    cursor.begin()
    cursor.directive(line.end, match[1])
    return index + 1


def alert(cursor: Cursor, index: int, line: Line) -> int:
    """The first line of an alert, `> [!NOTE]`, with the title that Obsidian allows."""
    if cursor.paragraph or not line.depth:
        return NOT_IT
    match = patterns.ALERT.match(cursor.text, cursor.first, line.end)
    if not match:
        return NOT_IT
    cursor.directive(line.end, match["name"], (match.span("title"),) if match["title"] else ())
    return index + 1


def jsinfo_command(cursor: Cursor, index: int, line: Line) -> int:
    """A line of javascript.info that stands for an example: `[iframe src="…"]`."""
    if cursor.paragraph or not (match := patterns.JSINFO_COMMAND.match(cursor.text, cursor.first, line.end)):
        return NOT_IT
    cursor.directive(line.end, match["name"])
    return index + 1


def shortcode(cursor: Cursor, index: int, line: Line) -> int:
    """Shortcodes of Hugo and Jekyll, attributes of kramdown, blocks of Svelte, alone on their lines."""
    text, first = cursor.text, cursor.first
    if match := patterns.KRAMDOWN_COMMENT.match(text, first, line.end):
        close = cursor.ahead.find(f"{{:/{match['name']}}}", match.end())
        return _region(cursor, index, close, BlockKind.COMMENT) if close != -1 else NOT_IT
    if match := patterns.COMMAND.match(text, first, line.end):
        cursor.begin()
        cursor.directive(line.end, match[0].strip("{}!/#: \t%<>").split(" ")[0])
        return index + 1
    if text.startswith(("{{<", "{{%"), first) and text.find("}}", first, line.end) == -1:
        for number in range(index, min(index + _LONGEST_SHORTCODE, len(cursor.lines))):
            at = cursor.lines[number]
            if at.blank:
                break
            if text.startswith(f"{'>' if text[first + 2] == '<' else '%'}}}}}", at.end - 3):
                cursor.begin()
                cursor.directive(
                    at.end, text[first + 3 : line.end].split()[0] if line.end > first + 3 else ""
                )
                return number + 1
    return NOT_IT


def _region(cursor: Cursor, index: int, close: int, kind: BlockKind) -> int:
    """A block up to the end of the line that holds `close`."""
    last = index
    while last + 1 < len(cursor.lines) and cursor.lines[last + 1].start <= close:
        last += 1
    cursor.begin()
    cursor.emit(kind, cursor.lead, cursor.lines[last].end)
    return last + 1


def myst_target(cursor: Cursor, index: int, line: Line) -> int:
    """`(name)=`."""
    if not patterns.MYST_TARGET.match(cursor.text, cursor.first, line.end):
        return NOT_IT
    cursor.begin()
    cursor.directive(line.end, "target")
    return index + 1


def myst_comment(cursor: Cursor, index: int, line: Line) -> int:
    """`% text`."""
    cursor.begin()
    cursor.emit(BlockKind.COMMENT, cursor.lead, line.end)
    return index + 1


def myst_break(cursor: Cursor, index: int, line: Line) -> int:
    """`+++`, with data of the cell that it begins."""
    if not patterns.MYST_BREAK.match(cursor.text, cursor.first, line.end):
        return NOT_IT
    cursor.begin()
    cursor.directive(line.end, "break")
    return index + 1


def myst_field(cursor: Cursor, index: int, line: Line) -> int:
    """`:name: body` of a list of fields: its body is prose."""
    match = patterns.MYST_FIELD.match(cursor.text, cursor.first, line.end)
    if not match:
        return NOT_IT
    cursor.begin()
    if match.end() == line.end:
        cursor.directive(line.end, match["name"])
        return index + 1
    cursor.begin_paragraph(match.end(), line.end, BlockKind.PARAGRAPH)
    return index + 1


def snippet(cursor: Cursor, index: int, line: Line) -> int:
    """MkDocs' `--8<-- "file"`."""
    if not patterns.SNIPPET.match(cursor.text, cursor.first, line.end):
        return NOT_IT
    cursor.begin()
    cursor.directive(line.end, "snippet")
    return index + 1
