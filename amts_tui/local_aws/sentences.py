"""Cutting a paragraph into sentences, by the local endpoint's own simple rules."""

import re
from typing import Final

_CJK_END: Final = re.compile(r"[。！？!?…]+[”’」』）)\]]*")
_END: Final = re.compile(r"(?:[.!?…]+|[。！？]+)[\"'”’»)\]]*")
_ABBREVIATION: Final = re.compile(
    r"e\.g|i\.e|etc|vs|cf|al|figs?|eqs?|secs?|ch|no|vol|drs?|mr|mrs|ms|prof|st|pp?|approx|resp|ej"
)
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


def _is_boundary(text: str, match: re.Match[str]) -> bool:
    """Whether a mark ends a sentence: white space and no small letter follow, no abbreviation precedes."""
    after = match.end()
    if after == len(text) or not text[after].isspace():
        return match.group()[0] in "。！？"
    while after < len(text) and text[after].isspace():
        after += 1
    if text[after : after + 1].islower():
        return False
    word = _LAST_WORD.search(text[max(0, match.start() - 20) : match.start() + 1])
    return word is None or not _is_abbreviation(word.group(1))


def _is_abbreviation(word: str) -> bool:
    return _ABBREVIATION.fullmatch(word.lower()) is not None or (
        len(word) == 1 and word.isupper() and word != "I"
    )
