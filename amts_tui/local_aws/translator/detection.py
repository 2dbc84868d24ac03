"""Guessing the language of a text from its script and its commonest words."""

import re
import unicodedata
from collections import Counter
from typing import Final

_SCRIPTS: Final = (
    ("HIRAGANA", "ja"),
    ("KATAKANA", "ja"),
    ("HANGUL", "ko"),
    ("CJK", "zh"),
    ("CYRILLIC", "ru"),
    ("ARABIC", "ar"),
    ("GREEK", "el"),
    ("HEBREW", "he"),
    ("DEVANAGARI", "hi"),
    ("THAI", "th"),
)
_COMMON: Final = {
    "en": "the of and to in is that it for with as are this be by on not we can",
    "es": "el la los las de que y en un una es por con para se no del como más",
    "pt": "o os a as de que e em um uma é por com para não do da como mais são",
    "fr": "le la les de des et que en un une est pour dans pas par sur du qui au",
    "de": "der die das und ist nicht ein eine zu den mit für auf von im dem sich",
    "it": "il lo la gli di che e in un una è per con non del della come più sono",
    "tr": "ve bir bu için ile da de olarak daha çok gibi olan ne var değil",
    "vi": "và của là một các được trong cho không có với này những để",
}
_WORD: Final = re.compile(r"[^\W\d_]+")
_SAMPLE: Final = 5_000


def detect(text: str) -> str | None:
    """The code of the language that the text most probably is in; None if nothing speaks for any."""
    sample = text[:_SAMPLE]
    scripts = Counter(script for character in sample if (script := _script(character)))
    letters = sum(character.isalpha() for character in sample)
    if scripts and sum(scripts.values()) * 3 > letters:
        return next(code for name, code in _SCRIPTS if name in scripts)
    words = Counter(word.lower() for word in _WORD.findall(sample))
    scores = {code: sum(words[word] for word in common.split()) for code, common in _COMMON.items()}
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] else None


def _script(character: str) -> str | None:
    if not character.isalpha() or character.isascii():
        return None
    name = unicodedata.name(character, "").split(" ")[0]
    return next((script for script, _ in _SCRIPTS if script == name), None)
