"""TMX 1.4b (LISA OSCAR, 2004): translation memories as people and tools exchange them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from amts_tui import __version__
from amts_tui.books.model import Item, ItemForm
from amts_tui.exchange.model import Form, Granularity, Inline, LeftOut, Pair
from amts_tui.exchange.xml import elements, text_of

ILLEGAL: Final = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""Characters that no XML 1.0 document can hold, not even escaped (XML 1.0, production 2)."""

_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def render_tmx(
    pairs: Iterable[Pair], *, source_lang: str, target_lang: str, granularity: Granularity, form: Form
) -> str:
    """The file's text, one `tu` a line; characters that XML cannot hold are dropped.

    In the exchange form inline items are `ph`, `bpt`/`ept` and, without their counterpart, `it`, and
    properties say where a pair comes from; the amazon form has plain text only.
    """
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
        f'<header creationtool="amts" creationtoolversion={quoteattr(__version__)} segtype="{granularity}"'
        f' o-tmf="amts" adminlang="en" srclang={quoteattr(source_lang)} datatype="plaintext"/>\n<body>\n'
    )
    units = (_tu(pair, source_lang, target_lang, form) for pair in pairs)
    return head + "".join(ILLEGAL.sub("", unit) for unit in units) + "</body>\n</tmx>\n"


def illegal_characters(pairs: Iterable[Pair]) -> Iterator[LeftOut]:
    """A warning for each pair that loses characters."""
    for pair in pairs:
        found = ILLEGAL.findall(pair.source + pair.target)
        if found:
            names = ", ".join(sorted({f"U+{ord(character):04X}" for character in found}))
            yield LeftOut(pair.id, pair.document, f"characters that XML cannot hold were removed: {names}")


def _tu(pair: Pair, source_lang: str, target_lang: str, form: Form) -> str:
    changed = pair.changed.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ") if pair.changed else ""
    attributes = f" tuid={quoteattr(pair.id)}" + (f' changedate="{changed}"' if changed else "")
    properties = "".join(_properties(pair)) if form is Form.EXCHANGE else ""
    numbers: dict[tuple[str, int], int] = {}
    source = _tuv(source_lang, pair.source_inline or (pair.source,), numbers)
    target = _tuv(target_lang, pair.target_inline or (pair.target,), numbers)
    return f"<tu{attributes}>{properties}{source}{target}</tu>\n"


def _properties(pair: Pair) -> Iterator[str]:
    values = {
        "document": pair.document,
        "status": pair.status,
        "confidence": f"{pair.confidence:.4f}",
        "origin": pair.origin,
    }
    for name, value in values.items():
        yield f'<prop type="x-{name}">{escape(value)}</prop>'


def _tuv(lang: str, inline: Inline, numbers: dict[tuple[str, int], int]) -> str:
    segment = "".join(_elements(inline, numbers))
    return f"<tuv xml:lang={quoteattr(lang)}><seg>{segment}</seg></tuv>"


def _elements(inline: Inline, numbers: dict[tuple[str, int], int]) -> Iterator[str]:
    """The content of a `seg`. Equal items of both sides get the same `x`: `numbers` tells by text and
    occurrence.
    """
    opened = {part.number for part in inline if isinstance(part, Item) and part.form is ItemForm.OPEN}
    closed = {part.number for part in inline if isinstance(part, Item) and part.form is ItemForm.CLOSE}
    occurrences: dict[str, int] = {}
    for part in inline:
        if isinstance(part, str):
            yield escape(part)
            continue
        content = escape(part.raw)
        if part.form is ItemForm.CLOSE and part.number in opened:
            yield f'<ept i="{part.number}">{content}</ept>'
            continue
        occurrences[part.raw] = occurrences.get(part.raw, 0) + 1
        x = numbers.setdefault((part.raw, occurrences[part.raw]), len(numbers) + 1)
        if part.form is ItemForm.SINGLE:
            yield f'<ph x="{x}" type="x-{part.kind}">{content}</ph>'
        elif part.form is ItemForm.OPEN and part.number in closed:
            yield f'<bpt i="{part.number}" x="{x}" type="x-{part.kind}">{content}</bpt>'
        else:
            position = "begin" if part.form is ItemForm.OPEN else "end"
            yield f'<it pos="{position}" x="{x}" type="x-{part.kind}">{content}</it>'


@dataclass(frozen=True, slots=True)
class ParsedUnit:
    """A `tu`: its languages in order, each with the text of its `seg`, the content of inline elements
    included, and its properties by type.
    """

    id: str
    variants: tuple[tuple[str, str], ...]
    properties: Mapping[str, str]


def parse_tmx(data: bytes, where: str) -> Iterator[ParsedUnit]:
    """The units of a TMX file of any version; raises AmtsError with `where` and the line if it is none."""
    for tu in elements(data, where, "tu", root="tmx"):
        properties = {prop.get("type") or "": prop.text or "" for prop in tu.iterchildren("prop")}
        variants = tuple(
            (tuv.get(_XML_LANG) or tuv.get("lang") or "", text_of(seg))
            for tuv in tu.iterchildren("tuv")
            for seg in tuv.iterchildren("seg")
        )
        yield ParsedUnit(tu.get("tuid") or "", variants, properties)
