"""The notation in which the text of a Word document is shown and typed.

One line a paragraph. `<h1>…</h1>`, `<li1>`, `<td>`, `<caption>`, `<quote>`, `<code>` around a whole line say
what the paragraph is. Inside, `<b>`, `<i>`, `<u>`, `<sup>`, `<sub>` are what they say, `<r1>` is any other
formatting, `<a1>` a link, `<w1>` a wrapper such as a content control or an insertion; `<br/>`, `<tab/>`,
`<image1/>`, `<note1/>`, `<x1/>` and `<math1>…</math1>`, `<field1>…</field1>`, `<code1>…</code1>` are items
that stay as they are. Numbers name what the paragraph holds. `&lt;` is `<`, and `&amp;` is `&` where it is
needed, before `lt;` and `amp;`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from amts_tui.books.format import Token
from amts_tui.books.model import ItemForm, ItemKind

TOGGLES: Final = ("b", "i", "u", "sup", "sub")
"""Formatting that has a tag of its own, in the order in which the tags stand."""

_MARKUP = re.compile(
    r"(?P<entity>&(?:lt|amp);)"
    r"|<(?P<full>(?:math|field|code)[0-9]{1,6})>[^<\n]*+</(?P=full)>"
    r"|<(?P<single>br|tab|(?:image|note|x)[0-9]{1,6})/>"
    r"|<(?P<close>/?)(?P<pair>b|i|u|sup|sub|[arw][0-9]{1,6})>"
)
_LOOKALIKE = re.compile(r"&(?=(?:lt|amp);)|<")
_MARKED = re.compile(r"<(?P<mark>h[1-9]|li[1-9]|td|caption|quote|code)>(?P<text>.*)</(?P=mark)>", re.DOTALL)
_SINGLES: Final = {
    "math": ItemKind.MATH,
    "field": ItemKind.ROLE,
    "code": ItemKind.CODE,
    "image": ItemKind.IMAGE,
    "note": ItemKind.ROLE,
    "x": ItemKind.HTML,
    "br": ItemKind.ESCAPE,
    "tab": ItemKind.ESCAPE,
}
_PAIRS: Final = {"a": ItemKind.LINK, "w": ItemKind.HTML}
_MISSED: Final = {ItemKind.MATH, ItemKind.IMAGE, ItemKind.CODE}
_NUMBER = "0123456789"


class Event(NamedTuple):
    """A piece of a line: text; or a tag that opens, closes or stands alone, with its name and number."""

    form: ItemForm | None
    value: str


def literal(text: str) -> str:
    """Text in the notation, in which nothing of it is a tag."""
    return _LOOKALIKE.sub(lambda match: "&lt;" if match[0] == "<" else "&amp;", text)


def full(name: str, content: str) -> str:
    """An item that shows what it holds."""
    shown = " ".join(content.replace("&", "&amp;").replace("<", "&lt;").split())
    return f"<{name}>{shown}</{name}>"


def marked(line: str) -> tuple[str, str] | None:
    """What a line says of its paragraph, and the text of the paragraph; None if it says nothing."""
    match = _MARKED.fullmatch(line)
    return (match["mark"], match["text"]) if match else None


def find_items(raw: str) -> list[Token]:
    """The items of a paragraph's text; tags without their other half, or across another pair, are text."""
    matches = list(_MARKUP.finditer(raw))
    mates = _mates(matches)
    tokens = []
    for index, match in enumerate(matches):
        if match["pair"] is None:
            name = match["full"] or match["single"]
            kind = _SINGLES[name.rstrip(_NUMBER)] if name else ItemKind.ENTITY
            tokens.append(Token(match.start(), match.end(), ItemForm.SINGLE, kind))
        elif index in mates:
            form = ItemForm.CLOSE if match["close"] else ItemForm.OPEN
            kind = _PAIRS.get(match["pair"].rstrip(_NUMBER), ItemKind.EMPHASIS)
            tokens.append(Token(match.start(), match.end(), form, kind, matches[mates[index]].start()))
    return tokens


def _mates(matches: list[re.Match[str]]) -> dict[int, int]:
    """The other half of each tag that has one."""
    mates: dict[int, int] = {}
    opened: list[int] = []
    names: dict[str, int] = {}
    for index, match in enumerate(matches):
        name = match["pair"]
        if name is None:
            continue
        if not match["close"]:
            opened.append(index)
            names[name] = names.get(name, 0) + 1
        elif names.get(name):
            while True:
                other = opened.pop()
                names[matches[other]["pair"]] -= 1
                if matches[other]["pair"] == name:
                    break
            mates[index], mates[other] = other, index
    return mates


def plain(text: str) -> str:
    """The words of a paragraph's text, without its items."""
    return "".join(event.value for event in events(text) if event.form is None)


def shown_kinds(text: str) -> list[ItemKind]:
    """The items of a paragraph's text that a reader would miss, by kind: formulas, pictures, code."""
    return [token.kind for token in find_items(text) if token.kind in _MISSED]


def events(text: str) -> Iterator[Event]:
    """The text of a paragraph piece by piece; `<br/>` and `<tab/>` are the texts newline and tab."""
    position = 0
    for token in find_items(text):
        if position < token.start:
            yield Event(None, _blank(text[position : token.start]))
        raw = text[token.start : token.end]
        match raw:
            case "<br/>":
                yield Event(None, "\n")
            case "<tab/>":
                yield Event(None, "\t")
            case "&lt;" | "&amp;":
                yield Event(None, "<" if raw == "&lt;" else "&")
            case _:
                yield Event(token.form, raw.partition(">")[0].strip("</"))
        position = token.end
    if position < len(text):
        yield Event(None, _blank(text[position:]))


def _blank(text: str) -> str:
    return text.translate({9: " ", 10: " ", 13: " "})
