"""Fences: of code, of formulas, and of prose, as javascript.info and MyST have them."""

from __future__ import annotations

from collections.abc import Sequence

from amts_tui.books.format import Span
from amts_tui.books.markdown import patterns
from amts_tui.books.markdown.containers import Form
from amts_tui.books.markdown.cursor import NOT_IT, Cursor
from amts_tui.books.markdown.dialects import Dialect
from amts_tui.books.markdown.embedded import comment_spans
from amts_tui.books.markdown.lines import Line
from amts_tui.books.markdown.regions import fence_end
from amts_tui.books.model import BlockKind
from amts_tui.books.words import word_set

_TITLED = word_set(
    """note tip hint important warning caution attention danger error seealso admonition dropdown
    sidebar topic margin card tab-item grid-item-card table list-table todo exercise theorem proof
    lemma definition example remark corollary axiom conjecture algorithm"""
)
_UNTITLED = word_set(
    """figure grid grid-item tab-set container div solution exercise-start solution-start versionadded
    versionchanged deprecated glossary epigraph highlights pull-quote compound aside blockquote only
    hlist"""
)
_APART = word_set("toctree tableofcontents bibliography contents include image eval-rst index")


def fence(cursor: Cursor, index: int, line: Line) -> int:
    """A fence of backticks or tildes."""
    match = patterns.FENCE.match(cursor.text, cursor.first, line.end)
    if not match:
        return NOT_IT
    mark, info = match["mark"], match["info"].strip()
    if not info and cursor.containers.closed_by(mark):
        cursor.flush()
        cursor.containers.close(Form.FENCE)
        cursor.directive(line.end, "fence")
        return index + 1
    word = info.split(" ")[0] if info else ""
    if cursor.dialect is Dialect.MYST and patterns.DIRECTIVE_INFO.match(info):
        return myst_directive(cursor, index, line, mark, match.start("info"))
    cursor.begin()
    if cursor.dialect is Dialect.JSINFO and word in patterns.JSINFO_FENCES:
        title = patterns.FENCE_TITLE.search(cursor.text, match.start("info"), line.end)
        span = title.span(title.lastindex or 0) if title else (0, 0)
        cursor.directive(line.end, word, (span,) if span[0] < span[1] else ())
        cursor.open(Form.FENCE, word, mark)
        return index + 1
    apart = cursor.dialect is Dialect.D2LBOOK and word in patterns.D2LBOOK_FENCES
    return _opaque(cursor, index, mark, info, BlockKind.DIRECTIVE if apart else BlockKind.CODE)


def myst_directive(cursor: Cursor, index: int, line: Line, mark: str, info: int) -> int:
    """A directive of MyST, in a fence or between colons, whose `{name} argument` begins at `info`.

    Its options, which are not prose but for captions and the like, belong to the block that opens it.
    """
    cursor.begin()
    match = patterns.DIRECTIVE_INFO.match(cursor.text, info, line.end)
    name = match[1] if match else ""
    plain = name.rpartition(":")[2]
    prose = plain in _TITLED or plain in _UNTITLED
    spans: list[Span] = []
    if match and plain in _TITLED and match.end() < line.end:
        spans.append((match.end(), line.end))
    last = _options(cursor, index, spans)
    if not prose:
        kind = BlockKind.DIRECTIVE if plain in _APART else BlockKind.CODE
        kind = BlockKind.MATH if plain == "math" else kind
        return _opaque(cursor, index, mark, cursor.text[info : line.end], kind, spans)
    cursor.directive(cursor.lines[last].end, f"{{{name}}}", tuple(spans))
    form = Form.DIVISION if mark.startswith(":") else Form.FENCE
    cursor.open(form, name, mark)
    return last + 1


def _options(cursor: Cursor, index: int, spans: list[Span]) -> int:
    """The index of the last line of options after the line `index`; adds the prose among them to `spans`."""
    lines, text = cursor.lines, cursor.text
    last = index
    if index + 1 < len(lines) and text.startswith("---", lines[index + 1].first):
        for number in range(index + 2, len(lines)):
            if lines[number].blank or lines[number].depth != lines[index].depth:
                return index
            if text[lines[number].first : lines[number].end] == "---":
                return number
        return index
    while last + 1 < len(lines):
        line = lines[last + 1]
        option = patterns.MYST_OPTION.match(text, line.first, line.end)
        if not option or line.depth != lines[index].depth:
            break
        if option["prose"]:
            spans.append(option.span("prose"))
        last += 1
    return last


def _opaque(
    cursor: Cursor, index: int, mark: str, info: str, kind: BlockKind, spans: Sequence[Span] = ()
) -> int:
    """A fence whose content is not Markdown; `spans` are the prose of its options."""
    last = fence_end(cursor.text, cursor.lines, index, mark)
    if kind is BlockKind.CODE and cursor.options.code_comments:
        spans = (*spans, *comment_spans(cursor.text, cursor.lines[index + 1 : last + 1], info))
    cursor.emit(kind, cursor.lead, cursor.lines[last].end, tuple(spans), name=info)
    return last + 1
