"""Facts of scripts and punctuation: what is CJK, how two lines of a paragraph join."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

CJK_LANGUAGES = frozenset({"zh", "ja"})

# Han, kana, bopomofo and their extensions. Hangul is left out: Korean puts spaces between words.
_CJK_LETTERS = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c\u3041-\u3096\u309d-\u309f\u30a0-\u30fa\u30fc-\u30ff"
    "\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_CJK_PUNCTUATION = (
    "\u3000-\u3004\u3008-\u3020\u3030\u303d\u30fb"
    "\ufe30-\ufe4f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
# Quotes, dashes and ellipses that Chinese and Western texts share.
_SHARED_PUNCTUATION = "\u2018\u2019\u201c\u201d\u2014\u2026\u00b7"

_LETTER = re.compile(f"[{_CJK_LETTERS}]")
_PUNCTUATION = re.compile(f"[{_CJK_PUNCTUATION}]")


@lru_cache(maxsize=4096)
def is_cjk_letter(char: str) -> bool:
    """Whether `char` is a Han character, kana or bopomofo."""
    return _LETTER.match(char) is not None


@lru_cache(maxsize=4096)
def is_cjk_punctuation(char: str) -> bool:
    """Whether `char` is full-width or ideographic punctuation, which carries its own space."""
    return _PUNCTUATION.match(char) is not None


def is_cjk_quote(char: str) -> bool:
    """Whether `char` is punctuation of a Chinese or Japanese text: full-width, a curly quote, a dash."""
    return is_cjk_punctuation(char) or char in _SHARED_PUNCTUATION


def is_cjk(char: str) -> bool:
    """Whether `char` is a CJK letter or CJK punctuation."""
    return is_cjk_letter(char) or is_cjk_punctuation(char)


def has_cjk(text: str) -> bool:
    """Whether `text` holds a CJK letter."""
    return _LETTER.search(text) is not None


@lru_cache(maxsize=4096)
def is_punctuation(char: str) -> bool:
    """Whether `char` is punctuation or a symbol (Unicode categories P and S)."""
    return unicodedata.category(char)[0] in "PS"


def has_letter(text: str) -> bool:
    """Whether `text` holds a letter of any script."""
    return any(char.isalpha() for char in text)


def line_joint(before: str, after: str) -> str:
    """What stands between two lines joined into one: a space, or nothing.

    `before` and `after` are the characters at the joint ("" at an end). Nothing is put between two CJK
    letters, nor beside CJK punctuation, nor between a CJK letter and a quote or dash.
    """
    if not before or not after or before.isspace() or after.isspace():
        return ""
    if is_cjk_punctuation(before) or is_cjk_punctuation(after):
        return ""
    if is_cjk_letter(before):
        return "" if is_cjk_letter(after) or after in _SHARED_PUNCTUATION else " "
    if is_cjk_letter(after):
        return "" if before in _SHARED_PUNCTUATION else " "
    return " "
