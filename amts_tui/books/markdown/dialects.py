"""The dialects of Markdown, and which of them a text is written in.

A dialect decides what a line may mean: `:Text` is a caption in d2lbook only, `% text` a comment in MyST only,
an `import` line code in MDX only. What cannot be mistaken for prose is read in every dialect: fenced
divisions, shortcodes, kramdown's attributes, alerts, footnotes, front matter.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from amts_tui.errors import AmtsError

AUTO: Final = "auto"


class Dialect(StrEnum):
    """What `dialect` in the project file may be, besides `auto`."""

    COMMONMARK = "commonmark"
    D2LBOOK = "d2lbook"
    JSINFO = "jsinfo"
    MDX = "mdx"
    MKDOCS = "mkdocs"
    MYST = "myst"


DIALECTS: Final = (AUTO, *(str(dialect) for dialect in Dialect))
"""Every name that `ReadingOptions.dialect` may have."""

_D2LBOOK = (
    ":begin_tab:", ":end_tab:", ":label:`", ":eqlabel:`", ":numref:`", ":eqref:`", ":cite:`", ":citet:`", "#@tab ",
    "{.python .input", "```toc\n",
)  # fmt: skip
# Each sign is looked for only if one of the words before it occurs, which is much faster.
_SIGNS: Final = (
    (
        Dialect.JSINFO,
        ("```smart", "```warn", "```online", "importance:", "libs:", "[cut]", "[iframe", "[codetabs"),
        re.compile(
            r"\n[ \t]*(?:`{3,}(?:smart|warn|online)\b|\[(?:iframe|codetabs)[ \t]|\[cut\])"
            r"|^\n(?:importance|libs):"
        ),
    ),
    (
        Dialect.MYST,
        ("```{", ":::{", "{ref}`", "{doc}`", "{numref}`", "{cite", "{eq}`", "{term}`", "{math}`"),
        re.compile(
            r"\n[ \t]*(?:`{3,}|:{3,})\{(?!(?:r|python|julia|bash|sh|sql|ojs|dot|mermaid|stata|js)\})"
            r"[a-z][\w:-]*\}"
            r"|\{(?:ref|doc|numref|eq|term|math|cite(?::\w+)?)\}`"
        ),
    ),
    (
        Dialect.MKDOCS,
        ("!!! ", "???", '=== "', "--8<--"),
        re.compile(r"\n[ \t]*(?:!!! ?[\w\"]|\?\?\?\+? ?[\w\"]|===[!+]? \"|-{1,2}8<-{1,2})"),
    ),
)
_MDX = re.compile(
    r"(?:---[ \t]*\n(?:(?!---)[^\n]*\n)*---[ \t]*\n)?\s*"
    r"(?:import[ \t][^\n]*['\"];?[ \t]*(?:\n|$)|export[ \t]+(?:const|default|function|let)[ \t])"
)


def dialect_of(text: str, wanted: str = AUTO) -> Dialect:
    """The dialect that is wanted, or, for `auto`, the one that `text` shows by a sign that no translation
    touches.

    Raises AmtsError for an unknown name.
    """
    if wanted == AUTO:
        return _detect(text.replace("\r\n", "\n") if "\r" in text else text)
    try:
        return Dialect(wanted)
    except ValueError:
        names = ", ".join(DIALECTS)
        raise AmtsError(f"unknown dialect of Markdown: {wanted}", remedy=f"use one of {names}") from None


def _detect(text: str) -> Dialect:
    if any(sign in text for sign in _D2LBOOK):
        return Dialect.D2LBOOK
    for dialect, words, sign in _SIGNS:
        if any(word in text for word in words) and sign.search("\n" + text):
            return dialect
    if "\n{#if" in text or ("port " in text and _MDX.match(text)):
        return Dialect.MDX
    return Dialect.COMMONMARK
