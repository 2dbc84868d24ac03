"""Cutting a paragraph into sentences, by the local endpoint's own simple rules."""

import re
from typing import Final

from amts_tui.local_aws import markers

_CJK_END: Final = re.compile(r"[。！？!?…]+[”’」』）)\]]*")
_END: Final = re.compile(r"(?:[.!?…]+|[。！？]+)[\"'”’»)\]]*")
_WIDE_END: Final = re.compile(r"[。！？][\"'”’」』）)\]]*$")
_ABBREVIATION: Final = re.compile(r"e\.g|i\.e|vs|cf|al|drs?|mr|mrs|ms|prof|st|approx|ej")
_BEFORE_NUMBER: Final = re.compile(r"figs?|eqs?|secs?|tab|ch|no|vol|pp?")
_LAST_WORD: Final = re.compile(r"([^\W\d_](?:[\w.]*\w)?)\.$")


def split(text: str, language: str) -> list[str]:
    """The sentences of `text` with the white space after each; joined they give `text` again."""
    cjk = language in ("zh", "zh-TW", "ja")
    pieces: list[str] = []
    start = 0
    for match in (_CJK_END if cjk else _END).finditer(text):
        end = match.end()
        if match.start() < start or not (cjk or _is_boundary(text, match)):
            continue
        while end < len(text) and text[end].isspace():
            end += 1
        pieces.append(text[start:end])
        start = end
    if start < len(text):
        pieces.append(text[start:])
    return pieces


def ends_wide(sentence: str) -> bool:
    """Whether the mark that ends a sentence is one of Chinese and Japanese, which no space follows."""
    return _WIDE_END.search(markers.PATTERN.sub("", sentence)) is not None


def _is_boundary(text: str, match: re.Match[str]) -> bool:
    """Whether a mark ends a sentence: white space and no small letter follow, no abbreviation precedes."""
    after = match.end()
    if after == len(text) or not text[after].isspace():
        return match.group()[0] in "。！？"
    while after < len(text) and text[after].isspace():
        after += 1
    if after == len(text) or text[after].islower():
        return after == len(text)
    word = _LAST_WORD.search(text[max(0, match.start() - 20) : match.start() + 1])
    return word is None or match.group() != "." or not _is_abbreviation(word.group(1), text[after])


def _is_abbreviation(word: str, following: str) -> bool:
    if len(word) == 1 and word.isupper():
        return word != "I"
    pattern = _BEFORE_NUMBER if following.isdigit() else _ABBREVIATION
    return pattern.fullmatch(word.lower()) is not None
