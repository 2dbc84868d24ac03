"""Inline items of HTML: pairs of tags around text, and what stays as it is: code, formulas, pictures,
entities, addresses, comments, single tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from amts_tui.books.format import Token
from amts_tui.books.html.elements import ITEM_KINDS, MARKS, PROTECTED, VOID
from amts_tui.books.html.tokens import Kind, Markup, attributes, find_markup
from amts_tui.books.model import ItemForm, ItemKind

_IN_TEXT = re.compile(
    r"""
    (?P<entity>&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{0,31});)
  | (?P<plain>\\\$)
  | (?P<math>\\\(|\\\[|\$\$?)
  | (?P<template>\{\{[^{}\n]{0,500}\}\}|\{%[^{}\n]{0,500}%\})
  | (?P<url>https?://[^\s<>"']+)
  | (?P<bare><|&(?!\s))
    """,
    re.VERBOSE,
)
_MATH_END = {r"\(": r"\)", r"\[": r"\]", "$$": "$$", "$": "$"}
_MATH_SIGN = re.compile(r"[\\^_={}]")
_WORD = re.compile(r"[^\W\d_]{3}")
_LETTER = re.compile(r"[^\W\d_]")
_URL_TAIL = ".,;:!?)]}*"


def find_items(raw: str, *, xml: bool) -> list[Token]:
    """The inline items of the raw text of a segment, in order; pairs properly nested."""
    if "<" not in raw:
        return list(_text_items(raw, 0, len(raw)))
    return items_between(raw, 0, len(raw), find_markup(raw, xml=xml))


def items_between(text: str, start: int, end: int, markups: Sequence[Markup]) -> list[Token]:
    """The inline items of `text[start:end]`, all of whose markup is `markups`."""
    mates = find_mates(markups)
    stretches = [*_stretches(text, start, end, markups)]
    lettered = [0]
    for first, last, tokens in stretches:
        lettered.append(lettered[-1] + _has_letter(text, first, last, tokens))
    found: list[Token] = []
    index = 0
    while index < len(markups):
        found += stretches[index][2]
        mate = mates[index]
        markup = markups[index]
        if mate == -1:
            kind = ItemKind.IMAGE if markup.name == "img" else ItemKind.HTML
            found.append(Token(markup.start, markup.end, ItemForm.SINGLE, kind))
        elif mate > index and _is_one_item(
            text, markup, markups[mate], lettered[mate + 1] > lettered[index + 1]
        ):
            kind = ITEM_KINDS.get(markup.name, ItemKind.HTML) if markup.name in PROTECTED else ItemKind.HTML
            found.append(Token(markup.start, markups[mate].end, ItemForm.SINGLE, kind))
            index = mate
        else:
            found.append(_half(text, markups, index, mate))
        index += 1
    return [*found, *stretches[len(markups)][2]]


def find_mates(markups: Sequence[Markup]) -> list[int]:
    """For each tag the index of the other half of its pair, -1 if it has none; pairs do not cross."""
    mates = [-1] * len(markups)
    opened: list[int] = []
    counts: dict[str, int] = {}
    for index, markup in enumerate(markups):
        name = markup.name
        if markup.kind is not Kind.TAG or name in VOID or markup.empty:
            continue
        if not markup.closing:
            opened.append(index)
            counts[name] = counts.get(name, 0) + 1
        elif counts.get(name):
            while (top := opened.pop()) != -1:
                counts[markups[top].name] -= 1
                if markups[top].name == name:
                    mates[top], mates[index] = index, top
                    break
    return mates


def is_kept(text: str, tag: Markup) -> bool | None:
    """Whether a start tag says that its element must not be translated, None if it says nothing."""
    if text.find("translate", tag.start, tag.end) == -1:
        return None
    spans = attributes(text, tag)
    values = {name: text[slice(*spans[name])].lower() for name in ("translate", "class") if name in spans}
    if "notranslate" in values.get("class", "").split():
        return True
    return {"no": True, "yes": False, "": False}.get(values.get("translate", "?"))


def _stretches(
    text: str, start: int, end: int, markups: Sequence[Markup]
) -> Iterator[tuple[int, int, list[Token]]]:
    """The text before each markup and after the last: its span and the items in it."""
    for markup in markups:
        yield start, markup.start, list(_text_items(text, start, markup.start))
        start = markup.end
    yield start, end, list(_text_items(text, start, end))


def _has_letter(text: str, start: int, end: int, tokens: Sequence[Token]) -> bool:
    """Whether there is a letter in a stretch of text outside its items."""
    for token in tokens:
        if _LETTER.search(text, start, token.start):
            return True
        start = token.end
    return _LETTER.search(text, start, end) is not None


def _is_one_item(text: str, opening: Markup, closing: Markup, lettered: bool) -> bool:
    """Whether a pair of tags with what is between is one item: code and the like, what must not be
    translated, a mark without letters, an element without anything.
    """
    if opening.name in PROTECTED or (not lettered and opening.name in MARKS):
        return True
    return opening.end == closing.start or is_kept(text, opening) is True


def _half(text: str, markups: Sequence[Markup], index: int, mate: int) -> Token:
    """One half of a pair; marks of style that something may point to are no mere emphasis."""
    opening = markups[min(index, mate)]
    kind = ITEM_KINDS.get(opening.name, ItemKind.HTML)
    if kind is ItemKind.EMPHASIS and text.find("id=", opening.start, opening.end) != -1:
        kind = ItemKind.HTML
    form = ItemForm.OPEN if index < mate else ItemForm.CLOSE
    return Token(markups[index].start, markups[index].end, form, kind, markups[mate].start)


def _text_items(text: str, start: int, end: int) -> Iterator[Token]:
    """Entities, formulas, addresses and template expressions in text without markup; also what should have
    been an entity, as it would be one in a translation.
    """
    missing: set[str] = set()
    while match := _IN_TEXT.search(text, start, end):
        group = match.lastgroup
        start = match.end()
        if group == "math":
            close = _math_end(text, match[0], start, end, missing)
            if close != -1:
                yield Token(match.start(), close, ItemForm.SINGLE, ItemKind.MATH)
                start = close
        elif group == "url":
            start = match.start() + len(match[0].rstrip(_URL_TAIL))
            yield Token(match.start(), start, ItemForm.SINGLE, ItemKind.URL)
        elif group == "entity" or group == "bare":
            yield Token(match.start(), start, ItemForm.SINGLE, ItemKind.ENTITY)
        elif group == "template":
            yield Token(match.start(), start, ItemForm.SINGLE, ItemKind.HTML)


def _math_end(text: str, opening: str, start: int, end: int, missing: set[str]) -> int:
    """Where the formula ends whose content begins at `start`; -1 if it is none. Signs that are `missing` in
    the rest of the text are not looked for again.
    """
    closing = _MATH_END[opening]
    if closing in missing:
        return -1
    close = text.find(closing, start, end)
    if close == -1:
        missing.add(closing)
        return -1
    content = text[start:close]
    if not content.strip() or (opening == "$" and not _is_formula(content, text[close + 1 : close + 2])):
        return -1
    return close + len(closing)


def _is_formula(content: str, following: str) -> bool:
    """Whether `$content$` can only be a formula: most pages that have dollars speak of money or of shells."""
    if content[0].isspace() or content[-1].isspace():
        return False
    if following.isascii() and following.isalnum():
        return False
    return _MATH_SIGN.search(content) is not None or not _WORD.search(content)
