"""Sentences of a paragraph: pysbd for the European languages that it knows, rules of our own for the others,
repairs for all.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from hashlib import blake2b
from importlib import metadata
from types import MappingProxyType
from typing import Final, Protocol, cast

from amts_tui.books.cjk_sentences import cjk_boundaries
from amts_tui.books.options import NO_RULES, SentenceRules
from amts_tui.books.own_rules import laid_over
from amts_tui.books.quotations import without_quotation_cuts
from amts_tui.books.sentence_ends import Candidate, ends_sentence, find_candidates, is_measure
from amts_tui.books.typography import CJK_LANGUAGES, has_cjk
from amts_tui.books.words import word_set

PYSBD_LANGUAGES: Final = word_set("en es de fr it nl da pl ru bg el sk hi mr am ar hy ur fa my kk")
OWN_LANGUAGES: Final = frozenset({*CJK_LANGUAGES, "ko", "pt", "tr", "vi"})
"""Languages with rules of our own."""
_VERSION: Final = 1  # raised when sentences of any language come out otherwise, which makes all documents due
_VERSIONS: Final[Mapping[str, int]] = MappingProxyType({})  # the same for one language

_LONGEST_FOR_PYSBD = (
    20_000  # characters; no paragraph of a book is longer, and beyond it our own rules are fast
)
_LONGEST_PIECE = 2_000  # characters given to pysbd at once: its time grows faster than its input
_LONGEST_KEPT = 4_000  # characters of a text whose sentences are kept in memory
_TAGS = re.compile(r"\{[0-9]+>\}|\{<[0-9]+\}")
_SINGLE = re.compile(r"\{[0-9]+\}")
# A word or a number that is more than what stands for placeholders.
_WORD = re.compile(r"(?<![^\W_])(?!(?:Xx{2,})+(?![^\W_]))[^\W_]")
_BLANK = re.compile(r"\s")
_KOREAN_STOP = re.compile(r"(?<=[가-힣])[.!?](?=[가-힣A-Z(“])")
# A placeholder right after a stop begins the next sentence, unlike the reference mark of another language.
_KOREAN_MARKED = re.compile(r"(?<=[가-힣])[.!?](?:Xx{2,})+(?=\s)")
# pysbd keeps every quotation whole, and loses the stop behind it.
_QUOTES = re.compile(r"[\"“”„«»‹›]|(?<!\w)['‘’]|['‘’](?!\w)")

Spans = tuple[tuple[int, int], ...]


class _Segmenter(Protocol):
    def segment(self, text: str) -> list[str]: ...


def split(text: str, lang: str, rules: SentenceRules = NO_RULES) -> list[tuple[int, int]]:
    """The sentences of one paragraph (masked; line breaks count as spaces) as spans of `text` without outer
    white space.

    A placeholder is never cut; closing tags, quotes and brackets go with the sentence that they close; a
    colon or semicolon ends nothing. `lang` is a language code; of `pt-BR` or `zh_TW` the first part counts.
    Languages without rules of their own get those for spaced scripts (see `note`). `rules` are the
    maintainer's own; one that takes too long raises AmtsError. Time is linear in the text.
    """
    find = _split if len(text) <= _LONGEST_KEPT else _split.__wrapped__
    return list(find(text, base_language(lang), rules))


def note(lang: str) -> str:
    """What to tell about a language that has no rules for sentences of its own; empty if it has."""
    if base_language(lang) in PYSBD_LANGUAGES | OWN_LANGUAGES:
        return ""
    return (
        f"sentences: {lang} has no rules of its own, the general ones are used"
        f" (a project can add abbreviations in [reading.sentences.{lang}])"
    )


def rules_of(lang: str) -> bytes:
    """Eight bytes that identify the program's rules for a language: documents that were read by others have
    to be read again.
    """
    base = base_language(lang)
    parts = [str(_VERSION), str(_VERSIONS.get(base, 0))]
    if base in PYSBD_LANGUAGES | CJK_LANGUAGES:
        parts.append(_pysbd_version())
    return blake2b(" ".join(parts).encode(), digest_size=8).digest()


@cache
def _pysbd_version() -> str:
    return metadata.version("pysbd")


def base_language(lang: str) -> str:
    """The language of a code: `pt` of `pt-BR`, `zh` of `zh_TW`."""
    return re.split(r"[-_]", lang)[0].lower()


@lru_cache(maxsize=16384)
def _split(text: str, lang: str, rules: SentenceRules) -> Spans:
    plain, pieces = _without_tags(text)
    if lang == "el":
        plain = plain.replace(";", "?").replace("\u037e", "?")  # the Greek question mark
    if lang not in CJK_LANGUAGES:
        boundaries: Sequence[int] = _spaced_boundaries(plain, lang)
    elif has_cjk(plain):
        boundaries = cjk_boundaries(plain)
    else:
        boundaries = _spaced_boundaries(plain, "en")
    boundaries = laid_over(plain, _between_words(plain, boundaries), rules)
    if rules.always:
        boundaries = [boundary for boundary in boundaries if not _in_placeholder(plain, boundary)]
    starts = [start for start, _ in pieces]

    def place(boundary: int) -> int:
        start, own = pieces[bisect_left(starts, boundary) - 1]
        return own + boundary - start

    return tuple(_spans(text, map(place, boundaries)))


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


def _between_words(text: str, boundaries: Sequence[int]) -> list[int]:
    """The boundaries without those that would leave a sentence without a word or a number."""
    kept: list[int] = []
    for boundary in boundaries:
        start = kept[-1] if kept else 0
        if _WORD.search(text, start, boundary):
            kept.append(boundary)
        elif kept:
            kept[-1] = boundary
    if kept and not _WORD.search(text, kept[-1]):
        kept.pop()
    return kept


def _in_placeholder(plain: str, boundary: int) -> bool:
    """Whether a boundary cuts what stands for a placeholder."""
    return plain[boundary : boundary + 1] == "x" and plain[boundary - 1] in "Xx"


def _spans(text: str, ends: Iterable[int]) -> Iterator[tuple[int, int]]:
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
    candidates = [
        candidate
        for candidate in find_candidates(text)
        if candidate.end < len(text) and ends_sentence(text, candidate.end, lang)
    ]
    if candidates and lang in PYSBD_LANGUAGES and len(text) <= _LONGEST_FOR_PYSBD:
        candidates = list(_confirmed(text, candidates, _pysbd_stops(text, candidates, lang)))
    ends = [candidate.end for candidate in candidates]
    if lang == "ko":
        begun = {match.end() for match in _KOREAN_MARKED.finditer(text)}
        ends = sorted({*ends, *(match.end() for match in _KOREAN_STOP.finditer(text))} - begun)
    return without_quotation_cuts(text, ends, lang)


def _confirmed(text: str, candidates: Sequence[Candidate], stops: Sequence[int]) -> Iterator[Candidate]:
    """The candidates at which pysbd cuts too, and those that it is known to miss."""
    for candidate in candidates:
        following = bisect_right(stops, candidate.stop)
        if (
            candidate.sure
            or (following < len(stops) and stops[following] <= candidate.end)
            or is_measure(text, candidate.stop)
        ):
            yield candidate


def _pysbd_stops(text: str, candidates: Sequence[Candidate], lang: str) -> list[int]:
    """Where pysbd ends the sentences of `text`; all candidates of a stretch that pysbd does not give back as
    it was.
    """
    neutral = _QUOTES.sub(" ", text)
    ends = [candidate.end for candidate in candidates]
    stops: list[int] = []
    for start, end in _pieces(neutral, ends):
        position = start
        for sentence in _segmenter(lang).segment(neutral[start:end]):
            stripped = sentence.strip()
            found = neutral.find(stripped, position, end)
            if found == -1 or neutral[position:found].strip():
                stops += ends[bisect_right(ends, position) : bisect_right(ends, end)]
                break
            position = found + len(stripped)
            stops.append(position)
    return stops


def _pieces(text: str, ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    """`text` in stretches that are short enough for pysbd, cut at one of the `ends` of sentences if there is
    one, else at a space or anywhere.
    """
    start = 0
    while len(text) - start > _LONGEST_PIECE:
        limit = start + _LONGEST_PIECE
        before = bisect_right(ends, limit) - 1
        end = ends[before] if before >= 0 and ends[before] > start + _LONGEST_PIECE // 2 else -1
        end = end if end > start else text.rfind(" ", start, limit)
        end = end if end > start else limit
        yield start, end
        start = end
    yield start, len(text)


@cache
def _segmenter(lang: str) -> _Segmenter:
    import pysbd

    return cast(_Segmenter, pysbd.Segmenter(language=lang, clean=False))
