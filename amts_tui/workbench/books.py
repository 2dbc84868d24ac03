"""The books of an open project: where they are, and which files are their documents."""

from __future__ import annotations

from dataclasses import replace

from amts_tui.books.book import Book
from amts_tui.books.layout import Listing, loose_count, misnamed_error
from amts_tui.books.trees import Folder, Tree, open_tree
from amts_tui.errors import AmtsError
from amts_tui.project import Project


class Books:
    """The books by language, opened when they are first asked for; a git revision is looked up once."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._trees: dict[str, Tree] = {}
        self._books: dict[str, Book] = {}
        self._misnamed: dict[str, list[AmtsError]] = {}

    @property
    def troubles(self) -> dict[str, str]:
        """What the listings have left out: a line for each file."""
        told = [error for errors in self._misnamed.values() for error in errors]
        return {str(error.where): str(error) for error in told}

    def close(self) -> None:
        """Gives back what reading has taken."""
        for tree in self._trees.values():
            tree.close()

    def book(self, lang: str) -> Book:
        """The book in a language. Raises AmtsError if its git revision cannot be had."""
        if lang not in self._books:
            table = self._project.book(lang)
            suffixes = (self._project.book(other).suffix for other in self._sharing(lang))
            others = tuple(suffix for suffix in suffixes if suffix)
            listing = Listing(table.suffix, others, table.documents, table.exclude)
            self._books[lang] = Book(lang, self._tree(lang), listing)
        return self._books[lang]

    def documents(self, lang: str) -> list[str]:
        """The documents of the book in a language, sorted; what counts as one in the source book counts in
        the others. Raises AmtsError if the book is not there.
        """
        source = self._project.settings.source.lang
        documents = self._listed(source, None)
        return documents if lang == source else self._listed(lang, loose_count(documents))

    def _listed(self, lang: str, loose: bool | None) -> list[str]:
        book = self.book(lang)
        if isinstance(book.tree, Folder) and not book.tree.root.is_dir():
            raise AmtsError(
                f"the folder of the {lang} book does not exist: {book.tree.root}",
                where=str(self._project.file),
                remedy="correct its path",
            )
        documents, misnamed = replace(book, listing=replace(book.listing, loose=loose)).listed()
        self._misnamed[lang] = [misnamed_error(book.place(name)) for name in misnamed]
        return documents

    def _tree(self, lang: str) -> Tree:
        if lang not in self._trees:
            self._trees[lang] = open_tree(self._project.root, self._project.book(lang).path)
        return self._trees[lang]

    def _sharing(self, lang: str) -> list[str]:
        """The other languages whose books lie in the same place."""
        settings = self._project.settings
        langs = (settings.source.lang, *settings.targets)
        return [other for other in langs if other != lang and self._tree(other) == self._tree(lang)]
