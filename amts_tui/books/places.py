"""Where something is in a document, as a person would look for it."""

from __future__ import annotations

from amts_tui.books.formats import container_of
from amts_tui.books.model import Document

_BY_PARAGRAPH = "docx"


def place_of(document: Document, file: str, offset: int) -> str:
    """`file:line`; in a container `file/part:line` with the line of that part's text, in a Word document
    `file/part: paragraph n`.
    """
    if container_of(document.path) is None:
        return f"{file}:{document.text.count(chr(10), 0, offset) + 1}"
    part = next(part for part in document.parts if offset < part.end)
    if part.format == _BY_PARAGRAPH:
        blocks = sum(part.start <= block.start <= offset for block in document.blocks)
        return f"{file}/{part.name}: paragraph {blocks}"
    return f"{file}/{part.name}:{document.text.count(chr(10), part.start, offset) + 1}"
