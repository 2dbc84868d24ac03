"""Whether a mark really ends a sentence: abbreviations, initials, enumerations, ordinals."""

from __future__ import annotations

import re

from amts_tui.books.abbreviations import ENDING, NUMBERED, abbreviations
from amts_tui.books.typography import is_cjk_letter

CLOSERS = "\"'”’»›)]}」』）】》〉〕"
OPENERS = "\"'“‘«‹([{「『（【《〈〔¿¡"
STOPS = ".!?…‽؟۔।。！？"
MASKED_WORD = re.compile(r"Xx{2,}\b")  # what stands for a placeholder

_LOOK_BACK = 60
_LOOK_AHEAD = 80
_LAST_WORD = re.compile(r"[^\s(\[{\"'“‘«（]+$")
# A number or letter with its full stop, at the start or after a stop, a colon, an opening mark: “7. Review”.
_ENUMERATION = re.compile(r"(?:^|[.!?:;。：；]\s+|[\"“(（「]\s*)(?:[0-9]{1,3}|[A-Za-z]|[ivx]{1,5})[.)]$")
_ORDINAL_WORDS = re.compile(
    r"(?:Yüzyıl|Dünya|Bölüm|Ocak|Şubat|Mart|Nisan|Mayıs|Haziran|Temmuz|Ağustos|Eylül|Ekim|Kasım|Aralık)"
)


def ends_sentence(text: str, end: int, lang: str) -> bool:
    """Whether a sentence of `text` ends at `end`, just after a stop and its closing marks."""
    head = text[max(0, end - _LOOK_BACK) : end].rstrip()
    stem = head.rstrip(CLOSERS)
    if not stem or stem[-1] not in STOPS:
        return False
    following = text[end : end + _LOOK_AHEAD].lstrip()
    if not following:
        return True
    if following[0] in ".,;:" or following.lstrip(OPENERS)[:1].islower():
        return False
    return stem[-1] != "." or _full_stop_ends(stem, following, lang)


def _full_stop_ends(stem: str, following: str, lang: str) -> bool:
    if stem.endswith(".."):
        return True
    if _is_enumeration(stem):
        return False
    bare = _last_word(stem)
    if bare.lower() in abbreviations(lang):
        return False
    masked = MASKED_WORD.match(following) is not None
    if bare.lower() in NUMBERED:
        return not (masked or following[0].isdigit() or following[0] in "([（")
    if bare.lower() in ENDING:
        return following[0].isupper() and not masked
    if len(bare) == 1 and bare.isupper() and not is_cjk_letter(bare):
        return bare == "I" and lang == "en"
    return not (lang == "tr" and bare.isdigit() and len(bare) < 3 and _ORDINAL_WORDS.match(following))


def _is_enumeration(stem: str) -> bool:
    """Whether the last word is the number of an item, and not that of a figure (`Fig. 3.`)."""
    match = _ENUMERATION.search(stem)
    if not match:
        return False
    before = stem[: match.start() + 1] if match[0][0] in "." else ""
    return not before or _last_word(before).lower() not in NUMBERED


def _last_word(stem: str) -> str:
    """The last word of `stem` without the full stop that ends it."""
    word = _LAST_WORD.search(stem)
    return (word[0] if word else stem)[:-1]
