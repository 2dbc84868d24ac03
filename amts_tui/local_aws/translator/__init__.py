"""The local endpoint's translator: example-based and word by word, and it says so."""

from collections.abc import Mapping
from typing import Final, Protocol

TRANSLATOR_LABEL: Final = "example-based (local endpoint, not neural)"


class Translator(Protocol):
    """Translates one sentence at a time."""

    def translate(self, sentence: str, texts: Mapping[str, str]) -> str:
        """The sentence in the target language, with each marker of it (see `markers`) exactly once.

        `texts` gives what stands behind a marker: the text of an opaque item, empty for a tag.
        """
        ...
