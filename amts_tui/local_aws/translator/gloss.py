"""Translating word by word: the cheapest cover of a sentence with known phrases, in the source's order."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from amts_tui.local_aws.translator.tables import LONGEST, Option, Table
from amts_tui.local_aws.translator.tokens import UNSPACED, Token, glue, tokenise
from amts_tui.local_aws.translator.typography import adapt, begin, capitalise, finish

_UNKNOWN: Final = 0.02
_PHRASE_COST: Final = 1.0
"""The probability of a word left as it is, and what every phrase costs besides, so that longer ones win."""


@dataclass(frozen=True, slots=True)
class _Step:
    """The cheapest cover up to some token: its cost, where its last phrase begins, and that phrase's text."""

    cost: float
    start: int
    text: str | None


class Gloss:
    """A translator over tables; an earlier table wins over a later one of the same confidence."""

    def __init__(
        self, source: str, target: str, tables: Sequence[Table], segment: Callable[[str], Iterable[str]]
    ) -> None:
        self._source_spaced = source not in UNSPACED
        self._target = target
        self._tables = tables
        self._segment = segment

    def translate(self, sentence: str, texts: Mapping[str, str]) -> str:
        """See `Translator`."""
        tokens = tokenise(sentence, self._segment)
        pieces = list(self._pieces(tokens, self._cover(tokens), texts))
        return finish(glue(pieces), sentence, self._target)

    def phrase(self, words: Sequence[str]) -> str:
        """The translation of some words standing alone."""
        return self.translate(" ".join(words), {})

    def _cover(self, tokens: Sequence[Token]) -> list[tuple[int, int, str | None]]:
        """Spans of tokens with their translation (None: left as they are), in order, covering all tokens."""
        best = [_Step(0.0, 0, None)]
        for end in range(1, len(tokens) + 1):
            best.append(min(self._steps(tokens, end, best), key=lambda step: step.cost))
        spans: list[tuple[int, int, str | None]] = []
        end = len(tokens)
        while end:
            step = best[end]
            spans.append((step.start, end, step.text))
            end = step.start
        return spans[::-1]

    def _steps(self, tokens: Sequence[Token], end: int, best: Sequence[_Step]) -> Iterator[_Step]:
        last = tokens[end - 1]
        left = math.log(1 / _UNKNOWN) if last.is_word else 0.0
        yield _Step(best[end - 1].cost + _PHRASE_COST + left, end - 1, None)
        for start in range(end - 1, max(-1, end - 1 - LONGEST), -1):
            if not tokens[start].is_word:
                return
            option = self._option([token.key for token in tokens[start:end]])
            if option is not None:
                cost = best[start].cost + _PHRASE_COST - math.log(option.confidence)
                yield _Step(cost, start, option.text)

    def _option(self, words: Sequence[str]) -> Option | None:
        found = [option for table in self._tables if (option := table.lookup(words))]
        return max(found, key=lambda option: option.confidence, default=None)

    def _pieces(
        self, tokens: Sequence[Token], spans: Iterable[tuple[int, int, str | None]], texts: Mapping[str, str]
    ) -> Iterator[tuple[str, bool]]:
        capital = next((token.text[0].isupper() for token in tokens if token.is_word), False)
        after_word = False
        for start, end, translation in spans:
            first = tokens[start]
            text = first.text if translation is None else translation
            wordlike = first.is_word or first.text[0].isdigit() or bool(texts.get(first.text))
            if translation is not None:
                text = capitalise(text, [token.text for token in tokens[start:end]])
            elif not wordlike and not _joins(tokens, start):
                text = adapt(first.text, self._target)
            if capital and wordlike and text:
                text, capital = begin(text), False
            yield text, first.space or (not self._source_spaced and wordlike and after_word)
            after_word = wordlike


def _joins(tokens: Sequence[Token], place: int) -> bool:
    """Whether a sign stands inside a name such as `file.name`: letters or digits on both sides, no space."""
    if not 0 < place < len(tokens) - 1 or tokens[place].space or tokens[place + 1].space:
        return False
    neighbours = tokens[place - 1].text[-1] + tokens[place + 1].text[0]
    return neighbours.isascii() and neighbours.isalnum()
