"""The formats that the program reads, by the suffix of a file's name."""

from __future__ import annotations

from typing import Final

from amts_tui.books.format import Container, TextFormat
from amts_tui.books.html import HTML, XHTML
from amts_tui.books.inline import Masked, mask
from amts_tui.books.markdown import MARKDOWN
from amts_tui.books.notebook import CELL_TEXT, NOTEBOOK

_TEXTS: Final[dict[str, TextFormat]] = {
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".mdx": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": XHTML,
}
_CONTAINERS: Final[dict[str, Container]] = {
    ".ipynb": NOTEBOOK,
}
_PARTS: Final[dict[str, TextFormat]] = {
    ".ipynb": MARKDOWN,
}
_BY_NAME: Final[dict[str, TextFormat]] = {
    form.name: form for form in (*_TEXTS.values(), *_PARTS.values(), CELL_TEXT)
}

SUFFIXES: Final = (*_TEXTS, *_CONTAINERS)
"""What the documents of a book end in."""


def container_of(path: str) -> Container | None:
    """The container that a file is by its name; None if it is text."""
    return _CONTAINERS.get(_suffix(path))


def format_of(path: str) -> TextFormat:
    """The format of a text file, or of the prose in a container, by its name; Markdown if the name does not
    tell.
    """
    suffix = _suffix(path)
    return _TEXTS.get(suffix) or _PARTS.get(suffix, MARKDOWN)


def format_named(name: str) -> TextFormat:
    """The format that a part of a document names."""
    return _BY_NAME[name]


def mask_as(path: str, raw: str) -> Masked:
    """The raw text of a unit of a document masked, as the document's format has it."""
    return mask(raw, format_of(path).find_items)


def _suffix(path: str) -> str:
    name = path.rpartition("/")[2]
    stem, dot, ending = name.rpartition(".")
    return f"{dot}{ending}".lower() if stem else ""
