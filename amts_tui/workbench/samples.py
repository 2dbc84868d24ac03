"""The sample book that travels with the package."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from amts_tui.errors import AmtsError

BOOK = "short-course"
TITLE = "A Short Course in Deep Learning"
SOURCE = "en"
TARGETS = ("zh", "es")
SECOND_EDITION = "en-2"


def sample_book() -> Path:
    """The folder of the sample book: inside the installed package, or beside it in a checkout."""
    package = Path(str(files("amts_tui")))
    for corpora in (package / "sample_corpora", package.parent / "sample_corpora"):
        if (corpora / BOOK).is_dir():
            return corpora / BOOK
    raise AmtsError("the sample book is missing from this installation", remedy="install amts-tui again")


def copy_sample_book(folder: Path) -> None:
    """Copies the books of the sample into a folder."""
    try:
        for tree in _trees():
            shutil.copytree(sample_book() / tree, folder / tree)
    except OSError as error:
        raise AmtsError(
            f"cannot write the sample book: {error}", where=str(folder), remedy="choose another folder"
        ) from error


def _trees() -> Iterator[str]:
    yield SOURCE
    yield SECOND_EDITION
    yield from TARGETS
