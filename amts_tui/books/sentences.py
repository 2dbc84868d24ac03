"""Sentences of a paragraph: pysbd for the European languages that it knows, rules of our own for the others,
repairs for all.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Protocol, cast

from amts_tui.books.cjk_sentences import cjk_boundaries
from amts_tui.books.options import NO_RULES, SentenceRules
from amts_tui.books.sentence_ends import CLOSERS, STOPS, ends_sentence
from amts_tui.books.typography import CJK_LANGUAGES, has_cjk

PYSBD_LANGUAGES = frozenset(
    "en es de fr it nl da pl ru bg el sk hi mr am ar hy ur fa my kk".split()  # noqa: SIM905
)

_LONGEST_FOR_PYSBD = (
    20_000  # characters; no paragraph of a book is longer, and beyond it our own rules are fast
)
_LONGEST_PIECE = 2_000  # characters given to pysbd at once: its time grows faster than its input
_TAGS = re.compile(r"\{[0-9]+>\}|\{<[0-9]+\}")
_SINGLE = re.compile(r"\{[0-9]+\}")
_BLANK = re.compile(r"\s")
_STOP = re.compile(rf"[{re.escape(STOPS)}]+[{re.escape(CLOSERS)}]*(?=\s)")
# What pysbd misses: a stop after a quote ("dog". Then) where there are several, an ellipsis of one character.
_MISSED_STOP = re.compile(r"(?:[\"”’»)][.!?]|(?<=\w)…)(?=\s+[\"“‘«(¿¡]?\w)")
_KOREAN_STOP = re.compile(r"(?<=[가-힣])[.!?](?=[가-힣])")


class _Segmenter(Protocol):
    def segment(self, text: str) -> list[str]: ...


def split(text: str, lang: str, rules: SentenceRules = NO_RULES) -> list[tuple[int, int]]:
    """The sentences of one paragraph (masked; line breaks count as spaces) as spans of `text` without outer
    white space.

    A placeholder is never cut; closing tags, quotes and brackets go with the sentence that they close; a
    colon ends nothing. `lang` is a language code; of `pt-BR` or `zh_TW` the first part counts. Languages
    without rules of their own get those for spaced scripts. `rules` are the maintainer's own.
    """
    return list(_split(text, re.split(r"[-_]", lang)[0].lower(), rules))


@lru_cache(maxsize=65536)
def _split(text: str, lang: str, rules: SentenceRules) -> tuple[tuple[int, int], ...]:
    plain, pieces = _without_tags(text)
    if lang not in CJK_LANGUAGES:
        boundaries = _spaced_boundaries(plain, lang)
    elif has_cjk(plain):
        boundaries = cjk_boundaries(plain)
    else:
        boundaries = _spaced_boundaries(plain, "en")
    boundaries = _as_ruled(plain, boundaries, rules)
    starts = [start for start, _ in pieces]

    def place(boundary: int) -> int:
        start, own = pieces[bisect_left(starts, boundary) - 1]
        return own + boundary - start

    return tuple(_spans(text, map(place, boundaries)))


def _as_ruled(text: str, boundaries: list[int], rules: SentenceRules) -> list[int]:
    """The boundaries with a maintainer's own rules over them."""
    if rules == NO_RULES:
        return boundaries
    found = set(boundaries)
    for pattern in rules.always:
        found.update(match.end() for match in re.finditer(pattern, text))
    for pattern in (*rules.never, *(rf"(?<!\w){re.escape(word)}" for word in rules.abbreviations)):
        for match in re.finditer(pattern, text):
            found.difference_update(range(match.start() + 1, match.end() + 1))
    return sorted(found)


def _without_tags(text: str) -> tuple[str, list[tuple[int, int]]]:
    """`text` without pair tags, single placeholders as capitalised words of equal length; and for each
    stretch between tags its offset there and in `text`.
    """
    if "{" not in text:
        return _BLANK.sub(" ", text), [(0, 0)]
    parts: list[str] = []
    pieces = [(0, 0)]
    position = length = 0
    for match in _TAGS.finditer(text):
        parts.append(text[position : match.start()])
        length += match.start() - position
        position = match.end()
        pieces.append((length, position))
    parts.append(text[position:])
    plain = _SINGLE.sub(lambda match: "X" + "x" * (len(match[0]) - 1), "".join(parts))
    return _BLANK.sub(" ", plain), pieces


def _spans(text: str, ends: Iterator[int]) -> Iterator[tuple[int, int]]:
    """The stretches of `text` between `ends`, each end moved over the closing tags that follow it, outer
    white space excluded.
    """
    start = 0
    for end in [*ends, len(text)]:
        while end < len(text) and (tag := _TAGS.match(text, end)) and tag[0].startswith("{<"):
            end = tag.end()
        piece = text[start:end]
        first = start + len(piece) - len(piece.lstrip())
        last = start + len(piece.rstrip())
        if first < last:
            yield first, last
        start = max(start, end)


def _spaced_boundaries(text: str, lang: str) -> list[int]:
    """Offsets after each sentence but the last, in a script that puts spaces between words."""
    found = [match.end() for match in _STOP.finditer(text)]
    if lang in PYSBD_LANGUAGES and len(text) <= _LONGEST_FOR_PYSBD:
        if not any(ends_sentence(text, end, lang) for end in found):
            return []
        found = [*_pysbd_boundaries(text, lang), *(match.end() for match in _MISSED_STOP.finditer(text))]
    elif lang == "ko":
        found += [match.end() for match in _KOREAN_STOP.finditer(text)]
    return [boundary for boundary in sorted(set(found)) if ends_sentence(text, boundary, lang)]


def _pysbd_boundaries(text: str, lang: str) -> list[int]:
    """pysbd's boundaries over `text`; a stretch that pysbd does not give back as it was falls under the plain
    rule.
    """
    boundaries = []
    for start, end in _pieces(text):
        piece = text[start:end]
        position = start
        for sentence in _segmenter(lang).segment(piece):
            found = text.find(sentence.strip(), position, end)
            if found == -1 or text[position:found].strip():
                boundaries += [match.end() for match in _STOP.finditer(text, position, end)]
                break
            position = found + len(sentence.strip())
            boundaries.append(position)
    return [boundary for boundary in boundaries if 0 < boundary < len(text)]


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """`text` in stretches that are short enough for pysbd, cut after a sentence if there is one, else at a
    space or anywhere.
    """
    start = 0
    while len(text) - start > _LONGEST_PIECE:
        limit = start + _LONGEST_PIECE
        stops = [match.end() for match in _STOP.finditer(text, start + _LONGEST_PIECE // 2, limit)]
        end = stops[-1] if stops else max(text.rfind(" ", start, limit), start)
        end = end if end > start else limit
        yield start, end
        start = end
    yield start, len(text)


@cache
def _segmenter(lang: str) -> _Segmenter:
    import pysbd

    return cast(_Segmenter, pysbd.Segmenter(language=lang, clean=False))
