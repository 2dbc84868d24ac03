"""What the lines of an AsciiDoc text look like, after the language description and the grammar of Asciidoctor
2.0.
"""

from __future__ import annotations

import re
from typing import Final

from amts_tui.books.model import BlockKind
from amts_tui.books.words import word_set

FRONT_MATTER: Final = re.compile(r"---[ \t]*\r?\n(?:[\w-]+:|#).*(?:\n(?!---).*)*\n---[ \t]*(?:\r?\n|\Z)")
PREPROCESSOR: Final = re.compile(r"(ifn?def|ifeval|include|endif)::(?:\S(?:.*\S)?)?\[.*\]$")
COMMENT: Final = re.compile(r"//(?!/)")
ENTRY: Final = re.compile(r":(!?\w[^:\n]*):(?:[ \t]|$)")
ATTRIBUTES: Final = re.compile(r"\[(?:\]|[\w.#%{,\"'].*\]|\[(?:|[^\W\d][\w:.-]*(?:, *.+)?|:[\w:.-]*)\]\])$")
TITLE: Final = re.compile(r"\.(?=\.?[^ \t.])")
BREAK: Final = re.compile(r"(?:'{3,}|<{3,}|([-*_])( *)\1\2\1)$")
MACRO: Final = re.compile(r"([A-Za-z][\w-]*)::(?:\S[^\[\n]*)?\[(.*)\]$")
HEADING: Final = re.compile(r"(={1,6}|#{1,6})[ \t]+(?=\S)")
UNDERLINE: Final = re.compile(r"([=~^+-])\1+$")
UNORDERED: Final = re.compile(r"(-|\*{1,10}|•)[ \t]+(?=\S)")
ORDERED: Final = re.compile(r"(\.{1,10}|[0-9]+\.|[A-Za-z]\.|[ivxIVX]+\))[ \t]+(?=\S)")
CALLOUT: Final = re.compile(r"<(?:[0-9]+|\.)>[ \t]+(?=\S)")
CHECKBOX: Final = re.compile(r"\[[ xX*]\][ \t]+(?=\S)")
TERM: Final = re.compile(r"(?<=\S)[ \t]*(:{2,4}|;;)(?=[ \t]|$)")
ADMONITION: Final = re.compile(r"(NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+(?=\S)")
AUTHOR: Final = re.compile(
    r"[^\W\d_][\w'.-]*(?: +[^\W\d_][\w'.-]*){0,3}(?: +<[^>\n]+>)?(?:; [^\n]*<[^>\n]+>)?$"
)
REVISION: Final = re.compile(r"v?[0-9][^ ,:]*(?:[,:].*)?$|.{0,30}[0-9]{4}-[0-9]{2}-[0-9]{2}")
DELIMITER: Final = re.compile(r"(?:--|-{4,}|\.{4,}|={4,}|\*{4,}|_{4,}|\+{4,}|/{4,}|[|,:!]={3,}|`{3}[^`\s]*)$")

_CODE_STYLES = word_set(
    "source listing literal mermaid plantuml ditaa graphviz dot blockdiag vega vegalite gnuplot"
    " bytefield wavedrom svgbob nomnoml erd actdiag seqdiag nwdiag msc pikchr d2 structurizr"
)
VERBATIM_STYLES: Final[dict[str, BlockKind]] = {
    **dict.fromkeys(_CODE_STYLES, BlockKind.CODE),
    **dict.fromkeys(("stem", "latexmath", "asciimath"), BlockKind.MATH),
    "pass": BlockKind.HTML,
    "comment": BlockKind.COMMENT,
}
"""Styles that make what they stand above something other than prose."""

VERBATIM_DELIMITERS: Final[dict[str, BlockKind]] = {
    "----": BlockKind.CODE,
    "....": BlockKind.CODE,
    "```": BlockKind.CODE,
    "++++": BlockKind.HTML,
    "////": BlockKind.COMMENT,
}

CONTAINER_DELIMITERS: Final[dict[str, str]] = {
    "--": "open",
    "====": "example",
    "****": "sidebar",
    "____": "quote",
}
