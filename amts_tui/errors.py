"""The package's own errors: one line for the user, with the place and the remedy."""

from __future__ import annotations


class AmtsError(Exception):
    """Something that the user can understand and mend.

    `message` says what is wrong, `where` names the file (`path` or `path:line`), `remedy` what to do.
    `str()` of it is the one line that the command line and the workbench show.
    """

    def __init__(self, message: str, *, where: str | None = None, remedy: str | None = None) -> None:
        self.message = message
        self.where = where
        self.remedy = remedy
        super().__init__(message)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f" ({self.remedy})" if self.remedy else ""
        return " ".join(f"{place}{self.message}{remedy}".split())


class Cancelled(AmtsError):
    """The user stopped a long piece of work; what was finished before stays."""


class NotFound(AmtsError):
    """A name that the user gave (bead, document, run, job, target) does not exist."""
