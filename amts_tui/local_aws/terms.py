"""Applying a custom terminology: its terms pass any translator as opaque markers of their translations."""

import re
from collections.abc import Mapping

from amts_tui.local_aws import markers
from amts_tui.local_aws.translator import Translator


class TermTranslator:
    """A translator that keeps the translations of exact, case-sensitive terms; `applied` collects them."""

    def __init__(self, inner: Translator, terms: Mapping[str, str]) -> None:
        self._inner = inner
        self._terms = terms
        self.applied: dict[str, str] = {}
        alternatives = "|".join(re.escape(term) for term in sorted(terms, key=len, reverse=True))
        self._pattern = re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)") if terms else None

    def translate(self, sentence: str, texts: Mapping[str, str]) -> str:
        """The sentence translated; see `Translator.translate`."""
        if self._pattern is None:
            return self._inner.translate(sentence, texts)
        first = max(map(ord, markers.of(sentence)), default=markers.FIRST - 1) + 1
        replacements: dict[str, str] = {}

        def mark(match: re.Match[str]) -> str:
            target = self._terms[match.group()]
            self.applied[match.group()] = target
            marker = chr(first + len(replacements))
            replacements[marker] = target
            return marker

        marked = self._pattern.sub(mark, sentence)
        translated = self._inner.translate(marked, {**texts, **replacements})
        return "".join(replacements.get(character, character) for character in translated)
