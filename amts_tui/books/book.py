"""A book: the documents of one language, wherever their files are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from amts_tui.books.layout import PLAIN, Listing, file_name, listed
from amts_tui.books.model import Document
from amts_tui.books.options import DEFAULT_OPTIONS, ReadingOptions
from amts_tui.books.reading import check_not_empty, parse_bytes
from amts_tui.books.sentence_cache import SentenceCache
from amts_tui.books.trees import Tree


@dataclass(frozen=True, slots=True)
class Book:
    """The documents of a language: the tree that holds them and which of its files they are."""

    lang: str
    tree: Tree
    listing: Listing = PLAIN

    def documents(self) -> list[str]:
        """The paths of its documents, sorted. Raises AmtsError if its tree is not there."""
        return self.listed()[0]

    def listed(self) -> tuple[list[str], list[str]]:
        """The paths of its documents, sorted, and those of files whose names are not UTF-8. Raises AmtsError
        if its tree is not there.
        """
        return listed(self.tree.names(), self.listing)

    def has(self, document: str) -> bool:
        """Whether the file of a document is there."""
        return self.tree.has(self._name(document))

    def data(self, document: str) -> bytes:
        """The bytes of a document's file. Raises AmtsError if it cannot be read."""
        return self.tree.read(self._name(document))

    def read(
        self, document: str, options: ReadingOptions = DEFAULT_OPTIONS, kept: SentenceCache | None = None
    ) -> Document:
        """A document with its blocks, segments and units; `kept` is where its sentences may be known from
        earlier. Raises AmtsError as `read_document` does.
        """
        where = self.place(document)
        read = parse_bytes(
            self.data(document), path=document, lang=self.lang, options=options, where=where, kept=kept
        )
        check_not_empty(read.text, where)
        return read

    def file(self, document: str) -> Path:
        """The file of a document on disk. Raises AmtsError if the book is at a git revision."""
        return self.tree.file(self._name(document))

    def place(self, document: str) -> str:
        """What to call the file of a document in messages."""
        return self.tree.place(self._name(document))

    def _name(self, document: str) -> str:
        return file_name(document, self.listing.suffix)
