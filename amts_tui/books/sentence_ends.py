"""Where a sentence of a script with spaces may end, and whether it does: abbreviations, initials,
enumerations, ordinals.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from amts_tui.books.abbreviations import ENDING, NUMBERED, abbreviations
from amts_tui.books.typography import is_cjk_letter
from amts_tui.books.words import word_set

CLOSERS: Final = "\"'”’»›)]}」』）】》〉〕“„«"
OPENERS: Final = "\"'“‘«‹„‚»([{「『（【《〈〔¿¡"
STOPS: Final = ".!?…‽؟۔।॥։።။。！？"
MASKED_WORD: Final = re.compile(r"(?:Xx{2,})+\b")  # what stands for a placeholder

_LOOK_BACK = 60
_LOOK_AHEAD = 80
_DASHES = "-–—―"
_NEEDS_NO_SPACE = frozenset("।॥።။")
_RUN: Final = re.compile(rf"[{re.escape(STOPS + CLOSERS)}]+")
_TRAILING: Final = frozenset("”»›)]}」』）】》〉〕" + STOPS)
_PICTURES = "\u2600-\u27bf\U0001f000-\U0001faff"
_EMOJI: Final = re.compile(rf"[{_PICTURES}][{_PICTURES}\ufe0f\u200d]*")
_MARKED: Final = re.compile(r"(?:Xx{2,})+(?=\s)")
_LAST_WORD: Final = re.compile(r"[^\s(\[{\"'“‘«„（]+$")
# A number or letter with its full stop, at the start or after a stop, a colon, an opening mark: “7. Review”.
_ENUMERATION: Final = re.compile(
    r"(?:^|[.!?:;。：；]\s+|[\"“„«(（「]\s*)(?:[0-9]{1,3}|[A-Za-z]|[ivx]{1,5}|[IVX]{1,5})[.)]$"
)
_NUMBERS_NEXT: Final = re.compile(r"(?:\([0-9a-zA-Z]{1,3}\)|(?:[a-z]|[ivx]{1,5}|[0-9]{1,2})\))\s")
_MEASURE: Final = re.compile(r"[0-9]\s?(?:[kcmµ]?m|k?g|s|ms|min|[kMGT]B|[kMG]?Hz)\.$")
_ROMAN: Final = re.compile(r"[IVXLC]+$")
_ROMAN_NEXT: Final = re.compile(r"(?:[IVXLC]{2,}|[VX])(?!\w)")  # not the English word I
_ORDINAL_WORDS: Final = re.compile(
    r"(?:Yüzyıl|Dünya|Bölüm|Kısım|Adım|Katman|Madde|Cilt|Sayfa|Sınıf|Sayı|Hafta|Gün|Gece|Ulusal"
    r"|Uluslararası|Baskı|Basım|Alıştırma|Soru|Örnek|Şekil|Tablo|Denklem|Seviye|Aşama|Dönem|Kongre|Lig"
    r"|Cadde|Sokak|Kat|Ders|Ünite|Fasıl|Ocak|Şubat|Mart|Nisan|Mayıs|Haziran|Temmuz|Ağustos|Eylül|Ekim"
    r"|Kasım|Aralık|Cumhurbaşkanı|Sultan)"
)
# Languages that write an ordinal as a number with a full stop and that pysbd does not know.
_ORDINAL_LANGUAGES: Final = word_set("cs sk hu sl hr sr bs mk fi et lv no nb nn is fo sq eu")
_KOREAN_QUOTED: Final = re.compile(r"(?:이?라고|이?라는|이?라며|이?라면서|하고|하며|라니)(?![가-힣]*[.!?])")


class Candidate(NamedTuple):
    """A place where a sentence may end: the offset of the stop and that after all that goes with it; `sure`
    if the marks alone tell that this is a stop.
    """

    stop: int
    end: int
    sure: bool


def find_candidates(text: str) -> list[Candidate]:
    """The stops of `text` that white space follows, with the closing marks after them.

    What stands alone behind a stop and cannot begin a sentence belongs to it: a French `»`, an ellipsis, a
    reference mark, an emoji after an exclamation.
    """
    found: list[Candidate] = []
    for run in _RUN.finditer(text):
        start, end = run.span()
        if found and _TRAILING.issuperset(run[0]) and text[found[-1].end : start].isspace():
            if _at_space(text, end):
                found[-1] = found[-1]._replace(end=end)
            continue
        first = next((n for n, mark in enumerate(run[0]) if mark in STOPS), -1)
        if first < 0:
            continue
        marked = _MARKED.match(text, end)
        if marked:
            end = marked.end()
        if not _at_space(text, end) and run[0][first] not in _NEEDS_NO_SPACE:
            continue
        sure = marked is not None or first > 0 or _is_plain(text, start, run[0])
        found.append(Candidate(start + first, _after_emoji(text, end), sure))
    return found


def _is_plain(text: str, start: int, run: str) -> bool:
    """Whether a run of marks that begins with a stop is one that pysbd often misses: `!!!`, `word…`."""
    if run[0] == "…":
        return text[start - 1 : start].isalnum()
    return run[0] in "!?" and run[1:2] in ("!", "?")


def _at_space(text: str, end: int) -> bool:
    return end == len(text) or text[end].isspace()


def _after_emoji(text: str, end: int) -> int:
    if text[end - 1] in "!?":
        emoji = _EMOJI.match(text, end + 1)
        if emoji and _at_space(text, emoji.end()):
            return emoji.end()
    return end


def ends_sentence(text: str, end: int, lang: str) -> bool:
    """Whether a sentence of `text` ends at `end`, just after a stop and its closing marks."""
    head = text[max(0, end - _LOOK_BACK) : end]
    stem = _without_marks(head)
    if not stem or stem[-1] not in STOPS:
        return False
    following = text[end : end + _LOOK_AHEAD].lstrip()
    if not following:
        return True
    if following[0] in ".,;:":
        return False
    if lang == "ko":
        if head[-1] in CLOSERS and _KOREAN_QUOTED.match(following):
            return False
        if "가" <= stem[-2:-1] <= "힣":
            return True
    if _NUMBERS_NEXT.match(following) and following[0] in "(abcdefghivx":
        return True
    start = following.lstrip(OPENERS + _DASHES + " ")
    if start[:1].islower() and not start[1:2].isupper():
        return False
    return stem[-1] != "." or _full_stop_ends(stem, following, lang)


def _without_marks(head: str) -> str:
    """`head` up to its last stop, closing marks and a reference mark or emoji after it left out."""
    stem = head.rstrip(CLOSERS + " ")
    while stem and stem[-1] not in STOPS and (match := _TAIL_MARK.search(stem)):
        stem = stem[: match.start()].rstrip(CLOSERS + " ")
    return stem


_TAIL_MARK: Final = re.compile(rf"(?:(?:Xx{{2,}})+|{_EMOJI.pattern})$")


def _full_stop_ends(stem: str, following: str, lang: str) -> bool:
    if stem.endswith((".", "…"), 0, -1):
        return True
    if _is_enumeration(stem, lang):
        return False
    bare = _last_word(stem)
    word = bare.lower()
    if word in abbreviations(lang):
        return False
    masked = MASKED_WORD.match(following) is not None
    if word in NUMBERED:
        numbered = following[0].isdigit() or _ROMAN_NEXT.match(following) is not None
        return not (masked or numbered or following[0] in "([（")
    if word in ENDING:
        return following[0].isupper() and not masked
    if len(bare) == 1 and bare.isupper() and not is_cjk_letter(bare):
        return bare == "I" and lang == "en"
    return not _is_ordinal(bare, following, lang)


def _is_ordinal(bare: str, following: str, lang: str) -> bool:
    """Whether a number with a full stop is an ordinal, as `19. Yüzyıl` and `II. János` are."""
    number = bare.isdigit() and len(bare) < 3
    if lang == "tr":
        return _ROMAN.match(bare) is not None or (number and _ORDINAL_WORDS.match(following) is not None)
    return lang in _ORDINAL_LANGUAGES and (number or _ROMAN.match(bare) is not None)


def is_measure(text: str, stop: int) -> bool:
    """Whether the full stop at `stop` stands after a number with a unit, which is no abbreviation."""
    return _MEASURE.search(text, max(0, stop - 8), stop + 1) is not None


def _is_enumeration(stem: str, lang: str) -> bool:
    """Whether the last word is the number of an item, and not that of a figure (`Fig. 3.`)."""
    match = _ENUMERATION.search(stem)
    if not match:
        return False
    before = stem[: match.start() + 1] if match[0][0] in "." else ""
    word = _last_word(before).lower()
    return not before or not (word in NUMBERED or word in abbreviations(lang))


def _last_word(stem: str) -> str:
    """The last word of `stem` without the full stop that ends it."""
    word = _LAST_WORD.search(stem)
    return (word[0] if word else stem)[:-1]
