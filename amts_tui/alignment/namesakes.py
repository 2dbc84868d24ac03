"""Paths that differ only in the ways in which translators rename files."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping

_NUMBERED = re.compile(r"^0*([0-9]+)(?=[-_. ]|$)")
_GAPS = re.compile(r"[-_. ]+")
_ENTRANCES = {"readme": "index"}


def namesakes(source: Iterable[str], target: Iterable[str], langs: tuple[str, str]) -> dict[str, str]:
    """The source documents whose path only one target document has but for its ending, the case of letters,
    noughts before a number, the name of a language, or `README` for `index`; and no other source document has
    that path.
    """
    by_key = [_grouped(paths, langs) for paths in (source, target)]
    return {
        mine[0]: others[0]
        for key, mine in by_key[0].items()
        if len(mine) == 1 and len(others := by_key[1].get(key, [])) == 1
    }


def _grouped(paths: Iterable[str], langs: tuple[str, str]) -> Mapping[str, list[str]]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for path in paths:
        groups[_key(path, langs)].append(path)
    return groups


def _key(path: str, langs: tuple[str, str]) -> str:
    *folders, name = unicodedata.normalize("NFC", path).casefold().split("/")
    tags = {tag for lang in langs for tag in (lang.casefold(), lang.casefold().partition("-")[0])}
    stem = _plain(name.rpartition(".")[0] or name, tags)
    return "/".join([*(_plain(folder, tags) for folder in folders), _ENTRANCES.get(stem, stem)])


def _plain(part: str, tags: set[str]) -> str:
    words = [word for word in _GAPS.split(_NUMBERED.sub(r"\1", part)) if word]
    while len(words) > 1 and words[-1] in tags:
        words.pop()
    return "-".join(words)
