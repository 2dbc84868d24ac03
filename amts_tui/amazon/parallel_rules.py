"""What CreateParallelData accepts: one rule, one function.

Source: developer guide, "Creating your parallel data input files".

The exporter asks before it writes and the local endpoint when it imports, so both refuse for the same reason.
"""

from enum import StrEnum
from typing import Final, Literal

from amts_tui.amazon.limits import SEGMENT_BYTES

Format = Literal["CSV", "TSV", "TMX"]

FORMATS: Final[tuple[Format, ...]] = ("CSV", "TSV", "TMX")
FORBIDDEN_FIRST: Final = "+-=@"
"""Characters that a field of a CSV or TSV file must not start with, quoted or not. TMX has no such rule."""
DELIMITERS: Final = {"CSV": ",", "TSV": "\t"}


class Refusal(StrEnum):
    """Why a segment cannot be an example."""

    EMPTY = "empty"
    TOO_LONG = f"longer than {SEGMENT_BYTES:,} bytes"
    FORBIDDEN_FIRST = "starts with + - = or @"
    LINE_BREAK = "contains a line break"


def is_empty(text: str) -> bool:
    """Whether a segment has nothing but white space; the service skips it."""
    return not text.strip()


def is_too_long(text: str) -> bool:
    """Whether a segment exceeds the limit in UTF-8 bytes; the service skips it."""
    return len(text.encode("utf-8")) > SEGMENT_BYTES


def starts_forbidden(text: str) -> bool:
    """Whether a CSV or TSV field with this text would be refused for its first character."""
    return text[:1] != "" and text[0] in FORBIDDEN_FIRST


def has_line_break(text: str) -> bool:
    """Whether a segment spans lines, which a CSV or TSV field must not."""
    return "\n" in text or "\r" in text


def refusal(text: str, file_format: Format) -> Refusal | None:
    """The first rule that `text` breaks as a segment of a file of `file_format`; None if it is accepted."""
    if is_empty(text):
        return Refusal.EMPTY
    if is_too_long(text):
        return Refusal.TOO_LONG
    if file_format == "TMX":
        return None
    if starts_forbidden(text):
        return Refusal.FORBIDDEN_FIRST
    return Refusal.LINE_BREAK if has_line_break(text) else None
