"""Sentences of Chinese and Japanese: up to a stop and what closes after it, brackets kept whole."""

from __future__ import annotations

import re
from typing import Final

from amts_tui.books.quotations import without_quotation_cuts
from amts_tui.books.sentence_ends import ends_sentence
from amts_tui.books.typography import is_cjk_letter

_CLOSERS = "”’」』）】》〉〕\"')]"
_STOP: Final = re.compile(
    rf"[。｡！？!?]+[{re.escape(_CLOSERS)}]*"
    rf"|(?<![0-9０-９A-Za-zＡ-Ｚａ-ｚ])．[{re.escape(_CLOSERS)}]*"
    r"|…[”」』](?=[“「『])"
    rf"|\.[{re.escape(_CLOSERS)}]*+(?=\s|$)"
    r"|(?<![0-9.])\.(?=[\u3041-\u30ff\u3400-\u9fff])"
)
_MATES: Final = {"）": "（", ")": "(", "》": "《", "〉": "〈", "】": "【", "〕": "〔"}
_BRACKET: Final = re.compile("[（(《〈【〔）)》〉】〕]")
_LONGEST_BRACKET = 300  # characters; longer ones have sentences of their own
# After quoted speech these go on with the sentence: “为什么？”是一个问题, 「…。」と言った.
_GOES_ON: Final = re.compile("[的地得是和与及或等之とのはがをにでもやなか]|[这那][个种句一样类些话]")
# The number of an item, also within a sentence: 1. 安装、2. 运行.
_ITEM: Final = re.compile(r"(?:^|[^0-9A-Za-z.])[0-9]{1,2}$")
# The letter of an item right after a sentence: 。i.证明.
_ITEM_MARK: Final = re.compile(r"[。；：！？（](?:[A-Za-z]|[ivx]{2,3})$")
_SEPARATORS: Final = frozenset("，、；：,;:")


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
    return without_quotation_cuts(text, boundaries, "zh")


def _enclosed(text: str) -> dict[int, int]:
    """For each closing bracket the offset of the opening one."""
    waiting: list[int] = []
    pairs = {}
    for match in _BRACKET.finditer(text):
        mark = match[0]
        if mark not in _MATES:
            waiting.append(match.start())
        elif waiting and text[waiting[-1]] in (_MATES[mark], _OTHER_WIDTH.get(_MATES[mark])):
            start = waiting.pop()
            if match.start() - start <= _LONGEST_BRACKET:
                pairs[match.start()] = start
    return pairs


_OTHER_WIDTH: Final = {"（": "(", "(": "（"}


def _ends_sentence(text: str, start: int, end: int, closing: dict[int, int]) -> bool:
    following = text[end]
    if following in _SEPARATORS:
        return False
    last = end - 1
    if text[last] in "）)" and last in closing:
        # （见图1。）is a sentence if it stands between sentences, else a remark within one.
        before = text[max(0, closing[last] - 20) : closing[last]].rstrip()[-1:]
        return not before or before in "。！？!?.”」』"
    if text[last] in "”’」』》" and _GOES_ON.match(text, end):
        return False
    if text[last] in '”"' and text[start] in "!?" and text[start - 1].isascii() and following == " ":
        return not is_cjk_letter(text[end + 1 : end + 2])  # “Hello, world!” 程序: a name with its mark
    if text[start] == ".":
        if is_cjk_letter(following):
            return not _GOES_ON.match(text, end) and _is_word(text, start) and ends_sentence(text, end, "zh")
        return not _ITEM.search(text, max(0, start - 4), start) and ends_sentence(text, end, "zh")
    return text[start] not in "!?" or following.isspace() or not following.isascii()


def _is_word(text: str, stop: int) -> bool:
    """Whether a full stop before a Chinese letter ends a word, not the number or letter of an item."""
    if _ITEM_MARK.search(text, max(0, stop - 4), stop):
        return False
    return not text[max(0, stop - 2) : stop].strip().isascii() or text[max(0, stop - 3) : stop].isalpha()
