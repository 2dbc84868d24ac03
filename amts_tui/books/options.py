"""What a project may set about the reading of its books."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import blake2b


@dataclass(frozen=True, slots=True)
class SentenceRules:
    """A maintainer's own rules for one language, over those of the program.

    `abbreviations` end no sentence ("Abschn."; case counts only if they hold a capital); `never` and `always`
    are regular expressions: no sentence ends inside a match of the first, one ends after each match of the
    second.
    """

    abbreviations: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    always: tuple[str, ...] = ()


NO_RULES = SentenceRules()


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How documents are read.

    `dialect` names a dialect of Markdown, or is `auto`; `front_matter` the keys whose values are translated;
    `math_text` and `code_comments` whether prose in `\\text{}` and comments in code are; `sentences` holds
    rules by language.
    """

    dialect: str = "auto"
    front_matter: tuple[str, ...] = ()
    math_text: bool = True
    code_comments: bool = False
    sentences: tuple[tuple[str, SentenceRules], ...] = field(default=())

    def rules(self, lang: str) -> SentenceRules:
        """The rules for a language; of `pt-BR` those of `pt` if it has none of its own."""
        rules = dict(self.sentences)
        return rules.get(lang) or rules.get(lang.replace("_", "-").split("-")[0]) or NO_RULES

    def fingerprint(self, lang: str) -> bytes:
        """Eight bytes that tell these options from others in what they mean for documents in a language;
        none for the defaults.
        """
        here = replace(self, sentences=((lang, self.rules(lang)),))
        if here == replace(DEFAULT_OPTIONS, sentences=((lang, NO_RULES),)):
            return b""
        return blake2b(repr(here).encode(), digest_size=8).digest()


DEFAULT_OPTIONS = ReadingOptions()
