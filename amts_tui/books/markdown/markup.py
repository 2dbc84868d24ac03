"""Where the inline items of a block of Markdown are: code, formulas, roles, links, emphasis, slide marks and
the like.

Two passes, both linear: the first finds what is opaque (nothing inside it is markup), the second pairs
brackets, slide marks and emphasis in what is left. Emphasis follows the delimiter-run algorithm of CommonMark
0.31 (appendix "A parsing strategy"); beside a CJK letter the flanking rules overlook punctuation, because
translators write `**“引用”**中` and mean it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from amts_tui.books.format import Token
from amts_tui.books.markdown.braces import LONGEST, expression_end
from amts_tui.books.markdown.delimiters import Delimiter, pair_delimiters
from amts_tui.books.markdown.lines import Ahead
from amts_tui.books.model import PLACEHOLDER, ItemForm, ItemKind
from amts_tui.books.typography import has_letter

# The target of a link, from its `]`: brackets nested once, an optional title; not the slide mark `(**…**)`.
LINK_TARGET = re.compile(
    r"\]\((?!\*\*|~~)\s*"
    r"(?:<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)"
)
_LINK_LABEL = re.compile(r"\]\[[^\[\]]*\]")

_OPAQUE_ITEMS = r"""
    (?P<math2>\\\\\()
  | (?P<hard>\\\r?\n[ \t]*(?:>[ \t]?)*)
  | (?P<escape>\\[!-/:-@\[-`{-~])
  | (?P<role>:[A-Za-z][\w.+-]*:(?:``[^`\n]*``|`[^`]*`) | \{[a-z][\w:.+-]*\}`[^`]+`)
  | (?P<code>`+)
  | (?P<math>\$\$?)
  | (?P<target>\](?=\())
  | (?P<footnote>\[\^[^\]\s]+\])
  | (?P<comment><!--)
  | (?P<url><(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+)>
      | (?<![A-Za-z])https?://[!#-;=?-Z\\\[\]_a-z{|}~]+)
  | (?P<html></?[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?>)
  | (?P<entity>&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)
  | (?P<literal>\{[0-9]+>?\}|\{<[0-9]+\})
  | (?P<template>\{\{[^{}\n]{0,500}\}\}|\{%[^{}\n]{0,500}%\}|(?<=[\])`*_])\{[ ]?[:.\#][^{}\n]{0,500}\})
    """
_MAY_BEGIN = r"(?=[\\:{`$\[\]<&]|http)"  # which most characters are passed over by
_OPAQUE = re.compile(rf"{_MAY_BEGIN}(?:{_OPAQUE_ITEMS})", re.VERBOSE)
_OPAQUE_OR_BRACE = re.compile(rf"{_MAY_BEGIN}(?:{_OPAQUE_ITEMS} | (?P<expression>\{{))", re.VERBOSE)
_ANY_MARKUP = re.compile(r"[\\`$:<&\[\]*_~{!]|http")
_CODE_TAG = re.compile(r"<(code|kbd|samp|var|tt|pre|svg|math|script|style)\b[^<>]*(?<!/)>", re.IGNORECASE)
_DELIMITER = re.compile(r"(?=[!\[(\]*_~])(?:!?\[|\((?=\*\*|~~)|\]|\*+|_+|~+)")
_SLIDE = re.compile(r"(?P<open>[\[(])(?P<after>\*\*|~~)|(?P<before>\*\*|~~)(?P<close>[\])])")
_BRACKET_OR_OPAQUE = re.compile(r"\\.|`[^`]*`|\$[^$]*\$|[\[\]]")
_FILE_NAME = re.compile(r"[\w.%/-]+\.\w{2,5}")
_SLIDE_DEPTH = 8  # open slide marks looked back over, so that time stays linear
_URL_END = re.compile(r"[.,;:!?'\"*_~\]}\\|]+$")

_SIMPLE_KINDS = {
    "hard": ItemKind.ESCAPE,
    "escape": ItemKind.ESCAPE,
    "role": ItemKind.ROLE,
    "footnote": ItemKind.LINK,
    "entity": ItemKind.ENTITY,
    "literal": ItemKind.LITERAL,
    "template": ItemKind.HTML,
}


@dataclass(slots=True)
class _Bracket:
    start: int
    end: int
    image: bool
    delimiters: int
    pairs: int
    active: bool = True


@dataclass(slots=True)
class _Pairing:
    """The state of the second pass."""

    delimiters: list[Delimiter] = field(default_factory=list)
    brackets: list[_Bracket] = field(default_factory=list)
    found: list[Token] = field(default_factory=list)

    def add_pair(self, kind: ItemKind, open_at: tuple[int, int], close_at: tuple[int, int]) -> None:
        self.found.append(Token(*open_at, ItemForm.OPEN, kind, close_at[0]))
        self.found.append(Token(*close_at, ItemForm.CLOSE, kind, open_at[0]))

    def close_emphasis(self, bottom: int) -> None:
        """Pair the delimiters above `bottom` and forget them: emphasis crosses no link or slide mark."""
        for opener, closer, length in pair_delimiters(self.delimiters[bottom:]):
            self.add_pair(ItemKind.EMPHASIS, (opener, opener + length), (closer, closer + length))
        del self.delimiters[bottom:]


def find_tokens(raw: str, *, expressions: bool = False) -> list[Token]:
    """All inline items of `raw` in order, without overlap; pairs properly nested.

    With `expressions` what stands in braces is one, as in MDX.
    """
    if not _ANY_MARKUP.search(raw):
        return []
    opaque, targets = _find_opaque(raw, expressions)
    shadow = _shadow(raw, opaque, targets)
    pairs = _find_pairs(raw, shadow, targets)
    return _merge(opaque, [*pairs, *_stray_slides(shadow, pairs), *_literals(raw, targets)])


def bracket_mates(text: str, start: int, end: int) -> dict[int, int]:
    """For each `[` of `text[start:end]` outside code and formulas the offset of the `]` that closes it."""
    mates: dict[int, int] = {}
    waiting: list[int] = []
    for match in _BRACKET_OR_OPAQUE.finditer(text, start, end):
        if match[0] == "[":
            waiting.append(match.start())
        elif match[0] == "]" and waiting:
            mates[waiting.pop()] = match.start()
    return mates


def _find_opaque(raw: str, expressions: bool) -> tuple[list[Token], dict[int, int]]:
    """First pass: what hides its inside, and the link targets by the place of their `]`."""
    found: list[Token] = []
    targets: dict[int, int] = {}
    ahead = Ahead(raw)
    runs = _backtick_runs(raw) if "`" in raw else {}
    position = barren = 0  # before `barren` no expression ends
    pattern = _OPAQUE_OR_BRACE if expressions else _OPAQUE
    while match := pattern.search(raw, position):
        start, position = match.span()
        group = match.lastgroup or ""
        if group == "target":
            if target := LINK_TARGET.match(raw, start):
                targets[start] = position = target.end()
            continue
        if group == "expression" and start < barren:
            continue
        kind, end = _opaque_item(raw, group, start, position, ahead, runs)
        if end > start:
            found.append(Token(start, end, ItemForm.SINGLE, kind))
            position = end
        elif group == "expression":
            barren = start + LONGEST
    return found, targets


def _opaque_item(
    raw: str, group: str, start: int, end: int, ahead: Ahead, runs: dict[int, list[int]]
) -> tuple[ItemKind, int]:
    """Kind and end of the opaque item that begins at `start`; an end of -1 means that it is none."""
    if group == "code":
        return ItemKind.CODE, _code_end(runs, start, end)
    if group == "math":
        return ItemKind.MATH, _math_end(raw, start, end, ahead)
    if group == "math2":
        close = ahead.find("\\\\)", end)
        return (ItemKind.MATH, close + 3) if close != -1 else (ItemKind.ESCAPE, start + 2)
    if group == "comment":
        close = ahead.find("-->", end)
        return ItemKind.HTML, close + 3 if close != -1 else -1
    if group == "url":
        return ItemKind.URL, end if raw[start] == "<" else _url_end(raw, start, end)
    if group == "expression":
        return ItemKind.HTML, expression_end(raw, start)
    if group == "html":
        return _html_item(raw, start, end, ahead)
    return _SIMPLE_KINDS[group], end


def _backtick_runs(raw: str) -> dict[int, list[int]]:
    runs: dict[int, list[int]] = {}
    for match in re.finditer("`+", raw):
        runs.setdefault(match.end() - match.start(), []).append(match.start())
    return runs


def _code_end(runs: dict[int, list[int]], start: int, end: int) -> int:
    length = end - start
    places = runs.get(length, [])
    index = bisect_left(places, end)
    return places[index] + length if index < len(places) else -1


def _math_end(raw: str, start: int, end: int, ahead: Ahead) -> int:
    if end - start == 2:
        close = ahead.find("$$", end)
        return close + 2 if close > end else -1
    close = ahead.find("$", end)
    while close != -1 and _is_escaped(raw, close):
        close = ahead.find("$", close + 1)
    if close == -1 or not _is_formula(raw[end:close], raw[close + 1 : close + 2]):
        return -1
    return close + 1


def _is_escaped(raw: str, position: int) -> bool:
    first = position
    while first and raw[first - 1] == "\\":
        first -= 1
    return (position - first) % 2 == 1


def _is_formula(content: str, following: str) -> bool:
    """Whether `$content$` is a formula and not two amounts of money (`$5 or $10`) or two bare signs (`$ and
    $`).
    """
    if not content.strip():
        return False
    if content[0].isdigit():
        money = following.isdigit() or (content[-1].isspace() and following.isalnum())
        return not money
    bare_sign = content[0].isspace() and re.fullmatch(r"\s+[^\W\d_]+(?:\s+[^\W\d_]+)+\s*", content)
    return not bare_sign


def _url_end(raw: str, start: int, end: int) -> int:
    """The end of a bare address without the punctuation of the sentence around it."""
    while True:
        trimmed = end - (len(m[0]) if (m := _URL_END.search(raw[start:end])) else 0)
        if raw[trimmed - 1] == ")" and raw.count(")", start, trimmed) > raw.count("(", start, trimmed):
            trimmed -= 1
        if trimmed == end:
            return end
        end = trimmed


def _html_item(raw: str, start: int, end: int, ahead: Ahead) -> tuple[ItemKind, int]:
    if tag := _CODE_TAG.match(raw, start, end):
        closing = f"</{tag[1]}>"
        close = ahead.find(closing, end)
        if close != -1:
            return ItemKind.CODE, close + len(closing)
    return ItemKind.HTML, end


def _shadow(raw: str, opaque: list[Token], targets: dict[int, int]) -> str:
    """`raw` with all that is opaque blotted out by full stops, of equal length."""
    spans = [(token.start, token.end) for token in opaque]
    spans += [(start + 1, end) for start, end in targets.items()]
    parts = []
    position = 0
    for start, end in sorted(spans):
        parts += [raw[position:start], "." * (end - start)]
        position = end
    return "".join([*parts, raw[position:]])


def _find_slides(shadow: str, targets: dict[int, int]) -> dict[int, tuple[int, int]]:
    """Slide marks: for the start of each, its end and the start of its mate. `[**a**](target)` is a link, not
    a slide mark.
    """
    slides: dict[int, tuple[int, int]] = {}
    waiting: list[tuple[str, int]] = []
    for match in _SLIDE.finditer(shadow):
        if match["open"]:
            waiting.append((match["open"] + match["after"], match.start()))
            continue
        opening = ("[" if match["close"] == "]" else "(") + match["before"]
        for index in range(len(waiting) - 1, max(-1, len(waiting) - 1 - _SLIDE_DEPTH), -1):
            if waiting[index][0] == opening:
                start = waiting[index][1]
                del waiting[index:]
                if match.end() - 1 not in targets:
                    slides[start] = (start + 3, match.start())
                    slides[match.start()] = (match.end(), start)
                break
    return slides


def _literals(raw: str, targets: dict[int, int]) -> Iterator[Token]:
    """What looks like a placeholder in a would-be target, for the case that no link claims it."""
    for start, end in targets.items():
        for match in PLACEHOLDER.finditer(raw, start, end):
            yield Token(*match.span(), ItemForm.SINGLE, ItemKind.LITERAL)


def _stray_slides(shadow: str, pairs: list[Token]) -> list[Token]:
    """Slide marks without a mate, as a display formula between two halves leaves them: protected singly.

    Round ones count only at the very start or end, as `(**` may also be read as text.
    """
    taken = {position for token in pairs for position in range(token.start, token.end)}
    strays = []
    for match in _SLIDE.finditer(shadow):
        start, end = match.span()
        at_edge = start == 0 if match["open"] else end == len(shadow)
        alone = taken.isdisjoint(range(start, end))
        if alone and (at_edge or match["open"] == "[" or match["close"] == "]"):
            strays.append(Token(start, end, ItemForm.SINGLE, ItemKind.SLIDE))
    return strays


def _find_pairs(raw: str, shadow: str, targets: dict[int, int]) -> list[Token]:
    """Second pass: slide marks, links, images and emphasis."""
    state = _Pairing()
    slides = _find_slides(shadow, targets)
    marks = sorted(slides)
    bottoms: list[tuple[int, int]] = []
    position = 0
    while match := _DELIMITER.search(shadow, position):
        start, position = match.span()
        if start not in slides and (index := bisect_left(marks, start)) < len(marks):
            position = min(position, marks[index])
        if start in slides:
            position, mate = slides[start]
            if mate > start:
                bottoms.append((len(state.delimiters), len(state.brackets)))
            else:
                delimiters, brackets = bottoms.pop()
                state.close_emphasis(delimiters)
                del state.brackets[brackets:]
                state.add_pair(ItemKind.SLIDE, (mate, slides[mate][0]), (start, position))
            continue
        char = shadow[start]
        if char in "*_~":
            state.delimiters.append(Delimiter.at(shadow, start, position))
        elif char in "[!":
            state.brackets.append(
                _Bracket(start, position, char == "!", len(state.delimiters), len(state.found))
            )
        elif char == "]":
            floor = bottoms[-1][1] if bottoms else 0
            if len(state.brackets) > floor:
                index = bisect_left(marks, start)
                limit = marks[index] if index < len(marks) else len(raw)
                position = _close_bracket(raw, shadow, state, start, targets, limit)
    state.close_emphasis(0)
    return state.found


def _close_bracket(
    raw: str, shadow: str, state: _Pairing, start: int, targets: dict[int, int], limit: int
) -> int:
    """Make a link or image of what lies from the last bracket to the `]` at `start`; returns where to go on.

    A label (`[text][label]`) must end before `limit`, the next slide mark. The words of an image that has any
    are text.
    """
    bracket = state.brackets.pop()
    end = targets.get(start, -1)
    if end == -1 and (label := _LINK_LABEL.match(raw, start, limit)):
        end = label.end()
    if end == -1 or not bracket.active:
        return start + 1
    words = shadow[bracket.end : start]
    if bracket.image and (not has_letter(words) or _FILE_NAME.fullmatch(words.strip())):
        del state.delimiters[bracket.delimiters :]
        del state.found[bracket.pairs :]
        state.found.append(Token(bracket.start, end, ItemForm.SINGLE, ItemKind.IMAGE))
        return end
    state.close_emphasis(bracket.delimiters)
    kind = ItemKind.IMAGE if bracket.image else ItemKind.LINK
    state.add_pair(kind, (bracket.start, bracket.end), (start, end))
    if not bracket.image:
        for outer in state.brackets:
            outer.active = outer.active and outer.image
    return end


def _merge(opaque: list[Token], pairs: list[Token]) -> list[Token]:
    """Both passes in order, without what an image or a link's target covers."""
    kept = []
    end = 0
    for token in sorted([*opaque, *pairs], key=lambda token: (token.start, -token.end)):
        if token.start >= end:
            kept.append(token)
            end = token.end
    return kept
