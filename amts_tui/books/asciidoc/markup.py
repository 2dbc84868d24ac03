"""Where the inline items of a block of AsciiDoc are: code, macros, references, links, notes, formatted text.

Two passes, both linear: the first goes from left to right over what hides its inside and over the brackets of
links and notes, the second pairs the marks of formatted text in what is left. The rules are those of
Asciidoctor's substitutions, whose order of passes the two reproduce for all but crossing markup.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from amts_tui.books.asciidoc.pairs import BLOT, find_pairs, may_close, may_open, pair_tokens
from amts_tui.books.characters import ASCIIDOC_CHARACTERS
from amts_tui.books.format import Token
from amts_tui.books.model import ItemForm, ItemKind

_ITEM = re.compile(
    r"""
    (?P<hard>[ \t]\+[ \t]*(?:\r?\n[ \t]*|\Z))
  | (?P<escape>\\{1,2}(?:\*\*?|__?|\#\#?|``?|\+{1,3}|[\^~|\[\]"'])
      | \\\{[^{}\s]{1,100}\} | \\(?=<<|\(\(|[a-z]{2,20}:))
  | (?P<pass>\+\+\+)
  | (?P<quotation>["']`(?=\S))
  | (?P<role>\[[^\[\]\n]{1,200}\](?=[`+]))?(?:(?P<double>``|\+\+)|(?P<mark>[`+]))
  | (?P<dollars>\$\$)
  | (?P<formula>(?:stem|latexmath|asciimath):[a-z,]{0,40}\[)
  | (?P<raw>pass:[a-z,-]{0,40}\[)
  | (?P<note>(?:footnote(?:ref)?:[\w-]{0,100}|indexterm2:)\[)
  | (?P<link>(?<![A-Za-z0-9_])(?:link|xref|mailto):(?:\+\+[^+\s]{1,500}\+\+|[^\s\[\]]{1,500})\[
      | \{[^\W\d][\w-]{0,100}\}[^\s\[\]{}]{0,500}\[)
  | (?P<url>(?:<(?=[a-z]{3,5}://)|(?<![A-Za-z0-9]))(?:https?|ftp|irc|file)://[!-;=?-Z\\^_a-z{|}~]{1,2000}\[?)
  | (?P<image>(?:image|icon)::?[^:\s\[][^\[\]\n]{0,500}\[)
  | (?P<macro>(?<![A-Za-z0-9_])(?:(?:kbd|btn|indexterm):|[a-z][\w-]{1,40}:[^\s\[\]:]{1,200})\[)
  | (?P<email>(?<![\w.+-])[\w.%+-]{1,64}@[A-Za-z0-9][A-Za-z0-9.-]{0,200}\.[A-Za-z]{2,10})
  | (?P<reference><<[\w\#/.:"'-][^<>,]{0,300}(?:,[ \t]*|(?=>>)))
  | (?P<bibliography>\[\[\[[\w][\w:.-]{0,100}(?:,[^\]\n]{0,200})?\]\]\])
  | (?P<anchor>\[\[[^\W\d][\w:.-]{0,100}(?:,[^\]\n]{0,200})?\]\])
  | (?P<index>\(\(\()
  | (?P<term>\(\((?=[^\s()]))
  | (?P<attribute>\{(?:(?:set|counter2?):[^{}\n]{1,200}|[^\W\d][\w-]{0,100})\})
  | (?P<entity>&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)
  | (?P<closer>\]|>>|\)\)|'')
    """,
    re.VERBOSE,
)
_ANY_MARKUP = re.compile(r"[\\+\"'`$:@<>\[\](){}&*_#^~]")
_AFTER_URL = ".,;:!?'\"*_)}"
_QUOTED_TEXT = re.compile(r"\"(?:[^\"\\]|\\.)*\"(?=,|$)")
_ATTRIBUTES = re.compile(r",[ \t]*[a-z]+=")


@dataclass(slots=True)
class _Opened:
    """The first half of a link, note or quotation that still waits for its closing mark."""

    closer: str
    kind: ItemKind
    start: int
    end: int
    link: bool = False  # whether attributes may follow the text
    url: bool = False  # whether it is an address even without a text


@dataclass(slots=True)
class _Pass:
    """The state of the first pass."""

    raw: str
    tokens: list[Token] = field(default_factory=list)
    bounds: list[tuple[int, int]] = field(default_factory=list)
    opened: list[_Opened] = field(default_factory=list)
    waiting: dict[str, int] = field(default_factory=dict)
    places: dict[str, list[int]] = field(default_factory=dict)

    def single(self, start: int, end: int, kind: ItemKind) -> int:
        self.tokens.append(Token(start, end, ItemForm.SINGLE, kind))
        return end

    def open(self, opened: _Opened) -> int:
        self.opened.append(opened)
        self.waiting[opened.closer] = self.waiting.get(opened.closer, 0) + 1
        return opened.end

    def pop(self) -> _Opened:
        opened = self.opened.pop()
        self.waiting[opened.closer] -= 1
        return opened

    def withdraw(self, start: int) -> None:
        """Forget what was found from `start` on."""
        while self.tokens and self.tokens[-1].start >= start:
            if self.tokens.pop().form is ItemForm.CLOSE:
                self.tokens.pop()
        while self.bounds and self.bounds[-1][1] >= start:
            self.bounds.pop()

    def find(self, mark: str, start: int) -> int:
        """The first place from `start` on where `mark` closes what it may have opened; -1 if there is
        none.
        """
        if mark not in self.places:
            found = (match.start() for match in re.finditer(f"(?={re.escape(mark)})", self.raw))
            self.places[mark] = [place for place in found if _closes(self.raw, mark, place)]
        places = self.places[mark]
        index = bisect_left(places, start)
        return places[index] if index < len(places) else -1


_Reader = Callable[[_Pass, re.Match[str]], int]


def _closes(raw: str, mark: str, place: int) -> bool:
    end = place + len(mark)
    before, after = raw[place - 1 : place] if place else "", raw[end : end + 1]
    if mark == "]":
        return before != "\\"
    if mark == "`":
        possessive = after == "'" and raw[end + 1 : end + 2].isalpha()  # `code`'s: meant, if not seen
        return may_close(before, after) and (possessive or after not in {'"', "'", "`"})
    return mark != "+" or may_close(before, after)


def find_tokens(raw: str) -> list[Token]:
    """All inline items of `raw` in order, without overlap; pairs properly nested."""
    if not _ANY_MARKUP.search(raw):
        return []
    state = _Pass(raw)
    position = 0
    while match := _ITEM.search(raw, position):
        position = _READERS[match.lastgroup or ""](state, match)
    while state.opened:
        _give_up(state, state.pop())
    opaque = sorted(state.tokens)
    return sorted([*opaque, *find_pairs(_shadow(raw, opaque), state.bounds)])


def _shadow(raw: str, opaque: Sequence[Token]) -> str:
    """`raw` with all that is opaque blotted out; the last character of an attribute or entity stays, as no
    mark opens after it.
    """
    parts = []
    position = 0
    for token in opaque:
        last = raw[token.end - 1]
        kept = last if last in "};" and token.form is ItemForm.SINGLE else BLOT
        parts += [raw[position : token.start], BLOT * (token.end - token.start - 1), kept]
        position = token.end
    return "".join([*parts, raw[position:]])


# Readers: each reads what a match begins and returns where to go on.


def _whole(kind: ItemKind) -> _Reader:
    """A reader of what the match covers."""
    return lambda state, match: state.single(*match.span(), kind)


def _enclosed(kind: ItemKind, closer: str) -> _Reader:
    """A reader of what is opaque up to `closer`."""

    def read(state: _Pass, match: re.Match[str]) -> int:
        close = state.find(closer, match.end() + (closer != "]"))
        return state.single(match.start(), close + len(closer), kind) if close != -1 else match.end()

    return read


def _hard_break(state: _Pass, match: re.Match[str]) -> int:
    return state.single(*match.span(), ItemKind.ESCAPE if "\n" in match[0] else ItemKind.HTML)


def _any_macro(state: _Pass, match: re.Match[str]) -> int:
    name = match[0].partition(":")[0]
    if name.endswith("footnote") and name != "footnote":
        return match.start() + len(name) - len("footnote")
    kinds = dict.fromkeys(("kbd", "btn", "menu"), ItemKind.CODE)
    kinds |= dict.fromkeys(("anchor", "indexterm"), ItemKind.HTML)
    return _enclosed(kinds.get(name, ItemKind.ROLE), "]")(state, match)


def _attribute(state: _Pass, match: re.Match[str]) -> int:
    kind = ItemKind.ENTITY if match[0][1:-1] in ASCIIDOC_CHARACTERS else ItemKind.CODE
    return state.single(*match.span(), kind)


def _code(state: _Pass, match: re.Match[str]) -> int:
    """Code between single marks, with its role; or the end of a quotation."""
    raw, mark = state.raw, match["mark"]
    start, place, end = match.start(), match.start("mark"), match.end()
    if mark == "`" and state.waiting.get(raw[place : place + 2]) and may_close("x", raw[end + 1 : end + 2]):
        return _close(state, raw[place : place + 2], place)
    if not _code_may_open(raw, mark, start, end):
        start = place  # what stands in brackets before it is text
        if not _code_may_open(raw, mark, start, end):
            return end
    close = state.find(mark, end + 1)
    return state.single(start, close + 1, ItemKind.CODE) if close != -1 else end


def _code_may_open(raw: str, mark: str, start: int, end: int) -> bool:
    before = raw[start - 1 : start] if start else ""
    return may_open(before, raw[end : end + 1]) and not (before in ('"', "'", "`") and mark == "`")


def _doubled_code(state: _Pass, match: re.Match[str]) -> int:
    """Code between double marks: code between single ones in a pair of marks, which a translation may do
    without. Or a quotation ``of the old style''.
    """
    start, place, end = match.start(), match.start("double"), match.end()
    close = state.find(match["double"], end + 1)
    if match["double"] == "``":
        quoted, following = state.find("''", end + 1), state.find("`", end)
        if quoted != -1 and (following == -1 or quoted < following) and (close == -1 or quoted < close):
            return state.open(_Opened("''", ItemKind.EMPHASIS, place, end))
    if close == -1:
        return end
    state.tokens += pair_tokens(ItemKind.EMPHASIS, start, place + 1, close + 1, close + 2)
    state.single(place + 1, close + 1, ItemKind.CODE)
    return close + 2


def _quotation(state: _Pass, match: re.Match[str]) -> int:
    start, end = match.span()
    closer = "`" + match[0][0]
    opens = may_open(state.raw[start - 1] if start else "", "x") and state.find(closer, end + 1) != -1
    return state.open(_Opened(closer, ItemKind.EMPHASIS, start, end)) if opens else start + 1


def _bracketed(closer: str, *, link: bool = False) -> _Reader:
    """A reader of the first half of a link, note or term."""
    return lambda state, match: state.open(_Opened(closer, ItemKind.LINK, *match.span(), link=link))


def _url(state: _Pass, match: re.Match[str]) -> int:
    start, end = match.span()
    raw = state.raw
    angle = raw[start] == "<"
    if match[0].endswith("["):
        return state.open(_Opened("]", ItemKind.LINK, start + angle, end, link=True, url=True))
    if angle and raw[end : end + 1] == ">":
        return state.single(start, end + 1, ItemKind.URL)
    return state.single(start + angle, _url_end(raw, start, end), ItemKind.URL)


def _url_end(raw: str, start: int, end: int) -> int:
    """The end of a bare address without the punctuation of the sentence around it."""
    end = start + len(raw[start:end].rstrip(_AFTER_URL))
    brackets = raw.count("(", start, end) - raw.count(")", start, end)
    while brackets > 0 and raw[end : end + 1] == ")":
        end += 1
        brackets -= 1
    return end


def _reference(state: _Pass, match: re.Match[str]) -> int:
    """A reference in angle brackets; the text in it, if there is one, is a link's."""
    start, end = match.span()
    if state.raw.startswith(">>", end):
        return state.single(start, end + 2, ItemKind.ROLE)
    return state.open(_Opened(">>", ItemKind.LINK, start, end))


def _closer(state: _Pass, match: re.Match[str]) -> int:
    if not state.waiting.get(match[0]):
        return match.start() + 1 if match[0] == "))" else match.end()
    return _close(state, match[0], match.start())


def _close(state: _Pass, closer: str, place: int) -> int:
    """Close what was opened last of those that wait for `closer`, which stands at `place`."""
    unclosed = []
    while state.opened[-1].closer != closer:
        unclosed.append(state.pop())
    opened = state.pop()
    first, start, end = opened.end, place, place + len(closer)
    if opened.link:
        first, start = _text_of_link(state.raw, first, place)
    if start < place or not state.raw[first:start].strip():
        state.withdraw(start if state.raw[first:start].strip() else opened.start)
    for other in unclosed:
        if first <= other.start and other.end <= start:
            _give_up(state, other)
    if not state.raw[first:start].strip():
        return state.single(opened.start, end, ItemKind.URL if opened.url else ItemKind.ROLE)
    state.tokens += pair_tokens(opened.kind, opened.start, first, start, end)
    state.bounds.append((opened.start, start))
    return end


def _text_of_link(raw: str, start: int, end: int) -> tuple[int, int]:
    """The span of the text in a link's brackets, without the attributes and the mark of a new window that
    follow it.
    """
    if quoted := _QUOTED_TEXT.match(raw, start, end):
        return start + 1, quoted.end() - 1
    if attributes := _ATTRIBUTES.search(raw, start, end):
        end = attributes.start()
    if end > start and raw[end - 1] == "^":
        end -= 1
    return start, end


def _give_up(state: _Pass, opened: _Opened) -> None:
    """What was opened and never closed is text, but for an address."""
    if opened.url:
        state.single(opened.start, _url_end(state.raw, opened.start, opened.end - 1), ItemKind.URL)


_READERS: dict[str, _Reader] = {
    "hard": _hard_break,
    "escape": _whole(ItemKind.ESCAPE),
    "email": _whole(ItemKind.URL),
    "anchor": _whole(ItemKind.HTML),
    "bibliography": _whole(ItemKind.ROLE),
    "entity": _whole(ItemKind.ENTITY),
    "attribute": _attribute,
    "pass": _enclosed(ItemKind.HTML, "+++"),
    "dollars": _enclosed(ItemKind.CODE, "$$"),
    "index": _enclosed(ItemKind.HTML, ")))"),
    "formula": _enclosed(ItemKind.MATH, "]"),
    "raw": _enclosed(ItemKind.HTML, "]"),
    "image": _enclosed(ItemKind.IMAGE, "]"),
    "macro": _any_macro,
    "mark": _code,
    "double": _doubled_code,
    "quotation": _quotation,
    "note": _bracketed("]"),
    "link": _bracketed("]", link=True),
    "term": _bracketed("))"),
    "url": _url,
    "reference": _reference,
    "closer": _closer,
}
