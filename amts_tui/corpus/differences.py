"""Numbers, names, formulas and code of a bead: which stand on both sides, and which on one side only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from amts_tui.books.model import PLACEHOLDER, Item, ItemKind
from amts_tui.corpus.model import Bead, BeadUnit, Side

_PROTECTED = frozenset({ItemKind.CODE, ItemKind.MATH, ItemKind.ROLE, ItemKind.URL, ItemKind.IMAGE})
_NUMBER = re.compile(r"(?<![A-Za-zÀ-ɏ])\d+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_WORD = re.compile(r"(?<![A-Za-zÀ-ɏ0-9])[A-Za-z][A-Za-z0-9]+(?:[-'][A-Za-z0-9]+)*(?![A-Za-zÀ-ɏ0-9])")
_WIDE_LETTER = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LONGEST_ACRONYM = 6

# A number that one side spells out is no difference.
_SPELLED: dict[str, tuple[str, ...]] = {
    "0": ("zero", "cero", "零", "〇"),
    "1": ("one", "first", "once", "un", "uno", "una", "primer", "primera", "primero", "一", "单", "첫", "한"),
    "2": (
        "two",
        "second",
        "twice",
        "both",
        "half",
        "dos",
        "segundo",
        "segunda",
        "二",
        "两",
        "半",
        "두",
        "둘",
    ),
    "3": ("three", "third", "thrice", "tres", "tercer", "tercera", "三", "세", "셋"),
    "4": ("four", "fourth", "quarter", "cuatro", "cuarto", "cuarta", "四", "네", "넷"),
    "5": ("five", "fifth", "cinco", "quinto", "quinta", "五", "다섯"),
    "6": ("six", "sixth", "seis", "sexto", "六", "여섯"),
    "7": ("seven", "seventh", "siete", "séptimo", "sete", "七", "일곱"),
    "8": ("eight", "eighth", "ocho", "octavo", "oito", "八", "여덟"),
    "9": ("nine", "ninth", "nueve", "noveno", "nove", "九", "아홉"),
    "10": ("ten", "tenth", "diez", "décimo", "dez", "十", "열"),
}


@dataclass(frozen=True, slots=True)
class Match:
    """A number, name or protected item at characters `start` to `end` of a unit's raw text; `shared` tells
    whether the other side of the bead has it too.
    """

    start: int
    end: int
    shared: bool


@dataclass(frozen=True, slots=True)
class Differences:
    """The matches of each unit of both sides, in the order of the text."""

    source: tuple[tuple[Match, ...], ...]
    target: tuple[tuple[Match, ...], ...]

    def side(self, side: Side) -> tuple[tuple[Match, ...], ...]:
        """The matches of the units of one side."""
        return self.source if side == "source" else self.target


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    key: str
    missable: bool  # whether it is expected on the other side


def differences(bead: Bead) -> Differences:
    """What can be compared without knowing the languages. A bead with one side has no differences.

    Latin words count where one side is of another script; between two Latin ones only those that look like
    names of things. A number that the other side spells out counts neither way.
    """
    if not bead.paired:
        return Differences(((),) * len(bead.source), ((),) * len(bead.target))
    sides = (bead.source, bead.target)
    texts = [_plain(units) for units in sides]
    wide = [_is_wide(text) for text in texts]
    words = [
        {_folded(word) for word in _WORD.findall(text)} if own else set[str]()
        for text, own in zip(texts, wide, strict=True)
    ]
    tokens = [
        [list(_tokens(unit, words[1 - own], foreign=wide[own])) for unit in sides[own]] for own in (0, 1)
    ]
    keys = [{token.key for unit in side for token in unit} for side in tokens]
    source, target = (
        tuple(tuple(_matches(unit, keys[1 - own], texts[1 - own])) for unit in tokens[own]) for own in (0, 1)
    )
    return Differences(source, target)


def _matches(tokens: Sequence[_Token], keys: set[str], text: str) -> Iterator[Match]:
    """`keys` and `text` are the other side's."""
    for token in tokens:
        if token.key in keys:
            yield Match(token.start, token.end, True)
        elif token.missable and not _is_spelled(token.key, text):
            yield Match(token.start, token.end, False)


def _tokens(unit: BeadUnit, words: Set[str], *, foreign: bool) -> Iterator[_Token]:
    """The comparable tokens of a unit; `words` are the Latin ones of the other side if it has another script;
    `foreign`: this side has, so that each Latin word in it is a name or a term.
    """
    hidden = {item.placeholder: item for item in unit.items}
    begin = shift = 0
    for found in PLACEHOLDER.finditer(unit.text):
        item = hidden.get(found.group())
        if item is None:
            continue
        yield from _words(unit.text[begin : found.start()], begin + shift, words, foreign=foreign)
        start = found.start() + shift
        if item.kind in _PROTECTED:
            yield _Token(start, start + len(item.raw), _item_key(item), True)
        shift += len(item.raw) - len(found.group())
        begin = found.end()
    yield from _words(unit.text[begin:], begin + shift, words, foreign=foreign)


def _words(text: str, offset: int, words: Set[str], *, foreign: bool) -> Iterator[_Token]:
    found = []
    for match in _WORD.finditer(text):
        word = match.group()
        key, named = _folded(word), not word.islower() and _is_name(word)
        if foreign or named or key in words:
            found.append(_Token(offset + match.start(), offset + match.end(), key, foreign or named))
    taken = [(token.start, token.end) for token in found]
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        if not any(begin <= offset + start < stop for begin, stop in taken):
            found.append(_Token(offset + start, offset + end, _number(match.group()), True))
    yield from sorted(found, key=lambda token: token.start)


def _is_name(word: str) -> bool:
    """Two capitals or a capital and a digit: `GPU`, `LeNet`, `ResNet50`; such words are seldom translated."""
    capitals = sum(letter.isupper() for letter in word)
    if word.isupper() and word.isalpha():
        return 2 <= len(word) <= _LONGEST_ACRONYM
    return capitals >= 2 or (capitals == 1 and any(letter.isdigit() for letter in word))


def _folded(word: str) -> str:
    """A word without case and plural."""
    return word.casefold().removesuffix("s").removesuffix("'")


def _number(text: str) -> str:
    """A number without separators of thousands, with a decimal point."""
    plain = unicodedata.normalize("NFKC", text)
    if _THOUSANDS.fullmatch(plain):
        return re.sub("[.,]", "", plain)
    return plain.replace(",", ".")


def _is_spelled(key: str, text: str) -> bool:
    text = text.lower()
    return any(
        name in text if _WIDE_LETTER.match(name) else re.search(rf"\b{name}\b", text)
        for name in _SPELLED.get(key, ())
    )


def _item_key(item: Item) -> str:
    return "\0" + "".join(item.core.split())


def _plain(units: Sequence[BeadUnit]) -> str:
    """The texts of a side without what placeholders stand for."""
    return PLACEHOLDER.sub(" ", " ".join(unit.text for unit in units))


def _is_wide(text: str) -> bool:
    """Whether a quarter of the characters are Chinese, Japanese or Korean."""
    return not text.isascii() and 4 * len(_WIDE_LETTER.findall(text)) >= len(text)
