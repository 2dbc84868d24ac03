"""Bytes as text: strict UTF-8, nothing altered."""

from __future__ import annotations

import codecs
import re
from typing import Final

from amts_tui.errors import AmtsError

NOT_TEXT: Final = re.compile("[\0\ud800-\udfff]")
"""Characters that no text file can hold: NUL is refused in reading, halves of surrogates have no UTF-8."""

_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_TO_UTF8 = "convert it to UTF-8"

_LARGEST = 100_000_000  # bytes; reading takes up to forty times as much memory


def check_size(size: int, largest: int, where: str) -> None:
    """Raises AmtsError for a file of more than `largest` bytes."""
    if size > largest:
        message = f"the file is too large: {size / 1e6:,.0f} MB, at most {largest / 1e6:,.0f} can be read"
        raise AmtsError(message, where=where, remedy="split it")


def decode(data: bytes, *, where: str) -> str:
    """Bytes of a text file as text; raises AmtsError that names `where` and the line of the first byte that
    is not UTF-8 text, or the file if it is too large.
    """
    check_size(len(data), _LARGEST, where)
    if data.startswith(_WIDE_MARKS):
        raise AmtsError("the file is in UTF-16 or UTF-32", where=where, remedy=_TO_UTF8)
    nul = data.find(b"\0")
    if nul != -1:
        line = data.count(b"\n", 0, nul) + 1
        raise AmtsError(
            "this is a binary file (it holds NUL bytes)", where=f"{where}:{line}", remedy="name a text file"
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = data[error.start]
        message = f"the file is not UTF-8 (byte 0x{byte:02x})"
        raise AmtsError(message, where=f"{where}:{line}", remedy=_TO_UTF8) from None
