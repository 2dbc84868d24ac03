"""Finding a language among the codes that a file uses."""

from __future__ import annotations

from collections.abc import Sequence


def find_lang(codes: Sequence[str], wanted: str) -> int | None:
    """Where a language stands: under its own code, else under one with a region (`en-US` for `en`), else
    under the bare language (`pt` for `pt-BR`).
    """
    tags = [code.strip().lower().replace("_", "-") for code in codes]
    tag = wanted.lower().replace("_", "-")
    if tag in tags:
        return tags.index(tag)
    regional = (place for place, found in enumerate(tags) if found.startswith(f"{tag}-"))
    bare = tag.partition("-")[0]
    return next(regional, tags.index(bare) if bare in tags else None)
