"""Using examples as they are: the same sentence, or one much like it with its differing words exchanged."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Final

from amts_tui.local_aws import markers
from amts_tui.local_aws.translator import Translator
from amts_tui.local_aws.translator.gloss import Gloss
from amts_tui.local_aws.translator.placing import place
from amts_tui.local_aws.translator.tables import LONGEST, Table
from amts_tui.local_aws.translator.tokens import Token, tokenise

_MIN_SCORE: Final = 75.0
_MIN_TOKENS: Final = 5
"""The score (0 to 100, rapidfuzz's ratio) that a similar example needs, for a sentence of so many tokens."""


class ExampleTranslator:
    """Translates sentences that an example is the same as or much like, and leaves the rest to `other`."""

    def __init__(
        self,
        pairs: Iterable[tuple[str, str]],
        other: Translator,
        gloss: Gloss,
        tables: Sequence[Table],
        segment: Callable[[str], Iterable[str]],
    ) -> None:
        self._targets = {_key(source): (source, target) for source, target in pairs}
        self._keys = list(self._targets)
        self._other = other
        self._gloss = gloss
        self._tables = tables
        self._segment = segment

    def translate(self, sentence: str, texts: Mapping[str, str]) -> str:
        """See `Translator`."""
        shown = markers.PATTERN.sub(lambda match: texts.get(match.group(), ""), sentence)
        hidden = markers.PATTERN.sub("", sentence)
        target = self._exact(shown) or self._exact(hidden) or self._similar(shown) or self._similar(hidden)
        if target is None:
            return self._other.translate(sentence, texts)
        return place(sentence, texts, target)

    def _exact(self, text: str) -> str | None:
        found = self._targets.get(_key(text))
        return found[1] if found else None

    def _similar(self, text: str) -> str | None:
        from rapidfuzz import fuzz, process

        tokens = tokenise(text, self._segment)
        if len(tokens) < _MIN_TOKENS:
            return None
        best = process.extractOne(_key(text), self._keys, scorer=fuzz.ratio, score_cutoff=_MIN_SCORE)
        if best is None:
            return None
        source, target = self._targets[best[0]]
        return self._patched(tokens, tokenise(source, self._segment), target)

    def _patched(self, wanted: Sequence[Token], known: Sequence[Token], target: str) -> str:
        """The example's translation, the translations of differing words exchanged where they are found."""
        matcher = SequenceMatcher(
            None, [token.key for token in known], [token.key for token in wanted], False
        )
        for kind, start, end, new_start, new_end in matcher.get_opcodes():
            if kind != "replace" or end - start > LONGEST:
                continue
            old = self._translation(known[start:end])
            if old and target.lower().count(old.lower()) == 1:
                place = target.lower().index(old.lower())
                new = self._gloss.phrase([token.text for token in wanted[new_start:new_end]])
                target = target[:place] + new + target[place + len(old) :]
        return target

    def _translation(self, words: Sequence[Token]) -> str | None:
        """How some words of an example are likely to be written in its translation."""
        if not all(token.is_word for token in words):
            return words[0].text if len(words) == 1 else None
        keys = [token.key for token in words]
        options = [option for table in self._tables if (option := table.lookup(keys))]
        return max(options, key=lambda option: option.confidence).text if options else None


def _key(text: str) -> str:
    """What two sentences must share to be the same: everything but case and the amount of white space."""
    return " ".join(text.casefold().split())
