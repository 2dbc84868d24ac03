"""Sentences of Chinese and Japanese: up to a stop and what closes after it, brackets kept whole."""

from __future__ import annotations

import re

from amts_tui.books.sentence_ends import ends_sentence
from amts_tui.books.typography import is_cjk

_CLOSERS = "”’」』）】》〉〕\"')]"
_STOP = re.compile(rf"[。！？!?]+[{re.escape(_CLOSERS)}]*|\.[{re.escape(_CLOSERS)}]*(?=\s|$)")
_MATES = {"）": "（", ")": "(", "」": "「", "』": "『", "”": "“"}
_BRACKET = re.compile("[（(「『“）)」』”]")
_SHORT_QUOTE = (
    50  # characters: up to this a quotation is a part of its sentence, beyond it has sentences of its own
)
# After quoted speech these go on with the sentence: “为什么？”是一个问题, 「…。」と言った.
_GOES_ON = frozenset("的是和与或这那とのはがをにで")
_SEPARATORS = frozenset("，、；：,;:")


def cjk_boundaries(text: str) -> list[int]:
    """Offsets after each sentence of `text` but the last. A bracket without a mate holds nothing together."""
    closing = _enclosed(text)
    boundaries = []
    free_from = 0
    spans = iter([*sorted((start, end) for end, start in closing.items()), (len(text), len(text))])
    opened, closed = next(spans)
    for match in _STOP.finditer(text):
        while opened < match.start():
            free_from = max(free_from, closed)
            opened, closed = next(spans)
        if match.end() <= free_from or match.end() == len(text):
            continue
        if _ends_sentence(text, match.start(), match.end(), closing):
            boundaries.append(match.end())
    return boundaries


def _enclosed(text: str) -> dict[int, int]:
    """For each closing bracket, and each short quotation's closing mark, the offset of the opening one."""
    waiting: list[int] = []
    pairs = {}
    for match in _BRACKET.finditer(text):
        mark = match[0]
        if mark not in _MATES:
            waiting.append(match.start())
        elif waiting and text[waiting[-1]] in (_MATES[mark], "(（"["(（".find(_MATES[mark]) - 1]):
            start = waiting.pop()
            if mark != "”" or match.start() - start <= _SHORT_QUOTE:
                pairs[match.start()] = start
    return pairs


def _ends_sentence(text: str, start: int, end: int, closing: dict[int, int]) -> bool:
    following = text[end]
    if following in _SEPARATORS:
        return False
    last = end - 1
    if text[last] in "）)" and last in closing:
        # （见图1。）is a sentence if it stands between sentences, else a remark within one.
        before = text[: closing[last]].rstrip()[-1:]
        return not before or before in "。！？!?.”」』"
    if text[last] in "”’」』" and following in _GOES_ON:
        return False
    if text[start] == ".":
        return ends_sentence(text, end, "zh")
    return text[start] not in "!?" or following.isspace() or is_cjk(following)
