"""The formats that the program reads, by the suffix of a file's name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from amts_tui.books.asciidoc import ASCIIDOC
from amts_tui.books.docx import DOCX, DOCX_TEXT
from amts_tui.books.epub import EPUB, EPUB_INDEX
from amts_tui.books.format import Container, TextFormat
from amts_tui.books.html import HTML, XHTML
from amts_tui.books.inline import Masked, mask
from amts_tui.books.markdown import IN_DIALECT, MARKDOWN, Dialect, markdown_of
from amts_tui.books.notebook import CELL_TEXT, NOTEBOOK
from amts_tui.books.options import ReadingOptions
from amts_tui.books.plain import PLAIN
from amts_tui.books.rest import REST

_TEXTS: Final[dict[str, TextFormat]] = {
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".mdx": IN_DIALECT[Dialect.MDX],
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": XHTML,
    ".rst": REST,
    ".rest": REST,
    ".adoc": ASCIIDOC,
    ".asciidoc": ASCIIDOC,
    ".asc": ASCIIDOC,
    ".txt": PLAIN,
    ".text": PLAIN,
}
_CONTAINERS: Final[dict[str, Container]] = {
    ".ipynb": NOTEBOOK,
    ".docx": DOCX,
    ".epub": EPUB,
}
_PARTS: Final[dict[str, TextFormat]] = {
    ".ipynb": MARKDOWN,
    ".docx": DOCX_TEXT,
    ".epub": XHTML,
}
_BY_NAME: Final[dict[str, TextFormat]] = {
    form.name: form
    for form in (*_TEXTS.values(), *_PARTS.values(), *IN_DIALECT.values(), CELL_TEXT, EPUB_INDEX)
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


def in_dialect(
    texts: Sequence[tuple[str, str, TextFormat]], options: ReadingOptions
) -> list[tuple[str, str, TextFormat]]:
    """The texts of a document (name, text, format), those in Markdown in the one dialect that they show
    together or the options name.
    """
    own = [text for _, text, form in texts if form is MARKDOWN]
    if not own:
        return list(texts)
    markdown = markdown_of("\n".join(own), options.dialect)
    return [(name, text, markdown if form is MARKDOWN else form) for name, text, form in texts]


def mask_as(path: str, raw: str) -> Masked:
    """The raw text of a unit of a document masked, as the document's format has it."""
    return mask(raw, format_of(path).find_items)


def _suffix(path: str) -> str:
    name = path.rpartition("/")[2]
    stem, dot, ending = name.rpartition(".")
    return f"{dot}{ending}".lower() if stem else ""
