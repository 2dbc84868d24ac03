"""The dialects of Markdown, and which of them a text is written in.

A dialect decides what a line may mean: `:Text` is a caption in d2lbook only, `% text` a comment in MyST only,
an `import` line code in MDX only. What cannot be mistaken for prose is read in every dialect: fenced
divisions, shortcodes, kramdown's attributes, alerts, footnotes, front matter.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from amts_tui.books.markdown.front_matter import JSINFO_HEAD
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

_MARKS = r"(?:[ \t>]|[*+-][ \t])*"  # what a block may stand behind on its line
_NOT_HIDDEN = r"(?<![`\\])"  # a role behind a backtick may be the end of code, one behind a backslash is text
# A sign is no prose where it counts, so a translation keeps it. Each is looked for only if one of the words
# before it occurs, which is much faster.
_SIGNS: Final = (
    (
        Dialect.D2LBOOK,
        (
            ":begin_tab:",
            ":end_tab:",
            ":label:`",
            ":eqlabel:`",
            ":numref:`",
            ":eqref:`",
            ":cite",
            "```{.p",
            "```toc",
        ),
        re.compile(
            rf"{_NOT_HIDDEN}:(?:label|eqlabel|numref|eqref|cite|citet):`[^`\n]+`"
            rf"|\n{_MARKS}(?::(?:begin|end)_tab:|```\{{\.python \.input[^`\n]*\n|```toc\n)"
        ),
    ),
    (
        Dialect.JSINFO,
        ("```smart", "```warn", "```online", "importance:", "libs:", "[iframe", "[codetabs"),
        re.compile(
            rf"\n{_MARKS}`{{3,}}(?:smart|warn|online)(?:[ \t]|[^`\w\n][^`\n]*\n|\n)"
            r"|\n[ \t]*\n[ \t]*\[(?:iframe|codetabs)[ \t][^\]\n]*\][ \t]*\n"
            rf"|^\n+(?={JSINFO_HEAD.pattern})"
        ),
    ),
    (
        Dialect.MYST,
        ("```{", ":::{", "{ref}`", "{doc}`", "{numref}`", "{cite", "{eq}`", "{term}`", "{math}`", ")=\n"),
        re.compile(
            rf"\n{_MARKS}(?:`{{3,}}(?=[^`\n]*\n)|:{{3,}})\{{(?!(?:r|python|julia|bash|sh|sql|ojs|dot|mermaid|stata|js)\}})"
            r"[a-z][\w:-]*\}"
            r"|\n\([\w:.-]+\)=[ \t]*\n"
            rf"|{_NOT_HIDDEN}\{{(?:ref|doc|numref|eq|term|math|cite(?::\w+)?)\}}`[^`\n]+`"
        ),
    ),
    (
        Dialect.MKDOCS,
        ("!!! ", "??? ", "???+ ", '=== "', '===+ "', '===! "', "8<--"),
        re.compile(
            rf"\n{_MARKS}(?:(?:!!!|\?\?\?\+?)[ \t]+(?=[\w\"])[^\"\n]*(?:\"[^\n]*\")?[ \t]*\n"
            r"(?:[ \t]*\n)?[ \t>]*(?:    |\t)\S|===[!+]?[ \t]+\"[^\n]*\"[ \t]*\n|;?-{1,2}8<-{1,2}[ \t])"
        ),
    ),
    (
        Dialect.MDX,
        ("{#if ", "{#each ", "{#key "),
        re.compile(rf"\n{_MARKS}\{{#(?:if|each|key) [^{{}}\n]*\}}[ \t]*\n"),
    ),
)
_MDX_HEAD = re.compile(
    r"\s*(?:---[ \t]*\n(?:(?!---)[^\n]*\n)*---[ \t]*\n\s*)?"
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
    for dialect, hints, sign in _SIGNS:
        if any(hint in text for hint in hints) and sign.search(f"\n\n{text}\n"):
            return dialect
    if "port " in text and _MDX_HEAD.match(text):
        return Dialect.MDX
    return Dialect.COMMONMARK
