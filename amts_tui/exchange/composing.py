"""Documents made of pairs: each text a block of its own that is read back as exactly that text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from amts_tui.books.formats import SUFFIXES, mask_as
from amts_tui.books.inline import has_prose
from amts_tui.books.layout import suffix_of
from amts_tui.books.model import BlockKind
from amts_tui.books.reading import parse
from amts_tui.exchange.model import LeftOut, PlainPair

_PARAGRAPH_FORMATS: Final = (".md", ".markdown", ".mdx", ".rst", ".rest", ".adoc", ".asciidoc")
"""Formats in which a paragraph is its text between blank lines."""

_MARKDOWN: Final = (".md", ".markdown", ".mdx")
_HEADING: Final = "# "
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


class _Piece(NamedTuple):
    """A text as it is written: behind a mark, or plain, as a paragraph."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class _Texts:
    """The texts of a pair, source and target, each on one line."""

    pair: PlainPair
    sides: tuple[_Piece, _Piece]


def compose(name: str, pairs: Sequence[PlainPair], langs: tuple[str, str]) -> Composed:
    """The document that pairs make: a paragraph for each text, in the format that the suffix of `name`
    states, else in Markdown, where a text that would be read as something else (`- item`) becomes a heading;
    in plain text if fewer pairs are lost so.

    Line breaks inside a text become spaces. A pair with a text that none of the formats reads back as it is,
    or with nothing to translate on a side, is left out.
    """
    stem, stated = split_name(name)
    suffixes = dict.fromkeys([stated if stated in _PARAGRAPH_FORMATS else ".md", ".md", ".txt"])
    best: Composed | None = None
    for suffix in suffixes:
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
        texts = _Texts(pair, (_Piece(_one_line(pair.source)), _Piece(_one_line(pair.target))))
        if not texts.sides[0].text or not _writable(pair.source + pair.target):
            left_out.append(LeftOut(pair.id, path, _NO_PARAGRAPH if texts.sides[0].text else _NO_LETTERS))
        else:
            kept.append(texts)
    places: list[list[int]] = []
    for careful in (True,) * _CAREFUL_ROUNDS + (False,) * (len(kept) + 1):
        places = [_places([texts.sides[side] for texts in kept], path, langs[side]) for side in (0, 1)]
        outcome = _mended(kept, places, path, langs, careful=careful)
        if not outcome:
            break
        left_out += [
            LeftOut(kept[n].pair.id, path, mended)
            for n, mended in sorted(outcome.items(), key=lambda item: item[0])
            if isinstance(mended, str)
        ]
        mended_texts = (outcome.get(n, texts) for n, texts in enumerate(kept))
        kept = [texts for texts in mended_texts if isinstance(texts, _Texts)]
    linked = tuple(
        Linked(texts.pair, source, target if texts.sides[1].text else None)
        for texts, source, target in zip(kept, *places, strict=True)
    )
    source, target = (_joined([texts.sides[side] for texts in kept]) for side in (0, 1))
    return Composed(path, source, target, linked, tuple(left_out))


def _mended(
    kept: Sequence[_Texts],
    places: Sequence[Sequence[int]],
    path: str,
    langs: tuple[str, str],
    *,
    careful: bool,
) -> dict[int, _Texts | str]:
    """What becomes of the pairs that cannot stay as they are: with other marks, or the reason to leave them
    out.

    These are the pairs whose text is not read back even alone. If there is none, and others keep texts from
    being read back, it is the first of these when `careful`, else all.
    """
    found: dict[int, _Texts | str] = {}
    lost: list[int] = []
    for n, texts in enumerate(kept):
        filled = [side for side in (0, 1) if texts.sides[side].text]
        if any(places[side][n] == _LOST for side in filled):
            lost.append(n)
            alone = {side: _places([texts.sides[side]], path, langs[side])[0] for side in filled}
        else:
            alone = {side: places[side][n] for side in filled}
        bad = [side for side, place in alone.items() if place == _LOST]
        if bad:
            found[n] = _marked(texts, bad, path, langs) or _NO_PARAGRAPH
        elif _NOTHING in alone.values():
            found[n] = _NO_LETTERS
    return found or {
        n: _marked(kept[n], (0, 1), path, langs) or _NO_PARAGRAPH for n in lost[: careful or None]
    }


def _marked(texts: _Texts, sides: Iterable[int], path: str, langs: tuple[str, str]) -> _Texts | None:
    """The pair with its texts of some sides as headings, which may begin with anything; None if that does not
    help.
    """
    if suffix_of(path) not in _MARKDOWN:
        return None
    pieces = list(texts.sides)
    for side in sides:
        piece = _Piece(pieces[side].text, _HEADING)
        if piece.text and (pieces[side].mark or _places([piece], path, langs[side]) != [0]):
            return None
        pieces[side] = piece
    return _Texts(texts.pair, (pieces[0], pieces[1]))


def _joined(pieces: Iterable[_Piece]) -> str:
    text = _JOINT.join(f"{piece.mark}{piece.text}" for piece in pieces if piece.text)
    return f"{text}\n" if text else ""


def _places(pieces: Sequence[_Piece], path: str, lang: str) -> list[int]:
    """For each text of a document the ordinal of the segment that is exactly this text; `_NOTHING` if there
    is nothing to translate in it or it is empty, `_LOST` if it is read otherwise.
    """
    document = parse(_joined(pieces), path=path, lang=lang, sentences=False)
    ordinals: dict[tuple[int, int], int] = {}
    blocks: set[tuple[int, int]] = set()
    count = 0
    for block in document.blocks:
        blocks.add((block.start, block.end))
        for segment in block.segments:
            if block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING):
                ordinals[segment.start, segment.end] = count
            count += 1
    places: list[int] = []
    start = 0
    for text, mark in pieces:
        begin, end = start + len(mark), start + len(mark) + len(text)
        ordinal = ordinals.get((begin, end)) if (start, end) in blocks else None
        if ordinal is not None:
            places.append(ordinal)
        elif not text or ((start, end) in blocks and not _has_prose(text, path)):
            places.append(_NOTHING)
        else:
            places.append(_LOST)
        start = end + len(_JOINT) if text else start
    return places


def _has_prose(text: str, path: str) -> bool:
    return has_prose(mask_as(path, text)[0])


def _one_line(text: str) -> str:
    return _LINE_BREAKS.sub(" ", text).strip()


def _writable(text: str) -> bool:
    """Whether a UTF-8 text file can hold it."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)
