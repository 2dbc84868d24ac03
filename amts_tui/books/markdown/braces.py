"""Expressions of MDX: where a brace closes."""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 5_000
"""The characters of an expression or of a tag: what is not closed by then is text."""

_BRACE = re.compile(r"[{}]|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|/\*.*?\*/", re.DOTALL)


def expression_end(text: str, start: int) -> int:
    """The end of the expression that begins with the brace at `start`; -1 if it is not closed."""
    depth = 0
    for match in _BRACE.finditer(text, start, start + LONGEST):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth -= 1
            if not depth:
                return match.end()
    return -1
