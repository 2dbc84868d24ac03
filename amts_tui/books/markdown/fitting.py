"""How new text is put where it is not Markdown: into a value of the front matter, a formula, a comment of
code, an attribute.
"""

from __future__ import annotations

import re

from amts_tui.books.format import Fit
from amts_tui.books.markdown.front_matter import is_plain_scalar
from amts_tui.books.model import Block, BlockKind, Segment

_NOT_IN_FORMULA = re.compile(r"[\\{}$&%#\n]")
# What YAML reads as a line break, or not at all.
_NOT_IN_VALUE = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_NOT_ESCAPED = re.compile(r"(\\[\"\\/])|([\"\\])")
_QUOTE = re.compile(r"((?<!\\)(?:\\\\)*)\"")
_SINGLE_QUOTE = re.compile(r"(?<!')'(?!')")


def fit(text: str, block: Block, segment: Segment, raw: str) -> Fit | None:
    """What changes in a document if `raw` replaces a segment; None if it cannot stand there."""
    as_it_is = Fit.only(segment, raw)
    if block.kind is BlockKind.MATH:
        return None if _NOT_IN_FORMULA.search(raw) else as_it_is
    if block.kind is BlockKind.CODE:
        return None if "\n" in raw else as_it_is
    if block.kind is BlockKind.DIRECTIVE and text.endswith('header="', 0, segment.start):
        return Fit.only(segment, _QUOTE.sub(r"\1\"", raw))
    if block.kind is not BlockKind.FRONT_MATTER:
        return as_it_is
    return None if _NOT_IN_VALUE.search(raw) else _value(text, segment, raw)


def _value(text: str, segment: Segment, raw: str) -> Fit | None:
    """A value of YAML or TOML in the quotes that it has; a plain one that would not read back gets quotes."""
    start, end = segment.start, segment.end
    quote = text[start - 1] if text[end : end + 1] == text[start - 1] else ""
    if quote == '"':
        return Fit.only(segment, _double_quoted(raw))
    if quote == "'":
        if "\\" in raw:
            return None
        toml = text.lstrip("\ufeff").startswith("+++")
        return Fit.only(segment, raw if toml else _SINGLE_QUOTE.sub("''", raw))
    key = text[text.rfind("\n", 0, start) + 1 : start]
    if not key.strip() or is_plain_scalar(raw):
        return Fit.only(segment, raw)
    return Fit(start, end, '"', _double_quoted(raw), '"')


def _double_quoted(raw: str) -> str:
    return _NOT_ESCAPED.sub(lambda match: match[1] or f"\\{match[2]}", raw)
