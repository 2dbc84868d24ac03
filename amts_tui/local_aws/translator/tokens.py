"""Words, punctuation and markers of a sentence, and how they are put together again in each script."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from amts_tui.local_aws.markers import FIRST, LAST

UNSPACED: Final = frozenset({"zh", "zh-TW", "ja", "th"})
"""Languages that write no spaces between words."""

_TOKEN: Final = re.compile(
    rf"[{chr(FIRST)}-{chr(LAST)}]"
    r"|\$[^$\s](?:[^$]*[^$\s])?\$|`[^`]+`|https?://[^\s()\[\]]+|:\w+:`[^`]+`"
    r"|(?:[A-Za-z]\.){2,}"
    r"|\d+(?:[.,]\d+)*%?"
    r"|[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]+"
    r"|[^\W\d_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]+"
    r"(?:['’\-][^\W\d_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]+)*"
    r"|\S"
)
_UNSPACED_SCRIPT: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")
_WIDE: Final = re.compile(
    r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\u2018-\u201d\u2026\u0e00-\u0e7f]"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A token with its place in the text; `space` says that white space stands before it."""

    text: str
    start: int
    space: bool

    @property
    def end(self) -> int:
        """The place after the token."""
        return self.start + len(self.text)

    @property
    def is_word(self) -> bool:
        """Whether this is a word that can be looked up: letters, not a marker, formula, number or sign."""
        return self.text[0].isalpha() and not is_marker(self.text) and "://" not in self.text

    @property
    def key(self) -> str:
        """The token as tables know it."""
        return self.text.lower().replace("’", "'") if self.is_word else self.text


def is_marker(text: str) -> bool:
    """Whether a token is a marker."""
    return FIRST <= ord(text[0]) <= LAST


def is_unspaced(text: str) -> bool:
    """Whether a token is written in a script without spaces."""
    return _UNSPACED_SCRIPT.match(text) is not None


def tokenise(text: str, segment: Callable[[str], Iterable[str]]) -> list[Token]:
    """The tokens of a text; `segment` cuts runs of a script without spaces into words."""
    tokens: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(text):
        space = match.start() > end
        end = match.end()
        if not is_unspaced(match.group()):
            tokens.append(Token(match.group(), match.start(), space))
            continue
        start = match.start()
        for word in segment(match.group()):
            tokens.append(Token(word, start, space))
            start, space = start + len(word), False
    return tokens


def characters(run: str) -> Sequence[str]:
    """The segmentation into single characters, for when no word is known."""
    return run


def glue(pieces: Iterable[tuple[str, bool]]) -> str:
    """Texts with the wish for a space before each; none is put beside a wide character, nor where an empty
    text before wants none.
    """
    glued: list[str] = []
    last = ""
    wanted = True
    for text, space in pieces:
        wanted = wanted and space
        if not text:
            continue
        if wanted and last and not (_WIDE.match(last) or _WIDE.match(text)):
            glued.append(" ")
        glued.append(text)
        last, wanted = text[-1], True
    return "".join(glued)
