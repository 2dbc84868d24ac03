"""How alike two runs of text are: the protocol that encoders and the lexicon meet, and the choice between
them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from amts_tui.alignment.lexicon import Lexicon, Seed
    from amts_tui.alignment.scores import Evidence


class Similarity(Protocol):
    """A way to compare texts of two languages. Picklable, so that documents can be aligned in other
    processes.
    """

    @property
    def name(self) -> str:
        """`default`, `lexical` or the name of a model."""
        ...

    @property
    def note(self) -> str:
        """What the user should know about this choice; empty if nothing."""
        ...

    @property
    def lessons(self) -> int:
        """How many alignments of the whole book it wants to see the beads of before the last one."""
        ...

    @property
    def drafts(self) -> bool:
        """Whether a first search is enough to learn from, without the confidence of its beads."""
        ...

    @property
    def lexicon(self) -> Lexicon | None:
        """The words of the book, once they have been learned."""
        ...

    def quick(self) -> Similarity:
        """The same with nothing encoded but the units."""
        ...

    def prepare(self, texts: Sequence[str]) -> None:
        """Does for some texts what takes long and is remembered, so that `evidence` is quick."""
        ...

    def evidence(self, source: Sequence[str], target: Sequence[str]) -> Evidence:
        """What the search can ask about the units of one document pair."""
        ...

    def learned(self, pairs: Sequence[tuple[str, str]]) -> Similarity:
        """The similarity after it has seen these (source text, target text) beads of the whole book."""
        ...


def choose(
    source_lang: str,
    target_lang: str,
    name: str = "default",
    *,
    cache: Path | None = None,
    threads: int = 2,
    seeds: tuple[Seed, ...] = (),
    lexicon: Lexicon | None = None,
) -> Similarity:
    """The similarity of that name for a language pair.

    `default` is the encoder that travels with the package; a language that it does not know falls back to the
    lexicon, and `note` says so. Any other name than `default` and `lexical` is a sentence-transformers model
    or a folder with one. `cache` is a folder for embeddings. `seeds` take part in the lexicon that is
    learned; with a known `lexicon` none is learned. Raises AmtsError when the extra for such a model is not
    installed, or a folder holds none.
    """
    from amts_tui.alignment.embeddings import EmbeddingSimilarity
    from amts_tui.alignment.encoder import DEFAULT_MODEL, Encoder, knows
    from amts_tui.alignment.lexical import LexicalSimilarity

    if name == "lexical":
        return LexicalSimilarity("", seeds, lexicon)
    model = DEFAULT_MODEL if name == "default" else name
    unknown = sorted({lang for lang in (source_lang, target_lang) if not knows(lang)})
    if unknown and model == DEFAULT_MODEL:
        named = " nor ".join(_named(lang) for lang in unknown)
        return LexicalSimilarity(
            f"the default encoder does not know {named}: aligned by words learned from the text",
            seeds,
            lexicon,
        )
    encoder = Encoder(model, cache=cache, threads=threads)
    return EmbeddingSimilarity(name, encoder, lexicon, lexicon.cover if lexicon else 0.0, seeds)


def _named(lang: str) -> str:
    """`Vietnamese (vi)`; the code alone if it has no name."""
    from amts_tui.amazon.languages import LANGUAGES, normalise_code

    code = normalise_code(lang)
    return f"{LANGUAGES[code].name} ({lang})" if code else lang
