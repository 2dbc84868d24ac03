"""The languages of Amazon Translate: codes, names, and what each can do as a target.

Source: developer guide, "Supported languages and language codes".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

AUTO: Final = "auto"
"""The source code that asks the service to detect the language of each document."""

DISPLAY_CODES: Final = ("de", "en", "es", "fr", "it", "ja", "ko", "pt", "zh", "zh-TW")
"""The languages in which ListLanguages can name the others."""

_NAMES: Final = {
    "af": "Afrikaans",
    "sq": "Albanian",
    "am": "Amharic",
    "ar": "Arabic",
    "hy": "Armenian",
    "az": "Azerbaijani",
    "bn": "Bengali",
    "bs": "Bosnian",
    "bg": "Bulgarian",
    "ca": "Catalan",
    "zh": "Chinese (Simplified)",
    "zh-TW": "Chinese (Traditional)",
    "hr": "Croatian",
    "cs": "Czech",
    "da": "Danish",
    "fa-AF": "Dari",
    "nl": "Dutch",
    "en": "English",
    "et": "Estonian",
    "fa": "Farsi (Persian)",
    "tl": "Filipino (Tagalog)",
    "fi": "Finnish",
    "fr": "French",
    "fr-CA": "French (Canada)",
    "ka": "Georgian",
    "de": "German",
    "el": "Greek",
    "gu": "Gujarati",
    "ht": "Haitian Creole",
    "ha": "Hausa",
    "he": "Hebrew",
    "hi": "Hindi",
    "hu": "Hungarian",
    "is": "Icelandic",
    "id": "Indonesian",
    "ga": "Irish",
    "it": "Italian",
    "ja": "Japanese",
    "kn": "Kannada",
    "kk": "Kazakh",
    "ko": "Korean",
    "lv": "Latvian",
    "lt": "Lithuanian",
    "mk": "Macedonian",
    "ms": "Malay",
    "ml": "Malayalam",
    "mt": "Maltese",
    "mr": "Marathi",
    "mn": "Mongolian",
    "no": "Norwegian",
    "ps": "Pashto",
    "pl": "Polish",
    "pt": "Portuguese (Brazil)",
    "pt-PT": "Portuguese (Portugal)",
    "pa": "Punjabi",
    "ro": "Romanian",
    "ru": "Russian",
    "sr": "Serbian",
    "si": "Sinhala",
    "sk": "Slovak",
    "sl": "Slovenian",
    "so": "Somali",
    "es": "Spanish",
    "es-MX": "Spanish (Mexico)",
    "sw": "Swahili",
    "sv": "Swedish",
    "ta": "Tamil",
    "te": "Telugu",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "uz": "Uzbek",
    "vi": "Vietnamese",
    "cy": "Welsh",
}
_FORMALITY: Final = frozenset({"nl", "fr", "fr-CA", "de", "hi", "it", "ja", "ko", "pt-PT", "es", "es-MX"})
_NO_PROFANITY: Final = frozenset({"bn", "hi", "ml", "pa", "si", "vi"})
_BREVITY: Final = frozenset({"fr", "de", "it", "pt", "es"})

# Codes that books, editors and other services use for a language that Amazon Translate calls otherwise.
_ALIASES: Final = {
    "zh-cn": "zh",
    "zh-sg": "zh",
    "zh-hans": "zh",
    "zh-hans-cn": "zh",
    "cmn": "zh",
    "zh-hk": "zh-TW",
    "zh-mo": "zh-TW",
    "zh-hant": "zh-TW",
    "zh-hant-tw": "zh-TW",
    "zh-hant-hk": "zh-TW",
    "pt-br": "pt",
    "es-419": "es-MX",
    "nb": "no",
    "nn": "no",
    "fil": "tl",
    "iw": "he",
    "in": "id",
    "prs": "fa-AF",
}


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the service; the flags say which settings it takes as a target."""

    code: str
    name: str
    formality: bool
    profanity: bool
    brevity: bool


LANGUAGES: Final[Mapping[str, Language]] = MappingProxyType(
    {
        code: Language(code, name, code in _FORMALITY, code not in _NO_PROFANITY, code in _BREVITY)
        for code, name in _NAMES.items()
    }
)
"""All languages by their exact, case-sensitive code, in the order of the guide; `auto` is not one of them."""

_CODE_BY_LOWER: Final = {code.lower(): code for code in LANGUAGES}


def is_supported(code: str) -> bool:
    """Whether `code`, exactly as written, is a language of the service (`auto` is not)."""
    return code in LANGUAGES


def normalise_code(code: str) -> str | None:
    """The service's code for a tag such as `zh-CN`, `pt_BR` or `EN-us`; None if it offers no such language.

    An unknown region is dropped (`de-AT` → `de`); an alias or an exact code goes before that.
    """
    parts = code.strip().lower().replace("_", "-").split("-")
    while parts:
        tag = "-".join(parts)
        known = _ALIASES.get(tag) or _CODE_BY_LOWER.get(tag)
        if known is not None:
            return known
        parts.pop()
    return None


def supports_brevity(source: str, target: str) -> bool:
    """Whether TranslateText shortens this pair: to a few languages, or from those to English."""
    return target in _BREVITY or (target == "en" and source in _BREVITY)
