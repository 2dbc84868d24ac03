"""Where the inline items of a reStructuredText are: literals, roles, references, emphasis and the like.

Markup is recognised as docutils does it (reference of the markup, "Inline markup recognition rules"): the
start of an item must follow white space or opening punctuation, its end must come before white space or
closing punctuation, and nothing nests. Beside a letter that is not ASCII markup counts too, as translators
write it, and `space` sees to it that docutils then sees it. An escaped blank beside an item belongs to it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from amts_tui.books.format import Token
from amts_tui.books.model import PLACEHOLDER, ItemForm, ItemKind

_NAME = r"[^\W_]+(?:[-._+:][^\W_]+)*"
_ANY_MARKUP = re.compile(r"[\\*`_|@{]|://|mailto:")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_CANDIDATE = re.compile(
    rf"""
    (?P<escape>\0(?:\r?\n[ \t]*|.))
  | (?P<mark>\*\*|\*|``|_`|`|\|)
  | (?P<note>\[(?:[0-9]+|\#(?:{_NAME})?|\*|[^\W_](?:[-._+:]?[^\W_]){{0,60}})\]_)
  | (?P<url>(?<![A-Za-z0-9])(?:(?:https?|ftps?|file|git|ssh|svn|news|telnet|irc)://|mailto:)[!#-;=?-\[\]-{{}}~]+)
  | (?P<mail>(?<![\w.+-])[\w.+-]{{1,64}}@[A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}}){{1,8}})
  | (?P<reference>(?<=[^\W_])__?(?![\w]))
  | (?P<literal>{PLACEHOLDER.pattern})
    """,
    re.VERBOSE | re.DOTALL,
)
_CLOSING = {
    "**": re.compile(r"(?<![\s\0])\*\*"),
    "*": re.compile(r"(?<![\s\0])\*"),
    "``": re.compile(r"(?<!\s)``"),
    "_`": re.compile(r"(?<![\s\0])`"),
    "`": re.compile(rf"(?<![\s\0])`(?P<role>:{_NAME}:)?(?P<refend>__?(?!\w))?"),
    "|": re.compile(r"(?<![\s\0])\|(?P<refend>__?(?!\w))?"),
}
_ROLE_BEFORE = re.compile(r":([^\W_]+(?:[-._+:][^\W_]+)*):$")
_NAME_BEFORE = re.compile(rf"(?:^|(?<=\W)){_NAME}$")
_TARGET = re.compile(r"(?:\s+|^)<[^<>]+>$")
_URL_END = re.compile(r"[.,;:!?'\"*|)\]}]+$")
_LOOK_BACK = 120  # characters of a role or name before a mark, so that time stays linear

_EMPHASIS_ROLES = frozenset({"emphasis", "strong", "dfn"})
_TITLED_ROLES = frozenset({"ref", "doc", "term", "any", "numref", "download", "pep", "rfc"})
_ROLE_KINDS = {"math": ItemKind.MATH, "code": ItemKind.CODE}

_OPENERS, _CLOSERS = "\"'(<[{", "\"')>]}"
_QUOTES = dict(zip(_OPENERS, _CLOSERS, strict=True)) | dict(
    zip("“‘«‹„「『（《〈【", "”’»›“」』）》〉】", strict=True)
)


@lru_cache(maxsize=4096)
def opens_after(char: str) -> bool:
    """Whether docutils sees markup that begins right after `char` ("" at the start of the text)."""
    if char.isascii():
        return not char or char.isspace() or char in "\"'(<[{-/:"
    return char.isspace() or unicodedata.category(char) in ("Ps", "Pi", "Pf", "Pd", "Po")


@lru_cache(maxsize=4096)
def closes_before(char: str) -> bool:
    """Whether docutils sees markup that ends right before `char` ("" at the end of the text)."""
    if char.isascii():
        return not char or char.isspace() or char in "\0\"')>]}-/:.,;!?\\"
    return char.isspace() or unicodedata.category(char) in ("Pe", "Pi", "Pf", "Pd", "Po")


def _is_foreign_letter(char: str) -> bool:
    return not char.isascii() and char.isalpha()


class _Found(NamedTuple):
    """An item from `start` to `end`; of a pair the inside `[inner, outer)` is text."""

    start: int
    end: int
    kind: ItemKind
    inner: int = -1
    outer: int = -1


def find_tokens(raw: str) -> list[Token]:
    """All inline items of `raw` in order, without overlap."""
    if not _ANY_MARKUP.search(raw):
        return []
    finder = _Finder(raw)
    return list(_tokens(finder.text, list(finder.items())))


def accidents(text: str) -> list[int]:
    """Where a backslash is due in a text without markup of its own: before marks that open what nothing
    closes, before what would make a word a reference, and before backslashes that would be lost.
    """
    finder = _Finder(text, lenient=False)
    found = []
    for item in finder.items():
        if item.kind is ItemKind.ESCAPE and text[item.start + 1].isalnum():
            found.append(item.start)
        elif item.kind is ItemKind.LINK and item.inner == -1 and "`" not in text[item.start : item.end]:
            found.append(item.start + len(text[item.start : item.end].rstrip("_")))
    return sorted({*found, *finder.strays})


class _Finder:
    """One pass over a text; `text` is a copy in which an escape begins with NUL, `strays` are the marks that
    open what nothing closes. If `lenient`, markup counts beside letters that are not ASCII.
    """

    def __init__(self, raw: str, *, lenient: bool = True) -> None:
        self.text = _ESCAPED.sub("\0\\1", raw.replace("\0", " "))
        self.lenient = lenient
        self.position = 0
        self.barren: set[str] = set()
        self.strays: list[int] = []

    def items(self) -> Iterator[_Found]:
        while match := _CANDIDATE.search(self.text, self.position):
            found = self._item(match, match.lastgroup or "")
            if found and found.start >= self.position:
                self.position = found.end
                yield found
            else:
                self.position = match.start() + (2 if match["mark"] in ("**", "``") else 1)

    def _item(self, match: re.Match[str], group: str) -> _Found | None:
        start, end = match.span()
        if group == "escape":
            return _Found(start, end, ItemKind.ESCAPE)
        if group == "mark":
            return self._marked(match[0], start, end)
        if group == "note":
            return _Found(start, end, ItemKind.LINK) if self._stands(start, end) else None
        if group == "url":
            return _Found(start, _url_end(self.text, start, end), ItemKind.URL)
        if group == "mail":
            return _Found(start, end, ItemKind.URL)
        if group == "literal":
            return _Found(start, end, ItemKind.LITERAL)
        name = _NAME_BEFORE.search(self.text[max(self.position, start - _LOOK_BACK) : start])
        if not name:
            return None
        first = start - len(name[0])
        return _Found(first, end, ItemKind.LINK) if self._stands(first, end) else None

    def _stands(self, start: int, end: int) -> bool:
        """Whether what is around `[start, end)` lets it be markup."""
        return self._begins(self._char(start - 1)) and self._ends(self._char(end))

    def _char(self, position: int) -> str:
        return self.text[position : position + 1] if position >= 0 else ""

    def _begins(self, before: str) -> bool:
        return opens_after(before) or (self.lenient and _is_foreign_letter(before))

    def _ends(self, after: str) -> bool:
        return closes_before(after) or (self.lenient and _is_foreign_letter(after))

    def _opens(self, start: int, end: int) -> bool:
        """Whether a mark `[start, end)` can open something: no blank follows, and it is not quoted alone."""
        before, after = self._char(start - 1), self._char(end)
        if after.isspace() or _QUOTES.get(before) == after:
            return False
        return opens_after(before) if self.text[start] == "|" else self._begins(before)

    def _close(self, mark: str, end: int) -> re.Match[str] | None:
        """The end of what `mark` opened before `end`. A mark that found none finds none later either."""
        if mark in self.barren:
            return None
        position = end + 1
        while match := _CLOSING[mark].search(self.text, position):
            if self._ends(self._char(match.end())):
                return match
            position = match.start() + 1
        self.barren.add(mark)
        return None

    def _marked(self, mark: str, start: int, end: int) -> _Found | None:
        first, role = start, ""
        look_back = self.text[max(self.position, start - _LOOK_BACK) : start] if mark == "`" else ""
        if before := _ROLE_BEFORE.search(look_back):
            first, role = start - len(before[0]), before[1]
        if not self._opens(first, end):
            return None
        close = self._close(mark, end)
        if not close:
            self.strays.append(start)
            return None
        if mark in ("*", "**"):
            return _Found(first, close.end(), ItemKind.EMPHASIS, end, close.start())
        if mark == "``":
            return _Found(first, close.end(), ItemKind.CODE)
        if mark == "`":
            return self._interpreted(role, first, end, close)
        return _Found(first, close.end(), ItemKind.LINK if mark == "_`" else ItemKind.ROLE)

    def _interpreted(self, role: str, start: int, inner: int, close: re.Match[str]) -> _Found:
        """Text in single backticks: a role, a reference or a link."""
        outer, end = close.start(), close.end()
        role = role or (close["role"] or "").strip(":")
        content = self.text[inner:outer]
        target = _TARGET.search(content[max(content.rfind("<") - 40, 0) :]) if content.endswith(">") else None
        title = outer - len(target[0]) if target else outer
        if close["refend"]:
            if title == inner or (not target and close["refend"] == "_"):
                return _Found(start, end, ItemKind.LINK)
            return _Found(start, end, ItemKind.LINK, inner, title)
        last = re.split("[:+]", role)[-1]
        if last in _EMPHASIS_ROLES:
            return _Found(start, end, ItemKind.EMPHASIS, inner, outer)
        if last in _TITLED_ROLES and inner < title < outer:
            return _Found(start, end, ItemKind.LINK, inner, title)
        return _Found(start, end, _ROLE_KINDS.get(last, ItemKind.ROLE) if role else ItemKind.CODE)


def _url_end(text: str, start: int, end: int) -> int:
    """The end of an address without the punctuation of the sentence around it."""
    tail = _URL_END.search(text, max(start, end - _LOOK_BACK), end)
    if not tail:
        return end
    closes = text[tail.start()] == ")" and "(" in text[start : tail.start()]
    return tail.start() + closes


_NO_BLANKS = frozenset({ItemKind.ESCAPE, ItemKind.LITERAL})
_INNER = re.compile(rf"(?P<escape>\0.)|(?P<literal>{PLACEHOLDER.pattern})", re.DOTALL)
_INNER_KINDS = {"escape": ItemKind.ESCAPE, "literal": ItemKind.LITERAL}


def _tokens(text: str, found: list[_Found]) -> Iterator[Token]:
    """The tokens of items, each with the escaped blanks beside it; of a pair also what is escaped inside."""
    blanks = {
        item.start for item in found if item.end == item.start + 2 and text.startswith("\0 ", item.start)
    }
    starts = {item.start for item in found if item.kind not in _NO_BLANKS}
    position = 0
    for item in found:
        start, end = item.start, item.end
        if start < position or (start in blanks and end in starts):
            continue
        if item.kind not in _NO_BLANKS:
            start -= 2 * (start - 2 in blanks and start - 2 >= position)
            end += 2 * (end in blanks)
        position = end
        if item.inner == -1:
            yield Token(start, end, ItemForm.SINGLE, item.kind)
            continue
        yield Token(start, item.inner, ItemForm.OPEN, item.kind, item.outer)
        for match in _INNER.finditer(text, item.inner, item.outer):
            yield Token(*match.span(), ItemForm.SINGLE, _INNER_KINDS[match.lastgroup or ""])
        yield Token(item.outer, end, ItemForm.CLOSE, item.kind, start)
