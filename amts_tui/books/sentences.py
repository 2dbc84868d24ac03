"""Sentences of a paragraph: pysbd for the European languages that it knows, rules of our own for the others,
repairs for all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Protocol, cast

from amts_tui.books.abbreviations import ENDING, abbreviations
from amts_tui.books.typography import CJK_LANGUAGES, has_cjk, is_cjk, is_cjk_letter

PYSBD_LANGUAGES = frozenset(
    {
        "en",
        "es",
        "de",
        "fr",
        "it",
        "nl",
        "da",
        "pl",
        "ru",
        "bg",
        "el",
        "sk",
        "hi",
        "mr",
        "am",
        "ar",
        "hy",
        "ur",
        "fa",
        "my",
        "kk",
    }
)

_LONGEST_PIECE = 4000  # characters given to pysbd at once: its time grows faster than its input
_CLOSERS = "\"'”’»›)]}」』）】》〉〕"
_OPENERS = "\"'“‘«‹([{「『（【《〈〔¿¡"
_CJK_CLOSERS = "”’」』）】》〉〕\"')]"
_TAGS = re.compile(r"\{[0-9]+>\}|\{<[0-9]+\}")
_SINGLE = re.compile(r"\{[0-9]+\}")
_MASKED_WORD = re.compile(r"Xx{2,}\b")  # what stands for a placeholder
_STOP = re.compile(rf"[.!?…‽؟۔।。！？]+[{re.escape(_CLOSERS)}]*(?=\s)")
_CJK_STOP = re.compile(
    rf"[。！？!?]+[{re.escape(_CJK_CLOSERS)}]*|\.[{re.escape(_CJK_CLOSERS)}]*(?=\s|$)|[（(「『）)」』]"
)
_ENUMERATION = re.compile(r"^(?:\(?(?:[0-9]{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)])$")
_LAST_WORD = re.compile(r"[^\s(\[{\"'“‘«（]+$")
_KOREAN_STOP = re.compile(r"(?<=[가-힣])[.!?](?=[가-힣])")
_ORDINAL_WORDS = re.compile(
    r"(?:Yüzyıl|Dünya|Bölüm|Ocak|Şubat|Mart|Nisan|Mayıs|Haziran|Temmuz|Ağustos|Eylül|Ekim|Kasım|Aralık)"
)


class _Segmenter(Protocol):
    def segment(self, text: str) -> list[str]: ...


def split(text: str, lang: str) -> list[tuple[int, int]]:
    """The sentences of one paragraph (masked; line breaks count as spaces) as spans of `text` without outer
    white space.

    A placeholder is never cut; closing tags, quotes and brackets go with the sentence that they close; a
    colon ends nothing. `lang` is a language code; of `pt-BR` or `zh_TW` the first part counts. Languages
    without rules of their own get those for spaced scripts.
    """
    return list(_split(text, re.split(r"[-_]", lang)[0].lower()))


@lru_cache(maxsize=65536)
def _split(text: str, lang: str) -> tuple[tuple[int, int], ...]:
    plain, offsets = _without_tags(text)
    cjk = lang in CJK_LANGUAGES and has_cjk(plain)
    boundaries = (
        _cjk_boundaries(plain) if cjk else _spaced_boundaries(plain, "en" if lang in CJK_LANGUAGES else lang)
    )
    return tuple(_spans(text, (offsets[boundary - 1] + 1 for boundary in boundaries)))


def _without_tags(text: str) -> tuple[str, list[int]]:
    """`text` without pair tags, single placeholders as capitalised words of equal length; and the offset of
    each character in `text`.
    """
    if "{" not in text:
        return text.replace("\n", " "), list(range(len(text)))
    parts: list[str] = []
    offsets: list[int] = []
    position = 0
    for match in [*_TAGS.finditer(text), None]:
        end = match.start() if match else len(text)
        parts.append(text[position:end])
        offsets.extend(range(position, end))
        position = match.end() if match else end
    plain = _SINGLE.sub(lambda match: "X" + "x" * (len(match[0]) - 1), "".join(parts))
    return plain.replace("\n", " "), offsets


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


def _cjk_boundaries(text: str) -> list[int]:
    """Offsets after each sentence of a Chinese or Japanese text but the last; not within brackets that close
    again.
    """
    boundaries = []
    depth = 0
    unclosed = _unclosed(text)
    for match in _CJK_STOP.finditer(text):
        mark = match[0]
        if mark in _BRACKET_PAIRS:
            depth += match.start() not in unclosed
            continue
        if mark in _BRACKET_PAIRS.values():
            depth = max(0, depth - (match.start() not in unclosed))
            continue
        closing = sum(
            1 for at in range(match.start(), match.end()) if text[at] in _CLOSING_MARKS and at not in unclosed
        )
        depth = max(0, depth - closing)
        if depth == 0 and _ends_cjk_sentence(text, match.start(), match.end()):
            boundaries.append(match.end())
    return [boundary for boundary in boundaries if boundary < len(text)]


_BRACKET_PAIRS = {"（": "）", "(": ")", "「": "」", "『": "』"}
_CLOSING_MARKS = frozenset(_BRACKET_PAIRS.values())
_LIKE = str.maketrans("（）", "()")


def _unclosed(text: str) -> set[int]:
    """Offsets of the brackets without a mate: they must not hold back the rest of the paragraph."""
    waiting: list[tuple[str, int]] = []
    alone = set()
    for match in re.finditer("[（(「『）)」』]", text):
        mark = match[0].translate(_LIKE)
        if mark in _BRACKET_PAIRS:
            waiting.append((_BRACKET_PAIRS[mark], match.start()))
        elif waiting and waiting[-1][0] == mark:
            waiting.pop()
        else:
            alone.add(match.start())
    return alone | {start for _, start in waiting}


def _ends_cjk_sentence(text: str, start: int, end: int) -> bool:
    following = text[end : end + 1]
    if text[start] == ".":
        return start > 0 and _ends_sentence(text, end, "zh")
    if text[start] in "!?":
        return not following or following.isspace() or is_cjk(following)
    # Quoted speech may be a word of its sentence: “为什么？”是一个问题.
    quoted = text[end - 1] in "”’」』" and text[start] in "！？"
    return not (following and (following in "，、；：" or (quoted and following in "的是和与或这那と")))


def _spaced_boundaries(text: str, lang: str) -> list[int]:
    """Offsets after each sentence but the last, in a script that puts spaces between words."""
    if not _STOP.search(text) and not (lang == "ko" and _KOREAN_STOP.search(text)):
        return []
    if lang in PYSBD_LANGUAGES:
        found = _pysbd_boundaries(text, lang)
    else:
        found = [match.end() for match in _STOP.finditer(text)]
        if lang == "ko":
            found = sorted({*found, *(match.end() for match in _KOREAN_STOP.finditer(text))})
    return [boundary for boundary in found if _ends_sentence(text, boundary, lang)]


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


def _ends_sentence(text: str, end: int, lang: str) -> bool:
    """Whether the mark before `end` really ends a sentence, whoever says so."""
    head = text[max(0, end - 60) : end].rstrip()
    stem = head.rstrip(_CLOSERS)
    if not stem or stem[-1] not in ".!?…‽؟۔।。！？":
        return False
    following = text[end : end + 80].lstrip()
    if not following:
        return True
    first = following.lstrip(_OPENERS)[:1]
    if first.islower():
        return False
    if stem[-1] != ".":
        return True
    return _full_stop_ends(stem, following, lang)


def _full_stop_ends(stem: str, following: str, lang: str) -> bool:
    if stem.endswith(".."):
        return True
    word = _LAST_WORD.search(stem)
    last = word[0] if word else stem
    if _ENUMERATION.match(stem) or last == ".":
        return False
    bare = last[:-1].lower()
    if bare in abbreviations(lang):
        return bare in ENDING and following[:1].isupper() and not _MASKED_WORD.match(following)
    if len(bare) == 1 and last[0].isalpha() and last[0].isupper() and not is_cjk_letter(last[0]):
        return last[0] == "I" and lang == "en"
    return not (lang == "tr" and bare.isdigit() and len(bare) < 3 and _ORDINAL_WORDS.match(following))
