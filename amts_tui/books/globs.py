"""Patterns over the paths of documents, as a project file has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_TOKEN = re.compile(r"\*\*/|\*\*|\*|\?|\[!?[^\]/]+\]|.", re.DOTALL)


def fits(path: str, patterns: Sequence[str]) -> bool:
    """Whether a path fits one of the patterns.

    `*` and `?` stay within a folder, `**` goes over folders, `[…]` is one of several characters. A pattern
    without `/` is about the name of a file in any folder (`README.md`), one that ends in `/` about all below
    that folder, any other about the whole path (`part/*.md`, `**/*.md`, `/README.md` at the root).
    """
    return any(_compiled(pattern).fullmatch(path) for pattern in patterns)


def is_pattern(text: str) -> bool:
    """Whether a text can stand for paths below a book's folder."""
    try:
        _compiled(text)
    except re.error:
        return False
    return bool(text.strip("/")) and "\\" not in text and ".." not in text.split("/")


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    if "/" not in pattern:
        pattern = f"**/{pattern}"
    elif pattern.endswith("/"):
        pattern += "**"
    tokens = _TOKEN.findall(pattern.removeprefix("/"))
    return re.compile("".join(_translated(token) for token in tokens), re.DOTALL)


def _translated(token: str) -> str:
    if token == "**/":
        return "(?:[^/]+/)*"
    if token == "**":
        return ".*"
    if token == "*":
        return "[^/]*"
    if token == "?":
        return "[^/]"
    if len(token) > 1:
        inside = token[1:-1]
        negated = "^" if inside.startswith("!") else ""
        return f"[{negated}{re.escape(inside.removeprefix('!')).replace(re.escape('-'), '-')}]"
    return re.escape(token)
