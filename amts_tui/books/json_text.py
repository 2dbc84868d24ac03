"""JSON as text: where its values stand, and strings written as their neighbours are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from amts_tui.errors import AmtsError

_DECODER: Final = json.JSONDecoder(parse_int=float)
_BLANKS = re.compile(r"[ \t\r\n]*")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a JSON text and its span there; every number is a float."""

    value: object
    start: int
    end: int


def read_json(text: str, where: str) -> Value:
    """The value that a whole JSON text is. Raises AmtsError that names `where` and the line of a fault."""
    start = _skip(text, 1 if text.startswith("\ufeff") else 0)
    try:
        value, end = _DECODER.raw_decode(text, start)
        if (rest := _skip(text, end)) < len(text):
            raise json.JSONDecodeError("Extra data", text, rest)
    except json.JSONDecodeError as error:
        message = f"this is not valid JSON: {error.msg}"
        raise AmtsError(message, where=f"{where}:{error.lineno}", remedy="save the file anew") from None
    except RecursionError:
        message = "the values of this file are nested too deeply"
        raise AmtsError(message, where=where, remedy="save the file anew") from None
    return Value(value, start, end)


def elements(text: str, array: Value) -> Iterator[Value]:
    """The elements of an array of a valid JSON text."""
    position = _skip(text, array.start + 1)
    while text[position] != "]":
        value, end = _DECODER.raw_decode(text, position)
        yield Value(value, position, end)
        position = _next(text, end)


def members(text: str, record: Value) -> Iterator[tuple[str, Value]]:
    """The keys and values of an object of a valid JSON text, those that stand there twice too."""
    position = _skip(text, record.start + 1)
    while text[position] != "}":
        key, end = _DECODER.raw_decode(text, position)
        position = _skip(text, _skip(text, end) + 1)
        value, end = _DECODER.raw_decode(text, position)
        yield key, Value(value, position, end)
        position = _next(text, end)


def _next(text: str, end: int) -> int:
    position = _skip(text, end)
    return _skip(text, position + 1) if text[position] == "," else position


def _skip(text: str, position: int) -> int:
    blanks = _BLANKS.match(text, position)
    return blanks.end() if blanks else position


@dataclass(frozen=True, slots=True)
class Writing:
    """How strings are written: `ascii_only` if the others are escaped, and which marks are escaped that need
    not be.
    """

    ascii_only: bool
    escaped: frozenset[str]

    @classmethod
    def of(cls, pieces: Iterable[str]) -> Writing:
        """As pieces of JSON text are written."""
        plain, codes = True, set()
        for piece in pieces:
            plain = plain and piece.isascii()
            codes |= {int(match[1], 16) for match in _ESCAPE.finditer(piece) if match[1]}
        marks = {chr(code) for code in codes if 0x20 < code <= 0x7F} - {'"', "\\"}
        return cls(
            plain and any(code > 0x7F for code in codes),
            frozenset(mark for mark in marks if not mark.isalnum()),
        )

    def string(self, text: str) -> str:
        """`text` as a string of JSON."""
        written = json.dumps(text, ensure_ascii=self.ascii_only)
        for mark in sorted(self.escaped):
            written = written.replace(mark, f"\\u{ord(mark):04x}")
        return written
