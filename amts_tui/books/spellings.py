"""How repositories spell a language in the names of folders and files."""

from __future__ import annotations

import re
from typing import Final

from amts_tui.amazon.languages import LANGUAGES, normalise_code

_TAG: Final = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?")
# Countries and short forms that stand for the language most written there.
_CUSTOM: Final = {
    "cn": "zh", "chs": "zh", "zhcn": "zh", "tw": "zh-tw", "cht": "zh-tw", "zhtw": "zh-tw",
    "jp": "ja", "kr": "ko", "vn": "vi", "cz": "cs", "ua": "uk", "gr": "el", "dk": "da",
    "br": "pt", "ptbr": "pt",
}  # fmt: skip
_NAMES: Final = {
    language.name.partition(" ")[0].lower(): code for code, language in LANGUAGES.items() if "-" not in code
}


def language_of(name: str) -> str | None:
    """The language tag that a folder's name, or the end of a file's, may spell, in lower case: `zh-cn` for
    `zh_CN`, `ja` for `jp`, `es` for `Spanish`; None if it is no such name.
    """
    tag = name.lower().replace("_", "-")
    tag = _CUSTOM.get(tag) or _NAMES.get(tag, tag)
    return tag if _TAG.fullmatch(tag) and normalise_code(tag) is not None else None


def distance(name: str, lang: str) -> int | None:
    """How far a name is from spelling a language: 0 its code, 1 the same variety written otherwise (`zh-Hans`
    for `zh`), 2 another variety (`es-MX` for `es`); None for another language or another script.
    """
    wanted = lang.lower().replace("_", "-")
    written = name.lower().replace("_", "-")
    if written == wanted:
        return 0
    tag = language_of(name)
    if tag is None:
        return None
    if tag == wanted or normalise_code(tag) == normalise_code(wanted):
        return 1
    same = tag.partition("-")[0] == wanted.partition("-")[0]
    return 2 if same and not wanted.startswith("zh") else None
