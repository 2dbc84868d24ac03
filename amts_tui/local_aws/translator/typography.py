"""Capital letters and punctuation of the target language."""

import re
from collections.abc import Sequence
from typing import Final

_CHINESE: Final = {",": "，", ".": "。", "?": "？", "!": "！", ":": "：", ";": "；", "(": "（", ")": "）"}
_JAPANESE: Final = _CHINESE | {",": "、"}
_WESTERN: Final = {
    **{wide: narrow for narrow, wide in _CHINESE.items()},
    "、": ",",
    "“": '"',
    "”": '"',
    "「": '"',
    "」": '"',
    "《": '"',
    "》": '"',
}
_QUOTED: Final = re.compile(r'"([^"]*)"')
_WIDE_LETTER: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_SPACED_MARKS: Final = re.compile(r"([,.;:!?])(?=[^\W\d_])")


def adapt(sign: str, target: str) -> str:
    """A sign of punctuation as the target language writes it; anything else as it is."""
    if target in ("zh", "zh-TW"):
        return _CHINESE.get(sign, sign)
    if target == "ja":
        return _JAPANESE.get(sign, sign)
    return _WESTERN.get(sign, sign)


def capitalise(text: str, source: Sequence[str]) -> str:
    """The translation of some words within a sentence, with the capitals that all of those words have."""
    if len(source) > 1 and all(len(word) > 1 and word.isupper() for word in source):
        return text.upper()
    if all(word[0].isupper() for word in source) and source != ["I"]:
        return begin(text)
    return text


def begin(text: str) -> str:
    """A text with its first letter a capital."""
    return text[:1].upper() + text[1:]


def finish(text: str, source: str, target: str) -> str:
    """The whole sentence with what the target language asks for: paired quotes, opening question marks."""
    if target in ("zh", "zh-TW"):
        return _QUOTED.sub("“\\1”", text)
    if target == "ja":
        return _QUOTED.sub("「\\1」", text)
    if _WIDE_LETTER.search(source):
        text = _SPACED_MARKS.sub(r"\1 ", text)
        return begin(text)
    if target in ("es", "es-MX") and text.endswith("?") and "¿" not in text:
        return f"¿{text}"
    return text
