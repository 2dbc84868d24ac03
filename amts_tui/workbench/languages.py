"""The form of language codes, and what is to be said about some languages."""

from __future__ import annotations

import re

from amts_tui.books import sentences
from amts_tui.books.options import DEFAULT_OPTIONS, NO_RULES, ReadingOptions
from amts_tui.errors import AmtsError


def checked(code: str) -> str:
    """The code as it is. Raises AmtsError if it has not the form of one; any language may be named."""
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", code):
        raise AmtsError(f"not a language code: {code!r}", remedy="use a code such as en, zh, es, pt, zh-TW")
    return code


def sentence_notes(*langs: str, reading: ReadingOptions = DEFAULT_OPTIONS) -> tuple[str, ...]:
    """What to tell about those of the languages that have no rules for sentences, in the program or in the
    project.
    """
    notes = (sentences.note(lang) for lang in langs if reading.rules(lang) == NO_RULES)
    return tuple(note for note in notes if note)
