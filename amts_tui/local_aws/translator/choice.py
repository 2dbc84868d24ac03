"""Which translator serves a pair of languages, with and without examples."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from amts_tui.local_aws import markers
from amts_tui.local_aws.terms import TermTranslator
from amts_tui.local_aws.translator import Translator
from amts_tui.local_aws.translator.apertium import Apertium, installed_mode
from amts_tui.local_aws.translator.dictionary import Dictionary, dictionary
from amts_tui.local_aws.translator.examples import ExampleTranslator
from amts_tui.local_aws.translator.gloss import Gloss
from amts_tui.local_aws.translator.lexicon import Side, learn
from amts_tui.local_aws.translator.segmenter import Segmenter, learn_words
from amts_tui.local_aws.translator.tables import Table
from amts_tui.local_aws.translator.tokens import UNSPACED, is_unspaced, tokenise

_KEPT: Final = 8
_VARIANTS: Final = {"es-MX": "es"}

Pairs = tuple[tuple[str, str], ...]


class Identity:
    """The translator from a language into itself."""

    def translate(self, sentence: str, _texts: Mapping[str, str]) -> str:
        """See `Translator`."""
        return sentence


class Translators:
    """Makes translators; the last few that were learned from examples are kept."""

    def __init__(self) -> None:
        self._learned = lru_cache(_KEPT)(_custom)

    def plain(self, source: str, target: str) -> Translator:
        """The translator that has seen no example."""
        if source == target:
            return Identity()
        known = _dictionary(source, target)
        segment = Segmenter(_vocabulary(source, known.keys if known else (), ()))
        return _base(source, target, Gloss(source, target, [known] if known else [], segment), {})

    def custom(self, source: str, target: str, pairs: Pairs) -> Translator:
        """The translator that knows these examples, source text and translation, and nothing else besides."""
        return self._learned(source, target, pairs)


def _custom(source: str, target: str, given: Pairs) -> Translator:
    # A character of an example that looks like a marker would bring an item of the document a second time.
    pairs = tuple(pair for pair in given if not any(markers.of(text) for text in pair))
    known = _dictionary(source, target)
    cut_source = Segmenter(_vocabulary(source, known.keys if known else (), (text for text, _ in pairs)))
    translations = known.translations if known else ()
    cut_target = Segmenter(_vocabulary(target, translations, (text for _, text in pairs)))
    sides = [(Side.of(one, cut_source), Side.of(other, cut_target)) for one, other in pairs]
    learned = learn(sides, known)
    tables: list[Table] = [learned, known] if known else [learned]
    gloss = Gloss(source, target, tables, cut_source)
    other = _base(source, target, gloss, learned.terms())
    return ExampleTranslator(pairs, other, gloss, tables, cut_source)


def _base(source: str, target: str, gloss: Gloss, terms: Mapping[str, str]) -> Translator:
    """The translator for sentences that no example helps with: Apertium if installed, else the gloss."""
    mode = installed_mode() if (source, target) == ("en", "es") else None
    return TermTranslator(Apertium(mode, gloss), terms) if mode else gloss


def _dictionary(source: str, target: str) -> Dictionary | None:
    return dictionary(_VARIANTS.get(source, source), _VARIANTS.get(target, target))


def _vocabulary(language: str, known: Iterable[str], texts: Iterable[str]) -> Mapping[str, int]:
    """Counted words of a language without spaces: those of the dictionary and those that the texts teach."""
    if language not in UNSPACED:
        return {}
    runs = [run for text in texts for run in _runs(text)]
    counts = Counter(character for run in runs for character in run)
    counts.update(learn_words(runs))
    counts.update(run for text in known for run in _runs(text))
    return counts


def _runs(text: str) -> Sequence[str]:
    """The runs of a text that are written without spaces."""
    return [token.text for token in tokenise(text, lambda run: [run]) if is_unspaced(token.text)]
