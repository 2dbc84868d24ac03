"""The form of language codes."""

from __future__ import annotations

import re

from amts_tui.errors import AmtsError


def checked(code: str) -> str:
    """The code as it is. Raises AmtsError if it has not the form of one; any language may be named."""
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", code):
        raise AmtsError(f"not a language code: {code!r}", remedy="use a code such as en, zh, es, pt, zh-TW")
    return code
