"""Prose inside what is no prose: `\\text{…}` of formulas, comments of code.

What is offered must be found again in a translation, so the tests look at what stands around a text, or at
what any language has; a text with a backslash is never offered, as no escape would mean there what it means
in Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from amts_tui.books.format import Span
from amts_tui.books.markdown.lines import Line
from amts_tui.books.typography import has_letter, is_cjk
from amts_tui.books.words import word_set

_TEXT = re.compile(r"(?<!\\)\\(?:text|textrm|textnormal|textit|textbf|mbox)\{(?P<text>[^{}\\$&%#\n]+)\}")
_TWO_WORDS = re.compile(r"[^\W\d_]{2,}[ \t]+(?:[^\W\d_]+)|[^\W\d_][ \t]+[^\W\d_]{2,}")
_SPACING_BEFORE = re.compile(r"(?:&|\\[;:, !]|\\q?quad)[ \t]*$")
_OPERAND_AFTER = re.compile(r"[ \t]*(?:[(\[_^{=]|\\(?:left|big|bigl|Big)\b)")
_CONNECTIVES = word_set(
    """and or if iff otherwise where when whenever for else with subject y o si donde cuando sino und
    oder wenn falls sonst et ou où sinon pour e ou se onde quando caso ve veya ise khi nếu"""
)

_HASH = word_set(
    """python py python3 ipython ipython3 pycon bash sh shell zsh fish r ruby rb yaml yml toml perl pl
    julia jl make makefile dockerfile elixir nim powershell cmake graphql"""
)
_SLASHES = word_set(
    """js javascript ts typescript jsx tsx mjs java c cpp c++ cc h hpp cs csharp c# go golang rust rs
    swift kotlin kt scala dart php zig solidity groovy objc json5 jsonc proto"""
)
_DASHES = word_set("sql lua haskell hs ada elm vhdl")
_PERCENT = word_set("matlab octave latex tex erlang prolog")
_STARS = _SLASHES | {"css", "scss", "less", "sql"}
_MARKS: Final = (("#", _HASH), ("//", _SLASHES), ("--", _DASHES), ("%", _PERCENT))
_LANGUAGE = re.compile(r"\{?[ \t]*(?:(?:code-cell|code-block|code|sourcecode)\}[ \t]*|\.)?(?P<name>[\w+#-]+)")
_PRAGMA = re.compile(
    r"(?:!|@|%|type:|noqa|pylint|pragma|fmt:|mypy|ruff|eslint|prettier|@ts-|region\b|endregion\b|<[/\w]|-\*-)"
)
_CODE = re.compile(
    r"[\w.\[\]'\"]+[ \t]*(?:[-+*/|&]?=(?!=)|\([^()\n]*\)[ \t]*(?:$|[;.#]|\[))"
    r"|(?:import|from|def|class|return|const|let|var|function|print|for|while|if|else|elif|with|try|except)\b[^\n]*[(){}\[\];:=]\s*$"
    r"|import[ \t]+[\w.]+(?:[ \t]+as[ \t]+\w+)?$|from[ \t]+[\w.]+[ \t]+import\b|[^\n]*[;{}]$|[@$>]"
)
_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")


def formula_spans(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The prose in the display formula `text[start:end]`.

    It is prose if it is two words, has a blank at an edge or a letter that is not ASCII, is a connective, or
    stands apart after spacing or `&` without being applied to something: `\\text{softmax}(x)` is none.
    """
    return tuple(
        match.span("text")
        for match in _TEXT.finditer(text, start, end)
        if has_letter(match["text"]) and _is_prose(text, match)
    )


def _is_prose(text: str, match: re.Match[str]) -> bool:
    inner = match["text"]
    if inner != inner.strip() or not inner.isascii() or _TWO_WORDS.search(inner) or inner in _CONNECTIVES:
        return True
    before = text[max(0, match.start() - 8) : match.start()]
    return bool(_SPACING_BEFORE.search(before)) and not _OPERAND_AFTER.match(text, match.end())


def comment_spans(text: str, lines: Sequence[Line], info: str) -> tuple[Span, ...]:
    """The comments with prose on lines of their own of code whose fence has `info`."""
    match = _LANGUAGE.match(info)
    language = match["name"].lower() if match else ""
    mark = next((mark for mark, languages in _MARKS if language in languages), "")
    if not mark and language not in _STARS:
        return ()
    spans = []
    inside = False  # of /* … */
    for line in lines:
        first, end = line.first, line.end
        if inside or (language in _STARS and text.startswith("/*", first)):
            begins = not inside
            close = text.find("*/", first + 2 * begins, end)
            inside = close == -1
            first, end = _starless(text, first, end if inside else close)
        elif mark and text.startswith(mark, first):
            first += len(mark)
            while text.startswith(mark[0], first):
                first += 1
        else:
            continue
        if _is_comment_prose(text[first:end]):
            spans.append((first, end))
    return tuple(spans)


def _starless(text: str, first: int, end: int) -> Span:
    """A line of a `/* … */` comment without the stars that frame it."""
    if text.startswith("/*", first):
        first += 2
    while first < end and text[first] in "* \t":
        first += 1
    return first, max(first, end)


def _is_comment_prose(comment: str) -> bool:
    """Two words, no code, and nothing that a tool reads."""
    comment = comment.strip()
    if not _TWO_WORDS.search(comment) and sum(map(is_cjk, comment)) < 2:
        return False
    return not (_PRAGMA.match(comment) or _CODE.match(comment) or _ESCAPE.search(comment))
