"""The formats that the program reads, by the suffix of a file's name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import Final, cast

from amts_tui.books.format import Container, TextFormat
from amts_tui.books.inline import Masked, mask
from amts_tui.books.markdown import AUTO, IN_DIALECT, MARKDOWN, Dialect, dialect_of, markdown_of
from amts_tui.books.model import Document
from amts_tui.books.options import ReadingOptions

# Where each format is, as `module:name` below this package: but for Markdown, it is imported with the first
# document that needs it, so that the program opens fast.
_FORMATS: Final = {
    "html": "html:HTML",
    "xhtml": "html:XHTML",
    "rest": "rest:REST",
    "asciidoc": "asciidoc:ASCIIDOC",
    "plain": "plain:PLAIN",
    "docx": "docx:DOCX_TEXT",
    "cell": "notebook:CELL_TEXT",
    "epub-index": "epub:EPUB_INDEX",
}
_TEXTS: Final = {
    ".md": MARKDOWN.name,
    ".markdown": MARKDOWN.name,
    ".mdx": IN_DIALECT[Dialect.MDX].name,
    ".html": "html",
    ".htm": "html",
    ".xhtml": "xhtml",
    ".rst": "rest",
    ".rest": "rest",
    ".adoc": "asciidoc",
    ".asciidoc": "asciidoc",
    ".asc": "asciidoc",
    ".txt": "plain",
    ".text": "plain",
}
_CONTAINERS: Final = {".ipynb": "notebook:NOTEBOOK", ".docx": "docx:DOCX", ".epub": "epub:EPUB"}
_PARTS: Final = {".ipynb": MARKDOWN.name, ".docx": "docx", ".epub": "xhtml"}
_MARKDOWN: Final[dict[str, TextFormat]] = {form.name: form for form in (MARKDOWN, *IN_DIALECT.values())}

SUFFIXES: Final = (*_TEXTS, *_CONTAINERS)
"""What the documents of a book end in."""


def container_of(path: str) -> Container | None:
    """The container that a file is by its name; None if it is text."""
    place = _CONTAINERS.get(_suffix(path))
    return cast("Container", _imported(place)) if place else None


def format_of(path: str) -> TextFormat:
    """The format of a text file, or of the prose in a container, by its name; Markdown if the name does not
    tell.
    """
    suffix = _suffix(path)
    return format_named(_TEXTS.get(suffix) or _PARTS.get(suffix, MARKDOWN.name))


def format_named(name: str) -> TextFormat:
    """The format that a part of a document names."""
    return _MARKDOWN.get(name) or cast("TextFormat", _imported(_FORMATS[name]))


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


def dialect_holds(document: Document, texts: Sequence[str]) -> bool:
    """Whether a document whose parts have these texts would be read as in the dialect that it was read in."""
    parts = zip(document.parts, texts, strict=True)
    own = [(part.format, text) for part, text in parts if part.format in IN_DIALECT]
    if not own or document.options.dialect != AUTO or format_of(document.path) is not MARKDOWN:
        return True
    was, now = format_named(own[0][0]), markdown_of("\n".join(text for _, text in own), AUTO)
    if was is now:
        return True
    if now.name != Dialect.COMMONMARK or was.name == Dialect.MDX:  # whose inline items are others, too
        return False
    options = document.options
    return all(was.scan(text, options) == now.scan(text, options) for _, text in own)


def shifts_dialect(own: str, new: str) -> bool:
    """Whether two Markdown texts show different dialects."""
    return dialect_of(own) is not dialect_of(new)


def mask_as(path: str, raw: str) -> Masked:
    """The raw text of a unit of a document masked, as the document's format has it."""
    return mask(raw, format_of(path).find_items)


@cache
def _imported(place: str) -> object:
    module, name = place.split(":")
    return getattr(import_module(f"amts_tui.books.{module}"), name)


def _suffix(path: str) -> str:
    name = path.rpartition("/")[2]
    stem, dot, ending = name.rpartition(".")
    return f"{dot}{ending}".lower() if stem else ""
