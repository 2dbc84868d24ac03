"""Documents made of pairs: each text a paragraph of its own that is read back as exactly that text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from amts_tui.books.formats import SUFFIXES, mask_as
from amts_tui.books.inline import has_prose
from amts_tui.books.layout import suffix_of
from amts_tui.books.model import BlockKind
from amts_tui.books.reading import parse
from amts_tui.exchange.model import LeftOut, PlainPair

_PARAGRAPH_FORMATS: Final = (".md", ".markdown", ".mdx", ".rst", ".rest", ".adoc", ".asciidoc")
"""Formats in which a paragraph is its text between blank lines."""

_KNOWN: Final = frozenset(
    {*SUFFIXES, ".txt", ".docx", ".doc", ".odt", ".pptx", ".idml", ".xml", ".json", ".yaml"}
)
_LINE_BREAKS: Final = re.compile(r"[ \t]*[\r\n]+[ \t]*")
_JOINT: Final = "\n\n"
_NO_LETTERS: Final = "there is no text to translate in it"
_NO_PARAGRAPH: Final = "cannot stand as a paragraph"

_CAREFUL_ROUNDS: Final = 20
_LOST: Final = -1
_NOTHING: Final = -2


@dataclass(frozen=True, slots=True)
class Linked:
    """A pair and where its texts stand: the ordinals of their segments, None for an empty target."""

    pair: PlainPair
    source: int
    target: int | None


@dataclass(frozen=True, slots=True)
class Composed:
    """A document of both languages: its name, the two texts, and the pairs in their order. `left_out` are
    those that could not be written.
    """

    path: str
    source: str
    target: str
    linked: tuple[Linked, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class _Texts:
    """The two texts of a pair, each on one line."""

    pair: PlainPair
    source: str
    target: str

    def side(self, side: int) -> str:
        return self.target if side else self.source


def compose(name: str, pairs: Sequence[PlainPair], langs: tuple[str, str]) -> Composed:
    """The document that pairs make, in the format that the suffix of `name` states, else in Markdown; in
    plain text if fewer pairs are lost so.

    Line breaks inside a text become spaces. A pair with a text that none of the formats reads back as it is,
    or with nothing to translate on a side, is left out.
    """
    stem, stated = split_name(name)
    suffixes = [stated if stated in _PARAGRAPH_FORMATS else ".md", ".txt"]
    best: Composed | None = None
    for suffix in (suffix for suffix in suffixes if suffix in SUFFIXES):
        made = _compose(stem + suffix, pairs, langs)
        if best is None or _lost(made) < _lost(best):
            best = made
        if not _lost(best):
            break
    assert best is not None
    return best


def split_name(name: str) -> tuple[str, str]:
    """The name of a document without its suffix, and the suffix, if it is one of documents."""
    suffix = suffix_of(name)
    return (name[: -len(suffix)], suffix) if suffix in _KNOWN else (name, "")


def _lost(made: Composed) -> int:
    return sum(line.reason != _NO_LETTERS for line in made.left_out)


def _compose(path: str, pairs: Sequence[PlainPair], langs: tuple[str, str]) -> Composed:
    left_out: list[LeftOut] = []
    kept: list[_Texts] = []
    for pair in pairs:
        texts = _Texts(pair, _one_line(pair.source), _one_line(pair.target))
        if not texts.source or not _writable(texts.source + texts.target):
            left_out.append(LeftOut(pair.id, path, _NO_LETTERS if not texts.source else _NO_PARAGRAPH))
        else:
            kept.append(texts)
    for careful in (True,) * _CAREFUL_ROUNDS + (False,) * (len(kept) + 1):
        sides = [_places([texts.side(side) for texts in kept], path, langs[side]) for side in (0, 1)]
        worst = _unfit(kept, sides, path, langs, careful=careful)
        if not worst:
            break
        left_out += [LeftOut(kept[n].pair.id, path, reason) for n, reason in sorted(worst.items())]
        kept = [texts for n, texts in enumerate(kept) if n not in worst]
    linked = tuple(
        Linked(texts.pair, source, target if texts.target else None)
        for texts, source, target in zip(kept, *sides, strict=True)
    )
    joined = [_JOINT.join(filter(None, (texts.side(side) for texts in kept))) for side in (0, 1)]
    source, target = (f"{text}\n" if text else "" for text in joined)
    return Composed(path, source, target, linked, tuple(left_out))


def _unfit(
    kept: Sequence[_Texts],
    sides: Sequence[Sequence[int]],
    path: str,
    langs: tuple[str, str],
    *,
    careful: bool,
) -> dict[int, str]:
    """The pairs that must go, with the reason: those whose text is no paragraph even alone. If others keep
    texts from being read, the first of these when `careful`, else all.
    """
    found: dict[int, str] = {}
    lost = []
    for n, texts in enumerate(kept):
        filled = [side for side in (0, 1) if texts.side(side)]
        if any(sides[side][n] == _LOST for side in filled):
            lost.append(n)
            alone = [_places([texts.side(side)], path, langs[side])[0] for side in filled]
        else:
            alone = [sides[side][n] for side in filled]
        if _LOST in alone or _NOTHING in alone:
            found[n] = _NO_PARAGRAPH if _LOST in alone else _NO_LETTERS
    return found or dict.fromkeys(lost[:1] if careful else lost, _NO_PARAGRAPH)


def _places(texts: Sequence[str], path: str, lang: str) -> list[int]:
    """For each text of a document the ordinal of the segment that is exactly this text as a paragraph;
    `_NOTHING` if there is nothing to translate in it or it is empty, `_LOST` if it is read otherwise.
    """
    document = parse(_JOINT.join(filter(None, texts)) + "\n", path=path, lang=lang, sentences=False)
    ordinals: dict[tuple[int, int], int] = {}
    paragraphs: set[tuple[int, int]] = set()
    count = 0
    for block in document.blocks:
        paragraphs.add((block.start, block.end))
        for segment in block.segments:
            if block.kind is BlockKind.PARAGRAPH:
                ordinals[segment.start, segment.end] = count
            count += 1
    places: list[int] = []
    start = 0
    for text in texts:
        span = (start, start + len(text))
        if not text or (span in paragraphs and span not in ordinals and not _has_prose(text, path)):
            places.append(_NOTHING)
        else:
            places.append(ordinals.get(span, _LOST))
        start += len(text) + len(_JOINT) if text else 0
    return places


def _has_prose(text: str, path: str) -> bool:
    return has_prose(mask_as(path, text)[0])


def _one_line(text: str) -> str:
    return _LINE_BREAKS.sub(" ", text).strip()


def _writable(text: str) -> bool:
    """Whether a UTF-8 text file can hold it."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)
