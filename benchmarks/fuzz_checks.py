"""What must hold of the bytes of any file: it is read or refused in one line, and never harmed in writing."""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain

from fuzz_inputs import wrapped

from amts_tui.books.model import Document
from amts_tui.books.reading import parse_bytes
from amts_tui.books.writing import Spliced, splice, splice_spans
from amts_tui.errors import AmtsError
from tests.books import test_asciidoc, test_dialects, test_html, test_rest_writing
from tests.books.markdown_texts import NASTY as NASTY_MARKDOWN
from tests.books.properties import (
    ACCENTED,
    CHINESE,
    JOINED,
    LONGER,
    check_document_covers,
    own_texts,
    placeholders,
    pseudo_translated,
    refused,
    signature,
)

_ODD = ["\x01", "\0", "\ud800", "\u2028", "\x85", "\x0b", "\ufeff", "a\rb", "{1}", "{9>}", "<li1>x", "</r1>"]
_LISTS = (
    NASTY_MARKDOWN,
    test_html.NASTY,
    test_asciidoc.NASTY,
    test_rest_writing.NASTY,
    test_dialects.OWN_NASTY,
)
_NASTY = [*dict.fromkeys([*chain.from_iterable(_LISTS), *_ODD])]
_SLOWEST = (0.5, 2e-4)  # seconds of the processor: at most a start and so much for each byte
_SHORT, _LONG = (
    8_000,
    64_000,
)  # characters; what takes more than eight times as long three times over is no line


def check(data: bytes, suffix: str, lang: str) -> str:
    """Reads `data` as a document and tests what must hold; tells how it went: `refused` or `read`."""
    chance = random.Random(hashlib.blake2b(data, digest_size=8).digest())
    if chance.random() < 0.01:
        _check_growth(data.decode("utf-8", "ignore"), suffix, lang, chance)
    with _in_time(data):
        try:
            document = parse_bytes(data, path=f"a{suffix}", lang=lang)
        except AmtsError as error:
            return _refused(error)
    check_document_covers(document)
    _check_units(document)
    with _in_time(data):
        same = splice(document, own_texts(document))
    assert (same.data, same.text, same.problems) == (data, document.text, ()), "own texts"
    pseudo = pseudo_translated(document, *chance.choice((ACCENTED, CHINESE, JOINED, LONGER)))
    _check_kept(document, lambda: splice(document, pseudo))
    _check_nasty(document, chance)
    return "read"


def _refused(error: AmtsError) -> str:
    assert "\n" not in str(error), "a message of two lines"
    return "refused"


@contextmanager
def _in_time(data: bytes) -> Iterator[None]:
    start = time.process_time()
    yield
    seconds = time.process_time() - start
    assert seconds < _SLOWEST[0] + _SLOWEST[1] * len(data), f"{seconds:.1f} s for {len(data)} bytes"


def _check_units(document: Document) -> None:
    for segment in document.segments():
        position = segment.start
        for unit in segment.units:  # a line break in a quotation has an angle
            assert position <= unit.start < unit.end <= segment.end, "a unit out of place"
            assert not document.text[position : unit.start].replace(">", " ").strip(), "text between units"
            position = unit.end
        assert not document.text[position : segment.end].strip(), "text after the units"


def _check_kept(document: Document, write: Callable[[], Spliced]) -> tuple[Spliced, Document] | None:
    """What is written has the blocks of the document; None if it is refused as a whole."""
    try:
        spliced = write()
    except AmtsError as error:
        _refused(error)
        return None
    try:
        again = parse_bytes(spliced.data, path=document.path, lang=document.lang, sentences=False)
    except AmtsError as error:
        raise AssertionError(f"written and not readable: {error}") from error
    assert signature(again) == signature(document), "other blocks"
    if not document.path.endswith((".docx", ".epub")):  # where an empty run, a Chinese letter in Latin-1 …
        assert again.text == spliced.text, "another text than was told"
    return spliced, again


def _check_nasty(document: Document, chance: random.Random) -> None:
    """Whatever is written in place of a segment, the blocks and the other segments stay."""
    segments = document.segments()
    if not segments:
        return
    every = {
        index: chance.choice(_NASTY) + placeholders(segment) * chance.choice((0, 1, 1))
        for index, segment in enumerate(segments)
    }
    typed = [(segment.start, segment.end, chance.choice(_NASTY)) for segment in segments]
    ways = (
        lambda: splice(document, every),
        lambda: splice(document, every, keep_damaged=True),
        lambda: splice_spans(document, typed),
    )
    _check_kept(document, chance.choice(ways))
    index = chance.randrange(len(segments))
    new = {index: f"{chance.choice(_NASTY)} {placeholders(segments[index])}"}
    if kept := _check_kept(document, lambda: splice(document, new)):
        spliced, again = kept
        assert refused(spliced) in ([], [index]), "another segment refused"
        assert not refused(spliced) or spliced.data == document.data, "refused and changed"
        others = [segment.text for number, segment in enumerate(segments) if number != index]
        assert set(others) <= {segment.text for segment in again.segments()}, "another segment changed"


def _check_growth(text: str, suffix: str, lang: str, chance: random.Random) -> None:
    """Eight times as much of the same takes about eight times as long to read."""
    pieces = []
    for _ in range(2):
        start = chance.randrange(len(text) + 1)
        pieces.append(text[start : start + chance.randrange(1, 30)].replace("\0", "") or "a")

    def seconds(length: int) -> float:
        data = wrapped("".join(piece * (length // 2 // len(piece)) for piece in pieces), suffix)
        start = time.process_time()
        try:
            parse_bytes(data, path=f"a{suffix}", lang=lang)
        except AmtsError:
            return 0.0
        return time.process_time() - start

    short, long = seconds(_SHORT), seconds(_LONG)
    assert long < 1 or long < 3 * (_LONG // _SHORT) * short, (
        f"grows: {short:.2f} s, {long:.2f} s for {pieces!a}"
    )
