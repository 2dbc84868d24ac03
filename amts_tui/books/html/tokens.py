"""The tags, comments and declarations of an HTML text as spans, found as browsers find them.

The rules are those of the HTML standard's tokenizer (section 13.2.5): nothing is an error, and what never
ends takes the rest of the text. An attribute's quote that never ends does not: its tag ends at the next `>`.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import cache
from typing import NamedTuple

from amts_tui.books.html.elements import RAW_TEXT

_S = r"[ \t\n\f\r]"
_VALUE = r"(?:\"[^\"]*+\"|'[^']*+'|[^ \t\n\f\r\"'>][^ \t\n\f\r>]*+|(?=>))"
_BEGIN = re.compile(r"<(?=[A-Za-z!?/])")
_TAG = re.compile(
    rf"<(?P<close>/?)(?P<name>[A-Za-z][^ \t\n\f\r/>]*+)"
    rf"(?:(?:{_S}|/)++|[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+(?>{_S}*+={_S}*+{_VALUE})?+)*+(?P<end>>?)"
)
_ATTRIBUTE = re.compile(
    rf"(?P<name>[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+)"
    rf"(?>{_S}*+={_S}*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'"
    r"|(?P<bare>[^ \t\n\f\r\"'>][^ \t\n\f\r>]*+)|(?=>)))?+"
)
_BARE_SLASH = re.compile(r"=[^ \t\n\f\r\"'=]+/>\Z")  # an attribute without quotes that ends in a slash
_DOCTYPE = re.compile(
    r"<!doctype(?:[^\[\"'>]++|\"[^\"]*+\"|'[^']*+')*+(?:\[(?:[^\]\"']++|\"[^\"]*+\"|'[^']*+')*+\][^>]*+)?+>",
    re.IGNORECASE,
)
_COMMENT_END = re.compile(r"--!?>")


class Kind(Enum):
    """What a stretch of markup is."""

    TAG = auto()
    COMMENT = auto()
    DECLARATION = auto()  # document types, processing instructions, CDATA, what browsers drop


class Markup(NamedTuple):
    """A stretch of markup: `name` is a tag's own, in small letters without a prefix; `closing` an end tag,
    `empty` one that ends itself (`<br/>`).
    """

    kind: Kind
    start: int
    end: int
    name: str = ""
    closing: bool = False
    empty: bool = False


def find_markup(text: str, *, xml: bool) -> list[Markup]:
    """All markup of `text` in order; what is between is text. `xml`: as XHTML, where no element holds raw
    text, and CDATA and instructions end with their own marks.
    """
    found: list[Markup] = []
    position = 0
    prolog = xml
    while begin := _BEGIN.search(text, position):
        markup = (prolog and _doctype(text, begin.start())) or _markup(text, begin.start(), xml)
        prolog = prolog and markup.kind is not Kind.TAG and not markup.name
        found.append(markup)
        position = markup.end
        if not xml and not markup.closing and markup.name in RAW_TEXT:
            ending = _end_tag(markup.name).search(text, position)
            position = ending.start() if ending else len(text)
    return found


def attributes(text: str, tag: Markup) -> dict[str, tuple[int, int]]:
    """The attributes of a start tag by name, each with the span of its value without quotes."""
    spans: dict[str, tuple[int, int]] = {}
    whole = _TAG.match(text, tag.start)
    first = whole.end("name") if whole else tag.end
    for match in _ATTRIBUTE.finditer(text, first, tag.end):
        group = next((name for name in ("double", "single", "bare") if match[name] is not None), None)
        spans.setdefault(match["name"].lower(), match.span(group) if group else (match.end(), match.end()))
    return spans


def _markup(text: str, start: int, xml: bool) -> Markup:
    """The markup that begins with the `<` at `start`."""
    if tag := _TAG.match(text, start):
        if not tag["end"]:
            return Markup(Kind.DECLARATION, start, len(text))
        name = tag["name"].rpartition(":")[2].lower()
        empty = text[tag.end() - 2] == "/" and not _BARE_SLASH.search(text, start, tag.end())
        return Markup(Kind.TAG, start, tag.end(), name, bool(tag["close"]), empty)
    if text.startswith("<!--", start):
        return Markup(Kind.COMMENT, start, _comment_end(text, start))
    ending = ">"
    if xml and text.startswith("<![CDATA[", start):
        ending = "]]>"
    elif xml and text.startswith("<?", start):
        ending = "?>"
    close = text.find(ending, start + 2)
    return Markup(Kind.DECLARATION, start, len(text) if close == -1 else close + len(ending))


def _doctype(text: str, start: int) -> Markup | None:
    """A document type with its entities, of which an XML text has one at most."""
    doctype = _DOCTYPE.match(text, start)
    return Markup(Kind.DECLARATION, start, doctype.end(), "doctype") if doctype else None


def _comment_end(text: str, start: int) -> int:
    for short in ("<!-->", "<!--->"):
        if text.startswith(short, start):
            return start + len(short)
    ending = _COMMENT_END.search(text, start + 4)
    return ending.end() if ending else len(text)


@cache
def _end_tag(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[ \t\n\f\r/>])", re.IGNORECASE)
