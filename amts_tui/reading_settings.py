"""`[reading]` of the project file: how the documents of the books are read."""

from __future__ import annotations

import re
from typing import Final

from pydantic import BaseModel, ConfigDict, field_validator

from amts_tui.books.markdown.dialects import DIALECTS
from amts_tui.books.options import ReadingOptions, SentenceRules
from amts_tui.books.own_rules import fault_of


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SentenceTable(_Table):
    """`[reading.sentences.LANG]`."""

    abbreviations: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    always: tuple[str, ...] = ()

    @field_validator("abbreviations")
    @classmethod
    def _words(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for word in value:
            if not word.strip(".") or word != word.strip():
                raise ValueError(f"{word!r} is no abbreviation such as 'Abschn.'")
        return value

    @field_validator("never", "always")
    @classmethod
    def _sound(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in value:
            if fault := fault_of(pattern):
                raise ValueError(f"{pattern!r}: {fault}")
        return value


class ReadingTable(_Table):
    """`[reading]`."""

    dialect: str = "auto"
    front_matter: tuple[str, ...] = ()
    math_text: bool = True
    code_comments: bool = False
    sentences: dict[str, SentenceTable] = {}

    @field_validator("dialect")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in DIALECTS:
            raise ValueError(f"{value!r} is none of {', '.join(DIALECTS)}")
        return value

    @field_validator("front_matter")
    @classmethod
    def _keys(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for key in value:
            if not key.strip() or "\n" in key:
                raise ValueError(f"{key!r} is no key such as 'title'")
        return value

    @field_validator("sentences")
    @classmethod
    def _languages(cls, value: dict[str, SentenceTable]) -> dict[str, SentenceTable]:
        for lang in value:
            if not re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]+)*", lang):
                raise ValueError(f"{lang!r} is no language such as 'de'")
        return value

    def options(self) -> ReadingOptions:
        """The settings as the readers take them."""
        rules = (
            (lang, SentenceRules(table.abbreviations, table.never, table.always))
            for lang, table in sorted(self.sentences.items())
        )
        return ReadingOptions(
            self.dialect, self.front_matter, self.math_text, self.code_comments, tuple(rules)
        )


EXAMPLE: Final = """\
[reading]
# dialect = "auto"           # of Markdown: DIALECTS
# front_matter = ["title", "description"]   # keys whose values are translated
# math_text = true           # prose inside \\text{} of formulas
# code_comments = false      # comments in code

# [reading.sentences.en]     # your own rules about the sentences of a language
# abbreviations = ["approx.", "Sect."]      # end no sentence; case counts if they hold a capital
# never = ['No\\. \\d+']       # regular expressions: no sentence ends within a match ...
# always = [';(?=\\s)']       # ... and one ends after each match
""".replace("DIALECTS", ", ".join(DIALECTS))
"""The table as a new project file shows it, every setting commented out."""
