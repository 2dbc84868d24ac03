"""What reStructuredText's blocks begin with (docutils' reference of the markup, "Syntax Details")."""

from __future__ import annotations

import re
from typing import Final

_NAME = r"[^\W_]+(?:[-._+:][^\W_]+)*"

ADORNMENT: Final = re.compile(r"([!-/:-@\[-`{-~])\1*$")
BULLET: Final = re.compile(r"[-+*•‣⁃](?:\s+|$)")
ENUMERATOR: Final = re.compile(
    r"(?P<open>\(?)(?P<ordinal>[0-9]+|[a-zA-Z]|[ivxlcdm]+|[IVXLCDM]+|\#)(?P<close>[.)])(?:\s+|$)"
)
ROMAN: Final = re.compile(r"m{0,4}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$", re.IGNORECASE)
FIELD: Final = re.compile(r":(?![: ])(?P<name>(?:[^:\\]|\\.|:(?!(?:[ `]|$)))*)(?<! ):(?:\s+|$)")
_ARGUMENT = r"(?:[a-zA-Z][a-zA-Z0-9_-]*|<[^<>]+>)"
_OPTION = rf"(?:[-+][a-zA-Z0-9](?: ?{_ARGUMENT})?|(?:--|/)[a-zA-Z0-9][a-zA-Z0-9_-]*(?:[ =]{_ARGUMENT})?)"
OPTION: Final = re.compile(rf"{_OPTION}(?:, {_OPTION})*(?:  +|\s?$)")
DOCTEST: Final = re.compile(r">>>(?: |$)")
LINE_OF_BLOCK: Final = re.compile(r"\|(?:\s+|$)")
GRID_TOP: Final = re.compile(r"\+-[-+]+-\+$")
SIMPLE_TOP: Final = re.compile(r"=+(?: +=+)+$")
SIMPLE_BORDER: Final = re.compile(r"=+(?: +=+)*$")
BORDER_MARKS: Final = re.compile("=+")
SPAN_LINE: Final = re.compile(r"-+(?: +-+)*$")

EXPLICIT: Final = re.compile(r"\.\.(?:\s+|$)")
FOOTNOTE: Final = re.compile(rf"\.\.\s+\[(?P<label>[0-9]+|\#(?:{_NAME})?|\*|{_NAME})\](?:\s+|$)")
TARGET: Final = re.compile(r"\.\.\s+_(?![ ]|$)|__(?:\s+|$)")
SUBSTITUTION: Final = re.compile(
    r"\.\.\s+\|(?![ ])[^|\n]{1,200}\|\s+(?P<name>[\w.+:-]+)\s?::(?:\s+|$)", re.ASCII
)
TARGET_INSIDE: Final = re.compile(r"`__|_`|>`_")  # an error in a substitution
DIRECTIVE: Final = re.compile(rf"\.\.\s+(?P<name>{_NAME})\s?::(?:\s+|$)")
ATTRIBUTION: Final = re.compile(r"(?:---?(?!-)|—)\s*(?=\S)")
LITERAL_NEXT: Final = re.compile(r"(?<!\\)(?:\\\\)*::$")
CLASSIFIER: Final = re.compile(r" +: +")
VERSION: Final = re.compile(r"\S+\s*")
